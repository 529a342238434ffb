"""What spreadsheets and keyboards do to a value: harmless damage that is undone, and losses that can only be told.

Kinds follow ../shared/faults.json: B06 `float-tail`, B07 `apostrophe`, B08 `invisible`, B09 `full-width`, C04 `look-alike`.
Nothing here knows what a value means; whether a repaired text is right is for its own scheme to say.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS = ("invisible", "full-width", "apostrophe", "float-tail", "look-alike")
"""The kinds of harmless damage; the place of a kind is its bit in `clean_column`."""

BLANKS = frozenset({"-", "—", "/", "无", "暂无", "--", "——", "–", "－", "／"})
"""Texts that mean a blank when they stand alone."""

_INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp"})
_HIDDEN = _INVISIBLE | {"Co", "Cs"}
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_PUNCTUATION = frozenset("（），；：！？。、")  # Chinese writing, not a slip of the keyboard
_FOLDED = frozenset({"<wide>", "<narrow>", "<font>"})
_APOSTROPHES = "'’‘＇`"
_CROSSES = frozenset("x×хХχΧ✕✖╳ⅹⅩ")
_SUSPICIOUS = re.compile(r"[^!-~\u3001-\u303f\u3400-\u9fff\U00020000-\U000323af·（），；：！？—]|^['`]")
_BREAKS = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_FLOAT_TAIL = re.compile(r"([0-9]+)\.0+", re.ASCII)
_IDENTIFIER = re.compile(r"[0-9A-Za-z]{15,20}|1[3-9][0-9]{9}", re.ASCII)
_RESIDENT = re.compile(r"[0-9]{17}[0-9Xx]|[0-9]{15}", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:\.[0-9]+E[+-]?|E[+-])[0-9]{1,3}", re.ASCII | re.IGNORECASE)
_ERROR = re.compile(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)"
    r"|Err:[0-9]{3}",
    re.IGNORECASE,
)
_STARRED = re.compile(r"[*＊]|[●•█■]{2}")
_CROSSED = re.compile(r"[0-9][xX×]{3,}[0-9]")
_LARGEST_HOUSE = 1e6  # no house number typed as plain digits has seven


def is_blank(text: str) -> bool:
    """True for nothing at all and for a placeholder that means nothing."""
    stripped = text.strip()
    return not stripped or stripped in BLANKS


def fold(text: str) -> str:
    """The text with full-width letters, digits and signs as plain ones; Chinese punctuation stays."""
    return "".join(_plain(c) for c in text) if not text.isascii() else text


def clean(text: str, *, width: bool, look_alike_x: bool = False, newlines_ok: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text without its harmless damage, and the kinds of damage that it had, in the order of `KINDS`.

    `width` folds full-width characters and drops the tail `.0` (numbers, dates, house numbers; never names). `look_alike_x`
    reads whatever looks like an X in the last place of a document number. `newlines_ok` leaves line breaks alone. A line
    break between two whole values is never undone: it parts two owners or two phones, which their scheme tells.
    """
    if not _SUSPICIOUS.search(text) and not width and not look_alike_x:
        return text, ()
    found: set[str] = set()
    out = _without_invisible(text, newlines_ok, packed=width)
    if out != text:
        found.add("invisible")
    if width:
        folded = fold(out)
        if folded != out:
            found.add("full-width")
            out = folded
    if out[:1] and out[0] in _APOSTROPHES and len(out) > 1:
        found.add("apostrophe")
        out = out[1:].strip()
    if width and (tail := _FLOAT_TAIL.fullmatch(out)):
        found.add("float-tail")
        out = tail[1]
    if look_alike_x and len(out) > 1 and out[-1] in _CROSSES and out[:-1].isascii() and out[:-1].isdigit():
        found.add("look-alike")
        out = out[:-1] + "X"
    return out, tuple(kind for kind in KINDS if kind in found)


def clean_column(texts: Sequence[str], *, width: bool, look_alike_x: bool = False, newlines_ok: bool = False) -> tuple[list[str], NDArray[np.uint8]]:
    """Repaired texts, and for each the kinds of damage as bits (bit i is `KINDS[i]`), shape (n,)."""
    import numpy as np

    out, bits = list(texts), np.zeros(len(texts), np.uint8)
    bit = {kind: 1 << i for i, kind in enumerate(KINDS)}
    for i, text in enumerate(texts):
        if _SUSPICIOUS.search(text) or (width and text.endswith("0")) or (look_alike_x and text.endswith("x")):
            out[i], kinds = clean(text, width=width, look_alike_x=look_alike_x, newlines_ok=newlines_ok)
            bits[i] = sum(bit[kind] for kind in kinds)
    return out, bits


def scientific(text: str) -> bool:
    """True for a number that a spreadsheet has shortened to a power of ten: its last digits are lost."""
    return _SCIENTIFIC.fullmatch(text.strip()) is not None


def error_literal(text: str) -> bool:
    """True for the typed or pasted text of a spreadsheet error."""
    return _ERROR.fullmatch(text.strip()) is not None


def masked(text: str) -> bool:
    """True for a value some of whose places are hidden behind stars or crosses."""
    return (_STARRED.search(text) is not None and any(c.isalnum() for c in text)) or _CROSSED.search(text) is not None


def number_text(value: float) -> str | None:
    """The digits of a number in a cell as they were typed; None when digits may be lost (1e15 and above, or no number).

    A spreadsheet keeps fifteen digits: int(value) of a longer one prints digits that nobody typed.
    """
    if not math.isfinite(value) or abs(value) >= 1e15:
        return None
    if value == int(value):
        return str(int(value))
    shown = format(value, ".15g")
    return None if "e" in shown else shown


def house_from_date(day: date, shows_year: bool) -> str:
    """The house number that a spreadsheet took for this date (B04): 3-1 became 1 March, 1-2-12 became 2001-02-12."""
    return f"{day.year % 100}-{day.month}-{day.day}" if shows_year else f"{day.month}-{day.day}"


def house_from_power(value: float) -> str | None:
    """The house number that a spreadsheet took for a power of ten (B05): 1E12 is building 1E, room 12.

    None where the number may have been meant as digits.
    """
    if not math.isfinite(value) or value < _LARGEST_HOUSE:
        return None
    shown = format(value, ".0e")
    mantissa, _, exponent = shown.partition("e+")
    if float(shown) != value or int(exponent) > 99:
        return None
    return f"{mantissa}E-{int(exponent)}"


def show(text: str) -> str:
    """The text with its invisible characters in sight: ⟨U+200B⟩. So are spaces at the ends."""
    inner = text.strip(" ")
    if not inner:
        return "⟨U+0020⟩" * len(text)
    start = text.index(inner)
    marked = "".join(f"⟨U+{ord(c):04X}⟩" if c != " " and unicodedata.category(c) in _HIDDEN else c for c in inner)
    return "⟨U+0020⟩" * start + marked + "⟨U+0020⟩" * (len(text) - start - len(inner))


def _plain(c: str) -> str:
    if c <= "~" or c in _PUNCTUATION:
        return c
    tag, _, code = unicodedata.decomposition(c).partition(" ")
    if tag not in _FOLDED or " " in code:
        return c
    plain = chr(int(code, 16))
    return plain if " " < plain <= "~" else c


def _without_invisible(text: str, newlines_ok: bool, packed: bool) -> str:
    if newlines_ok:
        return "\n".join(_line(line, packed, True) for line in text.split("\n"))
    pieces = [piece for piece in _BREAKS.split(text) if _line(piece, packed, False)]
    shown = [_line(piece, packed, False) for piece in pieces]
    joined = "".join(shown)
    if len(pieces) > 1 and not _RESIDENT.fullmatch(joined) and all(_stands_alone(piece) for piece in shown):
        return text if shown == [piece.strip(" ") for piece in pieces] else "\n".join(shown)
    return joined


def _stands_alone(piece: str) -> bool:
    digits = sum(c.isdigit() for c in piece)
    return digits >= 7 or piece.count("-") >= 2 or (digits == 0 and sum(c.isalpha() for c in piece) >= 2)


def _line(line: str, packed: bool, keep_return: bool) -> str:
    out = []
    for c in line:
        if c == " " or (keep_return and c == "\r"):
            out.append(c)
            continue
        category = unicodedata.category(c)
        if category in _SPACES or c == "\t":
            out.append(" ")
        elif category not in _INVISIBLE:
            out.append(c)
    shown = "".join(out)
    if keep_return:
        ending = "\r" if shown.endswith("\r") else ""
        return shown.strip(" \r") + ending
    shown = shown.strip()
    together = shown.replace(" ", "")
    # only odd spaces are taken out of an identifier: plain ones between groups of digits are typed on purpose
    if packed and any(c != " " and (c == "\t" or unicodedata.category(c) in _SPACES) for c in line) and _IDENTIFIER.fullmatch(together):
        return together
    return shown
