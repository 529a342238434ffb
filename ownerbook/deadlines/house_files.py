"""Which houses have a file of their current owners, and which only one of an owner who has left (judging.md §6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Columns, positions
from ownerbook.deadlines.columns import follow as take
from ownerbook.deadlines.columns import followed as taken
from ownerbook.deadlines.ownership import NEEDS as OF_OWNERS
from ownerbook.deadlines.ownership import Ownership
from ownerbook.schema.cells import Bools, Ints

NEEDS = f"{OF_OWNERS} houses.house_no owners.registered_on files.house_no files.owner_no files.status policy today"
"""What a card must name to use `unfiled_houses`."""

IN_USE = ("待整理", "在库", "借出")


@dataclass(frozen=True, slots=True)
class Unfiled:
    """Houses whose 现业主 was registered longer ago than 登记建档期限 and has no file.

    houses: rows of 房屋. owners: for each its earliest registered current owner (row on 业主). left: for each the file in use of
    an owner who has left (row on 档案; of several the last), -1 for none.
    """

    houses: Ints
    owners: Ints
    left: Ints


def unfiled_houses(v: Columns, by: int) -> Unfiled:
    """Find those whose term ends before the day `by`. A file whose owner cannot be told may be the one that seems to lack, and counts as it."""
    h, f = v.houses, v.files
    owned = Ownership.of(v)
    own, ids = f.ref("owner_no").row, f.house_no.ids
    assert ids is not None and h.house_no.ids is not None
    at = np.where(f.house_no.ok, ids, -1).astype(np.int32)
    of_former = taken(owned.former, own) & (take(owned.house, own) == at)
    filed = np.zeros(len(owned.doubt), bool)
    filed[at[(at >= 0) & ~of_former]] = True
    named = take(owned.house, own)
    filed[named[(named >= 0) & ~taken(owned.former, own)]] = True
    in_use = positions(of_former & f.first & f.status.is_(*IN_USE))
    last = np.full(len(owned.doubt), -1, np.int32)
    last[at[in_use]] = in_use
    late = _late(v, owned, by)
    house = h.house_no.ids
    judged = h.house_no.ok & ~h.keys.is_doubled(house) & ~owned.doubtful(house)
    where = positions(judged)
    where = where[(late[house[where]] >= 0) & ~filed[house[where]]]
    return Unfiled(where, late[house[where]], last[house[where]])


def _late(v: Columns, owned: Ownership, by: int) -> Ints:
    """By house number the earliest registered current owner past the term, -1 for none."""
    registered = v.owners.registered_on
    assert registered.days is not None
    mine = positions(owned.current & registered.ok)
    mine = mine[v.policy.filing_term.after(registered.days[mine]) < by]
    mine = mine[np.argsort(-registered.days[mine].astype(np.int64), kind="stable")]
    out = np.full(len(owned.doubt), -1, np.int32)
    out[owned.house[mine]] = mine
    return out


def file_rows(v: Columns, owned: Ownership) -> Bools:
    """Rows of 档案 that are a file of a current owner of their own house."""
    own, ids = v.files.ref("owner_no").row, v.files.house_no.ids
    assert ids is not None
    same: Bools = take(owned.house, own) == ids
    return v.files.first & v.files.house_no.ok & taken(owned.current, own) & same
