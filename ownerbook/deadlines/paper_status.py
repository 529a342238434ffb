"""How complete the files are: what each must hold, what it lacks, and until when (policy 必备材料, 登记建档期限)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Columns, days_of, follow, followed, needed, single
from ownerbook.deadlines.papers import NEEDS as PAPER_NEEDS
from ownerbook.deadlines.papers import SHELVED, missing_papers, required_papers
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints

NEEDS = needed(PAPER_NEEDS)


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """One entry a row of 档案.

    judged: files in use of a current owner, which must be complete. required, lacking: how many papers. due: the last day on
    which they are in time, NO_DAY where 登记日期 cannot be told. late: lacks something past that day. soon: lacks something
    and its day is within those asked for. missing: file → the names of the papers it lacks.
    """

    judged: Bools
    required: Ints
    lacking: Ints
    due: Ints
    late: Bools
    soon: Bools
    missing: dict[int, tuple[str, ...]]

    def by_day(self, mask: Bools) -> Ints:
        """The rows of a mask, the oldest day first, then those that lack the most."""
        rows = np.flatnonzero(mask).astype(np.int32)
        return rows[np.lexsort((-self.lacking[rows], self.due[rows]))]


def paper_status(book: Columns, today: int, within: int = 7) -> PaperStatus:
    """How complete the files are. today: days since 1970-01-01; within: how many days ahead is soon."""
    f, o = book.files, book.owners
    owner = f.ref("owner_no").row
    judged = f.status.is_(*SHELVED) & single(f, f.file_no) & followed(o.status.is_("现业主"), owner)
    found = missing_papers(book, today, late=False)
    required = required_papers(book, today)[0].sum(axis=1).astype(np.int32)
    lacking = np.bincount(found.file, minlength=len(f)).astype(np.int32)
    registered = follow(days_of(o.registered_on), owner, int(NO_DAY))
    due = book.policy.filing_term.after(registered)
    late = judged & (lacking > 0) & (due != NO_DAY) & (due < today)
    missing: dict[int, list[str]] = {}
    for file, paper in zip(found.file.tolist(), found.paper.tolist(), strict=True):
        missing.setdefault(file, []).append(found.names[paper])
    return PaperStatus(
        judged=judged,
        required=np.where(judged, required, 0).astype(np.int32),
        lacking=lacking,
        due=due,
        late=late,
        soon=judged & (lacking > 0) & ~late & (due != NO_DAY) & (due <= today + within),
        missing={file: tuple(names) for file, names in missing.items()},
    )
