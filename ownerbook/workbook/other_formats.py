"""Formats that a library reads for us (.xls .xlsb .ods .et), in a process that may hang, die or eat memory alone.

What that library does not tell is not known here: errors look blank, formulas are their results, number formats,
strike-outs, fills, hidden rows and filters are invisible.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import numpy as np

from ownerbook.schema.cells import Kind, Pool, Style, Styles
from ownerbook.workbook.book import Tab, TabCells
from ownerbook.workbook.trouble import Trouble

PATIENCE = 60.0  # seconds
_ORDINAL_OF_DAY_ZERO = 693594  # 1899-12-30
_SHOWN_AS_DATE = Style(number_format="yyyy-mm-dd", date=True)


def read_in_child(data: bytes, pool: Pool, styles: Styles, patience: float = PATIENCE) -> list[Tab]:
    """The tabs of a workbook given as bytes. Dates have serials of the 1900 system.

    Raises `Trouble`: `parser_died` after `patience` seconds or when the process breaks off, `encrypted`, `damaged`,
    `no_worksheet`.
    """
    program = f"import sys; sys.path[:] = {sys.path!r}; from ownerbook.workbook.calamine_child import main; main()"
    try:
        done = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, timeout=patience, check=False)
    except subprocess.TimeoutExpired:
        raise Trouble("parser_died", f"> {patience:g} s") from None
    line = done.stdout[: done.stdout.find(b"\n") + 1]
    rest = memoryview(done.stdout)[len(line) :]
    if done.returncode != 0 or not line:
        raise Trouble("parser_died", f"exit status {done.returncode}")
    said: dict[str, Any] = json.loads(line)
    if "error" in said:
        raise Trouble(said["error"], said["detail"])
    tabs = []
    for sheet in said["sheets"]:
        tab, rest = _tab(sheet, rest, pool, styles)
        tabs.append(tab)
    if not tabs:
        raise Trouble("no_worksheet")
    return tabs


def _tab(sheet: dict[str, Any], data: memoryview, pool: Pool, styles: Styles) -> tuple[Tab, memoryview]:
    n, m, size = sheet["cells"], sheet["texts"], sheet["bytes"]
    at = 0

    def take(dtype: str, count: int) -> Any:
        nonlocal at
        array = np.frombuffer(data, dtype, count, at)
        at += array.nbytes
        return array.copy()

    row, column, kind, value, lengths = take("i4", n), take("i4", n), take("u1", n), take("f8", n), take("i4", m)
    first = pool.extend(bytes(data[at : at + size]), lengths.astype(np.int64))
    value[kind == Kind.TEXT] = np.arange(first, first + m)
    dates = kind == Kind.DATE
    value[dates] -= _ORDINAL_OF_DAY_ZERO
    value[dates & (value < 61)] -= 1
    style = np.zeros(n, np.int32)
    if dates.any():
        style[dates] = styles.number(_SHOWN_AS_DATE)
    cells = TabCells(row, column, kind, value, style, np.zeros(n, np.uint8))
    return Tab(sheet["name"], cells, hidden=sheet["hidden"], merges=[tuple(x) for x in sheet["merges"]]), data[at + size :]
