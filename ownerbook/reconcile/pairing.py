"""Which row of one side is which row of another: by key, and where keys fail by what else the rows say, which is then asked.

Rows are named by their numbers in a `Stack`. A key that stands once on both sides pairs its rows, wherever they lie. Everything
else needs evidence: a partner must be far more alike than any other, on both sides. Nothing is paired on a name alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ownerbook.reconcile.evidence import Evidence, Votes
from ownerbook.reconcile.meaning import NOTHING, meanings
from ownerbook.reconcile.sides import Stack
from ownerbook.register.meaning import meaning
from ownerbook.schema.cells import Ints, Longs

BY_KEY, BY_EVIDENCE = 1, 2


@dataclass(slots=True)
class Pairs:
    """Rows of one side and of another. partner: for each row of the first its row on the second, -1 for none; how: BY_KEY or BY_EVIDENCE.

    Both count from the start of their side. unsure: rows of the second that several rows of the first may be.
    """

    partner: Ints
    how: Ints
    unsure: dict[int, list[int]] = field(default_factory=dict)

    def left_over(self, size: int) -> Longs:
        """Rows of the second side, which has so many, that are nobody's partner."""
        free = np.ones(size, bool)
        free[self.partner[self.partner >= 0]] = False
        return np.flatnonzero(free)


def key_meanings(stack: Stack) -> Longs:
    """The key of every row of a stack, as numbers; -1 where it is blank."""
    f = stack.sheet.key.field
    every = np.arange(stack.starts[-1])
    return meanings(stack.taken(every, [f]), stack.sheet.field, f)


def by_key(stack: Stack, keys: Longs, first: int, second: int) -> Pairs:
    """Pair the rows whose key stands once on either side."""
    starts = stack.starts
    a, b = keys[starts[first] : starts[first + 1]], keys[starts[second] : starts[second + 1]]
    out = Pairs(np.full(len(a), -1, np.int32), np.zeros(len(a), np.int32))
    ones_a, ones_b = _once(a), _once(b)
    _, in_a, in_b = np.intersect1d(a[ones_a], b[ones_b], assume_unique=True, return_indices=True)
    out.partner[ones_a[in_a]], out.how[ones_a[in_a]] = ones_b[in_b], BY_KEY
    return out


def by_evidence(stack: Stack, keys: Longs, first: int, second: int, pairs: Pairs, votes: Votes | None = None) -> None:
    """Pair what keys leave alone: rows alike to the letter under one doubled key, then rows that are far more alike than any others."""
    starts = stack.starts
    left = np.flatnonzero(pairs.partner < 0)
    right = pairs.left_over(starts[second + 1] - starts[second])
    if not len(left) or not len(right):
        return
    rows = np.concatenate([left + starts[first], right + starts[second]])
    order = np.argsort(rows)
    register = stack.taken(rows[order])
    back = np.empty(len(rows), np.int64)
    back[order] = np.arange(len(rows))
    table = register.tables[stack.sheet.field]
    columns = [c for c in stack.sheet.columns if table.has(c.field) and not c.key]
    means = np.zeros((len(rows), len(columns)), np.int64)
    for n, c in enumerate(columns):
        means[:, n] = meanings(register, stack.sheet.field, c.field)[back]
    key = keys[rows]
    a, b = means[: len(left)], means[len(left) :]
    _alike(left, right, a, b, key[: len(left)], key[len(left) :], pairs)
    open_a = np.flatnonzero(pairs.partner[left] < 0)
    taken = set(pairs.partner[left].tolist())
    open_b = np.array([i for i, r in enumerate(right.tolist()) if r not in taken], np.int64)
    if not len(open_a) or not len(open_b):
        return
    evidence = Evidence(columns, a[open_a], b[open_b], key[: len(left)][open_a], key[len(left) :][open_b])
    if votes:
        texts = [meaning(register, stack.sheet.field, stack.sheet.key.field, int(i)) for i in back]
        evidence.votes = votes
        evidence.text_a = [texts[i] for i in open_a.tolist()]
        evidence.text_b = [texts[len(left) + i] for i in open_b.tolist()]
    found, unsure = evidence.settled()
    for i, j in found:
        pairs.partner[left[open_a[i]]], pairs.how[left[open_a[i]]] = right[open_b[j]], BY_EVIDENCE
    for j, may in unsure.items():
        pairs.unsure[int(right[open_b[j]])] = [int(left[open_a[i]]) for i in may]


def _once(keys: Longs) -> Longs:
    """Rows whose key stands nowhere else."""
    found, at, count = np.unique(keys, return_index=True, return_counts=True)
    return np.asarray(at[(count == 1) & (found != NOTHING)], np.int64)


def _alike(left: Longs, right: Longs, a: Longs, b: Longs, key_a: Longs, key_b: Longs, pairs: Pairs) -> None:
    """Rows that agree in key and every cell are one, in the order in which they stand."""
    waiting: dict[bytes, list[int]] = {}
    for j in range(len(right) - 1, -1, -1):
        waiting.setdefault(key_b[j].tobytes() + b[j].tobytes(), []).append(j)
    for i in range(len(left)):
        same = waiting.get(key_a[i].tobytes() + a[i].tobytes())
        if same and (a[i] != NOTHING).any():
            pairs.partner[left[i]], pairs.how[left[i]] = right[same.pop()], BY_KEY
