"""Writing into staff's workbooks: all of them together or none, through the lossless amender, told in the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ownerbook.jobs.workspace import Workspace
from ownerbook.reconcile.recorded import Recorded
from ownerbook.schema.disk_words import why
from ownerbook.schema.words import Text
from ownerbook.storage.journal import JournalDamaged
from ownerbook.storage.lease import Held, writing
from ownerbook.storage.transaction import NotWritten, Recovered, Replacement, Transaction

if TYPE_CHECKING:
    from ownerbook.workbook.amend import Edit


@dataclass(slots=True)
class Written:
    """What came of writing. done: a line a workbook written; refused: why nothing was; entry: its number in the journal, 0 for none."""

    done: list[str] = field(default_factory=list)
    refused: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    entry: int = 0


def transaction(space: Workspace) -> Transaction:
    """The writer of a workspace."""
    from ownerbook.workbook.amend.owner_files import holders

    return Transaction(space.root, holders)


def told(found: Recovered) -> list[Text]:
    """What recovering did, for people."""
    out = list(found.open_)
    for entry in found.finished:
        zh = f"上次写入（日志第 {entry.number} 条）中断过，现已写完"
        out.append(Text(zh, f"a write that had been interrupted (journal entry {entry.number}) is now finished"))
    for entry in found.taken_back:
        zh = f"上次写入（日志第 {entry.number} 条）中断过，期间有人改了工作簿，已全部退回，请重做"
        out.append(Text(zh, f"a write that had been interrupted (journal entry {entry.number}) was taken back; do it again"))
    return out


def recover(space: Workspace, *, at: datetime) -> list[Text]:
    """Bring what a crash left half done to an end, take away its drafts, and say so. Nothing is said where there was nothing."""
    if not (space.root / ".ownerbook" / "journal").is_dir() and not space.drafts:  # stopped before the first entry there are drafts alone
        return []
    writer = transaction(space)
    if writer.unfinished() is None and not space.drafts:
        return []
    try:
        with writing(space.root):
            said = told(writer.recover(at=at))
            if writer.unfinished() is None:
                for draft in space.drafts:
                    writer.disk.remove(draft)
            return said
    except Held as held:
        return [held.message]


def write_edits(
    space: Workspace,
    wanted: Mapping[str, Sequence[Edit]],
    fingerprints: Mapping[str, str],
    *,
    about: Mapping[str, Any],
    recorded: Sequence[Recorded],
    at: datetime,
    password: str | None = None,
    dry_run: bool = False,
    scrub: bool | None = None,
) -> Written:
    """Amend every workbook in memory, then write all of them or none.

    wanted: edits by workbook, as the workspace names it. fingerprints: what each workbook must be now. about: what the journal says of
    the act, nothing personal; recorded: the changes, for the history. dry_run: everything but the writing. scrub: as in `amend`.
    """
    from ownerbook.workbook.amend import Refused, amend

    out, paths = Written(), dict(space.files)
    files: list[Replacement] = []
    counts: dict[str, int] = {}
    for name, edits in wanted.items():
        if not edits:
            continue
        path = paths[name].resolve()
        try:
            data = path.read_bytes()
            amended = amend(data, edits, password=password, scrub=scrub)
        except OSError as error:
            out.refused.append(Text(f"{name} 读不了：{why(error).zh}", f"{name} cannot be read: {why(error).en}"))
            continue
        except Refused as refused:
            for one in refused.refusals:
                where = f"{one.cell}:" if one.cell else ""
                out.refused.append(Text(f"{name} {where}{one.zh}", f"{name} {where} {one.en}"))
            continue
        before = amended.receipt.before
        if fingerprints.get(name, before) != before:
            zh = f"{name} 在读取之后又改过，请再来一次"
            out.refused.append(Text(zh, f"{name} has changed since it was read; do it again"))
        if amended.receipt.changed:
            files.append(Replacement(name, path, before, amended.data))
            counts[name] = len(amended.receipt.changes)
    if out.refused or dry_run or not files:
        return out
    done = replace_workbooks(space, files, about=about, recorded=recorded, at=at)
    done.done = [f"{f.name} ({counts[f.name]})" for f in files] if done.entry else []
    return done


def replace_workbooks(
    space: Workspace, files: Sequence[Replacement], *, about: Mapping[str, Any], recorded: Sequence[Recorded], at: datetime
) -> Written:
    """Replace workbooks by new content, all or none, as the one writer of the workspace. about, recorded: as in `write_edits`."""
    out = Written()
    try:
        with writing(space.root):
            writer = transaction(space)
            found = writer.recover(at=at)
            out.notes += told(found)
            if found.open_:
                out.refused += found.open_
                return out
            entry = writer.write(files, dict(about), {"changes": [r.as_data() for r in recorded]}, at=at)
    except NotWritten as error:
        out.refused += error.reasons
        return out
    except Held as held:
        out.refused.append(held.message)
        return out
    except JournalDamaged as damaged:
        out.refused.append(damaged.message)
        return out
    except OSError as error:
        words = why(error)
        out.refused.append(Text(f"写不进去（{words.zh}），请检查磁盘空间和权限", f"could not be written ({words.en}); check space and permissions"))
        return out
    out.entry = entry.number
    out.done = [f.name for f in files]
    return out
