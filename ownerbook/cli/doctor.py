"""`ownerbook doctor`."""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--json", action="store_true", help="JSON")


def run(args: argparse.Namespace) -> int:
    """Say what is installed, readable, writable, misconfigured. Exit status 1 where something is wrong."""
    from ownerbook.jobs.setup import doctor
    from ownerbook.reports.terminal import printable

    seen = list(doctor(Path.cwd()))
    if args.json:
        import json

        print(json.dumps([{"level": f.level, "message": f.message.say(args.lang)} for f in seen], ensure_ascii=False, indent=1))
    else:
        marks = {"ok": "好", "note": "注意", "bad": "不对"} if args.lang == "zh" else {"ok": "ok", "note": "note", "bad": "bad"}
        width = 4
        for f in seen:
            mark = marks[f.level]
            print(f"{mark}{' ' * (width - sum(2 if ord(c) > 0x2E80 else 1 for c in mark))}  {printable(f.message.say(args.lang))}")
    return int(any(f.level == "bad" for f in seen))
