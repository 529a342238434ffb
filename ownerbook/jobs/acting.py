"""A plan that a command makes: kept and shown like any other, and carried out at once only after a yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from ownerbook.jobs.applying import Applied, apply
from ownerbook.jobs.inbox import Inbox
from ownerbook.jobs.noting import Noted
from ownerbook.jobs.reading import read_register
from ownerbook.jobs.receipts import hand_out
from ownerbook.jobs.reconciling import Round, brought, keep
from ownerbook.jobs.registering import graves
from ownerbook.jobs.rounds import propose
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.reconcile.change import Change, Choice, Plan
from ownerbook.reconcile.story import Story
from ownerbook.schema.words import Text


@dataclass(slots=True)
class Acted:
    """What came of a command. found: the plan and what it would bring; path: its workbook, None where nothing is left to ask or nothing was to
    be written; applied: what was carried out, None without a yes; prints: receipts and labels of it. held: what the yes did not take, and why."""

    found: Round
    path: Path | None = None
    applied: Applied | None = None
    prints: list[Path] = field(default_factory=list)
    held: list[Text] = field(default_factory=list)


def act(
    space: Workspace,
    noted: Noted,
    changes: Sequence[Change],
    today: date,
    *,
    at: datetime,
    name: str,
    notes: Sequence[Text] = (),
    already: int = 0,
    by: str = "",
    yes: bool = False,
    masked: bool = True,
    out: Path | None = None,
    write: bool = True,
    password: str | None = None,
    stories: Mapping[str, Story] | None = None,
    agreed: str = "",
) -> Acted:
    """Make a plan of changes whose origin is `act`, and keep it. name: of its workbook in the folder of reports.

    yes: all but the questions are taken by `by`, together or not at all; what is left is asked in the workbook. write: without it nothing at
    all is written. stories: bundle → what the act comes to, of acts that are shown and chosen as one. agreed: who agrees, who has the right 审核,
    where that is not `by`. Raises Unusable where there is a yes and nobody who says it, Held, JournalDamaged, OSError.
    """
    origins = list(dict.fromkeys(c.origin for c in changes))
    made = Acted(Round(noted, Plan(dict(noted.read.fingerprints), list(changes), origins, already, list(notes)), Inbox(), notes=list(notes)))
    made.found.plan.stories = dict(stories or {})
    if not changes:
        return made
    made.found.brings = brought(noted.read, changes, space.settings["check.ignore"])
    if not write:
        return made
    if not yes:
        made.path = propose(space, made.found, today, at=at, masked=masked, out=out, name=name)
        return made
    by = by or space.settings["reconcile.by"]
    if not by:
        raise Unusable(Text("写入前请用 --by 写明谁经办（工号或姓名）", "say with --by who carries it out (number or name) before it is written"))
    waits = _held(made)
    choices = {c.id: Choice("采用", who=agreed or by) for c in changes if c.verdict != "question" and c.bundle not in waits}
    if waits and not choices:
        made.path = propose(space, made.found, today, at=at, masked=masked, out=out, name=name)
        return made
    kept = keep(space, made.found, at=at)
    made.applied = apply(space, kept, choices, today, at=at, by=by, password=password, read=noted.read)
    if made.applied.taken and made.found.plan.stories:
        made.prints, unprinted = hand_out(space, [made.applied], read_register(space, today, password=password), today)
        made.applied.notes += unprinted
    if made.applied.left and not made.applied.moved:
        made.found.preset = {c.id: choices[c.id] for c, _ in made.applied.left if c.id in choices}
        made.path = propose(space, made.found, today, at=at, masked=masked, out=out, name=name)
    return made


def _held(made: Acted) -> set[str]:
    """Bundles of acts that would bring errors: a yes on the command line takes them no more than it takes such a form."""
    acts: dict[str, list[Change]] = {}
    for c in made.found.plan.changes:
        if c.bundle in made.found.plan.stories:
            acts.setdefault(c.bundle, []).append(c)
    out = set[str]()
    for bundle, changes in acts.items():
        if (why := graves(made.found, changes, placeless=True)) is not None:
            title = made.found.plan.stories[bundle].title
            made.held.append(Text(f"没有写入 {title.zh}：{why.zh}", f"not written: {title.en}: {why.en}"))
            out.add(bundle)
    return out
