"""A second pair of eyes: reads two workbooks with python-calamine in a process of its own and tells which cells differ.

Run as a script. That parser may panic, hang or abort on odd files, so it is never run in the caller's process. On standard
input: two lengths (8 bytes each, big end first) and two packages. On standard output: JSON.
"""

from __future__ import annotations

import io
import json
import struct
import sys
from typing import Any

MEMORY = 3 << 30  # bytes of address space
MOST_CELLS = 60_000_000  # of the block that a sheet would fill in memory
MOST_DIFFERENCES = 200_000


def plain(value: Any) -> list[Any]:
    """A value with its kind, as JSON can hold it."""
    if value == "" or value is None:
        return ["blank", None]
    if isinstance(value, bool):
        return ["bool", value]
    if isinstance(value, int | float):
        return ["number", float(value)]
    if isinstance(value, str):
        return ["text", value]
    if hasattr(value, "total_seconds"):
        return ["duration", value.total_seconds() / 86400]
    return ["moment", value.isoformat()]


def _cells(sheet: Any) -> dict[int, list[Any]]:
    """Rows by number, each with its values from column 1 on."""
    start = sheet.start
    if start is None:
        return {}
    end = sheet.end
    if (end[0] - start[0] + 1) * (end[1] - start[1] + 1) > MOST_CELLS:
        raise MemoryError
    lead = [""] * start[1]
    return {start[0] + 1 + i: lead + row for i, row in enumerate(sheet.to_python(skip_empty_area=True))}


def differences(old: bytes, new: bytes) -> dict[str, Any]:
    """Compare all sheets by name. `unread` names those that it cannot read in the old workbook."""
    from python_calamine import CalamineWorkbook

    unread: list[str] = []
    found: list[list[Any]] = []
    try:
        a = CalamineWorkbook.from_filelike(io.BytesIO(old))
    except BaseException as error:  # a panic of the parser is no Exception
        return {"old": type(error).__name__, "found": [], "unread": []}
    b = CalamineWorkbook.from_filelike(io.BytesIO(new))
    if a.sheet_names != b.sheet_names:
        raise ValueError("sheets")
    for name in a.sheet_names:
        try:
            before = _cells(a.get_sheet_by_name(name))
        except BaseException:
            unread.append(name)
            continue
        try:
            after = _cells(b.get_sheet_by_name(name))
        except MemoryError:  # a cell far away: too wide for this reader, not wrong
            unread.append(name)
            continue
        for number in sorted(before.keys() | after.keys()):
            x, y = before.get(number, []), after.get(number, [])
            if x == y and repr(x) == repr(y):
                continue
            for column in range(max(len(x), len(y))):
                p = plain(x[column] if column < len(x) else "")
                q = plain(y[column] if column < len(y) else "")
                if p != q and len(found) < MOST_DIFFERENCES:
                    found.append([name, number, column + 1, p, q])
    return {"old": "read", "found": found, "unread": unread}


def main() -> int:
    """Read, compare, print."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except ImportError:  # not on Windows
        pass
    data = sys.stdin.buffer.read()
    first, second = struct.unpack_from(">2Q", data)
    old, new = data[16 : 16 + first], data[16 + first : 16 + first + second]
    try:
        result = differences(old, new)
    except BaseException as error:
        result = {"old": "read", "error": f"{type(error).__name__}: {error}", "found": [], "unread": []}
    sys.stdout.buffer.write(json.dumps(result).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
