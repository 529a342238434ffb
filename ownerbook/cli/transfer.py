"""`ownerbook transfer`: a change of ownership, from the prefilled form to the written register."""

from __future__ import annotations

import argparse

from ownerbook.cli import registration_page


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    from ownerbook.procedures.registration import TRANSFERS

    zh = registration_page.is_zh(parser)
    parser.add_argument(
        "given",
        nargs="+",
        metavar="房号或填好的表" if zh else "HOUSE_OR_FILE",
        help="房号：开出过户用的登记表；文件：办理填好的表" if zh else "a house: its form is made; a file: the filled form is taken",
    )
    parser.add_argument("--reason", default="", choices=("", *TRANSFERS), metavar="原因" if zh else "REASON", help="、".join(TRANSFERS))
    registration_page.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Make the form, or take filled ones. Exit status 0 proposed or written whole; 1 something was refused or waits; 2 it could not be done."""
    files, houses = registration_page.apart(args.given)
    return registration_page.run(args, "registration", files, houses, reason=args.reason or "买卖")
