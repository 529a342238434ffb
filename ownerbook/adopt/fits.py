"""How well the cells of a column fit a field: 1 they can be nothing else, 0 they say nothing, VETO they cannot be it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ownerbook.adopt.fields import kind_of
from ownerbook.adopt.shapes import Profile
from ownerbook.schema import kinds

VETO = -1.0
_PHONE = ("mobile", "mobile-like", "landline", "phones", "people", "text-with-phone")
_ID = ("id", "ids", "document", "people")
_DATE = ("date", "date-digits", "serial-date", "month")
_NAME = ("name", "names", "company", "people")
_LOOSE_NAME = ("word", "latin", "text", "words", "text-with-phone")
_STAFF_NO = ("room", "part", "small", "number", "document")  # G003, A12: staff by their number
_NUMBER = ("decimal", "number", "small", "area", "serial-date", "month")
_HOUSE = ("house", "room", "part", "number", "small", "place", "serial-date")
_STRICT = ("mobile", "id", "ids", "date", "email", "plate", "phones", "sex", "title")  # shapes that say what they are


def fit(field: str, p: Profile, codes: Mapping[str, str] | None = None) -> float:
    """How well a column of these cells is this field, −1 to 1. `codes`: what the header or the notes say its values mean."""
    if not p.n:
        return 0.0
    if field.startswith("own."):
        return _own(field, p)
    if field == "houses.unit" and p.share("number", "house") + _long_rooms(p) > 0.5:
        return VETO  # three digits and more are rooms, whatever 单元 is called here
    if field in ("houses.building", "houses.unit", "houses.room"):
        parts = p.share("part", "small", "number", "room", "word")
        worded = p.share("house", "place", "text", "latin")
        return VETO if parts + worded < 0.4 else _loose(parts, p, 0.3 * worded)
    match kind_of(field):
        case kinds.PhoneNumber():
            return _strict(p.share(*_PHONE))
        case kinds.DocumentNumber():
            return _strict(p.share(*_ID) + 0.8 * p.share("digits"))
        case kinds.Day():
            return _strict(p.share(*_DATE), least=0.25)
        case kinds.Measure():
            return _measure(field, p)
        case kinds.HouseNumber() | kinds.Reference(sheet="houses"):
            return _house(p)
        case kinds.StaffMember():
            return _loose(p.share(*_NAME, *_STAFF_NO) + 0.55 * p.share(*_LOOSE_NAME), p, 0.0)
        case kinds.Name():
            return _name(p)
        case kinds.Choice(policy=policy) if policy:
            return VETO if p.share(*_STRICT) > 0.5 else 0.3
        case kinds.Choice(values=values, synonyms=synonyms):
            return _choice(p, set(values) | set(synonyms), codes or {})
        case kinds.TitleNumber():
            return _loose(p.share("title"), p, 0.3 * p.share("text", "digits", "document"))
        case kinds.Email():
            return _strict(p.share("email"))
        case kinds.Share():
            return _loose(p.share("share", "decimal", "small"), p, 0.0)
        case kinds.Words():
            return _words(field, p)
        case _:
            return VETO if p.share("date", "name", "id", "ids") > 0.7 else 0.2


def _long_rooms(p: Profile) -> float:
    return sum(len(re.sub(r"[^0-9]", "", t)) >= 3 for t in p.texts) / p.n if p.share("room") > 0.3 else 0.0


def _strict(share: float, least: float = 0.34) -> float:
    return VETO if share < least else share


def _loose(share: float, p: Profile, also: float) -> float:
    if p.share(*_STRICT) > 0.5 and share < 0.5:
        return VETO
    return min(0.8, share + also)


def _house(p: Profile) -> float:
    # a date may be 3-1 that a spreadsheet took for one, but not most of them
    if p.share("mobile", "id", "ids", "name", "names", "email", "plate", "sex", "state", "title") > 0.4 or p.share("date") > 0.6:
        return VETO
    return min(1.0, p.share("house") + 0.9 * p.share(*_HOUSE[1:-1]) + 0.3 * p.share("serial-date", "word", "text"))


def _name(p: Profile) -> float:
    worded = p.share(*_NAME) + 0.55 * p.share(*_LOOSE_NAME)
    if p.share(*_NAME, *_LOOSE_NAME) < 0.4:
        return VETO
    if p.n >= 6 and p.distinct < 0.25 and p.share("name", "names") < 0.5:
        return -0.3  # a few words again and again are a kind of something, no names
    return min(1.0, worded)


def _measure(field: str, p: Profile) -> float:
    share = p.share(*_NUMBER)
    if share < 0.5 or p.share("mobile", "id", "date") > 0.4:
        return VETO
    if field.endswith("_area"):
        if p.running or not 3 <= p.median <= 100_000:
            return -0.4
        return share if p.share("decimal", "area") > 0.2 or p.median >= 20 else 0.4
    return 0.5 * share


def _choice(p: Profile, listed: set[str], codes: Mapping[str, str]) -> float:
    known = sum(codes.get(t, t) in listed for t in p.texts) / p.n
    if known >= 0.5:
        return max(known, 0.8)
    if not listed:
        return 0.0
    if p.share(*_STRICT, "decimal", "house", "name", "names", "people") > 0.5:
        return VETO
    if known:
        return 0.5 * known
    # not one of the values that it may have: words of another list (餐饮 under 业态) are not ours, codes may stand for ours
    return -0.95 if p.n >= 5 and p.share("word", "words", "text", "latin", "name") > 0.6 else -0.4


def _words(field: str, p: Profile) -> float:
    if field == "houses.layout":
        return _loose(p.share("layout"), p, 0.3 * p.share("word", "text", "part", "room"))
    if field.endswith(".address"):
        return _loose(p.share("place"), p, 0.5 * p.share("text", "word", "house"))
    if field.endswith(".note"):
        return VETO if p.n >= 3 and p.share("id", "email") > 0.7 else 0.0 if p.share("mobile") > 0.7 and p.n >= 3 else 0.3
    return VETO if p.share("mobile", "id", "email") > 0.5 else 0.2


_OWN_SHAPES: dict[str, tuple[str, ...]] = {
    "own.sex": ("sex", "small", "yes-no"),
    "own.birth": ("date", "date-digits", "serial-date", "small", "number", "month"),
    "own.vehicle": ("plate", "word", "text", "small", "number", "part", "room", "yes-no", "latin", "digits", "document"),
    "own.floor": ("small", "number", "part", "room", "word", "yes-no"),
    "own.count": ("small", "number", "word", "text", "yes-no", "part"),
}


def _own(field: str, p: Profile) -> float:
    if field == "own.serial":
        if p.running:
            return 1.0
        return VETO if p.share("mobile", "id", "date", "name", "decimal") > 0.5 else 0.3 if p.share("small", "number", "part", "room") > 0.6 else -0.2
    shapes = _OWN_SHAPES.get(field)
    if shapes is not None:
        share = p.share(*shapes)
        return share if share >= 0.5 else VETO if p.share("mobile", "id", "name") > 0.5 else -0.1
    if field in ("own.contact", "own.agent", "own.former", "own.visit", "own.keys", "own.renovation", "own.sign", "own.other"):
        return 0.2
    return VETO if p.share("id", "mobile", "ids") > 0.6 else 0.2


_BY_SHAPE: tuple[tuple[str, tuple[str, ...], float, float], ...] = (
    ("own.sex", ("sex",), 0.8, 0.84),
    ("person.id_no", ("id", "ids"), 0.6, 0.7),
    ("person.phone", ("mobile", "phones"), 0.6, 0.68),
    ("person.email", ("email",), 0.7, 0.84),
    ("own.vehicle", ("plate",), 0.6, 0.84),
    ("houses.title_no", ("title",), 0.6, 0.8),
    ("houses.house_no", ("house",), 0.7, 0.62),
    ("houses.layout", ("layout",), 0.8, 0.55),
    ("person.name", ("name", "names"), 0.7, 0.55),
)


def by_shape(p: Profile, *, single: bool = False) -> tuple[str, float]:
    """The field that the cells alone speak for, and how sure they make it; ('', 0) for none. Never sure enough to be high."""
    if not p.n:
        return "", 0.0
    if p.running:
        return "own.serial", 0.8
    for field, shapes, least, sure in _BY_SHAPE:
        if p.share(*shapes) >= least:
            return field, sure if p.n >= 2 or single else sure - 0.1
    return "", 0.0


_SAID = """
mobile 手机号|landline 固话|phones 几个电话|mobile-like 位数不对的手机号|text-with-phone 文字夹电话|people 人名连电话或证件|name 人名|names 几个人名
id 身份证号|ids 几个证件号|document 证件号|digits 长数字|date 日期|date-digits 八位日期|month 年月|serial-date 数字或日期序号|house 房号
room 室号或短编号|part 楼栋或单元|decimal 小数|number 数字|small 小数字|area 面积|share 份额|sex 性别|plate 车牌|state 状态词|yes-no 是否|place 地址
company 单位名称|text 文字|word 词语|words 几个词|latin 英文|title 产权证号|layout 户型|email 邮箱|error 错误值|picture 图片
"""
_SHAPE_NAMES = dict(pair.split(" ") for line in _SAID.split("\n") for pair in line.split("|") if pair)


def shape_words(p: Profile) -> str:
    """What the cells look like, for the reasons told to staff."""
    top = sorted(p.shares.items(), key=lambda x: -x[1])[:2]
    return "、".join(f"{_SHAPE_NAMES.get(s, s)} {round(100 * v)}%" for s, v in top if v >= 0.1)
