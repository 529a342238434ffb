"""`ownerbook tick`."""

from __future__ import annotations

import argparse
import sys

from ownerbook.cli import run_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    run_options.configure(parser)
    parser.add_argument("--json", action="store_true", help="JSON")


def run(args: argparse.Namespace) -> int:
    """Make what is due, once; for cron, systemd and the Task Scheduler. Exit status 0 nothing due or all made, 2 something failed."""
    from ownerbook.jobs.ticking import tick

    def act() -> int:
        done = tick(run_options.workspace(args, reachable=False))
        for note in done.notes:
            print(note.say(args.lang), file=sys.stderr)
        if args.json:
            import json

            print(json.dumps([run_options.made_data(m) for m in done.made], ensure_ascii=False, indent=1))
        else:
            for made in done.made:
                run_options.tell(args, made)
        return run_options.FAILED if done.failed else 0

    return run_options.guarded(act)
