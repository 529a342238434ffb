"""`ownerbook monthly`: the audit workbook of a closed month, and its mail queued. Made again, it replaces what it made before."""

from __future__ import annotations

import importlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ownerbook.jobs.night import Outcome, StepResult
from ownerbook.jobs.nightly import reach
from ownerbook.jobs.workspace import Workspace
from ownerbook.runlog import harmless, what_went_wrong
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.storage.ledger import Ledger

KIND = "month"
REPORT, MAILING = "ownerbook.jobs.report", "ownerbook.jobs.mailing"
"""The rooms that make the workbook and queue its mail. One that is not there is a step that failed, and says so."""
TITLES = {"report": Text("月度审核报告", "audit workbook"), "mail": Text("排入邮件", "mail queued")}


def run_month(root: Path, month: str, now: datetime, *, attempt: int = 1, ledger: Ledger | None = None) -> Outcome:
    """Make a month and write its journal entry. month: as 2026-10. Raises as `nightly.run_night`."""
    from ownerbook.storage.journal import Journal

    space = reach(root)
    results = {"report": _report(space, month, now, ledger)}
    path = results["report"].files[0] if results["report"].files else ""
    if results["report"].state == "ok":
        results["mail"] = _mail(space, month, root / path, now)
    else:
        results["mail"] = StepResult("skipped", Text("没有报告可寄", "there is no workbook to send"))
    bad = [k for k, r in results.items() if r.state == "failed"]
    error = Text("；".join(f"{TITLES[k].zh}：{results[k].said.zh}" for k in bad), "; ".join(f"{TITLES[k].en}: {results[k].said.en}" for k in bad))
    error = Text(harmless(error.zh), harmless(error.en))
    figures: dict[str, int] = {}
    for result in results.values():
        figures |= result.figures
    data: dict[str, Any] = {
        "period": month,
        "attempt": attempt,
        "state": "failed" if bad else "ok",
        "steps": {k: {"state": r.state, "said": harmless(r.said.zh)} for k, r in results.items()},
        "figures": figures,
        "files": [f for r in results.values() for f in r.files],
    }
    outcome = Outcome("failed" if bad else "ok", error, results, data)
    Journal(root).append(KIND, outcome.data, at=now)
    return outcome


def _report(space: Workspace, month: str, now: datetime, ledger: Ledger | None) -> StepResult:
    try:
        report = importlib.import_module(REPORT)
    except ImportError:
        return StepResult("failed", Text("这一版还没有月度报告", "this version has no monthly report yet"))
    try:
        path = Path(report.make(space, month, now=now, runs=ledger.runs(first=month, last=f"{month}-99") if ledger else []))
    except Exception as error:
        return StepResult("failed", what_went_wrong(error))
    name = path.relative_to(space.root).as_posix() if path.is_relative_to(space.root) else str(path)
    return StepResult("ok", Text("已写出", "written"), files=(name,))


def _mail(space: Workspace, month: str, workbook: Path, now: datetime) -> StepResult:
    try:
        mailing = importlib.import_module(MAILING)
    except ImportError:
        return StepResult("skipped", Text("没有设置邮件", "no mail is set up"))
    try:
        queued = mailing.queue_month(space, month, workbook, now)
    except Exception as error:
        return StepResult("failed", what_went_wrong(error))
    n = queued if isinstance(queued, int) else len(queued)
    return StepResult("ok", Text(f"{n} 封", f"{n} letters"), {"letters": n})
