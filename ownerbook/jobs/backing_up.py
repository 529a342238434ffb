"""A backup: what goes into it, made and proved, listed, aged out.

Consistent: while the lease on writing is held, the workbooks, the settings and whatever of `.ownerbook` may still change are copied to
this machine's own disk. Journal entries, their personal parts and kept versions are written once, so they are read afterwards, and
only entries up to the head that was copied: a write that comes meanwhile is not half in it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import digest
from pathlib import Path
from typing import IO, Any, Final
from zoneinfo import ZoneInfo

from ownerbook import __version__
from ownerbook.jobs.workspace import Workspace
from ownerbook.nights.backup_ages import Generation, generations
from ownerbook.schema.words import Text
from ownerbook.storage.backup_archive import Contents, Source, pack, unpack
from ownerbook.storage.backup_cipher import BackupTrouble, Sealer, opened
from ownerbook.storage.backup_place import Kept, Place
from ownerbook.storage.disk import Disk
from ownerbook.storage.journal import FOLDER, Journal
from ownerbook.storage.lease import Held, Lease, writing
from ownerbook.storage.secret import secret_of
from ownerbook.storage.still_copy import still_copy
from ownerbook.storage.within import unsafe

KIND: Final = "backup"
PASSWORD: Final = "OWNERBOOK_BACKUP_PASSWORD"
SHORTEST: Final = 12
NOT_KEPT: Final = "备份"
_LEASE_SECONDS: Final = 4 * 3600.0
_FEW: Final = 3
_ONCE = ("journal", "details", "versions")
_PASSING = re.compile(r"~\$.*|\.~.*|\..*\.(?:part|tmp|point)|.*\.lease|\..*\.lease\..*|.*\.mending")
_SECRETS = ("files.password_file", "mail.password_file", "mail.attachment_password_file", "alerts.dingtalk_secret_file", "backup.password_file")
NONE_SET: Final = Text("没有设置备份位置（backup.to），没有备份", "no place for backups is set (backup.to): no backup was made")


@dataclass(slots=True)
class Made:
    """A backup that was made and proved. left_out: files that are not in it; cleared: drafts of interrupted ones; aged: names of those that were
    deleted because they are older than policy keeps."""

    path: Path
    contents: Contents
    size: int
    left_out: list[Text] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)
    aged: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listed:
    """A backup of the list. state: good (opened and compared on `verified`), unknown (never opened by this journal's word), damaged. kept:
    why policy keeps it, () for one that the next backup deletes."""

    name: str
    made: datetime | None
    size: int
    state: str
    verified: datetime | None
    kept: tuple[Generation, ...]


def place_of(space: Workspace, to: Path | None = None) -> Place:
    """The place of the settings, or another. Raises BackupTrouble where none is set."""
    said = space.settings["backup.to"]
    if to is None and not said:
        raise BackupTrouble(NONE_SET)
    path = to if to is not None else Path(said).expanduser()
    key = digest(secret_of(space.root), b"backup", "sha256").hex()[:8]
    return Place(path if path.is_absolute() or to is not None else space.root / path, key, Disk())


def password_of(space: Workspace, environ: Mapping[str, str] = os.environ) -> str:
    """The backup password, from the environment or the file of the settings. Raises BackupTrouble where there is none or it is short."""
    said = environ.get(PASSWORD) or ""
    if not said and (name := space.settings["backup.password_file"]):
        path = Path(name).expanduser()
        said = first_line(path if path.is_absolute() else space.root / path)
    if not said:
        zh = f"没有备份密码：请设置 backup.password_file 或环境变量 {PASSWORD}；不做不加密的备份，没有备份"
        raise BackupTrouble(Text(zh, f"no backup password: set backup.password_file or {PASSWORD}; nothing is backed up unencrypted"))
    if len(said) < SHORTEST:
        raise BackupTrouble(Text(f"备份密码太短，至少 {SHORTEST} 位；没有备份", f"the backup password is too short: {SHORTEST} characters at least"))
    return said


def first_line(path: Path) -> str:
    """The first line of a password file. Raises BackupTrouble; what it holds is never told."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        raise BackupTrouble(Text(f"备份密码文件读不了：{reason}", f"the file of the backup password cannot be read: {reason}")) from None
    return lines[0] if lines else ""


def back_up(space: Workspace, place: Place, password: str, scratch: Path, *, at: datetime, same_disk: bool = False) -> Made:
    """Make a backup, prove it by opening it again, and delete those that policy no longer keeps.

    scratch: a folder on this machine's own disk; copies lie there, for their owner only, while it runs. Raises BackupTrouble, Held,
    JournalDamaged, OSError.
    """
    place.look(space.root, same_disk=same_disk)
    with _alone(space.root):
        cleared = place.clear()
        for attempt in (1, 2):
            made = _made(space, place, password, scratch / f"backup-{os.getpid()}-{attempt}", at)
            if not any(p.startswith(f"{FOLDER}/") for p in made.contents.gone):
                break
            place.disk.remove(made.path)
        else:
            raise BackupTrouble(Text("备份时日志的文件被移走，没有备份", "files of the journal were taken away meanwhile; no backup was made"))
        made.cleared = cleared
        _note(space, made, at)
        _prove_unknown(space, place, password, at)
        made.aged = age_out(space, place, at)
    return made


def _made(space: Workspace, place: Place, password: str, folder: Path, at: datetime) -> Made:
    folder.mkdir(mode=0o700, parents=True)
    try:
        sources, left_out = gather(space, folder, place.folder)
        about = {"workspace": place.id, "made": at.isoformat(timespec="seconds"), "program": __version__}
        held = Contents()

        def fill(file: IO[bytes]) -> None:
            nonlocal held
            sealer = Sealer(file, password, about)
            held = pack(sources, sealer.write)
            sealer.end()

        def prove(path: Path) -> None:
            if contents_of(path, password).files != held.files:
                raise BackupTrouble(Text("备份写好后读回的内容不一样，没有备份", "what was read back is not what was written; no backup was made"))

        path = place.write(place.name(at), fill, prove)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    left_out += [Text(f"{p} 备份时被移走", f"{p} was taken away meanwhile") for p in held.gone]
    return Made(path, held, path.stat().st_size, left_out)


def contents_of(path: Path, password: str) -> Contents:
    """Open a backup and prove all of it. Raises BackupTrouble, OSError."""
    with path.open("rb") as file:
        return unpack(opened(file, password), lambda name, changed: None)


def gather(space: Workspace, folder: Path, place: Path) -> tuple[list[Source], list[Text]]:
    """Everything that goes into a backup, by name. folder: where copies of what may change go. Raises Held, OSError."""
    root, left_out = space.root, []
    mine = root / FOLDER
    books = {path for _, path in space.files}
    secrets_ = {os.path.realpath(_path(root, name)) for o in _SECRETS if (name := space.settings[o])}
    skipped = {root / NOT_KEPT, place, *(() if space.settings["backup.scans"] else (root / space.settings["files.scans"],))}
    sources: list[Source] = []
    with writing(root) as lease:
        newest = (Journal(root).numbers() or [0])[-1]
        for n, path in enumerate(_walk(root, skipped)):
            if n % 100 == 99:
                lease.renew()
            name = path.relative_to(root).as_posix()
            if os.path.realpath(path) in secrets_:
                left_out.append(Text(f"{name} 是密码文件，不放进备份", f"{name} is a password file and stays out"))
                continue
            if unsafe(name):
                left_out.append(Text(f"{name!r} 的文件名不能备份", f"{name!r} has a name that cannot be backed up"))
                continue
            inside = path.relative_to(mine).parts if path.is_relative_to(mine) else ()
            if inside[:1] == ("journal",) and path.stem.isdigit() and int(path.stem) > newest:
                continue
            try:
                changed, copy = path.stat().st_mtime_ns, folder / f"{n:06d}{path.suffix.lower()}"
                if path in books:
                    if still_copy(path, copy).flaw in ("moving", "torn"):
                        zh = f"{name} 正在保存，备份里可能不是最后的内容"
                        left_out.append(Text(zh, f"{name} was being saved; the backup may not hold its last state"))
                    path = copy
                elif path == root / "ownerbook.toml" or (inside and inside[0] not in _ONCE):
                    shutil.copyfile(path, copy)
                    copy.chmod(0o600)
                    if inside == ("head.json",):  # comes before the entries in the walk
                        newest = _newest(copy, newest)
                    path = copy
            except FileNotFoundError:
                continue
            sources.append(Source(name, path, changed))
    return sorted(sources, key=lambda s: s.path), left_out


def _newest(head: Path, known: int) -> int:
    """The entry that a copied head names: what is appended after that is left to the next backup."""
    try:
        return int(json.loads(head.read_bytes())["number"])
    except (OSError, ValueError, KeyError, TypeError):
        return known


def _path(root: Path, name: str) -> Path:
    path = Path(name).expanduser()
    return path if path.is_absolute() else root / path


def _walk(root: Path, skipped: Collection[Path]) -> Iterator[Path]:
    """Files of the workspace in order. No link is followed; what only passes (drafts, leases, owner files) is left out."""
    for folder, folders, files in os.walk(root, followlinks=False):
        here = Path(folder)
        folders[:] = sorted(f for f in folders if here / f not in skipped and not (here / f).is_symlink())
        for name in sorted(files):
            path = here / name
            if not _PASSING.fullmatch(name) and path.is_file() and not path.is_symlink():
                yield path


def listed(space: Workspace, place: Place) -> list[Listed]:
    """The backups of the place, oldest first. Raises OSError, JournalDamaged."""
    kept, known = place.backups(), _known(space.root)
    good = {k.made for k in kept if k.made and _good(k, known)}
    reasons = _reasons(space, good)
    out = []
    for k in kept:
        said = known.get(k.path.name, {})
        damaged = k.made is None or said.get("ok") is False or (bool(said) and said["size"] != k.size)
        state = "damaged" if damaged else "good" if said.get("ok") else "unknown"
        why = reasons.get(k.made, ()) if state == "good" and k.made else ()
        out.append(Listed(k.path.name, k.made, k.size, state, said.get("at"), why))
    return out


def verified(space: Workspace, place: Place, password: str, *, at: datetime, names: Collection[str] = ()) -> list[tuple[Kept, Text | None]]:
    """Open backups of the place and prove each wholly; what came of it is journalled. Gives what is wrong with each, None for nothing."""
    out: list[tuple[Kept, Text | None]] = []
    for k in place.backups():
        if names and k.path.name not in names:
            continue
        trouble: Text | None = None
        try:
            contents_of(k.path, password)
        except BackupTrouble as error:
            trouble = error.message
        except OSError as error:
            trouble = Text(f"读不了：{error.strerror}", f"cannot be read: {error.strerror}")
        Journal(space.root).append(KIND, {"act": "verified", "name": k.path.name, "size": k.size, "ok": trouble is None}, at=at)
        out.append((k, trouble))
    return out


def age_out(space: Workspace, place: Place, at: datetime) -> list[str]:
    """Delete good backups that policy no longer keeps. One that was never opened, or is damaged, is left to people; the newest good one stays."""
    known = _known(space.root)
    good = {k.made: k for k in place.backups() if k.made and _good(k, known)}
    stay = _reasons(space, good)
    old = [k.path for m, k in sorted(good.items()) if m not in stay]
    for path in old:
        path.unlink()
    if old:
        Journal(space.root).append(KIND, {"act": "aged", "names": [p.name for p in old]}, at=at)
    return [p.name for p in old]


def newest_good(root: Path) -> datetime | None:
    """When the newest backup was made, by the journal's word. Raises JournalDamaged."""
    entries = [e for e in Journal(root).entries(KIND) if e.data.get("act") == "made"]
    return entries[-1].at if entries else None


def _reasons(space: Workspace, good: Collection[datetime]) -> dict[datetime, tuple[Generation, ...]]:
    """Why policy keeps each; days, weeks and months are those of the workspace's zone."""
    zone = ZoneInfo(space.settings["workspace.zone"])
    days, weeks, months = (int(space.settings[f"backup.{name}"]) for name in ("daily", "weekly", "monthly"))
    return generations([m.astimezone(zone) for m in good], days, weeks, months)


def _good(kept: Kept, known: Mapping[str, Mapping[str, Any]]) -> bool:
    said = known.get(kept.path.name, {})
    return bool(said.get("ok")) and said["size"] == kept.size


def _known(root: Path) -> dict[str, dict[str, Any]]:
    """What the journal says of each backup: its size, whether it was whole, and when that was seen."""
    out: dict[str, dict[str, Any]] = {}
    for entry in Journal(root).entries(KIND):
        if entry.data.get("act") in ("made", "verified"):
            out[str(entry.data["name"])] = {"size": entry.data["size"], "ok": bool(entry.data["ok"]), "at": entry.at}
    return out


def _note(space: Workspace, made: Made, at: datetime) -> None:
    about = {"act": "made", "name": made.path.name, "size": made.size, "ok": True, "files": len(made.contents.files)}
    with made.path.open("rb") as file:
        print_ = sha256()
        while piece := file.read(1 << 20):
            print_.update(piece)
    Journal(space.root).append(KIND, about | {"sha256": print_.hexdigest(), "contents": made.contents.fingerprint}, at=at)


def _prove_unknown(space: Workspace, place: Place, password: str, at: datetime) -> None:
    """After a restore the journal does not know the backups that came later: a few of them are opened each time, so that they age too."""
    known = _known(space.root)
    for k in [k for k in place.backups() if k.path.name not in known][:_FEW]:
        verified(space, place, password, at=at, names=[k.path.name])


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    lease = Lease(root / FOLDER / "backup.lease", _LEASE_SECONDS)
    try:
        lease.take()
    except Held as held:
        raise BackupTrouble(Text(f"另一个程序正在备份：{held.who}", f"another program is backing up: {held.who}")) from None
    try:
        yield
    finally:
        lease.give_back()
