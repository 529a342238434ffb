"""How much speaks for two rows being one: cells that agree, weighed by how much they tell, against names and documents that do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ownerbook.reconcile.meaning import NOTHING
from ownerbook.schema.cells import Bools, Floats, Longs
from ownerbook.schema.distinct import distinct
from ownerbook.schema.kinds import (
    CellKind,
    Choice,
    DocumentNumber,
    Email,
    FileNumber,
    Name,
    PhoneNumber,
    Reference,
    StaffMember,
    TitleNumber,
)
from ownerbook.schema.sheet import Column

_WEIGHTS: Mapping[type[CellKind], float] = {
    DocumentNumber: 6, TitleNumber: 6, PhoneNumber: 4, Email: 4, Name: 3, Reference: 2, FileNumber: 2, Choice: 0.25, StaffMember: 0.25,
}  # fmt: skip
_LEAST, _LEAD, _SHARE = 2.0, 1.5, 0.2  # what a pair must score; by how much, and by which part of it, it must lead
_KEY, _VOTE = 3.0, 4.0
_MOST = 1_000_000  # pairs that are compared each with each; of more rows only those that share something that tells
_CROWD = 16  # rows on both sides that share a value; more of them tell nothing

Votes = Mapping[tuple[str, str], int]
"""How many rows elsewhere had a reference changed from one key to another."""


@dataclass(slots=True)
class Evidence:
    """Rows of two sides that keys do not pair.

    a, b: meanings, a row each, a column each of `columns`; key_a, key_b: meanings of the keys; text_a, text_b: the keys for `votes`.
    """

    columns: Sequence[Column]
    a: Longs
    b: Longs
    key_a: Longs
    key_b: Longs
    votes: Votes = field(default_factory=dict)
    text_a: Sequence[str] = ()
    text_b: Sequence[str] = ()

    @property
    def _weights(self) -> list[float]:
        return [_WEIGHTS.get(type(c.kind), 1.0) for c in self.columns]

    def settled(self) -> tuple[list[tuple[int, int]], dict[int, list[int]]]:
        """The pairs that stand out on both sides, and for other rows of b the rows of a that they may be, likeliest first."""
        i, j = self._candidates()
        score = self._score(i, j)
        full = ((self.a != NOTHING) * np.array(self._weights)).sum(1)
        fair = (score >= _LEAST) & (score >= 0.5 * full[i])
        i, j, score = i[fair], j[fair], score[fair]
        ahead = score - np.maximum(_other(i, score), _other(j, score))
        good = ahead >= np.maximum(_LEAD, _SHARE * score)
        pairs = list(zip(i[good].tolist(), j[good].tolist(), strict=True))
        open_ = ~np.isin(i, i[good]) & ~np.isin(j, j[good])
        unsure: dict[int, list[int]] = {}
        for n in np.argsort(-score, kind="stable").tolist():
            if open_[n]:
                unsure.setdefault(int(j[n]), []).append(int(i[n]))
        return pairs, {row: may[:5] for row, may in unsure.items()}

    def _candidates(self) -> tuple[Longs, Longs]:
        n, m = len(self.a), len(self.b)
        if n * m <= _MOST:
            return np.repeat(np.arange(n), m), np.tile(np.arange(m), n)
        found = [_sharing(x, y) for x, y in self._telling()]
        pairs = np.unique(np.concatenate([i * m + j for i, j in found]))
        return pairs // m, pairs % m

    def _telling(self) -> Iterator[tuple[Longs, Longs]]:
        """Columns of which a value of its own names a row; a name does so in its house."""
        yield self.key_a, self.key_b
        for n, weight in enumerate(self._weights):
            if weight >= 4:
                yield self.a[:, n], self.b[:, n]
        names = [n for n, c in enumerate(self.columns) if isinstance(c.kind, Name)]
        houses = [n for n, c in enumerate(self.columns) if isinstance(c.kind, Reference)]
        for n in names:
            for h in houses:
                yield _both(self.a[:, n], self.a[:, h], self.b[:, n], self.b[:, h])

    def _score(self, i: Longs, j: Longs) -> Floats:
        score = np.zeros(len(i))
        for n, weight in enumerate(self._weights):
            x, y = self.a[i, n], self.b[j, n]
            same: Bools = x == y
            score += weight * (same & (x != NOTHING))
            if isinstance(self.columns[n].kind, DocumentNumber | Name):  # another person, most likely
                score -= weight / 2 * (~same & (x != NOTHING) & (y != NOTHING))
        score += _KEY * ((self.key_a[i] == self.key_b[j]) & (self.key_a[i] != NOTHING))
        if self.votes:
            row_a, row_b = ({t: r for r, t in enumerate(texts)} for texts in (self.text_a, self.text_b))
            wanted = {(row_a[x], row_b[y]): n for (x, y), n in self.votes.items() if x in row_a and y in row_b}
            for at, pair in enumerate(zip(i.tolist(), j.tolist(), strict=True)) if wanted else ():
                score[at] += _VOTE * min(3, wanted.get(pair, 0))
        return score


def _both(x: Longs, y: Longs, u: Longs, v: Longs) -> tuple[Longs, Longs]:
    """Two columns as one, on both sides; blank where either is."""
    _, first = distinct(np.concatenate([x, u]))
    _, second = distinct(np.concatenate([y, v]))
    joint = first * (int(second.max(initial=0)) + 1) + second
    joint[(np.concatenate([x, u]) == NOTHING) | (np.concatenate([y, v]) == NOTHING)] = NOTHING
    return joint[: len(x)], joint[len(x) :]


def _sharing(x: Longs, y: Longs) -> tuple[Longs, Longs]:
    """Pairs of rows that share a value which few rows hold."""
    values, counts = np.unique(x, return_counts=True)
    order_x, order_y = np.argsort(x, kind="stable"), np.argsort(y, kind="stable")
    begin, end = np.searchsorted(y[order_y], values), np.searchsorted(y[order_y], values, side="right")
    first = np.searchsorted(x[order_x], values)
    told = (values != NOTHING) & (end > begin) & (counts * (end - begin) <= _CROWD)
    left: list[Longs] = []
    right: list[Longs] = []
    for f, n, a, b in zip(first[told].tolist(), counts[told].tolist(), begin[told].tolist(), end[told].tolist(), strict=True):
        left.append(np.repeat(order_x[f : f + n], b - a))
        right.append(np.tile(order_y[a:b], n))
    none = np.zeros(0, np.int64)
    return (np.concatenate(left), np.concatenate(right)) if left else (none, none)


def _other(group: Longs, score: Floats) -> Floats:
    """For each pair the best score of another pair of its group, 0 for none."""
    out = np.zeros(len(group))
    if not len(group):
        return out
    order = np.lexsort((-score, group))
    g, s = group[order], score[order]
    first = np.ones(len(g), bool)
    first[1:] = g[1:] != g[:-1]
    at = np.flatnonzero(first)
    size = np.diff([*at.tolist(), len(g)])
    best = np.repeat(s[at], size)
    second = np.repeat(np.where(size > 1, s[np.minimum(at + 1, len(s) - 1)], 0.0), size)
    out[order] = np.where(first, second, best)
    return out
