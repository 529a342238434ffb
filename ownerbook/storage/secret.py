"""The secret of a workspace: 32 random bytes, written once to `.ownerbook/secret`, the key of ids and check values on papers."""

from __future__ import annotations

import secrets
from pathlib import Path

from ownerbook.storage.atomic import private_folder
from ownerbook.storage.disk import Disk

FOLDER, FILE, LENGTH = ".ownerbook", "secret", 32


def secret_of(root: Path, *, make: bool = True) -> bytes:
    """The secret of a workspace, made now if it has none; b"" where there is none and none can or shall be made.

    Whoever comes first writes it, all others read theirs. Without it papers carry no check values and are compared by what they show.
    """
    path = root / FOLDER / FILE
    found = _read(path)
    if found or not make:
        return found
    disk = Disk()
    draft = path.with_name(f".{FILE}.{secrets.token_hex(4)}.part")
    try:
        private_folder(root / FOLDER)
        disk.create(draft, secrets.token_bytes(LENGTH))
        disk.place(draft, path)
    except FileExistsError:
        disk.remove(draft)
    except OSError:
        return b""
    return _read(path)


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError:
        return b""
    return data if len(data) == LENGTH else b""
