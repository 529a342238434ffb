"""The outbox's folder on the local disk: a SQLite file, and beside it the letters as they are sent."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ownerbook.mail.trouble import MailTrouble
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import private_folder

VERSION: Final = "1"
LETTERS: Final = "letters"
_PATIENCE: Final = 30.0  # seconds that a transaction of another process may take
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS letter("
    " id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, period TEXT NOT NULL, recipient TEXT NOT NULL, sender TEXT NOT NULL,"
    " message_id TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,"
    " reduced_file TEXT NOT NULL DEFAULT '', reduced_sha256 TEXT NOT NULL DEFAULT '',"
    " state TEXT NOT NULL, attempt INTEGER NOT NULL DEFAULT 0, owner TEXT NOT NULL DEFAULT '', lease TEXT, not_before TEXT,"
    " queued TEXT NOT NULL, ended TEXT, answer TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '', error_en TEXT NOT NULL DEFAULT '',"
    " reduced INTEGER NOT NULL DEFAULT 0, alerted INTEGER NOT NULL DEFAULT 0, by_hand INTEGER NOT NULL DEFAULT 0,"
    " laid_aside INTEGER NOT NULL DEFAULT 0,"
    " UNIQUE (kind, period, recipient))",
)


def trouble(path: Path, reason: str) -> MailTrouble:
    """The outbox cannot be used just now."""
    return MailTrouble(
        Text(
            f"发件箱 {path.name} 用不了（{reason}），请检查本机磁盘空间和权限",
            f"the outbox {path.name} cannot be used ({reason}); look at space and permissions of the local disk",
        )
    )


def connect(folder: Path) -> sqlite3.Connection:
    """Open the outbox in a folder, or make it. Raises MailTrouble.

    A damaged one is never begun anew by itself: what it had sent would be forgotten, and sent again.
    """
    path = folder / "outbox.sqlite3"
    db = None
    try:
        private_folder(private_folder(folder) / LETTERS)
        db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        with contextlib.suppress(OSError):
            path.chmod(0o600)
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA synchronous = FULL")
        (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        with change(db, path):
            for statement in _TABLES:
                db.execute(statement)
            db.execute("INSERT OR IGNORE INTO meta VALUES ('version', ?), ('id', ?)", (VERSION, secrets.token_hex(8)))
        return db
    except (sqlite3.Error, OSError) as error:
        if db is not None:
            db.close()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            raise MailTrouble(
                Text(
                    f"发件箱 {path} 已损坏；为免重复寄信，没有自动重建。请从备份恢复，或确认各月已寄出后把它改名",
                    f"the outbox {path} is damaged; it is not begun anew by itself, or letters would go twice. Restore it, or rename it once you "
                    "know what was sent",
                )
            ) from error
        raise trouble(path, getattr(error, "strerror", None) or str(error)) from error


@contextmanager
def change(db: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """One immediate transaction: whoever is in it is alone. Raises MailTrouble."""
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        raise trouble(path, str(error)) from error
    try:
        yield db
        db.execute("COMMIT")
    except BaseException as error:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        if isinstance(error, sqlite3.Error):
            raise trouble(path, str(error)) from error
        raise
