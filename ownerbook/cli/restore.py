"""`ownerbook restore`."""

from __future__ import annotations

import argparse
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from ownerbook.cli import workspace_options
from ownerbook.cli.check import day


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add(
        "--at",
        metavar="YYYY-MM-DD[THH:MM]",
        help="哪一天（当天结束时）或哪一刻的登记簿" if zh else "the day, at its end, or the moment",
    )
    add("--workbook", action="append", default=[], metavar="NAME", help="只要这个工作簿" if zh else "this workbook only")
    add(
        "--to",
        type=Path,
        metavar="文件夹" if zh else "FOLDER",
        help="取出到这个文件夹，登记簿不动" if zh else "lay them out there; the register stays",
    )
    add("--write", action="store_true", help="放回登记簿，现在的版本保留" if zh else "put them in the register's place; today's versions are kept")
    source = "从这份备份（或放备份的文件夹里最新的一份）恢复" if zh else "restore this backup, or the newest of a folder of backups"
    add("--from-backup", type=Path, metavar="FILE", help=source)
    add("--into", type=Path, metavar="DIR", help="恢复到哪个空文件夹" if zh else "the empty folder that it is restored into")
    secret = ("备份密码所在的文件；默认用 OWNERBOOK_BACKUP_PASSWORD，或当场输入", "a file with the backup password; else the variable, or a prompt")
    add("--backup-password-file", type=Path, metavar="FILE", help=secret[not zh])
    workspace_options.configure(parser, formats=())


def run(args: argparse.Namespace) -> int:
    """Restore. Exit status 0; 1 where it was refused."""
    from ownerbook.jobs.noting import fingerprints, note
    from ownerbook.jobs.restoring import bring_back, changed_by, lay_out, look
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text

    if args.from_backup or args.into:
        return _from_backup(args)
    if not args.at:
        raise Unusable(Text("请用 --at 写明哪一天，或用 --from-backup 写明备份", "say the day with --at, or the backup with --from-backup"))
    space = workspace_options.opened(args)
    today, now = workspace_options.moment(args, space)
    password = workspace_options.password(args, space)
    wanted = _moment(args.at, space.settings["workspace.zone"])
    if args.write and not args.to:
        for line in note(space, today, at=now, password=password).notes:  # what was typed in since is told before it goes
            workspace_options.say(args, line)
    standing = fingerprints(space)
    found = look(space, standing, wanted, args.workbook)
    told = found.as_of.strftime("%Y-%m-%d %H:%M")
    for name in found.back:
        workspace_options.say(args, Text(f"{name}：换成 {told} 记下的版本", f"{name}: the version noted on {told}"))
    for name in found.later:
        workspace_options.say(args, Text(f"{name}：那时还没有，不动", f"{name}: was not there then; it stays"))
    if not found.back:
        workspace_options.say(args, Text("登记簿与那时相同，没有要恢复的", "the register is as it was then; there is nothing to bring back"))
        return 0
    if args.to:
        for path in lay_out(space, found, args.to):
            workspace_options.say(args, Text(f"已取出 {path}", f"laid out {path}"))
        return 0
    if not args.write:
        workspace_options.say(
            args, Text("登记簿没有改动；加 --write 放回，或用 --to 取出", "nothing was changed; add --write, or --to to look at them")
        )
        return 0
    recorded = changed_by(space, found, standing, today, password=password)
    done = bring_back(space, found, standing, at=now, recorded=recorded)
    for name in done.done:
        workspace_options.say(args, Text(f"已恢复 {name}", f"brought back {name}"))
    for why in done.refused:
        workspace_options.say(args, Text(f"没有恢复：{why.zh}", f"not brought back: {why.en}"), error=True)
    return 1 if done.refused else 0


def _from_backup(args: argparse.Namespace) -> int:
    """A backup into an empty folder. Exit status 0; 1 where its journal is not whole; 2 where nothing was restored."""
    from ownerbook.jobs.backup_restoring import bring_back_from
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text
    from ownerbook.storage.backup_cipher import BackupTrouble

    if not args.from_backup or not args.into or args.at:
        raise Unusable(Text("从备份恢复要写 --from-backup 和 --into，不写 --at", "to restore a backup give --from-backup and --into, and no --at"))
    try:
        done = bring_back_from(args.from_backup, args.into, _backup_password(args))
    except BackupTrouble as error:
        raise Unusable(error.message) from None
    say = workspace_options.say
    if done.cleared:
        say(args, Text("先清除了上次中断的恢复", "an interrupted restore was taken away first"))
    made = f"{done.made:%Y-%m-%d %H:%M}" if done.made else "?"
    files = len(done.contents.files)
    zh = f"已从 {done.file.name}（{made}）恢复 {files} 个文件到 {done.folder}，逐个核对指纹无误"
    say(args, Text(zh, f"{files} files of {done.file.name} ({made}) restored into {done.folder}, every fingerprint compared"))
    for trouble in done.troubles:
        say(args, trouble, error=True)
    if not done.troubles:
        say(args, Text(f"日志 {done.entries} 条，核对无误", f"{done.entries} journal entries, all as they were"))
    if done.ahead:
        zh = f"这台电脑见过日志第 {done.ahead} 条，备份只到第 {done.entries} 条；"
        en = f"this machine had seen journal entry {done.ahead}, the backup goes to {done.entries}; "
        if done.ahead == done.entries + 1:  # a backup is told in the journal after it is made
            zh += "多出的一条多半是那次备份自己的记录，没有要补做的"
            en += "the one more is most likely that of the backup itself: nothing is to be done again"
        else:
            zh += "多出的是备份后的记录，备份和夜间检查的也算在内。那以后登记簿有改动的，请按手头的材料补做"
            en += "what is more was told later, backups and nights among it; what was changed in the register since must be done again"
        say(args, Text(zh, en))
    zh = "文件只有本人可读；密码文件不在备份里，请重新放好并核对设置，再运行 ownerbook check、ownerbook schedule install"
    en = "files are for their owner only; password files are not in a backup: put them back, then run ownerbook check and ownerbook schedule install"
    say(args, Text(zh, en))
    return 1 if done.troubles else 0


def _backup_password(args: argparse.Namespace) -> str:
    import os
    import sys

    from ownerbook.jobs.backing_up import PASSWORD, first_line
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text

    if args.backup_password_file:
        return first_line(args.backup_password_file)
    if said := os.environ.get(PASSWORD):
        return said
    if sys.stdin is not None and sys.stdin.isatty():
        from getpass import getpass

        return getpass("备份密码：" if args.lang == "zh" else "backup password: ")
    zh = f"需要备份密码：--backup-password-file 或环境变量 {PASSWORD}"
    raise Unusable(Text(zh, f"the backup password is needed: --backup-password-file, or the variable {PASSWORD}"))


def _moment(text: str, zone: str) -> datetime:
    if "T" in text or " " in text:
        from ownerbook.jobs.workspace import Unusable
        from ownerbook.schema.words import Text

        try:
            moment = datetime.fromisoformat(text.replace(" ", "T"))
        except ValueError:
            raise Unusable(Text(f"时间 {text} 写法不对，应为 2026-10-31T18:00 这样", f"{text} is no moment of the form 2026-10-31T18:00")) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    return datetime.combine(day(text, zone), time.max, ZoneInfo(zone))
