"""`ownerbook find`."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from ownerbook.cli import workspace_options

if TYPE_CHECKING:
    from ownerbook.schema.words import Text


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add(
        "words",
        nargs="*",
        metavar="找什么" if zh else "WORDS",
        help="姓名或其中几个字、拼音或首字母、房号（任何写法）、电话、证件号末几位、档号、位置编号；不写则在屏幕上问，- 为从标准输入读"
        if zh
        else "a name or part of it, pinyin or its initials, a house in any spelling, a phone, the end of a document number, a file, a place; "
        "without any it is asked for, - reads it from standard input",
    )
    workspace_options.configure(parser, formats=(), unmask=False)
    add("--format", choices=("text", "json"), default="text", help="输出形式" if zh else "form of the output")
    add("--all", action="store_true", help="列出全部，不止一屏" if zh else "all of them, not one screen")
    add("--reveal", action="store_true", help="显示全部，须写 --reason，记入日志" if zh else "in full: needs --reason, is journalled")
    add("--reason", default="", metavar="理由" if zh else "REASON", help="为什么要看全部" if zh else "why they are needed in full")
    add("--by", default="", metavar="谁" if zh else "WHO", help="谁在查，默认本机用户名" if zh else "who asks, by default the user of this machine")


def run(args: argparse.Namespace) -> int:
    """Find. Exit status 0; 1 where nothing was found; 2 where it could not be done."""
    from ownerbook.cli import asked
    from ownerbook.jobs.finding import LIMIT, Reveal, look
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text

    space = workspace_options.opened(args)
    today, at = workspace_options.moment(args, space)
    reveal = None
    if args.reveal:
        if not args.reason.strip():
            raise Unusable(Text("显示全部须写明理由：--reason 理由", "to see them in full, say why: --reason REASON"))
        reveal = Reveal(args.by.strip() or user(), args.reason.strip(), at)
    words = args.words
    if words in ([], [asked.STDIN]):
        words = asked.line("".join(words), Text("找什么：", "find what: "), args.lang).split()
    if not words:
        raise Unusable(Text("请写找什么：姓名、房号、电话、档号都行", "say what to find: a name, a house, a phone, a file"))
    limit = None if args.all else LIMIT
    found = look(space, words, today, password=workspace_options.password(args, space), reveal=reveal, limit=limit)
    for note in found.notes:
        workspace_options.say(args, note, error=True)
    if args.format == "json":
        import json

        told = [c.as_data(h.tags) | {"found_by": sorted(h.ways), "rank": h.rank} for c, h in zip(found.cards, found.hits, strict=True)]
        body = {"as_of": today.isoformat(), "count": found.total, "masked": reveal is None, "found": told}
        print(json.dumps(body, ensure_ascii=False, indent=1))
        return 0 if found.total else 1
    if not found.total:
        from ownerbook.search.asking import hint

        workspace_options.say(args, hint(words), error=True)
        return 1
    from ownerbook.search.telling import lines

    sys.stdout.write("\n".join(lines(found.cards, found.hits, today, args.lang)) + "\n")
    workspace_options.say(args, _end(found.total, len(found.hits), masked=reveal is None))
    return 0


def _end(total: int, shown: int, *, masked: bool) -> Text:
    from ownerbook.schema.words import Text

    zh, en = f"共 {total} 处", f"{total} found"
    if shown < total:
        zh, en = f"{zh}，这里是最像的 {shown} 处；--all 列出全部", f"{en}, the likeliest {shown} shown; --all shows them all"
    if masked:
        zh, en = f"{zh}。姓名、号码已打码", f"{en}. Names and numbers are masked"
    return Text(zh, en)


def user() -> str:
    """The user of this machine, '' where it does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
