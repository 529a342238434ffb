"""An export as a new workbook: the columns of its purpose, and on every sheet and every printed page for whom, for what and which number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from ownerbook.identifiers import masks
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.masking import shown
from ownerbook.reports.palette import BODY, ERROR, HEADER, SUBTITLE, TITLE
from ownerbook.reports.pen import Pen
from ownerbook.reports.purposes import Purpose
from ownerbook.reports.widths import column_width
from ownerbook.schema.kinds import Number, Reference
from ownerbook.schema.sheet import Column
from ownerbook.schema.words import Lang, Text

MARK = SUBTITLE.but(size=12, bold=True, ink=ERROR)
PHONES = ("phone", "phone2")
_DOCUMENT = re.compile(r"[0-9]{14}|[0-9]{6}[ -]?(?:19|20)[0-9]{6}[ -]?[0-9]{3}[0-9Xx]")  # two phones in a cell are phones still
_SAMPLED = 500  # rows by which a column's width is found


def write_export(path: Path, register: Register, purpose: Purpose, mark: Text, as_of: date, *, workspace: str, lang: Lang) -> dict[str, int]:
    """Write it. mark: the watermark. Gives how many rows of each sheet left."""
    out: dict[str, int] = {}
    title = Text(f"{purpose.name.zh}用名单", f"For {purpose.name.en}").say(lang)
    with Pen(path, as_of=as_of, title=mark.say(lang), kind="export", subject=workspace, footer=mark.say(lang), lang=lang) as pen:
        for sheet, fields in purpose.sheets.items():
            if sheet not in register.tables:
                continue
            declared = BY_FIELD[sheet]
            columns = [declared.by_field[f] for f in fields if register.tables[sheet].has(f)]
            table = register.tables[sheet]
            rows = _rows(register, sheet, purpose)
            page = pen.page(declared.title.say(lang))
            texts: list[list[str]] = []
            for column in columns:
                masked = f"{sheet}.{column.field}" not in purpose.full
                texts.append([_told(column, table.found(column.field, row), masked) for row in rows])
            heads = [c.header.say(lang) for c in columns]
            page.columns([_width(head, values) for head, values in zip(heads, texts, strict=True)])
            page.text(1, 1, f"{title}    {workspace}    {as_of.isoformat()}", TITLE)
            page.text(2, 1, mark.say(lang), MARK)
            page.height(1, 30)
            page.height(2, 22)
            page.row(3, heads, HEADER)
            for n, values in enumerate(zip(*texts, strict=True), 4):
                page.row(n, values, BODY)
            if not rows:
                page.text(4, 1, Text("没有", "none").say(lang), BODY)
            page.freeze(3)
            if rows and columns:
                page.filter(3, 1, 3 + len(rows), len(columns))
            page.print_setup(repeat=(2, 3))
            out[declared.name] = len(rows)
    return out


def _told(column: Column, text: str, masked: bool) -> str:
    """A cell as it leaves: a number that somebody typed into a column of other things is masked too, where the column leaves in full as well."""
    if not masked:
        return text if column.field in PHONES and not _DOCUMENT.search(unicodedata.normalize("NFKC", text)) else masks.auto(text)
    said = shown(column, text, masked=masked)
    return masks.auto(said) if masked and said == text and not isinstance(column.kind, Number | Reference) else said


def _rows(register: Register, sheet: str, purpose: Purpose) -> list[int]:
    keep = np.ones(len(register.tables[sheet]), bool)
    wanted = {"owners": "现业主", "household": "在住"}.get(sheet)
    if purpose.current and wanted:
        keep = register.column(sheet, "status").is_(wanted)
    return [int(r) for r in np.flatnonzero(keep)]


def _width(head: str, values: Sequence[str]) -> float:
    return column_width([head, *values[:_SAMPLED]])
