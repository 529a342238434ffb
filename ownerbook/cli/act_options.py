"""What the commands that propose rows share: arguments, telling the proposal, and writing it where asked for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import deadline_options
from ownerbook.cli.check import day

if TYPE_CHECKING:
    from datetime import date

    from ownerbook.jobs.reading import Read
    from ownerbook.jobs.workspace import Workspace
    from ownerbook.register.proposal import Proposal

EXIT_AGAINST = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """The common arguments."""
    zh = deadline_options.is_zh(parser)
    add = parser.add_argument
    add("--in", dest="workbooks", nargs="+", type=Path, default=[], metavar="工作簿或文件夹" if zh else "WORKBOOK", help="留空则为整个工作区")
    add("--as-of", "--on", metavar="YYYY-MM-DD", help="哪一天办的，默认今天" if zh else "the day of the act, today by default")
    add(
        "--write",
        action="store_true",
        help="写入登记簿（旧版本保留）；不加则只列出" if zh else "write it into the register; without it, it is only told",
    )
    add("--format", choices=("text", "json"), default="text", help="输出形式" if zh else "form of the output")
    add("--unmask", action="store_true", help="姓名、号码不打码" if zh else "names and numbers in full")
    add("--password-file", metavar="FILE", help="工作簿打开密码所在的文件" if zh else "a file with the workbooks' password")


def opened(args: argparse.Namespace) -> tuple[Workspace, Read, date]:
    """The workspace, the register and the day of the act. An act of an earlier day is held against the register as it is today: a row that came
    in between is no mistake of the future."""
    from ownerbook.clock import today
    from ownerbook.jobs.workspace import open_workspace

    acted = None
    if args.as_of is not None:
        zone = open_workspace(args.workbooks, Path.cwd()).settings["workspace.zone"]
        acted = day(args.as_of, zone)
        args.as_of = None if acted < today(zone) else args.as_of
    space, found = deadline_options.opened(args)
    return space, found, acted or found.register.today


def finish(args: argparse.Namespace, space: Workspace, read: Read, proposal: Proposal) -> int:
    """Tell the proposal, write it where asked for. Exit status 0; 1 where something stands against it or it was refused."""
    from ownerbook.clock import now
    from ownerbook.jobs.proposing import lines, write
    from ownerbook.jobs.reading import password_from

    zh = args.lang == "zh"
    told = lines(read.register, proposal, lang=args.lang, masked=not args.unmask)
    written = None
    if args.write and not proposal.against and not proposal.empty:
        written = write(space, read, proposal, at=now(), act=args.command, password=password_from(space, args.password_file))
    if args.format == "json":
        import json

        data = {
            "lines": told,
            "against": [t.say(args.lang) for t in proposal.against],
            "notes": [t.say(args.lang) for t in proposal.notes],
            "written": written.done if written else [],
            "refused": [t.say(args.lang) for t in written.refused] if written else [],
        }
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for text in proposal.against:
            print(("不能办理：" if zh else "not allowed: ") + text.say(args.lang), file=sys.stderr)
        for line in told if not proposal.against else ():
            print(line)
        for text in proposal.notes:
            print(("注意：" if zh else "note: ") + text.say(args.lang))
        if written:
            for done in written.done:
                print(("已写入 " if zh else "written: ") + done)
            for text in written.refused:
                print(("没有写入：" if zh else "not written: ") + text.say(args.lang), file=sys.stderr)
        elif not proposal.against and not proposal.empty:
            print("登记簿没有改动；加 --write 写入。" if zh else "The register is unchanged; add --write to write it.")
    return EXIT_AGAINST if proposal.against or (written and written.refused) else 0
