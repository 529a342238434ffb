"""Which papers a file must hold, and which of them it lacks (policy 必备材料, judging.md §6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ownerbook.deadlines.columns import Columns, follow, followed, needed, single
from ownerbook.identifiers.document import CREDIT_CODE
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.cells import Bools, Ints

NEEDS = needed(
    "files.file_no files.house_no files.owner_no files.status",
    "houses.house_no houses.use",
    "owners.owner_no owners.house_no? owners.kind owners.id_type? owners.id_no owners.status owners.registered_on",
    "documents.file_no documents.doc_type documents.status policy",
)
SHELVED = ("待整理", "在库", "借出")
_OF_AGE = 18


@dataclass(slots=True)
class MissingPapers:
    """Papers that files lack, one entry each: `file` (row of 档案) and `paper` (index into `names`)."""

    file: Ints
    paper: Ints
    names: tuple[str, ...]


def required_papers(book: Columns, today: int) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Per row of 档案 and kind of paper whether it must be held; the kinds' names.

    The list is that of the house's use, or policy's own for companies and for minors where it is set. A file whose
    house, owner or either's kind cannot be told asks for nothing, nor does one whose owner is of another house (R16).
    A paper that no 材料类型 names cannot be asked for.
    """
    f, h, o, policy = book.files, book.houses, book.owners, book.policy
    names = book.documents.doc_type.options
    house, owner = f.ref("house_no").row, f.ref("owner_no").row

    def as_row(papers: tuple[str, ...]) -> Bools:
        return np.isin(names, papers)

    out = np.zeros((len(f), len(names)), bool)
    for use in h.use.options:
        out[followed(h.use.is_(use), house)] = as_row(policy.papers(use))
    company = followed(o.kind.is_("法人"), owner)
    if policy.papers_company:
        out[company] = as_row(policy.papers_company)
        out[followed(_undecided(book), owner)] = False
    if policy.papers_minor:
        person, age_known, minor = _minors(book, today)
        out[followed(minor, owner)] = as_row(policy.papers_minor)
        out[followed(person & ~age_known, owner)] = False
    out[~followed(o.kind.ok, owner) | (house < 0)] = False
    if book.has("owners.house_no"):
        theirs = follow(o.ref("house_no").row, owner)
        out[(theirs >= 0) & (theirs != house)] = False
    return out, names


def _undecided(book: Columns) -> Bools:
    """Per row of 业主: kind and document contradict each other (R13), so it stays open whether it is a company."""
    o = book.owners
    if not book.has("owners.id_type"):
        return np.zeros(len(o), bool)
    coded = o.id_type.is_(CREDIT_CODE)
    return np.asarray((o.kind.is_("法人") & o.id_type.ok & ~coded) | (o.kind.is_("自然人") & coded), bool)


def _minors(book: Columns, today: int) -> tuple[Bools, Bools, Bools]:
    """Per row of 业主: a person; whose day of birth stands in the number; who is under age today."""
    o = book.owners
    person = o.kind.is_("自然人")
    known, minor = o.id_no.state != 2, np.zeros(len(o), bool)
    day = np.datetime64(today, "D").astype(object)
    before = f"{day.year - _OF_AGE:04d}{day.month:02d}{day.day:02d}"
    for row in np.flatnonzero(person & o.id_no.ok):
        text = o.id_no.text(int(row))
        if len(text) == 18 and text[6:14].isdigit():
            minor[row] = text[6:14] > before
    return person, known, minor


def missing_papers(book: Columns, today: int, *, late: bool = True) -> MissingPapers:
    """What the files of current owners lack (H01); `late`: only once 登记日期 + 登记建档期限 has passed.

    A paper 待补 is not held, one 缺页 is; for a company a 营业执照 does for 身份证件复印件. A paper whose kind cannot be read
    may be any one of those that its file lacks; one whose 档号 cannot be read or names nothing may belong to the file
    of the papers beside it: both are told there, and nothing is said here.
    """
    f, o, p = book.files, book.owners, book.documents
    wanted, names = required_papers(book, today)
    owner = f.ref("owner_no").row
    judged = f.status.is_(*SHELVED) & single(f, f.file_no) & followed(o.status.is_("现业主"), owner)
    if late:
        registered = o.registered_on
        day = follow(np.where(registered.ok, registered.days, NO_DAY).astype(np.int32), owner, int(NO_DAY))
        past = day != NO_DAY
        past[past] = book.policy.filing_term.after(day[past]) < today
        judged &= past
    at = p.ref("file_no").row
    held = np.zeros(wanted.shape, bool)
    good = (at >= 0) & p.doc_type.ok & ~p.status.is_("待补")
    held[at[good], p.doc_type.choice[good]] = True
    _beside(book, at, held)
    if "身份证件复印件" in names and "营业执照" in names:
        company = followed(o.kind.is_("法人") | _undecided(book), owner)
        held[company, names.index("身份证件复印件")] |= held[company, names.index("营业执照")]
    lacking = wanted & ~held & judged[:, None]
    unread = np.bincount(at[(at >= 0) & ~p.doc_type.ok], minlength=len(f))
    lacking[lacking.sum(axis=1) <= unread] = False
    _renamed(book, at, lacking)
    file, paper = np.nonzero(lacking)
    return MissingPapers(file.astype(np.int32), paper.astype(np.int32), names)


def _renamed(book: Columns, at: Ints, lacking: NDArray[np.bool_]) -> None:
    """Say nothing of files without any paper where papers name as many files that are not there: the 档号 is wrong, not the papers."""
    p = book.documents
    bare = lacking.any(axis=1) & (np.bincount(at[at >= 0], minlength=len(lacking)) == 0)
    strangers = np.unique(p.file_no.ids[p.ref("file_no").missing])
    if int(bare.sum()) <= len(strangers):
        lacking[bare] = False


def _beside(book: Columns, at: Ints, held: NDArray[np.bool_]) -> None:
    """Count papers that name no file for the files of their neighbours."""
    p = book.documents
    doubled = p.file_no.ok & ~p.ref("file_no").missing & (at < 0)
    loose = np.flatnonzero((at < 0) & ~doubled & p.doc_type.ok & ~p.status.is_("待补"))
    if not len(loose) or not (at >= 0).any():
        return
    known = np.flatnonzero(at >= 0)
    i = np.searchsorted(known, loose)
    for neighbour in (known[np.maximum(i - 1, 0)], known[np.minimum(i, len(known) - 1)]):
        held[at[neighbour], p.doc_type.choice[loose]] = True
