"""Texts of phone cells: one plain way of writing, and how many numbers a text holds."""

from __future__ import annotations

import re

from ownerbook.identifiers.damage import fold

_DASHES = re.compile(r"(?<!\s)\s*[—–‐‑‒―−－ー~-]+\s*")
_DOTS = re.compile(r"(?<=[0-9])\.(?=[0-9])", re.ASCII)  # 138.0000.1234; a single one is the tail of a number cell
_BETWEEN = re.compile(r"[/|、，,;；。\n\r\t]|(?<!\s)\s*(?:或者?|以及|和|及|与|&)\s*")
_EXTENSION = r"(?:转分机|分机|转|ext\.?|[*#x])"
_NUMBER = re.compile(rf"(?:\+ ?)?\(?[0-9](?:[0-9]|[- ()](?=[- ()]?[0-9(])|\)(?=$|[^0-9]))*(?: ?{_EXTENSION}[ :：-]?[0-9]{{1,6}})?", re.IGNORECASE)
_MOBILE_LIKE = re.compile(r"(?:\+?86[- ]?)?1[3-9][0-9]{9}|0[0-9]{2,3}[- ]?[0-9]{7,8}|[2-9][0-9]{6,7}", re.ASCII)
_LEAST = 7


def plain(text: str) -> str:
    """The text with half-width characters, one kind of dash without spaces beside it, and round brackets."""
    out = text.strip()
    if not out.isascii():
        out = fold(out).replace("（", "(").replace("）", ")")
    if out.count(".") > 1:
        out = _DOTS.sub("-", out)
    return _DASHES.sub("-", out)


def pieces(text: str) -> list[str]:
    """What stands between the separators of several numbers, in plain writing."""
    return [piece.strip() for piece in _BETWEEN.split(plain(text)) if piece.strip()]


def numbers(text: str) -> tuple[tuple[str, ...], str]:
    """The numbers in a text, and what else it says ('' when nothing but separators).

    A number has seven digits at least; groups of digits that only spaces or dashes keep apart are one number unless each of
    them is whole by itself.
    """
    found: list[str] = []
    rest: list[str] = []
    for piece in _BETWEEN.split(plain(text)):
        at = 0
        for match in _NUMBER.finditer(piece):
            digits = sum(c.isdigit() for c in match[0])
            if digits < _LEAST:
                continue
            rest.append(piece[at : match.start()])
            at = match.end()
            found.extend(_apart(match[0].strip(), digits))
        rest.append(piece[at:])
    said = re.sub(r"[\s:：()\[\]【】.\-+]", "", "".join(rest))
    return tuple(found), said


def _apart(number: str, digits: int) -> list[str]:
    """One number, or the several that stand side by side."""
    if digits < 2 * _LEAST:
        return [number]
    for cut in ("  ", " ", "-"):
        pieces = [piece for piece in number.split(cut) if piece]
        if len(pieces) > 1 and all(_MOBILE_LIKE.fullmatch(piece) for piece in pieces):
            return pieces
    if digits == 22 and number.isdigit() and all(_MOBILE_LIKE.fullmatch(half) for half in (number[:11], number[11:])):
        return [number[:11], number[11:]]
    return [number]
