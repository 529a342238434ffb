"""Lists of what becomes of files: to appraise, to destroy, to hand over, to archive."""

from __future__ import annotations

from pathlib import Path

from ownerbook.jobs.forms import Wanted, needs, title_of
from ownerbook.jobs.reading import Read
from ownerbook.jobs.workspace import Workspace
from ownerbook.schema.words import Text


def write_appraisals(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """Files whose retention is over. Raises Unusable, PenError."""
    from ownerbook.reports.forms.appraisal import write_appraisal

    needs(read.register, "files", "owners")
    n = write_appraisal(path, read.register, title_of(space), building=wanted.building, how=wanted.how)
    return Text(f"{n} 份待鉴定", f"{n} files to appraise")


def write_destructions(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """Approved destructions, or those carried out, and the scans to delete. Raises Unusable, PenError."""
    from ownerbook.reports.forms.destruction import write_destruction

    needs(read.register, "files", "owners", "disposals")
    n, held = write_destruction(path, read.register, read.disk, title_of(space), executed=wanted.executed, building=wanted.building, how=wanted.how)
    return Text(f"{n} 份，暂不能销毁 {held} 份", f"{n} files, {held} held back")


def write_transfers(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """Files to hand over. Raises Unusable, PenError."""
    from ownerbook.reports.forms.transfer import write_transfer

    needs(read.register, "files", "owners")
    n = write_transfer(
        path, read.register, title_of(space), everything=wanted.everything, receiver=wanted.receiver, building=wanted.building, how=wanted.how
    )
    return Text(f"{n} 份", f"{n} files")


def write_archivings(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """What 归档 asks: files to appraise, appraisals to approve, approvals to carry out. Raises Unusable, PenError."""
    from ownerbook.reports.forms.archiving import write_archiving

    needs(read.register, "files", "owners")
    n, waiting, ready = write_archiving(path, read.register, title_of(space), building=wanted.building, how=wanted.how)
    zh = f"{n} 份可以归档，{waiting} 份待批准，{ready} 份待执行"
    return Text(zh, f"{n} files to archive, {waiting} to approve, {ready} to carry out")


def write_approvals(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """Disposals of every kind that wait for approval. Raises Unusable, PenError."""
    from ownerbook.reports.forms.archiving import write_approval

    needs(read.register, "files", "owners", "disposals")
    n = write_approval(path, read.register, title_of(space), building=wanted.building, how=wanted.how)
    return Text(f"{n} 份待批准", f"{n} disposals to approve")
