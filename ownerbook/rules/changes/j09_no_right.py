"""J09: a change reviewed or entered by someone without the right."""

from collections.abc import Iterator

from ownerbook.register.persons import NO_RIGHT
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.people.acts import needs, troubled
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="J09",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="auto",
    title=Text("更新的人没有权限", "Change by someone without the right"),
    message=Text(
        "变更的{header}「{who:staff}」在 {day} 没有「{right}」权限", "{header} {who:staff} of the change did not hold the right {right} on {day}"
    ),
    why=Text(
        "登记内容只能由有权限的人审核和更新，否则更新不可信。", "Registered facts may be reviewed and updated only by those who hold the right."
    ),
    fix=Text(
        "核对经手的人和日期；确由其办理的，退回重办并报经理。",
        "Check person and day; if they did act, have the change done again and tell the manager.",
    ),
    needs=needs(only="changes"),
    wrong="""
        人员: 工号 | 姓名 | 权限 | 入职日期 | 保密协议签订日期
        G1 | 王芳 | 档案经办 | 2020-01-01 | 2020-01-01
        G2 | 李雷 | 审核(2024-03-01至2025-06-30) | 2020-01-01 | 2020-01-01

        变更: 变更单号 | 申请日期 | 审核人 | 经办人 | 更新日期
        B1 | 2025-06-01 | «G1» | «G2» | 2025-06-02
        B2 | 2025-06-30 | «李雷» | G1 | 2025-07-01
        B3 | 2025-07-01 | «G2» | |
    """,
    right="""
        人员: 工号 | 姓名 | 权限 | 入职日期 | 保密协议签订日期
        G1 | 王芳 | 档案经办 | 2020-01-01 | 2020-01-01
        G2 | 李雷 | 审核(2024-03-01至2025-06-30) | 2020-01-01 | 2020-01-01

        变更: 变更单号 | 申请日期 | 审核人 | 经办人 | 更新日期
        B1 | 2024-02-29 | G2 | G1 | 2024-03-01
        B2 | 2025-06-30 | G2 | |
        B3 | 2025-07-01 | G2 | G1 | t:2025-02-30
        B4 | | G2 | G1 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The day is the 更新日期, else the 申请日期."""
    yield from troubled(v, NO_RIGHT, lambda act, r: {"who": act.who(r), "day": act.day(r), "right": act.kind.right}, only="changes")
