"""C12: one name in one house has different document numbers."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.identity.holders import holder_keys, listed, several
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="C12",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("同名同房证件号不同", "One name in one house, different numbers"),
    message=Text("{house} 的同名现业主 {others} 证件号码与 {found} 不同", "{others}, of the same name in {house}, has another number than {found}"),
    why=Text(
        "同一套房里同名同证件类型的多为一个人登记了两次，其中一个号码有误。",
        "One name and kind of document in one house is mostly one person entered twice, with one number wrong.",
    ),
    fix=Text("对照证件复印件核对；旧号的那一行转为原业主。", "Check the copies; the row of an old number becomes 原业主."),
    needs="owners.owner_no owners.house_no owners.name owners.id_type owners.id_no owners.status",
    wrong="""
        业主: 业主编号 | 房号 | 姓名 | 证件类型 | 证件号码 | 业主状态
        Y1 | 1-1-101 | 张伟 | 居民身份证 | «132101199001011232» | 现业主
        Y2 | 1-1-101 | 张伟 | 居民身份证 | 132101198506152044 | 现业主
    """,
    right="""
        业主: 业主编号 | 房号 | 姓名 | 证件类型 | 证件号码 | 业主状态
        Y1 | 1-1-101 | 张伟 | 居民身份证 | 132101199001011232 | 现业主
        Y2 | 1-1-101 | 张伟 | 居民身份证 | 132101198506152044 | 原业主
        Y3 | 1-1-102 | 张伟 | 居民身份证 | 132101198506152044 | 现业主
        Y4 | 1-1-101 | 张伟 | 护照 | E12345678 | 现业主
        Y5 | 1-1-103 | 李四 | 港澳居民来往内地通行证 | H1234567800 | 现业主
        Y6 | 1-1-103 | 李四 | 港澳居民来往内地通行证 | H1234567801 | 现业主
        Y7 | 1-1-104 | 王五 | 居民身份证 | 132101900101123 | 现业主
        Y8 | 1-1-104 | 王五 | 居民身份证 | 132101199001011232 | 现业主
        Y9 | 1-1-101 | 张伟 | 居民身份证 | 132101199001011231 | 现业主
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Only current owners, and only within one kind of document."""
    o = v.owners
    house, name, types = o.house_no, o.name, o.id_type
    assert house.ids is not None and name.ids is not None and types.choice is not None
    keys = holder_keys(o)
    mine = rows((keys >= 0) & house.ok & name.ok & o.status.is_("现业主") & o.first)
    mine = mine[np.bincount(house.ids[mine], minlength=1)[house.ids[mine]] > 1]
    same = np.zeros(len(o), np.int64)
    _, inverse = np.unique(np.stack([house.ids[mine], name.ids[mine], types.choice[mine]], axis=1), axis=0, return_inverse=True)
    same[mine] = inverse.reshape(-1)
    told = {int(g[0]): g for g in several(same, keys, mine)}
    yield Hit("owners", sorted(told), "id_no", lambda r: {"house": house.text(r), "others": listed(o, told[r][1:])})
