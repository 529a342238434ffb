"""Houses joined into one: one of them goes on with its owners and file; of the others the owners are closed and the files proposed for 归档.

No row is deleted (judging.md, register.md): the row of a house that was joined to another stays, without days of sale and without owners,
and its note says where it went; what stood there stands on 变更.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ownerbook.procedures.closing import close_files
from ownerbook.procedures.filing import Filing
from ownerbook.procedures.house_moves import (
    canonical_new,
    cell,
    facts,
    joined_note,
    names,
    outgrown,
    references,
    renamed,
    story,
    taking_of,
    tell_open_matters,
)
from ownerbook.procedures.houses import HouseChange, HousePart
from ownerbook.procedures.leaving import Parting
from ownerbook.procedures.registration import Act, said
from ownerbook.procedures.taking import not_said
from ownerbook.reconcile.change import NOTHING
from ownerbook.schema.words import Personal, Text

if TYPE_CHECKING:
    from ownerbook.procedures.numbers import Numbers
    from ownerbook.procedures.situation import Situation
    from ownerbook.procedures.taking import Taking
    from ownerbook.register.register import Register

_JOINED = Text("并入另一套房屋", "joined to another house")
_CLEARED = ("contract_on", "handover_on", "movein_on", "title_no")


def joined(register: Register, situation: Situation, numbers: Numbers, change: HouseChange) -> Act:
    """One bundle over all houses that are joined."""
    olds = [situation.canonical(h) or h for h in change.old]
    rows = [situation.house(h) for h in olds]
    wanted = situation.canonical(change.new[0].number) if change.new else ""
    main = olds.index(wanted) if wanted in olds else 0
    t = taking_of(register, situation, numbers, change, olds[main] if olds else "", change.act)
    if not _fit(t, change, olds, rows):
        return t.act
    number = canonical_new(t, change.new[0], set(rows))
    if number and number not in olds and t.at.house(number) >= 0:
        t.against(f"新房号 {number} 已是另一套房屋", f"{number} is another house already")
    if t.act.against or not _same_owners(t, olds, rows):
        return t.act
    owners = t.at.owners(t.row)
    who, values = names(t, owners)
    t.tell("现业主", "Owners", who or "没有现业主", who or "none", values)
    files = t.at.files(t.row)
    filing = Filing(t)
    if any(n.text("form") for n in change.papers) and files:
        filing.added(files[-1])
        t.proof = t.proof or filing.proof()
    others = [(h, r) for n, (h, r) in enumerate(zip(olds, rows, strict=True)) if n != main]
    if owners and not t.proof:
        t.tell_open("证明材料", "Proof", "没有写证明材料，采用前须写材料编号", "the paper that proves it is not said; its number is needed")
    if number != t.house:
        t.act.changes += renamed(t, t.row, number, references(register, [t.row]).get(t.row, []))
    told = "、".join(t.at.key("files", f) for f in files)
    t.tell("接续", "Goes on", f"{t.house} 由 {number} 接续{'，档案 ' + told + ' 档号不变' if told else ''}", f"{number} goes on for {t.house}")
    part = _with_areas(t, change.new[0], rows, olds)
    t.act.changes += [*facts(t, t.row, part), *outgrown(t, t.row, part)]
    for old, row in others:
        before = len(t.act.changes)
        _close(t, old, row, number)
        t.act.changes[before:] = [replace(c, house=old) for c in t.act.changes[before:]]
    tell_open_matters(t, t.row)
    t.act.stories[change.act] = story(t, f"{'、'.join(olds)} 合并为 {number}", f"{', '.join(olds)} joined as {number}")
    return t.act


def _fit(t: Taking, change: HouseChange, olds: list[str], rows: list[int]) -> bool:
    if len(olds) < 2 or len(change.new) != 1 or len(set(olds)) < len(olds):
        t.against("合并要写两个以上原房号、一个新房号", "joining has two old numbers or more and one new")
    for old, row in zip(olds, rows, strict=True):
        if row < 0:
            t.against(f"「房屋」表里没有 {old}", f"房屋 does not hold {old}")
        elif unsure := t.at.unsure(row):
            t.against(*not_said(t.at, unsure))
    if change.day is not None and change.day > t.register.today:
        t.against(f"日期 {change.day.isoformat()} 在今天之后", f"the day {change.day.isoformat()} is in the future")
    return not t.act.against


def _same_owners(t: Taking, olds: list[str], rows: list[int]) -> bool:
    sets = [frozenset(t.at.found("owners", "id_no", r) for r in t.at.owners(row)) for row in rows]
    if len(set(sets)) > 1:
        zh = f"{'、'.join(olds)} 的现业主不同，不能合并；请先办产权变更"
        t.against(zh, f"{', '.join(olds)} have different owners; change the ownership first")
    uses = {t.at.found("houses", "use", row) for row in rows}
    if len(uses) > 1:
        t.tell_open("用途", "Use", f"房屋用途不同：{'、'.join(sorted(uses))}", f"uses differ: {', '.join(sorted(uses))}")
    return not t.act.against


def _with_areas(t: Taking, part: HousePart, rows: list[int], olds: list[str]) -> HousePart:
    """The areas of the joined house: as the form says, else the sum of what was registered."""
    given = dict(part.facts)
    for name in ("floor_area", "inner_area"):
        column = t.register.column("houses", name) if t.register.tables["houses"].has(name) else None
        if not given.get(name, NOTHING).text and column is not None and all(column.ok[r] for r in rows):
            given[name] = said(round(sum(float(column.numbers[r]) for r in rows), 4))
            if name == "floor_area":
                t.tell_open("面积", "Area", f"没有写合并后的建筑面积，按 {' + '.join(olds)} 相加", "the area is the sum of what was registered")
    note = given.get("note", NOTHING).text or f"{t.day.isoformat()} 由 {'、'.join(olds)} 合并"
    return replace(part, facts={**given, "note": said(note)})


def _close(t: Taking, old: str, row: int, number: str) -> None:
    """A house that ends: its owners, files and the people who live there."""
    owners, files = t.at.owners(row), t.at.files(row)
    for one in owners:
        for name, value in (("status", "原业主"), ("owned_to", t.day)):
            change = cell(t, "owners", one, name, value, _JOINED)
            t.act.changes += [change] if change is not None else []
    who, values = names(t, owners)
    if owners:
        t.tell("转出", "Ends", f"{old}：{who} 在这一套记为原业主，{t.day.isoformat()} 止", f"{old}: {who} end on {t.day.isoformat()}", values)
    close_files(t, files, owners, Parting(leaving=owners), t.day)
    there = {t.at.found("household", "name", r) for r in t.at.members(t.row)}
    for member in t.at.members(row):
        name_ = t.at.found("household", "name", member)
        if name_ in there:
            change = cell(t, "household", member, "status", "迁出", _JOINED)
            zh = f"{{who}} 在 {number} 已登记在住，{old} 的一行记迁出"
        else:
            change = cell(t, "household", member, "house_no", number, _JOINED)
            zh = f"{{who}} 改记在 {number}"
        t.act.changes += [change] if change is not None else []
        t.tell("同住人", "Lives there", zh, zh, {"who": Personal(name_, "name")})
    for name in _CLEARED:
        if t.at.found("houses", name, row):
            change = cell(t, "houses", row, name, None, _JOINED)
            t.act.changes += [change] if change is not None else []
    note = joined_note(t.at.found("houses", "note", row), f"{t.day.isoformat()} 并入 {number}")
    for name, value in (("status", "空置"), ("note", note)):
        change = cell(t, "houses", row, name, value, _JOINED)
        t.act.changes += [change] if change is not None else []
    zh = f"{old} 的一行保留（登记簿不删行），备注写明并入 {number}，签约、交房、入住日期和产权证号清空并记入变更"
    t.tell("房屋", "House", zh, f"the row of {old} stays and says that it was joined to {number}")
