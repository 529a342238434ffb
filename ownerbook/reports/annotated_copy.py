"""The annotated copy of a sheet: its declared columns, faulty cells coloured by severity, with what is wrong in a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from ownerbook.reports.cell_marks import row_marks
from ownerbook.reports.column_form import cell_look
from ownerbook.reports.masking import shown, shown_suggestion
from ownerbook.reports.palette import (
    BLUE,
    BODY,
    BODY_CENTER,
    HEADER,
    HEADER_OPTIONAL,
    LINK,
    MUTED,
    SEVERITY_FILL,
    SEVERITY_INK,
    SUBTITLE,
    TITLE,
    Look,
)
from ownerbook.reports.pen import MOST_LINKS, Page
from ownerbook.reports.problem_list import ListOptions
from ownerbook.reports.widths import column_width
from ownerbook.rules.judge import mask_of
from ownerbook.schema.cells import Kind
from ownerbook.schema.finding import RANK, SEVERITY_WORDS, Finding, column_letters
from ownerbook.schema.kinds import Day
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table
from ownerbook.schema.words import Text

WHOLE_UP_TO = 20_000  # rows; of a larger sheet only the rows with problems are copied
HEADER_ROW = 4
LEADING = 2  # columns of ours before the declared ones: the original row, the codes
FIRST_HEADS = (Text("原位置", "Original"), Text("问题", "Problems"))
RECORD, MARKS = "编号", "校验"  # hidden, behind the declared columns: the key as it stood, and what the cells showed
FIELDS = "fields:"  # above the marks: the sheet and the columns in the order of the marks


_BLANK, _NUMBER, _DATE, _ERROR = int(Kind.BLANK), int(Kind.NUMBER), int(Kind.DATE), int(Kind.ERROR)
_LINK, _AS_TEXT = LINK.but(align="center"), BODY.but(form="@")


@dataclass(slots=True)
class Copy:
    """Where things stand in the annotated copy of a table. rows: positions in the table, in order; columns: declared ones present."""

    table: Table
    rows: np.ndarray
    columns: list[Column]
    whole: bool

    @classmethod
    def of(cls, table: Table, faulty: set[int]) -> Copy:
        """Lay out the copy."""
        whole = len(table) <= WHOLE_UP_TO
        rows = np.arange(len(table)) if whole else np.array(sorted(faulty), np.int64)
        return cls(table, rows, [c for c in table.sheet.columns if table.has(c.field)], whole)

    def cell(self, position: int | None, header: str | None) -> str:
        """The place of a cell in the copy as A1; a header's where no row is given; '' where it is not in the copy."""
        column = next((n for n, c in enumerate(self.columns, LEADING + 1) if c.header.zh == header), None)
        if column is None:
            return ""
        if position is None:
            return f"{column_letters(column)}{HEADER_ROW}"
        at = int(np.searchsorted(self.rows, position))
        if at >= len(self.rows) or self.rows[at] != position:
            return ""
        return f"{column_letters(column)}{HEADER_ROW + 1 + at}"


def write_copy(page: Page, copy: Copy, findings: Mapping[int | None, Sequence[Finding]], titles: Mapping[str, str], options: ListOptions) -> None:
    """Write the sheet. findings: by position in the table, None for the header."""
    table, lang = copy.table, options.lang
    notes, worst = _by_cell(copy, findings, titles, options)
    several = len({s.workbook for s in table.sources}) > 1
    page.columns([17.0 if several else 8.0, 13.0, *_widths(copy, options.masked)])
    page.text(1, 1, f"{table.sheet.name} · {Text('批注副本', 'annotated copy').say(lang)}", TITLE.but(size=14))
    page.height(1, 28)
    page.text(2, 1, _introduction(copy, findings, several).say(lang), SUBTITLE)
    for n, severity in enumerate(("error", "warning", "notice"), 1):
        page.text(3, n if n < 3 else 3, SEVERITY_WORDS[severity].say(lang), _faulty(BODY_CENTER, severity))
    for n, head in enumerate(FIRST_HEADS, 1):
        page.text(HEADER_ROW, n, head.say(lang), HEADER.but(fill=BLUE))
    for n, column in enumerate(copy.columns, LEADING + 1):
        page.text(HEADER_ROW, n, column.header.zh, HEADER if column.required else HEADER_OPTIONAL)
    page.height(HEADER_ROW, 26)
    drawn = [_Drawn.of(copy, column, options.masked) for column in copy.columns]
    if options.secret:
        _marks(page, copy)
    for at, position in enumerate(copy.rows.tolist()):
        texts = _row(page, HEADER_ROW + 1 + at, copy, position, findings.get(position, ()), worst, options, several, drawn, at)
        if options.secret:
            _marked(page, HEADER_ROW + 1 + at, copy, position, texts, options.secret)
    for (row, at_column), lines in notes.items():
        page.comment(row, at_column, "\n\n".join(lines), fill=SEVERITY_FILL[worst[row, at_column]])
    last = HEADER_ROW + max(1, len(copy.rows))
    page.freeze(HEADER_ROW, LEADING + 1)
    page.filter(HEADER_ROW, 1, last, LEADING + len(copy.columns) + (2 if options.secret else 0))  # marks move with their rows
    wide = max(1, round(sum(page.widths.values()) / 190))
    page.print_setup(repeat=(HEADER_ROW, HEADER_ROW), pages_wide=wide, repeat_columns=LEADING + 1 if wide > 1 else 0)


def _marks(page: Page, copy: Copy) -> None:
    """The hidden columns by which a corrected cell is known, whatever was sorted, moved or saved by another program."""
    record = LEADING + len(copy.columns) + 1
    page.text(HEADER_ROW - 1, record + 1, f"{FIELDS}{copy.table.sheet.field}:{','.join(c.field for c in copy.columns)}", BODY.but(ink=MUTED))
    page.text(HEADER_ROW, record, RECORD, HEADER)
    page.text(HEADER_ROW, record + 1, MARKS, HEADER)
    page.hide_column(record)
    page.hide_column(record + 1)


def _marked(page: Page, row: int, copy: Copy, position: int, texts: Sequence[str], secret: bytes) -> None:
    record, column = copy.table.found(copy.table.sheet.key.field, position), LEADING + len(copy.columns) + 1
    page.text(row, column, record, _AS_TEXT)
    page.text(row, column + 1, row_marks(secret, copy.table.sheet.field, record, [c.field for c in copy.columns], texts, position), _AS_TEXT)


def _introduction(copy: Copy, findings: Mapping[int | None, Sequence[Finding]], several: bool) -> Text:
    faulty = sum(1 for position in findings if position is not None)
    source = copy.table.sources[0]
    origin = (
        Text("", "")
        if several or not copy.table.sources
        else Text(f"来自 {source.workbook} 的「{source.tab}」。", f"From {source.workbook}, {source.tab}. ")
    )
    size = (
        Text(f"共 {len(copy.table):,} 行，其中 {faulty:,} 行有问题。", f"{len(copy.table):,} rows, {faulty:,} with problems. ")
        if copy.whole
        else Text(
            f"全表 {len(copy.table):,} 行，这里只列有问题的 {faulty:,} 行。",
            f"Of {len(copy.table):,} rows only the {faulty:,} with problems are here. ",
        )
    )
    end = Text(
        "有颜色的单元格有批注。可以直接在这里改正（打码的写完整的值），把本文件存到「收件箱」，改过的格就成为变更方案里的一行。",
        "Coloured cells carry a note. A cell may be mended here (a masked one in full); saved to 收件箱, it becomes a line of a plan.",
    )
    return Text(origin.zh + size.zh + end.zh, origin.en + size.en + end.en)


def _by_cell(
    copy: Copy, findings: Mapping[int | None, Sequence[Finding]], titles: Mapping[str, str], options: ListOptions
) -> tuple[dict[tuple[int, int], list[str]], dict[tuple[int, int], str]]:
    at = {int(p): HEADER_ROW + 1 + n for n, p in enumerate(copy.rows.tolist())}
    columns = {c.header.zh: n for n, c in enumerate(copy.columns, LEADING + 1)}
    notes: dict[tuple[int, int], list[str]] = {}
    worst: dict[tuple[int, int], str] = {}
    for position, told in findings.items():
        row = HEADER_ROW if position is None else at.get(position)
        for finding in told:
            column = columns.get(finding.header or "")
            if row is None or column is None:
                continue
            notes.setdefault((row, column), []).append(_note(finding, titles, options))
            known = worst.get((row, column), finding.severity)
            worst[row, column] = min(known, finding.severity, key=RANK.__getitem__)
    return notes, worst


def _note(finding: Finding, titles: Mapping[str, str], options: ListOptions) -> str:
    lang, masked = options.lang, options.masked
    lines = [f"{finding.code} {titles.get(finding.code, '')}".strip(), finding.say(lang, masked=masked), finding.advise(lang, masked=masked)]
    suggestion = shown_suggestion(finding, masked=masked)
    if suggestion:
        lines.append(Text(f"建议值：{suggestion}", f"suggestion: {suggestion}").say(lang))
    return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class _Drawn:
    """A column as it is drawn: the kinds of its cells by row of the copy, whether it is masked, its looks."""

    column: Column
    kinds: list[int]
    hidden: bool
    plain: Look
    text: Look

    @classmethod
    def of(cls, copy: Copy, column: Column, masked: bool) -> _Drawn:
        look = cell_look(column.kind, BODY).but(wrap=False)
        kinds = copy.table.cells[column.field].kind[copy.rows].tolist()
        return cls(column, kinds, masked and bool(mask_of(column)), look, look.but(form="@"))


def _row(
    page: Page,
    row: int,
    copy: Copy,
    position: int,
    told: Sequence[Finding],
    worst: Mapping[tuple[int, int], str],
    options: ListOptions,
    several: bool,
    drawn: Sequence[_Drawn],
    at: int,
) -> list[str]:
    """Write a row. Gives what its declared cells show."""
    table = copy.table
    source = table.sources[int(table.source[position])]
    number = int(table.rows[position])
    severity = min((f.severity for f in told), key=RANK.__getitem__, default="")
    stem = source.workbook.rpartition("/")[2].rpartition(".")[0]
    label = f"{stem} {number}" if several else str(number)
    tab = source.tab.replace("'", "''")
    usable = "#" not in source.workbook and not source.text_only and page.links < MOST_LINKS
    target = f"external:{options.link_base.rstrip('/')}/{source.workbook}#'{tab}'!A{number}" if usable else ""
    page.link(row, 1, target, label, _LINK)
    codes = "、".join(dict.fromkeys(f.code for f in told))
    page.text(row, 2, codes, _faulty(BODY, severity) if severity else BODY)
    return [_cell(page, row, n, table, column, position, column.kinds[at], worst.get((row, n), "")) for n, column in enumerate(drawn, LEADING + 1)]


def _cell(page: Page, row: int, n: int, table: Table, drawn: _Drawn, position: int, kind: int, severity: str) -> str:
    """Write a cell. Gives what it shows, as its reader gives it back."""
    column = drawn.column
    look = _faulty(drawn.plain, severity) if severity else drawn.plain
    if kind == _BLANK:
        page.blank(row, n, look)
        return ""
    found = table.found(column.field, position)
    if kind == _NUMBER and not column.kind.text_format and not drawn.hidden:
        cells = table.cells[column.field]
        form = table.styles[int(cells.style[position])].number_format
        plain = look.form in ("", "@") or isinstance(column.kind, Day)  # a number in a column of days shows what it is
        page.number(row, n, float(cells.value[position]), _formed(look, "0.00%" if "%" in form else "General" if plain else look.form))
        return found
    if kind == _DATE and isinstance(column.kind, Day) and (day := _day(found)):
        page.day(row, n, day, look)
        return found
    text = shown(column, found, masked=drawn.hidden)
    if severity or kind == _ERROR:
        look = look.but(form="@", ink=MUTED if kind == _ERROR and look.ink == BODY.ink else look.ink)
    page.text(row, n, text, look if severity or kind == _ERROR else drawn.text)
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(256)
def _formed(look: Look, form: str) -> Look:
    return look.but(form=form)


@lru_cache(256)
def _faulty(look: Look, severity: str) -> Look:
    return look.but(fill=SEVERITY_FILL[severity], ink=SEVERITY_INK[severity], bold=True)


def _widths(copy: Copy, masked: bool) -> list[float]:
    sample = copy.rows[:: max(1, len(copy.rows) // 200)][:200].tolist()
    out = []
    for column in copy.columns:
        texts = [shown(column, copy.table.found(column.field, p), masked=masked) for p in sample]
        out.append(column_width(texts, header=column.header.zh, filtered=True, widest=24))
    return out
