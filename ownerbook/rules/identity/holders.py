"""Who holds a document: rows of one person have one key, and what a number tells of its holder's birth."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers import document, resident_id
from ownerbook.register.understood import NO_DAY
from ownerbook.rules.view import SheetView
from ownerbook.schema.cells import Ints, Longs

NOBODY = -1
_TYPES = 16  # more than there are types


def holder_keys(sheet: SheetView, renewed: dict[str, int] | None = None) -> Longs:
    """A number for each row, equal for one document of one type; NOBODY where type or number cannot be read.

    Permits of Hong Kong and Macao count by their first nine places, which stay the holder's. Give one dictionary to
    several sheets whose keys are to be compared.
    """
    types, numbers = sheet.id_type, sheet.id_no
    assert types.choice is not None and numbers.ids is not None
    renewed = {} if renewed is None else renewed
    out = np.where(types.ok & numbers.ok, numbers.ids.astype(np.int64) * _TYPES + types.choice, NOBODY)
    for row in np.flatnonzero(types.is_(document.HK_MACAO_PERMIT) & numbers.ok).tolist():
        out[row] = renewed.setdefault(document.person_key(document.HK_MACAO_PERMIT, numbers.text(row)), int(out[row]))
    return out


def births(sheet: SheetView) -> Ints:
    """The day of birth that each row's number tells, NO_DAY where none."""
    types, numbers = sheet.id_type, sheet.id_no
    assert types.choice is not None
    out = np.full(len(sheet), NO_DAY, np.int32)
    usable = types.ok & numbers.ok
    residents = np.flatnonzero(usable & types.is_(document.RESIDENT_ID)).astype(np.int32)
    plain, days = resident_id.plain_births(*numbers.matrix(residents, resident_id.LENGTH))
    out[residents[plain]] = days[plain]
    usable[residents[plain]] = False
    rows = np.flatnonzero(usable)
    found, _ = document.births_and_sexes(types.choice[rows].astype(np.int64), [numbers.text(int(r)) for r in rows])
    told = ~np.isnat(found)
    out[rows[told]] = found[told].astype("datetime64[D]").astype(np.int64).astype(np.int32)
    return out


def years(days: Ints) -> Ints:
    """The years of days since 1970-01-01."""
    found: Ints = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64).astype(np.int32) + np.int32(1970)
    return found


def of_age_since(day: int, age: int = 18) -> int:
    """The latest day of birth, in days since 1970-01-01, of who has reached `age` on `day`."""
    today = np.datetime64(day, "D").astype(object)
    try:
        born = today.replace(year=today.year - age)
    except ValueError:  # 29 February
        born = today.replace(year=today.year - age, day=28)
    return int(np.datetime64(born, "D").astype(np.int64))


def groups(keys: NDArray[np.int64], rows: Ints) -> Iterator[Ints]:
    """Rows with equal keys, each group in the order of the table; only groups of two or more."""
    order = rows[np.argsort(keys[rows], kind="stable")]
    ends = np.flatnonzero(np.diff(keys[order], append=np.iinfo(np.int64).min)) + 1
    starts = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
    for a, b in zip(starts[ends - starts > 1].tolist(), ends[ends - starts > 1].tolist(), strict=True):
        yield order[a:b]


def several(keys: NDArray[np.int64], values: NDArray[np.int64], rows: Ints) -> Iterator[Ints]:
    """Groups of rows with equal keys among which there are different values."""
    if not len(rows):
        return
    order = rows[np.argsort(keys[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(keys[order], prepend=np.iinfo(np.int64).min))
    ends = np.append(starts[1:], len(order))
    differ = np.minimum.reduceat(values[order], starts) != np.maximum.reduceat(values[order], starts)
    for a, b in zip(starts[differ].tolist(), ends[differ].tolist(), strict=True):
        yield order[a:b]


def listed(sheet: SheetView, rows: Ints, most: int = 5) -> str:
    """The keys of rows, for messages."""
    shown = "、".join(sheet.key_text(int(r)) for r in rows[:most])
    return shown if len(rows) <= most else f"{shown} …"
