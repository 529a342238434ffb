"""Files go to other places as one plan: each is told where to, no place is filled beyond 容量, and who has a file out is said. Pure.

Places are taken as they will be when all is moved: a file may take the place of one that leaves. Where a place has room only because others
leave, the moves are one act, taken together or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.places import Places, places
from ownerbook.procedures.registration import Act, said
from ownerbook.procedures.situation import Situation
from ownerbook.reconcile.change import NOTHING, Change, Origin, Said, Verdict
from ownerbook.reconcile.judging import needs_evidence
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import house_of, row_named
from ownerbook.schema.words import Text

_WHY = Text("移到别的位置", "moved to another place")
MOST_TOLD = 30
"""Refusals that are told one by one."""
NO_PLACES = Text("没有「位置」表，不能移架", "there is no sheet 位置, so nothing can be moved")


@dataclass(frozen=True, slots=True)
class Move:
    """A file and where it goes: a 位置编号, or the beginning of one (a shelf, a cabinet), whose first place with room is taken.

    was: where a list says that it stands, '' where it does not say. line: where that was written, for people.
    """

    file_no: str
    to: str
    was: str = ""
    line: str = ""


@dataclass(slots=True)
class _Going:
    """A move that can be made: the row of 档案, from which place (-1: none) to which."""

    move: Move
    row: int
    origin: int
    to: int


def move(register: Register, wanted: Sequence[Move], origin: Origin) -> Act:
    """The changes of 存放位置. against: moves that cannot be made, each with its reason; notes: what else is to be known."""
    act = Act()
    if any(s not in register.tables for s in ("files", "locations")):
        act.against.append(NO_PLACES)
        return act
    choosing = _Choosing(register, act)
    going = _within(choosing.all(wanted), choosing.places, act)
    _few(act)
    if not going:
        return act
    p, situation = choosing.places, Situation(register)
    bundle = _bundle(going, origin) if _leans(going, p) else ""
    verdict: Verdict = "evidence" if needs_evidence("files", BY_FIELD["files"].by_field["location"], register.policy) else "safe"
    table, lent = register.tables["files"], "loans" in register.tables
    for g in going:
        if g.to == g.origin:
            act.already += 1
            continue
        text, to = table.found("location", g.row), p.number[g.to]
        ours = Said(text, table.held("location", g.row)) if text else NOTHING
        key, house = table.found("file_no", g.row), house_of(register, "files", g.row)
        act.changes.append(Change("cell", "files", key, "location", ours, ours, said(to), origin, verdict, _WHY, house, row=g.row, bundle=bundle))
        loan = situation.loan(g.row) if lent else -1
        if loan >= 0:
            key, due = situation.key("loans", loan), situation.found("loans", "due_on", loan)
            zh = f"{g.move.file_no} 正借出（{key}，应还 {due or '未写'}），现在架上没有；归还时放到 {p.number[g.to]}"
            act.notes.append(Text(zh, f"{g.move.file_no} is out ({key}, due {due or '-'}); it goes to {p.number[g.to]} when it comes back"))
    return act


def _few(act: Act) -> None:
    """Of many refusals the first, and how many more there are: nobody reads a thousand lines."""
    more = len(act.against) - MOST_TOLD
    if more > 0:
        act.against[MOST_TOLD:] = [Text(f"另有 {more} 份同样没有采用", f"{more} more are left out")]


class _Choosing:
    """Finds the file and the place of each move."""

    def __init__(self, register: Register, act: Act) -> None:
        self.register, self.act = register, act
        self.places = places(Whole(register))
        self.free = (self.places.capacity - self.places.held).copy()
        self.seen: set[int] = set()
        self.named = {number: [n] for n, number in enumerate(self.places.number)}

    def all(self, wanted: Sequence[Move]) -> list[_Going]:
        """The moves that name a file that stands somewhere and a place that there is."""
        out = []
        for one in wanted:
            found = self._one(one)
            if found is not None:
                out.append(found)
        return out

    def _one(self, m: Move) -> _Going | None:
        where = f"{m.line}：" if m.line else ""
        row = row_named(self.register, "files", m.file_no)
        if row < 0:
            self._no(f"{where}「档案」里没有 {m.file_no}", f"{where}档案 does not hold {m.file_no}")
            return None
        status, at = self.register.tables["files"].found("status", row), self.register.tables["files"].found("location", row)
        if not self.places.standing[row]:
            self._no(f"{where}{m.file_no} 是「{status}」，没有可移的", f"{where}{m.file_no} is {status}; there is nothing to move")
            return None
        if m.was and m.was != at:
            zh = f"{where}{m.file_no} 现在登记在 {at or '（空）'}，清单上写的是 {m.was}；填表后变过，没有采用"
            self._no(zh, f"{where}{m.file_no} now stands at {at or '-'}, not at {m.was} as the list says; left out")
            return None
        if row in self.seen:
            self._no(f"{where}{m.file_no} 写了两次，只按第一次", f"{where}{m.file_no} is named twice; the first counts")
            return None
        under = self._under(m.to)
        if not under:
            near = "、".join(n for n in self.places.number if n.upper().startswith(m.to.strip().upper()[:3]))[:60]
            self._no(f"{where}「位置」里没有 {m.to}{'，有 ' + near if near else ''}", f"{where}位置 does not hold {m.to}")
            return None
        came = int(self.places.at[row])
        to = under[0] if len(under) == 1 else self._room(under, came)
        if to < 0:
            self._no(f"{where}{m.file_no}：{m.to} 下面没有空位", f"{where}{m.file_no}: no place under {m.to} has room")
            return None
        self.seen.add(row)
        if to != came:
            self.free[to] -= 1
            if came >= 0:
                self.free[came] += 1
        return _Going(m, row, came, to)

    def _under(self, to: str) -> list[int]:
        if to not in self.named:
            self.named[to] = self.places.under(to)
        return self.named[to]

    def _room(self, under: Sequence[int], came: int) -> int:
        """The first of several places with room; a file that stands at one of them stays."""
        if came in under:
            return came
        return next((n for n in under if self.free[n] > 0), -1)

    def _no(self, zh: str, en: str) -> None:
        self.act.against.append(Text(zh, en))


def _within(going: list[_Going], p: Places, act: Act) -> list[_Going]:
    """The moves after which no place that is moved to holds more than its 容量: the last that came are left out, until it fits."""
    while True:
        load = p.held.copy()
        arriving: dict[int, list[_Going]] = {}
        for g in going:
            if g.to == g.origin:
                continue
            load[g.to] += 1
            if g.origin >= 0:
                load[g.origin] -= 1
            arriving.setdefault(g.to, []).append(g)
        out: set[int] = set()
        for to, some in arriving.items():
            over = int(load[to] - max(0, p.capacity[to]))
            for g in some[-over:] if over > 0 else ():
                out.add(g.row)
                where, room = f"{g.move.line}：" if g.move.line else "", int(p.capacity[to])
                zh = f"{where}{p.number[to]} 放不下 {g.move.file_no}（容量 {room if room >= 0 else '不明'}，已放 {int(p.held[to])}），没有采用"
                act.against.append(Text(zh, f"{where}{p.number[to]} has no room for {g.move.file_no} ({int(p.held[to])} of {room}); left out"))
        if not out:
            return going
        going = [g for g in going if g.row not in out]


def _leans(going: Sequence[_Going], p: Places) -> bool:
    """Whether some place has room only because files leave it."""
    arriving = np.bincount([g.to for g in going if g.to != g.origin], minlength=len(p))
    return bool(((arriving > 0) & (p.held + arriving > p.capacity)).any())


def _bundle(going: Sequence[_Going], origin: Origin) -> str:
    told = "\x1e".join((origin.fingerprint, *(f"{g.move.file_no}\x1f{g.to}" for g in going)))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]
