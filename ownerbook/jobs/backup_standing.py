"""How backups stand: when the last good one was made, said wherever somebody asks how things stand."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from ownerbook.schema.words import Text
from ownerbook.settings import Settings

_LATE: Final = timedelta(hours=36)
"""A night that was missed, and the morning after it."""


def backup_standing(root: Path, settings: Settings, now: datetime) -> tuple[Literal["ok", "note", "bad"], Text]:
    """ok: a backup was made lately; note: no place is set; bad: the last one is old, or there is none. `now` carries its zone."""
    from ownerbook.jobs.backing_up import newest_good
    from ownerbook.storage.journal import JournalDamaged

    if not settings["backup.to"]:
        return "note", Text("没有设置备份位置（backup.to），登记簿没有备份", "no place for backups is set (backup.to): the register has no backup")
    try:
        last = newest_good(root)
    except (JournalDamaged, OSError) as error:
        message = getattr(error, "message", Text("日志读不了", "the journal cannot be read"))
        return "bad", Text(f"备份：{message.zh}", f"backup: {message.en}")
    if last is None:
        return "bad", Text("还没有备份过，见 ownerbook log 或运行 ownerbook backup", "no backup was made yet; see ownerbook log, or ownerbook backup")
    told = f"{last.astimezone(ZoneInfo(settings['workspace.zone'])):%Y-%m-%d %H:%M}"
    if now - last > _LATE:
        return "bad", Text(f"上次备份是 {told}，之后没有备份成", f"the last backup was made {told}; none since")
    return "ok", Text(f"上次备份 {told}，已验证", f"last backup {told}, proved")
