"""What the commands about one workspace share: which one, whose day, which language."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli.check import day, password_of, settle
from ownerbook.cli.deadline_options import is_zh as is_zh
from ownerbook.jobs.workspace import Unusable, Workspace, open_workspace
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from datetime import date


def configure(parser: argparse.ArgumentParser, *, formats: tuple[str, ...] = ("text", "json", "xlsx"), unmask: bool = True) -> None:
    """The common arguments."""
    zh = is_zh(parser)
    add = parser.add_argument
    add(
        "--in",
        dest="folder",
        type=Path,
        metavar="文件夹" if zh else "FOLDER",
        help="工作区，默认当前所在的" if zh else "the workspace, by default the one we are in",
    )
    add("--as-of", metavar="YYYY-MM-DD", help="按哪一天，默认今天" if zh else "the day, today by default")
    if unmask:
        add("--unmask", action="store_true", help="姓名、号码不打码" if zh else "names and numbers in full")
    add("--password-file", metavar="FILE", help="工作簿打开密码所在的文件" if zh else "a file with the workbooks' password")
    if formats:
        add("--format", choices=formats, default="text", help="输出形式" if zh else "form of the output")
        add("--output", "-o", type=Path, metavar="FILE", help="写到哪个文件" if zh else "where the file goes")
        add("--all", action="store_true", help="屏幕上列出全部行" if zh else "every line on the screen")


def opened(args: argparse.Namespace, *, settled: bool = True) -> Workspace:
    """The workspace. Raises Unusable where the folder is none."""
    space = open_workspace([args.folder] if args.folder else [], Path.cwd())
    if not space.declared:
        zh = f"{args.folder} 不是工作区（没有 ownerbook.toml）；请先运行 ownerbook init"
        raise Unusable(Text(zh, f"{args.folder} is no workspace (no ownerbook.toml); run ownerbook init first"))
    if not args.lang_said:
        args.lang = space.settings["check.lang"]
    if settled:
        settle(args, space)
    return space


def moment(args: argparse.Namespace, space: Workspace) -> tuple[date, datetime]:
    """The day that counts and the moment of the act."""
    from ownerbook import clock

    zone = space.settings["workspace.zone"]
    return day(args.as_of, zone), clock.now(zone)


password = password_of


def say(args: argparse.Namespace, text: Text, *, error: bool = False) -> None:
    """A line on the screen, or on standard error. File names are in it: they must not steer the terminal."""
    from ownerbook.reports.terminal import printable

    lines = text.say(args.lang).split("\n")
    print("\n".join(printable(line) for line in lines), file=sys.stderr if error else sys.stdout)
