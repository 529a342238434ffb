"""Items as an iCalendar file (RFC 5545): one all-day event each, with an identity that stays the same from day to day."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Event:
    """An all-day event. key: what makes it the same event tomorrow; it leaves this program hashed only."""

    key: str
    day: date
    summary: str
    description: str = ""
    category: str = ""


def calendar_file(events: Sequence[Event], *, name: str, as_of: date, secret: bytes = b"") -> bytes:
    """The file, UTF-8 with CRLF, lines folded at 75 octets. The same input gives the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ownerbook//deadlines//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    seen: Counter[str] = Counter()
    for e in events:
        seen[e.key] += 1
        key = e.key if seen[e.key] == 1 else f"{e.key}\x1f{seen[e.key]}"  # rows of a doubled key are events of their own
        uid = hashlib.sha256(secret + key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uid}@ownerbook",
            f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{e.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{e.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(e.summary)}",
        ]
        if e.description:
            lines.append(f"DESCRIPTION:{_text(e.description)}")
        if e.category:
            lines.append(f"CATEGORIES:{_text(e.category)}")
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode("utf-8", "replace")


def _text(text: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(sign, written)
    return "".join(c for c in text if c.isprintable())


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, never within a character; each piece after the first begins with a blank."""
    out, used = [], 0
    for c in line:
        size = len(c.encode("utf-8", "replace"))
        if used + size > 75:
            out.append("\r\n ")
            used = 1
        out.append(c)
        used += size
    return "".join(out) + "\r\n"
