"""On what the papers of each file are held: paper, scan, or both (domain.md 5.1: how much is kept on paper, how much electronically).

A paper of 材料 is on paper where its 形式 is 原件 or 复印件, and held electronically where it is a 扫描件 or names its 电子件.
What is 待补 is not there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Columns, complete
from ownerbook.deadlines.places import STANDING
from ownerbook.schema.cells import Bools, Ints

PAPER, SCAN, BOTH, NOTHING = "只有纸质", "只有电子", "纸质和电子都有", "没有材料"
KINDS = (PAPER, SCAN, BOTH, NOTHING)


@dataclass(frozen=True, slots=True)
class Carriers:
    """One entry a row of 档案.

    papers: how many it holds; on_paper, scanned: of those on paper, and with a scan. counted: files that are still ours.
    """

    papers: Ints
    on_paper: Ints
    scanned: Ints
    counted: Bools

    def of(self, kind: str) -> Bools:
        """Files of a kind of KINDS."""
        paper, scan = self.on_paper > 0, self.scanned > 0
        masks = {PAPER: paper & ~scan, SCAN: scan & ~paper, BOTH: paper & scan, NOTHING: ~paper & ~scan}
        return np.asarray(masks[kind] & self.counted, bool)


def carriers(book: Columns) -> Carriers:
    """On what the files are held; all nothing without 材料."""
    size = len(book.files)
    counted = book.files.first & book.files.status.is_(*STANDING, "遗失")
    if not complete(book, "documents", "file_no", "form"):
        nothing = np.zeros(size, np.int32)
        return Carriers(nothing, nothing, nothing, counted)
    d = book.documents
    at = d.ref("file_no").row
    held = (at >= 0) & d.first & ~d.status.is_("待补")
    paper = held & d.form.is_("原件", "复印件")
    scan = held & d.form.is_("扫描件")
    if book.has("documents.scan"):
        scan = scan | (held & d.scan.filled)

    def count(mask: Bools) -> Ints:
        return np.bincount(at[mask], minlength=size).astype(np.int32)

    return Carriers(count(held), count(paper), count(scan), counted)
