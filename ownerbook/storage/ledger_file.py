"""The ledger's file: made, checked, and set aside where it is damaged."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ownerbook.schema.words import Text
from ownerbook.storage.atomic import private_folder
from ownerbook.storage.lease import Held, Lease

VERSION = "1"
_PATIENCE = 30.0  # seconds that a transaction of another process may take
_TABLES = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS run(
    job TEXT NOT NULL, period TEXT NOT NULL, state TEXT NOT NULL, attempt INTEGER NOT NULL, owner TEXT NOT NULL,
    lease TEXT, started TEXT, ended TEXT, not_before TEXT, error TEXT, detail TEXT, alerted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (job, period));
CREATE TABLE IF NOT EXISTS attempt(
    id INTEGER PRIMARY KEY, job TEXT NOT NULL, period TEXT NOT NULL, attempt INTEGER NOT NULL, owner TEXT NOT NULL, state TEXT NOT NULL,
    started TEXT, ended TEXT, error TEXT, detail TEXT);
"""
Rows = Iterable[tuple[str, str, str, str]]
Mended = Literal["", "damaged", "other"]


class LedgerTrouble(Exception):
    """The ledger cannot be used just now: the disk is full, cannot be written, or others hold it too long."""

    def __init__(self, path: Path, reason: str) -> None:
        self.message = Text(
            f"运行台账 {path.name} 用不了（{reason}），请检查本机磁盘空间和权限",
            f"the ledger {path.name} cannot be used ({reason}); look at space and permissions of the local disk",
        )
        super().__init__(self.message.zh)


@dataclass(slots=True)
class Opened:
    """An open ledger. mended: why it was begun anew, the old one being set aside: it was damaged, or of another workspace."""

    db: sqlite3.Connection
    path: Path
    since: datetime
    mended: Mended = ""


@contextmanager
def trouble(path: Path) -> Iterator[None]:
    """What SQLite raises, in our words."""
    try:
        yield
    except sqlite3.Error as error:
        raise LedgerTrouble(path, str(error)) from error


def open_ledger(path: Path, workspace: str, since: datetime, seed: Callable[[], Rows]) -> Opened:
    """Open a ledger, or make it. workspace: the id it must bear, '' where the share cannot say. Raises LedgerTrouble, OSError."""
    private_folder(path.parent)
    fresh = not path.exists()
    mended: Mended = ""
    try:
        db = _connect(path)
        bears = _bears(db)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise LedgerTrouble(path, str(error)) from error
        mended = "damaged"
    else:
        if bears and workspace and bears != workspace:
            db.close()
            mended = "other"
    if mended:
        _set_aside(path, mended)
        fresh = True
        with trouble(path):
            db = _connect(path)
            bears = _bears(db)
    with trouble(path):
        if fresh or not bears:
            _begin(db, workspace, since, seed())
        if mended:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('mended', ?)", (mended,))
        row = db.execute("SELECT value FROM meta WHERE name = 'since'").fetchone()
    return Opened(db, path, datetime.fromisoformat(row[0]), mended)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        with contextlib.suppress(OSError):
            path.chmod(0o600)
        (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        return db
    except BaseException:
        db.close()
        raise


def _bears(db: sqlite3.Connection) -> str:
    """The id of the workspace that it belongs to, '' for one that is still empty."""
    try:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            return ""
        found = dict(db.execute("SELECT name, value FROM meta WHERE name IN ('version', 'workspace')").fetchall())
        if found:
            db.execute("SELECT job, period, state, lease, alerted FROM run LIMIT 1")
            db.execute("SELECT id, detail FROM attempt LIMIT 1")
    except sqlite3.OperationalError as error:
        if "no such" not in str(error):
            raise
        db.close()
        raise sqlite3.DatabaseError(str(error)) from error
    return str(found.get("workspace", "")) if found.get("version") == VERSION else ""


def _begin(db: sqlite3.Connection, workspace: str, since: datetime, made: Rows) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        for statement in filter(str.strip, _TABLES.split(";")):
            db.execute(statement)
        meta = (("version", VERSION), ("workspace", workspace), ("since", since.astimezone(UTC).isoformat(timespec="seconds")))
        db.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", meta)
        db.executemany("INSERT OR IGNORE INTO run(job, period, state, attempt, owner, ended, detail) VALUES (?, ?, 'ok', 0, '', ?, ?)", made)
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise


def _set_aside(path: Path, why: str) -> None:
    """Keep the old file under another name. Of several who find it damaged one does so."""
    lease = Lease(path.with_name(f"{path.name}.mending"), 30)
    try:
        lease.take()
    except Held:
        raise LedgerTrouble(path, "being rebuilt") from None
    try:
        if why == "damaged" and _sound(path):  # somebody was quicker
            return
        n = 1
        while (aside := path.with_name(f"{path.stem}.{why}-{n}{path.suffix}")).exists():
            n += 1
        with contextlib.suppress(FileNotFoundError):
            path.rename(aside)
        with contextlib.suppress(FileNotFoundError):
            path.with_name(f"{path.name}-journal").rename(aside.with_name(f"{aside.name}-journal"))
    finally:
        lease.give_back()


def _sound(path: Path) -> bool:
    try:
        db = _connect(path)
        _bears(db)
    except sqlite3.Error:
        return False
    db.close()
    return True
