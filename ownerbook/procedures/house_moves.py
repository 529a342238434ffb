"""What a change of houses needs whatever its kind: the house under its new number everywhere, and what is open about its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.identifiers import house_no
from ownerbook.procedures.registration import Registration
from ownerbook.procedures.rows import checked
from ownerbook.procedures.taking import Taking
from ownerbook.reconcile.change import NOTHING, Change, Value
from ownerbook.reconcile.judging import needs_evidence
from ownerbook.reconcile.story import Story
from ownerbook.register.sheets import BY_FIELD, SHEETS
from ownerbook.schema.kinds import Reference
from ownerbook.schema.words import Personal, Text

if TYPE_CHECKING:
    from ownerbook.procedures.houses import HouseChange, HousePart
    from ownerbook.procedures.numbers import Numbers
    from ownerbook.procedures.situation import Situation
    from ownerbook.register.register import Register

_MOVED = Text("房号改了，随之而改", "follows the new number of the house")
_FACT = Text("房屋变更登记表上写的", "said on the form")
FACTS = ("floor_area", "inner_area", "layout", "use", "title_no", "note")
_PLACED = ("building", "unit", "room")
_ORDER = ("现业主", "证明材料", "接续", "新房屋", "房屋", "面积", "产权证", "用途", "转出", "档号", "新档案", "存放位置", "还缺材料", "收到材料")


def taking_of(register: Register, situation: Situation, numbers: Numbers, change: HouseChange, house: str, bundle: str) -> Taking:
    """A change of houses as something to be taken, so that the ways of registering serve it too."""
    form = Registration(house, change.origin, change.kind, papers=change.papers, day=change.day, clerk=change.clerk, appraiser=change.appraiser)
    good, _ = checked(register, [("documents", n) for n in change.papers]) if change.papers else ({}, {})
    taking = Taking(register, situation, numbers, form, good, bundle)
    taking.proof = change.evidence
    return taking


def canonical_new(t: Taking, part: HousePart, leaving: set[int]) -> str:
    """The new number as policy writes it; '' where it cannot be one, which is told. leaving: rows of 房屋 that give up their number."""
    number = t.at.canonical(part.number)
    where = f"{part.place}：" if part.place else ""
    if not number:
        t.against(f"{where}新房号「{part.number}」不合制度的房号格式", f"{where}{part.number} is no house number by policy")
        return ""
    row = t.at.house(number)
    if row >= 0 and row not in leaving:
        t.against(f"{where}新房号 {number} 已是另一套房屋", f"{where}{number} is another house already")
        return ""
    return number


def references(register: Register, rows: Sequence[int]) -> dict[int, list[tuple[str, int, str]]]:
    """Row of 房屋 → the cells (sheet, row, field) that name it."""
    out: dict[int, list[tuple[str, int, str]]] = {}
    wanted = np.asarray(sorted(rows), np.int64)
    for sheet in SHEETS:
        table = register.tables.get(sheet.field)
        if table is None:
            continue
        for column in sheet.columns:
            if isinstance(column.kind, Reference) and column.kind.sheet == "houses" and table.has(column.field):
                at = register.reference(sheet.field, column.field).row
                for row in np.flatnonzero(np.isin(at, wanted)).tolist():
                    out.setdefault(int(at[row]), []).append((sheet.field, row, column.field))
    return out


def renamed(t: Taking, row: int, number: str, refs: Sequence[tuple[str, int, str]]) -> list[Change]:
    """The house's number, the parts of it that stand beside, and every cell that names it."""
    out = [key for c in (cell(t, "houses", row, "house_no", number, None),) if c is not None for key in (replace(c, kind="key"),)]
    parts = t.register.policy.house_format.parse(number)
    for name in _PLACED:
        value = getattr(parts, name, None) if parts is not None and not parts.prefix else None
        held = t.at.found("houses", name, row)
        if (value or held) and not (value and held and house_no.same_part(held, str(value))):
            out += [c for c in (cell(t, "houses", row, name, str(value) if value else None, _MOVED),) if c is not None]
    for sheet, at, name in refs:
        out += [c for c in (cell(t, sheet, at, name, number, _MOVED),) if c is not None]
    return out


def cell(t: Taking, sheet: str, row: int, name: str, value: Value, why: Text | None) -> Change | None:
    """A cell of the act, which waits for a paper only where policy asks for one."""
    column = BY_FIELD[sheet].by_field[name]
    verdict = "evidence" if needs_evidence(sheet, column, t.register.policy) and not t.proof else "safe"
    return t.write.cell(sheet, row, name, value, why or _FACT, evidence=t.proof, verdict=verdict)  # type: ignore[arg-type]


def facts(t: Taking, row: int, part: HousePart) -> list[Change]:
    """What the form says of the house that goes on."""
    out = []
    for name in FACTS:
        s = part.facts.get(name, NOTHING)
        if s.text:
            held = t.at.found("houses", "note", row) if name == "note" else ""
            value = f"{held}；{s.text}" if held and s.text not in held else s.typed
            change = cell(t, "houses", row, name, value, _FACT)
            out += [change] if change is not None else []
            if change is not None and change.ours is not None:
                header = BY_FIELD["houses"].by_field[name].header
                t.tell("房屋", "House", f"{header.zh}：{change.ours.text or '（空）'} → {s.text}", f"{header.en}: {change.ours.text} → {s.text}")
    return out


def outgrown(t: Taking, row: int, part: HousePart) -> list[Change]:
    """Facts of the house as it was that cannot hold any more and that nobody says anew: they are cleared, and asked for."""
    out = []
    for name in ("inner_area",):
        was = t.at.found("houses", name, row)
        if was and not part.facts.get(name, NOTHING).text:
            change = cell(t, "houses", row, name, None, _FACT)
            header = BY_FIELD["houses"].by_field[name].header
            out += [change] if change is not None else []
            t.tell_open("面积", "Areas", f"没有写新的{header.zh}，原来的 {was} 清空，请补登", f"no new {header.en} is said; {was} is cleared")
    return out


def tell_open_matters(t: Taking, row: int) -> None:
    """Loans, rectifications and holds of the house's files, which go on under the same 档号; what is printed on boxes."""
    files = t.at.files(row)
    for file in files:
        number = t.at.key("files", file)
        if (loan := t.at.loan(file)) >= 0:
            who = {"who": Personal(t.at.found("loans", "borrower", loan), "name")}
            zh = f"{number} 正借出（{t.at.key('loans', loan)}，{{who}}），借阅照旧，归还时请一并换标签"
            t.tell_open("借阅", "Loan", zh, f"{number} is lent ({t.at.key('loans', loan)}, {{who}}); the loan goes on", who)
        for audit in t.at.rectifications(file):
            zh = f"{number} 有未结整改（{t.at.key('audits', audit)}），照旧"
            t.tell_open("整改", "Rectification", zh, f"{number} has an open rectification ({t.at.key('audits', audit)}), which goes on")
        if t.at.held_back(file):
            t.tell_open("暂缓处置", "On hold", f"{number} 暂缓处置，照旧", f"{number} is on hold, which goes on")


def story(t: Taking, zh: str, en: str) -> Story:
    """The act in words, in the order of a counter."""
    from ownerbook.procedures.telling import story_of

    lines = sorted(story_of(t).lines, key=lambda n: _ORDER.index(n.label.zh) if n.label.zh in _ORDER else len(_ORDER))
    return Story(Text(zh, en), tuple(lines))


def names(t: Taking, rows: Sequence[int]) -> tuple[str, dict[str, object]]:
    """Owners for a line of a story: a template and its values."""
    values: dict[str, object] = {f"n{i}": Personal(t.at.found("owners", "name", r), "name") for i, r in enumerate(rows)}
    return "、".join(f"{{n{i}}}（{t.at.key('owners', r)}）" for i, r in enumerate(rows)), values


def joined_note(held: str, more: str) -> str:
    """A note with a sentence more."""
    return f"{held}；{more}" if held else more
