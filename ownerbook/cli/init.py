"""`ownerbook init DIR`."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    parser.add_argument("folder", type=Path, metavar="文件夹" if zh else "DIR")
    parser.add_argument("--name", default="", metavar="NAME", help="项目名称，如 示例花园" if zh else "the community's name")


def run(args: argparse.Namespace) -> int:
    """Make a workspace: settings, blank workbooks, and the folders that staff meet. Nothing that is there is touched."""
    from ownerbook.jobs.setup import init

    made, kept = init(args.folder, args.name)
    zh = args.lang == "zh"
    print(
        (f"工作区 {args.folder} 已建好：" if zh else f"the workspace {args.folder} is ready:")
        if made
        else (f"{args.folder} 已经齐全，没有改动" if zh else f"{args.folder} was complete; nothing changed")
    )
    for name in made:
        print(f"  + {name}")
    for name in kept:
        print(f"  = {name} " + ("（已有，未动）" if zh else "(was there, untouched)"))
    print("下一步：填好登记簿，在该文件夹里运行 ownerbook check" if zh else "next: fill the register, then run ownerbook check in that folder")
    return 0
