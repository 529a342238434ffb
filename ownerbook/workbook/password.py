"""Workbooks with a password to open."""

from __future__ import annotations

import io
import re

from ownerbook.workbook.trouble import Trouble

# The password with which Excel opens a file without asking ([MS-XLS] 2.2.10, "default password").
BUILT_IN = "VelvetSweatshop"
_MOST_SPINS = 1_000_000
_KNOWN = re.compile(rb'<keyData[^>]*keyBits="(?:128|256)"[^>]*cipherAlgorithm="AES"[^>]*hashAlgorithm="SHA(?:256|384|512)"')


def decrypt(data: bytes, password: str | None) -> bytes:
    """The file without its encryption; the built-in password is tried first.

    Raises `Trouble`: `encrypted` where a password is needed, `wrong_password`, `encryption_unknown`.
    """
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    description = _description(data)
    spins = re.findall(rb'spinCount="(\d+)"', description)
    if any(len(n) > 9 or int(n) > _MOST_SPINS for n in spins):
        raise Trouble("bomb", "spinCount")
    for candidate in dict.fromkeys((BUILT_IN, password)):
        if candidate is None:
            continue
        try:
            file = msoffcrypto.OfficeFile(io.BytesIO(data))
            if description:
                file.load_key(password=candidate, verify_password=True)
            else:
                file.load_key(password=candidate)
            plain = io.BytesIO()
            file.decrypt(plain)
            return plain.getvalue()
        except InvalidKeyError:
            continue
        except Exception as e:  # the library raises whatever its parsers meet
            raise Trouble("encryption_unknown", type(e).__name__) from e
    if password is None:
        raise Trouble("encrypted")
    agile = b"<keyData" in description
    raise Trouble("wrong_password" if not agile or _KNOWN.search(description) else "encryption_unknown")


def _description(data: bytes) -> bytes:
    """The stream that says how a package is encrypted; empty for an .xls, which says it in its records."""
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return bytes(ole.openstream("EncryptionInfo").read()) if ole.exists("EncryptionInfo") else b""
    except Exception as e:  # as above
        raise Trouble("damaged", type(e).__name__) from e


def holds(data: bytes) -> str:
    """What an OLE2 container is: `encrypted` (a package inside), `xls`, `doc`, `ppt`, or empty for anything else."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            for stream, name in (
                ("EncryptedPackage", "encrypted"),
                ("Workbook", "xls"),
                ("Book", "xls"),
                ("WordDocument", "doc"),
                ("PowerPoint Document", "ppt"),
            ):
                if ole.exists(stream):
                    return name
    except Exception as e:
        raise Trouble("damaged", type(e).__name__) from e
    return ""
