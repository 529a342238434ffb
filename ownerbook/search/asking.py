"""What somebody typed, looked for in an index: which cards, by what, the likeliest first. Nothing here needs NumPy."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ownerbook.schema.words import Text
from ownerbook.search.index import Index
from ownerbook.search.pinyin import typed

Way = Literal["house", "key", "place", "name", "pinyin", "phone", "id"]
TAIL: Final = 6
"""Last places of a document number that the index knows; the whole number it knows by a check value only."""
_BUILDING = re.compile(r"([0-9]{1,4}[A-Z]?|[A-Z]{1,2}[0-9]{0,3})(?:号楼|[栋幢座#])")
_UNIT = re.compile(r"([0-9]{1,4})-([0-9]{1,2})")
_SIGNS = re.compile(r"[\s()\uff08\uff09.-]+")


@dataclass(slots=True)
class Hit:
    """A card found. rank: 0 the very thing … 4 a part of it. ways: by what. tags: what in the card; a capital for what was so formerly."""

    card: int
    rank: int
    ways: set[Way] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)


def hint(words: Sequence[str]) -> Text:
    """What to try where nothing was found: a mask hides what one would search by, and a short number is no end of a phone."""
    text = unicodedata.normalize("NFKC", " ".join(words)).strip()
    if "*" in text:
        zh = "没有找到。带 * 的是打了码的样子，请只写看得见的几位或几个字，如 1439、王"
        return Text(zh, "nothing was found; what has a * is masked: write only the digits or letters that are seen")
    if re.fullmatch("[0-9]{1,3}", text):
        zh = "没有找到。楼栋请写 3栋，室号、电话和证件号至少写 4 位"
        return Text(zh, "nothing was found; write a building as 3栋, and at least 4 digits of a room, a phone or a document number")
    return Text("没有找到。可以换个写法，或只写其中几个字、几位", "nothing was found; try another spelling, or a part of it")


def check_value(secret: bytes, number: str) -> str:
    """What stands in an index for a whole document number."""
    return hmac.new(secret or b"ownerbook", number.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:24]


def find(index: Index, words: Sequence[str], secret: bytes) -> list[Hit]:
    """What answers the words: all of them as one thing (3栋 2单元 1501), else the cards that answer each of them. Raises index.Damaged."""
    whole = " ".join(words).strip()
    found = _one(index, whole, secret)
    pieces = whole.split()
    if not found and len(pieces) > 1:
        each = [_one(index, p, secret) for p in pieces]
        for number in set.intersection(*(set(e) for e in each)):
            mine = [e[number] for e in each]
            found[number] = Hit(number, max(h.rank for h in mine), set().union(*(h.ways for h in mine)), set().union(*(h.tags for h in mine)))
    return sorted(found.values(), key=lambda h: (h.rank, h.card))


def _one(index: Index, text: str, secret: bytes) -> dict[int, Hit]:
    out: dict[int, Hit] = {}
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if not plain:
        return out
    for way, rank, tag in _looked(index, text.strip(), plain, secret):
        number, _, what = tag.partition(".")
        hit = out.setdefault(int(number), Hit(int(number), rank))
        former = what[:1].isupper()
        hit.rank = min(hit.rank, rank + former)
        hit.ways.add(way)
        hit.tags.add(what)
    return out


def _looked(index: Index, text: str, plain: str, secret: bytes) -> Iterator[tuple[Way, int, str]]:
    """Every line that answers, with how well: (way, rank, tag)."""
    digit = any(c.isdigit() for c in plain)
    if digit:
        yield from _houses(index, text, plain)
    if plain.isascii():
        for rank, tag in _lines(index, "keys", plain, least_part=4):
            yield "key", rank, tag
        if len(plain) >= 2:
            for rank, tag in _lines(index, "places", plain, least_part=99):
                yield "place", rank, tag
    if not digit or not plain.isascii():
        for rank, tag in _lines(index, "names", text.casefold(), least_part=1):
            yield "name", rank, tag
    if letters := typed(text):
        for rank, tag in _lines(index, "pinyin", letters, least_part=3):
            yield "pinyin", rank + 1, tag
    number = _SIGNS.sub("", plain)
    if re.fullmatch(r"\+?[0-9*#]{4,20}", number):
        yield from _phones(index, number)
    if re.fullmatch(r"(?=.*[0-9]{3})[0-9A-Z]{4,24}", number):
        yield from _documents(index, number, secret)


def _houses(index: Index, text: str, plain: str) -> Iterator[tuple[Way, int, str]]:
    from ownerbook.identifiers import house_no

    form = house_no.HouseFormat(index.house_format) if index.house_format else house_no.DEFAULT
    exact = False
    written = form.canonical(text)
    for spelling in dict.fromkeys(s for s in (house_no.key(written) if written else "", plain) if s):
        for tag in _exact(index, "houses", spelling):
            exact = True
            yield "house", 0, tag
    if exact:
        return
    if match := _BUILDING.fullmatch(plain):
        for tag in _prefixed(index, "houses", f"{house_no.part(match[1])}-"):
            yield "house", 3, tag
    elif match := _UNIT.fullmatch(plain):
        for tag in _prefixed(index, "houses", f"{int(match[1])}-{int(match[2])}-"):
            yield "house", 2, tag
    elif re.fullmatch(r"[0-9]{3,5}[A-Z]?", plain):
        for tag in _ended(index, "houses", f"-{plain}"):
            yield "house", 2, tag


def _phones(index: Index, number: str) -> Iterator[tuple[Way, int, str]]:
    number = number.lstrip("+")
    if len(number) == 13 and number.startswith("861"):
        number = number[2:]
    for rank, tag in _lines(index, "phones", number, least_part=7, tail=True):
        yield "phone", rank, tag


def _documents(index: Index, number: str, secret: bytes) -> Iterator[tuple[Way, int, str]]:
    if len(number) > TAIL:
        for tag in _exact(index, "whole_ids", check_value(secret, number)):
            yield "id", 0, tag
        return
    for tag in _ended(index, "ids", number):
        yield "id", 1 if len(number) == TAIL else 2, tag


def _lines(index: Index, section: str, wanted: str, *, least_part: int, tail: bool = False) -> Iterator[tuple[int, str]]:
    """Lines that are the wanted text (0), begin with it (1, with `tail` end with it), or hold it (3); of parts only those long enough."""
    data, sought = index.section(section), wanted.encode("utf-8", "surrogatepass")
    at = data.find(sought)
    while at >= 0:
        start = data.rfind(b"\n", 0, at) + 1
        tab = data.find(b"\t", start)
        end = data.find(b"\n", tab)
        if at + len(sought) <= tab:
            begins, ends = at == start, at + len(sought) == tab
            rank = 0 if begins and ends else 1 if (ends if tail else begins) else 3
            if rank == 3 and sought[:1].isdigit() and b"-" in sought and data[at - 1 : at].isdigit():
                pass  # 3-2-1501 is no part of 13-2-1501
            elif rank < 3 or len(wanted) >= least_part:
                yield rank, data[tab + 1 : end].decode()
            elif tail:  # it may stand again at the end of the same line
                again = data.find(sought, at + 1, tab)
                if again >= 0:
                    at = again
                    continue
        at = data.find(sought, end)


def _exact(index: Index, section: str, wanted: str) -> Iterator[str]:
    yield from _between(index, section, f"\n{wanted}\t", 0)


def _prefixed(index: Index, section: str, wanted: str) -> Iterator[str]:
    yield from _between(index, section, f"\n{wanted}", 0)


def _ended(index: Index, section: str, wanted: str) -> Iterator[str]:
    yield from _between(index, section, f"{wanted}\t", 0)


def _between(index: Index, section: str, wanted: str, at: int) -> Iterator[str]:
    """The tags of lines in which these bytes stand; tabs and line breaks in them say where."""
    data, sought = index.section(section), wanted.encode("utf-8", "surrogatepass")
    at = data.find(sought)
    while at >= 0:
        tab = data.find(b"\t", at + 1 if sought[:1] == b"\n" else at)
        end = data.find(b"\n", tab)
        yield data[tab + 1 : end].decode()
        at = data.find(sought, end)
