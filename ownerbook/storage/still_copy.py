"""A consistent copy of a workbook that somebody may be saving at this moment.

What was read counts only if the file looks the same after the reading as before it, and if a zip is whole to its last
checksum. Else it is read again; the last copy is given with what is wrong with it, and the caller says so.
"""

from __future__ import annotations

import hashlib
import os
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

Flaw = Literal["", "moving", "torn", "damaged"]
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds before it is read again: a save to a slow share takes a few."""

SETTLED = 120.0
"""A file that is not whole and was not written for so many seconds is not being saved."""


@dataclass(frozen=True, slots=True)
class StillCopy:
    """A copy. changed: when the file was last written, in seconds since 1970.

    flaw: '' for none; moving: the file changed each time it was read; torn: it is not whole and changed meanwhile, so somebody is
    saving it; damaged: it is not whole and nobody touches it.
    """

    path: Path
    fingerprint: str
    size: int
    changed: float
    readings: int
    flaw: Flaw


def still_copy(source: Path, target: Path, *, pauses: tuple[float, ...] = PAUSES, wait: Callable[[float], object] = time.sleep) -> StillCopy:
    """Copy a file as it lies there at one moment, readable by its owner only. Raises OSError where it cannot be read or the copy not written."""
    readings, seen = 0, set()
    for pause in (*pauses, None):
        readings += 1
        before = source.stat()
        data = source.read_bytes()
        after = source.stat()
        still = _looks(before) == _looks(after) and len(data) == after.st_size
        if still and data[:2] != b"PK":  # no checksum will tell, and the clock of a file is coarse
            still = source.read_bytes() == data
        seen.add(_looks(after))
        flaw: Flaw = "moving" if not still else "" if _whole(data, source.suffix) else "torn" if len(seen) > 1 else "damaged"
        if not flaw or pause is None or (flaw == "damaged" and time.time() - after.st_mtime > SETTLED):
            break
        wait(pause)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return StillCopy(target, hashlib.sha256(data).hexdigest(), len(data), after.st_mtime, readings, flaw)


def _looks(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _whole(data: bytes, suffix: str) -> bool:
    """Whether a zip is whole. Other formats are left to the reader; an empty workbook is one whose saving has just begun."""
    if not data:
        return suffix.lower() == ".csv"
    if data[:2] != b"PK":
        return any(data[:512])  # room taken and nothing written yet
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return package.testzip() is None
    except (RuntimeError, NotImplementedError):  # a zip with a password, or packed in a way we do not know: not ours to judge
        return True
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError):
        return False
