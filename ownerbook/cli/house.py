"""`ownerbook house renumber|divide|join`: a house gets another number, is divided, or is joined to another; one page, written after the yes."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from ownerbook.cli import act_page, workspace_options
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.procedures.houses import HouseChange
    from ownerbook.procedures.registration import Act
    from ownerbook.register.register import Register

_ACTS = (
    ("renumber", "改号：原房号 新房号 [原房号 新房号 …]", "renumber: OLD NEW [OLD NEW …]", "改号方案"),
    ("divide", "分割：原房号 新房号 新房号 …（--area 写各套面积）", "divide: OLD NEW NEW … (--area: the area of each)", "分割方案"),
    ("join", "合并：原房号 原房号 … --into 新房号", "join: OLD OLD … --into NEW", "合并方案"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    acts = parser.add_subparsers(dest="house_act", required=True, metavar="办理" if zh else "ACT")
    for name, told, en, _ in _ACTS:
        one = acts.add_parser(name, help=told if zh else en, description=told if zh else en)
        one.add_argument("houses", nargs="+", metavar="房号" if zh else "HOUSE")
        if name == "divide":
            text = "各套建筑面积，按新房号的次序，用逗号分开" if zh else "floor areas in the order of the new numbers, separated by commas"
            one.add_argument("--area", default="", metavar="60.5,55", help=text)
            text = "各套套内面积，次序相同" if zh else "inner areas, in the same order"
            one.add_argument("--inner", default="", metavar="50,45", help=text)
        if name == "join":
            one.add_argument("--into", required=True, metavar="房号" if zh else "HOUSE", help="合并后的房号" if zh else "the number from then on")
            one.add_argument("--area", default="", metavar="120.5", help="合并后的建筑面积，不写则相加" if zh else "its floor area; else the sum")
            one.add_argument("--appraiser", default="", metavar="NO", help="并入的旧档由谁鉴定归档" if zh else "who appraises the files closed")
        one.add_argument("--evidence", default="", metavar="材料编号" if zh else "NO", help="证明材料的编号" if zh else "the paper that proves it")
        one.add_argument("--day", default="", metavar="2026-11-25", help="从哪一天起，默认今天" if zh else "from which day; today by default")
        act_page.configure(one)


def run(args: argparse.Namespace) -> int:
    """Show what it asks, and propose or write it. Exit status 0 proposed or written whole, 1 nothing was, 2 it could not be done."""
    from ownerbook.identifiers import dates
    from ownerbook.jobs.workspace import Unusable

    day = dates.parse(args.day) if args.day else None
    if args.day and day is None:
        raise Unusable(Text(f"--day {args.day} 不是日期，如 2026-11-25", f"--day {args.day} is no day, such as 2026-11-25"))
    wanted = _changes(args, day)

    def made(register: Register, today: date) -> Act:
        from ownerbook.procedures.houses import change_houses

        acts = change_houses(register, [wanted])[0]
        first = acts[0]
        for other in acts[1:]:
            first.changes += other.changes
            first.against += other.against
            first.notes += other.notes
            first.stories |= other.stories
        return first

    return act_page.run(args, next(plan for name, _, _, plan in _ACTS if name == args.house_act), made)


def _changes(args: argparse.Namespace, day: date | None) -> list[HouseChange]:
    """What was asked, as data. Raises Unusable."""
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.procedures.houses import DIVIDE, JOIN, RENUMBER, HouseChange, HousePart
    from ownerbook.procedures.registration import said
    from ownerbook.reconcile.change import Origin

    houses, common = list(args.houses), {"day": day, "clerk": args.by, "evidence": args.evidence}
    origin = Origin("act", f"ownerbook house {args.house_act}", day=day)
    if args.house_act == "renumber":
        if len(houses) % 2:
            raise Unusable(Text("改号要成对写：原房号 新房号", "write pairs: OLD NEW"))
        pairs = zip(houses[::2], houses[1::2], strict=True)
        return [HouseChange(RENUMBER, (old,), (HousePart(new),), origin, **common) for old, new in pairs]
    if args.house_act == "divide":
        areas, inner = _numbers(args.area, "--area"), _numbers(args.inner, "--inner")
        if len(areas) != len(houses) - 1 or (inner and len(inner) != len(areas)):
            raise Unusable(Text(f"--area 要写 {len(houses) - 1} 个面积", f"--area must name {len(houses) - 1} areas"))
        parts = tuple(
            HousePart(h, {"floor_area": said(areas[n])} | ({"inner_area": said(inner[n])} if inner else {})) for n, h in enumerate(houses[1:])
        )
        return [HouseChange(DIVIDE, (houses[0],), parts, origin, **common)]
    area = _numbers(args.area, "--area")
    part = HousePart(args.into, {"floor_area": said(area[0])} if area else {})
    return [HouseChange(JOIN, tuple(houses), (part,), origin, appraiser=args.appraiser, **common)]


def _numbers(text: str, option: str) -> list[float]:
    from ownerbook.jobs.workspace import Unusable

    try:
        return [float(t) for t in text.replace("\uff0c", ",").replace("\u3001", ",").split(",") if t.strip()]
    except ValueError:
        raise Unusable(Text(f"{option} {text} 不是数字", f"{option} {text} is no number")) from None
