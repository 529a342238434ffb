"""A letter as data, and as the bytes that are sent: pure, and the same letter gives the same bytes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Final

from ownerbook.mail import headers
from ownerbook.mail.chart import Chart
from ownerbook.mail.letter_body import ATTACHED, ATTACHED_OPEN, NOT_ATTACHED, Figure, html, plain
from ownerbook.schema.words import Lang, Text

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_END: Final = "\r\n"
Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the letter. name: as recipients see it; ascii_name: the same for programs that show no other."""

    name: str
    data: bytes
    encrypted: bool
    ascii_name: str = ""
    kind: str = XLSX


@dataclass(frozen=True, slots=True)
class Letter:
    """What is told. figures: five lines; worst: the places that need looking at; where: the path of the workbook. Masked already."""

    subject: str
    heading: str
    figures: Sequence[Figure] = ()
    worst: Sequence[str] = ()
    where: str = ""
    chart: Chart | None = None
    attachment: Attachment | None = None
    remarks: Sequence[Text] = ()
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom: addresses are ASCII. message_id: with its angle brackets; date: with its zone."""

    sender: str
    recipient: str
    message_id: str
    date: datetime
    sender_name: str = ""
    reply_to: str = ""
    ascii_filenames: bool = False


def render(letter: Letter, envelope: Envelope, *, reduced: bool = False) -> bytes:
    """The letter as an RFC 5322 message: CRLF line ends, ASCII bytes, base64 parts.

    reduced: without the attachment, and saying so, for a server that takes no letter of that size. Raises ValueError where an
    address is not ASCII.
    """
    if not (envelope.sender.isascii() and envelope.recipient.isascii() and envelope.reply_to.isascii()):
        raise ValueError("an address outside ASCII")
    attachment = None if reduced else letter.attachment
    remarks = list(letter.remarks)
    name = ""
    if attachment is not None:
        name = headers.file_name(attachment.name)
        if envelope.ascii_filenames:
            name = headers.ascii_file_name(attachment.ascii_name or attachment.name)
        told = ATTACHED if attachment.encrypted else ATTACHED_OPEN
        remarks.append(Text(told.zh.format(name), told.en.format(name)))
    elif letter.attachment is not None:
        remarks.append(NOT_ATTACHED)
    image = f"chart.{hashlib.sha256(letter.chart.png).hexdigest()[:12]}@ownerbook" if letter.chart else ""
    seed = envelope.message_id + ("reduced" if reduced else "")
    shown = _part("text/html; charset=utf-8", _text(html(letter, remarks, image)))
    if letter.chart:
        picture = _part(
            'image/png;\r\n name="chart.png"',
            letter.chart.png,
            ("Content-ID", f"<{image}>"),
            ("Content-Disposition", 'inline; filename="chart.png"'),
        )
        shown = _parts("related", (shown, picture), seed, 'type="text/html"')
    body = _parts("alternative", (_part("text/plain; charset=utf-8", _text(plain(letter, remarks))), shown), seed)
    if attachment is not None:
        sheet = _part(headers.content_type(attachment.kind, name), attachment.data, ("Content-Disposition", headers.disposition(name)))
        body = _parts("mixed", (body, sheet), seed)
    head: list[Header] = [
        ("Message-ID", envelope.message_id),
        ("Date", format_datetime(envelope.date)),
        ("From", headers.mailbox(envelope.sender_name, envelope.sender)),
        ("To", envelope.recipient),
        ("Subject", headers.words(letter.subject)),
        ("MIME-Version", "1.0"),
        ("Auto-Submitted", "auto-generated"),
    ]
    if envelope.reply_to:
        head.insert(4, ("Reply-To", envelope.reply_to))
    return _lines(head).encode("ascii") + body


def _lines(head: Sequence[Header]) -> str:
    return "".join(f"{name}: {value}{_END}" for name, value in head)


def _text(text: str) -> bytes:
    return text.replace("\n", _END).encode()  # the canonical form of a text part has CRLF, also inside base64


def _part(kind: str, data: bytes, *more: Header) -> bytes:
    text = base64.encodebytes(data).decode("ascii").replace("\n", _END)
    return (_lines([("Content-Type", kind), ("Content-Transfer-Encoding", "base64"), *more]) + _END + text).encode("ascii")


def _parts(kind: str, parts: Sequence[bytes], seed: str, more: str = "") -> bytes:
    """Parts under one roof. A boundary begins with =_, which no line of base64 does."""
    mark = f"=_{hashlib.sha256(f'{kind} {seed}'.encode()).hexdigest()[:24]}"
    roof = f'multipart/{kind};{_END} boundary="{mark}"' + (f"; {more}" if more else "")
    inside = b"".join(b"--" + mark.encode() + b"\r\n" + part + (b"" if part.endswith(b"\r\n") else b"\r\n") for part in parts)
    return (_lines([("Content-Type", roof)]) + _END).encode("ascii") + inside + b"--" + mark.encode() + b"--\r\n"
