"""Carrying out what was chosen in a plan: all its workbooks together or none, once however often it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ownerbook.jobs.proposing import edits
from ownerbook.jobs.reading import Read, read_register
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.jobs.writing import Written, write_edits
from ownerbook.reconcile.change import Change, Choice, Value, spread
from ownerbook.reconcile.decided import WAITS, Decided, decided
from ownerbook.reconcile.recorded import Recorded
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import house_of, house_of_values
from ownerbook.schema.words import Text
from ownerbook.storage import plans
from ownerbook.storage.journal import Journal


@dataclass(slots=True)
class Applied:
    """What came of a plan. taken: written, with the value; kept: left as they were by choice; left: not written, and why; before: done at an
    earlier time. refused: why nothing was written. notes: what else is to be said."""

    plan: plans.Kept
    taken: list[tuple[Change, Value]] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    left: list[tuple[Change, Text]] = field(default_factory=list)
    before: list[Change] = field(default_factory=list)
    refused: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    written: Written | None = None
    moved: bool = False


def find(space: Workspace, plan_id: str) -> plans.Kept:
    """A kept plan. Raises Unusable where this workspace made none of that id, PlanDamaged where it is not what was kept."""
    kept = plans.load(space.root, plan_id)
    if kept is None:
        zh = f"这个工作区没有编号为 {plan_id or '（空）'} 的方案；方案只能在做出它的工作区采用"
        raise Unusable(Text(zh, f"this workspace made no plan {plan_id}; a plan is applied where it was made"))
    if not plans.as_told(kept, plans.told(space.root, [plan_id]).get(plan_id)):
        raise plans.PlanDamaged(plan_id, changed=True)
    return kept


def apply(
    space: Workspace,
    kept: plans.Kept,
    choices: Mapping[str, Choice],
    today: date,
    *,
    at: datetime,
    by: str,
    auto: bool = False,
    password: str | None = None,
    read: Read | None = None,
) -> Applied:
    """Carry out a plan. choices: by id of a change, or for a whole act by its bundle. by: who carries it out, 工号 or name. auto: safe changes
    without a choice are taken, as far as the settings list them.

    Refused, with nothing written, where the register is no longer what the plan was made from. Raises Unusable, JournalDamaged, OSError.
    """
    out, choices = Applied(kept), spread(kept.plan, choices)
    done = _done(space, kept)
    settled = {**kept.settled, **done}
    out.before = [c for c in kept.plan.changes if c.id in settled]
    todo = [c for c in kept.plan.changes if c.id not in settled]
    if kept.state == "superseded":
        out.moved = True
        zh = f"这个方案已被新方案 {kept.replaced_by[:8]} 代替，请在新方案上选择"
        out.refused.append(Text(zh, f"this plan was replaced by {kept.replaced_by[:8]}; choose in the new one"))
        return out
    if not todo:
        out.notes.append(Text("这个方案已经全部办过，没有再写", "this plan was carried out before; nothing was written again"))
        return out
    chosen = {i: c for i, c in choices.items() if i not in settled}
    if not chosen and not auto:
        out.left = [(c, WAITS) for c in todo]
        return out
    read = read or read_register(space, today, password=password)
    moved = _moved(kept, read.fingerprints)
    if moved:
        out.moved = True
        again = kept.plan.sources and kept.plan.sources[0].came in ("undo", "act")
        cure = Text("请重新运行那条命令", "run the command again") if again else Text("选过的会带到新方案里", "choices go over into a new plan")
        zh = f"方案做出之后 {'、'.join(moved)} 又改过，没有采用；{cure.zh}"
        out.refused.append(Text(zh, f"{', '.join(moved)} changed since the plan was made, and nothing was applied; {cure.en}"))
        return out
    allowed = space.settings["reconcile.auto"] if auto else None
    result = decided(read.register, todo, chosen, by=by, today=today, auto=auto, allowed=allowed)
    out.left, out.kept = list(result.left), list(result.kept)
    if result.taken:
        recorded = _recorded(read.register, result, by)
        about = {
            "act": "reconcile",
            "plan": kept.plan.id,
            "by": by,
            "cells": len(result.proposal.values),
            "rows": len(result.proposal.rows),
            "taken": [c.id for c, _ in result.taken],
        }
        written = write_edits(
            space, edits(read.register, result.proposal), read.fingerprints, about=about, recorded=recorded, at=at, password=password
        )
        out.written = written
        out.notes += written.notes
        if written.refused:
            out.refused += written.refused
            out.kept = []
            return out
        out.taken = list(result.taken)
    _settle(space, kept, out, choices)
    return out


def _done(space: Workspace, kept: plans.Kept) -> dict[str, str]:
    """Changes of this plan that the journal says are written: true even where the program stopped before the plan said so."""
    out: dict[str, str] = {}
    kept.stands_on = dict(kept.plan.made_from)
    for entry in Journal(space.root).entries("applied"):
        if entry.data.get("plan") == kept.plan.id:
            out |= dict.fromkeys(map(str, entry.data.get("taken", ())), "采用")
            kept.stands_on |= {str(n): str(after) for n, _, after in entry.data["files"]}
    return out


def _moved(kept: plans.Kept, now: Mapping[str, str]) -> list[str]:
    return sorted(n for n in {*kept.stands_on, *now} if kept.stands_on.get(n) != now.get(n))


def _settle(space: Workspace, kept: plans.Kept, out: Applied, choices: Mapping[str, Choice]) -> None:
    """Note in the plan what is decided; it is over when nothing is left."""
    kept.settled |= {c.id: choices[c.id].choice if c.id in choices else "采用" for c, _ in out.taken}
    kept.settled |= {name: "保留" for c in out.kept for name in (c.id, c.asked)}
    kept.settled |= {c.id: "采用" for c in out.before if c.id not in kept.settled}
    if all(c.id in kept.settled for c in kept.plan.changes):
        kept.state = "applied"
    _done(space, kept)
    plans.save(space.root, kept)


def _recorded(register: Register, result: Decided, by: str) -> list[Recorded]:
    """What is written, as the history tells it: each cell under the change that asked for it, the 变更 rows after them."""
    why: dict[tuple[str, int, str], Change] = {}
    rows: dict[tuple[str, str], Change] = {}
    for c, value in result.taken:
        if c.kind in ("new", "unsure"):
            rows[c.sheet, str(value)] = c
        why[c.sheet, c.row, c.field] = c
    of_row = {(s, r): c for (s, r, _), c in why.items()}
    out = []
    for v in result.proposal.values:
        table = register.tables[v.sheet]
        change = (
            why.get((v.sheet, v.row, v.field)) or of_row.get((v.sheet, v.row)) or rows.get((v.sheet, table.found(BY_FIELD[v.sheet].key.field, v.row)))
        )
        key = table.found(BY_FIELD[v.sheet].key.field, v.row)
        place = str(table.place(v.row, v.field))
        house = house_of(register, v.sheet, v.row)
        base = Recorded("cell", v.sheet, key, house, v.field, table.held(v.field, v.row), v.value, place=place, came="list", who=by)
        out.append(_from(base, change, by))
    for n in result.proposal.rows:
        key = str(n.values.get(BY_FIELD[n.sheet].key.field, ""))
        house = house_of_values(register, n.sheet, n.values)
        out.append(_from(Recorded("new", n.sheet, key, house, values=dict(n.values), came="act", who=by), rows.get((n.sheet, key)), by))
    return out


def _from(one: Recorded, change: Change | None, by: str) -> Recorded:
    if change is None:
        return replace(one, came="act") if one.came == "list" else one
    o = change.origin
    source = o.place if o.place.startswith(o.name) else f"{o.name} {o.place}".strip()
    return replace(one, came=o.came, source=source, who=by, paper=change.evidence, change=change.id)
