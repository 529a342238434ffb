"""The ledger of (job, period): each night and each month is made once, whoever asks and however often.

A SQLite file on the local disk, since its locks cannot be trusted over a network. A period is claimed in one immediate
transaction, held by a lease that its holder renews, and done only after the work is. One job runs at a time in a workspace.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ownerbook.nights.periods import MONTHLY, NIGHTLY, Due, Known, State, Timing, due
from ownerbook.schema.words import Lang
from ownerbook.storage.ledger_file import Opened, open_ledger

BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long after the first, second … failure the work is tried again."""
AFTER_GIVING_UP = timedelta(hours=1)
"""How often it is tried after the alert, in silence: a share that comes back must not leave the month unmade."""


@dataclass(frozen=True, slots=True)
class Done:
    """A period that was made, as the journal tells."""

    job: str
    period: str
    ended: datetime
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A period that is ours to make. attempt counts from 1; taken_over: who held it before and did not come back."""

    job: str
    period: str
    owner: str
    attempt: int
    taken_over: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A period, or one attempt at it. Times in UTC; error and detail hold nothing personal."""

    job: str
    period: str
    state: str
    attempt: int
    owner: str
    started: datetime | None
    ended: datetime | None
    error: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    alerted: bool = False

    def why(self, lang: Lang) -> str:
        """The error in a language."""
        return str(self.detail.get("error_en") or self.error) if lang == "en" else self.error

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return (self.ended - self.started).total_seconds() if self.started and self.ended else None


@dataclass(frozen=True, slots=True)
class Busy:
    """A claim that was not given. done: the period is made already; else `who` is at `job` of `period` since `started`."""

    done: bool
    job: str
    period: str
    who: str = ""
    started: datetime | None = None
    ended: datetime | None = None


class Ledger:
    """The ledger of one workspace on this machine. Every method is one transaction and raises `ledger_file.LedgerTrouble`."""

    def __init__(self, opened: Opened) -> None:
        self._db, self.path, self.since, self.mended = opened.db, opened.path, opened.since, opened.mended

    @classmethod
    def open(cls, path: Path, workspace: str, since: datetime, seed: Callable[[], Iterable[Done]]) -> Ledger:
        """Open, or make. A new one, one of another workspace and one rebuilt after damage start from what `seed` says was made."""
        return cls(open_ledger(path, workspace, since, lambda: [_done_row(d) for d in seed()]))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Cursor]:
        from ownerbook.storage.ledger_file import trouble

        with trouble(self.path):
            cursor = self._db.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    cursor.execute("ROLLBACK")
                raise

    def known(self) -> list[Known]:
        """What is known of every period."""
        with self._change() as c:
            return _known(c)

    def due(self, now: datetime, timing: Timing, lease: timedelta) -> Due:
        """What is due now."""
        return due(now, timing, self.known(), self.since, longest=lease)

    def claim_due(self, now: datetime, timing: Timing, owner: str, lease: timedelta) -> Claim | None:
        """Take the first period that is due. None where nothing is, or where a job of the workspace runs. Missed nights are written down."""
        with self._change() as c:
            known = _known(c)
            found = due(now, timing, known, self.since, longest=lease)
            c.executemany(
                "INSERT OR IGNORE INTO run(job, period, state, attempt, owner, ended) VALUES (?, ?, 'missed', 0, '', ?)",
                [(NIGHTLY, night, _text(now)) for night in found.missed],
            )
            if not found.run or any(k.held(now, lease) for k in known):
                return None
            return _claim(c, *found.run[0], now, owner, lease)

    def claim(self, job: str, period: str, now: datetime, owner: str, lease: timedelta, *, again: bool = False) -> Claim | Busy:
        """Take one period by hand. again: also one that is made."""
        with self._change() as c:
            known = _known(c)
            for k in known:
                if k.held(now, lease):
                    row = _one(c, k.job, k.period)
                    return Busy(False, k.job, k.period, row.owner, row.started)
                if (k.job, k.period) == (job, period) and k.done(now) and not again:
                    row = _one(c, job, period)
                    return Busy(True, job, period, row.owner, row.started, row.ended)
            return _claim(c, job, period, now, owner, lease)

    def beat(self, claim: Claim, now: datetime, lease: timedelta) -> bool:
        """Renew the lease. False where another has taken the period over."""
        with self._change() as c:
            c.execute(f"UPDATE run SET lease = ? WHERE {_OURS}", (_text(now + lease), *_key(claim)))
            return c.rowcount == 1

    def succeed(self, claim: Claim, now: datetime, detail: Mapping[str, Any]) -> bool:
        """The work is done. False where another had taken it over."""
        return self._end(claim, now, "ok", "", detail, None)

    def fail(self, claim: Claim, now: datetime, error: str, detail: Mapping[str, Any], most: int) -> Run | None:
        """The work failed; it is tried again later. After `most` attempts it is given up but for a quiet try an hour.

        Gives the period as it stands now, None where another had taken it over.
        """
        given_up = claim.attempt >= most
        wait = AFTER_GIVING_UP if given_up else BACK_OFF[min(claim.attempt, len(BACK_OFF)) - 1]
        ours = self._end(claim, now, "given_up" if given_up else "failed", error, detail, now + wait)
        return self.run(claim.job, claim.period) if ours else None

    def release(self, claim: Claim, now: datetime) -> bool:
        """Give a period back as if it had not been tried: the loop was asked to stop."""
        with self._change() as c:
            c.execute(
                f"UPDATE run SET state = 'failed', attempt = attempt - 1, lease = NULL, ended = ?, not_before = NULL WHERE {_OURS}",
                (_text(now), *_key(claim)),
            )
            ours = c.rowcount == 1
            if ours:
                c.execute(f"UPDATE attempt SET state = 'stopped', ended = ? WHERE {_ATTEMPT}", (_text(now), *_attempt(claim)))
            return ours

    def _end(self, claim: Claim, now: datetime, state: State, error: str, detail: Mapping[str, Any], not_before: datetime | None) -> bool:
        told = json.dumps(dict(detail), ensure_ascii=False)
        with self._change() as c:
            c.execute(
                f"UPDATE run SET state = ?, lease = NULL, ended = ?, not_before = ?, error = ?, detail = ?"
                f"{', alerted = 0' if state == 'ok' else ''} WHERE {_OURS}",
                (state, _text(now), _text(not_before), error, told, *_key(claim)),
            )
            ours = c.rowcount == 1
            c.execute(
                f"UPDATE attempt SET state = ?, ended = ?, error = ?, detail = ? WHERE {_ATTEMPT}",
                (state if ours else "lost", _text(now), error, told, *_attempt(claim)),
            )
            return ours

    def alert_once(self, job: str, period: str) -> bool:
        """Whether an alert about this period is still to be raised; asked again, the answer is no."""
        with self._change() as c:
            c.execute("UPDATE run SET alerted = 1 WHERE job = ? AND period = ? AND alerted = 0", (job, period))
            return c.rowcount == 1

    def absorb(self, made: Iterable[Done], now: datetime) -> int:
        """Take in what the journal says was made, on this machine or another. Gives how many periods were news.

        A period that somebody here is at is left to them: they are about to say so themselves.
        """
        n = 0
        with self._change() as c:
            for done in made:
                c.execute(_ABSORB, (*_done_row(done), _text(now)))
                n += c.rowcount
        return n

    def run(self, job: str, period: str) -> Run | None:
        """One period as it stands."""
        with self._change() as c:
            return next(_runs(c, "run", "job = ? AND period = ?", (job, period)), None)

    def runs(self, job: str = "", *, first: str = "", last: str = "") -> list[Run]:
        """Periods as they stand, oldest first: of a job, and from `first` to `last` (as 2026-11-01), where these are named."""
        with self._change() as c:
            found = _runs(c, "run", "(? = '' OR job = ?) AND period >= ? AND (? = '' OR period <= ?)", (job, job, first, last, last))
            return sorted(found, key=lambda r: (r.period, r.job == MONTHLY))

    def attempts(self, job: str = "", *, newest: int = 50) -> list[Run]:
        """The run log: the newest attempts, oldest first. State: running, ok, failed, given_up, died, stopped or lost."""
        with self._change() as c:
            return list(_runs(c, "attempt", "? = '' OR job = ? ORDER BY id DESC LIMIT ?", (job, job, newest)))[::-1]

    def remember(self, name: str, value: str) -> None:
        """Keep a small fact, such as the timing last in force."""
        with self._change() as c:
            c.execute("INSERT INTO meta(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value", (name, value))

    def recall(self, name: str) -> str:
        """A small fact, '' where it is not known."""
        with self._change() as c:
            row = c.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
            return str(row[0]) if row else ""


_OURS = "job = ? AND period = ? AND owner = ? AND attempt = ? AND state = 'running'"
_ATTEMPT = "job = ? AND period = ? AND attempt = ? AND owner = ? AND state = 'running'"
_ABSORB = (
    "INSERT INTO run(job, period, state, attempt, owner, ended, detail) VALUES (?, ?, 'ok', 0, '', ?, ?) ON CONFLICT(job, period) DO UPDATE"
    " SET detail = excluded.detail, error = '', state = 'ok', lease = NULL, not_before = NULL, ended = excluded.ended, alerted = 0"
    " WHERE state <> 'ok' AND NOT (state = 'running' AND lease > ?)"
)


def _done_row(done: Done) -> tuple[str, str, str, str]:
    ended = _text(done.ended)
    assert ended is not None
    return done.job, done.period, ended, json.dumps(dict(done.detail), ensure_ascii=False)


def _key(claim: Claim) -> tuple[str, str, str, int]:
    return claim.job, claim.period, claim.owner, claim.attempt


def _attempt(claim: Claim) -> tuple[str, str, int, str]:
    return claim.job, claim.period, claim.attempt, claim.owner


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _known(c: sqlite3.Cursor) -> list[Known]:
    c.execute("SELECT job, period, state, lease, not_before, ended FROM run")
    return [Known(job, period, state, _time(lease), _time(wait), _time(ended)) for job, period, state, lease, wait, ended in c]


def _one(c: sqlite3.Cursor, job: str, period: str) -> Run:
    return next(_runs(c, "run", "job = ? AND period = ?", (job, period)))


def _claim(c: sqlite3.Cursor, job: str, period: str, now: datetime, owner: str, lease: timedelta) -> Claim:
    before = next(_runs(c, "run", "job = ? AND period = ?", (job, period)), None)
    attempt, taken_over = 1, ""
    if before is not None and before.state == "running":
        attempt, taken_over = before.attempt + 1, before.owner
        c.execute("UPDATE attempt SET state = 'died', ended = ? WHERE job = ? AND period = ? AND state = 'running'", (_text(now), job, period))
    elif before is not None and before.state in ("failed", "given_up"):
        attempt = before.attempt + 1
    c.execute(
        "INSERT INTO run(job, period, state, attempt, owner, lease, started) VALUES (?, ?, 'running', ?, ?, ?, ?) ON CONFLICT(job, period)"
        " DO UPDATE SET state = 'running', attempt = excluded.attempt, owner = excluded.owner, lease = excluded.lease,"
        " started = excluded.started, ended = NULL, not_before = NULL, error = '', detail = '{}'",
        (job, period, attempt, owner, _text(now + lease), _text(now)),
    )
    c.execute(
        "INSERT INTO attempt(job, period, attempt, owner, state, started) VALUES (?, ?, ?, ?, 'running', ?)",
        (job, period, attempt, owner, _text(now)),
    )
    return Claim(job, period, owner, attempt, taken_over)


def _runs(c: sqlite3.Cursor, table: str, where: str, values: tuple[object, ...]) -> Iterator[Run]:
    more = ", not_before, alerted" if table == "run" else ", NULL, 0"
    c.execute(f"SELECT job, period, state, attempt, owner, started, ended, error, detail{more} FROM {table} WHERE {where}", values)
    for job, period, state, attempt, owner, started, ended, error, detail, wait, alerted in c.fetchall():
        told = json.loads(detail or "{}")
        yield Run(job, period, state, attempt, owner, _time(started), _time(ended), error or "", told, _time(wait), bool(alerted))
