"""What the commands about deadlines share: arguments, reading, and telling in the form asked for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli.check import day, password_of, settle
from ownerbook.jobs.workspace import open_workspace
from ownerbook.reports.terminal import printable

if TYPE_CHECKING:
    from ownerbook.jobs.deadlines import Filter, Subject
    from ownerbook.jobs.reading import Read
    from ownerbook.jobs.workspace import Workspace
    from ownerbook.reports.listing import Report


def is_zh(parser: argparse.ArgumentParser) -> bool:
    """Whether the help is in Chinese."""
    return getattr(type(parser), "lang", "zh") == "zh"


def configure(parser: argparse.ArgumentParser, *, formats: tuple[str, ...] = ("text", "json", "xlsx"), within: int | None = None) -> None:
    """The common arguments. within: the default number of days ahead; None leaves the option out."""
    zh = is_zh(parser)
    add = parser.add_argument
    add(
        "workbooks",
        nargs="*",
        type=Path,
        metavar="工作簿或文件夹" if zh else "WORKBOOK",
        help="留空则为整个工作区" if zh else "without any, the whole workspace",
    )
    add("--format", choices=formats, default="text", help="输出形式" if zh else "form of the output")
    add("--output", "-o", type=Path, metavar="FILE", help="写到哪个文件" if zh else "where the file goes")
    add("--as-of", metavar="YYYY-MM-DD", help="按哪一天计算，默认今天" if zh else "the day, today by default")
    add("--unmask", action="store_true", help="姓名、号码不打码" if zh else "names and numbers in full")
    add("--password-file", metavar="FILE", help="工作簿打开密码所在的文件" if zh else "a file with the workbooks' password")
    if within is not None:
        add(
            "--within",
            type=_days,
            metavar="N",
            help=f"几天内算即将到期，默认 {within}" if zh else f"days ahead that count as soon, {within} by default",
        )
    add("--building", default="", metavar="N", help="只看一栋，如 3" if zh else "one building only, such as 3")
    add("--person", default="", metavar="NAME", help="只看一个人的（工号或姓名）" if zh else "one person only (number or name)")
    add("--late", action="store_true", help="只看已逾期的" if zh else "late ones only")


def configure_lists(parser: argparse.ArgumentParser) -> None:
    """Arguments of the commands that tell several lists."""
    zh = is_zh(parser)
    parser.add_argument("--house", default="", metavar="NO", help="只看一套房" if zh else "one house only")
    parser.add_argument("--only", default="", metavar="LIST", help="只看这些清单，如 late,soon" if zh else "these lists only, such as late,soon")
    parser.add_argument("--all", action="store_true", help="屏幕上列出全部行" if zh else "every line on the screen")


def _days(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 36_500:
        raise argparse.ArgumentTypeError(text)
    return value


def opened(args: argparse.Namespace) -> tuple[Workspace, Read]:
    """The workspace that the arguments mean, read on their day; notes go to standard error."""
    from ownerbook.jobs.deadlines import read

    space = open_workspace(args.workbooks, Path.cwd())
    settle(args, space)
    today = day(args.as_of, space.settings["workspace.zone"])
    found = read(space, today, password=password_of(args, space))
    for note in found.notes:
        print(note.say(args.lang), file=sys.stderr)
    return space, found


def kept(args: argparse.Namespace) -> Filter:
    """The filters asked for."""
    from ownerbook.jobs.deadlines import Filter

    only = tuple(w.strip() for w in getattr(args, "only", "").replace("、", ",").split(",") if w.strip())
    return Filter(args.building, getattr(args, "house", ""), args.person, args.late, only)


def run(subject: Subject, args: argparse.Namespace, *, since: int = 365) -> int:
    """Read, tell, and give the exit status 0: what is late is no fault of the command."""
    from ownerbook.jobs.deadlines import tell

    space, found = opened(args)
    show(args, space, tell(subject, space, found, within=args.within, since=since, keep=kept(args)))
    return 0


def show(args: argparse.Namespace, space: Workspace, report: Report) -> None:
    """A report in the form asked for."""
    masked = not args.unmask
    if args.format == "json":
        import json

        from ownerbook.reports.listing import as_data

        put(json.dumps(as_data(report, lang=args.lang, masked=masked), ensure_ascii=False, indent=1) + "\n", args.output)
    elif args.format == "xlsx":
        from ownerbook.jobs.deadlines import write

        print(write(space, report, args.output, lang=args.lang, masked=masked))
    else:
        from ownerbook.reports.listing_text import report_text

        text = report_text(report, lang=args.lang, masked=masked, colour=coloured(args), limit=None if args.all or args.output else 30)
        put(text + "\n", args.output)


def coloured(args: argparse.Namespace) -> bool:
    """Whether the screen gets colours."""
    import os

    from ownerbook.reports.terminal import wants_colour

    return args.output is None and wants_colour(sys.stdout.isatty(), os.environ)


def put(text: str, output: Path | None) -> None:
    """Print, or write to a file as UTF-8."""
    if output is None:
        sys.stdout.write(text)
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text, "utf-8", newline="\n")
    print(printable(str(output)))
