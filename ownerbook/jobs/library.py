"""The library's public calls: a register opened, and what the commands tell as pandas frames. Nothing here writes anything.

Frames hold what the register holds, in full: names and numbers are masked only where `masked=True` is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ownerbook.register.register import Register
from ownerbook.schema.words import Lang

if TYPE_CHECKING:
    import pandas as pd

    from ownerbook.reports.listing import Listing, Report


def open_register(path: str | Path | Sequence[str | Path], *, today: date | None = None, password: str | None = None) -> Register:
    """Read a workspace, a folder, or workbooks as one register.

    today: the day on which it is judged, by default the present one in the workspace's zone. password: of the workbooks. Workbooks that
    cannot be read are left out and stand in `register.facts`. Raises ownerbook.jobs.workspace.Unusable where there is nothing to read.
    """
    from ownerbook import clock
    from ownerbook.jobs.reading import password_from, read_register
    from ownerbook.jobs.workspace import open_workspace

    given = [path] if isinstance(path, str | Path) else list(path)
    space = open_workspace([Path(p) for p in given], Path.cwd())
    day = today or clock.today(space.settings["workspace.zone"])
    return read_register(space, day, password=password or password_from(space, None)).register


def overdue_loans(register: Register, today: date | None = None, *, masked: bool = False, lang: Lang = "zh") -> pd.DataFrame:
    """Loans that are overdue on a day, the longest first: numbers, file, house, borrower, days, due day, days late, step of 催还阶梯."""
    return _frame(_on(register, today), "tell_loans", ("late",), masked, lang)


def current_loans(register: Register, today: date | None = None, *, masked: bool = False, lang: Lang = "zh") -> pd.DataFrame:
    """Every loan that is out on a day, overdue ones first."""
    return _frame(_on(register, today), "tell_loans", ("late", "soon", "out"), masked, lang)


def pending_audits(register: Register, today: date | None = None, *, within: int = 30, masked: bool = False, lang: Lang = "zh") -> pd.DataFrame:
    """Files whose audit is late, or due within so many days."""
    return _frame(_on(register, today), "tell_audits", ("late", "soon"), masked, lang, within=within)


def open_rectifications(register: Register, today: date | None = None, *, masked: bool = False, lang: Lang = "zh") -> pd.DataFrame:
    """Audits that failed and are not verified yet, the earliest deadline first."""
    return _frame(_on(register, today), "tell_audits", ("rectifications",), masked, lang)


def missing_papers(register: Register, today: date | None = None, *, masked: bool = False, lang: Lang = "zh") -> pd.DataFrame:
    """Files in use that lack required papers."""
    return _frame(_on(register, today), "tell_missing", ("papers",), masked, lang)


def retention_due(register: Register, today: date | None = None, *, within: int = 90, masked: bool = False, lang: Lang = "zh") -> pd.DataFrame:
    """Files whose retention is over, free or blocked, or ends within so many days."""
    return _frame(_on(register, today), "tell_retention", ("due", "blocked", "soon"), masked, lang, within=within)


def due_items(register: Register, today: date | None = None, *, within: int = 30, masked: bool = False, lang: Lang = "zh") -> pd.DataFrame:
    """Everything late or due within so many days, most urgent first."""
    return _frame(_on(register, today), "tell_agenda", ("items",), masked, lang, call="tell_due", within=within)


def problems(register: Register, *, select: Sequence[str] = (), ignore: Sequence[str] = (), masked: bool = False, lang: Lang = "zh") -> pd.DataFrame:
    """What the rules find in the register, without the memory of earlier checks and without scans. Raises ValueError for a code that is none."""
    import pandas as pd

    from ownerbook.rules.book import chosen
    from ownerbook.rules.judge import judge

    rows = [
        {
            "code": f.code,
            "severity": f.severity,
            "workbook": f.place.workbook,
            "sheet": f.place.sheet,
            "cell": f.place.cell,
            "record": f.record,
            "header": f.header,
            "message": f.say(lang, masked=masked),
            "suggestion": f.suggestion,
        }
        for f in judge(register, chosen(select, ignore))
    ]
    names = ["code", "severity", "workbook", "sheet", "cell", "record", "header", "message", "suggestion"]
    return pd.DataFrame(rows, columns=names)


def month_figures(register: Register, month: str) -> pd.DataFrame:
    """The counts and rates of a month (2026-10), a line each: key, words, part, whole, value; a count has its number as value alone.

    Raises ValueError for a month that is none.
    """
    import pandas as pd

    from ownerbook.calendar.months import EPOCH
    from ownerbook.deadlines.columns import Whole
    from ownerbook.deadlines.month import Month
    from ownerbook.deadlines.month_counts import month_counts
    from ownerbook.deadlines.rates import month_rates
    from ownerbook.reports.monthly.accuracy import sampled
    from ownerbook.reports.monthly.figures import COUNTS

    period, book, today = Month.parse(month), Whole(register), register.today.toordinal() - EPOCH
    rates = month_rates(book, register.calendar, period, today) | {"sampled": sampled(register, period)}
    rows: list[dict[str, Any]] = [
        {"key": k, "words": r.words.zh, "part": r.part, "whole": r.whole, "value": r.value} for k, r in rates.items() if k != "accurate"
    ]
    for key, n in month_counts(book, register.calendar, period, today).items():
        rows.append({"key": f"n_{key}", "words": COUNTS[key][0].zh if key in COUNTS else key, "part": None, "whole": None, "value": n})
    return pd.DataFrame(rows).set_index("key")


def _on(register: Register, today: date | None) -> Register:
    """The register on another day; columns are understood anew, for what lies in the future depends on it."""
    if today is None or today == register.today:
        return register
    return Register(register.tables, today, facts=register.facts, policy=register.policy)


def _frame(register: Register, module: str, keys: Sequence[str], masked: bool, lang: Lang, *, call: str = "", **options: Any) -> pd.DataFrame:
    from importlib import import_module

    tell: Callable[..., Report] = getattr(import_module(f"ownerbook.reports.{module}"), call or module)
    report = tell(register, **options)
    return listing_frame([x for x in report.listings if x.key in keys], masked, lang)


def listing_frame(listings: Sequence[Listing], masked: bool, lang: Lang) -> pd.DataFrame:
    """Lists of a report as one frame; days as datetime64, counts as numbers. Lists of other columns leave theirs missing."""
    import pandas as pd

    from ownerbook.reports.listing import shown

    frames = []
    for listing in listings:
        columns: dict[str, Any] = {}
        for n, field in enumerate(listing.fields):
            cells = [line.cells[n] for line in listing.lines]
            if field.form == "day":
                columns[field.header.say(lang)] = pd.to_datetime([c if isinstance(c, date) else None for c in cells]).astype("datetime64[s]")
            elif field.form == "count":
                columns[field.header.say(lang)] = pd.array(
                    [c if isinstance(c, int | float) else None for c in cells],
                    dtype="Float64" if any(isinstance(c, float) for c in cells) else "Int64",
                )
            else:
                columns[field.header.say(lang)] = pd.array([shown(c, lang, masked) or None for c in cells], dtype="string")
        frames.append(pd.DataFrame(columns))
    full = [f for f in frames if len(f)] or frames[:1]
    return pd.concat(full, ignore_index=True) if full else pd.DataFrame()
