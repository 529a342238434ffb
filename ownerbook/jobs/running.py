"""Where the work of a workspace is kept on this machine: its ledger, its log, its scratch folder; and when its work falls due."""

from __future__ import annotations

import os
import platform
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from ownerbook import clock
from ownerbook.nights.periods import MONTHLY, NIGHTLY, Timing
from ownerbook.runlog import RunLog
from ownerbook.settings import FILE, Settings, SettingsError
from ownerbook.storage.atomic import local_key
from ownerbook.storage.identity import identity, read_identity, state_folder
from ownerbook.storage.ledger import Done, Ledger

KINDS = {"night": NIGHTLY, "month": MONTHLY}
"""Kinds of journal entries, and the job that each tells of."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that govern the work. lang: of what is written."""

    timing: Timing
    host: str
    attempts: int
    lease: timedelta
    overdue: timedelta
    ping_url: str
    lang: str
    title: str

    @classmethod
    def of(cls, settings: Settings, root: Path) -> Rules:
        """From the settings of a workspace."""
        from ownerbook.reports.terminal import printable

        hour, minute = map(int, settings["nights.time"].split(":"))
        return cls(
            Timing(time(hour, minute), settings["workspace.zone"], settings["nights.month_day"]),
            settings["nights.host"],
            settings["nights.attempts"],
            timedelta(minutes=settings["nights.lease_minutes"]),
            timedelta(hours=settings["nights.overdue_hours"]),
            settings["nights.ping_url"],
            settings["check.lang"],
            printable(settings["workspace.name"] or root.name),
        )


@dataclass(frozen=True, slots=True)
class Station:
    """This machine's side of a workspace. OWNERBOOK_STATE_DIR moves it."""

    root: Path
    state: Path
    key: str

    @classmethod
    def at(cls, root: Path) -> Station:
        """Of the workspace at a path. Raises OSError where this machine's own folder cannot be made."""
        return cls(root.absolute(), state_folder(), local_key(root))

    @property
    def ledger_file(self) -> Path:
        """The ledger."""
        return self.state / "ledgers" / f"{self.key}.sqlite3"

    @property
    def outbox_folder(self) -> Path:
        """Where the letters of this workspace lie."""
        return self.state / "outboxes" / self.key

    @property
    def scratch(self) -> Path:
        """Where copies lie during a night."""
        return self.state / "scratch" / self.key

    @property
    def stop_file(self) -> Path:
        """Its appearance asks `serve` to stop."""
        return self.state / f"{self.key}.stop"

    def log(self) -> RunLog:
        """The log."""
        return RunLog(self.state / "logs" / f"{self.key}.log")

    def ledger(self, now: datetime) -> Ledger | None:
        """The ledger, made with the workspace's id and `since` if need be. None where the share is gone and this machine has none yet.

        Raises ledger_file.LedgerTrouble, identity.IdentityDamaged, OSError.
        """
        if (self.root / FILE).is_file():
            who = identity(self.root, now)
            return Ledger.open(self.ledger_file, who.id, who.since, lambda: made(self.root))
        return Ledger.open(self.ledger_file, "", now, lambda: ()) if self.ledger_file.exists() else None

    def existing_ledger(self) -> Ledger | None:
        """The ledger to look at; None where nothing was ever set up on this machine."""
        if not self.ledger_file.exists():
            return None
        who = read_identity(self.root) if (self.root / FILE).is_file() else None
        return Ledger.open(self.ledger_file, who.id if who else "", clock.now(), lambda: made(self.root))

    def rules(self, ledger: Ledger | None = None) -> Rules:
        """The settings in force; where the share is gone, the timing last known. Raises SettingsError."""
        if (self.root / FILE).is_file() or ledger is None:
            return Rules.of(Settings.read(self.root / FILE), self.root)
        settings = Settings()
        for path in _REMEMBERED:
            if known := ledger.recall(path):
                settings.values[path] = int(known) if isinstance(settings[path], int) else known
        return Rules.of(settings, self.root)

    def remember_rules(self, ledger: Ledger) -> None:
        """Keep the timing for a time when the share is gone."""
        try:
            settings = Settings.read(self.root / FILE)
        except SettingsError:
            return
        for path in _REMEMBERED:
            if ledger.recall(path) != str(settings[path]):
                ledger.remember(path, str(settings[path]))


_REMEMBERED = (
    "workspace.zone",
    "workspace.name",
    "nights.time",
    "nights.month_day",
    "nights.host",
    "nights.attempts",
    "nights.lease_minutes",
    "nights.overdue_hours",
    "nights.ping_url",
    "check.lang",
)


def made(root: Path) -> Iterator[Done]:
    """The nights and months that the journal says were made. Raises storage.journal.JournalDamaged, OSError."""
    from ownerbook.storage.journal import Journal

    for entry in Journal(root).entries(*KINDS):
        if entry.data.get("state") == "ok" and entry.data.get("period"):
            yield Done(KINDS[entry.kind], str(entry.data["period"]), entry.at, entry.data)


def owner() -> str:
    """Who claims: machine, process, and a token that no other has."""
    return f"{platform.node() or '?'}:{os.getpid()}:{secrets.token_hex(4)}"
