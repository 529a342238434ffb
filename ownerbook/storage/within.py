"""Which names are safe: those out of the journal and of plans become paths only where they name a workbook within the workspace.

Who may write `.ownerbook` could else have the next command of a colleague write, replace or delete any file that the colleague may.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from ownerbook.schema.words import Text

WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".et", ".xlsb")
DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])\s*(?:\..*)?", re.I)
"""Names that are devices on Windows, whatever follows the dot."""
_FORBIDDEN: Final = frozenset('<>:"|?*\\')
"""What Windows reads as more than a sign of a name."""


def unsafe(path: str) -> bool:
    """Whether a name could lead out of the folder it is restored to, or is none on some system."""
    parts = path.split("/")
    if len(path) > 1000 or any(ord(c) < 32 for c in path) or any(part in ("", ".", "..") for part in parts):
        return True
    return os.name == "nt" and (bool(_FORBIDDEN & set(path)) or any(part[-1] in ". " or DEVICE.fullmatch(part) for part in parts))


def within(root: Path, name: str) -> Path | None:
    """The path of a workbook of the workspace; None for a name that leads out, into a hidden folder, through a link out, or is no workbook's."""
    if unsafe(name) or "\\" in name or Path(name).is_absolute() or Path(name).suffix.lower() not in WORKBOOKS:
        return None
    if any(part.startswith(".") for part in name.split("/")[:-1]):
        return None
    return root / name if really_within(root, root / name) else None


def really_within(root: Path, path: Path) -> bool:
    """Whether a path lies below a folder, all links followed."""
    return os.path.realpath(path).startswith(os.path.realpath(root).rstrip(os.sep) + os.sep)


def leads_out(name: str, where: str) -> Text:
    """What is said of such a name. where: which file names it."""
    shown = "".join(c if c.isprintable() else "?" for c in name[:80])
    zh = f"{where} 里写的「{shown}」不是这个工作区的工作簿，没有照办；请运行 ownerbook verify，并核对是谁改的"
    en = f"{where} names {shown!r}, which is no workbook of this workspace; it is not obeyed: run ownerbook verify and find out who wrote it"
    return Text(zh, en)
