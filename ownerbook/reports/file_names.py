"""What somebody typed, as a part of a file's name on every system: it can lead to no other folder and name no device or stream."""

from __future__ import annotations

import re

LONGEST = 60  # characters: a few such parts and a day stay below the 255 bytes that a name may have
_OTHER = re.compile(r"[^\w()\uff08\uff09-]+")  # separators, dots, control and bidirectional signs among them


def part(text: str) -> str:
    """A text as a part of a file's name; what no name should hold becomes a dash."""
    return _OTHER.sub("-", text.strip())[:LONGEST].strip("-") or "-"
