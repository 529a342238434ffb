"""What a column may be, judged; and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ownerbook.adopt.heads import Head
from ownerbook.adopt.shapes import Profile

_HOUSE = ("houses.house_no", "houses.room")


@dataclass(slots=True)
class Guess:
    """What a column may be, judged: the field, whose, which person, how sure, and why."""

    field: str
    role: str
    number: int
    confidence: float
    reasons: list[str]


@dataclass(slots=True)
class Candidate:
    """A column and its guesses, likeliest first. codes: what its values mean."""

    head: Head
    profile: Profile
    guesses: list[Guess] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)


def neighbours(columns: list[Candidate]) -> None:
    """What stands beside a column: a few short marks left of rooms are buildings; a phone right of a contact may be the contact's."""
    _number_over_columns(columns)
    tops = [c.guesses[0] if c.guesses else None for c in columns]
    house = next((i for i, g in enumerate(tops) if g and g.field in _HOUSE and g.confidence >= 0.6), None)
    if house is not None and not any(g and g.field == "houses.building" for g in tops):
        rooms = columns[house].profile
        for i in range(max(0, house - 3), house):
            p = columns[i].profile
            weak = tops[i] is None or tops[i].confidence < 0.4  # type: ignore[union-attr]
            few = p.n >= 3 and p.share("part", "room", "small") >= 0.9 and p.distinct <= 0.3
            if weak and few and not columns[i].head.text and rooms.share("number", "room") >= 0.5:
                columns[i].guesses = [Guess("houses.building", "", 1, 0.66, ["没有表头", "内容像楼栋，右边是房号"])]
                break
    told = any(g and g.field == "owners.phone" and g.role == "owner" for g in tops)
    for i in range(1, len(columns)):
        left, here = tops[i - 1], tops[i]
        stranger = left is not None and (left.field in ("own.contact", "own.agent", "own.other", "household.name") and left.confidence >= 0.6)
        if told and stranger and here and here.field == "owners.phone" and not here.role:
            of = Guess("household.phone", left.role, 1, 0.7, []) if left and left.field == "household.name" else Guess("own.contact", "", 1, 0.7, [])
            of.reasons = [*here.reasons, "左边是另一个人，业主的电话另有一列"]
            columns[i].guesses = [of]
    for i in range(1, len(columns)):
        left, here = tops[i - 1], tops[i]
        if left and here and left.field == "own.contact" and here.field == "owners.phone" and here.confidence >= 0.8:
            here.confidence = 0.78
            here.reasons.append("左边是联系人，也可能是联系人的电话")


def _number_over_columns(columns: list[Candidate]) -> None:
    """房号 over two or three columns: the building, the unit, the room."""
    for i, column in enumerate(columns):
        top = column.guesses[0] if column.guesses else None
        if top is None or top.field not in _HOUSE or column.profile.share("house") > 0.3:
            continue
        run = [column]
        for further in columns[i + 1 : i + 3]:
            mine = further.head.spread and further.head.text == column.head.text
            if not (mine or not further.head.text) or not further.profile.n:
                break
            run.append(further)
        if len(run) == 3 and run[2].profile.share("number", "room", "small", "house") < 0.6:
            run = run[:2]
        if len(run) < 2 or any(c.profile.share("part", "small", "room", "number") < 0.8 for c in run):
            continue
        if not column.head.spread and not run[1].head.spread and (column.profile.distinct > 0.5 or run[-1].profile.share("number", "room") < 0.6):
            continue
        sure = 0.9 if run[1].head.spread else 0.7
        names = ["houses.building", "houses.unit", "houses.room"] if len(run) == 3 else ["houses.building", "houses.room"]
        why = f"「{column.head.text}」占 {len(run)} 列：楼栋{'、单元' if len(run) == 3 else ''}、室"
        for part, name in zip(run, names, strict=True):
            part.guesses = [Guess(name, "", 1, sure, [why])]
        return
