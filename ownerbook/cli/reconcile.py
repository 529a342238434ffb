"""`ownerbook reconcile`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import deadline_options, workspace_options
from ownerbook.cli.workspace_options import say
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from datetime import date

    from ownerbook.jobs.applying import Applied
    from ownerbook.jobs.rounds import Went


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="来件" if zh else "FILE", help="留空则看收件箱" if zh else "without any, what lies in 收件箱")
    add("--dry-run", action="store_true", help="只列出，什么都不写" if zh else "tell only; nothing is written")
    add("--apply", metavar="方案" if zh else "PLAN", help="按填好的变更方案写入登记簿" if zh else "carry out a plan workbook that was filled in")
    add("--auto", action="store_true", help="设置里允许的无争议改动自行写入" if zh else "write undisputed changes that the settings list")
    add("--by", default="", metavar="NO", help="谁经办（工号或姓名）" if zh else "who carries it out (number or name)")
    add("--out", type=Path, metavar="FILE", help="变更方案写到哪里" if zh else "where the plan workbook goes")
    workspace_options.configure(parser, formats=("text", "json"))


def run(args: argparse.Namespace) -> int:
    """Reconcile. Exit status 0 nothing left to ask, 1 something is left or was refused."""
    from ownerbook.jobs.reconciling import reconcile
    from ownerbook.jobs.rounds import Went, go
    from ownerbook.jobs.workspace import Unusable

    if args.apply and args.dry_run:
        raise Unusable(Text("--apply 和 --dry-run 不能一起用", "--apply and --dry-run do not go together"))
    space = workspace_options.opened(args, settled=not args.dry_run)
    today, now = workspace_options.moment(args, space)
    password = workspace_options.password(args, space)
    if args.dry_run:
        from ownerbook.jobs.unwritable import unwritable

        found = reconcile(space, today, at=now, files=args.files or None, password=password, write=False)
        return _tell(args, Went(found, notes=unwritable(found.read.register, found.plan.changes)), today)
    if args.apply:
        from ownerbook.jobs.plan_answers import read_choices

        read_choices(Path(args.apply))  # a file that is no plan is told before anything else is done
    files = [Path(args.apply)] if args.apply else args.files
    went = go(space, today, at=now, files=files, by=args.by, auto=args.auto, password=password, masked=not args.unmask, out=args.out, answer=True)
    return _tell(args, went, today)


def _tell(args: argparse.Namespace, went: Went, today: date) -> int:
    """Say what went on. The status is 1 where something is left to be chosen, was refused or not understood, or was typed in without a record."""
    from ownerbook.jobs.inbox import told
    from ownerbook.jobs.reconciling import said
    from ownerbook.reports.change_text import change_data, change_text
    from ownerbook.reports.tell_typed import typed_lines

    found, masked = went.found, not args.unmask
    typed = typed_lines(found.noted.edits, found.noted.bare, masked=masked)
    refused = bool(went.unusable) or found.unread or any(d.refused or d.left for d in went.applied)
    if args.format == "json":
        import json

        data = change_data(found.plan, as_of=today, problems=found.brings, lang=args.lang, masked=masked)
        data["inbox"] = [t.say(args.lang) for t in told(found.inbox)]
        data["typed"] = [t.say(args.lang) for t in typed]
        data["written"] = sum(len(d.taken) for d in went.applied)
        data["refused"] = [t.say(args.lang) for t in (*went.unusable, *(t for d in went.applied for t in d.refused))]
        data["workbook"] = str(went.path) if went.path else None
        data["reply"] = str(went.reply) if went.reply else None
        deadline_options.put(json.dumps(data, ensure_ascii=False, indent=1) + "\n", args.output)
        return 1 if found.plan.changes or found.noted.bare or refused else 0
    later = found.plan.notes if found.plan.changes else []  # these stand below the changes
    for line in (*told(found.inbox), *found.notes, *went.notes, *typed):
        if line not in later:
            say(args, line)
    for line in went.unusable:
        say(args, line, error=True)
    for done in went.applied:
        tell_applied(args, done)
    tell_prints(args, went.prints)
    if went.reply:
        say(args, Text(f"答复（逐条说明处理结果）：{went.reply}", f"the answer, line by line: {went.reply}"))
    if not found.plan.changes:
        already = found.plan.already
        more = Text(f"（{already} 项登记簿里已是这样）", f" ({already} are there already)") if already else Text("", "")
        say(args, Text(f"没有要改的{more.zh}", f"nothing is to be changed{more.en}"))
        return 1 if found.noted.bare or refused else 0
    limit, colour = None if args.all else 40, deadline_options.coloured(args)
    text = change_text(found.plan, as_of=today, problems=found.brings, lang=args.lang, masked=masked, colour=colour, limit=limit)
    deadline_options.put(text + "\n", args.output)
    if went.path:
        if args.output:  # else the screen has just said it
            say(args, said(found.plan))
        zh = f"变更方案：{went.path}（选好处理后放进收件箱，或 ownerbook reconcile --apply）"
        say(args, Text(zh, f"the plan: {went.path} (choose, then put it into 收件箱, or ownerbook reconcile --apply)"))
    return 1


def tell_prints(args: argparse.Namespace, prints: Sequence[Path]) -> None:
    """Say what lies ready to print."""
    for path in prints:
        say(args, Text(f"可打印：{path}", f"to print: {path}"))


def tell_applied(args: argparse.Namespace, done: Applied) -> None:
    """Say what of a plan was written, what was not, and why."""
    from ownerbook.reconcile.change import whole
    from ownerbook.reconcile.decided import APART, WAITS
    from ownerbook.reports.tell_typed import change_line

    masked = not args.unmask
    for note in done.notes:
        say(args, note)
    many: dict[str, set[str]] = {}
    for c, _ in done.taken:
        act = done.plan.plan.stories.get(whole(c.bundle))
        if act is not None and act.table is not None:  # of many houses: told once
            many.setdefault(whole(c.bundle), set()).add(c.house)
            continue
        line = change_line(c, masked=masked)
        say(args, Text(f"已写入 {line.zh}", f"written: {line.en}"))
    for name, houses in many.items():
        title, n = done.plan.plan.stories[name].title, len(houses)
        more = Text("", "") if f"{n} 户" in title.zh else Text(f"：{n} 户", f": {n} houses")
        say(args, Text(f"已写入 {title.zh}{more.zh}", f"written: {title.en}{more.en}"))
    waiting = sum(why == WAITS for _, why in done.left)
    stories = done.plan.plan.stories
    for bundle in dict.fromkeys(c.bundle for c, _ in done.left if c.bundle in stories):
        causes = [why for c, why in done.left if c.bundle == bundle and why not in (WAITS, APART)]
        if causes:
            why, title = causes[0], stories[bundle].title
            say(args, Text(f"没有写入 {title.zh}：{why.zh}；整件都不写入", f"not written: {title.en}: {why.en}; nothing of it is"), error=True)
    for c, why in done.left:
        if why == WAITS or c.bundle in stories:
            continue
        line = change_line(c, masked=masked)
        say(args, Text(f"没有写入 {line.zh}：{why.zh}", f"not written: {line.en}: {why.en}"), error=True)
    if waiting:
        say(args, Text(f"还没有选择的 {waiting} 项，留到下次", f"{waiting} are not chosen yet and wait"))
    for why in done.refused:
        say(args, Text(f"没有写入：{why.zh}", f"nothing was written: {why.en}"), error=True)
    if done.kept:
        say(args, Text(f"保留原样 {len(done.kept)} 项", f"{len(done.kept)} were left as they are"))
