"""Proposals on their way: told, and where asked for written into staff's workbooks by the lossless amender, all or nothing a workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.register.proposal import NewRow, Proposal, Value
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.masking import shown
from ownerbook.schema.finding import column_letters
from ownerbook.schema.words import Lang, Text

if TYPE_CHECKING:
    from ownerbook.jobs.reading import Read
    from ownerbook.workbook.amend import Edit


@dataclass(slots=True)
class Written:
    """What came of writing. done: a line a workbook written; refused: why one was not, nothing of it was changed."""

    done: list[str] = field(default_factory=list)
    refused: list[Text] = field(default_factory=list)


def lines(register: Register, proposal: Proposal, *, lang: Lang, masked: bool) -> list[str]:
    """The proposal for a person: cells with their old and new value, rows with their filled columns."""
    out = []
    for row in proposal.rows:
        sheet = BY_FIELD[row.sheet]
        cells = "  ".join(f"{sheet.by_field[f].header.zh}={_text(row.sheet, f, v, masked)}" for f, v in row.values.items())
        out.append(Text(f"{sheet.name} 新增一行：{cells}", f"{sheet.name}, a new row: {cells}").say(lang))
    for v in proposal.values:
        sheet = BY_FIELD[v.sheet]
        column = sheet.by_field[v.field]
        place = register.tables[v.sheet].place(v.row, v.field)
        key = register.tables[v.sheet].found(sheet.key.field, v.row)
        old = shown(column, register.tables[v.sheet].found(v.field, v.row), masked=masked) or Text("（空）", "(blank)").say(lang)
        new = "" if v.value is None else _text(v.sheet, v.field, v.value, masked)
        out.append(f"{place} {sheet.name} {key} {column.header.zh}：{old} → {new}")
    return out


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
    for row in proposal.rows:
        workbook, tab, columns, after = _target(register, row)
        sheet = BY_FIELD[row.sheet]
        missing = [sheet.by_field[f].header.zh for f in row.values if f not in columns]
        if missing:
            raise Unusable(
                Text(f"「{sheet.name}」表没有「{'、'.join(missing)}」列，无处可写", f"there is no column {', '.join(missing)} to write to")
            )
        letters = {column_letters(columns[f]): v for f, v in row.values.items()}
        text = frozenset(column_letters(columns[f]) for f in row.values if sheet.by_field[f].kind.text_format)
        out.setdefault(workbook, []).append(AppendRow(tab, letters, text, after))
    return out


def _target(register: Register, row: NewRow) -> tuple[str, str, dict[str, int], int | None]:
    """Where a row goes: under the rows of the block that holds the most; workbook, tab, columns, and the row above it."""
    table = register.tables.get(row.sheet)
    if table is None or not table.sources:
        raise Unusable(Text(f"没有「{BY_FIELD[row.sheet].name}」表，无处可写", f"there is no sheet {BY_FIELD[row.sheet].name} to write to"))
    counts = np.bincount(table.source, minlength=len(table.sources)) if len(table) else np.zeros(len(table.sources), np.int64)
    n = int(np.argmax(counts))
    source = table.sources[n]
    mine = table.rows[table.source == n]
    return source.workbook, source.tab, dict(source.columns), int(mine.max()) if len(mine) else source.header_row


def write(space: Workspace, read: Read, proposal: Proposal, *, password: str | None = None) -> Written:
    """Write a proposal. Every workbook is tried before the first is written; one that has changed since it was read is refused.

    The old version of each is kept in .ownerbook/kept. Raises Unusable.
    """
    from ownerbook.workbook.amend import Refused, amend_file

    out, paths = Written(), dict(space.files)
    wanted = edits(read.register, proposal)
    kept = space.root / ".ownerbook" / "kept"
    for dry in (True, False):
        for name, mine in wanted.items():
            try:
                receipt = amend_file(
                    paths[name], mine, backup_dir=kept, expect_fingerprint=read.fingerprints.get(name), dry_run=dry, password=password
                )
            except Refused as refused:
                for one in refused.refusals:
                    where = f"{one.cell}:" if one.cell else ""
                    out.refused.append(Text(f"{name} {where}{one.zh}", f"{name} {where} {one.en}"))
                continue
            if not dry:
                out.done.append(f"{name} ({len(receipt.changes)})")
        if out.refused:
            break
    return out
