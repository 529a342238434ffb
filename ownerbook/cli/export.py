"""`ownerbook export`."""

from __future__ import annotations

import argparse
from pathlib import Path

from ownerbook.cli import workspace_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add(
        "--for",
        dest="purpose",
        default="",
        metavar="用途" if zh else "PURPOSE",
        help="客服、维修、收费、审计" if zh else "service, repairs …; see --list",
    )
    add("--to", default="", metavar="给谁" if zh else "NAME", help="交给谁，印在每一页上" if zh else "who gets it, printed on every page")
    add("--reason", default="", metavar="理由" if zh else "REASON", help="为什么，记入日志" if zh else "why, journalled")
    add("--by", default="", metavar="谁" if zh else "WHO", help="谁导出，默认本机用户名" if zh else "who exports, by default this user")
    add("--output", "-o", type=Path, metavar="FILE", help="写到哪个文件" if zh else "where the file goes")
    add("--list", action="store_true", help="列出各用途和它带走的列" if zh else "list the purposes and the columns that leave")
    add("--ledger", action="store_true", help="列出以前导出的和不打码查看的" if zh else "list what was exported and shown in full before")
    what = "手里这份名单是哪一次导出的" if zh else "which export this file is"
    add("--whose", type=Path, metavar="FILE", help=what)
    formats = ("text", "json", "xlsx")
    add("--format", choices=formats, default="text", help="--ledger 的输出形式" if zh else "form of the output of --ledger")
    workspace_options.configure(parser, formats=(), unmask=False)


def run(args: argparse.Namespace) -> int:
    """Export, or tell what left. Exit status 0; 1 where a file is no export of this workspace; 2 where it could not be done."""
    from ownerbook.schema.words import Text

    if args.whose:
        return _whose(args)
    if args.ledger:
        return _ledger(args)
    if args.list or not args.purpose:
        _listed(args)
        return 0 if args.list else 2
    from ownerbook.cli.find import user
    from ownerbook.jobs.exporting import export

    space = workspace_options.opened(args)
    today, at = workspace_options.moment(args, space)
    made = export(space, today, at, purpose=args.purpose, to=args.to, reason=args.reason, by=args.by.strip() or user(), output=args.output,
                  lang=args.lang, password=workspace_options.password(args, space))  # fmt: skip
    for note in made.notes:
        workspace_options.say(args, note, error=True)
    rows = "、".join(f"{s} {n}" for s, n in made.rows.items())
    workspace_options.say(args, Text(f"{made.path}（{rows} 行，日志第 {made.number} 项）", f"{made.path} ({rows} rows, journal entry {made.number})"))
    return 0


def _ledger(args: argparse.Namespace) -> int:
    from ownerbook.cli import deadline_options
    from ownerbook.jobs.left import left
    from ownerbook.reports.tell_left import tell_left

    space = workspace_options.opened(args)
    today, _ = workspace_options.moment(args, space)
    args.unmask, args.all = False, True
    deadline_options.show(args, space, tell_left(left(space), today, workspace=space.settings["workspace.name"]))
    return 0


def _whose(args: argparse.Namespace) -> int:
    from ownerbook.jobs.left import recognised
    from ownerbook.reports.tell_left import said
    from ownerbook.schema.words import Text

    found = recognised(workspace_options.opened(args), args.whose)
    if found is None:
        workspace_options.say(args, Text("不是这个工作区导出的名单", "it is no export of this workspace"))
        return 1
    workspace_options.say(args, said(found.entry))
    if not found.same:
        zh = "编号相同而内容不是导出时的样子：另存过，或改过"
        workspace_options.say(args, Text(zh, "the number is the same and the content is not as it left: saved anew, or changed"))
    return 0


def _listed(args: argparse.Namespace) -> None:
    from ownerbook.register.sheets import BY_FIELD
    from ownerbook.reports.purposes import PURPOSES
    from ownerbook.schema.words import Text

    for p in PURPOSES:
        workspace_options.say(args, Text(f"{p.name.zh}  {p.about.zh}", f"{p.name.en}  {p.about.en}"), error=not args.list)
        for sheet, fields in p.sheets.items():
            words = [BY_FIELD[sheet].by_field[f].header for f in fields]
            line = Text(
                f"  {BY_FIELD[sheet].title.zh}：" + "、".join(w.zh for w in words), f"  {BY_FIELD[sheet].title.en}: " + ", ".join(w.en for w in words)
            )
            workspace_options.say(args, line, error=not args.list)
