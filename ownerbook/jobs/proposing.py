"""Proposals on their way: told, and where asked for written into staff's workbooks by the lossless amender, all or nothing a workbook."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from ownerbook.jobs.placing import Places
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.jobs.writing import Written, write_edits
from ownerbook.reconcile.recorded import Recorded
from ownerbook.register.proposal import NewRow, Proposal, Value
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD, BY_NAME
from ownerbook.register.whose import house_of, house_of_values
from ownerbook.reports.masking import shown
from ownerbook.schema.finding import column_letters
from ownerbook.schema.words import Lang, Text

if TYPE_CHECKING:
    from ownerbook.jobs.reading import Read
    from ownerbook.workbook.amend import Edit


def lines(register: Register, proposal: Proposal, *, lang: Lang, masked: bool) -> list[str]:
    """The proposal for a person: cells with their old and new value, rows with their filled columns."""
    out, blank = [], Text("（空）", "(blank)").say(lang)
    for row in proposal.rows:
        sheet = BY_FIELD[row.sheet]
        cells = "  ".join(f"{sheet.by_field[f].header.zh}={_text(*_meant(row, f), v, masked)}" for f, v in row.values.items())
        out.append(Text(f"{sheet.name} 新增一行：{cells}", f"{sheet.name}, a new row: {cells}").say(lang))
    for v in proposal.values:
        sheet = BY_FIELD[v.sheet]
        column = sheet.by_field[v.field]
        place = register.tables[v.sheet].place(v.row, v.field)
        key = register.tables[v.sheet].found(sheet.key.field, v.row)
        old = shown(column, register.tables[v.sheet].found(v.field, v.row), masked=masked) or blank
        new = blank if v.value is None else _text(v.sheet, v.field, v.value, masked)
        out.append(f"{place} {sheet.name} {key} {column.header.zh}：{old} → {new}")
    return out


def _meant(row: NewRow, field: str) -> tuple[str, str]:
    """The column that says how private a cell is: old and new value of a change are as private as what they change."""
    about = BY_NAME.get(str(row.values.get("sheet", ""))) if row.sheet == "changes" and field in ("old", "new") else None
    column = about.by_header.get(str(row.values.get("field", ""))) if about else None
    return (about.field, column.field) if about and column else (row.sheet, field)


def _text(sheet: str, name: str, value: Value, masked: bool) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value)
    return shown(BY_FIELD[sheet].by_field[name], text, masked=masked)


def edits(register: Register, proposal: Proposal) -> dict[str, list[Edit]]:
    """The edits by workbook. Raises Unusable where a workbook lacks a column that is to be written."""
    from ownerbook.workbook.amend import AppendRow, SetCell

    out: dict[str, list[Edit]] = {}
    for v in proposal.values:
        table = register.tables[v.sheet]
        place, column = table.place(v.row, v.field), BY_FIELD[v.sheet].by_field[v.field]
        if place.cell is None or place.workbook is None or place.sheet is None:
            raise Unusable(
                Text(f"「{BY_FIELD[v.sheet].name}」表没有「{column.header.zh}」列，无处可写", f"there is no column {column.header.zh} to write to")
            )
        if v.field in table.sources[int(table.source[v.row])].parts:
            raise Unusable(
                Text(
                    f"{place} 里不止「{column.header.zh}」一项（几人合写、几格合成或代码），请在台账里手工改",
                    f"{place} holds more than {column.header.en}: several people, part of a number, or a code; change it by hand",
                )
            )
        edit = SetCell(place.sheet, place.cell, v.value, identifier=column.kind.text_format)
        out.setdefault(place.workbook, []).append(edit)
    places = Places(register)
    for row in proposal.rows:
        spot, sheet = places.of(row.sheet, row.values), BY_FIELD[row.sheet]
        missing = [sheet.by_field[f].header.zh for f in row.values if f not in spot.columns]
        if missing:
            raise Unusable(
                Text(f"「{sheet.name}」表没有「{'、'.join(missing)}」列，无处可写", f"there is no column {', '.join(missing)} to write to")
            )
        letters = {column_letters(spot.columns[f]): v for f, v in row.values.items()}
        text = frozenset(column_letters(spot.columns[f]) for f in row.values if sheet.by_field[f].kind.text_format)
        out.setdefault(spot.workbook, []).append(AppendRow(spot.tab, letters, text, spot.after))
    return out


def recorded(register: Register, proposal: Proposal, *, came: str = "act", who: str = "", source: str = "") -> list[Recorded]:
    """The proposal as the history tells it."""
    out = []
    for v in proposal.values:
        table = register.tables[v.sheet]
        key = table.found(BY_FIELD[v.sheet].key.field, v.row)
        old, place = table.held(v.field, v.row), str(table.place(v.row, v.field))
        house = house_of(register, v.sheet, v.row)
        out.append(Recorded("cell", v.sheet, key, house, v.field, old, v.value, place=place, came=came, who=who, source=source))
    for row in proposal.rows:
        key = str(row.values.get(BY_FIELD[row.sheet].key.field, ""))
        out.append(
            Recorded(
                "new", row.sheet, key, house_of_values(register, row.sheet, row.values), values=dict(row.values), came=came, who=who, source=source
            )
        )
    return out


def write(
    space: Workspace,
    read: Read,
    proposal: Proposal,
    *,
    at: datetime,
    act: str = "act",
    who: str = "",
    source: str = "",
    password: str | None = None,
) -> Written:
    """Write a proposal: all its workbooks together or none; one that has changed since it was read is refused.

    act: the command or form, for the journal. who: the person's 工号. source: the file it came from. Raises Unusable.
    """
    changes = recorded(read.register, proposal, came=act, who=who, source=source)
    return write_edits(
        space,
        edits(read.register, proposal),
        read.fingerprints,
        about={"act": act, "cells": len(proposal.values), "rows": len(proposal.rows), **({"by": who} if who else {})},
        recorded=changes,
        at=at,
        password=password,
    )
