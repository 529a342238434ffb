"""Which workspace a folder is: an id written once to `.ownerbook/workspace.json`, the same from whichever machine the share is seen.

The path of a share differs from machine to machine and a folder may be moved or copied, so the id alone names the register
and the path alone names the ledger: a copy of a workspace has the id of its original, but a ledger of its own.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ownerbook.schema.words import Text
from ownerbook.storage.atomic import private_folder
from ownerbook.storage.disk import Disk

FOLDER, FILE, VERSION = ".ownerbook", "workspace.json", 1


class IdentityDamaged(Exception):
    """`.ownerbook/workspace.json` is there and cannot be read."""

    def __init__(self) -> None:
        self.message = Text(
            f"{FOLDER}/{FILE} 读不了，请从备份恢复，或删除它（会当作新工作区，从今天起算）",
            f"{FOLDER}/{FILE} cannot be read; restore it, or delete it (the workspace then counts as new from today)",
        )
        super().__init__(self.message.zh)


@dataclass(frozen=True, slots=True)
class Identity:
    """id: 32 hexadecimal digits. since: when nights and months were set up; nothing older is made."""

    id: str
    since: datetime


def read_identity(root: Path) -> Identity | None:
    """The identity of a workspace, None where it has none yet. Raises IdentityDamaged, OSError."""
    try:
        data = json.loads((root / FOLDER / FILE).read_text("utf-8"))
        return Identity(str(data["id"]), datetime.fromisoformat(data["since"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise IdentityDamaged from None


def identity(root: Path, now: datetime) -> Identity:
    """The identity of a workspace, made now if it has none. Whoever comes first writes it; all others read theirs. Raises as `read_identity`."""
    found = read_identity(root)
    if found is not None:
        return found
    folder, disk = private_folder(root / FOLDER), Disk()
    made = {"version": VERSION, "id": secrets.token_hex(16), "since": now.isoformat(timespec="seconds")}
    draft = folder / f".{FILE}.{secrets.token_hex(4)}.part"
    disk.create(draft, json.dumps(made).encode())
    try:
        disk.place(draft, folder / FILE)
    except FileExistsError:
        disk.remove(draft)
    found = read_identity(root)
    if found is None:
        raise IdentityDamaged
    return found


def state_folder() -> Path:
    """Where this machine keeps ledgers and logs: on its own disk, private. OWNERBOOK_STATE_DIR names another place. Raises OSError."""
    said = os.environ.get("OWNERBOOK_STATE_DIR")
    if said:
        return private_folder(Path(said))
    from platformdirs import user_state_path

    return private_folder(user_state_path("ownerbook", appauthor=False))
