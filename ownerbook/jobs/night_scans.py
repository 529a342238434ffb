"""The night's look at the scans: which are gone, which are no longer what was fingerprinted. Unchanged files are not read again."""

from __future__ import annotations

from ownerbook.jobs.night import Night, StepResult
from ownerbook.schema.words import Text


def look_at_scans(night: Night) -> StepResult:
    """Count them; which they are stands in the problem workbook (H07, H08) and in `ownerbook scans`."""
    from ownerbook.jobs.night_steps import read_of
    from ownerbook.jobs.scanning import counted

    figures = counted(night.space, read_of(night).register)
    lost, changed = figures["scans_lost"], figures["scans_changed"]
    zh = f"有指纹的 {figures['scans']} 件，找不到 {lost}，内容变了 {changed}"
    return StepResult("ok", Text(zh, f"{figures['scans']} with a fingerprint, {lost} not there, {changed} changed"), figures)
