"""`ownerbook nightly`: one run over a workspace. Running it again does no harm: the same day's files are written again.

Nothing here knows the ledger: `jobs.ticking` claims the night, calls this, and writes down how it ended.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ownerbook.jobs.night import Night, Outcome, Step, StepResult
from ownerbook.jobs.night_backup import back_up_night
from ownerbook.jobs.night_reconcile import reconcile, settle
from ownerbook.jobs.night_scans import look_at_scans
from ownerbook.jobs.night_steps import check_copies, look_at_history, reckon_due, take_away_old, take_copies, write_problem_workbook, write_today
from ownerbook.jobs.workspace import Unusable, Workspace, open_workspace
from ownerbook.runlog import harmless, what_went_wrong
from ownerbook.schema.words import Text
from ownerbook.settings import FILE

KIND = "night"
STEPS: tuple[Step, ...] = (
    Step("settle", Text("中断的写入", "interrupted writes"), settle),
    Step("copies", Text("取副本", "copies"), take_copies),
    Step("reconcile", Text("对账", "reconciling"), reconcile, after=("settle",)),
    Step("check", Text("检查", "check"), check_copies),
    Step("due", Text("期限", "deadlines"), reckon_due, after=("check",)),
    Step("problems", Text("问题清单", "problem workbook"), write_problem_workbook, after=("check",)),
    Step("today", Text("今日待办", "today's page"), write_today, after=("check",)),
    Step("ageing", Text("清理旧报告", "old reports"), take_away_old),
    Step("scans", Text("扫描件", "scans"), look_at_scans, after=("check",)),
    Step("history", Text("日志", "journal"), look_at_history),
    Step("backup", Text("备份", "backup"), back_up_night),
)


class Stopped(Exception):
    """The run was asked to stop between two steps."""


class WorkspaceGone(Exception):
    """The workspace is not there: a share that is not connected."""

    def __init__(self) -> None:
        self.message = Text(
            f"工作区打不开：共享文件夹没有连上，或 {FILE} 不在",
            f"the workspace is not there: the share is not connected, or {FILE} is missing",
        )
        super().__init__(self.message.zh)


def reach(root: Path) -> Workspace:
    """The workspace at a path. Raises WorkspaceGone, Unusable, SettingsError."""
    if not (root / FILE).is_file():
        raise WorkspaceGone
    return open_workspace([], root)


def run_night(
    root: Path,
    period: str,
    now: datetime,
    scratch: Path,
    *,
    attempt: int = 1,
    stop: Callable[[], bool] = lambda: False,
    recall: Callable[[str], str] = lambda name: "",
    remember: Callable[[str, str], None] = lambda name, value: None,
    steps: Sequence[Step] | None = None,
) -> Outcome:
    """Run a night and write its journal entry. period: the night it is made for, as 2026-11-25; scratch: a private folder on the local disk.

    A step that fails does not stop the others. Raises Stopped, WorkspaceGone, Unusable, SettingsError, and OSError or
    JournalDamaged where the journal cannot be written.
    """
    from ownerbook.jobs.reading import password_from
    from ownerbook.storage.journal import Journal

    space = reach(root)
    _clear(scratch)
    folder = scratch / secrets.token_hex(6)
    folder.mkdir(mode=0o700, parents=True)
    try:
        night = Night(space, now, now.date(), period, folder, space, attempt, recall=recall, remember=remember)
        try:
            night.password = password_from(space, None)
        except OSError as error:
            raise Unusable(Text(f"密码文件读不了：{error.strerror}", f"the password file cannot be read: {error.strerror}")) from None
        for step in STEPS if steps is None else steps:
            if stop():
                raise Stopped
            night.done[step.key] = take(step, night)
        outcome = ended(night, steps or STEPS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if stop():
        raise Stopped
    Journal(root).append(KIND, outcome.data, at=now)
    return outcome


def take(step: Step, night: Night) -> StepResult:
    """Run a step. Whatever it raises is a failed step."""
    lacking = [k for k in step.after if k not in night.done or night.done[k].state != "ok"]
    if lacking:
        return StepResult("skipped", Text("前面的步骤没有完成", "a step before it failed"))
    try:
        return step.act(night)
    except Exception as error:
        return StepResult("failed", what_went_wrong(error))


def ended(night: Night, steps: Sequence[Step]) -> Outcome:
    """How the night ended, as the journal and the ledger keep it."""
    results = dict(night.done)
    titles = {s.key: s.title for s in steps}
    bad = [k for k, r in results.items() if r.state == "failed"]
    error = Text(
        "；".join(f"{titles[k].zh}：{results[k].said.zh}" for k in bad),
        "; ".join(f"{titles[k].en}: {results[k].said.en}" for k in bad),
    )
    error = Text(harmless(error.zh), harmless(error.en))
    figures: dict[str, int] = {}
    for result in results.values():
        figures |= result.figures
    data: dict[str, Any] = {
        "period": night.period,
        "as_of": night.as_of.isoformat(),
        "attempt": night.attempt,
        "state": "failed" if bad else "ok",
        "steps": {k: {"state": r.state, "said": harmless(r.said.zh)} for k, r in results.items()},
        "figures": figures,
        "files": [f for r in results.values() for f in r.files],
    }
    return Outcome("failed" if bad else "ok", error, results, data)


def _clear(scratch: Path) -> None:
    """What a run that was killed left behind: copies of workbooks, which must not lie about."""
    with contextlib.suppress(OSError):
        for left in scratch.iterdir():
            shutil.rmtree(left, ignore_errors=True)
