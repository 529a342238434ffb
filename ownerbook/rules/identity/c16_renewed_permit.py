"""C16: one permit of Hong Kong or Macao stands with different counts of renewal."""

from collections.abc import Iterator

import numpy as np

from ownerbook.identifiers import document
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.identity.holders import holder_keys, listed, several
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="C16",
    severity="notice",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("同一通行证换证次数不同", "One permit with different counts of renewal"),
    message=Text(
        "通行证 {found} 与 {others} 前 9 位相同，换证次数不同",
        "the permit {found} has the first nine places of {others}, and another count of renewal",
    ),
    why=Text("前 9 位终身不变，这是同一个人的新旧证件。", "The first nine places are for life: these are an older and a newer permit of one person."),
    fix=Text("视为同一人，把旧证号更新为新证号。", "Take them for one person, and renew the older number."),
    needs="owners.owner_no owners.id_type owners.id_no owners.status",
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码 | 业主状态
        Y1 | 港澳居民来往内地通行证 | «H1234567800» | 现业主
        Y2 | 港澳居民来往内地通行证 | H1234567801 | 现业主
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码 | 业主状态
        Y1 | 港澳居民来往内地通行证 | H1234567800 | 现业主
        Y2 | 港澳居民来往内地通行证 | H1234567800 | 现业主
        Y3 | 港澳居民来往内地通行证 | H1234567801 | 原业主
        Y4 | 港澳居民来往内地通行证 | H12345678 | 现业主
        Y5 | 港澳居民来往内地通行证 | M1234567801 | 现业主
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Only numbers that carry a count, and only current owners; the highest count is the newest permit."""
    o = v.owners
    number = o.id_no
    assert number.ids is not None
    keys = holder_keys(o)
    mine = rows(o.id_type.is_(document.HK_MACAO_PERMIT) & number.ok & o.status.is_("现业主") & o.first)
    mine = mine[np.array([len(number.text(int(r))) == 11 for r in mine], bool)]
    told = {int(g[0]): g for g in several(keys, number.ids.astype(np.int64), mine)}

    def newest(row: int) -> str | None:
        last = max(number.text(int(r)) for r in told[row])
        return last if last != number.text(row) else None

    yield Hit("owners", sorted(told), "id_no", lambda r: {"others": listed(o, told[r][1:])}, newest)
