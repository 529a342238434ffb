"""Which workbooks a plan would have to write and cannot: told before people choose, not after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from ownerbook.reconcile.change import Change
from ownerbook.reconcile.judging import CHANGED
from ownerbook.register.register import Register
from ownerbook.schema.words import Text

WRITABLE = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
"""The formats that the lossless amender writes (docs/decisions/0006-older-formats.md)."""


def unwritable(register: Register, changes: Sequence[Change]) -> list[Text]:
    """A line a workbook that changes would have to be written to and that is kept in another format: .csv, .xls, .ods."""
    wanted: dict[str, int] = {}
    for c in changes:
        for name in {*_touched(register, c)}:
            if PurePosixPath(name).suffix.lower() not in WRITABLE:
                wanted[name] = wanted.get(name, 0) + 1
    out = []
    for name, count in sorted(wanted.items()):
        kind = PurePosixPath(name).suffix.lower()
        zh = f"{name} 是 {kind} 文件，ownerbook 不能写入：方案里有 {count} 项要写到它，采用了也写不成。请先用 Excel 另存为 .xlsx，再选择"
        en = f"{name} is a {kind} file, which cannot be written: {count} changes of the plan need it. Save it as .xlsx before anything is chosen"
        out.append(Text(zh, en))
    return out


def _touched(register: Register, c: Change) -> list[str]:
    """The workbooks that taking a change writes: that of its row, and the one where the 变更 rows go."""
    out = []
    table = register.tables.get(c.sheet)
    if table is not None and table.sources and c.kind != "gone":
        at = int(table.source[c.row]) if 0 <= c.row < len(table) else len(table.sources) - 1
        out.append(table.sources[at].workbook)
    record = register.tables.get("changes")
    if record is not None and record.sources and c.sheet in CHANGED and c.kind in ("cell", "key"):
        out.append(record.sources[-1].workbook)
    return out
