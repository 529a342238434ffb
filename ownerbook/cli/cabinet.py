"""`ownerbook cabinet`: its prints, how full it is, and files that move."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import act_page, unmasking, workspace_options
from ownerbook.reports.terminal import printable
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from datetime import date

    from ownerbook.jobs.acting import Acted
    from ownerbook.jobs.workspace import Workspace
    from ownerbook.procedures.registration import Act
    from ownerbook.register.register import Register
    from ownerbook.reports.listing import Report

_PRINTS = {
    "covers": ("档案封面，每份一页", "covers, a page a file"),
    "contents": ("卷内目录和备考", "what each file holds"),
    "spines": ("卷脊标签，每份一条", "spine labels of files"),
    "boxes": ("盒脊标签，每个位置一条", "spine labels of boxes"),
    "shelves": ("层标签，每层一张", "a card a shelf"),
    "floor": ("库房存放清单和柜面图", "what stands where, with a plan of each cabinet"),
}
_OTHERS = {
    "load": ("占用：容量、已放、借出、空位、超出", "how full it is"),
    "carriers": ("只有纸质、只有电子、两者都有的档案", "files on paper only, scanned only, both"),
    "move": ("移到别的位置（--to），先出方案", "files to another place (--to), as a plan"),
    "move-list": ("开移架清单，填好放进收件箱", "a list to fill in where files go"),
    "walk": ("移架取放单：写入登记簿的移架，按架位顺序", "the list to walk with, of moves that were written"),
    "rebalance": ("按容量和楼栋建议怎么移", "propose moves by room and building"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    sub = parser.add_subparsers(dest="what", metavar="办什么" if zh else "WHAT", required=True)
    for name, (in_zh, in_en) in (_PRINTS | _OTHERS).items():
        child = sub.add_parser(name, help=in_zh if zh else in_en, description=in_zh if zh else in_en)
        add = child.add_argument
        add("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help="输出语言" if zh else "language of the output")
        if name == "walk":
            add("--since", metavar="YYYY-MM-DD", help="从哪天起写入的，默认今天" if zh else "written since that day, today by default")
        elif name != "rebalance":
            add(
                "words",
                nargs="*",
                metavar="对象" if zh else "OF",
                help="档号、房号、业主编号或位置编号（可只写到层、柜、室）" if zh else "files, houses, owners, places (a box, shelf or cabinet)",
            )
            add("--building", default="", metavar="N", help="一栋的档案" if zh else "the files of a building")
            add("--everything", action="store_true", help="全部" if zh else "all of them")
        if name in ("spines", "boxes"):
            add("--wide", type=int, choices=(30, 50), default=0, help="卷盒厚多少毫米" if zh else "millimetres of the back")
        if name in _PRINTS or name == "move-list":
            workspace_options.configure(child, formats=(), unmask=name in ("covers", "contents"))
            add("--output", "-o", type=Path, metavar="FILE", help="写到哪个文件" if zh else "where the file goes")
        elif name == "load":
            levels = ("box", "shelf", "cabinet")
            add("--level", choices=levels, default="box", help="每盒、每层还是每柜一行" if zh else "a line a box, shelf or cabinet")
            workspace_options.configure(child)
        elif name == "carriers":
            workspace_options.configure(child)
        elif name == "walk":
            workspace_options.configure(child, formats=(), unmask=False)
        else:
            act_page.configure(child)
        if name == "move":
            to = "如 A01-03-02-15；只写到层或柜则依次找空位" if zh else "such as A01-03-02-15; of a shelf or a cabinet the first with room"
            add("--to", required=True, metavar="位置" if zh else "PLACE", help=to)
        unmasking.configure(child)
        if name == "rebalance":
            add("--together", action="store_true", help="各栋的档案归到各栋的位置" if zh else "files of a building go to its own places")
            add("--unplaced", action="store_true", help="没有位置的档案也给一个" if zh else "files without a place are given one")


def run(args: argparse.Namespace) -> int:
    """Carry it out. Exit status 0; 1 where nothing moves or a move was refused; 2 where it could not be done."""
    if args.what in ("move", "rebalance"):
        return _move(args)
    from ownerbook.jobs.forms import title_of
    from ownerbook.jobs.reading import read_register
    from ownerbook.reports.forms.manner import Manner

    space = workspace_options.opened(args)
    today, _ = workspace_options.moment(args, space)
    found = read_register(space, today, password=workspace_options.password(args, space))
    for note in found.notes:
        workspace_options.say(args, note, error=True)
    register, title = found.register, title_of(space)
    if args.what in ("load", "carriers"):
        from ownerbook.cli.deadline_options import show

        show(args, space, _told(args, register, title))
        return 0
    if args.what == "walk":
        return _walk(args, space, register, today)
    folder = space.root / space.settings["reports.folder"]
    if args.what == "move-list":
        from ownerbook.jobs.moving import write_list

        path = args.output or folder / f"移架清单_{today.isoformat()}.xlsx"
        holds = write_list(path, register, args.words, title, Manner(args.lang), building=args.building, everything=args.everything)
    else:
        from ownerbook.jobs.cabinet_prints import called, write_print

        path = args.output or folder / called(args.what, args.words, args.building, args.everything, today)
        how = Manner(args.lang, not getattr(args, "unmask", False))
        wide = getattr(args, "wide", 0)
        holds = write_print(args.what, register, args.words, path, title, how, building=args.building, everything=args.everything, wide=wide)
    print(printable(str(path)))
    workspace_options.say(args, holds, error=True)
    return 0


def _walk(args: argparse.Namespace, space: Workspace, register: Register, today: date) -> int:
    from ownerbook.cli.check import day
    from ownerbook.jobs.forms import title_of
    from ownerbook.jobs.moving import walked, write_walk

    since = day(args.since, space.settings["workspace.zone"]) if args.since else today
    steps = walked(space, register, since)
    if not steps:
        zh = f"{since.isoformat()} 以来没有写入的移架"
        workspace_options.say(args, Text(zh, f"no move was written since {since.isoformat()}"), error=True)
        return 1
    print(write_walk(space, register, steps, title_of(space)))
    workspace_options.say(args, Text(f"{len(steps)} 份", f"{len(steps)} files"), error=True)
    return 0


def _told(args: argparse.Namespace, register: Register, title: str) -> Report:
    from ownerbook.jobs.cabinet_choice import choose
    from ownerbook.reports.forms.on_the_box import Cabinet
    from ownerbook.reports.tell_cabinet import tell_carriers, tell_load

    cabinet = Cabinet(register)
    everything = args.everything or not (args.words or args.building)
    chosen = choose(cabinet, args.words, building=args.building, everything=everything)
    if args.what == "load":
        return tell_load(cabinet, chosen.places, level=args.level, workspace=title)
    return tell_carriers(cabinet, chosen.files, workspace=title)


def _move(args: argparse.Namespace) -> int:
    """A plan of moves, and the list to walk with: of all that is planned, or of what was written."""
    from ownerbook.jobs import moving
    from ownerbook.jobs.forms import title_of

    def act(register: Register, today: date) -> Act:
        if args.what == "move":
            return moving.moved_to(register, args.words, args.to, building=args.building, everything=args.everything)
        return moving.balanced(register, together=args.together, unplaced=args.unplaced)

    def walk(done: Acted) -> None:
        applied = done.applied
        changes = done.found.plan.changes if applied is None else [] if applied.refused else [c for c, _ in applied.taken]
        if args.dry_run or not changes:
            return
        space, register = workspace_options.opened(args, settled=False), done.found.read.register
        path = moving.write_walk(space, register, moving.steps(register, changes), title_of(space))
        workspace_options.say(args, Text(f"按取放单移档案：{path}", f"move the files by this list: {path}"))

    return act_page.run(args, moving.PLAN, act, walk)
