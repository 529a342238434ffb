"""What a row's cells of people split into: `温某 李某` with two documents and two phones are two persons of one house.

Nothing is invented: numbers go to the person beside whom they stand, or in equal count one each; what does not come out even is
left over, with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ownerbook.adopt.grid import Cell
from ownerbook.identifiers import company_name, document, owners_cell
from ownerbook.identifiers.damage import is_blank
from ownerbook.identifiers.owners_cell import OWNER, Person
from ownerbook.identifiers.phone import canonical
from ownerbook.identifiers.phone_text import numbers
from ownerbook.schema.cells import Kind

_BETWEEN = re.compile(r"[\s、，,;；/\\|&\n]+")
_NAME = re.compile(
    r"[\u3400-\u9fff\U00020000-\U000323af]{2,4}(?:\s*[(\uff08【\[][^()\uff08\uff09]{1,8}[)\uff09】\]])?"
    r"|[\u3400-\u9fff]+[·•][\u3400-\u9fff]+"
)
_ID = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{15}|[A-Za-z]{1,2}[0-9]{7,9}|[0-9A-Z]{18})(?![0-9A-Za-z])")
_LEADING = re.compile(r"(\+?[0-9][0-9 -]{5,}[0-9])\s*[、，,;；/]\s*(?=[\u3400-\u9fff]{2,4}(?:[(（][^()（）]{1,6}[)）])?\s*[:：])")
RESIDENT_WORD = "身份证"


@dataclass(frozen=True, slots=True)
class Part:
    """A value taken from a cell. whole: the cell as it stands; else `text`. how: split, header."""

    cell: Cell
    text: str
    whole: bool = True
    how: str = ""


@dataclass(slots=True)
class Someone:
    """One person of a row. relation: 业主, a value of 与业主关系, or '' where the cell does not say."""

    parts: dict[str, Part] = field(default_factory=dict)
    relation: str = ""
    relation_at: Cell | None = None
    split: bool = False


@dataclass(slots=True)
class Left:
    """What of a cell could not be placed."""

    cell: Cell
    text: str
    reason: str


@dataclass(slots=True)
class Split:
    """What a row's cells of people come to. others: people named beside a number who are none of those that the row names here."""

    people: list[Someone]
    left: list[Left]
    others: list[Someone] = field(default_factory=list)


def split(cells: Mapping[str, Cell], *, spare_phone: bool = True) -> Split:
    """The people of one row and place (owners, tenants …). cells: name, phone, phone2, id_no, share … as the row has them.

    spare_phone: a second number may become 备用电话.
    """
    left: list[Left] = []
    people = _named(cells, left)
    others: list[Someone] = []
    _documents(people, cells.get("id_no"), left, others)
    _phones(people, cells.get("phone"), left, spare_phone and "phone2" not in cells, others)
    _even(people, "share", cells.get("share"), left)
    for attribute, cell in cells.items():
        if attribute == "phone2":
            _second_phone(people, cell, left)
        elif attribute not in ("name", "phone", "id_no", "share"):
            people[0].parts.setdefault(attribute, Part(cell, cell.text.strip()))
    return Split([p for p in people if p.parts], left, others)


def _named(cells: Mapping[str, Cell], left: list[Left]) -> list[Someone]:
    cell = cells.get("name")
    if cell is None:
        return [Someone()]
    text = cell.text.strip()
    if cell.kind != Kind.TEXT or company_name.looks_like_company(text):
        return [Someone({"name": Part(cell, text)})]
    parsed = owners_cell.parse(text)
    if any(p.has_number for p in parsed) and any(p.name for p in parsed):
        return _from_parsed(cell, parsed, left)
    pieces = [p for p in _BETWEEN.split(text) if p]
    others = max(
        (len(_ID.findall(cells[a].text)) if a == "id_no" else len(numbers(cells[a].text)[0]) for a in ("id_no", "phone") if a in cells), default=0
    )
    several = len(pieces) > 1 and not all(len(p) == 1 for p in pieces)
    if several and (all(_NAME.fullmatch(p) for p in pieces) or (len(pieces) == others and not text.isascii())):
        out = []
        for piece in pieces:
            found = owners_cell.parse(piece)
            one = found[0] if len(found) == 1 and found[0].name and not found[0].leftover else Person(name=piece)
            out.append(Someone({"name": Part(cell, one.name, False, "split")}, one.relation, cell, True))
        return out
    return [Someone({"name": Part(cell, text)})]


def _from_parsed(cell: Cell, parsed: list[Person], left: list[Left], *, keep_rest: bool = True) -> list[Someone]:
    out = []
    for person in parsed:
        someone = Someone({}, person.relation, cell, True)
        if person.name:
            someone.parts["name"] = Part(cell, person.name, False, "split")
        for name, number in zip(("phone", "phone2"), person.phones, strict=False):
            someone.parts[name] = Part(cell, number, False, "split")
        for number in person.phones[2:]:
            left.append(Left(cell, number, "一人有两个以上电话"))
        if person.ids:
            someone.parts["id_no"] = Part(cell, person.ids[0], False, "split")
        for number in person.ids[1:]:
            left.append(Left(cell, number, "一人有两个证件号"))
        if keep_rest and person.leftover.strip():
            left.append(Left(cell, person.leftover.strip(), "格里另有文字"))
        if someone.parts:
            out.append(someone)
    return out or [Someone()]


def _documents(people: list[Someone], cell: Cell | None, left: list[Left], others: list[Someone]) -> None:
    if cell is None:
        return
    text = cell.text.strip()
    found = [m[0] for m in _ID.finditer(text)]
    rest = re.sub(r"[\s、，,;；/\\|&\n]+", "", _ID.sub("", text))
    if found and rest and cell.kind == Kind.TEXT:
        parsed = owners_cell.parse(text)
        if any(p.name and p.ids for p in parsed):
            _beside_names(people, cell, parsed, left, others)
            return
    if len(found) < 2 or rest:
        people[0].parts.setdefault("id_no", Part(cell, text))
        if people[0].parts["id_no"].cell is not cell:
            left.append(Left(cell, text, "证件号已另有一处"))
        return
    _deal(people, "id_no", cell, found, left, "证件号与人数不符")


def _phones(people: list[Someone], cell: Cell | None, left: list[Left], spare: bool, others: list[Someone]) -> None:
    if cell is None:
        return
    text = cell.text.strip()
    if cell.kind == Kind.TEXT and (leading := _LEADING.match(text)):
        # 2222111、李某：138…: the first number is the house's, not that of the name behind it
        _give(people[0], "phone", Part(cell, leading[1].strip(), False, "split"), left)
        text = text[leading.end() :]
    found, said = numbers(text)
    if said and len(found) >= 1 and cell.kind == Kind.TEXT:
        parsed = owners_cell.parse(text)
        if any(p.name or p.relation for p in parsed) and any(p.phones for p in parsed):
            _beside_names(people, cell, parsed, left, others)
            return
    if len(found) < 2 or said:
        _give(people[0], "phone", Part(cell, text), left)
        return
    if len(people) == 1:
        _give(people[0], "phone", Part(cell, found[0], False, "split"), left)
        for n, number in enumerate(found[1:]):
            if n == 0 and spare and "phone2" not in people[0].parts:
                people[0].parts["phone2"] = Part(cell, number, False, "split")
            else:
                left.append(Left(cell, number, "多出的电话"))
        return
    _deal(people, "phone", cell, list(found), left, "电话与人数不符")


def _beside_names(people: list[Someone], cell: Cell, parsed: list[Person], left: list[Left], others: list[Someone]) -> None:
    """A cell of phones or documents that says whose they are."""
    by_name = {p.parts["name"].text: p for p in people if "name" in p.parts}
    for found in _from_parsed(cell, parsed, left):
        name = found.parts.get("name")
        known = by_name.get(name.text) if name else None
        if known is not None:
            for attribute in ("phone", "phone2", "id_no"):
                if attribute in found.parts:
                    _give(known, attribute, found.parts[attribute], left)
            known.relation = known.relation or found.relation
        elif not people[0].parts and found.relation in ("", OWNER):
            people[0].parts, people[0].relation_at, people[0].split = found.parts, cell, True
        elif "name" not in found.parts and found.relation in ("", OWNER):
            _give(people[0], "phone", found.parts["phone"], left) if "phone" in found.parts else None
            for attribute in ("phone2", "id_no"):
                if attribute in found.parts:
                    _give(people[0], attribute, found.parts[attribute], left)
        elif found.relation not in ("", OWNER) or "name" not in people[0].parts:
            people.append(found)
        else:
            others.append(found)


def _deal(people: list[Someone], attribute: str, cell: Cell, found: list[str], left: list[Left], reason: str) -> None:
    """One each, in order; what is over is left."""
    for person, text in zip(people, found, strict=False):
        _give(person, attribute, Part(cell, text, False, "split"), left)
    for text in found[len(people) :]:
        left.append(Left(cell, text, reason))


def _second_phone(people: list[Someone], cell: Cell, left: list[Left]) -> None:
    """A further column of phones: the first person's second number, unless it only says again what stands beside it."""
    text = cell.text.strip()
    told = {canonical(p.parts[a].text) for p in people for a in ("phone", "phone2") if a in p.parts}
    if canonical(text) and canonical(text) in told:
        left.append(Left(cell, text, "与本行另一个电话相同"))
    elif "phone" not in people[0].parts:
        people[0].parts["phone"] = Part(cell, text)
    else:
        _give(people[0], "phone2", Part(cell, text), left)


def _even(people: list[Someone], attribute: str, cell: Cell | None, left: list[Left]) -> None:
    if cell is None:
        return
    pieces = [p for p in re.split(r"[\s、，,;；\n]+", cell.text.strip()) if p]
    if len(people) > 1 and len(pieces) == len(people):
        _deal(people, attribute, cell, pieces, left, "份额与人数不符")
    else:
        for person in people if cell.text.strip() in ("共同共有", "按份共有") else people[:1]:
            _give(person, attribute, Part(cell, cell.text.strip()), left)


def _give(person: Someone, attribute: str, part: Part, left: list[Left]) -> None:
    held = person.parts.get(attribute)
    if held is None:
        person.parts[attribute] = part
    elif held.text != part.text:
        other = "phone2" if attribute == "phone" and "phone2" not in person.parts else ""
        if other:
            person.parts[other] = part
        else:
            left.append(Left(part.cell, part.text, "同一项有两个不同的值"))


def document_type(text: str, header: str) -> str:
    """The type of document: what the number can only be, else what the header says; '' where neither tells."""
    if is_blank(text):
        return ""
    only = document.identify("".join(text.split()).upper())
    if only is not None:
        return only
    return document.RESIDENT_ID if RESIDENT_WORD in header else ""
