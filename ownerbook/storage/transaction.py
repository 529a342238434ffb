"""Several workbooks are replaced together or not at all.

The journal says first what will be done (`applying`), naming of each workbook its fingerprint before and after; both versions
are kept by then. Then the files are replaced one by one, then the journal says that it is done (`applied`) or was given up
(`abandoned`). After a crash `recover` reads the last `applying` without an end and finishes it from the kept versions, or
takes it back where somebody has changed a workbook meanwhile.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ownerbook.schema.disk_words import why
from ownerbook.schema.words import Text
from ownerbook.storage.disk import Disk, like, marks
from ownerbook.storage.journal import Entry, Journal
from ownerbook.storage.versions import Versions
from ownerbook.storage.within import leads_out, within

Holders = Callable[[Path], Sequence[object]]


class NotWritten(Exception):
    """Nothing was changed; every reason, each naming the workbook and the remedy."""

    def __init__(self, reasons: Sequence[Text]) -> None:
        super().__init__("; ".join(r.zh for r in reasons))
        self.reasons = list(reasons)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A workbook to replace. name: as reports call it, relative to the workspace. before: the SHA-256 that it must have now, '' for a new one."""

    name: str
    path: Path
    before: str
    data: bytes

    @property
    def after(self) -> str:
        """The SHA-256 that it will have."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(slots=True)
class Recovered:
    """What was found half done. finished: written to the end; taken_back: the old versions stand again; open_: neither could be done, and why."""

    finished: list[Entry] = field(default_factory=list)
    taken_back: list[Entry] = field(default_factory=list)
    open_: list[Text] = field(default_factory=list)


@dataclass(slots=True)
class Transaction:
    """The writer of a workspace. holders: who has a workbook open. Hold the workspace's lease (`lease.writing`) while using it."""

    root: Path
    holders: Holders
    disk: Disk = field(default_factory=Disk)

    @property
    def journal(self) -> Journal:
        """The journal in which it writes."""
        return Journal(self.root, self.disk)

    def write(self, files: Sequence[Replacement], data: Mapping[str, Any], detail: Mapping[str, Any], *, at: datetime) -> Entry:
        """Replace all the files, and give the entry that says so. Raises NotWritten; then every file is as it was."""
        versions = Versions(self.root, self.disk)
        self._look(files)
        drafts: list[Path] = []
        try:
            for f in files:
                if f.before:
                    versions.keep(self.disk.read(f.path), f.path.suffix)
                versions.keep(f.data, f.path.suffix)
                drafts.append(self._draft(f))
            told = {**data, "files": [[f.name, f.before, f.after] for f in files]}
            begun = self.journal.append("applying", told, at=at, detail=detail)
        except (OSError, NotWritten) as error:
            for draft in drafts:
                self.disk.remove(draft)
            raise (error if isinstance(error, NotWritten) else NotWritten([_disk(".ownerbook", error)])) from None
        done: list[Replacement] = []
        try:
            for f in files:
                self._replace(f)
                done.append(f)
        except (OSError, NotWritten) as error:
            failed = files[len(done)]
            reasons = error.reasons if isinstance(error, NotWritten) else [_disk(failed.name, error)]
            if self._print(failed.path) == failed.after:  # it was replaced; what failed came after that
                done.append(failed)
            left = self._take_back(done, versions)
            if not left:
                for draft in drafts:
                    self.disk.remove(draft)
                with contextlib.suppress(OSError):  # if even this cannot be written, the next run finds everything in place and says so
                    self.journal.append("abandoned", {"of": begun.number, "why": [r.zh for r in reasons]}, at=at)
            raise NotWritten([*reasons, *left]) from None
        return self.journal.append("applied", {**told, "of": begun.number}, at=at)

    def unfinished(self) -> Entry | None:
        """What was begun and has no end."""
        return self.journal.unfinished()

    def recover(self, *, at: datetime) -> Recovered:
        """Bring what a crash left half done to an end. Raises JournalDamaged.

        A workbook whose draft still lies beside it had not been replaced. Where nobody has changed anything meanwhile, the write
        is finished; where somebody changed one that had not been replaced, the others are taken back.
        """
        out = Recovered()
        begun = self.unfinished()
        if begun is None:
            return out
        out.open_ += [leads_out(str(n), f"journal/{begun.number:06d}.json") for n, _, _ in begun.data["files"] if within(self.root, str(n)) is None]
        if out.open_:
            return out
        files = [(str(n), self.root / str(n), str(b), str(a)) for n, b, a in begun.data["files"]]
        now = [self._print(path) for _, path, _, _ in files]
        foreign = {i for i, (_, _, before, after) in enumerate(files) if now[i] not in (before, after)}
        waiting = {i for i in foreign if _draft_of(files[i][1], files[i][2]).exists()}
        if waiting and waiting != foreign:
            out.open_.append(_unclear([files[i][0] for i in sorted(foreign)], begun.number))
            return out
        forward = not waiting
        for i, (name, path, before, after) in enumerate(files):
            wanted, other = (after, before) if forward else (before, after)
            if i in foreign or now[i] == wanted:
                continue
            if not wanted:
                self.disk.remove(path)
                continue
            data = Versions(self.root, self.disk).read(wanted)
            if data is None:
                out.open_.append(Text(f"{name} 的版本 {wanted[:12]} 缺失，写入无法完成", f"the kept version {wanted[:12]} of {name} is missing"))
                return out
            try:
                self._replace(Replacement(name, path, other, data))
            except (OSError, NotWritten) as error:
                out.open_ += error.reasons if isinstance(error, NotWritten) else [_disk(name, error)]
                return out
        for _, path, before, _ in files:
            self.disk.remove(_draft_of(path, before))
        if forward:
            self.journal.append("applied", {**begun.data, "of": begun.number, "recovered": True}, at=at)
            out.finished.append(begun)
        else:
            self.journal.append("abandoned", {"of": begun.number, "why": ["interrupted"], "recovered": True}, at=at)
            out.taken_back.append(begun)
        return out

    def _look(self, files: Sequence[Replacement]) -> None:
        reasons = []
        for f in files:
            open_ = self.holders(f.path)
            if open_:
                reasons.append(_open(f.name, open_))
                continue
            now = self._print(f.path)
            if now != f.before:
                gone = Text(f"{f.name} 不见了", f"{f.name} is gone")
                there = Text(f"{f.name} 已经存在，请先移开", f"{f.name} is there already; move it away first")
                reasons.append(there if not f.before else _changed(f.name) if now else gone)
        if reasons:
            raise NotWritten(reasons)

    def _print(self, path: Path) -> str:
        try:
            return hashlib.sha256(self.disk.read(path)).hexdigest()
        except OSError:
            return ""

    def _draft(self, f: Replacement) -> Path:
        """The new content beside the old, flushed and read back."""
        draft = _draft_of(f.path, f.before)
        try:
            self.disk.create(draft, f.data)
            if f.before:
                like(f.path, draft)
            if self.disk.read(draft) != f.data:
                zh, en = f"{f.name} 写到磁盘后读回不一致，请检查磁盘", f"{f.name} reads back differently; check the disk"
                raise NotWritten([Text(zh, en)])
        except (OSError, NotWritten):
            self.disk.remove(draft)
            raise
        return draft

    def _replace(self, f: Replacement) -> None:
        """The original is looked at once more, then the draft is renamed over it."""
        draft = _draft_of(f.path, f.before)
        if not draft.exists() or self.disk.read(draft) != f.data:
            self._draft(f)
        stood = marks(f.path)
        self._look([f])
        if marks(f.path) != stood:  # saved while it was read through: a large workbook takes a while
            raise NotWritten([_changed(f.name)])
        self.disk.replace(draft, f.path)
        self.disk.flush_folder(f.path.parent)

    def _take_back(self, done: Sequence[Replacement], versions: Versions) -> list[Text]:
        left = []
        for f in reversed(done):
            if not f.before:
                self.disk.remove(f.path)
                continue
            old = versions.read(f.before)
            try:
                if old is None:
                    raise NotWritten([Text(f"{f.name} 的旧版本缺失", f"the old version of {f.name} is missing")])
                self._replace(Replacement(f.name, f.path, f.after, old))
            except (OSError, NotWritten):
                zh = f"{f.name} 已是新内容，未能退回；下次运行会继续"
                left.append(Text(zh, f"{f.name} holds the new content and could not be taken back; the next run goes on with it"))
        return left


def _draft_of(path: Path, before: str) -> Path:
    return path.with_name(f".{path.name}.{before[:12] or 'new'}.part")


def _unclear(names: Sequence[str], number: int) -> Text:
    told = "、".join(names)
    return Text(
        f"上次写入（日志第 {number} 条）中断后 {told} 又被改过，无法判断写到了哪一步；请与 .ownerbook/versions 里的版本核对后运行 ownerbook restore",
        f"{told} was changed after an interrupted write (journal entry {number}); compare with the kept versions and run ownerbook restore",
    )


def _open(name: str, who: Sequence[object]) -> Text:
    by = "、".join(str(w) for w in who)
    return Text(f"{name} 正被 {by} 打开，请关闭后再试", f"{name} is open ({by}); close it and try again")


def _changed(name: str) -> Text:
    return Text(f"{name} 在方案做出之后又改过，请重新对账", f"{name} has changed since the plan was made; reconcile again")


def _disk(name: str, error: OSError) -> Text:
    told = why(error)
    return Text(f"{name} 写不进去（{told.zh}），请检查磁盘空间和权限", f"{name} could not be written ({told.en}); check space and permissions")
