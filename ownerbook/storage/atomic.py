"""Files on disk are the old ones or the new ones, whole: written beside, flushed, then renamed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from ownerbook.storage.disk import Disk


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Replace a file's content. After a crash at any moment the old or the new content is there, whole.

    private: readable by its owner only, from the first byte on. Raises OSError; then the old file stands.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        mode = 0o600 if private else 0o644
        fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(fd, "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries, where there is such a call."""
    Disk().flush_folder(folder)


def local_key(root: Path) -> str:
    """The name under which this machine keeps what belongs to the workspace at a path."""
    return hashlib.sha256(os.path.normcase(str(root.absolute())).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def print_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def private_folder(path: Path) -> Path:
    """A folder that only its owner can read, made if need be."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
