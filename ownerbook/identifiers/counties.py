"""Address codes of provinces and counties: which ever were in force.

A resident ID carries the code that was in force on the day when the number was given, which may be decades after the birth
or long before today; so every code of every yearly list since 1980 counts as known, whatever the year of birth. Codes of
prefectures count too, for cities without districts number by them; codes of provinces do not. The codes lie beside this
module in `counties.tsv` (code, first and last year in which a list has it).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]

PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71,), (81, 82, 83))
    for code in codes
)
"""The first two digits of a resident ID (GB/T 2260); 81, 82 and 83 begin residence permits of Hong Kong, Macao and Taiwan."""

LISTED_UNTIL = 2024
"""The last year whose list has been read."""

WITHDRAWN_BEFORE_1984 = (
    "132101", "132725", "222523", "232504", "322128", "332128", "352621", "372724", "412421", "432726", "442323", "512722",
)  # fmt: skip
"""A few county codes that no list has after 1982. Numbering began in 1984, so that no real person's number begins with one:
made-up resident IDs use these."""


@cache
def _spans() -> dict[str, tuple[int, int]]:
    lines = files("ownerbook.identifiers").joinpath("counties.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line[:1].isdigit())
    return {code: (int(first), int(last)) for code, first, last in rows}


def years(code: str) -> tuple[int, int] | None:
    """The first and the last year whose list has this six-digit code, None when none has it."""
    return _spans().get(code)


def is_known(code: str) -> bool:
    """True when any yearly list has this six-digit code."""
    return code in _spans()


@cache
def known_codes() -> Bools:
    """For every number below 1,000,000 whether it is a known code, shape (1000000,), read-only."""
    table = np.zeros(1_000_000, np.bool_)
    table[np.fromiter(map(int, _spans()), np.int64, len(_spans()))] = True
    table.setflags(write=False)
    return table


@cache
def known_provinces() -> Bools:
    """For every number below 100 whether it is a province's, shape (100,), read-only."""
    table = np.zeros(100, np.bool_)
    table[[int(code) for code in PROVINCES]] = True
    table.setflags(write=False)
    return table
