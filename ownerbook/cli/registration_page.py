"""What `register`, `transfer` and `tenant` share: a form is made for a house, or filled ones are shown on one page and written after the yes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from ownerbook.cli import act_page, workspace_options
from ownerbook.cli.workspace_options import is_zh as is_zh
from ownerbook.cli.workspace_options import say
from ownerbook.reports.terminal import printable
from ownerbook.schema.words import Text

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".et")


def configure(parser: argparse.ArgumentParser) -> None:
    """The common arguments, with those of a yes."""
    act_page.configure(parser)


def apart(given: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Files and houses among what was named: a file has the ending of a workbook, or is there."""
    files = [Path(g) for g in given if g.lower().endswith(SUFFIXES) or Path(g).is_file()]
    return files, [g for g in given if Path(g) not in files]


def run(args: argparse.Namespace, kind: str, files: Sequence[Path], houses: Sequence[str], *, reason: str = "") -> int:
    """Make a form for houses, or take filled forms. kind: of `jobs.forms.FORMS`."""
    from ownerbook.jobs.workspace import Unusable

    if files and houses:
        raise Unusable(Text("房号和填好的表请分两次办", "name houses or filled forms, not both at once"))
    if not files and not houses:
        raise Unusable(Text("请写填好的表，或用 --house 写房号", "name filled forms, or houses with --house"))
    return _forms(args, kind, houses, reason) if houses else _take(args, files)


def _forms(args: argparse.Namespace, kind: str, houses: Sequence[str], reason: str) -> int:
    """Write the prefilled form, and say where it lies."""
    from ownerbook.jobs.deadlines import read
    from ownerbook.jobs.forms import Wanted, write_form

    space = workspace_options.opened(args, settled=False)
    today, _ = workspace_options.moment(args, space)
    found = read(space, today, password=workspace_options.password(args, space))
    wanted = Wanted(house="、".join(houses), reason=reason, lang=args.lang, masked=not args.unmask)
    path, holds = write_form(kind, space, found, wanted, args.out or args.output)
    print(printable(str(path)))
    say(args, holds, error=True)
    return 0


def _take(args: argparse.Namespace, files: Sequence[Path]) -> int:
    """Show what forms ask, and propose or write it."""
    from ownerbook.cli.reconcile import tell_applied, tell_prints
    from ownerbook.jobs.inbox import told
    from ownerbook.jobs.registering import take
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.reports.change_text import change_text

    if args.yes and args.dry_run:
        raise Unusable(Text("--yes 和 --dry-run 不能一起用", "--yes and --dry-run do not go together"))
    space = workspace_options.opened(args, settled=not args.dry_run)
    today, now = workspace_options.moment(args, space)
    masked = not args.unmask
    done = take(
        space,
        files,
        today,
        at=now,
        by=args.by,
        agreed=args.agreed,
        yes=args.yes,
        masked=masked,
        out=args.out,
        write=not args.dry_run,
        password=workspace_options.password(args, space),
    )
    first = done.first
    mine, others = done.mine()
    later = mine.notes if mine.changes else []  # these stand below the changes
    for line in told(first.inbox):
        if line not in later:
            say(args, line)
    if mine.changes:
        print(change_text(mine, as_of=today, problems=first.brings, lang=args.lang, masked=masked, limit=None if args.all else 40))
    else:
        complaints = tuple(c.zh for i in first.inbox.files for c in i.complaints)
        for line in mine.notes:
            if not complaints or not line.zh.endswith(complaints):  # said already, of the file
                say(args, line)
        say(args, Text("没有要改的，登记簿没有动", "nothing is to be changed; the register is as it was"))
    if others:
        say(args, Text(f"以前交来的另有 {others} 项在等选择，见变更方案", f"{others} changes of earlier files wait too; see the plan"))
    for line in (*done.refused, *done.held):
        say(args, line, error=True)
    if done.applied is not None:
        tell_applied(args, done.applied)
    tell_prints(args, done.prints)
    if done.path is not None:
        zh = f"变更方案：{done.path}（选好处理后放进收件箱，或 ownerbook reconcile --apply）"
        say(args, Text(zh, f"the plan: {done.path} (choose, then put it into 收件箱, or ownerbook reconcile --apply)"))
    left = done.applied is not None and (done.applied.refused or any(c.bundle for c, _ in done.applied.left))
    refused = done.refused or done.held or any("没有采用：" in n.zh for n in mine.notes)
    return 1 if refused or left or not (mine.changes or mine.already) else 0
