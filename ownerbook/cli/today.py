"""`ownerbook today`."""

from __future__ import annotations

import argparse

from ownerbook.cli import deadline_options
from ownerbook.jobs.deadlines import WITHIN
from ownerbook.reports.terminal import printable


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = deadline_options.is_zh(parser)
    deadline_options.configure(parser, formats=("text", "json", "xlsx", "ics"), within=WITHIN["today"])
    parser.add_argument("--all", action="store_true", help="屏幕上列出全部事项" if zh else "every item on the screen")


def run(args: argparse.Namespace) -> int:
    """Tell what is to be done today. Exit status 0; 2 where it could not be done."""
    from ownerbook.jobs.deadlines import target, today_page

    space, found = deadline_options.opened(args)
    page = today_page(space, found, within=args.within, keep=deadline_options.kept(args))
    masked = not args.unmask
    if args.format == "json":
        import json

        deadline_options.put(json.dumps(page.data(lang=args.lang, masked=masked), ensure_ascii=False, indent=1) + "\n", args.output)
    elif args.format == "xlsx":
        print(page.workbook(target(space, "today", page.report.as_of, args.output, ".xlsx"), lang=args.lang, masked=masked))
    elif args.format == "ics":
        from ownerbook.storage.atomic import write_atomically

        path = target(space, "today", page.report.as_of, args.output, ".ics")
        write_atomically(path, page.calendar(lang=args.lang, masked=masked))
        print(printable(str(path)))
    else:
        text = page.text(lang=args.lang, masked=masked, colour=deadline_options.coloured(args), all_=args.all or args.output is not None)
        deadline_options.put(text + "\n", args.output)
    return 0
