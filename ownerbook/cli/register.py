"""`ownerbook register`: forms of new owners, made for houses and taken back."""

from __future__ import annotations

import argparse

from ownerbook.cli import registration_page


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = registration_page.is_zh(parser)
    parser.add_argument(
        "given",
        nargs="*",
        metavar="填好的表" if zh else "FILE",
        help="填好的业主登记表；不写而用 --house 则开出登记表" if zh else "filled registration forms; with --house and no file a form is made",
    )
    parser.add_argument(
        "--house", nargs="+", default=[], metavar="房号" if zh else "NO", help="为这些房开登记表" if zh else "make a form for these houses"
    )
    registration_page.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Make forms, or take filled ones. Exit status 0 proposed or written whole; 1 something was refused or waits; 2 it could not be done."""
    files, words = registration_page.apart(args.given)
    houses = [*args.house, *words]
    return registration_page.run(args, "registration", files, houses)
