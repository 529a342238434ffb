"""O02: a right without a confidentiality agreement."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="O02",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("有权限没有签保密协议", "Right without an agreement"),
    message=Text("权限是 {rights}，却没有填写保密协议签订日期", "holds {rights} without a confidentiality agreement"),
    why=Text("经手业主信息的人须签保密协议。", "Whoever handles owners' data signs a confidentiality agreement."),
    fix=Text("补签并填写签订日期；不经手的，清空权限。", "Have it signed and enter the day, or clear the right."),
    needs="staff.rights staff.nda_on",
    wrong="""
        人员: 工号 | 权限 | 保密协议签订日期
        G001 | 档案经办、审核 | «»
        G002 | 审核(2020-01-01至2021-01-01) | «»
    """,
    right="""
        人员: 工号 | 权限 | 保密协议签订日期
        G001 | 档案经办 | 2014-03-01
        G002 | |
        G003 | 无 |
        G004 | 管档案 |
        G005 | 审核 | t:去年
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Required for anyone with a right; it stays for leavers."""
    s = v.staff
    yield Hit("staff", rows(s.rights.ok & s.nda_on.blank), "nda_on", lambda r: {"rights": s.found("rights", r)})
