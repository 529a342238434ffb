"""`ownerbook request`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ownerbook.cli import act_page, workspace_options
from ownerbook.cli.workspace_options import say
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from datetime import date

    from ownerbook.procedures.registration import Act
    from ownerbook.register.register import Register


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    does = "list 未答复的；answer 答复；extract 出本人资料" if zh else "list what is open; answer; extract what goes to the owner"
    add("act", choices=("list", "answer", "extract"), nargs="?", default="list", help=does)
    add("request", nargs="?", default="", metavar="请求编号" if zh else "NO", help="哪个请求" if zh else "which request")
    add("--refuse", action="store_true", help="不予办理" if zh else "it is refused")
    act_page.configure(parser)


def run(args: argparse.Namespace) -> int:
    """List, answer or extract. Exit status 0; 1 where nothing was to be done or something was not written; 2 where it could not be done."""
    from ownerbook.jobs.workspace import Unusable

    if args.act != "list" and not args.request:
        raise Unusable(Text("请写请求编号，如 ownerbook request answer QQ001", "name the request, such as ownerbook request answer QQ001"))
    if args.act == "answer":
        from ownerbook.jobs.requests import answer

        def made(register: Register, today: date) -> Act:
            return answer(register, args.request, today, by=args.by, refuse=args.refuse)

        return act_page.run(args, f"答复方案_{args.request}", made)
    return _extract(args) if args.act == "extract" else _list(args)


def _extract(args: argparse.Namespace) -> int:
    from ownerbook.cli.find import user
    from ownerbook.jobs.reading import read_register
    from ownerbook.jobs.requests import extract

    space = workspace_options.opened(args)
    today, at = workspace_options.moment(args, space)
    read = read_register(space, today, password=workspace_options.password(args, space))
    path = extract(space, read, args.request, by=args.by.strip() or user(), at=at, output=args.out or args.output)
    say(args, Text(f"{path}（本人的不打码，别人的打码；已记入日志）", f"{path} (their own in full, others masked; journalled)"))
    return 0


def _list(args: argparse.Namespace) -> int:
    from ownerbook.calendar.months import EPOCH
    from ownerbook.cli import deadline_options
    from ownerbook.deadlines.columns import Whole
    from ownerbook.deadlines.other_duties import open_requests
    from ownerbook.jobs.reading import read_register
    from ownerbook.reports.listing import Field, Figure, Line, Listing, Report
    from ownerbook.reports.naming import Naming, a_day

    space = workspace_options.opened(args)
    today, _ = workspace_options.moment(args, space)
    register = read_register(space, today, password=workspace_options.password(args, space)).register
    fields = (
        Field("request_no", Text("请求编号", "No.")),
        Field("owner_no", Text("业主编号", "Owner no.")),
        Field("kind", Text("类型", "Kind"), "center"),
        Field("asked_on", Text("提出日期", "Asked"), "center"),
        Field("answer_by", Text("答复期限", "Answer by"), "day"),
        Field("handled_by", Text("经办人", "Handled by")),
    )
    listing = Listing("open", Text("未答复的请求", "Requests to answer"), fields)
    if "requests" in register.tables:
        waiting, name, now = open_requests(Whole(register)), Naming(register), today.toordinal() - EPOCH
        for row, due in sorted(zip(waiting.rows.tolist(), waiting.due.tolist(), strict=True), key=lambda p: p[1]):
            cells = (*(name.found("requests", f.key, row) for f in fields[:4]), a_day(due), name.found("requests", "handled_by", row))
            listing.lines.append(Line(cells, "late" if due < now else ""))
    figures = [Figure("open", Text("未答复", "open"), "open"), Figure("late", Text("已过期限", "late"), "open", tone="late", bad=True)]
    report = Report("requests", Text("权利请求", "Requests of owners"), today, space.settings["workspace.name"], figures=figures, listings=[listing])
    deadline_options.show(args, space, report)
    return 0
