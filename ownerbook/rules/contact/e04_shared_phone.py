"""E04: one phone belongs to more people than policy lets pass."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.identity.holders import holder_keys, listed
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="E04",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("多人共用同一电话", "One phone for many people"),
    message=Text(
        "电话 {found} 是 {count} 位现业主的联系电话，还有 {others}", "the phone {found} is that of {count} current owners, {others} among them"
    ),
    why=Text("同一号码登记给许多人，多为中介或物业代填。", "One number for many people is mostly an agent's, or was filled in for them."),
    fix=Text("逐户回访，登记业主本人的电话。", "Ask each of them, and register their own phones."),
    needs="owners.owner_no owners.name owners.id_type owners.id_no owners.phone owners.status policy",
    wrong="""
        业主: 业主编号 | 姓名 | 证件类型 | 证件号码 | 联系电话 | 业主状态
        Y1 | 张一 | 居民身份证 | 132101199001011232 | «13800001234» | 现业主
        Y2 | 张二 | 居民身份证 | 132101198506152044 | 138 0000 1234 | 现业主
        Y3 | 张三 | 护照 | E12345678 | 13800001234 | 现业主
        Y4 | 张四 | 某证 | E12345679 | 13800001234 | 现业主
    """,
    right="""
        业主: 业主编号 | 姓名 | 证件类型 | 证件号码 | 联系电话 | 业主状态
        Y1 | 张一 | 居民身份证 | 132101199001011232 | 13800001234 | 现业主
        Y2 | 张一 | 居民身份证 | 132101199001011232 | 13800001234 | 现业主
        Y3 | 张二 | 居民身份证 | 132101198506152044 | 13800001234 | 现业主
        Y4 | 张三 | 护照 | E12345678 | 13800001234 | 现业主
        Y5 | 张四 | 护照 | E12345679 | 13800001234 | 原业主
        Y6 | 张五 | 护照 | E12345671 | 138000 | 现业主
        Y7 | 张六 | 护照 | E12345672 | 138000 | 现业主
        Y8 | 张七 | 护照 | E12345673 | 138000 | 现业主
        Y9 | 张八 | 护照 | E12345674 | 138000 | 现业主
    """,
)


def find(v: View) -> Iterator[Hit]:
    """People are told apart by their document, else by name; one problem for all rows of a phone, at the first."""
    o = v.owners
    phone, name = o.phone, o.name
    assert phone.ids is not None and name.ids is not None
    keys = holder_keys(o)
    person = np.where(keys >= 0, keys, -2 - name.ids.astype(np.int64))
    mine = rows(phone.ok & o.status.is_("现业主") & o.first & ((keys >= 0) | name.ok))
    mine = mine[np.bincount(phone.ids[mine], minlength=1)[phone.ids[mine]] > v.policy.shared_phone_limit]
    pairs = np.unique(np.stack([phone.ids[mine].astype(np.int64), person[mine]], axis=1), axis=0)
    count = np.bincount(pairs[:, 0], minlength=1)
    many = count > v.policy.shared_phone_limit
    shared = mine[many[phone.ids[mine]]]
    told: dict[int, list[int]] = {}
    first: dict[int, int] = {}
    for row in shared.tolist():
        told.setdefault(first.setdefault(int(phone.ids[row]), row), []).append(row)
    yield Hit(
        "owners",
        sorted(told),
        "phone",
        lambda r: {"count": str(count[phone.ids[r]]), "others": listed(o, np.array(told[r][1:], np.int32))},
    )
