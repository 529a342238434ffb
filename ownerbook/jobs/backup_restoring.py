"""A backup brought back: into an empty folder, all of it or nothing, and looked at afterwards."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from ownerbook.jobs.workspace import home
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import sync_folder
from ownerbook.storage.backup_archive import Contents, unpack
from ownerbook.storage.backup_cipher import BackupTrouble, opened
from ownerbook.storage.backup_place import made_at, newest_in
from ownerbook.storage.lease import Held, Lease

_LEASE_SECONDS: Final = 4 * 3600.0


@dataclass(slots=True)
class Brought:
    """What came back. troubles: of its journal and kept versions; ahead: the number of the journal entry that this machine had seen last, where
    the backup is older; cleared: an interrupted restore was taken away first."""

    folder: Path
    file: Path
    made: datetime | None
    contents: Contents
    entries: int = 0
    troubles: list[Text] = field(default_factory=list)
    ahead: int = 0
    cleared: bool = False


def bring_back_from(file: Path, into: Path, password: str) -> Brought:
    """Restore a backup into a folder that is empty or not there yet.

    file: a backup, or a folder of backups of one workspace, of which the newest is taken. All is laid out beside, proved to the last byte, and
    only then gets its name; stopped before that, nothing stands under the name. What comes back is for its owner only. Raises BackupTrouble,
    OSError.
    """
    from ownerbook.jobs.verifying import accept, verify

    into = Path(os.path.abspath(into))  # noqa: PTH100  links are not followed here
    _empty(into)
    if not file.exists():
        raise BackupTrouble(Text(f"找不到备份 {file}", f"there is no backup {file}"))
    file = newest_in(file) if file.is_dir() else file
    into.parent.mkdir(parents=True, exist_ok=True)
    draft = into.with_name(f".{into.name}.restoring")
    lease = Lease(into.with_name(f".{into.name}.restoring.lease"), _LEASE_SECONDS)
    try:
        lease.take()
    except Held as held:
        raise BackupTrouble(Text(f"另一个程序正在恢复到这里：{held.who}", f"another program is restoring to it: {held.who}")) from None
    try:
        cleared = draft.exists()
        if cleared:
            shutil.rmtree(draft)
        try:
            draft.mkdir(mode=0o700)
            times: dict[Path, int] = {}
            with file.open("rb") as source:
                contents = unpack(opened(source, password), lambda name, changed: _created(draft, name, changed, times))
            _settle(draft, times)
            with suppress(FileNotFoundError):
                into.rmdir()  # an empty one; one that was filled meanwhile stops us here
            draft.rename(into)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        sync_folder(into.parent)
    finally:
        lease.give_back()
    looked = verify(into)
    ahead = accept(into, looked)
    if ahead:
        looked = verify(into)
    return Brought(into, file, made_at(file), contents, looked.entries, looked.troubles, ahead, cleared)


def _empty(into: Path) -> None:
    if into.is_symlink() or (into.exists() and not into.is_dir()):
        raise BackupTrouble(Text(f"{into} 不是文件夹，请换一个", f"{into} is no folder; name another"))
    if (into / "ownerbook.toml").exists():
        zh = f"{into} 里已经有一个工作区，不会覆盖；请恢复到空文件夹，核对后再替换"
        raise BackupTrouble(Text(zh, f"there is a workspace in {into}, and it is not written over; restore into an empty folder and compare first"))
    if into.is_dir() and any(into.iterdir()):
        raise BackupTrouble(Text(f"{into} 不是空的；请恢复到空文件夹", f"{into} is not empty; restore into an empty folder"))
    above = home(into.parent) if into.parent.exists() else None
    if above is not None:
        zh = f"{into} 在工作区 {above} 里面，恢复出来会被当成它的登记簿；请换一个位置"
        raise BackupTrouble(Text(zh, f"{into} lies inside the workspace {above} and would be read as part of it; name another place"))


def _created(draft: Path, name: str, changed: int, times: dict[Path, int]) -> IO[bytes]:
    path = draft.joinpath(*name.split("/"))
    for folder in reversed(path.relative_to(draft).parents[:-1]):
        (draft / folder).mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0), 0o600)
    times[path] = changed
    return os.fdopen(handle, "wb")


def _settle(draft: Path, times: Mapping[Path, int]) -> None:
    """The times of change as they were, and everything on the disk itself."""
    for path, changed in times.items():
        os.utime(path, ns=(changed, changed))
    if hasattr(os, "sync"):
        os.sync()  # one call for thousands of small files
        return
    for path in times:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
