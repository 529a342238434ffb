"""Scans that are not where 材料 says, or not what was fingerprinted. The disk is asked through two questions only."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from ownerbook.deadlines.columns import Columns, followed, positions
from ownerbook.schema.cells import Bools, Ints

NEEDS = "documents.file_no documents.scan files.file_no files.status"


FEW = 500
"""So many fingerprints are taken anew for the list of the day; more of them only for `missing` and `check`."""


class Disk(Protocol):
    """What may be asked of the disk: files named relative to the workspace."""

    def exists(self, path: str) -> bool:
        """Whether a file of that name lies in the workspace."""

    def sha256(self, path: str) -> str:
        """Its fingerprint, '' where it cannot be read."""


def fingerprinted(book: Columns) -> int:
    """How many scans have a fingerprint to compare with."""
    d = book.documents
    return int((d.scan.ok & d.scan_sha256.ok).sum())


def lost_scans(book: Columns, disk: Disk) -> Ints:
    """Rows of 材料 whose 电子件 is not in the workspace (H07). The scans of a destroyed file must be gone (M07)."""
    d = book.documents
    given = positions(d.scan.ok & ~_destroyed(book)) if d.scan.ok.any() else ()
    return np.array([int(r) for r in given if not disk.exists(d.scan.text(int(r)))], np.int32)


def changed_scans(book: Columns, disk: Disk) -> Ints:
    """Rows of 材料 whose 电子件 has another content than 电子件指纹 says (H08)."""
    d = book.documents
    told = []
    both = d.scan.ok & d.scan_sha256.ok
    for row in map(int, positions(both & ~_destroyed(book)) if both.any() else ()):
        there = disk.sha256(d.scan.text(row)) if disk.exists(d.scan.text(row)) else ""
        if there and there.lower() != d.scan_sha256.text(row).lower():
            told.append(row)
    return np.array(told, np.int32)


def left_over_scans(book: Columns, disk: Disk) -> Ints:
    """Rows of 材料 whose file is 已销毁 and whose 电子件 still lies in the workspace: to be deleted by hand (M07)."""
    d = book.documents
    given = positions(d.scan.ok & _destroyed(book)) if d.scan.ok.any() else ()
    return np.array([int(r) for r in given if disk.exists(d.scan.text(int(r)))], np.int32)


def _destroyed(book: Columns) -> Bools:
    return followed(book.files.status.is_("已销毁"), book.documents.ref("file_no").row)
