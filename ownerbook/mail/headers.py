"""Headers as Outlook, QQ and 163 show them rightly.

Each text outside ASCII is written as encoded words by `email.header.Header`: `EmailMessage` of Python 3.10 to 3.12.1 loses the
blank between two encoded words (cpython#92081). The name of a file is given twice: unsplit after RFC 2231 in
Content-Disposition, since the split form of long names shows as tcmime.1.bin or AT00001.bin, and as encoded words in
Content-Type, for programs that know no RFC 2231 (MailKit#277, go-mail#11). SMTPUTF8 is never used.
"""

from __future__ import annotations

import hashlib
import re
from email.header import Header
from email.utils import formataddr
from urllib.parse import quote

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\/:*?\"<>|]")
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # signs that turn the reading: exe.xslx would be read as xlsx.exe


def one_line(text: str) -> str:
    """A text without line ends or control characters: what is put into a header can begin no other. What is no text in it (of a folder's name)
    becomes a question mark."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029]", " ", text).split(" ")).strip()


def words(text: str) -> str:
    """A header's text: as it is where it is ASCII, else encoded words (UTF-8, base64), folded."""
    text = one_line(text)
    if text.isascii() and len(text) < 60 and "=?" not in text:
        return text
    return Header(text, "utf-8", maxlinelen=75, header_name="Subject").encode(linesep="\r\n")


def mailbox(name: str, address: str) -> str:
    """A sender or recipient. QQ refuses a name outside ASCII that is not in encoded words (550)."""
    name = one_line(name)
    if not name:
        return address
    if name.isascii():
        return formataddr((name, address))
    return f"{Header(name, 'utf-8', maxlinelen=75).encode(linesep=chr(13) + chr(10))} <{address}>"


def file_name(text: str) -> str:
    """A name that is a file's name everywhere, and reads as what it is."""
    return _UNSAFE.sub("_", _TURNING.sub("", one_line(text))) or "_"


def ascii_file_name(text: str) -> str:
    """A name in ASCII: what is not becomes a dash; where nothing is left, the name says so by its kind alone."""
    stem, dot, suffix = file_name(text).rpartition(".")
    short = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-.")
    return f"{short or 'ownerbook'}{dot}{suffix}" if suffix.isascii() else short or "ownerbook"


def disposition(name: str) -> str:
    """Content-Disposition of an attachment."""
    name = file_name(name)
    if name.isascii():
        return f'attachment; filename="{name}"'
    return f"attachment;\r\n filename*=utf-8''{quote(name, safe='')}"


def content_type(kind: str, name: str) -> str:
    """Content-Type of an attachment, with its name once more."""
    name = file_name(name)
    shown = name if name.isascii() else Header(name, "utf-8", maxlinelen=75).encode(linesep="\r\n")
    return f'{kind};\r\n name="{shown}"'


def message_id(kind: str, period: str, of: str, domain: str) -> str:
    """The id of a letter, the same whenever it is made for the same kind, period and `of` (workspace and recipient)."""
    short = hashlib.sha256("\n".join((kind, period, of)).encode()).hexdigest()[:12]
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", period).strip(".-") or "0"
    return f"<{kind}.{plain}.{short}@{domain}>"
