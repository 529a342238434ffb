"""Which files stand on which list of disposal: for appraisal, for destruction, for transfer, for archiving (register.md 处置)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines import periods
from ownerbook.deadlines.columns import Columns, complete, follow
from ownerbook.deadlines.retention_status import RetentionStatus, retention_status
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints

NEEDS = "files owners documents? disposals?"


@dataclass(frozen=True, slots=True)
class Contents:
    """Per row of 档案 how many papers and pages it holds; what is 待补 is not there."""

    papers: Ints
    pages: Ints


def contents(book: Columns) -> Contents:
    """What the files hold by 材料."""
    size = len(book.files)
    if not complete(book, "documents", "file_no", "pages"):
        return Contents(np.zeros(size, np.int32), np.zeros(size, np.int32))
    d = book.documents
    at = d.ref("file_no").row
    held = (at >= 0) & d.first & ~d.status.is_("待补")
    pages = np.where(d.pages.ok, np.nan_to_num(d.pages.numbers), 0)[held]
    return Contents(np.bincount(at[held], minlength=size).astype(np.int32), np.bincount(at[held], weights=pages, minlength=size).astype(np.int32))


@dataclass(frozen=True, slots=True)
class Planned:
    """Disposals of a kind that are to be carried out, one entry each.

    rows: of 处置. files: of 档案. ready: approved, and nothing stands against it. kept: whole years since the owner left (-1
    where that cannot be told).
    """

    rows: Ints
    files: Ints
    ready: Bools
    kept: Ints


def planned(book: Columns, kind: str, today: int, *, executed: bool = False) -> Planned:
    """Disposals of a kind (销毁 移交 归档) without 执行日期; executed: those carried out, instead."""
    none = np.zeros(0, np.int32)
    if not complete(book, "disposals", "disposal_no", "file_no", "kind"):
        return Planned(none, none, np.zeros(0, bool), none)
    d = book.disposals
    at = d.ref("file_no").row
    done = d.executed_on.ok if executed else d.executed_on.blank
    rows = np.flatnonzero(d.kind.is_(kind) & done & d.first & (at >= 0)).astype(np.int32)
    files = at[rows]
    status = retention_status(book, today)
    ready = d.approved_on.ok[rows] & ~against(status, kind, today)[files]
    return Planned(rows, files, ready, years_kept(book, today)[files])


def against(status: RetentionStatus, kind: str, today: int) -> Bools:
    """Files that may not be disposed of in this way today: blocked, or destroyed before their time."""
    out = status.blocked.copy()
    if kind == "销毁":
        out |= ~status.over
    return out


def years_kept(book: Columns, today: int) -> Ints:
    """Per row of 档案 the whole years since its owner left, -1 where the period runs or cannot be told."""
    known = periods.ownership_periods(book)
    left = follow(np.where(known.known, known.ended, NO_DAY).astype(np.int32), periods.periods_of_files(book, known), int(NO_DAY))
    out = np.full(len(left), -1, np.int32)
    there = left != NO_DAY
    now = np.datetime64(today, "D")
    then = left[there].astype("datetime64[D]")
    years = now.astype("datetime64[Y]").astype(int) - then.astype("datetime64[Y]").astype(int)
    early = (now - now.astype("datetime64[Y]")) < (then - then.astype("datetime64[Y]"))
    out[there] = np.maximum(0, years - early)
    return out
