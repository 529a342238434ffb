"""The night's backup. One that was not made is a failed step: it stands in the status, and the alert goes out as for any other."""

from __future__ import annotations

from ownerbook.jobs.night import Night, StepResult
from ownerbook.schema.words import Text


def back_up_night(night: Night) -> StepResult:
    """Back up to the place of the settings. Where none is set that is said, night after night."""
    from ownerbook.jobs.backing_up import NONE_SET, back_up, password_of, place_of
    from ownerbook.storage.backup_cipher import BackupTrouble

    settings = night.space.settings
    if not settings["backup.to"]:
        return StepResult("ok", NONE_SET, {"backups": 0})
    try:
        place = place_of(night.space)
        made = back_up(night.space, place, password_of(night.space), night.folder, at=night.now, same_disk=bool(settings["backup.same_disk"]))
    except BackupTrouble as error:
        return StepResult("failed", error.message, {"backups": 0})
    zh, en = f"{len(made.contents.files)} 个文件，读回核对无误", f"{len(made.contents.files)} files, read back and equal"
    if made.aged:
        zh, en = f"{zh}；过期删除 {len(made.aged)} 份", f"{en}; {len(made.aged)} aged out"
    figures = {"backups": 1, "backup_files": len(made.contents.files), "backup_bytes": made.size, "backups_aged": len(made.aged)}
    return StepResult("ok", Text(zh, en), figures)
