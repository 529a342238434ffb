"""What the register knows already, for a page of the registration form: of an owner, of a house, of who owns it now."""

from __future__ import annotations

import numpy as np

from ownerbook.procedures.papers import PROOFS
from ownerbook.procedures.registration import FIRST, LEAVES, STAYS
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.forms.registration_form import HEAD, MEMBER, OWNER, PAPER, Printed
from ownerbook.reports.masking import shown
from ownerbook.reports.naming import Naming

_PRESET = {"买卖": LEAVES, "赠与": LEAVES, "份额变更": STAYS}
"""What is marked from the start; whoever fills the page in changes it."""


def of_owner(name: Naming, row: int) -> Printed:
    """A page as the register knows an owner (row of 业主)."""
    register, key = name.register, name.key("owners", row)
    owner = {f: name.found("owners", f, row) for cells in OWNER for _, _, f, _, _ in cells}
    at = int(register.reference("owners", "house_no").row[row]) if "houses" in register.tables else -1
    house = _house(name, at) | {"house_no": name.house("owners", row)}
    form = {"day": name.found("owners", "registered_on", row), "since": name.found("owners", "owned_from", row)}
    form["clerk"] = name.found("owners", "registered_by", row)
    return Printed(f"登记 {key}", key, house, owner, form, members=_members(name, row), papers=_papers(name, row, at))


def of_house(name: Naming, at: int, reason: str = "", *, masked: bool = True) -> Printed:
    """A page for a house (row of 房屋): for who is to be registered, or where it has owners for a change of ownership."""
    register = name.register
    house = _house(name, at)
    use = name.found("houses", "use", at) or "住宅"
    papers = list(register.policy.papers(use))
    current = current_owners(name, at, masked=masked, going=_PRESET.get(reason, ""))
    if current:
        papers += [PROOFS[0]] if PROOFS[0] not in papers else []
        house["status"] = ""
        return Printed(f"过户 {house['house_no']}", "", house, {}, {"reason": reason}, current, papers=tuple({"doc_type": p} for p in papers))
    if house["status"] in ("未售", "未交房"):
        house["status"] = ""
    return Printed(f"登记 {house['house_no']}", "", house, {}, {"reason": reason or FIRST}, papers=tuple({"doc_type": p} for p in papers))


def current_owners(name: Naming, at: int, *, masked: bool, going: str = "") -> list[dict[str, str]]:
    """The current owners of a house, a line each; names and numbers in part where masked."""
    register = name.register
    if "owners" not in register.tables or at < 0:
        return []
    own = (register.reference("owners", "house_no").row == at) & register.column("owners", "status").is_("现业主")
    columns = BY_FIELD["owners"].by_field
    return [
        {f: shown(columns[f], name.found("owners", f, row), masked=masked) for f in ("name", "id_no")}
        | {"owner_no": name.key("owners", row), "held": name.found("owners", "share", row), "form.going": going}
        for row in map(int, np.flatnonzero(own))
    ]


def _house(name: Naming, at: int) -> dict[str, str]:
    return {f: name.found("houses", f, at) for cells in HEAD for _, s, f, _, _ in cells if s == "houses"}


def _members(name: Naming, row: int) -> list[dict[str, str]]:
    register = name.register
    if "household" not in register.tables:
        return []
    house, there = register.column("owners", "house_no"), register.column("household", "house_no")
    live = register.column("household", "status").is_("在住")
    rows = np.flatnonzero((there.ids == house.ids[row]) & there.ok & live)
    return [{f: name.found("household", f, int(r)) for _, f, _, _ in MEMBER} for r in rows]


def _papers(name: Naming, row: int, house: int) -> list[dict[str, str]]:
    """The papers that policy asks for, with what the owner's files hold of them."""
    register = name.register
    held: dict[str, dict[str, str]] = {}
    if {"files", "documents"} <= register.tables.keys():
        files = np.flatnonzero(register.reference("files", "owner_no").row == row)
        documents = np.flatnonzero(np.isin(register.reference("documents", "file_no").row, files))
        fields = [f for _, f, _, _ in PAPER if f]
        held = {name.found("documents", "doc_type", int(r)): {f: name.found("documents", f, int(r)) for f in fields} for r in documents}
    use = name.found("houses", "use", house) or "住宅"
    kinds = dict.fromkeys([*register.policy.papers(use), *held])
    return [held.get(k, {"doc_type": k}) for k in kinds if k]
