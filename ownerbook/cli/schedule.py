"""`ownerbook schedule`."""

from __future__ import annotations

import argparse
import sys

from ownerbook.cli import run_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    parser.add_argument("what", choices=("install", "show", "remove"), help="安装、查看、删除" if zh else "install, show or remove the timer")
    run_options.configure(parser)
    parser.add_argument(
        "--as",
        dest="way",
        choices=("systemd", "windows", "cron"),
        help="按哪一种；留空则按这台电脑" if zh else "which kind; by default this machine's",
    )


def run(args: argparse.Namespace) -> int:
    """Install, show or remove the timer. Exit status 0 done, 2 where something is left to be done by hand."""
    return run_options.guarded(lambda: told(args))


def told(args: argparse.Namespace) -> int:
    """Do it, and tell."""
    from ownerbook import clock
    from ownerbook.jobs import scheduling

    root = run_options.workspace(args, reachable=args.what == "install")
    if args.what == "install":
        done = scheduling.install(root, clock.now(), args.way)
    elif args.what == "show":
        done = scheduling.show(root, args.way)
    else:
        done = scheduling.remove(root, args.way)
    print(done.said.say(args.lang), file=sys.stderr if args.what == "install" and not done.active else sys.stdout)
    for path in done.files:
        print(path)
    for line in done.lines:
        print(line)
    return run_options.FAILED if args.what == "install" and not done.active else 0
