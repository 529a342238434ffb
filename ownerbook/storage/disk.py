"""Every touch of the disk that matters, in one place, so that a test can stop the program at each."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path

_NO_SUCH_CALL = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.ENOSYS)


class Disk:
    """The disk. Each method is one step after which the power may fail."""

    def read(self, path: Path) -> bytes:
        """The bytes of a file."""
        return path.read_bytes()

    def create(self, path: Path, data: bytes) -> None:
        """Write a new file that only its owner can read, flushed. One left behind by a crash is taken over."""
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            self.flush(file.fileno())

    def flush(self, handle: int) -> None:
        """Have what was written on the disk itself."""
        os.fsync(handle)

    def replace(self, source: Path, target: Path) -> None:
        """Rename over."""
        source.replace(target)

    def place(self, source: Path, target: Path) -> None:
        """Rename to a name that must be free. Raises FileExistsError where it is not."""
        if os.name == "nt":
            source.rename(target)  # refuses by itself where the name is taken
            return
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:  # a share without hard links: between the question and the rename another may come, so the lease guards it
            if target.exists():
                raise FileExistsError(target) from None
            source.rename(target)
        else:
            self.remove(source)

    def flush_folder(self, folder: Path) -> None:
        """Have the folder's entries on the disk. Windows has no such call; where a share has none either, nothing more can be done."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            self.flush(handle)
        except OSError as error:
            if error.errno not in _NO_SUCH_CALL:
                raise
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        """Take a file away, if it is there."""
        with contextlib.suppress(OSError):
            path.unlink()


def marks(path: Path) -> tuple[int, ...]:
    """What tells, without reading a file, that it is still the one that was read: its size and times in ns; () where there is none.

    No inode number: some shares give another at each asking.
    """
    try:
        now = path.stat()
    except OSError:
        return ()
    return (now.st_size, now.st_mtime_ns, now.st_ctime_ns)


def like(path: Path, draft: Path, *, keep_time: bool = True) -> None:
    """Owner, group, permissions and extended attributes of the original, as far as we may; and its time of change, if that is to stay."""
    now, before = draft.stat(), path.stat()
    shutil.copystat(path, draft)
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):
            os.chown(draft, before.st_uid, before.st_gid)
        draft.chmod(stat.S_IMODE(before.st_mode))
    if not keep_time:
        os.utime(draft, ns=(now.st_atime_ns, now.st_mtime_ns))
