"""R13: the kind of document does not suit the kind of owner."""

from collections.abc import Iterator

from ownerbook.identifiers import document
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R13",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("证件类型与业主类型不符", "Document does not suit the owner's kind"),
    message=Text("业主类型是 {kind}，证件类型却是 {found}", "the owner is {kind}, but the document is {found}"),
    why=Text("法人用统一社会信用代码，自然人用身份证件。", "Companies have a credit code, persons a document of identity."),
    fix=Text("核对业主类型和证件类型，改正其一。", "Check both, and correct one of them."),
    needs="owners.kind owners.id_type",
    wrong="""
        业主: 业主编号 | 业主类型 | 证件类型
        Y1 | 法人 | «居民身份证»
        Y2 | 自然人 | «统一社会信用代码»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 证件类型
        Y1 | 法人 | 统一社会信用代码
        Y2 | 自然人 | 护照
        Y3 | 个人户 | 统一社会信用代码
        Y4 | 自然人 | 某证
        Y5 | 公司 | 营业执照
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Judged where both can be read."""
    kind, types = v.owners.kind, v.owners.id_type
    coded = types.is_(document.CREDIT_CODE)
    wrong = (kind.is_("法人") & types.ok & ~coded) | (kind.is_("自然人") & coded)
    yield Hit("owners", rows(wrong), "id_type", lambda r: {"kind": "法人" if kind.is_("法人")[r] else "自然人"})
