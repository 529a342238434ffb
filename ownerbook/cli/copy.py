"""`ownerbook copy`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ownerbook.cli import deadline_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = deadline_options.is_zh(parser)
    add = parser.add_argument
    add(
        "what",
        nargs="*",
        metavar="表或工作簿" if zh else "SHEET",
        help="如 业主，或一个工作簿；留空则为整个登记簿" if zh else "a sheet such as 业主, or a workbook; the whole register without any",
    )
    add("--to", required=True, metavar="NAME", help="发给谁" if zh else "who gets it")
    add(
        "--out",
        "-o",
        type=Path,
        required=True,
        metavar="FILE",
        help="写到哪个文件；几个工作簿时写文件夹" if zh else "the file, or a folder for several",
    )
    add("--as-of", metavar="YYYY-MM-DD", help=argparse.SUPPRESS)
    add("--password-file", metavar="FILE", help="工作簿打开密码所在的文件" if zh else "a file with the workbooks' password")


def run(args: argparse.Namespace) -> int:
    """Hand out working copies. Exit status 0; 2 where it could not be done."""
    from ownerbook import clock
    from ownerbook.jobs.copying import chosen, copy

    args.workbooks = []
    space, found = deadline_options.opened(args)
    names = chosen(space, found, args.what)
    result = copy(space, found, names, args.out, to=args.to, at=clock.now(space.settings["workspace.zone"]))
    for note in result.notes:
        print(note.say(args.lang), file=sys.stderr)
    for one in result.done:
        print(one.path)
    return 0
