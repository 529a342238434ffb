"""D04: a filler stands in place of a name."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="D04",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("占位姓名", "Filler in place of a name"),
    message=Text("「{header}」填的是占位文字，不是姓名", "{header} holds a filler, not a name"),
    why=Text("没有真实姓名，这一行不知是谁。", "Without a true name nobody knows whose row it is."),
    fix=Text("按证件补录姓名。", "Fill in the name from the document."),
    reasons=("name-placeholder",),
    wrong="""
        业主: 业主编号 | 姓名
        Y1 | «业主»
        Y2 | «测试»
        Y3 | «XXX»
        Y4 | «无»

        变更: 变更单号 | 申请人
        B1 | «测试»
    """,
    right="""
        业主: 业主编号 | 姓名
        Y1 | 张三
        Y2 | 吴测

        家庭成员: 成员编号 | 证件号码
        M1 | 无

        变更: 变更单号 | 申请人
        B1 | 业主本人
    """,
)
