"""`ownerbook verify`."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from ownerbook.cli import workspace_options

if TYPE_CHECKING:
    from ownerbook.jobs.workspace import Workspace


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="12:3fa9…",
        help="别处留存的封存码（月报封面、邮件上印着），日志须与之相符"
        if zh
        else "a seal noted elsewhere (printed on the monthly report and in the mail) with which the journal must agree",
    )
    parser.add_argument(
        "--accept",
        action="store_true",
        help="有人确实用旧备份换回了历史：认可现在的样子，记入日志"
        if zh
        else "an old backup was put back on purpose: accept the history as it is now, journalled",
    )
    parser.add_argument("--reason", default="", metavar="原因" if zh else "WHY", help="为什么认可" if zh else "why it is accepted")
    workspace_options.configure(parser, formats=("text", "json"))


def run(args: argparse.Namespace) -> int:
    """Verify. Exit status 0 whole, 1 something was changed, removed or exchanged."""
    from ownerbook.jobs.verifying import verify
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text

    space = workspace_options.opened(args, settled=False)
    noted = {}
    for word in args.head:
        m = re.fullmatch(r"(\d+)[:\uff1a]([0-9a-fA-F]{8,64})", word.strip())
        if not m:
            raise Unusable(Text(f"封存码 {word} 写法不对，应为 条数:指纹", f"{word} is no seal of the form number:fingerprint"))
        noted[int(m[1])] = m[2].lower()
    if args.accept:
        _accept(args, space)
    found = verify(space.root, noted=noted)
    if args.format == "json":
        import json

        troubles = [t.say(args.lang) for t in found.troubles]
        data = {"entries": found.entries, "versions": found.versions, "head": found.head, "troubles": troubles}
        data["by_law"] = [t.say(args.lang) for t in found.by_law]
        print(json.dumps(data, ensure_ascii=False, indent=1))
    elif not found.entries and not found.troubles:
        workspace_options.say(args, Text("还没有日志", "there is no journal yet"))
    else:
        for line in (*found.troubles, *found.by_law):
            workspace_options.say(args, line)
        zh = f"日志 {found.entries} 条，旧版本 {found.versions} 个，" + (f"{len(found.troubles)} 处不对" if found.troubles else "全部完好")
        en = f"{found.entries} entries, {found.versions} kept versions: " + (f"{len(found.troubles)} troubles" if found.troubles else "all whole")
        workspace_options.say(args, Text(zh, en))
        if found.head and not found.troubles:
            seal = f"{found.entries}:{found.head[:16]}"
            workspace_options.say(args, Text(f"封存码 {seal}", f"seal {seal}"))
    return 1 if found.troubles else 0


def _accept(args: argparse.Namespace, space: Workspace) -> None:
    from getpass import getuser

    from ownerbook import clock
    from ownerbook.jobs.verifying import accept_as_it_is
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text

    if not args.reason.strip():
        raise Unusable(Text("认可要写明原因：--reason", "say why: --reason"))
    entry = accept_as_it_is(space.root, reason=args.reason.strip(), by=getuser(), at=clock.now(space.settings["workspace.zone"]))
    if entry is None:
        workspace_options.say(args, Text("日志与本机记得的一致，没有要认可的", "the journal holds what this machine remembers: nothing to accept"))
    else:
        workspace_options.say(args, Text(f"已认可，记入日志第 {entry.number} 条", f"accepted, journal entry {entry.number}"))
