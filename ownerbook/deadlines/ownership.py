"""Who owns which house now, as far as the register says it without contradiction.

Rules that count the owners of a house (shares, main contact, 自住 without an owner) must not repeat a mistake told elsewhere:
an owner whose house cannot be read or is not on 房屋 is missing from some house; a status that contradicts 迁出日期, or a
doubled 业主编号, leaves open who owns the house. Such houses are in doubt, and nothing is concluded about them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Columns, positions
from ownerbook.deadlines.columns import followed as taken
from ownerbook.schema.cells import Bools, Ints, Longs

NEEDS = "owners.owner_no owners.house_no owners.status owners.owned_to? houses.house_no? files.house_no? files.owner_no?"
"""What a card must name to use `Ownership.of`."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """The owners of houses; houses are named by the numbers of their canonical 房号.

    house: per row of 业主 the house, -1 where it is unknown. current: rows that are owners now beyond doubt. former: rows
    that were owners. doubt: by house number, whether it is open who owns the house. strays: rows of owners, perhaps current
    ones, of whom nothing tells the house.
    """

    house: Ints
    current: Bools
    former: Bools
    doubt: Bools
    strays: Ints

    @classmethod
    def of(cls, v: Columns) -> Ownership:
        """Sort the owners. The card must name NEEDS."""
        o = v.owners
        ids = o.house_no.ids
        assert ids is not None
        now, was = o.status.is_("现业主"), o.status.is_("原业主")
        if v.has("owners.owned_to"):
            now, was = now & o.owned_to.blank, was & o.owned_to.filled
        placed, astray = o.house_no.ok, ~o.house_no.ok
        if v.has("houses.house_no"):
            ref = o.ref("house_no")
            placed, astray = placed & (ref.row >= 0), astray | ref.missing
        first = o.first
        house = np.where(placed, ids, -1).astype(np.int32)
        doubt = np.zeros(_size(v, ids), bool)
        doubt[house[placed & ~was & ~(now & first)]] = True
        strays = _settle(v, positions(astray & ~was & first), doubt)
        return cls(house, now & first & placed & ~_at(doubt, house), was & first & placed, doubt, strays)

    def groups(self) -> tuple[Ints, Longs, Longs]:
        """The current owners house by house: rows in order of house, where each house begins among them, and its size."""
        mine = positions(self.current)
        order = mine[np.argsort(self.house[mine], kind="stable")]
        starts = np.flatnonzero(np.diff(self.house[order], prepend=-2))
        return order, starts, np.diff(np.append(starts, len(order)))

    def owned(self, houses: Ints) -> Bools:
        """Which of these houses have a current owner."""
        has = np.zeros(len(self.doubt), bool)
        has[self.house[self.current]] = True
        return _at(has, houses)

    def doubtful(self, houses: Ints) -> Bools:
        """Of which of these houses it is open who owns them; unknown houses are."""
        return _at(self.doubt, houses) | (houses < 0)

    def ownerless(self, candidates: Ints) -> Ints:
        """Of rows of houses without an owner those to tell: none where as many owners have lost their house."""
        return candidates if len(candidates) > len(self.strays) else candidates[:0]


def _size(v: Columns, ids: Ints) -> int:
    columns = [ids]
    for sheet in ("houses", "files"):
        if v.has(f"{sheet}.house_no"):
            other = getattr(v, sheet).house_no.ids
            assert other is not None
            columns.append(other)
    return 1 + max((int(c.max(initial=-1)) for c in columns), default=0) + 1


def _at(mask: Bools, houses: Ints) -> Bools:
    out = np.zeros(len(houses), bool)
    known = (houses >= 0) & (houses < len(mask))
    out[known] = mask[houses[known]]
    return out


def _settle(v: Columns, astray: Ints, doubt: Bools) -> Ints:
    """Mark the houses to which owners without a readable house seem to belong; gives the owners of whom nothing tells it."""
    if not len(astray):
        return astray
    lost = np.zeros(len(v.owners), bool)
    lost[astray] = True
    pairs: list[tuple[int, int]] = []
    for remark in v.owners.house_no.remarks:
        for i in np.flatnonzero(lost[remark.rows]).tolist():
            suggestion = remark.suggestions[i]
            if suggestion is not None:
                pairs.append((int(remark.rows[i]), v.id_of(suggestion)))
    if v.has("files.house_no") and v.has("files.owner_no"):
        owner, ids = v.files.ref("owner_no").row, v.files.house_no.ids
        mine = positions(taken(lost, owner) & (ids >= 0))
        pairs += zip(owner[mine].tolist(), ids[mine].tolist(), strict=True)
    row, house = np.array(pairs, np.int32).reshape(-1, 2).T
    known = (house >= 0) & (house < len(doubt))
    if v.has("houses.house_no"):
        known &= v.houses.keys.look_up(house) >= 0
    doubt[house[known]] = True
    lost[row[known]] = False
    return positions(lost)
