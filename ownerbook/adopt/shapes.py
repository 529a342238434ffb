"""What a cell looks like, whatever its header says; and what a column's cells look like together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ownerbook.adopt.grid import Cell
from ownerbook.identifiers import company_name, dates, document, house_no, owners_cell, phone, title_certificate
from ownerbook.identifiers.damage import BLANKS
from ownerbook.identifiers.phone_text import numbers
from ownerbook.schema.cells import Flag, Kind

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑罗梁谢宋唐许韩邓冯曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江"
    "尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍"
    "涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇"
    "栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支"
)
_PHONE_DIGITS = re.compile(r"1[3-9][0-9]{9}|0[0-9]{2,3}[- ]?[0-9]{7,8}|[2-9][0-9]{6,7}|1[3-9][0-9]{7,8}")
_RESIDENT = re.compile(r"[1-9][0-9]{16}[0-9Xx]|[1-9][0-9]{14}", re.ASCII)
_PLATE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领临][A-Z][·.\- ]?[A-Z0-9]{4,6}[学警港澳挂]?", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]{2,4}|[\u3400-\u9fff]+[·•・][\u3400-\u9fff]+")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z.'-]*(?: [A-Za-z][A-Za-z.'-]*){0,3}")
_ROOM = re.compile(r"[A-Z]?[0-9]{2,5}[A-Z]?|[0-9]{1,2}-[0-9]{2,4}|[A-Z]{1,2}-?[0-9]{1,4}|[SPCB]-.+", re.IGNORECASE)
_PART = re.compile(
    r"(?:第)?[0-9]{1,3}[A-Z]?(?:号楼|#楼?|栋|幢|座|号|单元|门|排|期)?|[A-Z][0-9]{0,2}(?:栋|座|幢|单元|#)?|[一二三四五六七八九十甲乙丙丁东西南北]{1,3}(?:号楼|栋|幢|座|单元|区)?",
    re.IGNORECASE,
)
_LONG_HOUSE = re.compile(r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{3,4}", re.ASCII)
_LAYOUT = re.compile(r"[一二三四五六两1-9][室房](?:[一二两三1-3零0][厅])?.*|[A-Z][0-9]?户型|.*[跃复]式.*|单间")
_AREA_TEXT = re.compile(r"[0-9]{1,5}(?:\.[0-9]+)?\s*(?:㎡|m2|m²|平方米|平米|平)", re.IGNORECASE)
_HOUSE_PLACE = re.compile(
    r".{0,8}?[0-9A-Za-z一二三四五六七八九十]{1,4}(?:栋|幢|号楼|座|#楼|#)(?:[0-9一二三四五六]{1,2}(?:单元|门))?(?:[0-9]{1,2}[层楼])?[0-9]{1,4}[A-Z]?(?:号|室|房|户)?"
)
_SHARE = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?\s*%|[1-9]/[1-9][0-9]?|共同共有|按份共有|单独所有|单独")
_MONTH = re.compile(r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}月?")
_PLACE = re.compile(r".*(?:省|市|区|县|镇|街|路|巷|村|号|弄|小区|花园|苑|大厦|广场).*[0-9].*")
_NAMED = re.compile(r"[\u3400-\u9fff]{1,2}(?:先生|小姐|女士|太太|总|姐|哥|生|老师|经理|老板)$")
_STATES = """
自住 空置 出租 装修 装修中 未售 已售 未交房 已交房 住宅 商铺 商业 车位 办公 储藏室 公寓 别墅 已入住 未入住 入住 未装修 已装修 毛坯 在租 空房 待售
"""
_WORDS_OF_STATE = frozenset(_STATES.split())
_ANSWERS = "是 否 有 无 √ × ✓ 已签 未签 Y N 已 未 对 Yes No yes no"
_YES_NO = frozenset(_ANSWERS.split())

SAMPLED = 400


@lru_cache(maxsize=65536)
def shape_of_text(text: str) -> str:
    """The one shape that fits a text best."""
    t = text.strip()
    flat = re.sub(r"[\s\u200b]+", "", t)
    if not flat or t in BLANKS:
        return "blank"
    if flat in ("男", "女", "男性", "女性"):
        return "sex"
    if flat in _YES_NO:
        return "yes-no"
    if flat in _WORDS_OF_STATE:
        return "state"
    if re.search(r"[0-9]{7}[0-9xX]*\s+[0-9]{7}", t):
        return _worded(t, flat)  # two numbers side by side are not one long one
    if _RESIDENT.fullmatch(flat):
        return "id" if len(flat) == 18 or dates.read("19" + flat[6:12]).reason == "digits" else "digits"
    if _EMAIL.fullmatch(flat):
        return "email"
    if _PLATE.fullmatch(flat.upper()):
        return "plate"
    if title_certificate.parse(t) is not None or "不动产权第" in flat:
        return "title"
    return _numeric(t, flat) or _worded(t, flat)


def _numeric(t: str, flat: str) -> str:
    if flat.isascii() and flat.isdigit():
        if len(flat) == 11 and flat[0] == "1" and flat[1] in "3456789":
            return "mobile"
        if len(flat) == 8 and dates.read(flat).reason == "digits" and flat[:2] in ("19", "20"):
            return "date-digits"
        if len(flat) in (10, 12) and flat[0] == "1" and flat[1] in "3456789":
            return "mobile-like"
        if len(flat) <= 6:
            return "small" if len(flat) <= 2 else "number"
        if len(flat) in (7, 8) or (flat[0] == "0" and 10 <= len(flat) <= 12):
            return "landline"
        return "digits"
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", flat, re.ASCII):
        return "month" if re.fullmatch(r"(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])", flat) else "decimal"
    if _AREA_TEXT.fullmatch(t):
        return "area"
    if _SHARE.fullmatch(t):
        return "share"
    if _LONG_HOUSE.fullmatch(flat):
        return "house"  # 1-1-2001 is a room of the twentieth floor; days are written year first
    if dates.day_of(t) is not None or dates.candidates(t):
        return "date"
    if _MONTH.fullmatch(flat):
        return "month"
    return ""


def _worded(t: str, flat: str) -> str:
    if re.search(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])", t):
        return "people" if re.search(r"[\u3400-\u9fff]{2}", t) else "ids"
    found, said = numbers(t)
    if found and any(_PHONE_DIGITS.fullmatch(re.sub(r"[- ]", "", n)) for n in found):
        if not said:
            parsed = phone.parse(t)
            return "phones" if len(found) > 1 else "landline" if parsed is None or parsed.kind != "mobile" else "mobile"
        people = owners_cell.parse(t)
        return "people" if any(p.name for p in people) and any(p.phones for p in people) else "text-with-phone"
    if house_no.canonical(t) is not None or _HOUSE_PLACE.fullmatch(flat):
        return "house"
    if document.shapes(flat) and any(c.isdigit() for c in flat) and any(c.isalpha() for c in flat) and len(flat) >= 8:
        return "document"
    if _ROOM.fullmatch(flat):
        return "room"
    if _PART.fullmatch(flat):
        return "part"
    if _LAYOUT.fullmatch(flat):
        return "layout"
    return _name_or_words(t, flat)


def _name_or_words(t: str, flat: str) -> str:
    if company_name.looks_like_company(t) and len(flat) <= 40:
        return "company"
    pieces = [p for p in re.split(r"[\s、，,;；/]+", t) if p]
    if _HAN_NAME.fullmatch(flat) and (len(pieces) == 1 or all(len(p) == 1 for p in pieces)):
        return "name" if flat[0] in SURNAMES or flat[:2] in ("欧阳", "上官", "司马", "诸葛") or "·" in flat else "word"
    if len(pieces) > 1 and all(re.fullmatch(r"[\u3400-\u9fff]{2,4}(?:[(\uff08].{1,6}[)\uff09])?", p) for p in pieces):
        return "names" if sum(p[0] in SURNAMES for p in pieces) * 2 >= len(pieces) else "words"
    if _NAMED.fullmatch(flat) or re.fullmatch(r"[\u3400-\u9fff]{2,4}[0-9]{1,2}", flat):
        return "name"
    if re.fullmatch(r"[\u3400-\u9fff]{2,4}[(\uff08][^0-9]{1,6}[)\uff09]", flat) and flat[0] in SURNAMES:
        return "name"
    if _LATIN_NAME.fullmatch(t) and 2 <= len(t) <= 40:
        return "latin"
    if len(flat) >= 6 and _PLACE.fullmatch(flat):
        return "place"
    if len(flat) <= 6 and re.fullmatch(r"[\u3400-\u9fff]+", flat):
        return "word"
    return "text"


def shape_of(cell: Cell) -> str:
    """The shape of a cell; what the file says of it counts first."""
    if cell.flag & Flag.PICTURE:
        return "picture"
    if cell.kind == Kind.ERROR or cell.flag & Flag.NO_CACHE:
        return "error"
    if cell.kind == Kind.DATE:
        return "date" if 1 <= cell.value < 2958466 else "number"
    if cell.kind == Kind.BOOL:
        return "yes-no"
    if cell.kind == Kind.NUMBER and abs(cell.value) >= 1e14:
        return "id"  # eighteen digits typed as a number: the last ones are lost, what it was is plain
    if cell.kind == Kind.NUMBER and 20000 <= cell.value <= 60000 and cell.value == int(cell.value):
        return "serial-date"
    return shape_of_text(cell.text)


@dataclass(slots=True)
class Profile:
    """What the cells of a column look like. shares: shape → its part of the filled cells; n: how many are filled, placeholders aside."""

    n: int = 0
    shares: dict[str, float] = field(default_factory=dict)
    distinct: float = 0.0
    running: bool = False
    numeric: list[float] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def share(self, *shapes: str) -> float:
        """How much of the column has one of these shapes."""
        return sum(self.shares.get(s, 0.0) for s in shapes)

    @property
    def main(self) -> str:
        """The commonest shape."""
        return max(self.shares, key=lambda s: self.shares[s]) if self.shares else ""

    @property
    def median(self) -> float:
        """The middle of the numbers, 0 without any."""
        ordered = sorted(self.numeric)
        return ordered[len(ordered) // 2] if ordered else 0.0


def profile(cells: Iterable[Cell]) -> Profile:
    """Sum up the cells of a column; of a long one, the first few hundred."""
    counted: Counter[str] = Counter()
    texts: list[str] = []
    values: list[float] = []
    for cell in cells:
        shape = shape_of(cell)
        if shape == "blank":
            continue
        counted[shape] += 1
        texts.append(cell.text.strip())
        if cell.kind == Kind.NUMBER:
            values.append(cell.value)
        elif re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", cell.text.strip(), re.ASCII):
            values.append(float(cell.text))
        if len(texts) >= SAMPLED:
            break
    n = len(texts)
    shares = {s: c / n for s, c in counted.items()} if n else {}
    return Profile(n, shares, len(set(texts)) / n if n else 0.0, _runs(values, n), values, texts)


def _runs(values: Sequence[float], n: int) -> bool:
    """Whether the column counts its rows: 1 2 3 …"""
    if len(values) < max(3, 0.8 * n):
        return False
    steps = sum(b - a == 1 for a, b in zip(values, values[1:], strict=False))
    return values[0] in (0, 1) and steps >= 0.8 * (len(values) - 1)
