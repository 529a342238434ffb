"""Who is told when the work fails: the log, the address that is called at each run, and the notices of the mail room."""

from __future__ import annotations

import importlib
from datetime import datetime
from typing import Literal

from ownerbook.jobs.running import Rules, Station
from ownerbook.nights.periods import MONTHLY
from ownerbook.runlog import RunLog, what_went_wrong
from ownerbook.schema.words import Text

_PATIENCE = 10.0


def raise_alert(station: Station, rules: Rules, job: str, period: str, attempt: int, error: Text, log: RunLog, now: datetime) -> None:
    """Tell once that a period was given up. Never raises: what cannot be told by notice stands in the log and on the status page."""
    name = Text("月报", "month") if job == MONTHLY else Text("夜间检查", "night")
    head = Text(f"{rules.title}：{period} {name.zh}没有完成", f"{rules.title}: the {name.en} {period} was not made")
    text = Text(
        f"已试 {attempt} 次：{error.zh}。之后每小时再试一次；ownerbook status 和 ownerbook log 可查。",
        f"tried {attempt} times: {error.en}. It is tried again each hour; see ownerbook status and ownerbook log.",
    )
    log.write(now, "alert", job=job, period=period, attempt=attempt, error=error.zh)
    try:
        mailing = importlib.import_module("ownerbook.jobs.mailing")
    except ImportError:
        return
    try:
        mailing.notify(station.root, head, text, now)
    except Exception as raised:
        log.write(now, "notice not sent", error=what_went_wrong(raised).zh)


def ping(rules: Rules, what: Literal["start", "", "fail", "stopped"], log: RunLog, now: datetime) -> None:
    """Call the address of the settings, with /start or /fail behind it. Never raises: it is a courtesy, not the work."""
    if not rules.ping_url or what == "stopped":
        return
    import urllib.request

    url = rules.ping_url.rstrip("/") + (f"/{what}" if what else "")
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:
            answer.read(200)
    except (OSError, ValueError) as error:
        log.write(now, "ping failed", error=type(error).__name__)
