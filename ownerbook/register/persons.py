"""Who a cell names, and whether that person might do what the row says on that day (judging.md §5)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ownerbook.register.keys import Keys
from ownerbook.register.rights import parse_rights
from ownerbook.register.understood import NO_DAY, Understood
from ownerbook.schema.cells import Bools, Bytes, Ints
from ownerbook.schema.distinct import distinct
from ownerbook.schema.kinds import StaffMember

FINE, UNKNOWN, SEVERAL, NOT_EMPLOYED, NO_RIGHT, NO_AGREEMENT = range(6)
ALWAYS = np.int32(2**31 - 1)
_BOTH = re.compile(r"(\S+)\s+(\S.*)|([0-9A-Za-z-]+)([\u4e00-\u9fff·]+)|([\u4e00-\u9fff·]+)[(（]([0-9A-Za-z-]+)[)）]")


_SEVERAL = re.compile(r"[、，,;；/\n]+")


@dataclass(slots=True)
class Acting:
    """Per row of a column that names staff: the person (row on 人员, -1 for none) and what stands against the act."""

    person: Ints
    trouble: Bytes


@dataclass(slots=True)
class Named:
    """Of a column whose cells name several people: one entry a name. row: position in the table; the rest as in `Acting`."""

    row: Ints
    texts: list[str]
    person: Ints
    trouble: Bytes


class Persons:
    """人员, as the other sheets ask for it."""

    def __init__(self, column: object, keys: Keys, size: int) -> None:
        self._column = column
        self._keys = keys
        self._size = size

    def _col(self, field: str) -> Understood:
        return self._column(field)  # type: ignore[operator, no-any-return]

    @cached_property
    def joined(self) -> Ints:
        """First day of employment; without one, none is judged."""
        c = self._col("joined_on")
        return np.where(c.ok & ~self._turned, c.days, NO_DAY).astype(np.int32)

    @cached_property
    def left(self) -> Ints:
        """Last day of employment."""
        c = self._col("left_on")
        return np.where(c.ok & ~self._turned, c.days, ALWAYS).astype(np.int32)

    @cached_property
    def _turned(self) -> Bools:
        """Whose days of employment contradict each other: told there (R27), and nothing more is concluded from them."""
        joined, left = self._col("joined_on"), self._col("left_on")
        return np.asarray(joined.ok & left.ok & (left.days < joined.days), bool)

    @cached_property
    def agreement(self) -> Ints:
        """First day under the confidentiality agreement; NO_DAY for a cell that cannot be read (not judged), ALWAYS for none."""
        c = self._col("nda_on")
        assert c.days is not None
        return np.where(c.ok, c.days, np.where(c.blank, ALWAYS, NO_DAY)).astype(np.int32)

    @cached_property
    def has_right(self) -> Bools:
        """Who has any right at all."""
        c = self._col("rights")
        return c.ok

    def spans(self, right: str) -> list[list[tuple[int, int]]]:
        """For each person, the spans of days on which a right was held."""
        from ownerbook.register.readers.days import EPOCH

        c = self._col("rights")
        out: list[list[tuple[int, int]]] = []
        for row in range(self._size):
            mine = []
            for r in parse_rights(c.text(row)) or () if c.ok[row] else ():
                if r.name == right:
                    mine.append((r.first.toordinal() - EPOCH if r.first else int(NO_DAY), r.last.toordinal() - EPOCH if r.last else int(ALWAYS)))
            out.append(mine)
        return out

    @cached_property
    def _names(self) -> dict[str, list[int]]:
        c = self._col("name")
        out: dict[str, list[int]] = {}
        for row in range(self._size):
            if self._keys.first[row] and c.ok[row]:
                out.setdefault(c.text(row), []).append(row)
        return out

    @cached_property
    def _numbers(self) -> dict[str, int]:
        c = self._col("staff_no")
        return {c.text(row).upper(): row for row in range(self._size) if c.text(row) and self._keys.first[row]}

    def candidates(self, text: str) -> list[int]:
        """The persons that a text may mean: by number, by both, else by name."""
        return self._candidates(text.strip()) or self._candidates(unicodedata.normalize("NFKC", text).strip())

    def _candidates(self, text: str) -> list[int]:
        if text.upper() in self._numbers:
            return [self._numbers[text.upper()]]
        if text in self._names:
            return self._names[text]
        m = _BOTH.fullmatch(text)
        if m:
            for a, b in ((m[1], m[2]), (m[2], m[1]), (m[3], m[4]), (m[6], m[5])):
                if a and b and a.upper() in self._numbers:
                    row = self._numbers[a.upper()]
                    return [row] if self._col("name").text(row) in (b.strip("()（） "), "") else []
        return []

    @cached_property
    def _doubled(self) -> Bools:
        """A number that stands on several rows names someone, but nothing more is concluded from it (judging.md §1)."""
        ids = self._col("staff_no").ids
        return self._keys.is_doubled(ids) if ids is not None else np.zeros(self._size, bool)

    def _damaged(self, text: str) -> bool:
        """Whether a damaged 工号 on 人员 should read so."""
        return bool(self._keys.shadow) and self._col("staff_no").names.known(text) in self._keys.shadow

    def resolve(self, texts: list[str], days: Ints) -> tuple[Ints, Bytes]:
        """Each text on its day (NO_DAY: unknown) → the person and FINE, UNKNOWN or SEVERAL.

        Without a day only being on 人员 is judged: namesakes are then no trouble, and nobody in particular.
        """
        person = np.full(len(texts), -1, np.int32)
        trouble = np.zeros(len(texts), np.uint8)
        known: dict[str, list[int]] = {}
        for i, text in enumerate(texts):
            who = known.get(text)
            if who is None:
                who = known[text] = self.candidates(text)
            if len(who) == 1:
                person[i] = -1 if self._doubled[who[0]] else who[0]
            elif not who:
                trouble[i] = FINE if self._damaged(text) else UNKNOWN
            elif days[i] != NO_DAY:
                then = [w for w in who if self.joined[w] <= days[i] <= self.left[w]]
                if len(then) == 1:
                    person[i] = then[0]
                else:
                    trouble[i] = SEVERAL
        return person, trouble

    def acting(self, column: Understood, days: Ints) -> Acting:
        """Judge a column that names staff; `days` dates the act of each row, NO_DAY where it is not known."""
        kind = column.column.kind
        assert isinstance(kind, StaffMember) and column.ids is not None
        n = len(column.state)
        person = np.full(n, -1, np.int32)
        trouble = np.zeros(n, np.uint8)
        if kind.several:
            named = self.named(column, days)
            backwards = named.row[::-1], named.trouble[::-1]
            told = backwards[1] != FINE
            trouble[backwards[0][told]] = backwards[1][told]  # the first in the cell speaks
            return Acting(person, trouble)
        rows = np.flatnonzero(column.ok)
        # one look at each (text, day): a ledger names few people very often
        names, which = distinct(column.ids[rows])
        dates, day = distinct(days[rows])
        pairs, inverse = distinct(which * max(len(dates), 1) + day)
        texts = [column.names[n] for n in names.tolist()]
        of_pair = np.divmod(pairs, max(len(dates), 1))
        who, what = self._judged(kind, [texts[i] for i in of_pair[0].tolist()], dates[of_pair[1]].astype(np.int32))
        person[rows], trouble[rows] = who[inverse], what[inverse]
        return Acting(person, trouble)

    def named(self, column: Understood, days: Ints) -> Named:
        """The people whom the cells of a column name, several in a cell, separated by 、."""
        kind = column.column.kind
        assert isinstance(kind, StaffMember)
        rows: list[int] = []
        texts: list[str] = []
        for row in np.flatnonzero(column.ok):
            pieces = [p.strip() for p in _SEVERAL.split(column.text(int(row))) if p.strip()]
            rows += [int(row)] * len(pieces)
            texts += pieces
        at = np.array(rows, np.int32)
        return Named(at, texts, *self._judged(kind, texts, days[at]))

    def _judged(self, kind: StaffMember, texts: list[str], when: Ints) -> tuple[Ints, Bytes]:
        """Who is meant, and what stands against the act."""
        who, what = self.resolve(texts, when)
        settled = (what == FINE) & (when != NO_DAY) & (who >= 0)
        i = np.flatnonzero(settled)
        p, d = who[i], when[i]
        joined = self.joined[p]
        away = ((joined != NO_DAY) & (d < joined)) | (d > self.left[p])
        what[i[away]] = NOT_EMPLOYED
        if kind.right:
            spans = self.spans(kind.right)
            readable = self._col("rights").state != 2  # a cell that cannot be read is told there, once
            lacking = np.array([bool(readable[w]) and not any(a <= day <= b for a, b in spans[w]) for w, day in zip(p, d, strict=True)], bool)
            what[i[lacking & ~away]] = NO_RIGHT
        if kind.right or kind.agreement:
            signed = self.agreement[p]
            late = (d < signed) & (signed != NO_DAY) & (what[i] == FINE)
            late &= ~(self.has_right[p] & (signed == ALWAYS))  # told once, on 人员
            what[i[late]] = NO_AGREEMENT
        return who, what
