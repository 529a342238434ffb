"""D10: a parent born no earlier than the owner, or a child born no later."""

from collections.abc import Iterator

import numpy as np

from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.identity.holders import births, years
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="D10",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("关系与年龄矛盾", "Relation and age disagree"),
    message=Text(
        "关系是「{found}」，{birth} 年出生，与 {house} 现业主的出生年矛盾",
        "the relation is {found}, but the year of birth {birth} contradicts that of the owners of {house}",
    ),
    why=Text("父母不会晚于子女出生，多为关系或证件号录错。", "No parent is born after a child; mostly the relation or a number is mistyped."),
    fix=Text("核对关系和双方的证件号码。", "Check the relation and both numbers."),
    needs="household.member_no household.house_no household.relation household.status household.id_type household.id_no"
    " owners.house_no owners.kind owners.status owners.id_type owners.id_no",
    wrong="""
        业主: 业主编号 | 房号 | 业主类型 | 证件类型 | 证件号码 | 业主状态
        Y1 | 1-1-101 | 自然人 | 居民身份证 | 132101199001011232 | 现业主

        家庭成员: 成员编号 | 房号 | 与业主关系 | 证件类型 | 证件号码 | 居住状态
        M1 | 1-1-101 | «父母» | 居民身份证 | 132101201506011238 | 在住
        M2 | 1-1-101 | «儿子» | 居民身份证 | 132101198506152044 | 在住
    """,
    right="""
        业主: 业主编号 | 房号 | 业主类型 | 证件类型 | 证件号码 | 业主状态
        Y1 | 1-1-101 | 自然人 | 居民身份证 | 132101199001011232 | 现业主
        Y2 | 1-1-102 | 自然人 | 居民身份证 | 132101199001011232 | 现业主
        Y3 | 1-1-102 | 自然人 | 护照 | E12345678 | 现业主
        Y4 | 1-1-103 | 自然人 | 居民身份证 | 132101199001011232 | 原业主
        Y5 | 1-1-104 | 自然人 | 居民身份证 | 132101199001011232 | 现业主
        Y6 | 1-1-104 | 自然人 | 居民身份证 | 132101201506011238 | 现业主

        家庭成员: 成员编号 | 房号 | 与业主关系 | 证件类型 | 证件号码 | 居住状态
        M1 | 1-1-101 | 子女 | 居民身份证 | 132101201506011238 | 在住
        M2 | 1-1-102 | 父母 | 居民身份证 | 132101201506011238 | 在住
        M3 | 1-1-103 | 父母 | 居民身份证 | 132101201506011238 | 在住
        M4 | 1-1-104 | 父母 | 居民身份证 | 132101198506152044 | 在住
        M5 | 1-1-101 | 父母 | 居民身份证 | 132101201506011238 | 迁出
        M6 | 1-1-101 | 兄弟姐妹 | 居民身份证 | 132101201506011238 | 在住
        M7 | 1-1-101 | 父母 | 居民身份证 | | 在住
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Only where the years contradict every current owner of the house, and every one of them has a known year."""
    o, m = v.owners, v.household
    house, home = o.house_no, m.house_no
    assert house.ids is not None and home.ids is not None
    born = births(o)
    current = rows(house.ok & o.first & o.status.is_("现业主") & ~o.kind.is_("法人"))
    size = int(max(house.ids.max(initial=-1), home.ids.max(initial=-1))) + 2
    youngest, oldest = np.full(size, np.iinfo(np.int32).min, np.int32), np.full(size, np.iinfo(np.int32).max, np.int32)
    known = np.zeros(size, bool)
    year = years(np.where(born == NO_DAY, np.int32(0), born))
    np.maximum.at(youngest, house.ids[current], year[current])
    np.minimum.at(oldest, house.ids[current], year[current])
    known[house.ids[current]] = True
    known[house.ids[current[born[current] == NO_DAY]]] = False
    own = births(m)
    own_year = years(np.where(own == NO_DAY, np.int32(0), own))
    judged = (own != NO_DAY) & home.ok & m.first & m.status.is_("在住") & known[home.ids]
    wrong = judged & ((m.relation.is_("父母") & (own_year >= youngest[home.ids])) | (m.relation.is_("子女") & (own_year <= oldest[home.ids])))
    yield Hit("household", rows(wrong), "relation", lambda r: {"birth": str(own_year[r]), "house": home.text(r)})
