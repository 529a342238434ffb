"""Which versions of its workbooks the register has been, by the journal: the state last noted, and what came between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from ownerbook.jobs.reading import Progress, Read, read_register
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import print_of
from ownerbook.storage.journal import Entry, Journal
from ownerbook.storage.versions import Versions

State = dict[str, str]
"""Workbook, as the workspace names it → SHA-256."""
NOTED = ("seen", "typed")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something was changed outside ownerbook between two states. until: when the later one was met; now where it is on disk."""

    before: State
    after: State
    until: datetime | None


@dataclass(slots=True)
class Course:
    """From the state last noted to now. noted: the entry, None where nothing was ever noted. expected: the state in which ownerbook left it."""

    noted: Entry | None
    expected: State
    gaps: list[Gap]


def course(journal: Journal, now: Mapping[str, str]) -> Course:
    """Follow the journal from the state last noted through what ownerbook wrote since; wherever another state is met, there is a gap."""
    since: list[Entry] = []
    noted: Entry | None = None
    for entry in journal.backwards(*NOTED, "applied"):
        if entry.kind in NOTED:
            noted = entry
            break
        since.append(entry)
    if noted is None:
        return Course(None, dict(now), [])
    state = {str(n): str(s) for n, s in noted.data["workbooks"].items()}
    gaps = []
    for entry in reversed(since):
        met = state | {str(n): str(before) for n, before, _ in entry.data["files"]}
        if met != state:
            gaps.append(Gap(state, met, entry.at))
        state = met | {str(n): str(after) for n, _, after in entry.data["files"]}
    if state != dict(now):
        gaps.append(Gap(state, dict(now), None))
    return Course(noted, state, gaps)


def state_at(journal: Journal, moment: datetime) -> tuple[State, Entry] | None:
    """The last state known at a moment, and the entry that tells it; None where nothing was noted yet."""
    state: State | None = None
    teller: Entry | None = None
    for entry in journal.entries(*NOTED, "applied"):
        if entry.at > moment:
            break
        if entry.kind in NOTED:
            state = {str(n): str(s) for n, s in entry.data["workbooks"].items()}
        elif state is not None:
            state = state | {str(n): str(after) for n, _, after in entry.data["files"]}
        teller = entry
    return (state, teller) if state is not None and teller is not None else None


def kept(space: Workspace, state: Mapping[str, str]) -> Workspace:
    """The workspace as it was in a state, its workbooks being kept versions, or as they still lie there. Raises Unusable for one that is neither."""
    versions, here = Versions(space.root), dict(space.files)
    files: list[tuple[str, Path]] = []
    for name, print_ in sorted(state.items()):
        path = versions.path(print_)
        if path is None and name in here and _print(here[name]) == print_:
            path = here[name]
        if path is None:
            zh = f"{name} 的旧版本 {print_[:12]} 没有保存，无法比较"
            raise Unusable(Text(zh, f"the old version {print_[:12]} of {name} is not kept; nothing can be compared"))
        files.append((name, path))
    return replace(space, files=files, copies=[], busy=[], wanted=None)


def _print(path: Path) -> str:
    try:
        return print_of(path)
    except OSError:
        return ""


def read_state(
    space: Workspace,
    state: Mapping[str, str],
    today: date,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    beside: Read | None = None,
) -> Read:
    """Read the register as it was in a state. Raises Unusable."""
    return read_register(kept(space, state), today, password=password, progress=progress, beside=beside)
