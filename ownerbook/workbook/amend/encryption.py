"""Workbooks with a password: opened, and encrypted again with the same one."""

from __future__ import annotations

import io
from dataclasses import dataclass

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.refusal import Stop

BUILT_IN = "VelvetSweatshop"  # programs try this one without asking ([MS-XLS] 2.2.10)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An opened workbook: the package inside, and the password that fits."""

    package: bytes
    password: str

    def sealed(self, package: bytes) -> bytes:
        """Encrypt a package with the same password, and open it again to be sure. Raises `Stop`."""
        from msoffcrypto.format.ooxml import OOXMLFile

        out = io.BytesIO()
        try:
            OOXMLFile(io.BytesIO(package)).encrypt(self.password, out)
            again = _opened(out.getvalue(), self.password)
        except Exception as error:  # whatever the library raises, nothing is written
            raise Stop("encryption", type(error).__name__) from None
        if again != package:
            raise Stop("encryption", "verify")
        return out.getvalue()


def _opened(data: bytes, password: str) -> bytes:
    import msoffcrypto

    file = msoffcrypto.OfficeFile(io.BytesIO(data))
    file.load_key(password=password)
    out = io.BytesIO()
    file.decrypt(out)
    return out.getvalue()


def unsealed(data: bytes, password: str | None) -> Sealed:
    """Open an encrypted workbook. Raises `Stop` for a wrong password, and for what is an old .xls."""
    import msoffcrypto

    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        encrypted = file.is_encrypted()
    except Exception:  # the library names what it cannot read in many ways
        raise Stop("format", "OLE2") from None
    if type(file).__name__ != "OOXMLFile":
        raise Stop("format", "xls")
    if not encrypted:
        raise Stop("format", "OLE2")
    for candidate in [password] if password else [BUILT_IN]:
        assert candidate is not None
        try:
            return Sealed(_opened(data, candidate), candidate)
        except Exception as error:
            kind = type(error).__name__
    if kind == "InvalidKeyError":
        wrong, none = Text("给出的密码不符", "the password that was given does not fit"), Text("没有给出密码", "no password was given")
        raise Stop("password", wrong if password else none)
    raise Stop("encryption", kind)
