"""Of what the cabinet is printed or moved, as people name it: a 档号, a house in any spelling, an owner, a box, a shelf, a building."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ownerbook.jobs.forms import row_of
from ownerbook.jobs.workspace import Unusable
from ownerbook.register.register import Register
from ownerbook.register.whose import row_named
from ownerbook.reports.forms.on_the_box import Cabinet
from ownerbook.reports.listing import plain_building
from ownerbook.schema.words import Text


@dataclass(frozen=True, slots=True)
class Chosen:
    """Rows of 档案 in walking order; places as positions in `Cabinet.places`, in walking order too. name: what was asked for, for a file's name."""

    files: list[int]
    places: list[int]
    name: str = ""


def choose(cabinet: Cabinet, words: Sequence[str], *, building: str = "", everything: bool = False) -> Chosen:
    """What words name, together. Raises Unusable for a word that names nothing, and where nothing is named at all.

    A 档号 is taken whatever its status; of a house, an owner, a place or a building the files that take a place. The places are those named,
    or those at which the files stand.
    """
    from ownerbook.jobs.forms import needs

    needs(cabinet.register, "files")
    if not (words or building or everything):
        zh = "请写明档号、房号或位置编号，或用 --building、--everything"
        raise Unusable(Text(zh, "name files, houses or places, or use --building or --everything"))
    p = cabinet.places
    files, places, named = set[int](), set[int](), False
    for word in words:
        mine = _files(cabinet, word)
        if mine:
            files |= set(mine)
            continue
        under = p.under(word)
        if not under:
            raise _nothing(cabinet, word)
        named = True
        places |= set(under)
    files |= {f for n in places for f in cabinet.here[n]}
    if building:
        files |= set(_of_building(cabinet, building))
    if everything:
        files |= {int(f) for f in np.flatnonzero(p.standing)}
        places |= set(range(len(p)))
    if not named and not everything:
        places = {int(p.at[f]) for f in files if p.at[f] >= 0}
    what = "全部" if everything else "_".join([*words[:3], *([f"{plain_building(building)}栋"] if building else [])])
    return Chosen(cabinet.in_order(sorted(files)), sorted(places), what)


def _nothing(cabinet: Cabinet, word: str) -> Unusable:
    """That a word names nothing, with numbers that begin alike."""
    start = word.strip().upper()[:6]
    numbers = [*cabinet.places.number, *(cabinet.key(int(f)) for f in np.flatnonzero(cabinet.places.standing))]
    near = [n for n in numbers if start and n.upper().startswith(start)][:3]
    zh = f"没有 {word}：它不是登记簿里的档号、房号、业主编号或位置编号{'；相近的有 ' + '、'.join(near) if near else ''}"
    return Unusable(Text(zh, f"{word} is no file, house, owner or place of the register{'; near it: ' + ', '.join(near) if near else ''}"))


def _files(cabinet: Cabinet, word: str) -> list[int]:
    """The files of a 档号, a house or an owner."""
    register, p = cabinet.register, cabinet.places
    row = row_named(register, "files", word)
    if row >= 0:
        return [row]
    for sheet, field in (("houses", "house_no"), ("owners", "owner_no")):
        there = row_named(register, sheet, word) if sheet in register.tables else -1
        if there >= 0 and not (sheet == "houses" and p.under(word) and _is_place(cabinet, word)):
            at = register.reference("files", field).row
            mine = [int(f) for f in np.flatnonzero((at == there) & p.standing)]
            if not mine:
                raise Unusable(Text(f"{word} 没有在库的档案", f"no file of {word} is kept"))
            return mine
    return []


def _is_place(cabinet: Cabinet, word: str) -> bool:
    return word.strip().upper() in {n.upper() for n in cabinet.places.number}


def _of_building(cabinet: Cabinet, building: str) -> list[int]:
    wanted, p = plain_building(building), cabinet.places
    found = [int(f) for f in np.flatnonzero(p.standing) if plain_building(cabinet.name.building(cabinet.house(int(f)))) == wanted]
    if not found:
        raise Unusable(Text(f"没有 {building} 栋的档案", f"there is no file of the building {building}"))
    return found


def file_row(register: Register, file_no: str) -> int:
    """The row of a 档号. Raises Unusable."""
    return row_of(register, "files", file_no)
