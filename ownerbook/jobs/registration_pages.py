"""业主登记表, 租户登记表 and 信息变更登记表 to be filled in: blank, or with what the register knows of the houses they are for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ownerbook.jobs.forms import Wanted, needs, row_of, title_of
from ownerbook.jobs.reading import Read
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.procedures.registration import REASONS, TRANSFERS
from ownerbook.procedures.situation import Situation
from ownerbook.procedures.taking import not_said
from ownerbook.register.register import Register
from ownerbook.schema.words import Text

_APART = re.compile(r"[、，,;；\s]+")


def houses_of(register: Register, written: Sequence[str]) -> list[int]:
    """Rows of 房屋 that are named, each once. Raises Unusable for one that is not there."""
    needs(register, "houses")
    situation = Situation(register)
    out: dict[int, None] = {}
    for word in (w for text in written for w in _APART.split(text) if w):
        house = situation.canonical(word)
        if not house:
            raise Unusable(Text(f"房号「{word}」读不懂，应如 3-2-1501", f"{word} is no house number"))
        row = situation.house(house)
        if row < 0:
            raise Unusable(Text(f"「房屋」表里没有 {house}，请核对房号，或先登记房屋", f"房屋 does not hold {house}; enter the house first"))
        out[row] = None
    return list(out)


def write_registrations(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """The registration form: a page a house, a blank one where none is named. Raises Unusable, PenError."""
    from ownerbook.reports.forms.registration_form import write_for_houses, write_registration

    register, title = read.register, title_of(space)
    if wanted.reason and wanted.reason not in REASONS:
        known = "、".join(REASONS)
        raise Unusable(Text(f"没有「{wanted.reason}」这种原因，可用 {known}", f"there is no reason {wanted.reason}; known are {known}"))
    if not wanted.house:
        write_registration(path, None, [], workspace=title, as_of=register.today, how=wanted.how)
        return Text("空白一页", "one blank page")
    houses = houses_of(register, [wanted.house])
    owned = Situation(register)
    if wanted.reason in TRANSFERS and (bare := [h for h in houses if not owned.owners(h)]):
        told = "、".join(owned.key("houses", h) for h in bare)
        if unsure := owned.unsure(bare[0]):
            raise Unusable(Text(*not_said(owned, unsure)))
        raise Unusable(Text(f"{told} 没有现业主，不能过户；请用 ownerbook register 登记", f"{told} has no current owner; use ownerbook register"))
    n = write_for_houses(path, register, houses, reason=wanted.reason, workspace=title, as_of=register.today, how=wanted.how)
    return Text(f"{n} 套，每套一页；填好后 ownerbook register 这个文件，或存入收件箱", f"pages: {n}, one a house; then ownerbook register the file")


def write_tenancies(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """The page for tenants: one a house, a blank one where none is named. Raises Unusable, PenError."""
    from ownerbook.reports.forms.tenancy_form import write_tenancy

    register = read.register
    houses = houses_of(register, [wanted.house]) if wanted.house else []
    n = write_tenancy(path, register, houses, workspace=title_of(space), as_of=register.today, how=wanted.how)
    return Text(f"{n} 页；填好后 ownerbook tenant 这个文件，或存入收件箱", f"pages: {n}; then ownerbook tenant the file, or 收件箱")


def write_changes(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """The change form of an owner or of the owners of a house; without one, the batch sheet. Raises Unusable, PenError."""
    from ownerbook.reports.forms.change_form import Options, current_owners, write_batch, write_change_form
    from ownerbook.storage.secret import secret_of

    register = read.register
    needs(register, "owners")
    opts = Options(title_of(space), secret_of(space.root) if space.declared else b"", masked=wanted.how.masked)
    if wanted.owner:
        owners = [row_of(register, "owners", wanted.owner)]
    elif wanted.house:
        owners = current_owners(register, house=_canonical(register, wanted.house))
        if not owners:
            raise Unusable(Text(f"{wanted.house} 没有现业主，请用 --owner 写业主编号", f"{wanted.house} has no current owner; name one with --owner"))
    else:
        n = write_batch(path, register, current_owners(register, building=wanted.building) if wanted.building else [], opts)
        return Text(f"批量表，已列 {n} 位业主", f"the batch sheet, {n} owners listed")
    n = write_change_form(path, register, owners, opts)
    return Text(f"{n} 位业主，每人一页", f"{n} owners, a page each")


def _canonical(register: Register, written: str) -> str:
    """A house number in canonical form; what is none, as written."""
    from ownerbook.identifiers import house_no

    return house_no.canonical(written, register.policy.house_format) or written
