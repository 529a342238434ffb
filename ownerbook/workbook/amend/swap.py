"""The swap: an amended workbook takes the place of the one on disk, or the one on disk stays, whole.

Written beside, flushed, read back, the original looked at once more, then renamed over it and the folder flushed. The
previous version is kept before anything is replaced. A crash at any moment leaves the old file or the new one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ownerbook.schema.disk_words import why
from ownerbook.schema.words import Text
from ownerbook.storage.disk import Disk, like, marks
from ownerbook.workbook.amend.amending import amend
from ownerbook.workbook.amend.edits import Edit
from ownerbook.workbook.amend.owner_files import copies_of, holders, original_of
from ownerbook.workbook.amend.receipt import Receipt
from ownerbook.workbook.amend.refusal import Refused, not_a_workbook, refusal
from ownerbook.workbook.package import PackageError
from ownerbook.workbook.whole_file import LARGEST_FILE


def amend_file(
    path: Path,
    edits: Sequence[Edit],
    *,
    backup_dir: Path,
    expect_fingerprint: str | None = None,
    dry_run: bool = False,
    password: str | None = None,
    scrub: bool | None = None,
    keep_time: bool = True,
    disk: Disk | None = None,
) -> Receipt:
    """Amend a file in place. Raises `Refused`; then the file is as it was.

    `backup_dir` is where the previous version goes (made if need be). `expect_fingerprint` is the SHA-256 that the file
    must have now. `dry_run` does all but the writing. `keep_time` gives the new file the old one's time of change, so that
    the folder still tells when staff last changed it; whether a file has changed is told by its fingerprint, never by its
    time (docs/decisions/0004-amended-file-times.md has the price). Raises `OSError` where the file cannot be read.
    """
    disk = disk or Disk()
    path = path.resolve()
    _free(path)
    original = original_of(path)
    if original is not None:
        raise Refused([refusal("", "conflict-copy", f"{path.name} / {original.name}")])
    if path.stat().st_size > LARGEST_FILE:
        raise Refused([not_a_workbook(PackageError("too-large", path.name))])
    data = disk.read(path)
    fingerprint = hashlib.sha256(data).hexdigest()
    if expect_fingerprint is not None and fingerprint != expect_fingerprint.lower():
        raise Refused([refusal("", "changed")])
    amended = amend(data, edits, password=password, scrub=scrub)
    copies = copies_of(path)
    receipt = amended.receipt
    if copies:
        names = ", ".join(c.name for c in copies)
        note = Text(f"旁边有可能的副本： {names}", f"possible copies beside it: {names}")
        receipt = replace(receipt, notes=(*receipt.notes, note))
    if dry_run or not receipt.changed:
        return receipt
    try:
        kept = _keep(disk, path, data, fingerprint, backup_dir)
        _swap(disk, path, amended.data, fingerprint, keep_time)
    except OSError as error:
        raise Refused([refusal("", "disk", trouble(error))]) from error
    return replace(receipt, kept=str(kept))


def trouble(error: OSError) -> Text:
    """What the system says, in words, with the name of the file where it is known."""
    said = why(error)
    zh, en = said.zh, said.en
    name = Path(os.fsdecode(error.filename)).name if isinstance(error.filename, str | bytes) and error.filename else ""
    return Text(f"{name}，{zh}" if name else zh, f"{name}: {en}" if name else en)


def _free(path: Path) -> None:
    found = holders(path)
    if found:
        zh = "、".join(f"{h.name or '某人'}（占用文件 {h.file.name}）" for h in found)
        en = ", ".join(f"{h.name or 'somebody'} (owner file {h.file.name})" for h in found)
        raise Refused([refusal("", "open", Text(zh, en))])


def _keep(disk: Disk, path: Path, data: bytes, fingerprint: str, backup_dir: Path) -> Path:
    """Put the previous version aside, with its time, under a name that tells its fingerprint."""
    for folder in (*reversed(backup_dir.parents), backup_dir):  # those that are new are for their owner only
        folder.mkdir(mode=0o700, exist_ok=True)
    kept = backup_dir / f"{path.stem}.{fingerprint[:16]}{path.suffix}"
    if kept.exists() and hashlib.sha256(disk.read(kept)).hexdigest() == fingerprint:
        return kept
    draft = kept.with_name(f".{kept.name}.part")
    try:
        disk.create(draft, data)
        before = path.stat()
        os.utime(draft, ns=(before.st_atime_ns, before.st_mtime_ns))
        disk.replace(draft, kept)
    except OSError:
        disk.remove(draft)  # a full disk gets its room back
        raise
    disk.flush_folder(backup_dir)
    return kept


def _swap(disk: Disk, path: Path, data: bytes, fingerprint: str, keep_time: bool) -> None:
    draft = path.with_name(f".{path.name}.{fingerprint[:12]}.part")
    try:
        disk.create(draft, data)
        like(path, draft, keep_time=keep_time)
        if disk.read(draft) != data:
            raise Refused([refusal("", "disk", Text("写下的内容读回来不一样", "what was written reads back otherwise"))])
        _free(path)
        stood = marks(path)
        if hashlib.sha256(disk.read(path)).hexdigest() != fingerprint or marks(path) != stood:
            raise Refused([refusal("", "changed")])
        disk.replace(draft, path)
    except (OSError, Refused):
        disk.remove(draft)
        raise
    disk.flush_folder(path.parent)
    if disk.read(path) != data:
        raise Refused([refusal("", "changed")])
