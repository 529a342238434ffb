"""G04: a date after the day of the check."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="G04",
    severity="error",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("未来日期", "Date in the future"),
    message=Text("「{header}」{found} 在检查日之后", "{header} {found} lies after the day of the check"),
    why=Text("已经办理的事不会在将来，多为年份录错。", "What was done cannot lie ahead; mostly the year is mistyped."),
    fix=Text("对照原件改正。", "Correct it from the papers."),
    reasons=("date-future",),
    wrong="""
        今天 2026-10-31

        业主: 业主编号 | 登记日期 | 迁入日期
        Y1 | «2205-01-31» | «2026-11-01»
    """,
    right="""
        今天 2026-10-31

        业主: 业主编号 | 登记日期 | 证件有效期至
        Y1 | 2026-10-31 | 2036-10-31

        房屋: 房号 | 房屋状态 | 交房日期
        1-1-101 | 未售 | 2027-06-30

        借阅: 借阅单号 | 应还日期
        J1 | 2026-11-30
    """,
)
