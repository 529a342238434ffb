"""How the work of a workspace stands: when each job last succeeded, what is overdue, what runs, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from ownerbook.jobs.running import Rules
from ownerbook.nights.periods import MONTHLY, NIGHTLY, overdue
from ownerbook.storage.ledger import Ledger, Run

Light = Literal["green", "yellow", "red"]


@dataclass(slots=True)
class JobStanding:
    """One job. last_ok: the newest period that was made; running: what is being made; overdue: periods that should be made by now."""

    job: str
    last_ok: Run | None
    running: Run | None
    failing: list[Run]
    overdue: list[str]
    next_due: datetime


@dataclass(slots=True)
class Standing:
    """All jobs. Times carry the workspace's zone. mended: the ledger was begun anew (damaged, or of another workspace)."""

    now: datetime
    title: str
    since: datetime
    jobs: dict[str, JobStanding]
    nights: list[Run] = field(default_factory=list)
    months: list[Run] = field(default_factory=list)
    mended: str = ""

    @property
    def is_overdue(self) -> bool:
        """Whether anything is."""
        return any(j.overdue for j in self.jobs.values())

    @property
    def light(self) -> Light:
        """Red: something is overdue or given up. Yellow: something failed and is tried again, or a night of the last week was missed. Else green."""
        if self.is_overdue or any(r.state == "given_up" for j in self.jobs.values() for r in j.failing):
            return "red"
        return "yellow" if self.missed_lately or any(j.failing for j in self.jobs.values()) else "green"

    @property
    def missed_lately(self) -> list[str]:
        """Nights of the last seven days that did not happen."""
        week = (self.now - timedelta(days=7)).date().isoformat()
        return [r.period for r in self.nights if r.state == "missed" and r.period >= week]


def stand(ledger: Ledger, rules: Rules, now: datetime) -> Standing:
    """How things stand."""
    zone = ZoneInfo(rules.timing.zone)
    known = ledger.known()
    late = overdue(now, rules.timing, known, ledger.since, rules.overdue)
    runs = ledger.runs()
    newest_night = rules.timing.night(now).isoformat()
    jobs = {}
    for job in (NIGHTLY, MONTHLY):
        mine = [r for r in runs if r.job == job]
        done = [r for r in mine if r.state == "ok"]
        alive = {(k.job, k.period) for k in known if k.held(now, rules.lease)}
        jobs[job] = JobStanding(
            job,
            max(done, key=lambda r: r.period, default=None),
            next((r for r in mine if (r.job, r.period) in alive), None),
            [r for r in mine if r.state in ("failed", "given_up") and (job == MONTHLY or r.period >= newest_night)],
            [p for j, p in late if j == job],
            rules.timing.next_after(job, now).astimezone(zone),
        )
    return Standing(
        now.astimezone(zone),
        rules.title,
        ledger.since.astimezone(zone),
        jobs,
        [r for r in runs if r.job == NIGHTLY][-14:],
        [r for r in runs if r.job == MONTHLY][-6:],
        ledger.recall("mended"),
    )


def run_data(run: Run | None, zone: str) -> dict[str, Any] | None:
    """A run as JSON; times with their offset."""
    if run is None:
        return None

    def at(moment: datetime | None) -> str | None:
        return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds") if moment else None

    return {
        "job": run.job,
        "period": run.period,
        "state": run.state,
        "attempt": run.attempt,
        "started": at(run.started),
        "ended": at(run.ended),
        "seconds": run.seconds,
        "retry_at": at(run.not_before),
        "by": run.owner.rpartition(":")[0] or None,
        "error": run.error or None,
        "figures": dict(run.detail.get("figures", {})),
        "files": list(run.detail.get("files", [])),
    }


def as_data(standing: Standing, zone: str) -> dict[str, Any]:
    """The standing as one JSON object."""
    return {
        "now": standing.now.isoformat(timespec="seconds"),
        "workspace": standing.title,
        "since": standing.since.isoformat(timespec="seconds"),
        "state": standing.light,
        "overdue": standing.is_overdue,
        "jobs": {
            name: {
                "last_ok": run_data(j.last_ok, zone),
                "running": run_data(j.running, zone),
                "failing": [run_data(r, zone) for r in j.failing],
                "overdue": j.overdue,
                "next_due": j.next_due.isoformat(timespec="seconds"),
            }
            for name, j in standing.jobs.items()
        },
        "ledger": {"damaged": "rebuilt", "other": "begun"}.get(standing.mended, "ok"),
    }
