"""K08: renewed more often than the policy allows."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K08",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("续借超过次数", "Renewed too often"),
    message=Text("续借 {found} 次，制度最多 {most} 次", "renewed {found} times, the policy allows {most}"),
    why=Text("无限续借等于档案长期在外。", "Renewed without end, a file never comes back."),
    fix=Text("核对续借次数；确已超过的，催还或重新申请。", "Check the count; if it is right, call the file back or have it applied for anew."),
    needs="loans.loan_no loans.renewals policy",
    wrong=(
        """
        借阅: 借阅单号 | 续借次数
        J1 | «2»
        """,
        """
        借阅: 借阅单号 | 续借次数
        J1 | 2
        J2 | «3»

        制度: 参数 | 值
        续借次数上限 | 2
        """,
    ),
    right="""
        借阅: 借阅单号 | 续借次数
        J1 | 1
        J2 | 0
        J3 |
        J4 | 多次
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Renewals up to 续借次数上限 are fine."""
    renewals = v.loans.renewals
    most = v.policy.max_renewals
    yield Hit("loans", rows(renewals.ok & (renewals.numbers > most)), "renewals", lambda r: {"most": most})
