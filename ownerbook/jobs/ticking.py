"""`tick`: one pass over what is due. Any number of ticks, loops and hands may run at once; each period is made once.

The order that makes it so: the share's lease, so that two machines do not both run; the journal, which tells what another machine has
made; the ledger's claim, in one transaction; the work; the journal's entry; and only then the ledger's `ok`. Killed between the last
two, the next one finds the period in the journal.
"""

from __future__ import annotations

import importlib
import platform
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from ownerbook import clock
from ownerbook.jobs.alerting import ping, raise_alert
from ownerbook.jobs.monthly import run_month
from ownerbook.jobs.night import Outcome
from ownerbook.jobs.nightly import Stopped, run_night
from ownerbook.jobs.running import Rules, Station, made, owner
from ownerbook.nights.periods import MONTHLY, NIGHTLY, month_before
from ownerbook.runlog import RunLog, what_went_wrong
from ownerbook.schema.words import Text
from ownerbook.settings import SettingsError
from ownerbook.storage.journal import JournalDamaged
from ownerbook.storage.lease import Held, Lease
from ownerbook.storage.ledger import Busy, Claim, Ledger
from ownerbook.storage.ledger_file import LedgerTrouble

Ended = Literal["ok", "failed", "given_up", "stopped", "lost"]
_MOST = 500
"""Periods a pass makes at most: a bound for a clock that is wrong."""


@dataclass(frozen=True, slots=True)
class Made:
    """A period that this pass was at. error: '' where it went well."""

    job: str
    period: str
    state: Ended
    error: Text = Text("", "")
    outcome: Outcome | None = None


@dataclass(slots=True)
class Ticked:
    """What a pass did. notes: why it did nothing, or what else is to be said."""

    made: list[Made] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether any period failed."""
        return any(m.state in ("failed", "given_up") for m in self.made)


class NotHere(Exception):
    """A run by hand that cannot be had now: another machine or process is at it, or it is done."""

    def __init__(self, message: Text, *, done: bool = False) -> None:
        super().__init__(message.zh)
        self.message, self.done = message, done


def tick(root: Path, *, stop: Callable[[], bool] = lambda: False, now: Callable[[str], datetime] = clock.now) -> Ticked:
    """Make what is due. Raises SettingsError, LedgerTrouble, IdentityDamaged, OSError where not even the asking is possible."""
    out, station = Ticked(), Station.at(root)
    log = station.log()
    try:
        with _ledger(station, now, log, out) as (ledger, rules):
            if ledger is None or rules is None:
                return out
            if not host_is_right(rules, out):
                return out
            while len(out.made) < _MOST and not stop() and ledger.due(now(rules.timing.zone), rules.timing, rules.lease).run:
                with _alone(station, rules, out, log, now) as alone:
                    if not alone:
                        break
                    _absorb(station, ledger, log, now(rules.timing.zone))
                    claim = ledger.claim_due(now(rules.timing.zone), rules.timing, owner(), rules.lease)
                    if claim is None:
                        break
                    out.made.append(run_claim(station, ledger, rules, claim, log, stop=stop, now=now))
                if out.made[-1].state in ("stopped", "lost"):
                    break
            _send_mail(station, log, now(rules.timing.zone), out)
    finally:
        log.close()
    return out


def by_hand(
    root: Path,
    job: str,
    period: str | None,
    *,
    again: bool = False,
    stop: Callable[[], bool] = lambda: False,
    now: Callable[[str], datetime] = clock.now,
) -> Made:
    """Make one period now; without a period the newest that fell due. Raises NotHere where it is done or somebody is at it, and as `tick`."""
    out, station = Ticked(), Station.at(root)
    log = station.log()
    try:
        with _ledger(station, now, log, out) as (ledger, rules):
            if ledger is None or rules is None:
                raise NotHere(out.notes[0])
            at = now(rules.timing.zone)
            if period is None:
                period = rules.timing.night(at).isoformat() if job == NIGHTLY else month_before(f"{rules.timing.day(at):%Y-%m}")
            if job == MONTHLY and period >= f"{rules.timing.day(at):%Y-%m}":
                raise NotHere(Text(f"{period} 还没有过完", f"{period} is not over yet"))
            with _alone(station, rules, out, log, now) as alone:
                if not alone:
                    raise NotHere(out.notes[-1])
                _absorb(station, ledger, log, at)
                claim = ledger.claim(job, period, at, owner(), rules.lease, again=again)
                if isinstance(claim, Busy):
                    raise NotHere(_busy(claim, rules), done=claim.done)
                return run_claim(station, ledger, rules, claim, log, stop=stop, now=now)
    finally:
        log.close()


def _busy(busy: Busy, rules: Rules) -> Text:
    from zoneinfo import ZoneInfo

    moment = busy.ended if busy.done else busy.started
    at = moment.astimezone(ZoneInfo(rules.timing.zone)).strftime("%Y-%m-%d %H:%M") if moment else "?"
    if busy.done:
        return Text(f"{busy.period} 已在 {at} 完成；要再做一次请加 --again", f"{busy.period} was made at {at}; --again makes it once more")
    who = busy.who.rpartition(":")[0]
    return Text(f"{busy.period} 正由 {who} 运行，{at} 开始", f"{busy.period} is being made by {who} since {at}")


def host_is_right(rules: Rules, out: Ticked) -> bool:
    """Whether this machine may run nights."""
    here = platform.node()
    if not rules.host or rules.host.lower() == here.lower():
        return True
    out.notes.append(
        Text(
            f"设置 nights.host 是 {rules.host}，这台是 {here}，不运行", f"nights.host is {rules.host} and this machine is {here}: nothing is run here"
        )
    )
    return False


@contextmanager
def _ledger(station: Station, now: Callable[[str], datetime], log: RunLog, out: Ticked) -> Iterator[tuple[Ledger | None, Rules | None]]:
    moment = now(clock.ZONE)
    try:
        ledger = station.ledger(moment)
    except JournalDamaged as error:
        log.write(moment, "journal damaged", error=error.message.zh)
        raise
    if ledger is None:
        out.notes.append(Text("工作区打不开，这台电脑上也没有它的运行台账", "the workspace is not there, and this machine has no ledger of it"))
        yield None, None
        return
    with ledger:
        if ledger.mended:
            words = {
                "damaged": Text(
                    "运行台账损坏，旧文件已另存，按日志重建", "the ledger was damaged: the old file is kept aside, a new one made from the journal"
                ),
                "other": Text("这里换了一个工作区，运行台账另起", "another workspace lies here now: a ledger of its own was begun"),
            }[ledger.mended]
            out.notes.append(words)
            log.write(moment, "ledger begun anew", why=ledger.mended)
        rules = station.rules(ledger)
        station.remember_rules(ledger)
        yield ledger, rules


@contextmanager
def _alone(station: Station, rules: Rules, out: Ticked, log: RunLog, now: Callable[[str], datetime]) -> Iterator[bool]:
    """The share's lease. Where the share is gone the run goes on, and fails with that reason; where another holds it, it does not."""
    lease = Lease(station.root / ".ownerbook" / "night.lease", rules.lease.total_seconds())
    try:
        if not station.root.is_dir():
            raise FileNotFoundError
        lease.take()
    except Held as held:
        out.notes.append(Text(f"另一个程序正在运行：{held.who}", f"another program is at it: {held.who}"))
        yield False
        return
    except OSError as error:
        log.write(now(rules.timing.zone), "no lease on the share", error=error.strerror or type(error).__name__)
        yield True
        return
    heart = Heart(rules.lease, lease.renew)
    heart.start()
    try:
        yield True
    finally:
        heart.stop()
        lease.give_back()


class Heart(threading.Thread):
    """Renews a lease four times in its length. lost: another has taken it over."""

    def __init__(self, lease: timedelta, renew: Callable[[], bool]) -> None:
        super().__init__(name="heart", daemon=True)
        self._every, self._renew = lease.total_seconds() / 4, renew
        self._over, self.lost = threading.Event(), threading.Event()

    def run(self) -> None:
        """Beat until stopped. A beat that cannot be written now is left to the next."""
        while not self._over.wait(self._every):
            try:
                if not self._renew():
                    self.lost.set()
            except (OSError, LedgerTrouble):
                continue

    def stop(self) -> None:
        """Stop, and wait until it has."""
        self._over.set()
        self.join()


def run_claim(
    station: Station, ledger: Ledger, rules: Rules, claim: Claim, log: RunLog, *, stop: Callable[[], bool], now: Callable[[str], datetime]
) -> Made:
    """Do the work of a claim, renew its lease meanwhile, and write down how it ended."""
    zone = rules.timing.zone
    started = now(zone)
    said = {"job": claim.job, "period": claim.period, "attempt": claim.attempt}
    log.write(started, "started", **said, by=claim.owner, taken_over=claim.taken_over)
    ping(rules, "start", log, started)

    def renew() -> bool:
        with Ledger.open(station.ledger_file, "", started, lambda: ()) as mine:
            return mine.beat(claim, now(zone), rules.lease)

    heart = Heart(rules.lease, renew)
    heart.start()
    error, outcome = Text("", ""), None
    try:
        outcome = _work(station, ledger, claim, started, lambda: stop() or heart.lost.is_set())
        error = outcome.error
    except Stopped:
        pass
    except Exception as raised:
        error = _settings_words(raised) if isinstance(raised, SettingsError) else what_went_wrong(raised)
    finally:
        heart.stop()
    ended = now(zone)
    if outcome is None and not error.zh:
        state: Ended = "lost" if heart.lost.is_set() or not ledger.release(claim, ended) else "stopped"
    elif outcome is not None and outcome.state == "ok":
        state = "ok" if ledger.succeed(claim, ended, outcome.data) else "lost"
    else:
        detail = dict(outcome.data) if outcome else {}
        row = ledger.fail(claim, ended, error.zh, detail | {"error_en": error.en}, rules.attempts)
        state = "lost" if row is None else "given_up" if row.state == "given_up" else "failed"
    log.write(ended, state, **said, error=error.zh, seconds=round((ended - started).total_seconds(), 1))
    ping(rules, "" if state == "ok" else "fail" if state != "stopped" else "stopped", log, ended)
    if (state == "given_up" or (claim.taken_over and claim.attempt > rules.attempts)) and ledger.alert_once(claim.job, claim.period):
        raise_alert(station, rules, claim.job, claim.period, claim.attempt, error, log, ended)
    _page(station, ledger, rules, log, ended)
    return Made(claim.job, claim.period, state, error, outcome)


def _work(station: Station, ledger: Ledger, claim: Claim, at: datetime, stop: Callable[[], bool]) -> Outcome:
    if claim.job == NIGHTLY:
        return run_night(
            station.root, claim.period, at, station.scratch, attempt=claim.attempt, stop=stop, recall=ledger.recall, remember=ledger.remember
        )
    return run_month(station.root, claim.period, at, attempt=claim.attempt, ledger=ledger)


def _settings_words(error: SettingsError) -> Text:
    first = error.mistakes[0]
    return Text(f"{error.path.name} 第 {first.line} 行：{first.message.zh}", f"{error.path.name} line {first.line}: {first.message.en}")


def _absorb(station: Station, ledger: Ledger, log: RunLog, now: datetime) -> None:
    """What another machine has made. A damaged journal is told, and the ledger's own word taken."""
    try:
        news = ledger.absorb(made(station.root), now)
    except (JournalDamaged, OSError) as error:
        log.write(now, "journal not read", error=what_went_wrong(error).zh)
        return
    if news:
        log.write(now, "taken from the journal", periods=news)


def _page(station: Station, ledger: Ledger, rules: Rules, log: RunLog, now: datetime) -> None:
    from ownerbook.jobs.status_file import write_status

    try:
        write_status(station, ledger, rules, now)
    except Exception as error:
        log.write(now, "status page not written", error=what_went_wrong(error).zh)


def _send_mail(station: Station, log: RunLog, now: datetime, out: Ticked) -> None:
    """Hand over what waits in the outbox. Mail that fails is the outbox's affair: it is told there, and never stops a night."""
    try:
        mailing = importlib.import_module("ownerbook.jobs.mailing")
    except ImportError:
        return
    try:
        mailing.send_due(station.root, now)  # also where the share is gone: an alert of just that may be waiting
    except Exception as error:
        words = what_went_wrong(error)
        log.write(now, "mail not sent", error=words.zh)
        out.notes.append(Text(f"邮件没有发出：{words.zh}", f"mail was not sent: {words.en}"))
