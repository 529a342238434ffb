"""Registration forms as acts: each is one bundle over owners, household, house, file and papers. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ownerbook.procedures.entering import enter_members, enter_owners, of_form
from ownerbook.procedures.filing import Filing
from ownerbook.procedures.house_cells import found_house, of_house
from ownerbook.procedures.numbers import Numbers
from ownerbook.procedures.registration import FIRST, TENANCY, Act, Line, Registration
from ownerbook.procedures.rows import checked
from ownerbook.procedures.situation import Situation
from ownerbook.procedures.taking import Taking
from ownerbook.procedures.telling import story_of
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.register.register import Register


_FACTS = ("owners", "household", "files")
"""Sheets whose new rows rest on a paper that came with the form."""


def register_owners(register: Register, forms: Sequence[Registration], numbers: Numbers | None = None) -> list[Act]:
    """What becomes of forms, in their order; each is one bundle with its story. A change of ownership goes to `transferring`, the page for
    tenants to `tenancy`.

    numbers: gives numbers over several calls; without it a new one. Raises nothing for what staff write.
    """
    numbers, situation = numbers or Numbers(register), Situation(register)
    lines = [(sheet, n) for f in forms for sheet, some in _by_sheet(f) for n in some]
    lines += [("houses", Line(f.of_house, "房屋")) for f in forms]
    good, wrong = checked(register, lines)
    houses = {id(f): good[id(n)] for f, (_, n) in zip(forms, lines[len(lines) - len(forms) :], strict=True)}
    out: list[Act] = []
    taken: dict[str, Registration] = {}
    newer = _replaced(situation, forms)
    for form in forms:
        house = situation.canonical(form.house)
        other = taken.get(house)
        if id(form) in newer:
            name = _named(newer[id(form)])
            out.append(Act(house, notes=[Text(f"{house}：已由重新交来的 {name} 代替", f"{house}: {name}, handed in later, takes its place")]))
            continue
        if house and other is not None and form.reason != TENANCY:
            same = _says(form) == _says(other)
            told = _twice(house, other, same=same)
            out.append(Act(house, notes=[told]) if same else Act(house, against=[told]))
            continue
        taking = Taking(register, situation, numbers, replace(form, of_house=houses[id(form)]), good, form.bundle)
        act = _taken(taking)
        refused = [t for line in (*form.owners, *form.members, *form.papers, *form.current, form.helper) for t in wrong.get(id(line), [])]
        for t in refused:
            taking.tell_open("未采用", "Not taken", t.zh, t.en)
        if not act.changes:
            act.notes += refused
        elif taking.write.bundle in {c.bundle for c in act.changes}:
            act.stories[taking.write.bundle] = story_of(taking)
        if act.changes and form.reason != TENANCY:
            taken[house] = form
        out.append(act)
    return out


def _by_sheet(f: Registration) -> tuple[tuple[str, Sequence[Line]], ...]:
    people = "household" if f.reason == TENANCY else "owners"
    return ("owners", f.owners), ("household", f.members), ("documents", f.papers), (people, f.current), ("household", (f.helper,))


def _taken(t: Taking) -> Act:
    from ownerbook.procedures.tenancy import tenants
    from ownerbook.procedures.transferring import transfer

    if t.form.reason == FIRST:
        act = registered(t)
    else:
        act = tenants(t) if t.form.reason == TENANCY else transfer(t)
    paper = t.proof or Filing(t).form_paper()
    if paper:  # the history names it beside the new rows too
        act.changes = [replace(c, evidence=paper) if c.kind == "new" and c.sheet in _FACTS and not c.evidence else c for c in act.changes]
    return act


def _says(f: Registration) -> tuple[object, ...]:
    """All that a form says, whatever file it stands in."""
    lines = (*f.owners, *f.members, *f.papers, *f.current, f.helper)
    return f.reason, f.case, dict(f.of_house), [dict(n.values) for n in lines], f.lease, f.day, f.since, f.clerk, f.appraiser


def _alike(a: Registration, b: Registration) -> bool:
    """Whether two forms are about the same people in the same order. A number may be what was corrected, or a name: one of them is the same."""
    if [(n.text("owner_no"), n.text("going")) for n in a.current] != [(n.text("owner_no"), n.text("going")) for n in b.current]:
        return False
    return len(a.owners) == len(b.owners) and all(_one(m, n) for m, n in zip(a.owners, b.owners, strict=True))


def _one(a: Line, b: Line) -> bool:
    pairs = [(a.text(f), b.text(f)) for f in ("id_no", "name", "owner_no")]
    return any(x and x == y for x, y in pairs) or not any(x or y for x, y in pairs)


def _replaced(situation: Situation, forms: Sequence[Registration]) -> dict[int, Registration]:
    """id of a form → one that comes after it, corrected: of the same house and matter, by the same file name or about the same people, and
    saying something else. The same said twice is no correction, and other people from another file are for somebody to decide."""
    out: dict[int, Registration] = {}
    latest: dict[tuple[str, bool], Registration] = {}
    for f in forms:
        key = situation.canonical(f.house), f.reason == TENANCY
        before = latest.get(key)
        if key[0] and before is not None and before.origin.fingerprint != f.origin.fingerprint and _says(before) != _says(f):
            alike = before.origin.name == f.origin.name or _alike(before, f)
            if alike and not key[1]:
                out[id(before)] = f
            elif not alike:
                continue
        elif before is not None:
            continue
        latest[key] = f
    return out


def _named(f: Registration) -> str:
    return f"{f.origin.name} {f.origin.place}".strip()


def _twice(house: str, other: Registration, *, same: bool) -> Text:
    """A second form for a house in one round."""
    name = _named(other)
    if same:
        return Text(f"{house}：与 {name} 内容相同，只办一次", f"{house}: the same as {name}; it is done once")
    zh = f"{house}：{name} 先交来，正等着办；请先办完那一份，或在变更方案上给那一份选 保留，再交这一份"
    en = f"{house}: {name} came first and waits; finish that one first, or choose 保留 for it in the plan and hand this one in again"
    return Text(zh, en)


def _registered_already(t: Taking, owners: Sequence[int], who: str) -> None:
    """A form that was handed in before is only told; one that says something else of the same people is not taken."""
    why = Text("登记表", "the form")
    pairs = [(row, n) for n in t.form.owners if (row := t.known(n, owners)) >= 0]
    other = [f for row, n in pairs for f, v in t.good[id(n)].items() if v.text and t.write.cell("owners", row, f, v.typed, why) is not None]
    if not other:
        t.note(f"{t.house} 的业主已经登记（{who}），没有再登记", f"{t.house}: registered already ({who})")
        return
    heads = [BY_FIELD["owners"].by_field[f].header for f in dict.fromkeys(other)]
    zh = f"{t.house} 的业主已经登记（{who}），表上的{'、'.join(h.zh for h in heads)}与登记簿不同；信息有变化请用信息变更登记表"
    t.against(zh, f"{t.house}: registered already ({who}) with another {', '.join(h.en for h in heads)}; use the form for changes")


def registered(t: Taking) -> Act:
    """A first registration."""
    if not t.fit():
        return t.act
    owners = t.at.owners(t.row)
    new = [n for n in t.form.owners if t.known(n, owners) < 0]
    who = "、".join(t.at.key("owners", r) for r in owners)
    if not t.form.owners:
        t.against("没有写业主；产权变了请在「登记原因」选择", "no owner is named; where ownership changed choose the reason on the form")
    elif owners and not new:
        t.act.already = len(t.form.owners)
        _registered_already(t, owners, who)
    elif owners:
        zh = f"{t.house} 已有现业主（{who}）；产权变了请在「登记原因」选买卖、继承、赠与、离婚或份额变更"
        t.against(zh, f"{t.house} has current owners ({who}); where ownership changed choose the reason on the form")
    if owners or not t.form.owners:
        return t.act
    t.act.changes += found_house(t)
    main = next((n for n in t.form.owners if t.value(n, "primary") == "是"), t.form.owners[0])
    keys = enter_owners(t, list(t.form.owners), t.since(), main=main, several=len(t.form.owners) > 1)
    filing = Filing(t)
    filing.opened(keys[0], t.form.owners[0])
    enter_members(t, of_form(t))
    t.act.changes += of_house(t, first=True, evidence=filing.form_paper())
    return t.act
