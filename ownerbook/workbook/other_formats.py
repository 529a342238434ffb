"""Formats that a library reads for us (.xls .et .xlsb), in a process that may hang, die or eat memory alone."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ownerbook.schema.cells import Ints, Kind, Pool, Style, Styles
from ownerbook.workbook.book import Tab, TabCells
from ownerbook.workbook.number_formats import shows_date
from ownerbook.workbook.trouble import Trouble

PATIENCE = 60.0  # seconds
CALAMINE, XLRD = "calamine_child", "xls_child"


@dataclass(slots=True)
class Foreign:
    """What a library read."""

    tabs: list[Tab]
    date1904: bool = False
    macros: bool = False
    external: dict[int, str] = field(default_factory=dict)  # as in `Book`
    values_only: bool = False  # as in `Book`
    properties: dict[str, str] = field(default_factory=dict)  # as in `Book`


class _TookTooLong(Trouble):
    pass


def read_xls(data: bytes, pool: Pool, styles: Styles, patience: float = PATIENCE) -> Foreign:
    """An .xls or .et, by xlrd; where it refuses, by calamine, which sees no more than values, dates and merges.

    Raises `Trouble` as `read_in_child` does.
    """
    try:
        return read_in_child(data, pool, styles, patience, XLRD)
    except Trouble as e:
        if e.reason == "encrypted" or isinstance(e, _TookTooLong):
            raise
    return read_in_child(data, pool, styles, patience)


def read_in_child(data: bytes, pool: Pool, styles: Styles, patience: float = PATIENCE, reader: str = CALAMINE) -> Foreign:
    """A workbook given as bytes, read by a module of this package in a process of its own.

    Raises `Trouble`: `parser_died` after `patience` seconds or when the process breaks off, `encrypted`, `damaged`,
    `no_worksheet`.
    """
    program = f"import sys; sys.path[:] = {sys.path!r}; from ownerbook.workbook.{reader} import main; main()"
    try:
        done = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, timeout=patience, check=False)
    except subprocess.TimeoutExpired:
        raise _TookTooLong("parser_died", f"> {patience:g} s") from None
    line = done.stdout[: done.stdout.find(b"\n") + 1]
    rest = memoryview(done.stdout)[len(line) :]
    if done.returncode != 0 or not line:
        raise Trouble("parser_died", f"exit status {done.returncode}")
    said: dict[str, Any] = json.loads(line)
    if "error" in said:
        raise Trouble(said["error"], said["detail"])
    if not said["sheets"]:
        raise Trouble("no_worksheet")
    own = [Style(code, shows_date(code), strike, fill) for code, strike, fill in said["styles"]]
    looks = np.array([styles.number(s) for s in own], np.int32)
    dated = np.array([s.date for s in own], bool)
    tabs = []
    for sheet in said["sheets"]:
        tab, rest = _tab(sheet, rest, pool, looks, dated)
        tabs.append(tab)
    external = {int(n): target for n, target in said.get("external", {}).items()}
    properties = {str(k): str(v) for k, v in said.get("properties", {}).items()}
    return Foreign(tabs, said.get("date1904", False), said.get("macros", False), external, reader == CALAMINE, properties)


def _tab(sheet: dict[str, Any], data: memoryview, pool: Pool, looks: Ints, dated: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[Tab, memoryview]:
    n, m, size = sheet["cells"], sheet["texts"], sheet["bytes"]
    at = 0

    def take(dtype: str, count: int) -> Any:
        nonlocal at
        array = np.frombuffer(data, dtype, count, at)
        at += array.nbytes
        return array.copy()

    row, column, kind, value, style, flag = take("i4", n), take("i4", n), take("u1", n), take("f8", n), take("i4", n), take("u1", n)
    lengths = take("i4", m)
    first = pool.extend(bytes(data[at : at + size]), lengths.astype(np.int64))
    value[(kind == Kind.TEXT) | (kind == Kind.ERROR)] = np.arange(first, first + m)
    kind[(kind == Kind.NUMBER) & dated[style]] = Kind.DATE
    cells = TabCells(row, column, kind, value, looks[style], flag)
    tab = Tab(
        sheet["name"],
        cells,
        hidden=sheet["hidden"],
        merges=[(a, b, c, d) for a, b, c, d in sheet.get("merges", ())],
        hidden_rows=np.array(sheet.get("hidden_rows", ()), np.int32),
        hidden_columns=np.array(sheet.get("hidden_columns", ()), np.int32),
        filtered=sheet.get("filtered", False),
    )
    return tab, data[at + size :]
