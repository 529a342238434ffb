"""Base, ours, theirs: what theirs asks of the register, row by row and cell by cell. Nothing of theirs is lost in silence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ownerbook.reconcile.change import Change, Origin
from ownerbook.reconcile.renaming import votes_of
from ownerbook.reconcile.sheet_merge import SheetMerge
from ownerbook.reconcile.sides import Sides
from ownerbook.reconcile.telling import OURS, THEIRS, Incoming
from ownerbook.register.register import Register
from ownerbook.register.sheets import SHEETS
from ownerbook.schema.words import Text


@dataclass
class Merged:
    """What a merge gives.

    already: edits of theirs that the register holds; notes: what was not compared, for people. there: for each change its row in theirs, -1
    for none.
    """

    changes: list[Change] = field(default_factory=list)
    already: int = 0
    notes: list[Text] = field(default_factory=list)
    there: list[int] = field(default_factory=list)


def merge(
    base: Register | None,
    ours: Register,
    theirs: Register,
    origin: Origin,
    *,
    complete: bool,
    columns: Mapping[str, Collection[str]] | None = None,
) -> Merged:
    """Merge an incoming register into ours by what both were before.

    base: what theirs was made from, None where that is not known: then a blank of theirs says nothing, and a value that differs
    from one of ours is asked. complete: theirs holds every row of the base, so that a row it lacks was taken out. columns: sheet →
    fields that theirs carries, by field names; None takes those that its workbooks hold. The policy of ours is in force.
    """
    out = Merged()
    three = base is not None
    registers = [base if base is not None else ours, ours, theirs]
    sides = Sides(registers, ours.policy, ours.today)
    given = Incoming(origin, three, complete and three, columns)
    merges = []
    for sheet in SHEETS:
        if sheet.field not in theirs.tables:
            if given.complete and sheet.field in registers[0].tables and len(registers[0].tables[sheet.field]) and columns is None:
                zh, en = f"来件里没有「{sheet.name}」表，没有对这张表", f"the incoming side has no sheet {sheet.name}; it was not compared"
                out.notes.append(Text(zh, en))
            continue
        merges.append(SheetMerge(sides.sheet(sheet), ours, given))
    votes = {side: votes_of(merges, side) for side in (OURS, THEIRS)}
    for one in merges:
        one.pair({side: v.get(one.stack.sheet.field, {}) for side, v in votes.items()})
        out.changes += one.changes()
        out.there += one.there
        out.already += one.already
        out.notes += one.notes
    return out
