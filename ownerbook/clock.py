"""The one door through which the time of day comes in. Nothing pure knows it."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = "Asia/Shanghai"


def now(zone: str = ZONE) -> datetime:
    """The present moment in the community's time zone.

    OWNERBOOK_NOW (ISO 8601) stands in for it in trials; @FILE takes it from a file at each look, so that a trial can move the clock
    of a program that runs.
    """
    fixed = os.environ.get("OWNERBOOK_NOW")
    if fixed and fixed.startswith("@"):
        fixed = Path(fixed[1:]).read_text("utf-8").strip()
    if fixed:
        moment = datetime.fromisoformat(fixed)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    return datetime.now(ZoneInfo(zone))


def today(zone: str = ZONE) -> date:
    """The present day in the community's time zone."""
    return now(zone).date()
