"""A night as its steps see it: the workspace, consistent copies of its workbooks, and what the steps before have found.

A step is a function `(Night) -> StepResult`. It may raise: then it has failed, and the others go on. Steps stand in order in
`jobs.nightly.STEPS`; to add one is to add a line there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ownerbook.jobs.workspace import Workspace, open_workspace
from ownerbook.schema.words import Text
from ownerbook.storage.still_copy import PAUSES, StillCopy, still_copy

if TYPE_CHECKING:
    from ownerbook.jobs.check import Checked
    from ownerbook.jobs.rounds import Went

StepState = Literal["ok", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class StepResult:
    """What a step did: in a sentence without anything personal, in figures by key, and the files that it wrote, relative to the workspace."""

    state: StepState
    said: Text
    figures: Mapping[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a night. after: keys of the steps without which it makes no sense; where one of them failed it is skipped."""

    key: str
    title: Text
    act: Callable[[Night], StepResult]
    after: tuple[str, ...] = ()


@dataclass(slots=True)
class Night:
    """A night under way.

    space: the workspace as it lies there. copies: the same with its workbooks copied to the local disk, to be read at leisure.
    as_of: the day it looks at the register, today where it runs. period: the night it is made for. folder: a private folder on
    the local disk, gone after the night. checked: what the check found.
    reconciled: how reconciling went. due: figures of what is due. done: results so far.
    recall, remember: small facts that last from night to night on this machine.
    """

    space: Workspace
    now: datetime
    as_of: date
    period: str
    folder: Path
    copies: Workspace
    attempt: int = 1
    password: str | None = None
    taken: dict[str, StillCopy] = field(default_factory=dict)
    checked: Checked | None = None
    reconciled: Went | None = None
    done: dict[str, StepResult] = field(default_factory=dict)
    recall: Callable[[str], str] = lambda name: ""
    remember: Callable[[str, str], None] = lambda name, value: None
    pauses: tuple[float, ...] = PAUSES

    @property
    def root(self) -> Path:
        """The workspace's folder."""
        return self.space.root

    @property
    def reports(self) -> Path:
        """The reports folder, made if need be."""
        folder: Path = self.root / self.space.settings["reports.folder"]
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def title(self) -> str:
        """The community's name."""
        return str(self.space.settings["workspace.name"]) or self.root.name

    def take_copies(self) -> list[tuple[str, Text]]:
        """Copy every workbook as it lies there now; called again after something was written into them.

        Gives the names of those of which no whole copy could be had, with why. Such a one is left out of `copies.files` where it
        could not be read at all.
        """
        self.space = fresh = open_workspace([], self.root)
        folder = self.folder / "workbooks"
        folder.mkdir(mode=0o700, exist_ok=True)
        self.taken, files, trouble = {}, [], []
        open_now = open_names(fresh)
        for n, (name, path) in enumerate(fresh.files):
            try:
                copy = still_copy(path, folder / f"{n:03d}{path.suffix.lower()}", pauses=self.pauses)
            except OSError as error:
                if not path.exists() and fresh.root.is_dir() and (fresh.root / "ownerbook.toml").is_file():
                    continue  # taken away meanwhile: then it is no workbook of the register any more
                reason = error.strerror or type(error).__name__
                trouble.append((name, Text(f"读不了：{reason}", f"cannot be read: {reason}")))
                files.append((name, path))
                continue
            self.taken[name] = copy
            files.append((name, copy.path))
            if copy.flaw == "moving":
                trouble.append((name, Text("一直在变，可能正在保存", "keeps changing; it is perhaps being saved")))
            elif copy.flaw == "torn" or (copy.flaw == "damaged" and name in open_now):
                trouble.append((name, Text("不完整，可能正在保存", "is not whole; it is perhaps being saved")))
        self.copies = replace(fresh, files=files)
        return trouble


_OWNER = re.compile(r"(?:~\$|\.~lock\.|\.~)")


def open_names(space: Workspace) -> set[str]:
    """The workbooks beside which an owner file lies: Excel and WPS put ~$ before the name (or in place of its first two characters),
    LibreOffice .~lock. before it and # behind."""
    owners = []
    for name, _ in space.busy:
        folder, _, file = name.rpartition("/")
        owners.append((folder, _OWNER.sub("", file, count=1).removesuffix("#")))
    return {
        name
        for name, _ in space.files
        if any(folder == name.rpartition("/")[0] and rest in (name.rpartition("/")[2], name.rpartition("/")[2][2:]) for folder, rest in owners)
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a night or a month ended. results: by key of the step, in order. data: what the journal and the ledger keep of it."""

    state: Literal["ok", "failed"]
    error: Text
    results: Mapping[str, StepResult]
    data: Mapping[str, Any]
