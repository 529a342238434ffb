"""`ownerbook reconcile`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import deadline_options, workspace_options
from ownerbook.cli.workspace_options import say
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from datetime import date, datetime

    from ownerbook.jobs.applying import Applied
    from ownerbook.jobs.reconciling import Round
    from ownerbook.jobs.workspace import Workspace
    from ownerbook.reconcile.change import Choice


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
    from ownerbook.jobs.workspace import Unusable

    space = workspace_options.opened(args, settled=not args.dry_run)
    today, now = workspace_options.moment(args, space)
    if args.apply:
        if args.dry_run:
            raise Unusable(Text("--apply 和 --dry-run 不能一起用", "--apply and --dry-run do not go together"))
        return _apply(args, space, today, now)
    password = workspace_options.password(args, space)
    found = reconcile(space, today, at=now, files=args.files, password=password, write=not args.dry_run)
    if not args.dry_run:
        found = _brought_back(args, space, found, today, now, password)
        if args.auto and found.plan.safe:
            found = _auto(args, space, found, today, now, password)
    return _tell(args, space, found, today, now)


def _brought_back(args: argparse.Namespace, space: Workspace, found: Round, today: date, now: datetime, password: str | None) -> Round:
    """Plans that came back in the inbox are carried out first; what is left is then proposed anew."""
    from ownerbook.jobs.inbox import put_away
    from ownerbook.jobs.reconciling import choices_left, reconcile

    came = [i for i in found.inbox.files if i.kind == "plan" and i.plan is not None]
    choices: dict[str, Choice] = {}
    for one in came:
        assert one.plan is not None
        done = _carry_out(args, space, one.plan.plan, one.plan.choices, today, now, password)
        if done is not None and done.moved:
            choices |= one.plan.choices
        inside = space.root / "收件箱"
        if done is not None and one.path.is_relative_to(inside):
            put_away(space, [one], plan=one.plan.plan, at=now)
    if not came:
        return found
    again = reconcile(space, today, at=now, files=args.files, password=password)
    again.preset = choices_left(again, choices)
    return again


def _auto(args: argparse.Namespace, space: Workspace, found: Round, today: date, now: datetime, password: str | None) -> Round:
    from ownerbook.jobs.applying import apply
    from ownerbook.jobs.reconciling import keep, reconcile

    by = args.by or space.settings["reconcile.by"]
    if not by or not space.settings["reconcile.auto"]:
        zh = "没有自行写入：设置 [reconcile] 里没有写 auto 和 by"
        say(args, Text(zh, "nothing is written by itself: [reconcile] names no auto and by"), error=True)
        return found
    done = apply(space, keep(space, found, at=now), {}, today, at=now, by=by, auto=True, password=password)
    _tell_applied(args, done)
    return reconcile(space, today, at=now, password=password) if done.taken else found


def _tell(args: argparse.Namespace, space: Workspace, found: Round, today: date, now: datetime) -> int:
    from ownerbook.jobs.inbox import told
    from ownerbook.jobs.reconciling import keep, said
    from ownerbook.reports.change_plan import write_change_plan
    from ownerbook.reports.change_text import change_data, change_text
    from ownerbook.reports.tell_typed import typed_lines

    masked = not args.unmask
    if args.format == "json":
        import json

        data = change_data(found.plan, as_of=today, problems=found.brings, lang=args.lang, masked=masked)
        data["inbox"] = [t.say(args.lang) for t in told(found.inbox)]
        data["typed"] = [t.say(args.lang) for t in typed_lines(found.noted.edits, found.noted.bare, masked=masked)]
        deadline_options.put(json.dumps(data, ensure_ascii=False, indent=1) + "\n", args.output)
    else:
        for line in (*told(found.inbox), *found.notes, *typed_lines(found.noted.edits, found.noted.bare, masked=masked)):
            say(args, line)
    if not found.plan.changes:
        if args.format == "text":
            already = found.plan.already
            more = Text(f"（{already} 项登记簿里已是这样）", f" ({already} are there already)") if already else Text("", "")
            say(args, Text(f"没有要改的{more.zh}", f"nothing is to be changed{more.en}"))
        if not args.dry_run and found.usable:
            keep(space, found, at=now)
        return 1 if found.noted.bare else 0
    if args.format == "text":
        limit = None if args.all else 40
        colour = deadline_options.coloured(args)
        text = change_text(found.plan, as_of=today, problems=found.brings, lang=args.lang, masked=masked, colour=colour, limit=limit)
        deadline_options.put(text + "\n", args.output)
    if args.dry_run:
        return 1
    path = args.out or space.root / space.settings["reports.folder"] / f"变更方案_{today.isoformat()}.xlsx"
    keep(space, found, at=now)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = write_change_plan(
        free(path), found.plan, as_of=today, workspace=space.settings["workspace.name"], problems=found.brings, masked=masked, preset=found.preset
    )
    if args.format == "text":
        say(args, said(found.plan.changes))
        zh = f"变更方案：{written}（选好处理后放进收件箱，或 ownerbook reconcile --apply）"
        say(args, Text(zh, f"the plan: {written} (choose, then put it into 收件箱, or ownerbook reconcile --apply)"))
    return 1


def free(path: Path) -> Path:
    """A plan that somebody may be filling in is never written over."""
    for n in range(1, 1000):
        tried = path if n == 1 else path.with_name(f"{path.stem}({n}){path.suffix}")
        if not tried.exists():
            return tried
    return path


def _apply(args: argparse.Namespace, space: Workspace, today: date, now: datetime) -> int:
    from ownerbook.jobs.plan_answers import read_choices

    password = workspace_options.password(args, space)
    path = Path(args.apply)
    came = read_choices(path)
    for complaint in came.complaints:
        say(args, complaint, error=True)
    done = _carry_out(args, space, came.plan, came.choices, today, now, password)
    if done is None:
        return 1
    if done.moved:
        from ownerbook.jobs.reconciling import choices_left, reconcile

        found = reconcile(space, today, at=now, password=password)
        found.preset = choices_left(found, came.choices)
        if found.plan.changes:
            _tell(args, space, found, today, now)
        return 1
    return 1 if done.refused or done.left or came.complaints else 0


def _carry_out(
    args: argparse.Namespace, space: Workspace, plan: str, choices: dict[str, Choice], today: date, now: datetime, password: str | None
) -> Applied | None:
    from ownerbook.jobs.applying import apply, find
    from ownerbook.jobs.workspace import Unusable

    by = args.by or space.settings["reconcile.by"]
    try:
        kept = find(space, plan)
    except Unusable as error:
        say(args, error.message, error=True)
        return None
    done = apply(space, kept, choices, today, at=now, by=by, password=password)
    _tell_applied(args, done)
    return done


def _tell_applied(args: argparse.Namespace, done: Applied) -> None:
    from ownerbook.reports.tell_typed import change_line

    masked = not args.unmask
    for note in done.notes:
        say(args, note)
    for c, _ in done.taken:
        line = change_line(c, masked=masked)
        say(args, Text(f"已写入 {line.zh}", f"written: {line.en}"))
    for c, why in done.left:
        line = change_line(c, masked=masked)
        say(args, Text(f"没有写入 {line.zh}：{why.zh}", f"not written: {line.en}: {why.en}"), error=True)
    for why in done.refused:
        say(args, Text(f"没有写入：{why.zh}", f"nothing was written: {why.en}"), error=True)
    if done.kept:
        say(args, Text(f"保留原样 {len(done.kept)} 项", f"{len(done.kept)} were left as they are"))
