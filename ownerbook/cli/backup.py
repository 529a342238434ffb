"""`ownerbook backup`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli import workspace_options
from ownerbook.cli.workspace_options import say
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from datetime import datetime

    from ownerbook.jobs.workspace import Workspace
    from ownerbook.storage.backup_place import Place

_STATES = {
    "good": Text("已验证", "proved"),
    "unknown": Text("未验证", "not proved yet"),
    "damaged": Text("已损坏", "damaged"),
}
_WHY = {"day": Text("日", "day"), "week": Text("周", "week"), "month": Text("月", "month")}


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = workspace_options.is_zh(parser)
    add = parser.add_argument
    add("--to", type=Path, metavar="DIR", help="备份到哪个文件夹，默认按设置 backup.to" if zh else "the folder, by default backup.to of the settings")
    add("--same-disk", action="store_true", help="和工作区同一块磁盘也备份" if zh else "also where it is on the workspace's own disk")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="列出备份：日期、大小、是否验证过、为什么保留" if zh else "list the backups")
    what.add_argument("--verify", action="store_true", help="把每份备份打开，逐字节核对" if zh else "open every backup and prove every byte")
    workspace_options.configure(parser, formats=(), unmask=False)


def run(args: argparse.Namespace) -> int:
    """Back up, list or prove. Exit status 0; 1 where a backup is damaged, or there is none to list; 2 where no backup was made."""
    from ownerbook.jobs.backing_up import place_of
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.storage.backup_cipher import BackupTrouble

    space = workspace_options.opened(args, settled=not (args.list or args.verify))
    _, now = workspace_options.moment(args, space)
    try:
        place = place_of(space, args.to)
        if args.list:
            return _list(args, space, place)
        if args.verify:
            return _verify(args, space, place, now)
        return _back_up(args, space, place, now)
    except BackupTrouble as error:
        raise Unusable(error.message) from None


def _back_up(args: argparse.Namespace, space: Workspace, place: Place, now: datetime) -> int:
    from ownerbook.jobs.backing_up import back_up, password_of
    from ownerbook.jobs.running import Station

    same = args.same_disk or bool(space.settings["backup.same_disk"])
    made = back_up(space, place, password_of(space), Station.at(space.root).scratch, at=now, same_disk=same)
    for name in made.cleared:
        say(args, Text(f"删除了中断的备份 {name}", f"an interrupted backup was deleted: {name}"))
    files, size = len(made.contents.files), in_words(made.size)
    zh, en = f"已备份 {files} 个文件到 {made.path}（{size}），读回核对无误", f"{files} files backed up to {made.path} ({size}), read back and equal"
    say(args, Text(zh, en))
    if not space.settings["backup.scans"]:
        say(args, Text("扫描件按设置不在备份里（backup.scans）", "scans are not in it (backup.scans)"))
    for line in made.left_out:
        say(args, line)
    for name in made.aged:
        say(args, Text(f"过期删除 {name}", f"aged out: {name}"))
    return 0


def _list(args: argparse.Namespace, space: Workspace, place: Place) -> int:
    from zoneinfo import ZoneInfo

    from ownerbook.jobs.backing_up import listed

    if not place.folder.is_dir():
        from ownerbook.storage.backup_cipher import BackupTrouble

        raise BackupTrouble(Text(f"备份位置 {place.folder} 不在", f"the place for backups {place.folder} is not there"))
    zone = ZoneInfo(space.settings["workspace.zone"])
    found = listed(space, place)
    for b in found:
        made = f"{b.made.astimezone(zone):%Y-%m-%d %H:%M}" if b.made else "—"
        seen = f"{b.verified.astimezone(zone):%Y-%m-%d %H:%M}" if b.verified else ""
        state, why = _STATES[b.state], [_WHY[g] for g in b.kept]
        zh = "保留：" + "、".join(w.zh for w in why) if why else "到期" if b.state == "good" else "不自动删除"
        en = "kept as " + ", ".join(w.en for w in why) if why else "due to go" if b.state == "good" else "never deleted by itself"
        head = f"{made}  {in_words(b.size):>9}"
        say(args, Text(f"{head}  {state.zh} {seen}  {zh}  {b.name}", f"{head}  {state.en} {seen}  {en}  {b.name}"))
    if not found:
        say(args, Text(f"{place.folder} 里没有本工作区的备份", f"no backup of this workspace lies in {place.folder}"))
    return int(not found or any(b.state == "damaged" for b in found))


def _verify(args: argparse.Namespace, space: Workspace, place: Place, now: datetime) -> int:
    from ownerbook.jobs.backing_up import password_of, verified

    bad = 0
    found = verified(space, place, password_of(space), at=now)
    for kept, trouble in found:
        if trouble is None:
            say(args, Text(f"{kept.path.name}：完好", f"{kept.path.name}: whole"))
        else:
            bad += 1
            say(args, Text(f"{kept.path.name}：{trouble.zh}", f"{kept.path.name}: {trouble.en}"), error=True)
    if not found:
        say(args, Text(f"{place.folder} 里没有本工作区的备份", f"no backup of this workspace lies in {place.folder}"))
    return int(bad > 0 or not found)


def in_words(size: int) -> str:
    """A size for people."""
    return f"{size / 1e6:.1f} MB" if size < 1e9 else f"{size / 1e9:.2f} GB"
