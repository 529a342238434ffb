"""R49: a person without the right that the act needs (for 变更 see J09)."""

from collections.abc import Iterator

from ownerbook.register.persons import NO_RIGHT
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.people.acts import needs, troubled
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="R49",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("经手的人没有权限", "Person without the right"),
    message=Text("{header}「{who:staff}」在 {day} 没有「{right}」权限", "{header} {who:staff} did not hold the right {right} on {day}"),
    why=Text("各项业务只能由有相应权限的人办理（业主档案的分工与保密要求）。", "Each step is for those who hold its right."),
    fix=Text(
        "核对经手的人和日期；确由其办理的，报经理处理，不在事后补权限。",
        "Check person and day; if they did act, tell the manager and grant nothing afterwards.",
    ),
    needs=needs(without="changes"),
    wrong="""
        人员: 工号 | 姓名 | 权限 | 入职日期 | 保密协议签订日期
        G1 | 王芳 | 档案经办 | 2020-01-01 | 2020-01-01
        G2 | 李雷 | 借阅审批(2024-03-01至2025-06-30)、审核 | 2020-01-01 | 2020-01-01
        G3 | 韩梅 | | 2020-01-01 |

        借阅: 借阅单号 | 审核人 | 审核日期 | 经办人 | 借出日期
        J1 | «G1» | 2025-03-01 | «G2» | 2025-03-02
        J2 | «G2» | 2024-02-29 | «韩梅» | 2025-03-02
        J3 | «G2» | 2025-07-01 | G1 | 2025-07-01
    """,
    right="""
        人员: 工号 | 姓名 | 权限 | 入职日期 | 离职日期 | 保密协议签订日期
        G1 | 王芳 | 档案经办 | 2020-01-01 | 2024-12-31 | 2020-01-01
        G2 | 李雷 | 借阅审批（2024-03-01至2025-06-30） | 2020-01-01 | | 2020-01-01
        G3 | 韩梅 | 看门 | 2020-01-01 | | 2020-01-01

        借阅: 借阅单号 | 审核人 | 审核日期 | 经办人 | 借出日期
        J1 | G2 | 2024-03-01 | G1 | 2024-12-31
        J2 | G2 | 2025-06-30 | G3 | 2025-06-30
        J3 | G1 | | G2 | 2025年

        库房检查: 检查编号 | 检查日期 | 检查人
        C1 | 2026-03-01 | G3

        变更: 变更单号 | 申请日期 | 审核人
        B1 | 2026-03-01 | G3
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A right without a span covers the whole employment; rights that cannot be read judge nobody."""
    yield from troubled(v, NO_RIGHT, lambda act, r: {"who": act.who(r), "day": act.day(r), "right": act.kind.right}, without="changes")
