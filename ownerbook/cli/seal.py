"""`ownerbook seal`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import workspace_options
from ownerbook.cli.workspace_options import say
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.jobs.purging import Purged
    from ownerbook.jobs.sealing import Sealing
    from ownerbook.jobs.workspace import Workspace


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add("--only", action="append", default=[], metavar="编号" if zh else "NO", help="只封存这些业主编号、成员编号" if zh else "these numbers only")
    add("--yes", action="store_true", help="看过之后封存（须写 --by）" if zh else "seal them (with --by)")
    add("--by", default="", metavar="NO", help="谁批准（工号或姓名，有「处置批准」权限）" if zh else "who approves (right 处置批准)")
    deletes = "不留封存，直接删除；写 --only 时也删除已封存的" if zh else "delete instead of sealing; of --only, what is sealed too"
    add("--delete", action="store_true", help=deletes)
    add("--make-key", type=Path, metavar="FILE", help="造封存钥匙，存到工作区以外" if zh else "make the key, outside the workspace")
    opens = "查看一个人封存的资料（须 --key --reason --by）" if zh else "see what is sealed of one person"
    add("--open", default="", metavar="编号" if zh else "NO", help=opens)
    add("--back", action="store_true", help="与 --open 同用：放回登记簿" if zh else "with --open: put it back into the register")
    add("--key", type=Path, metavar="FILE", help="封存钥匙" if zh else "the key")
    add("--finish", action="store_true", help="接着做完中断的封存" if zh else "make good an interrupted sealing")
    add("--reason", default="", metavar="理由" if zh else "REASON", help="为什么查看" if zh else "why")
    workspace_options.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Seal. Exit status 0 done or listed, 1 something was refused or stays elsewhere, 2 it could not be done."""
    from ownerbook.jobs.reading import read_register
    from ownerbook.jobs.sealing import WHY, chosen, proposed, seal
    from ownerbook.storage import sealed as store

    space = workspace_options.opened(args)
    today, at = workspace_options.moment(args, space)
    if args.make_key:
        print_ = store.make_key(space.root, args.make_key)
        zh = f"封存钥匙已存到 {args.make_key}（指纹 {print_}）。只有它能打开以后的封存：请移到安全的地方，另备一份；丢了等于删除"
        en = f"the key is in {args.make_key} (fingerprint {print_}). Only it opens what is sealed from now on: keep it safe, and a copy"
        say(args, Text(zh, en))
        return 0
    password = workspace_options.password(args, space)
    read = read_register(space, today, password=password)
    for note in read.notes:
        say(args, note, error=True)
    if args.open:
        return _open(args, space)
    if args.finish:
        return _finish(args, space)
    if args.yes and _finish(args, space, silent=True):
        return 1
    if args.delete and args.only and args.yes:
        sealed = {r.record for r in store.records(space.root)}
        if set(args.only) & sealed:
            from ownerbook.jobs.unsealing import destroy

            done = destroy(space, read, args.only, by=args.by, at=at, password=password)
            return _tell(args, done, Text("已彻底删除", "deleted for good"))
    people = chosen(read.register, proposed(read.register), args.only)
    if not args.yes:
        from ownerbook.cli import deadline_options
        from ownerbook.reports.tell_sealing import tell_sealing

        told = tell_sealing(read.register, people, store.records(space.root), WHY, workspace=space.settings["workspace.name"])
        deadline_options.show(args, space, told)
        if people and args.format == "text":
            say(args, Text("看过之后：ownerbook seal --yes --by 工号（可加 --only 编号）", "then: ownerbook seal --yes --by NO (--only NO)"))
        return 0
    if not people:
        say(args, Text("没有要封存的", "nothing is to be sealed"))
        return 0
    done = seal(space, read, people, by=args.by, at=at, delete=args.delete, password=password)
    return _tell(args, done, Text("已删除", "deleted") if args.delete else Text("已封存", "sealed"))


def _tell(args: argparse.Namespace, done: Sealing, what: Text) -> int:
    for note in done.notes:
        say(args, note)
    for why in done.refused:
        say(args, Text(f"没有写入：{why.zh}", f"nothing was written: {why.en}"), error=True)
    if done.people:
        names = [record for _, record in done.people]
        say(args, Text(f"{what.zh} {len(names)} 人：{'、'.join(names)}", f"{what.en}: {len(names)} people: {', '.join(names)}"))
    stays = _tell_purged(args, done.purged) if done.purged else 0
    return 1 if done.refused or stays else 0


def _tell_purged(args: argparse.Namespace, found: Purged) -> int:
    entry = found.entry.number if found.entry else 0
    zh = f"旧版本和日志内容改写 {found.rewritten} 个、删除 {found.deleted} 个，方案 {found.plans} 个（日志第 {entry} 条）"
    en = f"kept versions and parts of the journal: {found.rewritten} rewritten, {found.deleted} deleted; {found.plans} plans (entry {entry})"
    say(args, Text(zh, en))
    for place in found.alive[:20]:
        zh = f"{place} 里还有同样的号码，登记簿这里没有可以代替的值，没有动"
        say(args, Text(zh, f"{place} holds the same number; nothing may stand for it there"))
    for name in found.outside:
        say(args, Text(f"{name} 里还有这些资料，请自行删除", f"{name} holds some of it: delete it yourself"), error=True)
    for name in found.unread:
        zh = f"旧版本 {name}… 打不开（别的密码），没有查看；里面可能还有"
        say(args, Text(zh, f"the kept version {name}… cannot be opened (another password) and was not looked into"), error=True)
    return len(found.outside) + len(found.unread)


def _open(args: argparse.Namespace, space: Workspace) -> int:
    from ownerbook.jobs.reading import read_register
    from ownerbook.jobs.unsealing import put_back, reveal
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.reconcile.change import in_words
    from ownerbook.register.sheets import BY_FIELD

    if args.key is None:
        raise Unusable(Text("请用 --key 指明封存钥匙", "name the key with --key"))
    today, at = workspace_options.moment(args, space)
    password = workspace_options.password(args, space)
    read = read_register(space, today, password=password)
    found = reveal(space, read.register, args.open, args.key, by=args.by, reason=args.reason, at=at)
    if args.back:
        done = put_back(space, read, found, by=args.by, at=at, password=password)
        return _tell(args, done, Text("已放回登记簿", "put back into the register"))
    for r, values in found:
        say(args, Text(f"{BY_FIELD[r.sheet].name} {r.record}（{r.day} 封存）", f"{BY_FIELD[r.sheet].title.en} {r.record} (sealed on {r.day})"))
        for name, value in values.items():
            header = BY_FIELD[r.sheet].by_field[name].header
            say(args, Text(f"  {header.zh}：{in_words(value)}", f"  {header.en}: {in_words(value)}"))
    return 0


def _finish(args: argparse.Namespace, space: Workspace, *, silent: bool = False) -> int:
    """Do what an interrupted sealing left undone. silent: nothing is said where nothing was. Gives 1 where something is left for a person."""
    from ownerbook.jobs.reading import read_register
    from ownerbook.jobs.sealing import finish_purge, finished, left_halfway

    today, at = workspace_options.moment(args, space)
    password = workspace_options.password(args, space)
    n, notes = finished(space, at=at)
    of = left_halfway(space)
    for note in notes:
        say(args, note)
    if n:
        say(args, Text(f"上次没有做完的封存，补做 {n} 处", f"a sealing that was interrupted: {n} made good"))
    elif not of and not silent:
        say(args, Text("没有没做完的", "nothing was left undone"))
    if not of:
        return 0
    return 1 if _tell_purged(args, finish_purge(space, read_register(space, today, password=password), of, at=at, password=password)) else 0
