"""The second place: which backups lie there, what an interrupted one left, and whether it is a second place at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from ownerbook.schema.words import Text
from ownerbook.storage.backup_cipher import BackupTrouble, read_about
from ownerbook.storage.disk import Disk

SUFFIX: Final = ".obk"
_NAME = re.compile(r"ownerbook-([0-9a-f]{8})_(\d{8}T\d{6})(?:-\d+)?\.obk")
_DRAFT = re.compile(r"\.ownerbook-([0-9a-f]{8})_.+\.part")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that lies there. made: as its head says, with its zone; None where the head cannot be read."""

    path: Path
    size: int
    made: datetime | None


@dataclass(slots=True)
class Place:
    """A folder for backups of the workspace with an id (eight hexadecimal digits)."""

    folder: Path
    id: str
    disk: Disk

    def look(self, root: Path, *, same_disk: bool = False) -> None:
        """Whether backups of the workspace at a path may go here. Raises BackupTrouble."""
        if not self.folder.is_dir():
            zh = f"备份位置 {self.folder} 不在：移动硬盘没有插上，或共享文件夹没有连上；没有备份"
            raise BackupTrouble(Text(zh, f"the place for backups {self.folder} is not there (disk or share not connected); no backup was made"))
        here, there = root.resolve(), self.folder.resolve()
        if there == here or there.is_relative_to(here):
            zh = f"备份位置 {self.folder} 在工作区里面，工作区没了备份也没了；请换另一块磁盘；没有备份"
            raise BackupTrouble(Text(zh, f"{self.folder} lies inside the workspace and would be lost with it; name another disk; no backup was made"))
        if not same_disk and os.stat(here).st_dev == os.stat(there).st_dev:  # noqa: PTH116  both are resolved
            zh = f"备份位置 {self.folder} 和工作区在同一块磁盘上，磁盘坏了两份都没有，没有备份；请换另一块磁盘。"
            zh += "确要放在这里，请设 backup.same_disk = true 或加 --same-disk"
            en = f"{self.folder} is on the same disk as the workspace; name another. If it shall be there: backup.same_disk = true, or --same-disk"
            raise BackupTrouble(Text(zh, en))

    def backups(self) -> list[Kept]:
        """Those of this workspace, oldest first. Raises OSError."""
        found = []
        for path in sorted(self.folder.iterdir()):
            if (m := _NAME.fullmatch(path.name)) and m[1] == self.id and path.is_file() and not path.is_symlink():
                found.append(Kept(path, path.stat().st_size, made_at(path)))
        return found

    def clear(self) -> list[str]:
        """Take away what interrupted backups left; gives their names. Only for who holds the lease on backing up."""
        gone = []
        for path in sorted(self.folder.iterdir()):
            if (m := _DRAFT.fullmatch(path.name)) and m[1] == self.id and path.is_file():
                self.disk.remove(path)
                gone.append(path.name)
        return gone

    def name(self, made: datetime) -> str:
        """A free name for a backup of a moment."""
        stem = f"ownerbook-{self.id}_{made:%Y%m%dT%H%M%S}"
        taken = {p.name for p in self.folder.iterdir()}
        return next(n for k in range(1, 10_000) if (n := f"{stem}{'' if k == 1 else f'-{k}'}{SUFFIX}") not in taken)

    def write(self, name: str, fill: Callable[[IO[bytes]], None], prove: Callable[[Path], None]) -> Path:
        """Write a backup: beside, flushed, proved, and only then under its name. Raises BackupTrouble, OSError; then nothing of it is left."""
        target, draft = self.folder / name, self.folder / f".{name}.{secrets.token_hex(4)}.part"
        with _told(self.folder):
            try:
                handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
                with os.fdopen(handle, "wb") as file:
                    fill(file)
                    file.flush()
                    self.disk.flush(file.fileno())
                    if hasattr(os, "posix_fadvise"):  # so that it is read again from the disk and not from memory
                        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
                prove(draft)
                self.disk.place(draft, target)
                self.disk.flush_folder(self.folder)
            except BaseException:
                self.disk.remove(draft)
                raise
        return target


def made_at(path: Path) -> datetime | None:
    """When a backup was made, by its head."""
    try:
        with path.open("rb") as file:
            moment = datetime.fromisoformat(str(read_about(file).get("made")))
    except (OSError, ValueError, BackupTrouble):
        return None
    return moment if moment.tzinfo else None


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Faults of the place in words of their own."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            zh = f"备份位置 {folder} 已满，没有备份；请清理或换一块磁盘"
            raise BackupTrouble(Text(zh, f"{folder} is full; no backup was made. Make room, or name another disk")) from None
        if error.errno in _CLOSED:
            zh = f"备份位置 {folder} 不能写（只读或没有权限），没有备份"
            raise BackupTrouble(Text(zh, f"{folder} cannot be written (read-only, or no permission); no backup was made")) from None
        raise


def newest_in(folder: Path) -> Path:
    """The newest backup of a folder. Raises BackupTrouble where there is none, or where they are of several workspaces; OSError."""
    found = [(m[1], p) for p in sorted(folder.iterdir()) if (m := _NAME.fullmatch(p.name)) and p.is_file() and not p.is_symlink()]
    if not found:
        raise BackupTrouble(Text(f"{folder} 里没有备份文件（*.obk）", f"there is no backup (*.obk) in {folder}"))
    if len({id_ for id_, _ in found}) > 1:
        zh = f"{folder} 里有几个工作区的备份，请写明用哪一个文件"
        raise BackupTrouble(Text(zh, f"{folder} holds backups of several workspaces; name the file"))
    dated = [(made, path) for _, path in found if (made := made_at(path)) is not None]
    if not dated:
        raise BackupTrouble(Text(f"{folder} 里的备份文件都打不开", f"no backup in {folder} can be opened"))
    return max(dated)[1]
