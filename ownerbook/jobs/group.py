"""A property group: many communities checked side by side, and what only shows across them.

On this machine by processes; on a Dask cluster where a scheduler is named. A community that cannot be read, or a worker that
is lost, costs that community a second try and is told; the run goes on.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from ownerbook.jobs.community import Asked, Community, look_at
from ownerbook.jobs.crew import share_out
from ownerbook.jobs.workspace import NOT_READ, SUFFIXES, Unusable
from ownerbook.schema.cells import Longs
from ownerbook.schema.words import Text
from ownerbook.settings import FILE

Progress = Callable[[int, int, str], None]
TRIES = 2
LONGEST = 3600.0  # seconds for one community before it counts as hung
_TOLD_EACH = 50  # owners named of one shared number


@dataclass(frozen=True, slots=True)
class Shared:
    """One number that shows in several communities. kind: `phone` of more people than policy allows, or `document` under several names.

    people: how many different people. owners: (community, 业主编号), at most some dozens of each.
    """

    kind: str
    people: int
    owners: tuple[tuple[int, str], ...]
    communities: tuple[int, ...]


@dataclass(slots=True)
class Group:
    """What the run came to. communities in the order of their paths."""

    today: date
    communities: list[Community]
    shared: list[Shared] = field(default_factory=list)
    retried: int = 0


def communities(folders: Sequence[Path]) -> list[Path]:
    """The communities below these folders: every workspace; below a folder without any, each subfolder that holds workbooks. Raises Unusable."""
    out: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise Unusable(Text(f"找不到文件夹 {folder}，请检查路径", f"there is no folder {folder}; check the path"))
        found = list(_workspaces(folder))
        if not found:
            found = [p for p in sorted(folder.iterdir()) if p.is_dir() and not p.name.startswith(".") and p.name not in NOT_READ and _holds(p)]
        if not found:
            zh = f"{folder} 下面没有工作区，也没有放着工作簿的文件夹"
            raise Unusable(Text(zh, f"below {folder} there is no workspace and no folder with workbooks"))
        out += found
    return list(dict.fromkeys(p.absolute() for p in out))


def _workspaces(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder, followlinks=False):
        if FILE in files:
            folders.clear()
            yield Path(here)
        else:
            folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in NOT_READ)


def _holds(folder: Path) -> bool:
    return any(p.suffix.lower() in SUFFIXES for p in folder.rglob("*"))


def run(
    places: Sequence[Path],
    today: date,
    *,
    workers: int | None = None,
    scheduler: str = "",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    progress: Progress | None = None,
) -> Group:
    """Check all the communities. Raises Unusable where the scheduler cannot be reached, ValueError for a selection that selects nothing."""
    from ownerbook.rules.book import chosen

    chosen(select, ignore)
    key = secrets.token_bytes(32)
    asked = [Asked(str(p), today, key, tuple(select), tuple(ignore)) for p in places]
    out: list[Community | None] = [None] * len(asked)
    group = Group(today, [])
    ended = _on_cluster(asked, scheduler) if scheduler else _here(asked, workers)
    for n, (number, found, tries) in enumerate(ended, 1):
        out[number] = found
        group.retried += tries - 1
        if progress:
            progress(n, len(asked), found.name)
    group.communities = [c for c in out if c is not None]
    group.shared = shared(group.communities)
    return group


def _here(asked: Sequence[Asked], workers: int | None) -> Iterator[tuple[int, Community, int]]:
    count = workers or max(1, min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, len(asked)))
    for done in share_out(asked, look_at, workers=count, tries=TRIES, seconds=LONGEST):
        yield done.number, done.result or _lost(asked[done.number], done.tries, hung=done.lost == "hung"), done.tries


def _on_cluster(asked: Sequence[Asked], scheduler: str) -> Iterator[tuple[int, Community, int]]:
    try:
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise Unusable(Text("用 --scheduler 要先安装 ownerbook[cluster]", "--scheduler needs ownerbook[cluster] to be installed")) from None
    try:
        client = Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        zh = f"连不上调度器 {scheduler}，请检查地址和网络"
        raise Unusable(Text(zh, f"the scheduler {scheduler} cannot be reached; check address and network ({type(error).__name__})")) from None
    with client, client.as_current():
        futures = {
            client.submit(look_at, a, pure=False, retries=TRIES - 1, key=f"ownerbook-{secrets.token_hex(4)}-{n}"): n for n, a in enumerate(asked)
        }
        for future in as_completed(list(futures)):
            number = futures[future]
            failed = future.exception()
            if failed is None:
                yield number, future.result(), 1
            else:
                lost = _lost(asked[number], TRIES, hung=False)
                if not isinstance(failed, KilledWorker):
                    lost.trouble = Text(f"程序出错（{type(failed).__name__}）", f"a fault of the program ({type(failed).__name__})")
                yield number, lost, TRIES
            future.release()


def _lost(asked: Asked, tries: int, *, hung: bool) -> Community:
    out = Community(asked.path, Path(asked.path).name)
    zh = "超过一小时没有结果" if hung else "检查它的进程中断了"
    en = "no result within an hour" if hung else "the process that checked it died"
    out.trouble = Text(f"{zh}（试了 {tries} 次）", f"{en} ({tries} tries)")
    return out


def shared(found: Sequence[Community]) -> list[Shared]:
    """Numbers that show in several communities, by their keyed hashes: the most people first."""
    mine = [(n, c.people) for n, c in enumerate(found) if c.people is not None and len(c.people.owner_no)]
    if len(mine) < 2:
        return []
    where = np.concatenate([np.full(len(p.owner_no), n, np.int32) for n, p in mine])
    row = np.concatenate([np.arange(len(p.owner_no), dtype=np.int32) for _, p in mine])
    names = dict(mine)
    limit = min(c.phone_limit for c in found if c.people is not None)

    def told(kind: str, number: Longs, person: Longs, least: int) -> list[Shared]:
        out = []
        good = np.flatnonzero((number != 0) & (person != 0))
        order = good[np.argsort(number[good], kind="stable")]
        starts = np.flatnonzero(np.r_[True, np.diff(number[order]) != 0]) if len(order) else np.zeros(0, np.int64)
        ends = np.r_[starts[1:], len(order)]
        for a, b in zip(starts[ends - starts > least].tolist(), ends[ends - starts > least].tolist(), strict=True):
            rows = order[a:b]
            communities_ = np.unique(where[rows])
            people = len(np.unique(person[rows]))
            if people > least and len(communities_) > 1:
                owners = tuple((int(where[r]), names[int(where[r])].owner_no[int(row[r])]) for r in rows[:_TOLD_EACH])
                out.append(Shared(kind, people, owners, tuple(communities_.tolist())))
        return out

    def column(name: str) -> Longs:
        return np.concatenate([getattr(p, name) for _, p in mine])

    out = told("phone", column("phone"), column("person"), limit) + told("document", column("document"), column("name"), 1)
    return sorted(out, key=lambda s: (-s.people, -len(s.communities), s.kind, s.owners))
