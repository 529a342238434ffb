"""The outbox: a letter is written down before it is sent, sent once, and what became of it is known or said to be unknown.

    queued -> sending -> sent
                      -> failed (tried again at a time, or not at all)
                      -> unknown (never again by itself)

A letter is claimed in one immediate transaction and held by a lease. It is `sending` from the moment before the server is asked to
take its text; what is found so after its sender died may have arrived, hence unknown. One that died before that is simply free
again. A kind, a period and a recipient make one letter, however often it is queued.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import Final, Literal

from ownerbook.mail.item import Item, item_of
from ownerbook.mail.outbox_file import LETTERS, change, connect
from ownerbook.mail.trouble import MailTrouble
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import write_atomically

NO_ERROR: Final = Text("", "")
BACK_OFF: Final = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 720))
"""How long after the first, second … failure a letter is tried again; the last is repeated until `LONGEST` after it was queued."""
LONGEST: Final = timedelta(days=7)
LEASE: Final = timedelta(minutes=15)


class Outbox:
    """The outbox of a workspace on this machine. Methods are one transaction each and raise MailTrouble."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._db = folder, connect(folder)

    @property
    def id(self) -> str:
        """What tells this outbox from one on another machine."""
        return str(self._db.execute("SELECT value FROM meta WHERE name = 'id'").fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Outbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def queue(
        self, kind: str, period: str, recipient: str, sender: str, message_id: str, letter: bytes, reduced: bytes | None, now: datetime
    ) -> tuple[Item, bool]:
        """Write a letter down. Gives it, and whether it is new: one that is there already stays as it is, byte for byte.

        reduced: the same letter without its attachment, for a server that will not take it whole.
        """
        known = self.find(kind, period, recipient)
        if known is not None:
            return known, False
        stem = secrets.token_hex(8)
        names = [f"{stem}.eml", f"{stem}.reduced.eml" if reduced is not None else ""]
        try:
            for name, data in zip(names, (letter, reduced), strict=True):
                if name and data is not None:
                    write_atomically(self.folder / LETTERS / name, data, private=True)
        except OSError as error:
            self._remove(names)
            raise MailTrouble(
                Text(
                    f"信写不进发件箱：{error.strerror}，请检查本机磁盘空间", f"the letter cannot be written: {error.strerror}; look at the local disk"
                )
            ) from error
        values = (kind, period, recipient, sender, message_id, names[0], _print(letter), len(letter), names[1], _print(reduced), _text(now))
        with self._change() as db:
            cursor = db.execute(
                "INSERT OR IGNORE INTO letter(kind, period, recipient, sender, message_id, file, sha256, size, reduced_file, reduced_sha256,"
                " state, queued) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)",
                values,
            )
            new = cursor.rowcount == 1
        if not new:
            self._remove(names)
        found = self.find(kind, period, recipient)
        assert found is not None
        return found, new

    def claim(self, owner: str, now: datetime, *, lease: timedelta = LEASE, only: int | None = None) -> Item | None:
        """Take a letter that is to be sent now, the oldest first. only: this one, if it is due. None where there is none."""
        with self._change() as db:
            row = db.execute(
                "SELECT * FROM letter WHERE (state = 'queued' OR (state = 'failed' AND not_before <= ?)) AND (lease IS NULL OR lease <= ?)"
                " AND (? IS NULL OR id = ?) ORDER BY id LIMIT 1",
                (_text(now), _text(now), only, only),
            ).fetchone()
            if row is None:
                return None
            db.execute(
                "UPDATE letter SET state = 'queued', owner = ?, lease = ?, not_before = NULL, attempt = attempt + 1 WHERE id = ?",
                (owner, _text(now + lease), row["id"]),
            )
        return self.get(int(row["id"]))

    def begin(self, item: Item, now: datetime, *, lease: timedelta = LEASE) -> bool:
        """Say that the server is about to be given the text. False where another has taken the letter: then it must not be sent."""
        return self._ours(item, "queued', 'sending", "state = 'sending', lease = ?", _text(now + lease))

    def end(
        self, item: Item, state: Literal["sent", "failed", "unknown"], now: datetime, *, answer: str = "", error: Text = NO_ERROR,
        stop: bool = False, reduced: bool = False,
    ) -> bool:  # fmt: skip
        """Say what became of it. stop: a failed letter is not tried again by itself. False where it is not ours any more.

        A sender that was taken for dead and was only slow may still say so: what is known is better than unknown.
        """
        wait = None
        if state == "failed" and not stop and now < item.queued + LONGEST:
            wait = now + BACK_OFF[min(max(item.attempt, 1), len(BACK_OFF)) - 1]
        return self._ours(
            item,
            "queued', 'sending', 'unknown",
            "state = ?, lease = NULL, owner = '', not_before = ?, ended = ?, answer = ?, error = ?, error_en = ?, reduced = ?",
            state, _text(wait), _text(now), answer, error.zh, error.en, int(reduced),
        )  # fmt: skip

    def settle(self, now: datetime, is_dead: Callable[[str], bool] = lambda owner: False) -> list[Item]:
        """Look after those whose sender is gone: what was `sending` becomes unknown, what was only claimed is free again.

        is_dead: whether a sender is known to be gone, though its lease still runs. Gives the letters that became unknown.
        """
        lost = Text(
            "寄送途中程序中断，不知道收件人有没有收到；请问一下收件人，没收到再用 mail resend 重发",
            "the program ended while it was being sent, so it may have arrived: ask the recipient, and resend it if it has not",
        )
        with self._change() as db:
            held = db.execute("SELECT id, state, owner, lease FROM letter WHERE state = 'sending' OR (state = 'queued' AND owner <> '')").fetchall()
            over = [r for r in held if r["lease"] is None or r["lease"] <= (_text(now) or "") or (r["owner"] and is_dead(r["owner"]))]
            for row in over:
                if row["state"] == "sending":
                    db.execute(
                        "UPDATE letter SET state = 'unknown', lease = NULL, ended = ?, error = ?, error_en = ? WHERE id = ?",
                        (_text(now), lost.zh, lost.en, row["id"]),
                    )
                else:
                    db.execute("UPDATE letter SET owner = '', lease = NULL WHERE id = ?", (row["id"],))
        return [i for r in over if r["state"] == "sending" and (i := self.get(int(r["id"]))) is not None]

    def resend(self, number: int, now: datetime, *, although_sent: bool = False) -> Item:
        """Queue a letter again, as it was written. Raises MailTrouble where it is being sent, was sent, or waits already."""
        with self._change() as db:
            row = db.execute("SELECT state, owner FROM letter WHERE id = ?", (number,)).fetchone()
            if row is None:
                raise MailTrouble(
                    Text(f"发件箱里没有 {number} 号信，见 ownerbook mail list", f"there is no letter {number}; see ownerbook mail list")
                )
            if row["state"] == "sending" or (row["state"] == "queued" and row["owner"]):
                raise MailTrouble(Text(f"{number} 号信正在寄送", f"letter {number} is being sent"))
            if row["state"] == "sent" and not although_sent:
                raise MailTrouble(Text(f"{number} 号信已寄出；确实要再寄一次请加 --again", f"letter {number} was sent; --again sends it once more"))
            db.execute(
                "UPDATE letter SET state = 'queued', owner = '', attempt = 0, not_before = NULL, queued = ?, alerted = 0, laid_aside = 0,"
                " by_hand = by_hand + 1 WHERE id = ?",
                (_text(now), number),
            )
        found = self.get(number)
        assert found is not None
        return found

    def lay_aside(self, number: int) -> Item:
        """Somebody has seen to a letter that will not go by itself: it arrived after all, or need not go. Raises MailTrouble for any other."""
        found = self.get(number)
        if found is None or not found.needs_a_hand:
            raise MailTrouble(Text(f"{number} 号信不在等人处理", f"letter {number} does not wait for a hand"))
        with self._change() as db:
            db.execute("UPDATE letter SET laid_aside = 1 WHERE id = ?", (number,))
        return found

    def alert_once(self, number: int) -> bool:
        """Whether an alert about this letter is still to be raised; asked again, the answer is no."""
        with self._change() as db:
            return db.execute("UPDATE letter SET alerted = 1 WHERE id = ? AND alerted = 0", (number,)).rowcount == 1

    def get(self, number: int) -> Item | None:
        """One letter."""
        return next(iter(self._items("id = ?", number)), None)

    def find(self, kind: str, period: str, recipient: str) -> Item | None:
        """The letter of a kind, a period and a recipient."""
        return next(iter(self._items("kind = ? AND period = ? AND recipient = ?", kind, period, recipient)), None)

    def items(self) -> list[Item]:
        """Every letter, oldest first."""
        return self._items("1")

    def text_of(self, item: Item, *, reduced: bool = False) -> bytes | None:
        """A letter as it was written, None for a reduced form that it has not. Raises MailTrouble where the file is gone or was changed."""
        path, fingerprint = (item.reduced_path, item.reduced_sha256) if reduced else (item.path, item.sha256)
        if path is None:
            return None
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        if _print(data) != fingerprint:
            raise MailTrouble(
                Text(f"{item.id} 号信的文件不在了或被改过，不寄出", f"the file of letter {item.id} is gone or was changed; it is not sent")
            )
        return data

    def sweep(self, now: datetime, keep: timedelta) -> int:
        """Delete the files of letters sent long ago; the outbox still knows that they were. Gives how many."""
        old = [i for i in self._items("state = 'sent' AND ended < ?", _text(now - keep)) if i.path.exists()]
        for item in old:
            self._remove([item.path.name, item.reduced_path.name if item.reduced_path else ""])
        return len(old)

    @contextmanager
    def _change(self) -> Iterator[Connection]:
        with change(self._db, self.folder / "outbox.sqlite3") as db:
            yield db

    def _ours(self, item: Item, states: str, assignments: str, *values: object) -> bool:
        with self._change() as db:
            cursor = db.execute(
                f"UPDATE letter SET {assignments} WHERE id = ? AND owner = ? AND attempt = ? AND state IN ('{states}')",
                (*values, item.id, item.owner, item.attempt),
            )
            return bool(cursor.rowcount == 1)

    def _items(self, where: str, *values: object) -> list[Item]:
        with self._change() as db:
            rows = db.execute(f"SELECT * FROM letter WHERE {where} ORDER BY id", values).fetchall()
        return [item_of(r, self.folder / LETTERS) for r in rows]

    def _remove(self, names: list[str]) -> None:
        for name in filter(None, names):
            with suppress(OSError):
                (self.folder / LETTERS / name).unlink()


def _print(data: bytes | None) -> str:
    return hashlib.sha256(data).hexdigest() if data is not None else ""


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
