"""Who saved a workbook last, as its own properties say. Spreadsheets write the name of the desk's user there; nobody checks it."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

_PARTS = (("docProps/core.xml", rb"lastModifiedBy[^>]*>([^<]{1,200})<"), ("meta.xml", rb"dc:creator[^>]*>([^<]{1,200})<"))
_MOST = 1 << 20


def saved_by(path: Path) -> str:
    """The name, '' where the workbook tells none or cannot be read."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            for part, pattern in _PARTS:
                if part in names:
                    with package.open(part) as stream:
                        found = re.search(pattern, stream.read(_MOST))
                    if found:
                        from xml.sax.saxutils import unescape

                        return unescape(found[1].decode("utf-8", "replace")).strip()
    except (OSError, zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError):
        return ""
    return ""
