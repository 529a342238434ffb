"""A letter in the outbox, as it stands there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from sqlite3 import Row
from typing import Literal

from ownerbook.schema.words import Lang, Text

State = Literal["queued", "sending", "sent", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class Item:
    """A letter in the outbox. Times in UTC. again_at: when a failed one is tried again, None for not by itself.

    reduced: it went without its attachment. by_hand: somebody asked for it to be sent again. laid_aside: somebody has seen to it.
    """

    id: int
    kind: str
    period: str
    recipient: str
    sender: str
    message_id: str
    path: Path
    size: int
    state: State
    attempt: int
    owner: str
    queued: datetime
    again_at: datetime | None
    ended: datetime | None
    answer: str
    error: Text
    reduced: bool
    alerted: bool
    by_hand: bool
    laid_aside: bool
    sha256: str
    reduced_path: Path | None
    reduced_sha256: str

    @property
    def needs_a_hand(self) -> bool:
        """Whether it will not go by itself any more."""
        return not self.laid_aside and (self.state == "unknown" or (self.state == "failed" and self.again_at is None))

    def why(self, lang: Lang) -> str:
        """What went wrong."""
        return self.error.say(lang)


def item_of(r: Row, letters: Path) -> Item:
    """A row of the outbox. letters: the folder in which its files lie."""
    return Item(
        r["id"], r["kind"], r["period"], r["recipient"], r["sender"], r["message_id"], letters / r["file"], r["size"], r["state"],
        r["attempt"], r["owner"], datetime.fromisoformat(r["queued"]), _time(r["not_before"]), _time(r["ended"]), r["answer"],
        Text(r["error"], r["error_en"]), bool(r["reduced"]), bool(r["alerted"]), bool(r["by_hand"]), bool(r["laid_aside"]), r["sha256"],
        letters / r["reduced_file"] if r["reduced_file"] else None, r["reduced_sha256"],
    )  # fmt: skip


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
