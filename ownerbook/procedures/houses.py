"""Houses that get another number, are divided, or are joined: an act each over all sheets that name them. Pure.

A 档号 never changes and a row is never deleted (register.md 档案, judging.md §6): files keep their numbers and follow the house; what a house
was called stands on 变更, and a done change of 房屋.房号 justifies the older number inside a 档号.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ownerbook.procedures.numbers import Numbers
from ownerbook.procedures.registration import Act, Line
from ownerbook.procedures.situation import Situation
from ownerbook.reconcile.change import Origin, Said
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.register.register import Register

RENUMBER, DIVIDE, JOIN = "改号", "分割", "合并"
KINDS = (RENUMBER, DIVIDE, JOIN)


@dataclass(frozen=True)
class HousePart:
    """A house as it is to be. number: 房号 as written; facts: fields of 房屋 that are said of it; place: where it stands on the form."""

    number: str
    facts: Mapping[str, Said] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True)
class HouseChange:
    """One renumbering, division or joining.

    kind: of KINDS; old: numbers as the register has them; new: what they become. day: from which on; clerk: who enters it; reason: on what it
    rests; evidence: 材料编号 of a paper that is there; papers: that came with the form; appraiser: of a file that is closed by joining.
    """

    kind: str
    old: tuple[str, ...]
    new: tuple[HousePart, ...]
    origin: Origin
    day: date | None = None
    clerk: str = ""
    reason: str = ""
    evidence: str = ""
    papers: tuple[Line, ...] = ()
    appraiser: str = ""

    @property
    def act(self) -> str:
        """Names the act: the same form gives the same name."""
        raw = "\x1e".join((self.kind, *self.old, "\x1f", *(p.number for p in self.new), self.origin.fingerprint, self.origin.place))
        return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def change_houses(register: Register, groups: Sequence[Sequence[HouseChange]], numbers: Numbers | None = None) -> list[list[Act]]:
    """What becomes of changes, by group (a form, a command). Several renumberings of a group are one act, told in a table. Raises nothing
    for what staff write."""
    from ownerbook.procedures.dividing import divided
    from ownerbook.procedures.joining import joined
    from ownerbook.procedures.renumbering import renumbered

    numbers, situation = numbers or Numbers(register), Situation(register)
    met: set[str] = set()
    out: list[list[Act]] = []
    for group in groups:
        acts: list[Act] = []
        again = [c for c in group if c.kind == RENUMBER]
        for change in group:
            if change.kind == RENUMBER:
                continue
            if why := twice(situation, change, met):
                acts.append(Act(change.old[0] if change.old else "", against=[why]))
            else:
                acts.append((divided if change.kind == DIVIDE else joined)(register, situation, numbers, change))
                met |= _named(situation, change)
        if again:
            fresh: list[HouseChange] = []
            for change in again:
                if why := twice(situation, change, met):
                    acts.append(Act(change.old[0], against=[why]))
                else:
                    fresh.append(change)
                    met |= _named(situation, change)
            acts += renumbered(register, situation, fresh)
        out.append(acts)
    return out


def _named(situation: Situation, change: HouseChange) -> set[str]:
    return {situation.canonical(h) or h for h in change.old}


def twice(situation: Situation, change: HouseChange, met: set[str]) -> Text | None:
    """Why a house that another change of the round is about is not changed again."""
    both = sorted(_named(situation, change) & met)
    if not both:
        return None
    zh = f"{'、'.join(both)} 在同一批里已有另一项房屋变更，请先办完那一项"
    return Text(zh, f"{', '.join(both)}: another change of it stands in the same round")
