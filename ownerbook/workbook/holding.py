"""Whether a file's bytes hold some texts anywhere: cells, comments, strings that nothing shows any more, properties."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Collection
from xml.sax.saxutils import escape

from ownerbook.workbook.package import OLE2

LEAST = 6  # shorter texts are found by accident
_ENTITY = re.compile(rb"&#(x[0-9A-Fa-f]{1,6}|[0-9]{1,7});")
_MOST = 1 << 30  # bytes of a member that are looked at


def held(data: bytes, texts: Collection[str], *, password: str | None = None) -> set[str] | None:
    """Which of the texts stand in the file; None where it cannot be looked into. Texts of fewer than six characters are not looked for."""
    wanted = {form: text for text in texts if len(text) >= LEAST for form in _forms(text)}
    if not wanted:
        return set()
    pattern = re.compile(b"|".join(re.escape(w) for w in sorted(wanted, key=len, reverse=True)))
    if data[:8] == OLE2:
        from ownerbook.workbook.amend.encryption import unsealed
        from ownerbook.workbook.amend.refusal import Refused, Stop

        try:
            data = unsealed(data, password).package
        except (Refused, Stop, OSError, ValueError):
            return _found(pattern, data, wanted) or None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            out: set[str] = set()
            for member in package.infolist():
                if member.file_size <= _MOST:
                    out |= _found(pattern, package.read(member), wanted)
            return out
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return _found(pattern, data, wanted)


def _found(pattern: re.Pattern[bytes], raw: bytes, wanted: dict[bytes, str]) -> set[str]:
    out = {wanted[m] for m in set(pattern.findall(raw))}
    if b"&#" in raw:
        out |= {wanted[m] for m in set(pattern.findall(_ENTITY.sub(_character, raw)))}
    return out


def _character(m: re.Match[bytes]) -> bytes:
    number = int(m[1][1:], 16) if m[1][:1] == b"x" else int(m[1])
    return chr(number).encode("utf-8", "surrogatepass") if number <= 0x10FFFF else m[0]


def _forms(text: str) -> set[bytes]:
    out = {text.encode("utf-8", "surrogatepass"), escape(text).encode("utf-8", "surrogatepass"), text.encode("utf-16-le", "surrogatepass")}
    with contextlib.suppress(UnicodeEncodeError):
        out.add(text.encode("gb18030"))
    return out
