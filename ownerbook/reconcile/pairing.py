"""Which row of one side is which row of another: by key, and where keys fail by what else the rows say, which is then asked.

Rows are named by their numbers in a `Stack`. A key that stands once on both sides pairs its rows, wherever they lie. Everything
else needs evidence: a partner must be far more alike than any other, on both sides. Nothing is paired on a name alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ownerbook.reconcile.meaning import NOTHING, meanings
from ownerbook.reconcile.sides import Stack
from ownerbook.register.meaning import meaning
from ownerbook.schema.cells import Floats, Ints, Longs
from ownerbook.schema.kinds import (
    CellKind,
    Choice,
    Day,
    DocumentNumber,
    Email,
    FileNumber,
    Measure,
    Name,
    PhoneNumber,
    Reference,
    StaffMember,
    TitleNumber,
    Words,
)

BY_KEY, BY_EVIDENCE = 1, 2
_WEIGHTS: Mapping[type[CellKind], float] = {
    DocumentNumber: 6, TitleNumber: 6, PhoneNumber: 4, Email: 4, Name: 3, Reference: 2, FileNumber: 2, Words: 1, Day: 1, Measure: 1,
    Choice: 0.25, StaffMember: 0.25,
}  # fmt: skip
_LEAST, _LEAD, _VOTE = 2.0, 1.5, 4.0
_MOST = 4_000_000  # pairs that are compared one with one


@dataclass(slots=True)
class Pairs:
    """Rows of one side and of another. partner: for each row of the first its row on the second, -1 for none; how: BY_KEY or BY_EVIDENCE.

    Both count from the start of their side. unsure: rows of the second that several rows of the first may be.
    """

    partner: Ints
    how: Ints
    unsure: dict[int, list[int]] = field(default_factory=dict)


Votes = Mapping[tuple[str, str], int]
"""How many rows elsewhere had a reference changed from one key to another."""


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
    right = np.setdiff1d(np.arange(starts[second + 1] - starts[second]), pairs.partner[pairs.partner >= 0])
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
    weights = np.array([_WEIGHTS.get(type(c.kind), 1.0) for c in columns])
    key = keys[rows]
    a, b = means[: len(left)], means[len(left) :]
    _alike(left, right, a, b, key[: len(left)], key[len(left) :], pairs)
    open_a = np.flatnonzero(pairs.partner[left] < 0)
    taken = set(pairs.partner[left].tolist())
    open_b = np.array([i for i, r in enumerate(right.tolist()) if r not in taken], np.int64)
    if not len(open_a) or not len(open_b):
        return
    if len(open_a) * len(open_b) > _MOST:
        _by_strong(left, right, a, b, open_a, open_b, weights, pairs)
        return
    score = np.zeros((len(open_a), len(open_b)))
    full_a = ((a[open_a] != NOTHING) * weights).sum(1)
    for n, w in enumerate(weights.tolist()):
        x, y = a[open_a, n], b[open_b, n]
        same = x[:, None] == y[None, :]
        score += w * (same & (x != NOTHING)[:, None])
        if isinstance(columns[n].kind, DocumentNumber | Name):  # another person, most likely
            score -= w / 2 * (~same & (x != NOTHING)[:, None] & (y != NOTHING)[None, :])
    key_a, key_b = key[: len(left)][open_a], key[len(left) :][open_b]
    score += 3.0 * ((key_a[:, None] == key_b[None, :]) & (key_a != NOTHING)[:, None])
    if votes:
        f = stack.sheet.key.field
        texts = [meaning(register, stack.sheet.field, f, int(i)) for i in back]
        for i, at in enumerate(open_a.tolist()):
            for j, there in enumerate(open_b.tolist()):
                score[i, j] += _VOTE * min(3, votes.get((texts[at], texts[len(left) + there]), 0))
    _settle(score, full_a, left[open_a], right[open_b], pairs)


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


def _settle(score: Floats, full: Floats, left: Longs, right: Longs, pairs: Pairs) -> None:
    """Take the pairs that stand out on both sides; remember what a row may be where none does."""
    fair = (score >= _LEAST) & (score >= 0.5 * full[:, None])
    kept = np.where(fair, score, 0.0)
    second_a, second_b = _second(kept), _second(kept.T)
    lead = np.maximum(_LEAD, 0.2 * kept)
    good = fair & (kept - second_a >= lead) & (kept - second_b.T >= lead)
    for i, j in zip(*np.nonzero(good), strict=True):
        pairs.partner[left[i]], pairs.how[left[i]] = right[j], BY_EVIDENCE
    won = good.any(0)
    lost = good.any(1)
    for j in np.flatnonzero(~won & fair.any(0)).tolist():
        may = np.flatnonzero(fair[:, j] & ~lost)
        if len(may):
            pairs.unsure[int(right[j])] = left[may[np.argsort(-kept[may, j], kind="stable")][:5]].tolist()


def _second(score: Floats) -> Floats:
    """For each pair the best score in its line but its own."""
    if score.shape[1] < 2:
        return np.zeros_like(score)
    top = np.partition(score, -2, axis=1)
    best, next_ = top[:, -1:], top[:, -2:-1]
    return np.where(score == best, next_, best)


def _by_strong(left: Longs, right: Longs, a: Longs, b: Longs, open_a: Longs, open_b: Longs, weights: Floats, pairs: Pairs) -> None:
    """Very many rows: a value of weight that stands once on either side pairs them, where no other such value objects."""
    found: dict[int, set[int]] = {}
    for n in np.flatnonzero(weights >= 4).tolist():
        x, y = a[open_a, n], b[open_b, n]
        ones_x, ones_y = _once(x), _once(y)
        _, i, j = np.intersect1d(x[ones_x], y[ones_y], assume_unique=True, return_indices=True)
        for p, q in zip(open_a[ones_x[i]].tolist(), open_b[ones_y[j]].tolist(), strict=True):
            found.setdefault(p, set()).add(q)
    wanted: dict[int, int] = {}
    for others in found.values():
        for q in others:
            wanted[q] = wanted.get(q, 0) + 1
    for p, others in found.items():
        if len(others) == 1 and wanted[q := next(iter(others))] == 1:
            pairs.partner[left[p]], pairs.how[left[p]] = right[q], BY_EVIDENCE
        else:
            for q in others:
                pairs.unsure.setdefault(int(right[q]), []).append(int(left[p]))
