"""E08: an owner with neither phone nor address of e-mail."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="E08",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("联系方式全空", "No contact at all"),
    message=Text("联系电话、备用电话和电子邮箱都没有填写", "phone, second phone and e-mail are all blank"),
    why=Text("没有任何联系方式，通知送不到业主。", "Without any contact no notice reaches the owner."),
    fix=Text("上门或张贴通知，补录联系方式。", "Call on the owner or post a notice, and fill it in."),
    needs="owners.phone owners.phone2 owners.email",
    wrong="""
        业主: 业主编号 | 联系电话 | 备用电话 | 电子邮箱
        Y1 | «» | | 无
    """,
    right="""
        业主: 业主编号 | 联系电话 | 备用电话 | 电子邮箱 | 业主状态
        Y1 | 13800001234 | | | 现业主
        Y2 | | 0755-82345678 | | 现业主
        Y3 | | | zhang@example.com | 现业主
        Y4 | 138000 | | | 现业主
        Y5 | 已删除 | | | 原业主
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Told instead of the blank phone (R01)."""
    o = v.owners
    yield Hit("owners", rows(o.phone.blank & o.phone2.blank & o.email.blank), "phone")
