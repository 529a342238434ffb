"""C15: a current owner's document has expired."""

from collections.abc import Iterator

from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="C15",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("证件已过期", "Document has expired"),
    message=Text("证件有效期至 {found}，已过期", "the document was valid until {found}"),
    why=Text("过期证件的复印件不能再证明身份。", "A copy of an expired document proves nobody's identity."),
    fix=Text("请业主出示新证，更新复印件和有效期。", "Ask for the new document; renew the copy and the date."),
    needs="owners.id_until owners.status today",
    wrong="""
        今天 2026-10-31

        业主: 业主编号 | 证件有效期至 | 业主状态
        Y1 | «2026-10-30» | 现业主
    """,
    right="""
        今天 2026-10-31

        业主: 业主编号 | 证件有效期至 | 业主状态
        Y1 | 2026-10-31 | 现业主
        Y2 | 长期 | 现业主
        Y3 | 2024-05-01 | 原业主
        Y4 | | 现业主
        Y5 | t:2024-02-30 | 现业主
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The last day of validity is still valid; 长期 never ends."""
    until = v.owners.id_until
    assert until.days is not None
    yield Hit("owners", rows(until.ok & (until.days != NO_DAY) & (until.days < v.today) & v.owners.status.is_("现业主")), "id_until")
