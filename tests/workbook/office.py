"""LibreOffice as a clerk: opens a workbook, types into cells, saves it in a format of choice. The bridge (UNO) does the typing."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

PYTHON = "/usr/bin/python3"  # the one for which the bridge is built
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}
_CLERK = """
import json, subprocess, sys, threading
import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

def said(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p

def fill(desktop, job):
    book = desktop.loadComponentFromURL(uno.systemPathToFileUrl(job["source"]), "_blank", 0, (said("Hidden", True),))
    for tab, cells in job["cells"].items():
        sheet = book.Sheets.getByName(tab)
        for name, value in cells.items():
            cell = sheet.getCellRangeByName(name)
            if isinstance(value, str):
                cell.setFormula(value)  # as typed: 2026-10-08 becomes a date in a date cell, a text cell keeps text
            else:
                cell.setValue(value)
    for tab, column in job["sort"].items():
        sheet = book.Sheets.getByName(tab)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        area = sheet.getCellRangeByPosition(0, 1, last.EndColumn, last.EndRow)
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = column, False
        area.sort((said("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))), said("ContainsHeader", False)))
    book.storeToURL(uno.systemPathToFileUrl(job["target"]), (said("FilterName", job["filter"]),))
    book.close(True)

job = json.loads(sys.stdin.buffer.read())
pipe = "ownerbook" + str(abs(hash(job["target"])))
command = ["soffice", "-env:UserInstallation=" + job["profile"], "--headless", "--norestore", "--accept=pipe,name=" + pipe + ";urp;"]
office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for attempt in range(600):
        try:
            context = resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            if office.poll() is not None or attempt == 599:
                raise
            threading.Event().wait(0.1)  # the office is still starting
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    fill(desktop, job)
    desktop.terminate()
    office.wait(60)
finally:
    if office.poll() is None:
        office.kill()
"""


def saved(source: Path, cells: Mapping[str, Mapping[str, str | float]], kind: str, folder: Path, *, sort: Mapping[str, int] | None = None) -> Path:
    """The workbook after LibreOffice typed into these cells (tab → cell → what is typed) and saved it.

    sort: tab → column (from 0) by which its rows below the first are sorted, downwards. Skips where LibreOffice or its bridge is absent.
    """
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    if subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode:
        pytest.skip("there is no bridge to LibreOffice (python3-uno)")
    (folder / "out").mkdir(parents=True, exist_ok=True)
    target = folder / "out" / f"{source.stem}.{kind}"
    job = {"source": str(source), "target": str(target), "filter": FILTERS[kind], "cells": cells, "sort": sort or {}}
    job["profile"] = (folder / "profile").as_uri()
    subprocess.run([PYTHON, "-c", _CLERK], input=json.dumps(job).encode(), capture_output=True, timeout=300, check=True)
    return target
