"""Ownership periods: one begins with a 迁入日期 of a house, is shared by the co-owners of that day, and has one file (judging.md §6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Columns, follow
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints

NEEDS = "owners.owner_no owners.house_no owners.owned_from owners.owned_to owners.status"
OF_FILES = NEEDS + " files.file_no files.owner_no"


@dataclass(slots=True)
class Periods:
    """of_owner: per row of 业主 its period, -1 where it is not known.

    Per period: `house` (number of its canonical text), `began` (its 迁入日期), `known` (whether its end can be told:
    all its owners can be read), `ended` (the latest 迁出日期 of its owners, NO_DAY while one of them is 现业主).
    """

    of_owner: Ints
    house: Ints
    began: Ints
    known: Bools
    ended: Ints


def ownership_periods(book: Columns) -> Periods:
    """The ownership periods of all houses."""
    o = book.owners
    house, start, end, status = o.house_no, o.owned_from, o.owned_to, o.status
    usable = np.flatnonzero(house.ok & start.ok)
    key = (house.ids[usable].astype(np.int64) << 32) | (start.days[usable].astype(np.int64) + 2**31)
    distinct, inverse = np.unique(key, return_inverse=True)
    inverse = inverse.reshape(-1)
    of_owner = np.full(len(o), -1, np.int32)
    of_owner[usable] = inverse
    left = status.is_("原业主") & end.ok
    stays = status.is_("现业主") & end.blank
    doubtful = ~(left | stays) | ~o.first
    known = np.ones(len(distinct), bool)
    known[inverse[doubtful[usable]]] = False
    houses = (distinct >> 32).astype(np.int32)
    undated = np.unique(house.ids[house.ok & ~start.ok])  # an owner whose beginning cannot be read may belong to any period of the house
    known &= ~np.isin(houses, undated)
    running = np.zeros(len(distinct), bool)
    running[inverse[stays[usable]]] = True
    ended = np.full(len(distinct), NO_DAY, np.int32)
    np.maximum.at(ended, inverse[left[usable]], end.days[usable][left[usable]])
    ended[running | ~known] = NO_DAY
    began = ((distinct & (2**32 - 1)) - 2**31).astype(np.int32)
    return Periods(of_owner, houses, began, known, ended)


def periods_of_files(book: Columns, periods: Periods) -> Ints:
    """Per row of 档案 the period whose file it is (its owner's), -1 where it is not known."""
    return follow(periods.of_owner, book.files.ref("owner_no").row)
