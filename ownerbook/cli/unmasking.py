"""`--unmask` of whatever command is told in the journal of its workspace: who, when, which command, why; never whom it showed."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

NO_REASON = "未写原因"
PLACES = ("folder", "folders", "workspace", "workbooks", "workbook", "old", "new", "files")
"""Arguments that name what is shown."""
ITSELF = ("dossier",)
"""Commands that tell the journal themselves, with the records that they show."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Ask for the reason wherever a command can show names and numbers in full."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in dict.fromkeys(action.choices.values()):
                configure(child)
    options = {word for action in parser._actions for word in action.option_strings}
    if "--unmask" in options and "--reason" not in options:
        zh = getattr(type(parser), "lang", "zh") == "zh"
        why = "为什么不打码，记入日志" if zh else "why in full, journalled"
        parser.add_argument("--reason", default="", metavar="理由" if zh else "REASON", help=why)


def asked(args: argparse.Namespace) -> bool:
    """Whether this command shows in full what it would mask."""
    if args.command in ITSELF:
        return False
    return bool(getattr(args, "unmask", False)) or (args.command == "form" and args.masked is False)


def note(args: argparse.Namespace) -> None:
    """Tell the journal of every workspace that is shown of, with the workbooks or folders that were named. Loose workbooks have none.

    Where it cannot be written, a line on standard error says so: whoever can read the workbooks sees it all anyway, and the output
    of `check` must not hang on a disk that is read only.
    """
    from ownerbook.cli.find import user
    from ownerbook.clock import now
    from ownerbook.identifiers import masks
    from ownerbook.jobs.workspace import Unusable, contained, home
    from ownerbook.schema.words import Text
    from ownerbook.settings import FILE, Settings, SettingsError
    from ownerbook.storage.journal import Journal, JournalDamaged

    shown: dict[Path, list[str]] = {}
    for path in _where(args):
        root = home(path)
        if root is not None:
            shown.setdefault(root, []).append(masks.auto(path.relative_to(root).as_posix()))
    reason = masks.auto(str(getattr(args, "reason", "") or "").strip()) or NO_REASON
    for root, names in shown.items():
        try:
            settings = Settings.read(root / FILE)
            contained(root, settings)
            zone = settings["workspace.zone"]
        except (SettingsError, Unusable, OSError):
            continue  # the command itself says what is wrong
        data = {"command": args.command, "by": user(), "reason": reason, "shown": "unmask", "records": [], "files": names}
        try:
            Journal(root).append("access", data, at=now(zone))
        except (OSError, JournalDamaged):
            said = Text("不打码这一次没有记进日志：.ownerbook 写不进去", "that this is in full could not be journalled: .ownerbook cannot be written")
            print(said.say(args.lang), file=sys.stderr)


def _where(args: argparse.Namespace) -> list[Path]:
    """What is shown: the workbooks or folders named, else where we are. Links are followed: a link from elsewhere shows the workspace that it
    leads to."""
    found: list[Path] = []
    for name in PLACES:
        given = getattr(args, name, None)
        found += [p for p in (given if isinstance(given, list) else [given]) if isinstance(p, Path)]
    found = found or [Path.cwd()]
    return list(dict.fromkeys(p for given in found for p in (Path(os.path.abspath(given)), given.resolve())))  # noqa: PTH100  the name as given, too
