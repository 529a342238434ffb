"""This machine's outbox of a workspace, and the mail settings as they were last known, for a time when the share is gone."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ownerbook.jobs.running import Station
from ownerbook.mail.item import Item
from ownerbook.mail.outbox import Outbox
from ownerbook.runlog import harmless
from ownerbook.settings import FILE, OPTIONS, Settings, SettingsError
from ownerbook.storage.atomic import private_folder, write_atomically
from ownerbook.storage.identity import identity

KIND: Final = "mail"
"""Kind of the journal entries that tell of letters."""
_KEPT: Final = {o.path for o in OPTIONS if o.table in ("mail", "alerts")} - {"mail.password"} | {"workspace.name", "workspace.zone", "check.lang"}
_FILE: Final = "settings.json"


@dataclass(frozen=True, slots=True)
class Post:
    """Where letters of a workspace wait on this machine."""

    root: Path
    folder: Path

    @classmethod
    def at(cls, root: Path, folder: Path | None = None) -> Post:
        """Of the workspace at a path; in another folder where one is named. Raises OSError where this machine's own folder cannot be made."""
        station = Station.at(root)
        return cls(station.root, folder or station.outbox_folder)

    @property
    def is_there(self) -> bool:
        """Whether anything was ever queued here."""
        return (self.folder / "outbox.sqlite3").exists()

    def open(self) -> Outbox:
        """The outbox, made if need be. Raises MailTrouble."""
        return Outbox(self.folder)

    def settings(self) -> Settings:
        """The settings in force, or as last known where the workspace is not there. Raises SettingsError."""
        if (self.root / FILE).is_file():
            settings = Settings.read(self.root / FILE)
            self._remember(settings)
            return settings
        settings = Settings()
        with contextlib.suppress(OSError, ValueError):
            known = json.loads((self.folder / _FILE).read_text("utf-8"))
            settings.values.update({o.path: known[o.path] for o in OPTIONS if o.path in _KEPT and o.path in known and o.check(known[o.path])})
        return settings

    def settings_or_known(self) -> Settings:
        """The same, and those last known where the file has mistakes: a notice of just that must get out."""
        try:
            return self.settings()
        except SettingsError:
            return Post(self.root / ".gone", self.folder).settings()

    def _remember(self, settings: Settings) -> None:
        text = json.dumps({k: settings[k] for k in sorted(_KEPT)}, ensure_ascii=False)
        with contextlib.suppress(OSError):
            private_folder(self.folder)
            if not (self.folder / _FILE).exists() or (self.folder / _FILE).read_text("utf-8") != text:
                write_atomically(self.folder / _FILE, text.encode(), private=True)

    def first_today(self, now: datetime) -> bool:
        """Whether a trouble with all mail is to be told for the first time on this day. Kept in a file: the outbox may be what is damaged."""
        day, marker = f"{now:%Y-%m-%d}", self.folder / "told.txt"
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if marker.read_text("ascii") == day:
                return False
        with contextlib.suppress(OSError):
            write_atomically(marker, day.encode(), private=True)
        return True

    def hash_of(self, recipient: str, now: datetime) -> str:
        """A recipient as the journal names them."""
        return hashlib.sha256(f"{identity(self.root, now).id}\n{recipient.lower()}".encode()).hexdigest()[:12]

    def seed(self, outbox: Outbox, recipient: str, now: datetime) -> str:
        """What a Message-ID is made of: the same for the same recipient on whichever machine, as long as the workspace is there."""
        return self.hash_of(recipient, now) if (self.root / FILE).is_file() else f"{outbox.id}\n{recipient.lower()}"

    def tell(self, item: Item, box: str, now: datetime) -> None:
        """Tell the journal how a letter stands. Never raises: the share may be gone, and the outbox knows."""
        from ownerbook.storage.journal import Journal, JournalDamaged

        if not (self.root / FILE).is_file():
            return
        with contextlib.suppress(OSError, JournalDamaged):
            Journal(self.root).append(
                KIND,
                {
                    "kind": item.kind,
                    "period": item.period,
                    "letter": item.id,
                    "outbox": box,
                    "to": self.hash_of(item.recipient, now),
                    "state": item.state,
                    "attempt": item.attempt,
                    "reduced": item.reduced,
                    "said": harmless(item.error.zh),
                },
                at=now,
            )

    def told_elsewhere(self, kind: str, period: str, box: str) -> dict[str, str]:
        """Recipients (as the journal names them) to whom another machine's outbox has this letter, and how it stands there.

        Raises JournalDamaged, OSError.
        """
        from ownerbook.storage.journal import Journal

        if not (self.root / FILE).is_file():
            return {}
        out: dict[str, str] = {}
        for entry in Journal(self.root).entries(KIND):
            data: Mapping[str, Any] = entry.data
            if (data.get("kind"), data.get("period")) == (kind, period) and data.get("outbox") != box:
                out[str(data.get("to"))] = str(data.get("state"))
        return out
