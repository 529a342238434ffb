"""待核实 on today's page: how many problems each of who answered so is still to verify, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from ownerbook.deadlines.agenda import NONE, Item
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.duty import Duties
from ownerbook.reconcile.open_answers import OpenAnswer
from ownerbook.register.declare import CLERK
from ownerbook.register.persons import FINE
from ownerbook.register.readers.days import EPOCH
from ownerbook.register.register import Register
from ownerbook.schema.words import Text


def items_of(register: Register, answers: Sequence[OpenAnswer]) -> list[Item]:
    """A line for each person who answered 待核实 and is still employed; what nobody else has to verify is for who holds 档案经办."""
    today = register.today
    groups: dict[tuple[int, ...], list[OpenAnswer]] = {}
    duties = Duties(Whole(register), today.toordinal() - EPOCH)
    asker: dict[str, tuple[int, ...]] = {}
    for a in answers:
        if a.answer != "待核实":
            continue
        if a.who not in asker:
            asker[a.who] = _person(register, duties, a.who, today) or duties.holders(CLERK)
        groups.setdefault(asker[a.who], []).append(a)
    return [_item(who, mine, today) for who, mine in groups.items()]


def _person(register: Register, duties: Duties, who: str, today: date) -> tuple[int, ...]:
    if not who.strip() or not duties.there:
        return ()
    found, trouble = register.persons.resolve([who], np.array([today.toordinal() - EPOCH], np.int32))
    return (int(found[0]),) if int(trouble[0]) == FINE and int(found[0]) in duties.employed else ()


def _item(who: tuple[int, ...], mine: Sequence[OpenAnswer], today: date) -> Item:
    return Item("answers", NONE, "houses", -1, summed(mine, today)[0], who, CLERK)


def summed(answers: Sequence[OpenAnswer], today: date) -> list[Text]:
    """How many problems are to be verified, and for how long, in one line; nothing for none."""
    mine = [a for a in answers if a.answer == "待核实"]
    if not mine:
        return []
    days = max(a.age(today) for a in mine)
    return [Text(f"问题清单里待核实 {len(mine)} 条，最久 {days} 天", f"{len(mine)} problems to be verified, for up to {days} days")]
