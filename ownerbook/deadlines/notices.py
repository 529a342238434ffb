"""Who is to be written to: borrowers with overdue loans, owners whose files lack papers; and who of them cannot be reached."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Columns
from ownerbook.deadlines.loan_status import LoanStatus
from ownerbook.deadlines.paper_status import PaperStatus
from ownerbook.schema.cells import Ints

NEEDS = "loans files owners"


@dataclass(frozen=True, slots=True)
class Overdue:
    """The overdue loans of one borrower (姓名 with 联系电话). rows: of 借阅, the longest overdue first.

    owner: their row on 业主 where exactly one owner of the house has that name, else -1. reachable: a phone of the loan or of
    that owner can be read, or the owner has an address.
    """

    rows: tuple[int, ...]
    owner: int
    reachable: bool


def overdue_by_borrower(book: Columns, status: LoanStatus) -> list[Overdue]:
    """The borrowers to be reminded, the longest overdue first."""
    c = book.loans
    groups: dict[tuple[str, str, int], list[int]] = {}
    for row in map(int, status.by_lateness(status.late)):
        name, phone = c.borrower.text(row), c.phone.text(row) if c.phone.ok[row] else ""
        groups.setdefault((name, phone, -1 if name else row), []).append(row)
    file = c.ref("file_no").row
    out = []
    for rows in groups.values():
        owner = owner_of(book, int(file[rows[0]]), c.borrower.text(rows[0]))
        reachable = bool(c.phone.ok[rows].any()) or (owner >= 0 and _reachable(book, owner))
        out.append(Overdue(tuple(rows), owner, reachable))
    return out


def owner_of(book: Columns, file: int, name: str) -> int:
    """The owner of a file's house who has a name, -1 where there is none or several."""
    if file < 0 or not name or not book.has("owners") or not book.files.house_no.ok[file]:
        return -1
    o = book.owners
    mine = np.flatnonzero((o.house_no.ids == book.files.house_no.ids[file]) & o.name.ok & (o.name.ids == book.id_of(name)))
    return int(mine[0]) if len(mine) == 1 else -1


def _reachable(book: Columns, owner: int) -> bool:
    o = book.owners
    return bool(o.phone.ok[owner] or o.phone2.ok[owner] or o.email.ok[owner] or o.address.ok[owner])


@dataclass(frozen=True, slots=True)
class Supplement:
    """An owner who is asked for papers. owner: row of 业主. files: rows of 档案 that lack some."""

    owner: int
    files: tuple[int, ...]
    reachable: bool


def supplements(book: Columns, status: PaperStatus, *, late: bool = False) -> list[Supplement]:
    """The owners whose files lack papers (late: past their term only), in the order of 档案."""
    owner: Ints = book.files.ref("owner_no").row
    wanted = status.late if late else status.judged & (status.lacking > 0)
    groups: dict[int, list[int]] = {}
    for file in map(int, np.flatnonzero(wanted)):
        if owner[file] >= 0:
            groups.setdefault(int(owner[file]), []).append(file)
    return [Supplement(o, tuple(files), _reachable(book, o)) for o, files in groups.items()]
