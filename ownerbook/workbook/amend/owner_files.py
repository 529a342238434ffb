"""Who has a file open, and which files beside it look like copies of it: told by their names and contents, never by asking.

Excel and WPS leave `~$name` beside an open workbook (165 bytes: length and name in the system's code page, from byte 55 on
the same as UTF-16), LibreOffice `.~lock.name#` (fields separated by commas: name, user, host, time, profile).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_COPY = re.compile(
    r"""
    \s*[-－_]?\s*(?:副本|复件|冲突副本|拷贝)\s*(?:[(（]?\s*\d+\s*[)）])?
  | \s*[(（]\s*\d+\s*[)）]
  | \s*-\s*(?:Copy|copy)(?:\s*\(\d+\))?
  | \s*\((?:[^()]*(?:conflicted|conflict|冲突|Case\ Conflict)[^()]*)\)
  | [-_](?:冲突|conflict|NSConflict)[^.]*
  | \s*\[(?:Repaired|已修复)\]
    """,
    re.VERBOSE,
)
_COMPUTER = re.compile(r"-[A-Z][A-Z0-9-]{3,14}")  # OneDrive adds the computer's name; too common to refuse for


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has the file open. The name may be empty."""

    name: str
    file: Path

    def __str__(self) -> str:
        return self.name or self.file.name


def holders(path: Path) -> list[Holder]:
    """All owner files beside a workbook."""
    out = []
    for sibling in _siblings(path):
        name = sibling.name
        if name == f".~lock.{path.name}#":
            out.append(Holder(_from_lock(_content(sibling)), sibling))
        elif name in (f"~${path.name}", f"~${path.name[2:]}", f".~{path.name}"):
            out.append(Holder(_from_owner_file(_content(sibling)), sibling))
    return out


def _siblings(path: Path) -> list[Path]:
    try:
        return sorted(path.parent.iterdir())
    except OSError:
        return []


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError:  # Windows does not let an owner file be read while it is in use
        return b""


def _from_owner_file(data: bytes) -> str:
    if len(data) >= 57:
        units = int.from_bytes(data[55:57], "little")
        wide = data[57 : 57 + 2 * units]
        if 0 < units <= 54 and len(wide) == 2 * units:
            return wide.decode("utf-16-le", "replace").strip("\0 ")
    if data and 0 < data[0] <= 54:
        return data[1 : 1 + data[0]].decode("gb18030", "replace").strip("\0 ")
    return ""


def _from_lock(data: bytes) -> str:
    fields = re.split(r"(?<!\\),", data.decode("utf-8", "replace").rstrip(";\n"))
    plain = [f.replace("\\,", ",").replace("\\\\", "\\").strip() for f in fields] + [""] * 3
    who = plain[0] or plain[1]
    return f"{who} ({plain[2]})" if who and plain[2] else who or plain[2]


def original_of(path: Path) -> Path | None:
    """The file of which this one looks like a copy, if it stands beside it."""
    for m in _COPY.finditer(path.stem):
        if m.end() == len(path.stem) and m.start() > 0:
            original = path.with_name(path.stem[: m.start()] + path.suffix)
            if original.exists():
                return original
    return None


def copies_of(path: Path) -> list[Path]:
    """Files beside this one that look like copies of it."""
    out = []
    for sibling in _siblings(path):
        rest = sibling.stem[len(path.stem) :]
        alike = sibling.stem.startswith(path.stem) and sibling.suffix.lower() == path.suffix.lower()
        if sibling != path and alike and (_COPY.fullmatch(rest) or _COMPUTER.fullmatch(rest)):
            out.append(sibling)
    return out
