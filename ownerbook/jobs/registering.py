"""Filled registration forms from anywhere: looked at with the register as one plan, and written after a yes with the prints that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from ownerbook.jobs.applying import Applied, apply
from ownerbook.jobs.receipts import hand_out
from ownerbook.jobs.reconciling import Round, keep, reconcile
from ownerbook.jobs.rounds import propose
from ownerbook.jobs.unwritable import unwritable
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.reconcile.change import Change, Choice, Plan, whole
from ownerbook.reports.act_lines import OWED
from ownerbook.schema.words import Text

KINDS = ("registration", "handover", "house-change")
MOST_HELD = 20
_TOLD_BEFORE = ("I05",)
"""Of a list of many houses: what the page says of all of them at once (files for which there is no place yet) holds up none."""


@dataclass(slots=True)
class Taken:
    """What came of forms. first: as they were shown; found: what is left after a yes (the same without one). applied: what was carried out, None
    without a yes. held: acts that were not taken by the yes, with the reason. prints: receipts and labels. refused: forms of which nothing is
    proposed; path: the plan's workbook, None where nothing is left to ask."""

    first: Round
    found: Round
    applied: Applied | None = None
    held: list[Text] = field(default_factory=list)
    refused: list[Text] = field(default_factory=list)
    prints: list[Path] = field(default_factory=list)
    path: Path | None = None

    def mine(self) -> tuple[Plan, int]:
        """What these forms ask, of the plan as it was shown; and how many changes of earlier files wait beside them."""
        whole_plan, came = self.first.plan, [i.origin for i in self.first.inbox.files]
        prints, names = {o.fingerprint for o in came}, {o.name for o in came}
        changes = [c for c in whole_plan.changes if c.origin.fingerprint in prints]
        earlier = {o.name for o in whole_plan.sources if o.fingerprint not in prints} - names
        notes = [n for n in whole_plan.notes if n.zh.partition("：")[0] not in earlier]
        stories = {act: whole_plan.stories[act] for c in changes if (act := whole(c.bundle)) in whole_plan.stories}
        return replace(whole_plan, changes=changes, sources=came, notes=notes, stories=stories), len(whole_plan.changes) - len(changes)


def take(
    space: Workspace,
    files: Sequence[Path],
    today: date,
    *,
    at: datetime,
    by: str = "",
    agreed: str = "",
    yes: bool = False,
    masked: bool = True,
    out: Path | None = None,
    write: bool = True,
    password: str | None = None,
) -> Taken:
    """Look at forms, wherever they lie, and propose; with a yes carry out what they ask.

    by: who carries out; agreed: who agrees (needs 审核), else `by`. A yes takes every act of these forms against which nothing speaks: one that
    would bring an error, needs a paper that did not come, or holds a question waits in the plan's workbook. write: without it nothing at all is
    written. Raises Unusable for a file that is no registration form, a register that is not whole or a yes that nobody says, Held,
    JournalDamaged, OSError.
    """
    by = by or space.settings["reconcile.by"]
    if yes and not by:
        raise Unusable(Text("写入前请用 --by 写明谁经办（工号或姓名）", "say with --by who carries it out (number or name) before it is written"))
    first = reconcile(space, today, at=at, files=files, password=password, write=write, handed=by)
    for path, why in first.inbox.left:
        raise Unusable(Text(f"{path.name} 没有办理：{why.zh}", f"{path.name} is not taken: {why.en}"))
    for one in first.inbox.files:
        if one.kind not in KINDS:
            zh = f"{one.path.name} 不是业主登记表、租户登记表、交房清单或房屋变更登记表；请放进收件箱，或用 ownerbook reconcile"
            raise Unusable(Text(zh, f"{one.path.name} is no registration form; put it into 收件箱, or use ownerbook reconcile"))
    first.plan.notes += unwritable(first.read.register, first.plan.changes)
    made = Taken(first, first, refused=[Text(f"{i.path.name}：{c.zh}", f"{i.path.name}: {c.en}") for i in first.inbox.files for c in i.complaints])
    if not write:
        return made
    prints = {i.origin.fingerprint for i in first.inbox.files}
    if yes and (choices := _choices(first, prints, agreed or by, made.held)):
        kept = keep(space, first, at=at)
        made.applied = apply(space, kept, choices, today, at=at, by=by, password=password)
        made.found = reconcile(space, today, at=at, files=[], password=password)
        made.prints, unprinted = hand_out(space, [made.applied], made.found.read, today)
        made.held += unprinted
    if made.found.plan.changes:
        made.found.plan.notes += [n for n in unwritable(made.found.read.register, made.found.plan.changes) if n not in made.found.plan.notes]
        made.path = propose(space, made.found, today, at=at, masked=masked, out=out)
    elif made.found.usable or made.found.replaces:
        keep(space, made.found, at=at)
    return made


def _choices(found: Round, prints: set[str], who: str, held: list[Text]) -> dict[str, Choice]:
    """The yes for each act of these forms that can be taken; the others are told."""
    acts: dict[str, list[Change]] = {}
    for c in found.plan.changes:
        if c.bundle and c.origin.fingerprint in prints:
            acts.setdefault(c.bundle, []).append(c)
    out: dict[str, Choice] = {}
    before = len(held)
    for bundle, changes in acts.items():
        why = _waits(found, changes)
        title = found.plan.stories[bundle].title if bundle in found.plan.stories else Text(changes[0].house, changes[0].house)
        if why is None:
            out |= {c.id: Choice("采用", who=who) for c in changes}
        else:
            held.append(Text(f"没有写入 {title.zh}：{why.zh}", f"not written: {title.en}: {why.en}"))
    if (more := len(held) - before - MOST_HELD) > 0:
        del held[before + MOST_HELD :]
        held.append(Text(f"另有 {more} 件没有写入，见变更方案", f"{more} more are not written; see the plan"))
    return out


def _waits(found: Round, changes: Sequence[Change]) -> Text | None:
    """Why an act is not taken by a yes alone, None where it is."""
    asked = next((c for c in changes if c.verdict == "question"), None)
    if asked is not None:
        return asked.why
    if any(c.verdict == "evidence" and not c.evidence for c in changes):
        return Text("没有证明材料，请在变更方案上写材料编号", "no paper proves it; name one in the plan's workbook")
    return graves(found, changes)


def graves(found: Round, changes: Sequence[Change], *, placeless: bool = False) -> Text | None:
    """What holds an act back because the register would be worse for it: errors that it would bring, other than papers that are owed and, of a
    batch or where `placeless`, places. None where it may be written."""
    errors = [f for c in changes for f in found.brings.get(c.id, ()) if f.severity == "error" and f.code not in OWED]
    if placeless or whole(changes[0].bundle) != changes[0].bundle:
        errors = [f for f in errors if not f.code.startswith(_TOLD_BEFORE)]
    if not errors:
        return None
    told = errors[0]
    zh = f"写入后会多出 {len(errors)} 处错误（{told.code} {told.say('zh', masked=True)}）；请改表重交，或在变更方案上选采用"
    en = f"it would bring {len(errors)} errors ({told.code} {told.say('en', masked=True)}); correct the form, or choose 采用 in the plan"
    return Text(zh, en)
