"""Colours of a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_CODES = {"bold": "1", "dim": "2", "error": "1;31", "warning": "33", "notice": "36", "good": "32", "name": "1;34"}


def wants_colour(is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether output is coloured: on a terminal that understands it, unless NO_COLOR is set (no-color.org)."""
    return is_terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


class Paint:
    """Paints text, or leaves it as it is."""

    def __init__(self, on: bool) -> None:
        self.on = on

    def __call__(self, text: str, how: str) -> str:
        """The text in a colour by name."""
        return f"\x1b[{_CODES[how]}m{text}\x1b[0m" if self.on and text else text


def printable(text: str) -> str:
    """Text from a cell, or the name of a file, as one line without control characters: it must not steer the terminal. Blanks of any width stay."""
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else " " if c in "\n\r\t" else "�" for c in text)
