"""What follows from the answers of problem workbooks: waivers that are asked, answers that hold on, and the problem workbook that goes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.jobs.incoming import Incoming
from ownerbook.jobs.workspace import Workspace, open_workspace
from ownerbook.reconcile.change import Change
from ownerbook.reconcile.open_answers import OpenAnswer, still_open, taken_up
from ownerbook.reconcile.waiving import SHEET as WAIVERS
from ownerbook.reconcile.waiving import WaiverAsked, waivers
from ownerbook.register.register import Register
from ownerbook.reports.answer_lines import TROUBLE, AnswerLine, Came, packed, unpacked
from ownerbook.reports.finding_id import finding_ids, workbook_mark
from ownerbook.schema.words import Text
from ownerbook.storage import answer_store
from ownerbook.storage.lease import Held, writing
from ownerbook.storage.secret import secret_of

if TYPE_CHECKING:
    from ownerbook.jobs.check import Checked
    from ownerbook.reconcile.merge import Merged
    from ownerbook.schema.finding import Finding

DISPUTED = Text("另一份清单对这个问题答得不一样，请选定一种", "another list answers this problem otherwise; choose one")
_HOLDING = ("asked", "waiver", "waits", "stands")  # what stands there as before was printed so, and is nobody's answer


def lines_of(files: Iterable[Incoming]) -> list[AnswerLine]:
    """What came of the answers in these files."""
    return [line for one in files for line in one.lines]


def disputed(files: Sequence[Incoming]) -> dict[str, dict[str, str]]:
    """Problems that several lists answer differently: id → answer → the list."""
    out: dict[str, dict[str, str]] = {}
    for one in files:
        for line in one.lines:
            if line.id and line.outcome in _HOLDING:
                out.setdefault(line.id, {}).setdefault(line.answer, line.file)
    return {ident: said for ident, said in out.items() if len(said) > 1}


def ask_waivers(register: Register, came: Sequence[tuple[Incoming, Merged]]) -> list[Text]:
    """Add the waivers that the lists ask for, all together, so that the same asked twice is one; make a question of what another list answers
    otherwise. Gives what is to be said of that."""
    files = [one for one, _ in came if one.kind == "answers"]
    apart = disputed(files)
    at = {(one.origin.fingerprint, f"{n.tab} 第{n.row}行 {n.code}") for one in files for n in one.lines if n.id in apart}
    for one, merged in came:
        if one.kind == "answers":
            changes = merged.changes
            merged.changes = [_doubtful(c) if (c.origin.fingerprint, c.origin.place) in at else c for c in changes]
    asked = [
        WaiverAsked(a.code, a.sheet, a.record, a.note, a.until, a.origin, a.given, _others(one.lines, a.id), a.house, a.id in apart)
        for one in files
        for a in one.answers
        if a.answer == "豁免" and a.until is not None
    ]
    made = waivers(asked)
    if made:
        first = next(merged for one, merged in came if one.kind == "answers")
        first.changes += made
    return _told(apart, files)


def _doubtful(c: Change) -> Change:
    return replace(c, verdict="question", why=DISPUTED) if c.verdict == "safe" else replace(c, why=DISPUTED)


def _others(lines: Sequence[AnswerLine], ident: str) -> int:
    return next((int(str(n.values.get("others", 0))) for n in lines if n.id == ident), 0)


def _told(apart: dict[str, dict[str, str]], files: Sequence[Incoming]) -> list[Text]:
    known = {n.id: n for one in files for n in one.lines if n.id in apart}
    out = []
    for ident, said in list(apart.items())[:20]:
        line = known[ident]
        which = " ".join(t for t in (line.code, line.record, line.header) if t)
        zh = "、".join(f"{file} 答「{answer}」" for answer, file in said.items())
        en = ", ".join(f"{file} says {answer}" for answer, file in said.items())
        out.append(Text(f"{which}：几份清单答得不一样（{zh}），都没有自行采用", f"{which}: the lists differ ({en}); none applies by itself"))
    return out


def waits_in(one: Incoming, changes: Iterable[Change]) -> bool:
    """Whether something that a list asks is still to be chosen; a waiver may be asked by several lists."""
    mine = one.origin
    return any(c.origin.fingerprint == mine.fingerprint or (c.sheet == WAIVERS and mine.name in c.origin.name.split("、")) for c in changes)


def record(root: Path, files: Sequence[Incoming], *, today: date, at: datetime) -> None:
    """Keep the answers that hold on, and end those that were answered otherwise. The caller holds the lease. Raises OSError, JournalDamaged."""
    files = [one for one in files if one.kind == "answers"]
    if not files:
        return
    store = answer_store.load(root)
    came = [
        OpenAnswer(a.id, a.answer, a.code, a.sheet, today, today, a.origin.who, a.note, a.origin.name, a.book)
        for one in files
        for a in one.answers
        if a.answer in ("待核实", "已更正")
    ]
    lines = lines_of(files)
    over = {n.id for n in lines if n.outcome in ("asked", "waiver", "solved", "gone")} - {a.id for a in came}
    after = taken_up(store.answers, came, over)
    if after != store.answers or any(n.outcome != "kept" for n in lines):
        told = _told_today(store.told, lines, today)
        answer_store.save(root, after, at=at, told=told, ended=len({a.id for a in store.answers} - {a.id for a in after}))


def _told_today(before: answer_store.Told | None, lines: Sequence[AnswerLine], today: date) -> answer_store.Told:
    """What came of the answers of a day, those of an earlier round on it included."""
    counts: Counter[str] = Counter(n.outcome for n in lines)
    told = [packed(n) for n in lines if n.outcome in TROUBLE]
    if before is not None and before.day == today:
        return answer_store.Told(today, dict(Counter(before.counts) + counts), [*before.lines, *told])
    return answer_store.Told(today, dict(counts), told)


def last_came(root: Path, as_of: date) -> Came | None:
    """What came of the answers of this day or the day before, None for none."""
    told = answer_store.known(root).told
    if told is None or not 0 <= (as_of - told.day).days <= 1:
        return None
    return Came(told.counts, [unpacked(line) for line in told.lines])


def prune(space: Workspace, checked: Checked, *, at: datetime) -> list[OpenAnswer]:
    """End the answers whose problem is gone or waived, by a check of the whole workspace. Gives those that hold on. Raises JournalDamaged."""
    answer_store.refresh(space.root)
    store = answer_store.load(space.root)
    before = store.answers
    if not before:
        return before
    secret = secret_of(space.root, make=False)
    unread = {workbook_mark(secret, f.place.workbook or "") for f in checked.findings if f.code == "A11"}
    after = still_open(before, present_ids(secret, checked.findings), _seen(space, checked.register), unread)
    if after != before:
        try:
            with writing(space.root):
                answer_store.save(space.root, after, at=at, told=store.told, ended=len(before) - len(after))
        except (Held, OSError):
            return after
    return after


def present_ids(secret: bytes, findings: Sequence[Finding]) -> set[str]:
    """The ids of the problems that stand, waived ones left out."""
    ids = finding_ids(findings, secret=secret)
    return {i for i, f in zip(ids, findings, strict=True) if f.state != "waived"}


def _seen(space: Workspace, register: Register) -> Collection[str]:
    """The rules of which nothing can stand unseen: those that looked everywhere, and those that the settings leave out."""
    from ownerbook.jobs.check import looked
    from ownerbook.rules.book import cards, chosen

    wanted = chosen((), space.settings["check.ignore"])
    blind = {c.code for c in wanted} - looked(register, wanted)
    return {c.code for c in cards()} - blind


def answer_back(space: Workspace, today: date, *, masked: bool, password: str | None) -> Path:
    """Write the problem workbook that goes back: the register as it is now, with what came of the day's answers. Raises CannotWrite, OSError."""
    from ownerbook.jobs.check import check, looked
    from ownerbook.reports.problems import write_problems
    from ownerbook.rules.book import chosen
    from ownerbook.storage import problem_state

    now = open_workspace([], space.root)
    settings = now.settings
    cards = chosen((), settings["check.ignore"])
    found = check(now, today, ignore=settings["check.ignore"], password=password, remember=False)
    known = problem_state.load(now.root)
    problem_state.compare(found.findings, known, today=today, codes=looked(found.register, cards), workbooks=set(found.workbooks), whole=True)
    held = still_open(answer_store.known(now.root).answers, present_ids(secret_of(now.root), found.findings))
    folder = now.root / settings["reports.folder"]
    folder.mkdir(parents=True, exist_ok=True)
    return write_problems(
        _free(folder / f"问题清单_{today.isoformat()}_答复.xlsx"),
        found,
        title=settings["workspace.name"] or now.root.name,
        root=now.root,
        link_base=settings["reports.link_base"],
        lang=settings["check.lang"],
        masked=masked,
        secret=secret_of(now.root),
        known=held,
        came=last_came(now.root, today),
    )


def _free(path: Path) -> Path:
    for n in range(2, 1000):
        if not path.exists():
            return path
        path = path.with_name(f"{path.stem.partition('(')[0]}({n}){path.suffix}")
    return path
