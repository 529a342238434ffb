"""`ownerbook monthly`."""

from __future__ import annotations

import argparse
import re

from ownerbook.cli import nightly, run_options
from ownerbook.jobs.workspace import Unusable
from ownerbook.schema.words import Text


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    nightly.configure(parser)
    parser.add_argument(
        "--month", metavar="YYYY-MM", help="哪个月，默认最近一个已过完的月" if zh else "which month, by default the newest closed one"
    )


def run(args: argparse.Namespace) -> int:
    """Make a month's audit workbook and queue its mail. Exit status 0 made or made already, 2 not made."""
    from ownerbook.nights.periods import MONTHLY

    if args.month is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", args.month, re.ASCII):
        raise Unusable(Text(f"月份 {args.month} 写法不对，应为 2026-10 这样", f"{args.month} is no month of the form 2026-10"))
    return run_options.guarded(lambda: nightly.make(args, MONTHLY, args.month))
