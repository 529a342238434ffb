"""J02: a change of a field that needs evidence was agreed without any."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.changes.targets import NEEDS, Fields
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="J02",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("变更没有证明材料", "Change without evidence"),
    message=Text("变更 {record} 改「{field}」已同意，但没有证明材料", "change {record} of {field} was agreed, but names no evidence"),
    why=Text("姓名、证件号码等的变更须凭证明材料（制度「需证明材料的字段」）。", "Changes of the fields that policy lists rest on a paper."),
    fix=Text("把变更证明收入档案，在「材料」登记后填其编号。", "File the paper, enter it on 材料, and write its number here."),
    needs=NEEDS + " changes.decision changes.evidence policy houses? owners? household? files?",
    wrong=(
        """
        变更: 变更单号 | 对象表 | 变更字段 | 审核结果 | 证明材料
        B1 | 业主 | 姓名 | 同意 | «»
        B2 | 家庭成员 | 证件号码 | 同意 | «无»
        """,
        """
        变更: 变更单号 | 对象表 | 变更字段 | 审核结果 | 证明材料
        B1 | 业主 | 联系电话 | 同意 | «»
        B2 | 业主 | 姓名 | 同意 |

        制度: 参数 | 值
        需证明材料的字段 | 联系电话
        """,
    ),
    right="""
        变更: 变更单号 | 对象表 | 变更字段 | 审核结果 | 证明材料
        B1 | 业主 | 姓名 | 同意 | D1
        B2 | 业主 | 联系电话 | 同意 |
        B3 | 业主 | 姓名 | 待审 |
        B4 | 业主 | 产权份额 | 不同意 |
        B5 | 业主 | 业主状态 | 同意 | e:#N/A
        B6 | 业主 | 姓名 | |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Evidence is due when the change is agreed (judging.md §5)."""
    c, listed = v.changes, set(v.policy.evidence_fields)
    needy = Fields(v).where(lambda sheet, column: column.header.zh in listed)
    yield Hit("changes", rows(needy & c.decision.is_("同意") & c.evidence.blank), "evidence", lambda r: {"field": c.field.text(r)})
