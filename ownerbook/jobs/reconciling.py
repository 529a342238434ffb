"""Reconciling: what came in, merged with the register into one plan that people read. Nothing of the register is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from ownerbook.jobs.answering import ask_waivers, record, waits_in
from ownerbook.jobs.filled import proposal
from ownerbook.jobs.inbox import Inbox, look, put_away
from ownerbook.jobs.incoming import Incoming
from ownerbook.jobs.missing_parts import lacking
from ownerbook.jobs.noting import Noted, note
from ownerbook.jobs.planned_acts import HANDED, KINDS, plan_acts
from ownerbook.jobs.reading import Progress, Read
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.reconcile.cell import from_cells
from ownerbook.reconcile.change import Change, Choice, Origin, Plan, spread, whole
from ownerbook.reconcile.from_proposal import as_changes
from ownerbook.reconcile.joined import joined
from ownerbook.reconcile.merge import Merged, merge
from ownerbook.register.register import Register
from ownerbook.schema.finding import Finding
from ownerbook.schema.words import Text
from ownerbook.storage import plans
from ownerbook.storage.atomic import print_of
from ownerbook.storage.journal import Journal
from ownerbook.storage.lease import writing
from ownerbook.storage.versions import Versions
from ownerbook.storage.within import within

ENTRY = plans.ENTRY


@dataclass(slots=True)
class Round:
    """One reconciliation. plan: what is proposed; brings: id of a change → problems that it would bring; inbox: what came in.

    settled: changes of earlier plans on which somebody has decided already; they are not in the plan again. replaces: open plans of which
    this one takes over what is left; damaged: ids of plans that cannot be read. files: what it was made of, name → SHA-256. notes: to be said.
    """

    noted: Noted
    plan: Plan
    inbox: Inbox
    brings: dict[str, list[Finding]] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    replaces: list[plans.Kept] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    preset: dict[str, Choice] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)

    @property
    def read(self) -> Read:
        """The register as it is now."""
        return self.noted.read

    @property
    def unread(self) -> bool:
        """Whether something that came is not in the plan though somebody waits for it: a file that was left, or could not be taken now."""
        strange = any(i.kind == "unknown" for i in self.inbox.files)
        return strange or bool(self.inbox.left) or bool(set(self.files.values()) - {o.fingerprint for o in self.plan.sources})

    @property
    def usable(self) -> list[Incoming]:
        """Incoming files that go into the plan."""
        return [i for i in self.inbox.files if i.kind in ("form", "copy", "list", "answers", "filled", *KINDS) and not i.again]


def reconcile(
    space: Workspace,
    today: date,
    *,
    at: datetime,
    files: Sequence[Path] | None = None,
    password: str | None = None,
    progress: Progress | None = None,
    write: bool = True,
    handed: str | None = None,
) -> Round:
    """Look at the inbox (or at the files named: then not at the inbox), and propose. write: without it nothing at all is written. handed: files
    named that are no forms are developers' lists, in whatever columns; who registers, '' for nobody.

    What earlier plans left open is proposed again from the files that they were made of. Raises Unusable, Held, JournalDamaged, OSError.
    """
    noted = note(space, today, at=at, password=password, progress=progress, write=write)
    inbox = _named(space, noted.read, files, password, handed) if files is not None else look(space, noted.read, password=password)
    register = noted.read.register
    out = Round(noted, Plan(dict(noted.read.fingerprints)), inbox, notes=list(noted.notes))
    standing, out.damaged = plans.open_plans(space.root)
    merged: list[tuple[Incoming, Merged]] = []
    torn = lacking(noted)
    for one in out.usable:
        try:
            merged.append((one, _merged(register, one, torn)))
        except Unusable as error:  # a filled list that does not say who audited, or that the register has no sheet for, stays where it is
            inbox.files.remove(one)
            inbox.left.append((one.path, error.message))
    fresh = {i.origin.fingerprint for i in out.usable}
    for kept in standing:
        if not kept.files:
            continue  # an undoing: it is no file that could be read again, and waits by itself
        out.replaces.append(kept)
        out.settled |= kept.settled
        again, lost = _once_more(space, noted.read, kept, password)
        for one in (i for i in again if i.origin.fingerprint not in fresh):
            try:
                merged.append((one, _merged(register, one, torn)))
            except Unusable as error:  # it is kept with the plan, and tried again the next time
                out.files[one.origin.name] = one.origin.fingerprint
                lost.append(Text(f"{one.origin.name}：{error.message.zh}", f"{one.origin.name}: {error.message.en}"))
        out.notes += lost
    stories = plan_acts(register, merged)
    out.notes += ask_waivers(register, merged)
    over = _acts_over(standing)
    merged = [(one, found) for one, found in merged if not _carried_out(one, found, over)]
    for one, found in merged:
        _keep_name(out.files, one.origin)
        out.plan.sources.append(one.origin)
        out.plan.already += found.already
        out.notes += [Text(f"{one.origin.name}：{n.zh}", f"{one.origin.name}: {n.en}") for n in found.notes]
    changes = joined([c for _, found in merged for c in found.changes])
    # what a new file asks is asked, also where the same was refused before
    out.plan.changes = [c for c in changes if c.origin.fingerprint in fresh or not _settled(c, out.settled, over)]
    out.plan.stories = {act: stories[act] for c in out.plan.changes if (act := whole(c.bundle)) in stories}
    open_ = {name for c in out.plan.changes for name in (c.id, c.asked)}
    out.settled = {name: what for name, what in out.settled.items() if name not in open_}
    for one, _ in merged:
        if one.kind == "answers" and not waits_in(one, out.plan.changes):
            out.files.pop(one.origin.name, None)  # nothing of it is left to choose: it need not be read again
    out.notes = [*_lost_plans(space, out.damaged, out.plan.id), *out.notes]
    out.plan.notes = list(out.notes)
    out.brings = brought(noted.read, out.plan.changes, space.settings["check.ignore"]) if out.plan.changes else {}
    return out


def _carried_out(one: Incoming, found: Merged, over: Collection[str]) -> bool:
    """Whether a form of an earlier plan has nothing left to ask: its acts are done, or what it asks stands in the register already."""
    if one.kind != "registration" or one.path.parent.name != "versions":
        return False
    refused = any("没有采用：" in n.zh for n in found.notes)
    return not found.changes and (not refused or all(form.bundle in over for form in one.registrations))


def _keep_name(files: dict[str, str], origin: Origin) -> None:
    """Note a file under its name; another file of the same name has come before under its own."""
    name, n = origin.name, 1
    while files.get(name, origin.fingerprint) != origin.fingerprint:
        n += 1
        stem, dot, suffix = origin.name.rpartition(".")
        name = f"{stem}({n}){dot}{suffix}" if dot else f"{origin.name}({n})"
    files[name] = origin.fingerprint


def _acts_over(standing: Sequence[plans.Kept]) -> set[str]:
    """Acts of earlier plans that are done, or that were declined as a whole; one that was declined in part is asked once more as a whole."""
    out: set[str] = set()
    for kept in standing:
        acts: dict[str, list[str | None]] = {}
        for c in kept.plan.changes:
            acts.setdefault(c.bundle, []).append(kept.settled.get(c.id))
        out |= {name for name, whats in acts.items() if name and ("采用" in whats or all(w == "保留" for w in whats))}
    return out


def _settled(c: Change, settled: Mapping[str, str], over: Collection[str]) -> bool:
    """Whether somebody has decided on a change of an earlier plan."""
    if c.bundle:
        return c.bundle in over
    return c.id in settled or settled.get(c.asked) == "保留"


def _lost_plans(space: Workspace, damaged: Sequence[str], made: str) -> list[Text]:
    """What is to be said of plans that are gone, cannot be read or were changed: which files to hand in again for what was open in them. made: the
    plan that is being made."""
    journal, out = Journal(space.root), []
    last = journal.newest(ENTRY)
    gone = [str(last.data["plan"])] if last is not None and not plans.readable(space.root, str(last.data["plan"])) else []
    gone = [] if gone == [made] else gone  # the program stopped between the two: it is kept now
    for plan in dict.fromkeys([*gone, *damaged]):
        files = [str(e.data.get("to") or e.data.get("file", "")) for e in journal.entries("inbox") if e.data.get("plan") == plan]
        if not files and plan not in damaged:
            continue  # the program stopped before it was kept: what it was made of is still in the inbox
        told = "、".join(dict.fromkeys(f for f in files if f)) or "它的来件"
        zh = f"方案 {plan[:8]} 的存档不见了、读不了或与日志不符，没有照办，其中没有定的改动请把来件重新放进收件箱：{told}"
        en = f"the plan {plan[:8]} is gone, cannot be read or is not what the journal says, and is not obeyed"
        out.append(Text(zh, f"{en}; for what was open in it put its files into the inbox again: {told}"))
    return out


def _named(space: Workspace, read: Read, files: Sequence[Path], password: str | None, handed: str | None) -> Inbox:
    from ownerbook.jobs.sorting import Sorter
    from ownerbook.workbook.book import Unreadable
    from ownerbook.workbook.reading import REASONS

    sorter, out = Sorter(space, read), Inbox()
    for path in files:
        if not path.is_file():
            raise Unusable(Text(f"找不到 {path}，请检查路径", f"{path} does not exist; check the path"))
        try:
            found = sorter.sort(path, password)
            if handed is not None and found.kind in ("list", "unknown", "handover"):
                found = sorter.handed_over(path, password, clerk=handed)
            out.files.append(found)
        except Unreadable as e:
            zh, en = REASONS[e.reason]
            raise Unusable(Text(f"{path.name}：{zh}", f"{path.name}: {en}")) from None
    return out


def _once_more(space: Workspace, read: Read, kept: plans.Kept, password: str | None) -> tuple[list[Incoming], list[Text]]:
    """The files of an earlier plan, read again as they were kept."""
    from ownerbook.jobs.sorting import Sorter
    from ownerbook.workbook.book import Unreadable

    sorter = Sorter(space, read)
    out, lost = [], []
    came = {o.fingerprint: o for o in kept.plan.sources}
    for name, print_ in kept.files.items():
        path = Versions(space.root).path(print_)
        try:
            if path is None:
                raise FileNotFoundError(name)
            one = sorter.sort(path, password, called=name)
            if print_ in came and came[print_].place == HANDED:
                one = sorter.handed_over(path, password, clerk=came[print_].who, called=name)
        except (Unreadable, OSError):
            zh = f"以前收到的 {name} 没有保存好，里面未定的改动无法再提出，请重新交来"
            lost.append(Text(zh, f"{name}, which came earlier, is not kept; what was open in it cannot be proposed again: hand it in again"))
            continue
        if print_ in came:
            one.origin = replace(one.origin, who=came[print_].who)
        out.append(one)
    return out, lost


def _merged(register: Register, one: Incoming, torn: Text | None) -> Merged:
    """What a file asks. torn: why the register is not whole, None where it is. Raises Unusable for what cannot be taken now."""
    if torn is not None and one.kind in KINDS:
        raise Unusable(torn)
    if one.form is not None and one.kind == "filled":
        found = proposal(register, one.form, register.today)
        return Merged(as_changes(register, found, one.origin, bundle=one.origin.fingerprint[:16]), notes=[*found.against, *found.notes])
    if one.register is not None:
        return merge(one.base_register, register, one.register, one.origin, complete=one.complete)
    return from_cells(register, one.asked)


def brought(read: Read, changes: Sequence[Change], ignore: Sequence[str] = ()) -> dict[str, list[Finding]]:
    """The problems that the changes would bring, by the change that brings them: rules run on the register as it would be."""
    from ownerbook.reconcile.consequences import carried_out, whose
    from ownerbook.reconcile.supposed import as_it_would_be
    from ownerbook.rules.book import chosen
    from ownerbook.rules.judge import judge

    proposal = carried_out(read.register, changes)
    if proposal.empty:
        return {}
    cards = chosen((), ignore)
    before = judge(read.register, cards, read.disk)
    after = judge(as_it_would_be(read.register, proposal), cards, read.disk)
    known = {(*f.identity, f.place.row, f.suggestion) for f in before}
    fresh = [f for f in after if (*f.identity, f.place.row, f.suggestion) not in known]
    return whose(fresh, changes)


def keep(space: Workspace, found: Round, *, at: datetime) -> plans.Kept:
    """Keep the plan and the files it was made of, tell the journal, and put the files away. Raises Held, JournalDamaged, OSError.

    The very same plan is kept once. Earlier plans of which it takes over what is left are over; their workbooks go where nobody has
    filled anything in.
    """
    versions = Versions(space.root)
    with writing(space.root):
        for name in found.damaged:
            plans.lay_aside(space.root, name)
        kept = plans.load(space.root, found.plan.id)
        if kept is not None and not plans.as_told(kept, plans.told(space.root, [found.plan.id]).get(found.plan.id)):
            plans.lay_aside(space.root, found.plan.id)
            kept = None
        for one in found.usable:
            if versions.path(one.origin.fingerprint) is None:
                versions.keep(one.path.read_bytes(), one.path.suffix)
        if kept is None:
            kept = plans.Kept(found.plan, made_on=at.isoformat(timespec="seconds"), files=dict(found.files), settled=dict(found.settled))
            kept.stands_on = dict(found.plan.made_from)
            if not found.plan.changes and not found.files:
                kept.state = "applied"  # nothing of it was ever to be chosen
            counts = {v: sum(c.verdict == v for c in found.plan.changes) for v in ("safe", "evidence", "question")}
            about = {"plan": found.plan.id, "print": plans.fingerprint(kept), "files": sorted(found.files.values()), **counts}
            Journal(space.root).append(ENTRY, about, at=at)  # first: a plan of which the journal knows nothing is not obeyed
            plans.save(space.root, kept)
        for old in found.replaces:
            if old.plan.id != found.plan.id:
                old.state, old.replaced_by = "superseded", found.plan.id
                plans.save(space.root, old)
                take_away(space, old)
        record(space.root, found.usable, today=found.read.register.today, at=at)
        put_away(space, found.usable, plan=found.plan.id, at=at)
    return kept


def take_away(space: Workspace, old: plans.Kept) -> None:
    """The workbook of a plan that is over, if it is as we wrote it."""
    name, print_ = old.workbook
    path = within(space.root, name)
    if path is not None and path.is_file() and print_of(path) == print_:
        path.unlink()


def choices_left(found: Round, choices: Mapping[str, Choice]) -> dict[str, Choice]:
    """Choices of an earlier plan that still fit: the very same change is proposed again."""
    ids = {c.id for c in found.plan.changes}
    return {i: c for i, c in spread(found.plan, choices).items() if i in ids}


def said(plan: Plan) -> Text:
    """How many lines of which kind a plan has, in a line: an act that is told as one is one, as grave as the gravest of its changes."""
    order = ("safe", "evidence", "question")
    gravest: dict[str, str] = {}
    for c in plan.changes:
        one = whole(c.bundle) if whole(c.bundle) in plan.stories else c.id
        gravest[one] = max(gravest.get(one, "safe"), c.verdict, key=order.index)
    counts = Counter(gravest.values())
    q, e, s = counts["question"], counts["evidence"], counts["safe"]
    return Text(f"须选择 {q} 项，待证明 {e} 项，可采用 {s} 项", f"{q} to be chosen, {e} waiting for evidence, {s} safe")
