"""`ownerbook demo`."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path("demo"), metavar="文件夹" if zh else "DIR", help="结果写到哪里" if zh else "where the results go"
    )


def run(args: argparse.Namespace) -> int:
    """Check the sample community and write its problem workbook. Exit status 0: problems are what the demo shows."""
    from ownerbook.jobs.demo import demo

    print(demo(args.folder, lang=args.lang))
    return 0
