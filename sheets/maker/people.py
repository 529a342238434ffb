"""Made-up people and companies: plausible names, numbers that nobody can have.

Resident IDs begin with county codes withdrawn before numbering began, phones have the form 1xx-0000-xxxx.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from ownerbook.identifiers import credit_code, mobile
from ownerbook.identifiers.counties import WITHDRAWN_BEFORE_1984
from ownerbook.identifiers.mod11 import check_digit

SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
MALE = "伟强磊军勇杰涛明超刚辉力波鹏飞晨宇航建国文斌浩然志远俊豪子轩思源嘉诚振华海峰立新永康德胜家栋"
FEMALE = "芳娜敏静丽艳娟秀霞英华玉兰红梅倩楠曦怡欣妍雪琴慧婷洁莉颖佳琪若彤雨桐梦瑶淑珍桂香晓燕海燕月娥诗涵"
FIRMS = ("禾润", "启衡", "澄川", "云岫", "博朗", "恒屹", "明栈", "远筑", "安澜", "聚善", "卓岭", "泽信", "金桔", "和煦", "瑞航", "春晓")
TRADES = ("商贸", "餐饮管理", "物流", "教育咨询", "装饰工程", "信息技术", "文化传播", "健康管理", "电子商务", "环保科技")
SEGMENTS = ("130", "131", "133", "135", "136", "138", "139", "150", "151", "158", "159", "166", "177", "180", "186", "189", "191", "199")
COUNTRIES = ("840", "826", "392", "276", "250", "036", "702")


@dataclass(frozen=True, slots=True)
class Person:
    """A person or company as an owner's row writes it."""

    name: str
    kind: str
    id_type: str
    id_no: str
    id_until: date | str | None
    phone: str
    born: date | None = None
    male: bool = True


class People:
    """Makes people; no name, number or phone comes twice."""

    def __init__(self, rng: random.Random, today: date) -> None:
        self._rng, self._today = rng, today
        self._used: set[str] = set()

    def _once(self, make: str) -> bool:
        if make in self._used:
            return False
        self._used.add(make)
        return True

    def name(self, male: bool, surname: str = "") -> str:
        """A name that nobody else here bears."""
        while True:
            given = "".join(self._rng.sample(MALE if male else FEMALE, 2 if self._rng.random() < 0.7 else 1))
            name = (surname or self._rng.choice(SURNAMES)) + given
            if self._once(name):
                return name

    def phone(self) -> str:
        """A mobile number of the form 1xx-0000-xxxx."""
        while True:
            phone = f"{self._rng.choice(SEGMENTS)}0000{self._rng.randrange(10000):04d}"
            if len(set(phone[7:])) > 2 and mobile.is_plain(phone) and self._once(phone):
                return phone

    def resident_id(self, born: date, male: bool, *, county: str = "", end: str = "") -> str:
        """A resident ID; end: the check place that it shall have."""
        while True:
            order = self._rng.randrange(1, 499) * 2 + (1 if male else 0)
            first = f"{county or self._rng.choice(WITHDRAWN_BEFORE_1984)}{born:%Y%m%d}{order:03d}"
            number = first + check_digit(first)
            if (not end or number[-1] == end) and (end == "X" or number[-1] != "X" or self._rng.random() < 0.3) and self._once(number):
                return number

    def ending(self, last: str) -> str:
        """A resident ID that ends in these four places."""
        while True:
            first = f"{self._rng.choice(WITHDRAWN_BEFORE_1984)}{self.born():%Y%m%d}{last[:3]}"
            if check_digit(first) == last[3] and self._once(first + last[3]):
                return first + last[3]

    def born(self, youngest: int = 24, oldest: int = 78) -> date:
        """A day of birth of somebody of that age."""
        days = self._rng.randrange(youngest * 365, oldest * 365)
        return self._today - timedelta(days=days)

    def until(self, born: date) -> date | str | None:
        """How long a card is valid: not asked for by all clerks."""
        roll = self._rng.random()
        if roll < 0.35:
            return None
        if (self._today - born).days > 46 * 365:
            return "长期"
        return self._today + timedelta(days=self._rng.randrange(200, 15 * 365))

    def from_over_there(self) -> str:
        """A phone of Hong Kong once, else a mainland one."""
        return "+852-91234567" if self._once("+852-91234567") else self.phone()

    def person(self, *, surname: str = "", male: bool | None = None, born: date | None = None) -> Person:
        """Somebody with a resident ID."""
        is_male = self._rng.random() < 0.55 if male is None else male
        birth = born or self.born()
        return Person(
            self.name(is_male, surname), "自然人", "居民身份证", self.resident_id(birth, is_male), self.until(birth), self.phone(), birth, is_male
        )

    def company(self) -> Person:
        """A company with a credit code."""
        while True:
            name = f"示例市{self._rng.choice(FIRMS)}{self._rng.choice(TRADES)}有限公司"
            if self._once(name):
                break
        office = f"{self._rng.randrange(10**8):08d}"
        first = f"91{self._rng.choice(WITHDRAWN_BEFORE_1984)}{office}{credit_code.organisation_check(office)}"
        return Person(
            name,
            "法人",
            "统一社会信用代码",
            first + credit_code.check_digit(first),
            "长期",
            "400-000-1234" if self._once("400-000-1234") else self.phone(),
        )

    def from_abroad(self, which: int) -> Person:
        """Somebody with another kind of document; `which` counts through the kinds."""
        rng, birth = self._rng, self.born(28, 65)
        serial = f"{rng.randrange(1, 999):03d}"
        number = f"{rng.randrange(10**5):05d}"
        region = f"{rng.choice(('810000', '820000', '830000'))}{birth:%Y%m%d}{serial}"
        stay = f"913{rng.choice(COUNTRIES)}{birth:%Y%m%d}{serial}"
        kinds = (
            ("港澳居民来往内地通行证", f"H000{number}"),
            ("台湾居民来往大陆通行证", f"000{number}"),
            ("港澳台居民居住证", region + check_digit(region)),
            ("外国人永久居留身份证", stay + check_digit(stay)),
            ("护照", f"E000{number}"),
            ("军官证", f"军字第00{number}号"),
            ("港澳居民来往内地通行证", f"M000{number}"),
        )
        id_type, id_no = kinds[which % len(kinds)]
        male = rng.random() < 0.5
        name = self.name(male)
        if id_type in ("外国人永久居留身份证",):
            name = rng.choice(("Anna Keller", "James Holt", "Marie Dubois", "Peter Lindqvist", "Sofia Rossi"))
        until = None if id_type == "军官证" else self._today + timedelta(days=rng.randrange(300, 3000))
        phone = self.from_over_there() if id_no[0] == "H" else self.phone()
        return Person(name, "自然人", id_type, id_no, until, phone, birth, male)
