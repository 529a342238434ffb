"""`ownerbook report`: the audit workbook of a month, made from the register and the journal, and made again from them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.schema.words import Lang, Personal, Text

if TYPE_CHECKING:
    from ownerbook.deadlines.month import Month
    from ownerbook.jobs.month_record import Record
    from ownerbook.reports.monthly.content import MonthBook
    from ownerbook.storage.journal import Journal

Profile = Literal["internal", "mail"]
FILE, MAIL_FILE, ARCHIVE = "月度审核报告_{}.xlsx", "月度审核报告_{}_外发.xlsx", "档案管理档案.xlsx"


class Leak(Unusable):
    """The finished workbook holds a resident ID or a phone number, so it is not given out. The places are named, never the numbers."""

    def __init__(self, places: Sequence[str]) -> None:
        told = "；".join(places[:5])
        zh = f"写成的工作簿里有身份证号或电话号码，没有交出（共 {len(places)} 处：{told}）；请先更正登记簿里填错位置的号码"
        super().__init__(Text(zh, f"the finished workbook holds {len(places)} IDs or phones and is not given out ({told}); mend the register first"))
        self.places = list(places)


def make(
    space: Workspace,
    month: str,
    *,
    now: datetime,
    lang: Lang | None = None,
    profile: Profile = "internal",
    password: str | None = None,
    encrypt: str | None = None,
    runs: Sequence[Any] | None = None,
    output: Path | None = None,
    again: bool = False,
) -> Path:
    """Make the audit workbook of a month (2026-10); gives where it lies.

    lang: as the settings say. profile: internal, or mail (names, numbers, houses and files hidden). password: of the workbooks, as the settings
    say. encrypt: a password for the workbook made. runs: of the ledger (`storage.ledger.Run`), None where they are not known. again: only
    from what the journal keeps of that month. A closed month that has a record is always made from it. Raises Unusable, PenError, OSError.
    """
    from ownerbook.jobs.month_record import KIND, from_entry, keep_workbooks, new_record, record_of
    from ownerbook.jobs.reading import password_from
    from ownerbook.storage.journal import Journal

    period = _month(month)
    if now.date() < period.begins:
        raise Unusable(Text(f"{month} 还没有到", f"{month} has not begun"))
    lang = lang or space.settings["check.lang"]
    password = password if password is not None else password_from(space, None)
    journal = Journal(space.root) if space.declared else None
    entry = record_of(journal, month) if journal else None
    if entry is None and again:
        raise Unusable(
            Text(f"日志里没有 {month} 的记录，不能重做；不带 --again 可以新做", f"the journal has no record of {month}; leave out --again")
        )
    if entry is not None and journal is not None:
        record = from_entry(space, journal, entry, password)
    else:
        record = new_record(space, journal, period, now, runs, password)
    data = written(space, journal, record, lang, profile)
    if journal is not None and record.number is None and record.data["closed"]:
        keep_workbooks(space, record)
        record.data["sha256"] = {f"{profile}.{lang}": hashlib.sha256(data).hexdigest()}
        ours = journal.append(KIND, record.data, at=now, detail=record.detail)
        first = record_of(journal, month)
        if first is not None and first.number != ours.number:  # another run was quicker: its record stands
            record = from_entry(space, journal, first, password)
            data = written(space, journal, record, lang, profile)
    path = output or space.root / space.settings["reports.folder"] / (FILE if profile == "internal" else MAIL_FILE).format(month)
    path.parent.mkdir(parents=True, exist_ok=True)
    placed = _place(path, _sealed(data, encrypt) if encrypt else data)
    if journal is not None and record.data["closed"]:
        with contextlib.suppress(Unusable):
            write_archive(space, journal, lang)
    return placed


def written(space: Workspace, journal: Journal | None, record: Record, lang: Lang, profile: Profile) -> bytes:
    """The workbook of a record as bytes, looked through for personal numbers. Raises Leak, PenError."""
    from ownerbook.reports.monthly.book import write_month
    from ownerbook.reports.package_scan import personal_data

    book = content(space, journal, record, lang, profile)
    with tempfile.TemporaryDirectory(prefix="ownerbook-") as folder:
        draft = Path(folder) / "month.xlsx"
        write_month(draft, book)
        data = draft.read_bytes()
    found = personal_data(data, name=FILE.format(record.month.name))
    if found:
        raise Leak(found)
    return data


def content(space: Workspace, journal: Journal | None, record: Record, lang: Lang, profile: Profile) -> MonthBook:
    """Everything that the workbook shows, from a record and the register that it names."""
    import numpy as np

    from ownerbook.calendar.months import EPOCH
    from ownerbook.deadlines.columns import Whole
    from ownerbook.deadlines.rates import RATES, rate
    from ownerbook.deadlines.statistics import building_tables
    from ownerbook.jobs.month_record import hand_edits, kept_months
    from ownerbook.reports.monthly import events, lists, service, upkeep
    from ownerbook.reports.monthly.content import Known, Made, MonthBook
    from ownerbook.reports.monthly.problems import kinds, problems
    from ownerbook.reports.monthly.profile import Audience
    from ownerbook.reports.naming import Naming
    from ownerbook.storage.secret import secret_of

    data, register, month = record.data, record.read.register, record.month
    who = Audience(profile, lang, secret_of(space.root, make=space.declared) if profile == "mail" else b"")
    base = data["link_base"]
    before = record.number
    earlier = kept_months(journal, before=before) if journal else {}
    known = {m: Known(e.data["counts"], {k: (v[0], v[1]) for k, v in e.data["rates"].items()}) for m, e in earlier.items() if m < month.name}
    rows = record.problems
    runs = None if data["runs"] is None else [upkeep.RunRow(r[0], r[1], r[2], r[3], Text(r[4], r[5])) for r in data["runs"]]
    houses = []
    if "houses" in register.tables:
        name, column = Naming(register), register.column("houses", "house_no")
        buildings = [name.building(column.text(r)) if ok else "" for r, ok in enumerate(np.asarray(column.ok).tolist())]
        houses = building_tables(Whole(register), buildings, record.as_of.toordinal() - EPOCH)
    edits = hand_edits(journal, month, before=data["entries"])
    parts = [
        problems(rows, month, record.as_of, who, base),
        lists.loans(register, who),
        lists.audits(register, who),
        lists.rectifications(register, who),
        events.sample(register, month, who),
        events.changes(register, month, edits, who),
        lists.missing(register, who),
        lists.retention(register, who),
        events.disposals(register, month, who),
        upkeep.cabinets(register, who),
        upkeep.duties(register, month, who),
        service.rooms(register, month, who),
        service.satisfaction(register, month, who),
        service.needs(register, month, who),
        upkeep.runs(month, runs, record.as_of, who),
    ]
    counted: dict[str, int] = {}
    for table in register.tables.values():
        for n, source in enumerate(table.sources):
            counted[source.workbook] = counted.get(source.workbook, 0) + int((table.source == n).sum())
    books = [(n, s, counted.get(n)) for n, s in data["workbooks"].items()]
    return MonthBook(
        month=month,
        project=data["project"],
        lang=lang,
        profile=profile,
        made=Made(data["program"], data["made_at"], record.as_of, books, data["head"], data["entries"]),
        policy=data["policy"]["version"],
        approved_by=str(who.cell("approved_by", Personal(data["policy"]["approved_by"], "staff"))),
        partial=not data["closed"],
        counts=data["counts"],
        rates={k: rate(k, *data["rates"].get(k, (None, None))) for k in RATES},
        mean_overdue=data["mean_overdue"],
        known=known,
        kinds=kinds(rows),
        houses=houses,
        parts=parts,
        small_cell=int(register.policy.small_cell),
        notes=[Text(*n) for n in data["notes"]],
    )


def write_archive(space: Workspace, journal: Journal, lang: Lang, output: Path | None = None) -> Path:
    """Write 档案管理档案.xlsx: a row a month and project, as the journal holds them. Raises Unusable, PenError, OSError."""
    from ownerbook.jobs.month_record import project_of, records
    from ownerbook.reports.archive_book import ArchiveRow, write_archive_book

    first = {(e.data["project"], e.data["month"]): e for e in reversed(records(journal))}
    standing = sorted(first.values(), key=lambda e: e.number)
    rows = [ArchiveRow(e.number, e.at.isoformat(timespec="seconds"), e.data, e.fingerprint, e.before) for e in standing]
    if not rows:
        raise Unusable(Text("日志里还没有任何月份的记录", "the journal has no record of any month yet"))
    path = output or space.root / space.settings["reports.folder"] / ARCHIVE
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="ownerbook-") as folder:
        draft = Path(folder) / "archive.xlsx"
        write_archive_book(draft, rows, project=project_of(space), lang=lang)
        return _place(path, draft.read_bytes())


def _month(text: str) -> Month:
    from ownerbook.deadlines.month import Month

    try:
        return Month.parse(text)
    except ValueError:
        raise Unusable(Text(f"月份 {text} 写法不对，应为 2026-10 这样", f"{text} is no month of the form 2026-10")) from None


def _sealed(data: bytes, password: str) -> bytes:
    """Encrypted, opened again and compared. Raises Unusable."""
    from ownerbook.workbook.amend.encryption import Sealed
    from ownerbook.workbook.amend.refusal import Stop

    if len(password) < 12:
        raise Unusable(Text("打开密码至少 12 位", "the password must have 12 places at least"))
    try:
        return Sealed(data, password).sealed(data)
    except Stop:
        raise Unusable(Text("加密后再打开核对没有通过，没有交出", "the encrypted workbook did not open as it was, and is not given out")) from None


def _place(path: Path, data: bytes) -> Path:
    """Put the file in its place in one step; beside one that is open elsewhere a numbered one."""
    for n in range(1, 10):
        tried = path if n == 1 else path.with_name(f"{path.stem}({n}){path.suffix}")
        draft = tried.with_name(f".{tried.name}.draft")
        try:
            draft.unlink(missing_ok=True)
            with draft.open("xb") as file:  # anew: a link that lies there under this name is not written through
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(tried)
            return tried
        except PermissionError:
            draft.unlink(missing_ok=True)
            if n == 9:
                raise
        except OSError:
            draft.unlink(missing_ok=True)
            raise
    raise AssertionError
