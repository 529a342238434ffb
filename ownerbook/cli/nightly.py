"""`ownerbook nightly`."""

from __future__ import annotations

import argparse

from ownerbook.cli import run_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    run_options.configure(parser)
    parser.add_argument("--again", action="store_true", help="已完成的也再做一次" if zh else "also one that is made already")
    parser.add_argument("--json", action="store_true", help="JSON")


def run(args: argparse.Namespace) -> int:
    """Make the newest night now. Exit status 0 made (whatever was found) or made already, 2 not made."""
    from ownerbook.nights.periods import NIGHTLY

    return run_options.guarded(lambda: make(args, NIGHTLY, None))


def make(args: argparse.Namespace, job: str, period: str | None) -> int:
    """Make a period by hand."""
    import json

    from ownerbook.jobs.ticking import NotHere, by_hand
    from ownerbook.jobs.workspace import Unusable

    root = run_options.workspace(args)
    try:
        made = by_hand(root, job, period, again=args.again)
    except NotHere as busy:
        if not busy.done:
            raise Unusable(busy.message) from None
        print(json.dumps({"job": job, "state": "ok", "made": False}) if args.json else busy.message.say(args.lang))
        return 0
    if args.json:
        print(json.dumps(run_options.made_data(made), ensure_ascii=False, indent=1))
    else:
        run_options.tell(args, made)
    return 0 if made.state == "ok" else run_options.FAILED
