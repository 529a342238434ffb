"""`ownerbook serve`."""

from __future__ import annotations

import argparse
import sys

from ownerbook.cli import run_options
from ownerbook.schema.words import Text


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    run_options.configure(parser)
    parser.add_argument("--stop", action="store_true", help="请正在运行的 serve 停下" if zh else "ask the loops that run to stop")


def run(args: argparse.Namespace) -> int:
    """Stay, and make what falls due. Exit status 0 when asked to stop."""
    from ownerbook.jobs.running import Station
    from ownerbook.jobs.serving import serve
    from ownerbook.reports.terminal import printable

    root = run_options.workspace(args, reachable=not args.stop)
    if args.stop:
        Station.at(root).stop_file.touch()
        print(Text("已请它停下；正在做的一步做完就停", "asked to stop; it stops after the present step").say(args.lang))
        return 0
    name = printable(root.name)
    print(Text(f"开始值守 {name}；按 Ctrl+C 停止", f"watching {name}; Ctrl+C stops").say(args.lang), file=sys.stderr)

    def told(words: Text) -> None:
        print(words.say(args.lang), file=sys.stderr, flush=True)

    serve(root, told)
    print(Text("已停止", "stopped").say(args.lang), file=sys.stderr)
    return 0
