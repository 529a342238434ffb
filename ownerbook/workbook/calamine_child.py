"""The other side of `other_formats`: reads a workbook with calamine in a process of its own.

The file comes in on standard input. Out goes one line of JSON, then for each sheet its arrays: row and column
(int32), kind (uint8), value (float64), the lengths of its texts (int32) and the texts. A date's value is its day as
Python counts it, plus the part of the day; the other side makes the serial.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from array import array
from typing import Any

MEMORY = 2 << 30  # bytes of address space
BLANK, TEXT, NUMBER, DATE, BOOL = 0, 1, 2, 3, 4


def main() -> None:
    """Read, write, leave. A failure that can be told is the only thing on the JSON line."""
    _confine()
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        sheets, blobs = _read(data)
    except BaseException as e:  # calamine's panics are no Exceptions
        reason = {"PasswordError": "encrypted", "MemoryError": "parser_died", "PanicException": "parser_died"}.get(type(e).__name__, "damaged")
        out.write(json.dumps({"error": reason, "detail": f"{type(e).__name__}: {e}"[:300]}).encode() + b"\n")
        return
    out.write(json.dumps({"sheets": sheets}).encode() + b"\n")
    for blob in blobs:
        out.write(blob)


def _confine() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes) -> tuple[list[dict[str, Any]], list[bytes]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets: list[dict[str, Any]] = []
    blobs: list[bytes] = []
    for i, metadata in enumerate(workbook.sheets_metadata):
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(i)
        rows, columns, kinds, values = array("i"), array("i"), array("B"), array("d")
        texts: list[bytes] = []
        # Not skipping the empty area keeps the numbers of rows and columns.
        for r, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
            for c, cell in enumerate(cells, 1):
                if cell == "" and isinstance(cell, str):
                    continue
                kind, value = _found(cell)
                if isinstance(cell, str):
                    texts.append(cell.encode("utf-8", "surrogatepass"))
                rows.append(r)
                columns.append(c)
                kinds.append(kind)
                values.append(value)
        lengths = array("i", map(len, texts))
        merges = [[a + 1, b + 1, c + 1, d + 1] for (a, b), (c, d) in sheet.merged_cell_ranges or []]
        hidden = metadata.visible != SheetVisibleEnum.Visible
        sheets.append({"name": metadata.name, "hidden": hidden, "cells": len(rows), "texts": len(texts), "bytes": sum(lengths), "merges": merges})
        blobs += [rows.tobytes(), columns.tobytes(), kinds.tobytes(), values.tobytes(), lengths.tobytes(), b"".join(texts)]
    return sheets, blobs


def _found(cell: object) -> tuple[int, float]:
    if isinstance(cell, str):
        return TEXT, 0.0
    if isinstance(cell, bool):
        return BOOL, float(cell)
    if isinstance(cell, dt.datetime):
        return DATE, cell.toordinal() + _part(cell.time())
    if isinstance(cell, dt.date):
        return DATE, float(cell.toordinal())
    if isinstance(cell, dt.time):
        return NUMBER, _part(cell)
    if isinstance(cell, dt.timedelta):
        return NUMBER, cell / dt.timedelta(days=1)
    return NUMBER, float(cell)  # type: ignore[arg-type]


def _part(time: dt.time) -> float:
    return (time.hour * 3600 + time.minute * 60 + time.second + time.microsecond / 1e6) / 86400


if __name__ == "__main__":
    main()
