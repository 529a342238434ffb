"""Names out of the journal and of plans become paths only where they name a workbook within the workspace.

Who may write `.ownerbook` could else have the next command of a colleague write, replace or delete any file that the colleague may.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from ownerbook.schema.words import Text
from ownerbook.storage.backup_archive import unsafe

WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".et", ".xlsb")


def within(root: Path, name: str) -> Path | None:
    """The path of a workbook of the workspace; None for a name that leads out, into a hidden folder, through a link out, or is no workbook's."""
    if unsafe(name) or "\\" in name or Path(name).is_absolute() or Path(name).suffix.lower() not in WORKBOOKS:
        return None
    if any(part.startswith(".") for part in name.split("/")[:-1]):
        return None
    here, there = os.path.realpath(root), os.path.realpath(root / name)
    return root / name if there.startswith(here.rstrip(os.sep) + os.sep) else None


def leads_out(name: str, where: str) -> Text:
    """What is said of such a name. where: which file names it."""
    shown = "".join(c if c.isprintable() else "?" for c in name[:80])
    zh = f"{where} 里写的「{shown}」不是这个工作区的工作簿，没有照办；请运行 ownerbook verify，并核对是谁改的"
    en = f"{where} names {shown!r}, which is no workbook of this workspace; it is not obeyed: run ownerbook verify and find out who wrote it"
    return Text(zh, en)
