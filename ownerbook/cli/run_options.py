"""What the commands of nights and months share: the workspace that they mean, and how they tell what was made."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ownerbook.jobs.workspace import Unusable, contained, home
from ownerbook.schema.words import Text
from ownerbook.settings import FILE, Settings

if TYPE_CHECKING:
    from ownerbook.jobs.ticking import Made

FAILED = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """The workspace, by default the one around the present folder."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    parser.add_argument(
        "workspace",
        nargs="?",
        type=Path,
        metavar="工作区" if zh else "WORKSPACE",
        help="工作区文件夹；留空则为当前所在的工作区" if zh else "its folder; without it the one around the present folder",
    )


def workspace(args: argparse.Namespace, *, reachable: bool = True) -> Path:
    """The folder of the workspace. reachable: it must be there now; else a folder that is named is taken at its word, since a share may come back.

    Raises Unusable.
    """
    if args.workspace is None:
        found = home(Path.cwd())
    else:
        found = Path.cwd() / args.workspace
        if reachable and not (found / FILE).is_file():
            found = None
    if found is None:
        raise Unusable(
            Text(
                f"{args.workspace or '这里'}不是工作区（没有 {FILE}）；请指定工作区文件夹，或先运行 ownerbook init",
                f"{args.workspace or 'this'} is no workspace (no {FILE}); name its folder, or run ownerbook init first",
            )
        )
    found = found.absolute()
    if (found / FILE).is_file():
        contained(found, Settings.read(found / FILE))
    return found


def trouble() -> tuple[type[Exception], ...]:
    """What keeps a run from being asked for at all, each with its sentence."""
    from ownerbook.storage.identity import IdentityDamaged
    from ownerbook.storage.journal import JournalDamaged
    from ownerbook.storage.ledger_file import LedgerTrouble

    return IdentityDamaged, JournalDamaged, LedgerTrouble


def guarded(act: Callable[[], int]) -> int:
    """Run a command; what the ledger, the journal or the identity cannot do becomes one sentence and status 2."""
    try:
        return act()
    except trouble() as error:
        message: Text = error.message  # type: ignore[attr-defined]
        raise Unusable(message) from error


JOBS = {"nightly": Text("夜间检查", "night"), "monthly": Text("月报", "month")}
_STATES = {
    "ok": Text("完成", "made"),
    "failed": Text("没有完成，稍后再试", "failed, will be tried again"),
    "given_up": Text("没有完成，已报警，每小时再试", "failed, alert raised, tried again each hour"),
    "stopped": Text("应要求停止，下次接着做", "stopped as asked, resumed next time"),
    "lost": Text("被别的程序接手", "taken over by another program"),
}


def tell(args: argparse.Namespace, made: Made) -> None:
    """A line for the period, and one for each step."""
    lang = args.lang
    head = f"{JOBS[made.job].say(lang)} {made.period}：{_STATES[made.state].say(lang)}"
    print(head if lang == "zh" else head.replace("：", ": "))
    if made.outcome is None:
        if made.error.say(lang):
            print(made.error.say(lang), file=sys.stderr)
        return
    marks = {"ok": Text("好", "ok"), "failed": Text("失败", "failed"), "skipped": Text("跳过", "skipped")}
    for name, result in made.outcome.results.items():
        title = step_title(name).say(lang)
        print(f"  {title}  {marks[result.state].say(lang)}  {result.said.say(lang)}" + (f"  {'、'.join(result.files)}" if result.files else ""))


def step_title(key: str) -> Text:
    """How a step is called."""
    from ownerbook.jobs.monthly import TITLES
    from ownerbook.jobs.nightly import STEPS

    return next((s.title for s in STEPS if s.key == key), TITLES.get(key, Text(key, key)))


def made_data(made: Made) -> dict[str, Any]:
    """A period as JSON."""
    outcome: dict[str, Any] = dict(made.outcome.data) if made.outcome else {}
    return {"job": made.job, "period": made.period, "state": made.state, "error": made.error.zh or None, "files": outcome.get("files", [])} | {
        k: outcome[k] for k in ("steps", "figures") if k in outcome
    }
