"""D03: a remark stands inside a person's name."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="D03",
    severity="warning",
    stage=Stage.FORM,
    repair="confirm",
    title=Text("姓名里有备注", "Remark inside a name"),
    message=Text("姓名 {found} 里夹着备注", "the name {found} carries a remark"),
    why=Text("备注混在姓名里，姓名就和证件对不上。", "With a remark in it the name no longer agrees with the document."),
    fix=Text("姓名只留姓名，备注移到「备注」列。", "Keep the name alone, and move the remark to 备注."),
    reasons=("name-remark",),
    wrong="""
        业主: 业主编号 | 姓名 | 业主类型
        Y1 | «张三（已故）» | 自然人
        Y2 | «李四(代)» | 自然人
    """,
    right="""
        业主: 业主编号 | 姓名 | 业主类型
        Y1 | 张三 | 自然人
        Y2 | 某某（北京）商贸有限公司 | 法人
        Y3 | 某某（代）小组 | 法人

        借阅: 借阅单号 | 借阅人 | 借阅人身份
        J1 | 某某（北京）律师事务所 | 外部单位

        变更: 变更单号 | 申请人
        B1 | 张三（代）
    """,
)
