"""D11: an owner under age without a guardian."""

from collections.abc import Iterator

import numpy as np

from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.identity.holders import births, of_age_since
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="D11",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("业主未成年且无监护人", "Owner under age without guardian"),
    message=Text(
        "业主 {record} 未满 18 岁，{house} 没有登记可作监护人的成年人",
        "owner {record} is under 18, and no adult who may be the guardian is registered for {house}",
    ),
    why=Text(
        "未成年人的登记和授权由监护人办理；未满 14 周岁的信息属敏感个人信息。",
        "A guardian acts for a minor; data of children under 14 are sensitive.",
    ),
    fix=Text("在「家庭成员」登记监护人，或在备注写明监护人。", "Register the guardian on 家庭成员, or name them in the note."),
    needs="owners.owner_no owners.house_no owners.kind owners.status owners.id_type owners.id_no owners.note"
    " household.house_no household.relation household.id_type household.id_no today",
    elsewhere=True,
    wrong="""
        今天 2026-10-31

        业主: 业主编号 | 房号 | 业主类型 | 证件类型 | 证件号码 | 业主状态
        «Y1» | 1-1-101 | 自然人 | 居民身份证 | 132101201506011238 | 现业主

        家庭成员: 成员编号 | 房号 | 与业主关系 | 证件类型 | 证件号码
        M1 | 1-1-101 | 租户 | 居民身份证 | 132101199001011232
        M2 | 1-1-102 | 父母 | 居民身份证 | 132101199001011232
    """,
    right="""
        今天 2026-10-31

        业主: 业主编号 | 房号 | 业主类型 | 证件类型 | 证件号码 | 业主状态 | 备注
        Y1 | 1-1-101 | 自然人 | 居民身份证 | 132101201506011238 | 现业主 |
        Y2 | 1-1-102 | 自然人 | 居民身份证 | 132101201506011238 | 现业主 |
        Y3 | 1-1-102 | 自然人 | 居民身份证 | 132101199001011232 | 现业主 |
        Y4 | 1-1-103 | 自然人 | 居民身份证 | 132101201506011238 | 原业主 |
        Y5 | 1-1-104 | 自然人 | 居民身份证 | 132101201506011238 | 现业主 | 监护人为其父
        Y6 | 1-1-105 | 自然人 | 居民身份证 | 132101199001011232 | 现业主 |
        Y7 | 1-1-106 | 自然人 | 护照 | E12345678 | 现业主 |

        家庭成员: 成员编号 | 房号 | 与业主关系 | 证件类型 | 证件号码
        M1 | 1-1-101 | 父母 | |
    """,
)
KIN = ("父母", "祖孙", "兄弟姐妹", "其他亲属")


def find(v: View) -> Iterator[Hit]:
    """A guardian may be any adult kin or co-owner of the house; one whose age is not known may be adult."""
    o, m = v.owners, v.household
    house, home = o.house_no, m.house_no
    assert house.ids is not None and home.ids is not None
    limit = of_age_since(v.today)
    born, kin_born = births(o), births(m)
    current = o.first & o.status.is_("现业主") & ~o.kind.is_("法人")
    minor = current & house.ok & (born != NO_DAY) & (born > limit)
    if not minor.any():
        return
    guarded = np.zeros(int(max(house.ids.max(initial=-1), home.ids.max(initial=-1))) + 2, bool)
    guarded[house.ids[current & house.ok & ~minor]] = True
    guarded[home.ids[home.ok & (m.relation.is_(*KIN) | m.relation.filled & ~m.relation.ok) & ((kin_born == NO_DAY) | (kin_born <= limit))]] = True
    alone = rows(minor & ~guarded[house.ids])
    told = [r for r in alone.tolist() if "监护" not in o.note.text(r)]
    yield Hit("owners", told, "owner_no", lambda r: {"house": house.text(r)})
