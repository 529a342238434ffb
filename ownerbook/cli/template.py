"""`ownerbook template`."""

from __future__ import annotations

import argparse
from pathlib import Path

from ownerbook.cli import deadline_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = deadline_options.is_zh(parser)
    add = parser.add_argument
    add(
        "name",
        nargs="?",
        metavar="模板" if zh else "NAME",
        help="如 业主、借阅、业主登记表；不写则列出全部" if zh else "such as 业主; lists all if left out",
    )
    add("--owner", default="", metavar="业主编号" if zh else "NO", help="填好这位业主的" if zh else "filled in for an owner")
    add("--house", default="", metavar="房号" if zh else "NO", help="填好这套房现业主的" if zh else "filled in for the owners of a house")
    add("--out", "-o", type=Path, metavar="FILE", help="写到哪个文件，默认写在当前文件夹" if zh else "where the file goes, here by default")
    add("--password-file", metavar="FILE", help="登记簿打开密码所在的文件" if zh else "a file with the workbooks' password")


def run(args: argparse.Namespace) -> int:
    """List the templates, or write one and say where it lies. Exit status 0; 2 where it could not be written."""
    from ownerbook import clock
    from ownerbook.jobs.reading import Read, password_from
    from ownerbook.jobs.templating import templates, write
    from ownerbook.jobs.workspace import Workspace, home, open_workspace

    if args.name is None:
        from ownerbook.reports.widths import pad

        for t in templates():
            print(f"{pad(t.key, 18)} {t.about.say(args.lang)}" if args.lang == "zh" else f"{pad(t.key, 18)} {pad(t.words.en, 22)} {t.about.en}")
        return 0
    here = Path.cwd()

    def opened() -> tuple[Workspace, Read]:
        from ownerbook.jobs.deadlines import read

        space = open_workspace([], here)
        return space, read(space, clock.today(space.settings["workspace.zone"]), password=password_from(space, args.password_file))

    inside = home(here) is not None or args.owner or args.house
    print(write(args.name, here, opened if inside else None, clock.today(), house=args.house, owner=args.owner, output=args.out))
    return 0
