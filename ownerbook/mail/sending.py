"""One pass over the outbox: what waits is handed over, and what became of it is written down."""

from __future__ import annotations

import os
import platform
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ownerbook.mail.item import Item
from ownerbook.mail.outbox import BACK_OFF, Outbox
from ownerbook.mail.smtp import Handed, Server, hand_over
from ownerbook.mail.trouble import MailTrouble
from ownerbook.schema.words import Text

_MOST: Final = 200
NOT_ALLOWED: Final = Text("收件人已不在 mail.allow 里，没有寄", "the recipient is not in mail.allow any more; nothing was sent")


@dataclass(slots=True)
class Passed:
    """What a pass did: letters by how they stand now. waiting: failed, and tried again by themselves."""

    sent: list[Item] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)
    stopped: list[Item] = field(default_factory=list)
    unknown: list[Item] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether any letter did not go."""
        return bool(self.waiting or self.stopped or self.unknown)

    @property
    def alarming(self) -> list[Item]:
        """Letters of which somebody must be told: those that will not go by themselves, and those that fail on and on."""
        return [*self.stopped, *self.unknown, *(i for i in self.waiting if i.attempt > len(BACK_OFF))]


def pass_over(outbox: Outbox, server: Callable[[], Server], may_write_to: Callable[[str], bool], now: datetime, *, only: int | None = None) -> Passed:
    """Send what is due. only: this letter alone. Raises MailTrouble where the outbox or the server's password cannot be had.

    Any number of passes may run at once: a letter is claimed by one of them.
    """
    done = Passed(unknown=outbox.settle(now, is_dead))
    me = f"{platform.node() or '?'}:{os.getpid()}:{secrets.token_hex(4)}"
    ready: Server | None = None
    for _ in range(_MOST):
        if ready is None and any(_is_due(i, now) and only in (None, i.id) for i in outbox.items()):
            ready = server()  # before anything is claimed: without its password nothing was tried
        item = outbox.claim(me, now, only=only)
        if item is None or ready is None:
            break
        handed = _hand(outbox, item, ready, may_write_to, now)
        stop = handed.state == "failed" and not handed.again
        outbox.end(item, handed.state, now, answer=handed.answer, error=handed.error, stop=stop, reduced=handed.reduced)
        after = outbox.get(item.id)
        if after is not None and after.owner in ("", me):  # else another has it now, and tells
            kind = {"sent": done.sent, "unknown": done.unknown, "failed": done.stopped if after.needs_a_hand else done.waiting}[handed.state]
            kind.append(after)
        if handed.everybody:
            break  # one wrong password is tried once a pass, and a silent server is waited for once
    return done


def _hand(outbox: Outbox, item: Item, server: Server, may_write_to: Callable[[str], bool], now: datetime) -> Handed:
    if not may_write_to(item.recipient):
        return Handed("failed", error=NOT_ALLOWED)
    try:
        letter, reduced = outbox.text_of(item), outbox.text_of(item, reduced=True)
    except MailTrouble as trouble:
        return Handed("failed", error=trouble.message)
    assert letter is not None
    return hand_over(server, item.sender, item.recipient, letter, reduced, lambda: outbox.begin(item, now))


def _is_due(item: Item, now: datetime) -> bool:
    return (item.state == "queued" and not item.owner) or (item.state == "failed" and item.again_at is not None and item.again_at <= now)


def is_dead(owner: str) -> bool:
    """Whether a sender of this machine is gone. Where that cannot be told, its lease decides."""
    host, _, rest = owner.partition(":")
    pid, _, _ = rest.partition(":")
    if os.name == "nt" or host != (platform.node() or "?") or not pid.isdecimal():
        return False  # on Windows os.kill would end the process that it asks for
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
