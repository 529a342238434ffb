"""A house divided: one part goes on as the house that was, with its file; the others are new houses of the same owners, with files of their own.

Who owns which part from then on is another act, by the registration form.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ownerbook.procedures.batch import parts_of
from ownerbook.procedures.filing import Filing
from ownerbook.procedures.house_moves import (
    FACTS,
    canonical_new,
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
from ownerbook.procedures.registration import Act, Line, said
from ownerbook.procedures.taking import not_said
from ownerbook.reconcile.change import NOTHING, Said
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.procedures.numbers import Numbers
    from ownerbook.procedures.situation import Situation
    from ownerbook.procedures.taking import Taking
    from ownerbook.register.register import Register

_PART = Text("分割出来的房屋", "a part of the house that was divided")
_SAME = Text("分割后的房屋仍是同一业主", "the part belongs to the same owner")
_OF_FIRST_SALE = ("contract_on", "handover_on", "movein_on", "status", "use")
_OWN = ("owner_no", "house_no", "owned_from", "owned_to", "registered_on", "registered_by")


def divided(register: Register, situation: Situation, numbers: Numbers, change: HouseChange) -> Act:
    """One bundle: the house that goes on, the new houses, their owners and files."""
    old = situation.canonical(change.old[0]) if change.old else ""
    t = taking_of(register, situation, numbers, change, old or (change.old[0] if change.old else ""), change.act)
    if not _fit(t, change, old):
        return t.act
    found = {p.number: canonical_new(t, p, {t.row}) for p in change.new}
    if t.act.against:
        return t.act
    parts = [(found[p.number], p) for p in change.new]
    if len({n for n, _ in parts}) < len(parts):
        t.against("分割后的房号有重复", "two parts have the same number")
        return t.act
    goes_on, part = next(((n, p) for n, p in parts if n == old), parts[0])
    owners = t.at.owners(t.row)
    who, values = names(t, owners)
    t.tell("现业主", "Owners", f"{who or '没有现业主'}，分割后各套仍登记为他们", f"{who}: each part stays theirs", values)
    _areas(t, parts)
    filing = Filing(t)
    files = t.at.files(t.row)
    if any(n.text("form") for n in change.papers) and files:
        filing.added(files[-1])
        t.proof = t.proof or filing.proof()
    if goes_on != old:
        t.act.changes += renamed(t, t.row, goes_on, references(register, [t.row]).get(t.row, []))
    note = part.facts.get("note", NOTHING).text or f"{t.day.isoformat()} 由 {old} 分割"
    t.act.changes += facts(t, t.row, replace(part, facts={**part.facts, "note": said(note)}))
    t.act.changes += outgrown(t, t.row, part)
    told = "、".join(t.at.key("files", f) for f in files)
    t.tell("接续", "Goes on", f"{old} 由 {goes_on} 接续{'，档案 ' + told + ' 档号不变' if told else ''}", f"{goes_on} goes on for {old}")
    for number, one in parts:
        if number != goes_on:
            _new_house(t, numbers, change, number, one, owners, old)
    members = t.at.members(t.row)
    if members:
        zh = f"登记在住的 {len(members)} 人仍记在 {goes_on}，住在别的部分的请另办"
        t.tell_open("同住人", "Lives there", zh, f"{len(members)} people stay at {goes_on}; whoever lives in another part is changed by a form")
    tell_open_matters(t, t.row)
    t.act.stories[change.act] = story(t, f"{old} 分割为 {'、'.join(n for n, _ in parts)}", f"{old} divided into {', '.join(n for n, _ in parts)}")
    return t.act


def _fit(t: Taking, change: HouseChange, old: str) -> bool:
    if len(change.old) != 1 or len(change.new) < 2:
        t.against("分割要写一个原房号、两个以上新房号", "a division has one old number and two new ones or more")
    elif t.row < 0:
        t.against(f"「房屋」表里没有 {old or change.old[0]}", f"房屋 does not hold {old or change.old[0]}")
    elif unsure := t.at.unsure(t.row):
        t.against(*not_said(t.at, unsure))
    for part in change.new:
        area = part.facts.get("floor_area", NOTHING).value
        if not isinstance(area, int | float) or area <= 0:
            where = f"{part.place}：" if part.place else ""
            t.against(f"{where}{part.number} 没有写建筑面积", f"{where}the floor area of {part.number} is not said")
    if change.day is not None and change.day > t.register.today:
        t.against(f"日期 {change.day.isoformat()} 在今天之后", f"the day {change.day.isoformat()} is in the future")
    return not t.act.against


def _areas(t: Taking, parts: list[tuple[str, HousePart]]) -> None:
    """Whether the parts come to what was there; a wall takes something, so only what is clearly off is told."""
    column = t.register.column("houses", "floor_area")
    was = float(column.numbers[t.row]) if column.ok[t.row] else 0.0
    told = [float(str(p.facts["floor_area"].value)) for _, p in parts]
    zh = f"建筑面积 {was:g} → {'、'.join(f'{n} {a:g}' for (n, _), a in zip(parts, told, strict=True))}"
    off = was > 0 and abs(sum(told) - was) > 0.01 * was
    (t.tell_open if off else t.tell)("面积", "Areas", zh + (f"，合计 {sum(told):g} 与原面积不符" if off else ""), f"{was:g} → {told}")
    if t.at.found("houses", "title_no", t.row) and not any(p.facts.get("title_no") for _, p in parts):
        t.tell_open("产权证", "Title", "没有写分割后的不动产权证号，登记簿上仍是分割前的", "the new titles are not said")


def _new_house(t: Taking, numbers: Numbers, change: HouseChange, number: str, part: HousePart, owners: list[int], old: str) -> None:
    table = t.register.tables["houses"]
    values: dict[str, Said] = {}
    for name in _OF_FIRST_SALE:
        text = t.at.found("houses", name, t.row)
        if text:
            values[name] = Said(text, table.held(name, t.row))
    values |= {f: s for f, s in part.facts.items() if f in FACTS and s.text}
    values |= {f: said(v) for f, v in parts_of(t.register, number).items()} | {"house_no": said(number)}
    values["note"] = said(joined_note(part.facts.get("note", NOTHING).text, f"{t.day.isoformat()} 由 {old} 分割"))
    t.act.changes.append(replace(t.write.new("houses", values, _PART), house=number))
    keys = [_owner(t, numbers, row, number) for row in owners]
    t.tell("新房屋", "New house", f"{number}，业主 {'、'.join(keys) or '无'}", f"{number}, owners {', '.join(keys) or 'none'}")
    if not owners:
        return
    of = {f: Said(text, None) for f in ("name", "kind", "id_type", "id_no") if (text := t.at.found("owners", f, owners[0]))}
    line = Line(of)
    other = taking_of(t.register, t.at, numbers, replace(change, papers=()), number, t.write.bundle)
    other.form = replace(other.form, owners=(line,), of_house={"use": values["use"]} if "use" in values else {})
    other.good = {id(line): of}
    Filing(other).opened(keys[0], line)
    t.act.changes += [replace(c, verdict="safe") for c in other.act.changes]
    t.act.owed = tuple(dict.fromkeys([*t.act.owed, *other.act.owed]))
    t.lines += other.lines


def _owner(t: Taking, numbers: Numbers, row: int, number: str) -> str:
    """The owner again, at the new house (register.md 业主: one number per owner and house)."""
    table, key = t.register.tables["owners"], numbers.next("owners")
    values: dict[str, Said] = {}
    for column in BY_FIELD["owners"].columns:
        if column.field not in _OWN and table.has(column.field) and (text := t.at.found("owners", column.field, row)):
            held = table.held(column.field, row)
            day = t.held_day("owners", column.field, row) if column.field in ("id_until", "consent_on", "need_consent_on") else None
            values[column.field] = Said(text, day if isinstance(day, date) else held)
    values |= {"owner_no": said(key), "house_no": said(number), "owned_from": said(t.day), "registered_on": said(t.day)}
    values |= {"registered_by": said(t.form.clerk)}
    t.act.changes.append(replace(t.write.new("owners", values, _SAME), house=number))
    return key
