"""`ownerbook group check|report`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import deadline_options

if TYPE_CHECKING:
    from ownerbook.jobs.group import Group, Progress
    from ownerbook.reports.listing import Report
    from ownerbook.schema.words import Lang


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = deadline_options.is_zh(parser)
    add = parser.add_argument
    add(
        "act",
        choices=("check", "report"),
        help="check 在屏幕上列出；report 写成工作簿" if zh else "check tells it on the screen, report writes a workbook",
    )
    add(
        "folders",
        nargs="+",
        type=Path,
        metavar="文件夹" if zh else "FOLDER",
        help="放着各小区工作区的文件夹" if zh else "folders that hold the communities",
    )
    add(
        "--workers",
        type=_count,
        metavar="N",
        help="同时用几个进程，默认按本机核数" if zh else "processes at a time, by default as many as this machine has cores",
    )
    add("--scheduler", default="", metavar="tcp://…", help="改在这个 Dask 集群上运行" if zh else "run on this Dask cluster instead")
    add("--select", action="append", default=[], metavar="CODE", help="只查这些规则" if zh else "only these rules")
    add("--ignore", action="append", default=[], metavar="CODE", help="不查这些规则" if zh else "not these rules")
    add("--as-of", metavar="YYYY-MM-DD", help="按哪一天，默认今天" if zh else "the day, today by default")
    add("--format", choices=("text", "json", "xlsx"), help="输出形式" if zh else "form of the output")
    add("--output", "-o", type=Path, metavar="FILE", help="写到哪个文件" if zh else "where the file goes")
    add("--all", action="store_true", help="屏幕上列出全部行" if zh else "every line on the screen")


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 512:
        raise argparse.ArgumentTypeError(text)
    return value


def run(args: argparse.Namespace) -> int:
    """Check the group. Exit status 0; 1 where a community has errors or could not be checked; 2 where the run could not be done."""
    from ownerbook.cli.check import day
    from ownerbook.clock import ZONE
    from ownerbook.jobs import group
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text

    today = day(args.as_of, ZONE)
    args.format = args.format or ("xlsx" if args.act == "report" else "text")
    args.unmask = False
    select, ignore = ([c for word in words for c in word.replace("、", ",").split(",") if c] for words in (args.select, args.ignore))
    try:
        found = group.run(
            group.communities(args.folders),
            today,
            workers=args.workers,
            scheduler=args.scheduler,
            select=select,
            ignore=ignore,
            progress=_progress() if sys.stderr.isatty() else None,
        )
    except ValueError as e:
        if len(e.args) == 1 and str(e.args[0]) in {*select, *ignore}:
            raise Unusable(Text(f"没有 {e.args[0]} 这条规则，见 ownerbook rules", f"there is no rule {e.args[0]}; see ownerbook rules")) from None
        raise
    report = told(found, args.lang)
    if args.format == "xlsx":
        from ownerbook.reports.listing_book import write_report

        path = args.output or Path.cwd() / f"集团报告_{today.isoformat()}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        print(write_report(path, report, lang=args.lang))
    else:
        from ownerbook.jobs.workspace import Workspace
        from ownerbook.settings import Settings

        deadline_options.show(args, Workspace(Path.cwd(), Settings()), report)
    return 1 if any(c.trouble or c.severities.get("error") for c in found.communities) else 0


def told(found: Group, lang: Lang) -> Report:
    """The run as a report."""
    from ownerbook.reports.tell_group import Across, Common, Ranked, tell_group
    from ownerbook.rules.book import cards
    from ownerbook.schema.finding import RANK

    named, ranked = {card.code: card for card in cards()}, []
    for c in found.communities:
        worst = sorted(c.codes.items(), key=lambda x: (RANK[named[x[0]].severity], -x[1], x[0]))[:3]
        figure, grave = c.figures.get, c.severities.get
        ranked.append(
            Ranked(
                c.name,
                c.path,
                figure("houses", 0),
                figure("owners", 0),
                figure("files", 0),
                grave("error", 0),
                grave("warning", 0),
                grave("notice", 0),
                figure("late", 0),
                "、".join(f"{named[code].title.say(lang)}×{n}" for code, n in worst),
                c.unreadable,
                c.trouble,
            )
        )
    across = []
    for s in found.shared:
        owners: dict[str, list[str]] = {found.communities[n].name: [] for n in s.communities}
        for n, owner in s.owners:
            owners[found.communities[n].name].append(owner)
        across.append(Across(s.kind, s.people, owners))
    cells, places = Counter[str](), Counter[str]()
    for c in found.communities:
        cells.update(c.codes)
        places.update(c.codes.keys())
    common = [Common(code, named[code].title, named[code].severity, n, places[code]) for code, n in cells.items()]
    common.sort(key=lambda c: (-c.communities, -c.count, c.code))
    return tell_group(ranked, across, found.today, common=common, retried=found.retried)


def _progress() -> Progress:
    def show(done: int, of: int, name: str) -> None:
        text = f"{done}/{of} {name}"
        print(f"\r\x1b[K{text[:70]}", end="" if done < of else "\r\x1b[K", file=sys.stderr, flush=True)

    return show
