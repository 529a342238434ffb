"""The text of a document number as it stands in a cell: squeezed, masked, several in one; and columns of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.verdict import Verdict

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]

LONG = 8  # a document number longer than this shows its last four places when masked, a shorter one its last three
_UPPER = {c: c - 32 for c in range(ord("a"), ord("z") + 1)}
_BETWEEN = re.compile(r"[/、，,;；|\\&+\n\r\t]|以及|[和与及]")
_NUMBER_LIKE = re.compile(r"(?:[^0-9]*[0-9]){5}")
_LEAST = 11  # five digits, a sign, five digits
_LONG_RUN = re.compile(r"(?:[^0-9]*[0-9]){7}")


def squeeze(text: str) -> str:
    """The text without white space, its Latin letters in upper case. The letters of other alphabets stay."""
    return "".join(text.split()).translate(_UPPER)


def is_masked(text: str) -> bool:
    """True when places of the number are hidden behind asterisks."""
    return "*" in text


def is_several(text: str) -> bool:
    """True when the text seems to hold two or more numbers.

    Asked only of a text that no scheme can read whole. Between white space a part counts only when it is long, for people
    also space out one number.
    """
    if len(text) < _LEAST or text.isascii() and text.isalnum():
        return False
    for part_of, like in ((_BETWEEN.split(text), _NUMBER_LIKE), (text.split(), _LONG_RUN)):
        if sum(1 for part in part_of if like.match(part)) > 1:
            return True
    return False


def mask(text: str) -> str:
    """The number with all but its last places hidden: four stay of more than eight, else three.

    Places are counted without white space. A number that is hidden already stays as it is, except for places that this
    mask hides. Of up to three places nothing is shown.
    """
    squeezed = "".join(text.split())
    shown = 4 if len(squeezed) > LONG else 3
    if len(squeezed) <= shown:
        return "*" * len(squeezed)
    return "*" * (len(squeezed) - shown) + squeezed[-shown:]


def lengths(texts: Sequence[str]) -> Ints:
    """The length of each text in characters, shape (n,)."""
    return np.fromiter(map(len, texts), np.int32, len(texts))


def places(texts: Sequence[str], width: int) -> Bytes:
    """Texts of exactly `width` characters as a matrix of places, shape (width, n): one row a place, so that a place of all
    numbers lies together. A character outside Latin-1 shows as a question mark.

    Raises ValueError when a text has another length: a cut number would pass for a whole one.
    """
    joined = "".join(texts).encode("latin-1", "replace")
    if len(joined) != width * len(texts):
        raise ValueError("every text must have the given length")
    return np.frombuffer(joined, np.uint8).reshape(len(texts), width).T.copy()


def judge_each(
    texts: Sequence[str], judge: Callable[[str], Verdict], reasons: tuple[str, ...]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Statuses and reason codes (places in `reasons`) of texts that are judged one by one, each distinct text once."""
    code = {reason: i for i, reason in enumerate(reasons)}
    known: dict[str, tuple[int, int]] = {}
    statuses = np.zeros(len(texts), np.uint8)
    codes = np.zeros(len(texts), np.uint8)
    for i, text in enumerate(texts):
        found = known.get(text)
        if found is None:
            verdict = judge(text)
            found = known[text] = (int(verdict.status), code[verdict.reason])
        statuses[i], codes[i] = found
    return statuses, codes
