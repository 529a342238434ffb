"""`ownerbook mail`."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import run_options
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.mail.item import Item

_STATES = {
    "queued": Text("待寄", "queued"),
    "sending": Text("寄送中", "sending"),
    "sent": Text("已寄出", "sent"),
    "failed": Text("没有寄出", "failed"),
    "unknown": Text("不知道有没有寄到", "unknown"),
}
_KINDS = {"audit": Text("月报", "month"), "alert": Text("报警", "alert"), "test": Text("试发", "test")}


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    sub = parser.add_subparsers(dest="what", required=True, metavar="做什么" if zh else "WHAT", parser_class=type(parser))

    def add(name: str, zh_text: str, en_text: str) -> argparse.ArgumentParser:
        child = sub.add_parser(name, help=zh_text if zh else en_text, description=zh_text if zh else en_text)
        child.add_argument("--in", dest="workspace", type=Path, metavar="工作区" if zh else "WORKSPACE", help="工作区文件夹" if zh else "its folder")
        child.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help="输出语言" if zh else "language of the output")
        return child

    dry = "只写出或列出，不寄" if zh else "write or list only, send nothing"
    test = add("test", "试发一封只有一行的信", "send a line")
    test.add_argument(
        "--to", default="", metavar="地址" if zh else "ADDRESS", help="寄给谁（须在 mail.allow 里）" if zh else "to whom (of mail.allow)"
    )
    test.add_argument("--dry-run", action="store_true", help=dry)
    test.add_argument("--output", "-o", type=Path, metavar="FILE", help="试写的 .eml 放到哪里" if zh else "where the .eml goes")
    listed = add("list", "发件箱里的信", "the letters of the outbox")
    listed.add_argument("--json", action="store_true", help="JSON")
    send = add("send", "寄出待寄和到了重试时间的信", "send what is due")
    send.add_argument("--dry-run", action="store_true", help=dry)
    again = add("resend", "把一封信按原样再寄一次", "send a letter again as it was written")
    again.add_argument("number", type=int, metavar="编号" if zh else "ID", help="见 mail list" if zh else "see mail list")
    again.add_argument("--again", action="store_true", help="已寄出的也再寄" if zh else "also one that was sent")
    again.add_argument("--dry-run", action="store_true", help=dry)
    done = add("done", "一封没有寄成的信已经处理，不用再提醒", "a letter that did not go has been seen to")
    done.add_argument("number", type=int, metavar="编号" if zh else "ID", help="见 mail list" if zh else "see mail list")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 done; 1 of `list`, where a letter needs a hand; 2 where a letter did not go, or nothing could be done."""
    return run_options.guarded(lambda: told(args))


def told(args: argparse.Namespace) -> int:
    """Do it, and tell."""
    from ownerbook import clock
    from ownerbook.jobs import mail_desk
    from ownerbook.jobs.mail_station import Post

    root = run_options.workspace(args)
    zone = Post.at(root).settings()["workspace.zone"]
    now = clock.now(zone)
    if args.what == "list":
        return _list(args, mail_desk.letters(root, now), zone)
    if args.what == "test":
        if args.dry_run:
            path = args.output or Path("ownerbook-test.eml")
            path.write_bytes(mail_desk.dry_test(root, args.to, now))
            print(path)
            return 0
        item = mail_desk.try_out(root, args.to, now)
        print(_told(args, item, now))
        return 0 if item.state == "sent" else run_options.FAILED
    if args.what == "resend":
        if args.dry_run:
            found = [i for i in mail_desk.letters(root, now) if i.id == args.number]
            for item in found:
                print(f"{_told(args, item, now)}  {item.path}")
            return 0 if found else run_options.FAILED
        item, done = mail_desk.send_again(root, args.number, now, although_sent=args.again)
        print(_told(args, item, now))
        return 0 if item.state == "sent" else run_options.FAILED
    if args.what == "done":
        print(_told(args, mail_desk.lay_aside(root, args.number), now))
        return 0
    if args.dry_run:
        due = mail_desk.due_now(root, now)
        for item in due:
            print(f"{_told(args, item, now)}  {item.path}")
        if not due:
            print(Text("没有要寄的信", "nothing is due").say(args.lang))
        return 0
    done = mail_desk.send_now(root, now)
    for note in done.notes:
        print(note.say(args.lang), file=sys.stderr)
    items = (*done.sent, *done.waiting, *done.stopped, *done.unknown)
    for item in items:
        print(_told(args, item, now))
    if not items and not done.notes:
        print(Text("没有要寄的信", "nothing is due").say(args.lang))
    return run_options.FAILED if done.failed else 0


def _list(args: argparse.Namespace, items: list[Item], zone: str) -> int:
    from ownerbook import clock
    from ownerbook.jobs.mail_desk import as_data

    if args.json:
        import json

        print(json.dumps([as_data(i, zone) for i in items], ensure_ascii=False, indent=1))
    else:
        for item in items:
            print(_told(args, item, clock.now(zone)))
        if not items:
            print(Text("发件箱是空的", "the outbox is empty").say(args.lang))
    return int(any(i.needs_a_hand for i in items))


def _told(args: argparse.Namespace, item: Item, now: datetime) -> str:
    from ownerbook.identifiers import masks

    lang = args.lang

    def at(moment: datetime | None) -> str:
        return moment.astimezone(now.tzinfo).strftime("%m-%d %H:%M") if moment else ""

    parts = [f"{item.id:>3}", _KINDS.get(item.kind, Text(item.kind, item.kind)).say(lang), item.period, masks.email(item.recipient)]
    state = _STATES[item.state].say(lang)
    if item.state == "sent":
        state += f" {at(item.ended)}" + (Text("（没有附件）", " (without attachment)").say(lang) if item.reduced else "")
    elif item.state == "failed":
        again = Text(f"，{at(item.again_at)} 再试", f", again {at(item.again_at)}") if item.again_at else Text("，不再自动重试", ", not tried again")
        state += again.say(lang)
    parts.append(state)
    if item.state in ("failed", "unknown"):
        parts.append(item.why(lang) if not item.laid_aside else Text("已处理", "seen to").say(lang))
    return "  ".join(parts)
