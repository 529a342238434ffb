"""The monthly sample of files: stratified by building, weighted by risk, and the same whenever it is drawn (policy 月度抽查比例).

A file's chance follows from a number made of the month and its 档号 alone, so the order of rows does not matter and nothing
random is involved: of the files of a building those with the highest u^(1/weight) are taken (weighted sampling without
replacement, Efraimidis and Spirakis 2006).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from math import ceil, floor, log

import numpy as np

from ownerbook.deadlines.audit_status import audit_status
from ownerbook.deadlines.audits import DUE
from ownerbook.deadlines.columns import Columns, complete, days_of, needed, pointed, single
from ownerbook.deadlines.standing import files_out
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints
from ownerbook.schema.words import Text

NEEDS = needed("files audits loans? changes? policy")
LATELY = 180
"""Days back that count as lately."""
LONG = 60
"""Days on loan that are long."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A reason to look at a file: what it weighs, and the files it holds for."""

    key: str
    words: Text
    weight: int
    mask: Bools


@dataclass(frozen=True, slots=True)
class Sample:
    """The files drawn. rows: of 档案. building: the stratum of each. reasons: why each weighs more than others.
    out: whether each is on loan, to be checked against its loan slip."""

    rows: Ints
    building: tuple[str, ...]
    reasons: tuple[tuple[Risk, ...], ...]
    out: Bools


def risks(book: Columns, today: int) -> list[Risk]:
    """What makes a file worth a look, each a mask over 档案."""
    f, size = book.files, len(book.files)
    nothing = np.zeros(size, bool)
    out = [Risk("overdue", Text("逾期未审", "audit overdue"), 3, audit_status(book, today, 0).late)]
    a = book.audits
    file, day = a.ref("file_no").row, days_of(a.audited_on)
    out.append(Risk("finding", Text("曾有问题", "past finding"), 3, pointed(file, a.result.is_("不合格") & (day > today - 4 * LATELY), size)))
    out.append(
        Risk("changed", Text("近期变更", "changed lately"), 2, _changed(book, today) if complete(book, "changes", "sheet", "record") else nothing)
    )
    if complete(book, "loans", "loan_no", "file_no"):
        c = book.loans
        lent, back = days_of(c.lent_on), np.where(c.returned_on.ok, c.returned_on.days, today)
        long = c.lent_on.ok & (back > today - LATELY) & (back - lent.astype(np.int64) > LONG)
        out.append(Risk("lent", Text("久借", "long on loan"), 2, pointed(c.ref("file_no").row, long, size)))
    created = days_of(f.created_on)
    out.append(Risk("new", Text("新建档案", "new"), 1, (created != NO_DAY) & (created > today - LATELY)))
    return out


def _changed(book: Columns, today: int) -> Bools:
    """Files of which a registered fact was updated lately: of the file itself, of its owner, or of its house."""
    c, f = book.changes, book.files
    lately = c.done_on.ok & (c.done_on.days > today - LATELY) & c.record.ok
    out = np.zeros(len(f), bool)
    for sheet, ids in (("档案", f.file_no.ids), ("业主", f.owner_no.ids), ("房屋", f.house_no.ids)):
        named = np.unique(c.record.ids[lately & c.sheet.is_(sheet)])
        out |= np.isin(ids, named) & (ids >= 0)
    return out


def draw_sample(
    book: Columns, today: int, month: str, buildings: list[str], *, rate: float | None = None, count: int | None = None, only: str = ""
) -> Sample:
    """The sample of a month (2026-10). buildings: per row of 档案 its building. rate: instead of policy's; count: how many, instead.

    At least one file of each building is drawn while the sample is large enough; the rest is shared out by size. only: of one building.
    """
    f = book.files
    pool = [r for r in map(int, np.flatnonzero(single(f, f.file_no) & (f.status.is_(*DUE) | f.status.is_("借出")))) if _wanted(buildings[r], only)]
    size = min(len(pool), count if count is not None else ceil((book.policy.sample_rate if rate is None else rate) * len(pool)))
    found = risks(book, today)
    weight = 1 + sum((r.weight * r.mask for r in found), np.zeros(len(f), np.int64))
    strata: dict[str, list[tuple[float, int]]] = {}
    for row in pool:
        key = log(unit(month, f.file_no.text(row))) / float(weight[row])
        strata.setdefault(buildings[row], []).append((key, row))
    shares = allot({b: len(files) for b, files in strata.items()}, size)
    taken = [(b, row) for b in sorted(strata) for _, row in sorted(strata[b], reverse=True)[: shares[b]]]
    return _sample(book, [row for _, row in taken], buildings, found)


def draw_due(book: Columns, today: int, within: int, buildings: list[str], *, only: str = "") -> Sample:
    """The files whose regular audit is late or due within so many days, the oldest first; lent ones that are due on return among them."""
    status = audit_status(book, today, within)
    rows = [r for r in map(int, status.by_day(status.late | status.soon | status.out)) if _wanted(buildings[r], only)]
    return _sample(book, rows, buildings, risks(book, today))


def _wanted(building: str, only: str) -> bool:
    return not only or building.removesuffix("栋") == only


def _sample(book: Columns, rows: list[int], buildings: list[str], found: list[Risk]) -> Sample:
    f = book.files
    out_now = files_out(book) >= 0 if complete(book, "loans", "loan_no", "file_no") else f.status.is_("借出")
    reasons = tuple(tuple(r for r in found if r.mask[row]) for row in rows)
    at = np.array(rows, np.int32)
    return Sample(at, tuple(buildings[row] for row in rows), reasons, np.asarray(out_now[at], bool))


def unit(month: str, file_no: str) -> float:
    """A number between 0 and 1, neither included, that month and 档号 fix."""
    digest = hashlib.sha256(f"{month}\x1f{file_no}".encode()).digest()
    return (int.from_bytes(digest[:7], "big") + 0.5) / 2**56


def allot(sizes: dict[str, int], total: int) -> dict[str, int]:
    """Share out a sample over strata: one each while it lasts, the rest in proportion (largest remainder), never more than there are."""
    out = dict.fromkeys(sizes, 0)
    order = sorted(sizes, key=lambda b: (-sizes[b], b))
    for b in order[:total]:
        out[b] = 1
    left, everything = total - sum(out.values()), sum(sizes.values())
    if left <= 0:
        return out
    wanted = {b: max(0.0, total * sizes[b] / everything - out[b]) for b in order}
    scale = left / (sum(wanted.values()) or 1)
    for b in order:
        out[b] += min(sizes[b] - out[b], floor(wanted[b] * scale))
    by_rest = sorted(order, key=lambda b: (-(wanted[b] * scale - floor(wanted[b] * scale)), b))
    while sum(out.values()) < total:
        before = sum(out.values())
        for b in by_rest:
            if sum(out.values()) < total and out[b] < sizes[b]:
                out[b] += 1
        if sum(out.values()) == before:
            break
    return out
