"""House numbers (房号): every spelling of one house leads to one canonical form.

Two forms matter: the canonical form is what should be written (3-2-1501, S-012); the key is what counts for equality
(S-012 and S-12 are one shop). For numbers with parts the two are the same. Shops, parking places, store rooms and offices
(S-, P-, C-, B-) have no parts to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ownerbook.identifiers.damage import fold
from ownerbook.identifiers.house_format import Form, parse_forms
from ownerbook.identifiers.house_format import UnreadableFormat as UnreadableFormat
from ownerbook.identifiers.numerals import with_digits
from ownerbook.identifiers.verdict import Status, Verdict

if TYPE_CHECKING:  # one number is read without NumPy: `ownerbook find` answers sooner than NumPy loads
    import numpy as np
    from numpy.typing import NDArray

    from ownerbook.identifiers.columns import Bytes
    from ownerbook.identifiers.dashed import Dashed

REASONS = ("", "spelling", "format")
"""`spelling` (F09) is valid and has a suggestion; `format` (F01) cannot be read."""

_DASHES = re.compile(r"[—–‐‑‒―−－ー~～_]+")
_ORDINAL = re.compile(r"第\s*(?=[0-9A-Za-z])")
_HAN_ONE = re.compile(r"(?<=[0-9])一(?=[0-9])")
_QUICK = re.compile(r"[1-9][0-9]{0,3}-[1-9][0-9]?-[1-9][0-9]{2,4}", re.ASCII)  # a room of three digits is no day of a month
LONGEST_PLAIN = 13
"""Bytes of the longest number that `HouseFormat.plain_column` knows."""
_PREFIXED = re.compile(r"([SPCB])-([0-9A-Z]+(?:-[0-9A-Z]+)*)|([SPCB])([0-9]{3,})", re.ASCII)
_WORDS = "甲乙丙丁东西南北中"
_TOKEN = re.compile(rf"([0-9A-Z]+|[{_WORDS}])(号楼|#楼|栋楼|单元|栋|幢|座|楼|门|层|室|房|户|号|#)?(-*)", re.ASCII)
_ORDER = ("building", "unit", "floor", "room")
_MARKS = {
    "号楼": "building", "#楼": "building", "栋楼": "building", "栋": "building", "幢": "building", "座": "building",
    "单元": "unit", "门": "unit", "层": "floor", "室": "room", "房": "room", "户": "room",
}  # fmt: skip
_SHAPES = {
    "building": re.compile(rf"[0-9]{{1,4}}[A-Z]?|[A-Z]{{1,2}}[0-9]{{0,3}}|[{_WORDS}]", re.ASCII),
    "unit": re.compile(rf"[0-9]{{1,2}}|[A-Z][0-9]?|[{_WORDS}]", re.ASCII),
    "floor": re.compile(r"[0-9]{1,3}|B[0-9]", re.ASCII),
    "room": re.compile(r"[0-9]{1,5}[A-Z]?|[A-Z]{1,2}[0-9]{1,5}|[0-9]{1,3}[A-Z][0-9]{1,3}", re.ASCII),
}
_BUILDING = re.compile(r"\s*([0-9A-Za-z]{1,3})(?:号楼|[-—－#栋幢座])(?=.)", re.ASCII)  # 301号 names no building
_PART_MARK = re.compile(r"(号楼|#楼|栋楼|单元|栋|幢|座|楼|门|层|室|房|户|号|#)$")


@dataclass(frozen=True, slots=True)
class HouseNo:
    """The parts of a house number as texts without leading zeros; None for a part that it does not have.

    A number that begins with S-, P-, C- or B- has a `prefix`, and the rest of it in `room`.
    """

    building: str | None = None
    unit: str | None = None
    floor: str | None = None
    room: str = ""
    prefix: str | None = None

    def written(self, forms: Sequence[Form]) -> str:
        """The number in the first of the forms that holds these parts and no others, else in the first that can hold them."""
        if self.prefix:
            return f"{self.prefix}-{self.room}"
        values = {"building": self.building, "unit": self.unit, "floor": self.floor, "room": self.room}
        have = {part for part, value in values.items() if value is not None}
        exact = [form for form in forms if set(form.parts) == have]
        able = exact or [form for form in forms if have <= set(form.parts)] or list(forms)
        return able[0].write(values)


class HouseFormat:
    """The policy value 房号格式: one form or several, separated by 、 (the first that fits a number reads it).

    Raises UnreadableFormat, which is a ValueError.
    """

    def __init__(self, spec: str = "栋-单元-室") -> None:
        self.spec = spec
        self.forms = parse_forms(spec)
        self._usual = self.forms[0].spec == "栋-单元-室"

    def parse(self, text: str) -> HouseNo | None:
        """The house that a text names in any spelling, None when it cannot be told (F01: 1203 lacks its building).

        A number of two parts (3-1501) has no unit.
        """
        if self.is_plain(text):
            building, unit, room = text.split("-")
            return HouseNo(building, unit, None, room)
        plain = _plain(text)
        if (match := _PREFIXED.fullmatch(plain)) and any(c.isdigit() for c in plain):
            return HouseNo(prefix=match[1] or match[3], room=match[2] or match[4])
        tokens = _tokens(plain)
        if tokens is None or len(tokens) < 2:
            return None
        for form in self.forms:
            if found := _fit(tokens, form.parts):
                return found
        return None

    def canonical(self, text: str) -> str | None:
        """The number as the policy writes it; None when it cannot be read."""
        if self.is_plain(text):
            return text
        house = self.parse(text)
        return None if house is None else house.written(self.forms)

    def is_plain(self, text: str) -> bool:
        """True, cheaply, for a text that is canonical in the usual form."""
        return self._usual and _QUICK.fullmatch(text) is not None

    def read_plain(self, matrix: NDArray[np.uint8], lengths: NDArray[np.int64]) -> Dashed:
        """Of n texts, given as the first LONGEST_PLAIN bytes of each, and their lengths: which `is_plain`, and building, unit and room."""
        from ownerbook.identifiers import dashed

        numbers = dashed.read(matrix, lengths, 3)
        return numbers._replace(good=is_house(numbers) & self._usual)


def is_house(numbers: Dashed) -> NDArray[np.bool_]:
    """Where the first three numbers are those of a house in the usual form."""
    good = numbers.good.copy()
    for part, (least, most) in enumerate(((1, 4), (1, 2), (3, 5))):
        width = numbers.widths[part]
        good &= (width >= least) & (width <= most) & numbers.written_plainly(part)
    return good


DEFAULT = HouseFormat()


def parse(text: str, form: HouseFormat = DEFAULT) -> HouseNo | None:
    """The parts of the house that a text names, see `HouseFormat.parse`."""
    return form.parse(text)


def canonical(text: str, form: HouseFormat = DEFAULT) -> str | None:
    """The number as the policy writes it; None when it cannot be read."""
    return form.canonical(text)


def key(written: str) -> str:
    """The equality key of a canonical form: S-012 and S-12 have one key."""
    if written[:2] not in ("S-", "P-", "C-", "B-"):
        return written
    return "-".join(_part(piece) for piece in written.split("-"))


def keys(canonicals: Iterable[str]) -> list[str]:
    """The equality keys of canonical forms."""
    return [key(c) if c[1:2] == "-" and c[0] in "SPCB" else c for c in canonicals]


def check(text: str, form: HouseFormat = DEFAULT) -> Verdict:
    """Judge one number by its form alone; whether such a house exists is for the register to say."""
    right = form.canonical(text)
    if right is None:
        return Verdict(Status.INVALID, "format")
    return Verdict(Status.VALID, "", right) if text == right else Verdict(Status.VALID, "spelling", right, right)


def check_column(texts: Sequence[str], form: HouseFormat = DEFAULT) -> tuple[Bytes, Bytes, list[str]]:
    """Statuses, reason codes and canonical forms ('' where unreadable) of n numbers."""
    from ownerbook.identifiers.columns import judge_column

    return judge_column(texts, lambda text: check(text, form), REASONS, form.is_plain)


def parse_column(texts: Sequence[str], form: HouseFormat = DEFAULT) -> list[HouseNo | None]:
    """The parts of n numbers, each distinct text read once."""
    known: dict[str, HouseNo | None] = {}
    return [known[t] if t in known else known.setdefault(t, form.parse(t)) for t in texts]


@lru_cache(maxsize=4096)
def part(text: str) -> str:
    """A part as it stands in 楼栋, 单元 or 室号, ready for comparison: 03栋 and 3 are one, as are A座 and A."""
    return _part(_PART_MARK.sub("", _plain(text)).strip("-"))


def same_part(one: str, other: str) -> bool:
    """True when two spellings mean one part; numbers are compared as numbers."""
    return part(one) == part(other)


def mask(text: str, form: HouseFormat = DEFAULT) -> str:
    """The number with its room hidden: 1-2-***."""
    house = form.parse(text)
    if house is None:
        building = _BUILDING.match(text)
        return (building[1] if building else "") + "***"
    if house.prefix:
        kept = house.room.rpartition("-")[0]
        return f"{house.prefix}-{kept}-***" if kept else f"{house.prefix}-***"
    return "-".join([p for p in (house.building, house.unit, house.floor) if p] + ["***"])


def _plain(text: str) -> str:
    """The text folded, in capitals, with digits for numerals and one kind of dash, and without its spaces."""
    out = text.strip()
    if not out.isascii():
        out = fold(out)
        out = _HAN_ONE.sub("-", _DASHES.sub("-", out))
        out = "".join(c for c in with_digits(out) if c.isprintable() or c.isspace())
        out = _ORDINAL.sub("", out)
    out = re.sub(r"(?<!\s)\s*-\s*", "-", _DASHES.sub("-", out.upper()))
    for sign in "/\\.":
        if out.count(sign) >= 2 and "-" not in out:
            out = out.replace(sign, "-")
    # a space parts two plain values; beside a Chinese sign or a hash it says nothing
    return re.sub(r"\s+", "", re.sub(r"(?<=[0-9A-Z])\s+(?=[0-9A-Z])", "-", out))


def _tokens(plain: str) -> list[tuple[str, str | None]] | None:
    """The values in order, each with the part that its mark names (None without a mark); None when something else is there."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None or (match[2] is None and not match[3] and match.end() < len(plain)):
            return None
        at = match.end()
        if len(match[3]) > 1 or (match[3] and at == len(plain)):
            return None
        found.append((match[1], match[2] or ""))
    return [(value, _mark(mark, i, len(found))) for i, (value, mark) in enumerate(found)]


def _mark(mark: str, place: int, count: int) -> str | None:
    if mark == "楼":
        return "building" if place == 0 else "floor"
    if mark in ("号", "#"):
        return "building" if place == 0 else "room" if place == count - 1 else "unit" if mark == "#" else None
    return _MARKS.get(mark)


def _fit(tokens: list[tuple[str, str | None]], parts: tuple[str, ...]) -> HouseNo | None:
    marked = [mark for _, mark in tokens if mark]
    if len(set(marked)) < len(marked):
        return None
    if "floor" in marked and "floor" not in parts:
        tokens = _without_floor(tokens)
        marked = [mark for _, mark in tokens if mark]
    if any(mark not in parts for mark in marked):
        return None
    open_parts = [part for part in parts if part not in marked]
    bare = len(tokens) - len(marked)
    if bare == len(open_parts) - 1 and "unit" in open_parts:
        open_parts.remove("unit")
    if bare != len(open_parts):
        return None
    remaining = iter(open_parts)
    values = {mark or next(remaining): value for value, mark in tokens}
    order = [part for part in parts if part in values]
    if list(values) != order or not all(_SHAPES[part].fullmatch(value) for part, value in values.items()):
        return None
    short = {part: _part(value) for part, value in values.items()}
    if _is_date(short):
        return None
    return HouseNo(short.get("building"), short.get("unit"), short.get("floor"), short["room"])


def _is_date(parts: dict[str, str]) -> bool:
    """2001-2-12 is a date that a spreadsheet made; large communities have buildings of four digits, but no rooms 1 to 31 in them."""
    year, month, day = (int(v) if (v := parts.get(p, "")).isdigit() else 0 for p in ("building", "unit", "room"))
    return 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31


def _without_floor(tokens: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """The values without a floor that the room says again (3楼301); as they were where it says more."""
    floor = next(value for value, mark in tokens if mark == "floor")
    room = tokens[-1][0]
    said = room.isdigit() and len(room) >= 3 and room[:-2].lstrip("0") == floor.lstrip("0")
    return [(value, mark) for value, mark in tokens if mark != "floor"] if said else tokens


def _part(value: str) -> str:
    return value.lstrip("0") or "0" if value.isascii() and value.isdigit() else value
