"""One sheet merged: rows are paired, then every differing cell is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from ownerbook.reconcile.change import Change
from ownerbook.reconcile.evidence import Votes
from ownerbook.reconcile.judging import Standing, judge
from ownerbook.reconcile.meaning import NOTHING, meanings, readable
from ownerbook.reconcile.pairing import BY_EVIDENCE, Pairs, by_evidence, by_key, key_meanings
from ownerbook.reconcile.sides import Stack
from ownerbook.reconcile.strangers import Strangers
from ownerbook.reconcile.telling import BASE, OURS, THEIRS, Incoming, Telling
from ownerbook.register.register import Register
from ownerbook.schema.cells import Bools, Flag, Ints, Longs
from ownerbook.schema.sheet import Column
from ownerbook.schema.words import Text

_GONE = Text(
    "来件里没有这一行；登记簿不删行，请选保留，确已不在的改它的状态",
    "the incoming side lacks this row; no row is deleted: keep it, or change its state",
)
_DELETED = Text("登记簿里已没有这一行，来件却改了它", "the register no longer holds this row, and the incoming side changed it")
_NEW = Text("登记簿里没有这一行", "the register has no such row")
_UNSURE = Text("编号对不上，可能是这几行之一", "the key does not fit; it may be one of these rows")
_DOUBLED = Text("编号重复，分不清是哪一行", "the key stands more than once; which row is meant is not certain")
_RENAMED = Text("编号不同，其余内容像是同一行", "another key; by everything else it seems to be the same row")
_BY_CONTENT = Text("这一行是按内容对上的，请先确认编号", "this row was matched by its content; confirm the key first")
_CLASH = Text(
    "两边用同一编号登记了不同的内容；另登一行请填写新编号", "both sides gave this key to different things; to add the row, fill in a new key"
)
_BOTH_NEW = Text("两边都新增了这一编号，内容不同", "both sides added this key, with different content")


class SheetMerge(Telling):
    """The three sides of one sheet. Without a base, ours stands in its place.

    already: edits that ours holds. notes: what was not compared.
    """

    def __init__(self, stack: Stack, ours: Register, given: Incoming) -> None:
        super().__init__(stack, ours, given)
        self.already = self.worked_out = 0
        self.notes: list[Text] = []
        self._paired: dict[int, Pairs] = {}
        theirs = self._table(THEIRS)
        own = sorted({h for s in theirs.sources for h in s.unknown.values()})
        if own and given.three:
            zh, en = f"「{stack.sheet.name}」表里本单位自加的列没有对：{'、'.join(own)}", f"columns of your own on {stack.sheet.name}: not compared"
            self.notes.append(Text(zh, en))

    @cached_property
    def _keys(self) -> Longs:
        return key_meanings(self.stack)

    @cached_property
    def _starts(self) -> list[int]:
        return self.stack.starts

    def _by_key(self, side: int) -> Pairs:
        if side not in self._paired:
            if side == OURS and self.stack.tables[OURS] is self.stack.tables[BASE]:
                size = len(self._table(OURS))
                self._paired[side] = Pairs(np.arange(size, dtype=np.int32), np.ones(size, np.int32))
            else:
                self._paired[side] = by_key(self.stack, self._keys, BASE, side)
        return self._paired[side]

    def rows_by_key(self, side: int) -> tuple[Longs, Longs]:
        """Rows of the base and of a side that one key pairs, as rows of the stack."""
        partner = self._by_key(side).partner
        at = np.flatnonzero(partner >= 0)
        return at + self._starts[BASE], partner[at].astype(np.int64) + self._starts[side]

    def strays(self, sheet: str, merges: Sequence[SheetMerge], side: int) -> bool:
        """Whether another sheet has rows, on both the base and a side, that keys alone do not pair."""
        other = next((m for m in merges if m.stack.sheet.field == sheet), None)
        if other is None:
            return False
        pairs = other._by_key(side)
        return bool((pairs.partner < 0).any() and (pairs.partner >= 0).sum() < len(other._table(side)))

    def pair(self, votes: Mapping[int, Votes]) -> None:
        """Pair the rows that keys leave alone. A key that ours and theirs both gave to a row of the base speaks for one another."""
        ours, theirs = self._by_key(OURS), self._by_key(THEIRS)
        for side, pairs in ((OURS, ours), (THEIRS, theirs)):
            by_evidence(self.stack, self._keys, BASE, side, pairs, votes[side])
        for (side, pairs), (other, known) in (((OURS, ours), (THEIRS, theirs)), ((THEIRS, theirs), (OURS, ours))):
            free = self._unpaired(side, pairs)
            rows = np.flatnonzero((pairs.partner < 0) & (known.partner >= 0)) if free else ()
            for b in rows:
                at = free.pop(int(self._keys[self._starts[other] + known.partner[b]]), -1)
                if at >= 0:
                    pairs.partner[b], pairs.how[b] = at, BY_EVIDENCE
                    pairs.unsure.pop(at, None)

    def _unpaired(self, side: int, pairs: Pairs) -> dict[int, int]:
        """Rows of a side that no row of the base is, by key."""
        start = self._starts[side]
        rows = pairs.left_over(self._starts[side + 1] - start)
        found: dict[int, int] = {}
        for r in rows.tolist():
            k = int(self._keys[start + r])
            if k != NOTHING:
                found[k] = -1 if k in found else r
        return found

    def changes(self) -> Iterator[Change]:
        """Every change, in the order of the rows of theirs; what is gone comes last."""
        ours, theirs = self._by_key(OURS), self._by_key(THEIRS)
        both = (ours.partner >= 0) & (theirs.partner >= 0)
        base = np.flatnonzero(both)
        sure = (theirs.how[base] != BY_EVIDENCE) & (ours.how[base] != BY_EVIDENCE)
        yield from self._renamed(base, ours.partner[base], theirs.partner[base])
        yield from self._cells(base, ours.partner[base], theirs.partner[base], sure)
        lost = np.flatnonzero((ours.partner < 0) & (theirs.partner >= 0))
        yield from self._deleted(lost, theirs.partner[lost])
        yield from self._added(ours, theirs)
        if self.given.complete:
            for b in np.flatnonzero((ours.partner >= 0) & (theirs.partner < 0)).tolist():
                yield self._change("gone", int(ours.partner[b]), "", b, -1, "question", _GONE)

    def _fields(self) -> list[Column]:
        wanted = None if self.given.columns is None else self.given.columns.get(self.stack.sheet.field, ())
        theirs = self._table(THEIRS)
        return [c for c in self.stack.sheet.columns if (wanted is None or c.field in wanted) and theirs.has(c.field)]

    def _renamed(self, base: Longs, ours: Ints, theirs: Ints) -> Iterator[Change]:
        """Rows whose key differs and that are the same by everything else."""
        key = self.stack.sheet.key
        if key not in self._fields():
            return
        k, s = self._keys, self._starts
        other = (k[base + s[0]] != k[theirs + s[2]]) & (k[theirs + s[2]] != k[ours + s[1]])
        if not self.given.three:
            other &= k[theirs + s[2]] != NOTHING
        again = (k[base + s[0]] != k[theirs + s[2]]) & (k[theirs + s[2]] == k[ours + s[1]])
        self.already += int(again.sum())
        carried = self.stack.carried(THEIRS, key.field)
        for i in np.flatnonzero(other & carried[theirs]).tolist():
            b, o, t = int(base[i]), int(ours[i]), int(theirs[i])
            yield self._change("key", o, key.field, b, t, "question", _RENAMED)

    def _cells(self, base: Longs, ours: Ints, theirs: Ints, sure: Bools) -> Iterator[Change]:
        """Cells of rows that all three sides hold."""
        s, fields = self._starts, [c for c in self._fields() if not c.key]
        differing: dict[str, Bools] = {}
        touched = np.zeros(len(base), bool)
        for c in fields:
            kind, value = self.stack.raw(c.field)
            was, now = base + s[0], theirs.astype(np.int64) + s[2]
            found = ((kind[was] != kind[now]) | (value[was] != value[now])) & self.stack.carried(THEIRS, c.field)[theirs]
            if found.any():
                differing[c.field] = found
                touched |= found
        if not touched.any():
            return
        at = np.flatnonzero(touched)
        base, sure = np.asarray(base[at], np.int64), sure[at]
        ours, theirs = ours[at], theirs[at]
        rows = np.unique(np.concatenate([base + s[0], ours + s[1], theirs + s[2]]))
        register = self.stack.taken(rows)
        b, o, t = (np.searchsorted(rows, side.astype(np.int64) + start) for side, start in ((base, s[0]), (ours, s[1]), (theirs, s[2])))
        strangers = Strangers(self.stack.sheet, self.given.three)
        found_cells: list[tuple[int, Column, Standing]] = []
        for c in fields:
            if c.field not in differing:
                continue
            m = meanings(register, self.stack.sheet.field, c.field)
            mb, mo, mt = m[b], m[o], m[t]
            edited = differing[c.field][at] & (mt != mb)
            if not self.given.three:
                edited &= mt != NOTHING
            flags = register.tables[self.stack.sheet.field].cells[c.field].flag
            worked_out = edited & (flags[b] & Flag.NO_CACHE != 0) & (flags[t] & Flag.FORMULA != 0)
            edited &= ~worked_out
            self.worked_out += int(worked_out.sum())
            self.already += int((edited & (mt == mo)).sum())
            open_ = np.flatnonzero(edited & (mt != mo))
            good = readable(register, self.stack.sheet.field, c.field, t[open_])
            for i, fine in zip(open_.tolist(), good, strict=True):
                standing = Standing(
                    self.given.three, bool(mo[i] != mb[i]), bool(mo[i] == NOTHING), bool(mt[i] == NOTHING), fine, bool(flags[o[i]] & Flag.FORMULA)
                )
                found_cells.append((i, c, standing))
            strangers.see(c, open_, mb, mt)
        if self.worked_out:
            zh = f"「{self.stack.sheet.name}」表有 {self.worked_out} 格公式原来没有结果，来件保存时算出了，不算改动"
            self.notes.append(Text(zh, f"{self.worked_out} formulas on {self.stack.sheet.name} had no result and were worked out: no edit"))
        for i, c, standing in found_cells:
            verdict, why = judge(standing, self.stack.sheet.field, c, self.stack.sides.policy)
            other = strangers.of(i, c)
            if not sure[i]:
                verdict, why = "question", _BY_CONTENT
            elif other is not None and verdict != "question":
                verdict, why = "question", other.why
            candidates = () if other is None or other.row < 0 else (self._key_text(OURS, int(ours[other.row])),)
            yield self._change("cell", int(ours[i]), c.field, int(base[i]), int(theirs[i]), verdict, why, candidates)

    def _deleted(self, base: Longs, theirs: Ints) -> Iterator[Change]:
        """Rows that ours no longer has: a question where theirs changed them."""
        if not len(base):
            return
        s = self._starts
        rows = np.unique(np.concatenate([base + s[0], theirs + s[2]]))
        register = self.stack.taken(rows)
        b, t = np.searchsorted(rows, base + s[0]), np.searchsorted(rows, theirs + s[2])
        edited = np.zeros(len(base), bool)
        for c in self._fields():
            m = meanings(register, self.stack.sheet.field, c.field)
            edited |= (m[b] != m[t]) & self.stack.carried(THEIRS, c.field)[theirs]
        for i in np.flatnonzero(edited).tolist():
            yield self._row("new", int(theirs[i]), _DELETED, base=int(base[i]))

    def _added(self, ours: Pairs, theirs: Pairs) -> Iterator[Change]:
        """Rows of theirs that the base does not have."""
        s = self._starts
        new = theirs.left_over(s[3] - s[2])
        if not len(new):
            return
        own = ours.left_over(s[2] - s[1]) if self.given.three else np.zeros(0, np.int64)
        with_key: dict[int, list[int]] = {}
        for o in range(s[1], s[2]):
            k = int(self._keys[o])
            if k != NOTHING:
                with_key.setdefault(k, []).append(o - s[1])
        pairs = self._both_added(own, new) if len(own) else {}
        differing = self._differing(pairs)
        for t in new.tolist():
            key = int(self._keys[t + s[2]])
            same = with_key.get(key, []) if key != NOTHING else []
            if t in pairs:
                columns, both = differing[t]
                self.already += not columns
                if 2 * len(columns) > both:  # one number, two things
                    yield self._row("unsure", t, _CLASH, maybe=[pairs[t]])
                    continue
                for c in columns:
                    yield self._change("cell", pairs[t], c.field, -1, t, "question", _BOTH_NEW)
            elif t in theirs.unsure and not same:
                maybe = [int(ours.partner[b]) for b in theirs.unsure[t] if ours.partner[b] >= 0]
                yield self._row("unsure" if maybe else "new", t, _UNSURE if maybe else _NEW, maybe=maybe)
            elif same:
                yield self._row("unsure", t, _DOUBLED, maybe=same)
            else:
                yield self._row("new", t, _NEW)

    def _both_added(self, own: Longs, new: Longs) -> dict[int, int]:
        """Rows that both sides added under one key: those alike first, then the only one left of each side."""
        s, named = self._starts, self._keys
        sides = [[(int(r), int(named[r + s[side]])) for r in rows.tolist()] for side, rows in ((OURS, own), (THEIRS, new))]
        shared = {k for _, k in sides[0]} & {k for _, k in sides[1]} - {int(NOTHING)}
        if not shared:
            return {}
        mine, yours = ([(r, k) for r, k in rows if k in shared] for rows in sides)
        rows = np.unique([r + s[OURS] for r, _ in mine] + [r + s[THEIRS] for r, _ in yours])
        register = self.stack.taken(rows)
        said = np.stack([named[rows], *(meanings(register, self.stack.sheet.field, c.field) for c in self._fields() if not c.key)], axis=1)
        whole = {int(r): line.tobytes() for r, line in zip(rows, said, strict=True)}
        out: dict[int, int] = {}
        for of in (lambda r, _: whole[r], lambda _, k: k):
            waiting: dict[object, list[int]] = {}
            asked: dict[object, list[int]] = {}
            taken = set(out.values())
            for r, k in mine:
                if r not in taken:
                    waiting.setdefault(of(r + s[OURS], k), []).append(r)
            for r, k in yours:
                if r not in out:
                    asked.setdefault(of(r + s[THEIRS], k), []).append(r)
            for name, there in asked.items():
                here = waiting.get(name, [])
                if isinstance(name, bytes) or len(here) == len(there) == 1:
                    out |= dict(zip(there, here, strict=False))
        return out

    def _differing(self, pairs: Mapping[int, int]) -> dict[int, tuple[list[Column], int]]:
        """For rows of theirs and their partners in ours: the columns that differ, and how many are filled on both."""
        if not pairs:
            return {}
        s = self._starts
        there, here = np.array(list(pairs), np.int64), np.array(list(pairs.values()), np.int64)
        rows = np.unique(np.concatenate([here + s[OURS], there + s[THEIRS]]))
        o, t = np.searchsorted(rows, here + s[OURS]), np.searchsorted(rows, there + s[THEIRS])
        register = self.stack.taken(rows)
        out: dict[int, tuple[list[Column], int]] = {r: ([], 0) for r in pairs}
        for c in self._fields():
            if c.key:
                continue
            m, carried = meanings(register, self.stack.sheet.field, c.field), self.stack.carried(THEIRS, c.field)
            for r, mine, yours in zip(there.tolist(), m[o].tolist(), m[t].tolist(), strict=True):
                columns, both = out[r]
                if mine != yours and carried[r]:
                    columns.append(c)
                out[r] = columns, both + (mine != NOTHING and yours != NOTHING)
        return out
