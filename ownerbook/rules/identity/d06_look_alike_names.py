"""D06: two rows of a house may be one person whose name is mistyped."""

from collections.abc import Iterator

import numpy as np

from ownerbook.identifiers import person_name
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.identity.holders import groups, holder_keys
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Personal, Text

CARD = Card(
    code="D06",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("疑似同一人重复登记", "May be one person entered twice"),
    message=Text(
        "{house} 的 {found} 与 {other}({name})只差一字，证件号末四位相同",
        "in {house} {found} and {other} ({name}) differ in one character, and their numbers end alike",
    ),
    why=Text("形近、同音字录错时，一个人会变成两个人。", "A character that looks or sounds alike makes two persons of one."),
    fix=Text("对照证件复印件比对；是同一人的，改正姓名和号码。", "Compare the copies; if it is one person, correct name and number."),
    needs="owners.owner_no owners.house_no owners.name owners.id_type owners.id_no",
    wrong="""
        业主: 业主编号 | 房号 | 姓名 | 证件类型 | 证件号码
        Y1 | 1-1-101 | «张伟» | 居民身份证 | 132101199001011232
        Y2 | 1-1-101 | 张玮 | 居民身份证 | 132101199201021232
    """,
    right="""
        业主: 业主编号 | 房号 | 姓名 | 证件类型 | 证件号码
        Y1 | 1-1-101 | 张伟 | 居民身份证 | 132101199001011232
        Y2 | 1-1-101 | 张玮 | 居民身份证 | 132101198506152044
        Y3 | 1-1-102 | 张玮 | 居民身份证 | 132101199001011232
        Y4 | 1-1-101 | 张伟 | 居民身份证 | 132101199001011232
        Y5 | 1-1-103 | 张伟 | 护照 | E12345678
        Y6 | 1-1-103 | 李伟明 | 护照 | G23455678
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Names of one length, one character apart, in one house, with different numbers of the same last four places."""
    o = v.owners
    house, name, number = o.house_no, o.name, o.id_no
    assert house.ids is not None and number.ids is not None
    keys = holder_keys(o)
    mine = rows((keys >= 0) & house.ok & name.ok & o.first)
    mine = mine[np.bincount(house.ids[mine], minlength=1)[house.ids[mine]] > 1]  # alone in a house nobody is mistaken for another
    ends: dict[str, int] = {}
    end = np.zeros(len(o), np.int64)
    for row in mine.tolist():
        end[row] = ends.setdefault(number.text(row)[-4:], len(ends))
    told: dict[int, int] = {}
    for group in groups(house.ids.astype(np.int64) * (len(ends) + 1) + end, mine):
        for i, a in enumerate(group[:8].tolist()):  # a house has few owners; more of one ending is no slip of the pen
            for b in group[i + 1 : 8].tolist():
                if keys[a] != keys[b] and len(name.text(a)) == len(name.text(b)) and person_name.same_but_one(name.text(a), name.text(b)):
                    told.setdefault(a, b)
    yield Hit(
        "owners",
        sorted(told),
        "name",
        lambda r: {"house": house.text(r), "other": o.key_text(told[r]), "name": Personal(name.text(told[r]), "name")},
    )
