"""R02: a value that is not on the list of its column."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="R02",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("不在可选值中", "Value not on the list"),
    message=Text("「{header}」的 {found} 不在可选值中", "{found} is not among the values of {header}"),
    why=Text("不在可选值中的内容，统计和检查都不认。", "Counts and checks know the listed values only."),
    fix=Text("从下拉列表中选一个值。", "Choose a value from the list."),
    reasons=("unlisted",),
    wrong="""
        业主: 业主编号 | 业主类型 | 业主状态
        Y1 | «个人户» | «d:2026-01-01»

        人员: 工号 | 权限
        G1 | «档案管理»

        档案: 档号 | 保管期限
        YG-1-1-101-01 | «25年»
    """,
    right="""
        业主: 业主编号 | 业主类型 | 业主状态 | 主联系人
        Y1 | 自然人 | 现业主 | √
        Y2 | 个人 | 现业主 | b:TRUE
        Y3 | | - | 无

        人员: 工号 | 权限
        G1 | 档案经办、借阅审批(2024-03-01至2025-06-30)

        制度: 参数 | 值
        保管期限.可选 | 永久、25年

        档案: 档号 | 保管期限
        YG-1-1-101-01 | 25年
    """,
)
