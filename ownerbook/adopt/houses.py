"""A house number as a ledger writes it: in one cell, or over building, unit and room, or with its building in the name of the tab."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ownerbook.identifiers import house_no

_BARE = re.compile(r"[A-Z]?[0-9]{1,5}[A-Z]?(?:室|房|号|户)?", re.IGNORECASE)
_TWO = re.compile(r"([0-9A-Za-z]{1,3})\s*[-—－/]\s*([0-9]{2,4}[A-Za-z]?)")
_BUILDING = re.compile(r"([0-9]{1,3}[A-Za-z]?|[A-Za-z][0-9]{0,2}|[一二三四五六七八九十]{1,3})\s*(?:号楼|#楼|栋|幢|座|#|号)")
_UNIT = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]|[A-Za-z])\s*单元")


@dataclass(frozen=True, slots=True)
class Around:
    """What the surroundings say of a house: the building and the unit of a tab or of a section."""

    building: str = ""
    unit: str = ""


def around(text: str) -> Around:
    """What a tab's name or a section's heading says: 3栋, 5号楼2单元."""
    building, unit = _BUILDING.search(text), _UNIT.search(text)
    return Around(house_no.part(building[1]) if building else "", house_no.part(unit[1]) if unit else "")


def of_titles(texts: Iterable[str]) -> Around:
    """What the titles above a table say; nothing where they name several buildings: 1栋、2栋业主名单."""
    said = [a for t in texts if len(_BUILDING.findall(t)) <= 1 and len(t) <= 40 and (a := around(t)).building]
    return said[0] if len({a.building for a in said}) == 1 else Around()


def is_bare(text: str) -> bool:
    """A room without its building."""
    return _BARE.fullmatch(text.strip()) is not None and house_no.canonical(text.strip()) is None


def compose(room: str, building: str, unit: str) -> str | None:
    """The whole number of a room; None where the cell holds it whole already, or where no building is known."""
    text = room.strip()
    if not text or not building.strip():
        return None
    b, u = house_no.part(building.strip()), house_no.part(unit.strip()) if unit.strip() else ""
    if is_bare(text):
        return "-".join(x for x in (b, u, re.sub(r"(?:室|房|号|户)$", "", text)) if x)
    two = _TWO.fullmatch(text)
    if two and two[1] == u and b != u:  # the unit stands before the room: 2-301 of building 3
        return f"{b}-{u}-{two[2]}"
    return None


def with_unit(text: str, building: str) -> str | None:
    """A number of unit and room in a tab of one building: 2-301 of 3栋 is 3-2-301."""
    two = _TWO.fullmatch(text.strip())
    return f"{building}-{two[1]}-{two[2]}" if two and building else None
