"""A workbook made ready to leave the house: looked through for whole numbers of persons, encrypted, and opened again to be sure."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path

from ownerbook.mail.letter import Attachment, Letter
from ownerbook.mail.trouble import MailTrouble
from ownerbook.schema.words import Text

Scan = Callable[[bytes], Sequence[str]]
"""Where in a finished workbook something personal stands, as places; nothing where it is clean."""


def sealed(workbook: Path, name: str, ascii_name: str, password: str, *, encrypt: bool = True, scan: Scan | None = None) -> Attachment:
    """A workbook as an attachment. scan: by default that of finished packages in `reports`.

    Raises MailTrouble where it cannot be read or looked through, where something personal stands in it, where it is to be encrypted
    and there is no password, and where what was encrypted does not open as what it was.
    """
    try:
        data = workbook.read_bytes()
    except OSError as error:
        raise MailTrouble(Text(f"要附上的工作簿读不了：{error.strerror}", f"the workbook cannot be read: {error.strerror}")) from error
    try:
        places = list((scan or _scan())(data))
    except MailTrouble:
        raise
    except Exception as error:  # what cannot be looked through does not go out
        kind = type(error).__name__
        raise MailTrouble(
            Text(f"附件没有检查成功（{kind}），不寄出", f"the workbook could not be looked through ({kind}); it is not sent")
        ) from error
    if places:
        shown, n = "、".join(places[:3]), len(places)
        raise MailTrouble(
            Text(
                f"附件里有 {n} 处没有打码的号码（{shown}），不寄出",
                f"numbers of persons stand unmasked at {n} places of the workbook ({shown}); it is not sent",
            )
        )
    if not encrypt:
        return Attachment(name, data, encrypted=False, ascii_name=ascii_name)
    if not password:
        raise MailTrouble(
            Text(
                "附件没有加密密码，不寄出：请设 mail.attachment_password_file；"
                "确实要寄不加密的附件，设 mail.encrypt = false；不要附件，设 mail.attach = false",
                "there is no password for the attachment, and it is not sent open: set mail.attachment_password_file, or mail.encrypt = false, or "
                "mail.attach = false",
            )
        )
    return Attachment(name, _encrypted(data, password), encrypted=True, ascii_name=ascii_name)


def _encrypted(data: bytes, password: str) -> bytes:
    from ownerbook.workbook.amend.encryption import Sealed
    from ownerbook.workbook.amend.refusal import Stop
    from ownerbook.workbook.password import holds

    try:
        out = Sealed(data, password).sealed(data)  # opens it again and compares
    except Stop as stop:
        raise MailTrouble(
            Text("附件加密后打不开或与原件不同，不寄出", "the encrypted attachment does not open as what it was; it is not sent")
        ) from stop
    if holds(out) != "encrypted":
        raise MailTrouble(Text("附件没有真正加密，不寄出", "the attachment is not really encrypted; it is not sent"))
    return out


def _scan() -> Scan:
    try:
        found: Scan = importlib.import_module("ownerbook.reports.package_scan").personal_data
        return found
    except ImportError:
        raise MailTrouble(
            Text("这一版还不能检查附件里的个人信息，附件不寄出", "this version cannot look through workbooks, so that none is sent")
        ) from None


def held_back(letter: Letter) -> list[str]:
    """Which parts of a letter hold what looks like a number of a person: it must not go out then."""
    from ownerbook.identifiers import masks
    from ownerbook.mail.letter_body import plain

    parts = {"subject": letter.subject, "text": plain(letter, letter.remarks), "attachment": letter.attachment.name if letter.attachment else ""}
    return [name for name, text in parts.items() if masks.auto(text).count("*") > text.count("*")]
