"""C11: one document number stands under different names."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.identity.holders import holder_keys, listed, several
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="C11",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("同一证件号对应不同姓名", "One document number under different names"),
    message=Text("证件号码 {found} 在 {others} 也出现，姓名却不同", "the document number {found} also stands at {others}, under another name"),
    why=Text(
        "一个号码只属于一个人，多为同音字录错或冒用。",
        "A number belongs to one person; mostly a character is mistyped, or the number is used by another.",
    ),
    fix=Text("对照证件复印件核对姓名和号码。", "Check names and number against the copies."),
    needs="owners.owner_no owners.name owners.id_type owners.id_no",
    wrong="""
        业主: 业主编号 | 姓名 | 证件类型 | 证件号码
        Y1 | 张伟 | 居民身份证 | «132101199001011232»
        Y2 | 张玮 | 居民身份证 | 132101199001011232
        Y3 | 张伟 | 居民身份证 | 132101199001011232
    """,
    right="""
        业主: 业主编号 | 姓名 | 证件类型 | 证件号码
        Y1 | 张伟 | 居民身份证 | 132101199001011232
        Y2 | 张　伟 | 居民身份证 | 132101199001011232
        Y3 | 张三、李四 | 居民身份证 | 132101199001011232
        Y4 | 李四 | 居民身份证 | 132101199001011231
        Y5 | 王五 | 居民身份证 | 132101199001011231
        Y6 | 赵六 | 护照 | E12345678
        Y7 | 孙七 | 某证 | E12345678
        Y2 | 周八 | 居民身份证 | 132101199001011232
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Names are compared in their normal form; one problem for all rows of a number, at the first."""
    o = v.owners
    names = o.name
    assert names.ids is not None
    keys = holder_keys(o)
    told = {int(g[0]): g for g in several(keys, names.ids.astype(np.int64), rows((keys >= 0) & names.ok & o.first))}
    yield Hit("owners", sorted(told), "id_no", lambda r: {"others": listed(o, told[r][1:])})
