"""A developer's list of houses handed over: each house one bundle, all of them one act that is read and chosen once. Pure.

A house whose row is not certain in every cell stays out and is told with its cell; the others go. What the register holds already is
counted and not asked again, so that a corrected list may be handed in whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from ownerbook.procedures.batch_rows import against_rows
from ownerbook.procedures.batch_story import Outcome, story_of_list
from ownerbook.procedures.numbers import Numbers
from ownerbook.procedures.registering import register_owners
from ownerbook.procedures.registration import Act, Line, Registration, said
from ownerbook.procedures.rows import Writing, checked
from ownerbook.procedures.situation import Situation
from ownerbook.reconcile.change import NOTHING, Change, Origin, Said, in_words
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.register.register import Register

USES = {"S": "商铺", "P": "车位", "C": "储藏室", "B": "办公"}
"""房屋用途 by the letter that begins a number (register.md 房屋)."""
_OWED_PLACE = Text("「位置」里没有空位，先登记档案，存放位置以后补登", "no place has room; the file is entered, its place follows later")
_LISTED = Text("名单上的房屋", "a house of the list")
_BLANK_THERE = Text("登记簿空着，名单上有", "blank in the register, said by the list")
_FILLED = ("layout", "floor_area", "inner_area", "use")


@dataclass(frozen=True)
class HandoverRow:
    """One house of a list, as it was read.

    house: 房号 as written. place: its first cell there, such as 交房清单!A12. of_house: by field of 房屋; cells: the cell of each of these.
    owners, members, papers: a line each; number_cells: 证件号码 and 联系电话 of an owner as (field, position) → cell. against: cells of the row
    that cannot be taken. doubled: other rows that name the house again.
    """

    house: str
    place: str
    of_house: Mapping[str, Said] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    owners: tuple[Line, ...] = ()
    members: tuple[Line, ...] = ()
    papers: tuple[Line, ...] = ()
    number_cells: Mapping[tuple[str, int], str] = field(default_factory=dict)
    against: tuple[Text, ...] = ()
    doubled: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandoverList:
    """A list as it was read. clerk, day, since: 登记人, 登记日期, 取得日期 for all; refused: why nothing of it is taken; notes: more to say."""

    origin: Origin
    rows: tuple[HandoverRow, ...] = ()
    clerk: str = ""
    day: date | None = None
    since: date | None = None
    refused: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def act(self) -> str:
        """Names the act of the list: the same file gives the same name."""
        raw = f"handover\x1e{self.origin.fingerprint or self.origin.name}"
        return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def hand_over(register: Register, lists: Sequence[HandoverList], numbers: Numbers | None = None, *, taken: Collection[str] = ()) -> list[Act]:
    """What becomes of lists, an act each in their order. A house that stands on several lists is taken from the last. taken: houses that a
    form of the same round registers. Raises nothing for what staff or the developer wrote."""
    numbers, situation = numbers or Numbers(register), Situation(register)
    last: dict[str, int] = {}
    for n, one in enumerate(lists):
        if not one.refused:
            last |= {h: n for r in one.rows if (h := situation.canonical(r.house))}
    return [_one(register, situation, numbers, one, {h for h, at in last.items() if at > n}, set(taken)) for n, one in enumerate(lists)]


def _one(register: Register, situation: Situation, numbers: Numbers, given: HandoverList, later: set[str], taken: set[str]) -> Act:
    act = Act(notes=list(given.notes), against=list(given.refused))
    if given.refused:
        return act
    outcomes: list[Outcome] = []
    forms: list[tuple[Outcome, Registration]] = []
    bare: list[tuple[Outcome, HandoverRow]] = []
    wrong = against_rows(register, given.rows, register.today)
    superseded = 0
    for row in given.rows:
        house = situation.canonical(row.house)
        if house and house in later:
            superseded += 1
            continue
        out = Outcome(house or row.house, row.place, row)
        outcomes.append(out)
        out.against = [*row.against, *wrong.get(id(row), [])]
        if house and house in taken:
            other = Text("同时收到这套房的业主登记表，以登记表为准", "a registration form for this house came as well; the form counts")
            out.against.append(Text(f"{row.place}：{other.zh}", f"{row.place}: {other.en}"))
        if out.against:
            continue
        if row.owners:
            forms.append((out, _form(register, given, row, house)))
        else:
            bare.append((out, row))
    for (out, form), made in zip(forms, register_owners(register, [f for _, f in forms], numbers), strict=True):
        _taken(register, situation, out, form, made)
    for (out, row), values in zip(bare, _bare_values(register, bare), strict=True):
        _without_owner(register, situation, given, out, row, values)
    if superseded:
        act.notes.append(Text(f"{superseded} 户以后一份名单为准", f"{superseded} houses stand on a later list, which counts"))
    for out in outcomes:
        act.changes += out.changes
        act.already += out.already
        act.owed = tuple(dict.fromkeys([*act.owed, *out.owed]))
    story = story_of_list(register, given, outcomes)
    if act.changes:
        act.stories[given.act] = story
    else:
        act.notes += [t.full for t in story.lines]
    return act


def _form(register: Register, given: HandoverList, row: HandoverRow, house: str) -> Registration:
    of_house = {f: s for f, s in row.of_house.items() if f != "house_no"}
    if "use" not in of_house and (use := USES.get(house[:1], "")) and not house[:1].isdigit():
        of_house["use"] = said(use)
    return Registration(
        house=house,
        origin=replace(given.origin, place=row.place),
        of_house=of_house,
        owners=row.owners,
        members=row.members,
        papers=row.papers,
        day=given.day,
        since=given.since,
        clerk=given.clerk,
        new_house=True,
        act=_bundle(given, house),
    )


def _bundle(given: HandoverList, house: str) -> str:
    return f"{given.act}.{hashlib.sha256(house.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _taken(register: Register, situation: Situation, out: Outcome, form: Registration, made: Act) -> None:
    """What the registration of a house came to."""
    out.against = [t if "!" in t.zh.partition("：")[0] else Text(f"{out.place}：{t.zh}", f"{out.place}: {t.en}") for t in made.against]
    out.already, out.owed = made.already, made.owed
    story = made.stories.get(form.bundle)
    out.told = [n for n in story.lines if n.tone == "open"] if story is not None else []
    if made.against:
        return
    changes = [_placed(c) for c in made.changes]
    row = situation.house(out.house)
    if row >= 0:
        write = Writing(register, form.origin, out.house, form.bundle)
        filled, differ = _facts(register, write, row, form.of_house)
        changes += filled if changes else []
        out.differ = differ
    out.changes = changes


def _placed(c: Change) -> Change:
    """A file without a place is entered all the same: who has moved in does not wait for a cabinet. It is told, and `check` finds it."""
    return replace(c, verdict="safe", why=_OWED_PLACE) if c.sheet == "files" and c.kind == "new" and c.verdict == "question" else c


def _facts(register: Register, write: Writing, row: int, given: Mapping[str, Said]) -> tuple[list[Change], list[Text]]:
    """Facts of a house that is there: blanks are filled, what differs is told and left as it is."""
    table, filled, differ = register.tables["houses"], list[Change](), list[Text]()
    for name in _FILLED:
        s = given.get(name, NOTHING)
        if not s.text or not table.has(name):
            continue
        held = table.found(name, row).strip()
        if not held:
            change = write.cell("houses", row, name, s.value if s.value is not None else s.text, _BLANK_THERE)
            filled += [change] if change is not None else []
        elif write.cell("houses", row, name, s.value if s.value is not None else s.text) is not None:
            header = BY_FIELD["houses"].by_field[name].header
            zh = f"{header.zh} 登记簿是 {held}，名单是 {in_words(s.typed)}，没有改"
            differ.append(Text(zh, f"{header.en} is {held} in the register and {in_words(s.typed)} on the list; not changed"))
    return filled, differ


def _bare_values(register: Register, bare: Sequence[tuple[Outcome, HandoverRow]]) -> list[Mapping[str, Said]]:
    lines = [("houses", Line(r.of_house, r.place)) for _, r in bare]
    good, _ = checked(register, lines) if lines else ({}, {})
    return [good[id(n)] for _, n in lines]


def _without_owner(register: Register, situation: Situation, given: HandoverList, out: Outcome, row: HandoverRow, values: Mapping[str, Said]) -> None:
    """A house that is not sold: its row on 房屋 is founded, and nothing else."""
    at = situation.house(out.house)
    if at >= 0:
        out.already, out.unsold = 1, True
        return
    status = values.get("status", NOTHING).text
    if status not in ("", "未售"):
        zh = f"{row.place}：房屋状态是 {status}，没有写业主"
        out.against.append(Text(zh, f"{row.place}: the status is {status} and no owner is named"))
        return
    if values.get("contract_on", NOTHING).text or values.get("movein_on", NOTHING).text:
        out.against.append(Text(f"{row.place}：写了签约或入住日期，没有写业主", f"{row.place}: a contract's day and no owner"))
        return
    made = {f: s for f, s in values.items() if f != "house_no"}
    made |= {f: said(v) for f, v in parts_of(register, out.house).items() if f not in made}
    made.setdefault("use", said(USES.get(out.house[:1], "住宅")))
    made |= {"house_no": said(out.house), "status": said("未售")}
    write = Writing(register, replace(given.origin, place=row.place), out.house, _bundle(given, out.house))
    out.changes, out.unsold = [write.new("houses", made, _LISTED)], True


def parts_of(register: Register, house: str) -> dict[str, str]:
    """楼栋, 单元 and 室号 in a number; nothing for shops, parking places and the like (judging.md §3)."""
    parts = register.policy.house_format.parse(house)
    if parts is None or parts.prefix:
        return {}
    return {f: str(v) for f in ("building", "unit", "room") if (v := getattr(parts, f))}
