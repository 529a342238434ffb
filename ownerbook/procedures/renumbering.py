"""Houses renumbered: one, or all that a notice of new numbers names; then they are one act, told in a table and chosen once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ownerbook.procedures.house_moves import canonical_new, names, references, renamed, story, taking_of, tell_open_matters
from ownerbook.procedures.houses import HouseChange
from ownerbook.procedures.numbers import Numbers
from ownerbook.procedures.registration import Act
from ownerbook.procedures.taking import Taking
from ownerbook.reconcile.story import Story, StoryLine, StoryTable, line
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.procedures.situation import Situation
    from ownerbook.register.register import Register

HEADS = ("原房号", "新房号", "业主", "档号（不变）", "随改", "注意")


def renumbered(register: Register, situation: Situation, changes: Sequence[HouseChange]) -> list[Act]:
    """One act for all, each house a bundle; numbers that pass from house to house go together. What cannot be renumbered stays out."""
    if not changes:
        return []
    numbers = Numbers(register)
    rows = {id(c): situation.house(situation.canonical(c.old[0])) for c in changes}
    leaving = {r for r in rows.values() if r >= 0}
    chained = any(situation.house(situation.canonical(c.new[0].number)) in leaving - {rows[id(c)]} for c in changes)
    name = hashlib.sha256("\x1e".join(c.act for c in changes).encode()).hexdigest()[:12]
    refs = references(register, sorted(leaving))
    act, told, out_ = Act(), list[tuple[Taking, str, str, list[int]]](), list[Text]()
    given: dict[str, str] = {}
    for change in changes:
        old = situation.canonical(change.old[0]) or change.old[0]
        one = name if len(changes) == 1 else f"{name}.{'all' if chained else hashlib.sha256(old.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        t = taking_of(register, situation, numbers, change, old, one)
        row = rows[id(change)]
        number = _fits(t, change, old, row, leaving, given)
        if t.act.against:
            out_ += t.act.against
            continue
        if number == old:
            act.already += 1
            continue
        given[number] = old
        act.changes += renamed(t, row, number, refs.get(row, []))
        owners = t.at.owners(row)
        if len(changes) == 1:
            _tell(t, old, number, owners, row, len(refs.get(row, [])))
        tell_open_matters(t, row)
        told.append((t, old, number, owners))
    if chained and out_ and len(changes) > 1:
        act.changes = []  # numbers pass on from house to house: one that cannot go holds up the others
        why = Text("新旧房号首尾相接，其中有不能改的，整批没有采用", "the numbers pass from house to house and some cannot; none is taken")
        act.against = [*out_, why]
        return [act]
    if not told:
        act.against += out_
        if act.already:
            act.notes.append(Text("房号已经是新的，没有再改", "the numbers are the new ones already"))
        return [act]
    if len(changes) == 1:
        t, old, number, _ = told[0]
        act.house = old
        act.stories[name] = story(t, f"{old} 改号为 {number}", f"{old} becomes {number}")
    else:
        act.stories[name] = _many(told, out_, act, refs, rows, changes)
    return [act]


def _fits(t: Taking, change: HouseChange, old: str, row: int, leaving: set[int], given: dict[str, str]) -> str:
    if row < 0:
        t.against(f"「房屋」表里没有 {old}", f"房屋 does not hold {old}")
        return ""
    number = canonical_new(t, change.new[0], leaving)
    if number and number in given:
        t.against(f"新房号 {number} 同时给了 {given[number]} 和 {old}", f"{number} is given to {given[number]} and {old}")
    return number


def _tell(t: Taking, old: str, number: str, owners: list[int], row: int, refs: int) -> None:
    who, values = names(t, owners)
    t.tell("现业主", "Owners", who or "没有现业主", who or "none", values)
    files = "、".join(t.at.key("files", f) for f in t.at.files(row))
    if files:
        t.tell("档号", "Files", f"{files}，档号和题名不变，房号改为 {number}", f"{files} keep their numbers")
        zh = f"盒脊、封面上的房号须重印（ownerbook cabinet）；{old} 仍可查到"
        t.tell_open("标签", "Labels", zh, f"print spines and covers anew; {old} can still be found")
    t.tell("随改", "Follows", f"业主、家庭成员、档案等 {refs} 处房号一并改为 {number}，逐处记入变更", f"{refs} cells that name it follow")


def _many(
    told: Sequence[tuple[Taking, str, str, list[int]]], out: Sequence[Text], act: Act, refs: dict[int, list[tuple[str, int, str]]],
    rows: dict[int, int], changes: Sequence[HouseChange],
) -> Story:  # fmt: skip
    count = sum(len(refs.get(t.row, [])) for t, *_ in told)
    zh = f"名单 {len(changes)} 套：改号 {len(told)} 套，已是新号 {act.already} 套，没有采用 {len(out)} 套"
    lines: list[StoryLine] = [
        line(Text("套数", "Houses"), Text(zh, f"{len(changes)} houses: {len(told)} renumbered, {len(out)} left out")),
        line(Text("随改", "Follows"), Text(f"业主、家庭成员、档案等 {count} 处房号一并改，逐处记入变更；档号不变", f"{count} cells follow")),
        line(Text("标签", "Labels"), Text("盒脊、封面上的房号须重印；原房号仍可查到", "print spines and covers anew"), tone="open"),
    ]
    lines += [line(Text("没有采用", "Left out"), t, tone="open") for t in out]
    full: list[tuple[str, ...]] = []
    masked: list[tuple[str, ...]] = []
    for t, old, number, owners in told:
        files = "、".join(t.at.key("files", f) for f in t.at.files(t.row))
        for target, hidden in ((full, False), (masked, True)):
            who, values = names(t, owners)
            said = line(Text("", ""), Text(who, who), values)
            open_ = "；".join(n.say("zh", masked=hidden) for n in t.lines if n.tone == "open")
            target.append((old, number, said.say("zh", masked=hidden), files, f"{len(refs.get(t.row, []))} 处", open_))
    return Story(Text(f"房屋改号 {len(told)} 套", f"{len(told)} houses renumbered"), tuple(lines), StoryTable(HEADS, tuple(full), tuple(masked)))
