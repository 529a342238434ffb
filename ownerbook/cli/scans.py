"""`ownerbook scans`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import act_page, workspace_options
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.procedures.registration import Act
    from ownerbook.register.register import Register


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    act_page.configure(parser)
    parser.add_argument("--report", type=Path, metavar="FILE", help="对照表写到哪里（xlsx）" if zh else "where the list goes (xlsx)")


def run(args: argparse.Namespace) -> int:
    """Match, tell, and propose. Exit status 0 proposed or written; 1 nothing to change, or scans are gone, changed or not sound."""
    from ownerbook.jobs.scanning import matched
    from ownerbook.procedures.registration import Act
    from ownerbook.reports.listing_text import report_text
    from ownerbook.reports.tell_scans import tell_scans

    space = workspace_options.opened(args, settled=False)
    bad = 0

    def made(register: Register, today: date) -> Act:
        nonlocal bad
        found, memory = matched(space, register)
        title = str(space.settings["workspace.name"]) or space.root.name
        report = tell_scans(register, found, workspace=title)
        print(report_text(report, lang=args.lang, masked=not args.unmask, limit=None if args.all else 20))
        workspace_options.say(args, Text(f"读了 {memory.read} 个文件，其余没有变", f"{memory.read} files were read, the others have not changed"))
        if not args.dry_run:
            _write(args, space.root / str(space.settings["reports.folder"]), report, today)
        bad = len(found.lost) + found.count("changed", "spoilt")
        return Act(changes=found.changes, stories=found.stories)

    status = act_page.run(args, "扫描件登记", made)
    return 1 if bad else status


def _write(args: argparse.Namespace, folder: Path, report, today: date) -> None:  # type: ignore[no-untyped-def]
    from ownerbook.reports.listing_book import write_report

    path = args.report or folder / f"扫描件对照_{today.isoformat()}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_report(path, report, lang=args.lang, masked=not args.unmask)
    workspace_options.say(args, Text(f"对照表：{path}", f"the list: {path}"))
