"""`ownerbook tenant`: tenants in by a form, out by a form or by their numbers."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ownerbook.cli import registration_page

if TYPE_CHECKING:
    from datetime import date

    from ownerbook.procedures.registration import Act
    from ownerbook.register.register import Register


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = registration_page.is_zh(parser)
    parser.add_argument(
        "given",
        nargs="+",
        metavar="房号或填好的表" if zh else "HOUSE_OR_FILE",
        help="房号：开出租户登记表；文件：办理填好的表" if zh else "a house: its page is made; a file: the filled page is taken",
    )
    parser.add_argument("--left", nargs="+", default=[], metavar="成员编号" if zh else "NO", help="这些人已迁出" if zh else "who has moved out")
    registration_page.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Make the page, take filled ones, or note who has left. Exit status as `ownerbook register`."""
    files, houses = registration_page.apart(args.given)
    if not args.left:
        return registration_page.run(args, "tenancy", files, houses)
    from ownerbook.cli import act_page
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.procedures.registration import LEAVES, TENANCY, Line, Registration, said
    from ownerbook.reconcile.change import Origin
    from ownerbook.schema.words import Text

    if files or len(houses) != 1:
        raise Unusable(Text("--left 只和一个房号一起用", "--left goes with one house"))

    def made(register: Register, today: date) -> Act:
        from ownerbook.procedures.registering import register_owners

        gone = tuple(Line({"member_no": said(no), "going": said(LEAVES)}, no) for no in args.left)
        clerk = args.by or "—"
        form = Registration(houses[0], Origin("act", "ownerbook tenant", day=today), reason=TENANCY, current=gone, day=today, clerk=clerk)
        return register_owners(register, [form])[0]

    return act_page.run(args, f"租户登记_{houses[0]}", made)
