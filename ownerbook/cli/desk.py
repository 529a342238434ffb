"""`ownerbook desk`: what the file 检查登记册 runs."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from ownerbook.cli import workspace_options
from ownerbook.cli.workspace_options import say
from ownerbook.schema.words import Text


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add(
        "workbooks",
        nargs="*",
        type=Path,
        metavar="工作簿" if zh else "WORKBOOK",
        help="只说这几本的问题，留空为全部" if zh else "tell of these only, by default of all",
    )
    add("--install", action="store_true", help="在工作区里放好「检查登记册」，双击即可" if zh else "put the file to double-click into the workspace")
    add("--no-open", action="store_true", help="写好后不打开" if zh else "do not open the workbook")
    add("--wait", action="store_true", help="看完按回车再关窗口" if zh else "keep the window until Enter is pressed")
    workspace_options.configure(parser, formats=(), unmask=False)


def run(args: argparse.Namespace) -> int:
    """Check, write the problem workbook, say in two lines what came of it, and open it. Exit status 0 nothing wrong, 1 problems, 2 not done."""
    from ownerbook.cli.main import explained

    if args.install:
        return _install(args)
    try:
        status = _check(args)
    except Exception as e:  # the window must not close before the sentence is read
        status = explained(e, args.lang)
    if args.wait and sys.stdin.isatty():
        input("按回车关闭 " if args.lang == "zh" else "press Enter to close ")
    return status


def _install(args: argparse.Namespace) -> int:
    from ownerbook.jobs.desk import install

    made, kept = install(workspace_options.opened(args).root)
    for name in made:
        say(args, Text(f"已放好 {name}，双击就检查并打开问题清单", f"{name} is there: a double-click checks and opens the problem list"))
    for name in kept:
        say(args, Text(f"{name} 已在，没有改动", f"{name} was there and is as it was"))
    return 0


def _check(args: argparse.Namespace) -> int:
    from ownerbook.cli.check import settle, write_workbook
    from ownerbook.jobs.check import check
    from ownerbook.jobs.desk import show
    from ownerbook.jobs.workspace import open_workspace

    space = open_workspace([*([args.folder] if args.folder else []), *args.workbooks], Path.cwd())
    if not args.lang_said:
        args.lang = space.settings["check.lang"]
    settle(args, space)
    today, _ = workspace_options.moment(args, space)
    say(args, Text("正在检查，请稍候……", "checking …"))
    result = check(space, today, ignore=space.settings["check.ignore"], password=workspace_options.password(args, space))
    for note in result.notes:
        say(args, note)
    path = write_workbook(space, result, None, lang=args.lang, masked=True)
    count = Counter(f.severity for f in result.findings)
    e, w, n, fixed = count["error"], count["warning"], count["notice"], len(result.fixed)
    if not result.findings:
        say(args, Text(f"没有问题（上次的问题改好 {fixed} 个）。", f"nothing is wrong ({fixed} of last time are mended)."))
    else:
        zh = f"错误 {e} 个，警告 {w} 个，提示 {n} 个；上次的问题改好 {fixed} 个。"
        say(args, Text(zh, f"{e} errors, {w} warnings, {n} notices; {fixed} of last time are mended."))
    opened = not args.no_open and show(path)
    say(args, Text(f"问题清单：{path}" + ("（已打开）" if opened else ""), f"the problem list: {path}" + (" (opened)" if opened else "")))
    return 1 if result.fails(space.settings["check.fail_on"]) else 0
