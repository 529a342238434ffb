"""N06: more is collected than is needed."""

from ownerbook.register.register import Fact
from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="N06",
    severity="warning",
    stage=Stage.FILE,
    repair="confirm",
    title=Text("采集超出必要", "More is collected than is needed"),
    message=Text("「{text}」列采集的内容超出业主档案所需", "the column {text} collects more than an owner file needs"),
    why=Text("个人信息保护法第六条：只收集实现目的所必需的最少信息。", "PIPL art. 6: collect only the least that the purpose needs."),
    fix=Text("删去这一列；确有依据的，写明依据并办理豁免。", "Delete the column, or state its basis and waive this rule."),
    facts=("header-unknown",),
)


EXCESSIVE = (
    "宗教", "信仰", "收入", "工资", "年薪", "指纹", "人脸", "虹膜", "声纹", "掌纹", "政治面貌", "党派", "病史", "健康状况", "疾病", "血型",
    "银行卡", "银行账", "存款", "征信", "犯罪", "婚姻状况", "性取向",
)  # fmt: skip


def accept(fact: Fact) -> bool:
    """Headers of staff's own columns that name what no owner file needs (PIPL arts. 6, 28)."""
    return any(word in str(fact.values["text"]) for word in EXCESSIVE)
