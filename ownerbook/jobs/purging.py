"""What was sealed goes out of all that ownerbook keeps: versions, the journal's personal parts, plans, the cache.

The journal says first what becomes of each (`sealed`), after what takes its place is written; only then the old ones go. A stop between
the two is made good by `finish`, and `verify` is right at every moment.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ownerbook.jobs.redacting import Taken, Unseen, found_by_row, plain, redacted, tables_of, values_in, without
from ownerbook.jobs.workspace import Workspace
from ownerbook.schema.words import Text
from ownerbook.storage import plans
from ownerbook.storage import redacted as pointers
from ownerbook.storage.atomic import write_atomically
from ownerbook.storage.cache import Cache
from ownerbook.storage.journal import Entry, Journal
from ownerbook.storage.versions import Versions
from ownerbook.workbook.holding import held

if TYPE_CHECKING:
    from ownerbook.jobs.reading import Read

Progress = Callable[[Text], None]
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".csv", ".ods", ".et", ".txt", ".json", ".eml", ".html")


@dataclass(slots=True)
class Purged:
    """What came of it. entry: of the journal. rewritten, deleted: counts over versions and personal parts; plans: plans rewritten.

    outside: files of the workspace that ownerbook does not keep and that hold some of it; unread: kept versions that could not be
    looked into. alive: values that must stay because the register holds them elsewhere, by the cell.
    """

    entry: Entry | None = None
    rewritten: int = 0
    deleted: int = 0
    plans: int = 0
    outside: list[str] = field(default_factory=list)
    alive: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def gather(space: Workspace, read: Read, of: Mapping[tuple[str, str], tuple[str, ...]], *, password: str | None = None) -> Taken:
    """What is to be taken out everywhere: those rows' values as they are now, as the journal tells of them, and as the kept versions hold them."""
    from ownerbook.schema.cells import Pool, Styles
    from ownerbook.workbook.book import Unreadable
    from ownerbook.workbook.reading import read_book

    out = Taken(dict(of), found_by_row(read.register.tables, of))
    journal = Journal(space.root)
    for entry in journal.entries():
        out.values |= values_in(journal.detail_of(entry), of)
    for _, path in Versions(space.root).all():
        pool, styles = Pool(), Styles()
        try:
            book = read_book(path, pool=pool, styles=styles, password=password)
        except (Unreadable, OSError):
            continue
        out.values |= found_by_row(tables_of(space.root, path.name, book, pool, styles), of)
    return out


def keep_alive(read: Read, taken: Taken) -> list[str]:
    """Leave out the values that the register, with those cells sealed, still holds elsewhere; gives the cells that hold them."""
    from ownerbook.jobs.redacting import cells_of
    from ownerbook.schema.cells import Kind

    forms = taken.forms
    alive: set[str] = set()
    places: list[str] = []
    if not forms:
        return places
    pattern = re.compile("|".join(re.escape(p) for p in sorted(forms, key=len, reverse=True)))
    numbers = {float(p): v for p, v in forms.items() if p.isascii() and p.isdigit() and len(p) <= 15}
    for table in read.register.tables.values():
        mine = {(row, name) for row, name, _ in cells_of(table, taken.of)}
        for name, cells in table.cells.items():
            kind, value = np.asarray(cells.kind), np.asarray(cells.value)
            written = np.flatnonzero(kind == Kind.TEXT)
            codes = value[written].astype(np.int64)
            distinct = np.unique(codes)
            hits = {c: m for c, t in zip(distinct.tolist(), table.pool.texts(distinct), strict=True) if (m := pattern.findall(plain(t)))}
            met = [(int(r), hits[int(c)]) for r, c in zip(written, codes, strict=True) if int(c) in hits] if hits else []
            met += [(int(r), [plain(numbers[float(value[r])])]) for r in np.flatnonzero((kind == Kind.NUMBER) & np.isin(value, list(numbers)))]
            for row, found in met:
                if (row, name) not in mine:
                    alive |= {forms[p] for p in found}
                    places.append(str(table.place(row, name)))
    taken.values = {v for v in taken.values if plain(v) not in {plain(a) for a in alive}}
    return places


def purge(
    space: Workspace, taken: Taken, about: Mapping[str, Any], *, at: datetime, password: str | None = None, progress: Progress | None = None
) -> Purged:
    """Take it out of everything kept, and say so in the journal. about: what the entry says, nothing personal. Hold the lease (`lease.writing`).

    Raises OSError, JournalDamaged; what was not done then is done by the next `finish`.
    """
    finish(space)
    out, journal, versions = Purged(), Journal(space.root), Versions(space.root)
    now: dict[str, dict[str, str]] = {"versions": {}, "details": {}}
    kept = versions.all()
    for n, (print_, path) in enumerate(kept, 1):
        if progress:
            progress(Text(f"旧版本 {n}/{len(kept)}", f"kept version {n} of {len(kept)}"))
        data = path.read_bytes()
        try:
            left = redacted(space.root, path, data, taken, password=password)
        except Unseen:
            out.unread.append(print_[:12])
            continue
        if left is not None and left == data:
            continue
        now["versions"][print_] = versions.keep(left, path.suffix) if left is not None else ""
    for entry in journal.entries():
        if not entry.detail:
            continue
        known = pointers.follow(journal.details, entry.detail)
        detail = journal.detail_of(entry)
        left_over = without(detail, taken)
        if known and left_over != detail:
            now["details"][known] = journal.keep_detail(left_over)
    changed = _plans(space.root, taken)
    prints = _plan_prints(space.root, changed)
    out.rewritten = sum(bool(new) for named in now.values() for new in named.values())
    out.deleted = sum(not new for named in now.values() for new in named.values())
    out.plans = len(changed)
    pointers.begin(space.root, versions.disk)
    out.entry = journal.append(pointers.ENTRY, {**about, **now, "plans": [p.stem for p, _ in changed], "plan_prints": prints}, at=at)
    for path, body in changed:
        write_atomically(path, body, private=True)
    finish(space)
    forget(space.root)
    pointers.over(space.root, versions.disk)
    return out


def finish(space: Workspace) -> int:
    """Do what the journal says was done and is not yet; gives how many things that were. Raises OSError, JournalDamaged."""
    n = 0
    versions = Versions(space.root)
    for place, old, new in pointers.unfinished(space.root):
        if place.is_dir():
            pointers.point(place, old, new, versions.disk)
            n += 1
    return n


def forget(root: Path) -> None:
    """The cache of this machine and the index hold what the register held: they go, and are made anew."""
    cache = Cache.of(root)
    if cache is None or not cache.folder.is_dir():
        return
    for path in sorted(cache.folder.rglob("*"), reverse=True):
        with contextlib.suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def open_plans_with(space: Workspace, taken: Taken) -> list[str]:
    """Plans that somebody has still to decide on and that hold some of it."""
    names = {p.stem for p, _ in _plans(space.root, taken)}
    return sorted(k.plan.id for k in plans.open_plans(space.root)[0] if k.plan.id in names)


def _plans(root: Path, taken: Taken) -> list[tuple[Path, bytes]]:
    out = []
    for path in sorted(plans.folder(root).glob("*.json")):
        try:
            body = json.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        left = without(body, taken)
        if left != body:
            out.append((path, json.dumps({**left, "redacted": True}, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")))
    return out


def _plan_prints(root: Path, changed: Sequence[tuple[Path, bytes]]) -> dict[str, str]:
    """The fingerprints that rewritten plans have now. One that was not what the journal says of it gets none that could be met."""
    said = plans.told(root, [p.stem for p, _ in changed])
    out = {}
    for path, body in changed:
        try:
            sound = (kept := plans.load(root, path.stem)) is not None and plans.as_told(kept, said.get(path.stem))
            out[path.stem] = plans.fingerprint(plans.read(path.stem, body)) if sound else "-"
        except plans.PlanDamaged:
            out[path.stem] = "-"
    return out


def outside(space: Workspace, taken: Taken, *, password: str | None = None) -> list[str]:
    """Files of the workspace outside the register that hold some of it: forms that came in, reports, copies. They are staff's to delete."""
    register = {path.resolve() for _, path in space.files}
    out = []
    for path in sorted(space.root.rglob("*")):
        inside = path.relative_to(space.root).parts
        if not path.is_file() or path.is_symlink() or path.resolve() in register or inside[0] in (".ownerbook", ".git"):
            continue
        if path.suffix.lower() in SUFFIXES:
            with contextlib.suppress(OSError):
                if held(path.read_bytes(), taken.searched, password=password):
                    out.append(path.relative_to(space.root).as_posix())
    return out
