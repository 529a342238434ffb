"""One whole reconciliation, by hand or by night: plans that came back are carried out, what may apply by itself is applied, the rest is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from ownerbook.jobs.answering import answer_back, lines_of
from ownerbook.jobs.applying import Applied, apply, find
from ownerbook.jobs.inbox import put_away
from ownerbook.jobs.plan_answers import of_other_lines
from ownerbook.jobs.reading import Progress
from ownerbook.jobs.receipts import hand_out
from ownerbook.jobs.reconciling import Round, choices_left, keep, reconcile, take_away
from ownerbook.jobs.unwritable import unwritable
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.reconcile.change import Choice, spread
from ownerbook.reports.file_names import part
from ownerbook.schema.words import Text
from ownerbook.storage import plans
from ownerbook.storage.atomic import print_of
from ownerbook.storage.within import within

INBOX = "收件箱"
PLAN = "变更方案"


@dataclass(slots=True)
class Went:
    """How a reconciliation went. found: the last look, after all that was written. applied: what was carried out, in order. path: the plan
    workbook, None where nothing is left to ask. reply: the problem workbook that goes back to who answered one, None for none. notes: what
    else is to be said; unusable: plans that came back and belong elsewhere; prints: receipts and labels of what was written."""

    found: Round
    applied: list[Applied] = field(default_factory=list)
    path: Path | None = None
    reply: Path | None = None
    notes: list[Text] = field(default_factory=list)
    unusable: list[Text] = field(default_factory=list)
    prints: list[Path] = field(default_factory=list)


def go(
    space: Workspace,
    today: date,
    *,
    at: datetime,
    files: Sequence[Path] = (),
    by: str = "",
    auto: bool = False,
    password: str | None = None,
    masked: bool = True,
    out: Path | None = None,
    answer: bool = False,
    progress: Progress | None = None,
) -> Went:
    """Reconcile, apply what is decided, and write the plan of the rest. by: who carries out; without it the settings' `reconcile.by`.

    answer: write back to who answered a problem workbook (of a night the day's own problem workbook does that).

    Raises Unusable, Held, JournalDamaged, PlanDamaged, OSError.
    """
    by = by or space.settings["reconcile.by"]
    named = list(files) or None
    went = Went(reconcile(space, today, at=at, files=named, password=password, progress=progress))
    came = went.found
    choices = _brought_back(space, went, today, at=at, by=by, password=password)
    if choices is not None:
        if named is not None:
            named = [p for p in named if p not in {i.path for i in came.inbox.files if i.kind == "plan"}]
        came = reconcile(space, today, at=at, files=named, password=password)
        came.preset = choices_left(came, choices)
    if auto and came.plan.safe:
        if by and space.settings["reconcile.auto"]:
            done = apply(space, keep(space, came, at=at), {}, today, at=at, by=by, auto=True, password=password)
            went.applied.append(done)
            if done.taken:
                came = reconcile(space, today, at=at, files=None if named is None else [], password=password)
        else:
            zh = "没有自行写入：设置 [reconcile] 里没有写 auto 和 by"
            went.notes.append(Text(zh, "nothing is written by itself: [reconcile] names no auto and by"))
    first, went.found = went.found, came
    if came is not first:  # what was typed in was told in the first look; what came in, too
        came.noted.edits, came.noted.bare = first.noted.edits, first.noted.bare
        came.notes = [*first.notes, *(n for n in came.notes if n not in first.notes)]
        if not came.inbox.files:
            came.inbox = first.inbox
    went.notes += unwritable(came.read.register, came.plan.changes)
    went.prints, unprinted = hand_out(space, went.applied, came.read, today)
    went.notes += unprinted
    if came.plan.changes:
        went.path = propose(space, came, today, at=at, masked=masked, out=out)
    elif came.usable or came.replaces:
        keep(space, came, at=at)
    if answer and any(n.outcome != "kept" for n in lines_of(first.inbox.files)):
        went.reply = answer_back(space, today, masked=masked, password=password)
    put_away(space, [i for i in came.inbox.files if i.again and i.path.is_relative_to(space.root / INBOX)], plan="", at=at)
    return went


def _brought_back(space: Workspace, went: Went, today: date, *, at: datetime, by: str, password: str | None) -> dict[str, Choice] | None:
    """Carry out the plans that lie among the files. Gives the choices of those that were refused because the register moved on; None where
    no plan came back."""
    came = [i for i in went.found.inbox.files if i.kind == "plan" and i.plan is not None]
    if not came:
        return None
    choices: dict[str, Choice] = {}
    for one in came:
        assert one.plan is not None
        try:
            kept = find(space, one.plan.plan)
            others, complaints = of_other_lines(kept.plan, one.plan)
            went.unusable += [Text(f"{one.path.name}：{c.zh}", f"{one.path.name}: {c.en}") for c in complaints]
            one.plan.choices = {i: c for i, c in one.plan.choices.items() if i not in others}
            done = apply(space, kept, one.plan.choices, today, at=at, by=by, password=password)
        except (Unusable, plans.PlanDamaged) as error:
            went.unusable.append(Text(f"{one.path.name}：{error.message.zh}", f"{one.path.name}: {error.message.en}"))
            continue
        went.applied.append(done)
        if done.plan.state == "applied":
            take_away(space, done.plan)
        if done.moved:
            choices |= one.plan.choices
        else:  # what was chosen and could not be written (a paper that is to come) stands in the next plan as it was chosen
            mine = spread(done.plan.plan, one.plan.choices)
            choices |= {c.id: mine[c.id] for c, _ in done.left if c.id in mine}
        if (done.moved or not done.refused) and one.path.is_relative_to(space.root / INBOX):
            put_away(space, [one], plan=one.plan.plan, at=at)
    return choices


def propose(space: Workspace, found: Round, today: date, *, at: datetime, masked: bool, out: Path | None = None, name: str = PLAN) -> Path:
    """Keep the plan and write its workbook. One that lies there already is never written over: somebody may be filling it in."""
    from ownerbook.reports.change_plan import write_change_plan

    kept = keep(space, found, at=at)
    before = within(space.root, kept.workbook[0])
    if before is not None and before.is_file() and out is None:
        return before  # nothing has changed since it was written
    path = _free(out or space.root / space.settings["reports.folder"] / f"{part(name)}_{today.isoformat()}.xlsx")
    path.parent.mkdir(parents=True, exist_ok=True)
    title = space.settings["workspace.name"]
    told = [*found.plan.notes, *unwritable(found.read.register, found.plan.changes), *(c for i in found.usable for c in i.complaints)]
    write_change_plan(path, replace(found.plan, notes=told), as_of=today, workspace=title, problems=found.brings, masked=masked, preset=found.preset)
    if path.is_relative_to(space.root):
        kept.workbook = (path.relative_to(space.root).as_posix(), print_of(path))
        plans.save(space.root, kept)
    return path


def _free(path: Path) -> Path:
    for n in range(1, 1000):
        tried = path if n == 1 else path.with_name(f"{path.stem}({n}){path.suffix}")
        if not tried.exists():
            return tried
    return path
