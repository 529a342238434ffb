"""Cells of a developer's list as values to be typed, and why one cannot be taken; papers as the list says that they came."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ownerbook.adopt.converting import typed
from ownerbook.adopt.grid import Cell, Grid
from ownerbook.adopt.reading import Record, Value
from ownerbook.identifiers import share
from ownerbook.identifiers.damage import is_blank
from ownerbook.procedures.registration import Line, said
from ownerbook.reconcile.change import Said
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.forms.handover_list import COPIES
from ownerbook.schema.cells import Kind
from ownerbook.schema.finding import column_letters
from ownerbook.schema.kinds import Day, Measure, Share
from ownerbook.schema.words import Text
from ownerbook.workbook.book import Tab

_PAPER = re.compile(r"(原件|复印件|扫描件)?\s*([0-9]{1,4})\s*页?\s*(原件|复印件|扫描件)?")


def values_of(tab: Tab, record: Record, date1904: bool, against: list[Text]) -> tuple[dict[str, Said], dict[str, str]]:
    """Values of a record as they are to be typed, and the cell of each. What cannot be taken speaks against the house."""
    values: dict[str, Said] = {}
    at: dict[str, str] = {}
    for f, value in record.values.items():
        column = BY_FIELD[record.sheet].by_field.get(f)
        if column is None or is_blank(value.text):
            continue
        where = f"{tab.name}!{ref(value.cell)}"
        if f == "house_no":
            if value.cell.is_date and value.whole and record.sheet == "houses":
                zh = f"{where}：房号变成了日期（{value.text}），请把该列设为文本再重新录入"
                against.append(Text(zh, f"{where}: the house number became a date ({value.text}); make the column text and type it again"))
            values[f], at[f] = said(value.text.strip()), where
            continue
        found = typed(column, value, date1904)
        if found is None and value.how == "header":
            continue
        if found is None:
            against.append(_cannot(where, column.header, value, column.kind))
            continue
        at[f] = where
        values[f] = _share(str(found), value) if isinstance(column.kind, Share) else said(found)
    return values, at


def paper_lines(tab: Tab, grid: Grid, rows: Sequence[int], papers: Mapping[int, str], checker: str, ours: bool, against: list[Text]) -> list[Line]:
    """The papers that came with a house; what is not said with form and pages speaks against it. ours: a number alone counts, as our sheet says."""
    out: list[Line] = []
    for column, kind in papers.items():
        cell = next((c for r in rows if (c := grid.get(r, column)) is not None), None)
        if cell is None or is_blank(cell.text):
            continue
        where = f"{tab.name}!{ref(cell)}"
        match = _PAPER.fullmatch(cell.text.strip().removesuffix(".0"))
        form = (match[1] or match[3] or ("复印件" if kind in COPIES else "原件") * ours) if match else ""
        if match is None or not form or not int(match[2]):
            zh = f"{where}：{kind}「{cell.text.strip()[:12]}」应写形式和页数，如 原件12、复印件3"
            against.append(Text(zh, f"{where}: {kind}: form and pages are to be written, such as 原件12"))
            continue
        values = {"doc_type": said(kind), "form": said(form), "pages": said(int(match[2])), "copies": said(1)}
        if form == "复印件" and checker:
            values["checked_by"] = said(checker)
        out.append(Line(values, where))
    return out


def _share(text: str, value: Value) -> Said:
    """A share as it is typed: a number up to 1 as a part of the whole, else as written."""
    cell: Cell = value.cell
    found = share.from_number(cell.value) if value.whole and cell.kind == Kind.NUMBER else share.parse(text)
    if found is None or found.joint:
        return said(text)
    part = float(found.value)
    return Said(found.written, part) if 0 < part <= 1 else said(text)


def _cannot(where: str, header: Text, value: Value, kind: object) -> Text:
    """Why a cell cannot be taken, and what to do about it."""
    if value.cell.kind == Kind.NUMBER and not isinstance(kind, Day | Measure):
        zh = f"{where}：{header.zh}被存成了数字，末几位已丢失；请把该列设为文本，照原件重新录入"
        return Text(zh, f"{where}: {header.en} was stored as a number and has lost its last digits; make the column text and type it again")
    if isinstance(kind, Day):
        return Text(f"{where}：{header.zh}「{value.text[:20]}」不是日期，如 2026-11-25", f"{where}: {header.en} {value.text[:20]} is no day")
    if isinstance(kind, Measure):
        return Text(f"{where}：{header.zh}「{value.text[:20]}」不是数字", f"{where}: {header.en} {value.text[:20]} is no number")
    return Text(f"{where}：{header.zh}读不懂", f"{where}: {header.en} cannot be read")


def ref(cell: Cell) -> str:
    """A cell as Excel names it."""
    return f"{column_letters(cell.column)}{cell.row}"


def some_rows(rows: list[int]) -> str:
    """A few row numbers, and how many there are."""
    return "、".join(map(str, rows[:10])) + (f" 等 {len(rows)}" if len(rows) > 10 else "")
