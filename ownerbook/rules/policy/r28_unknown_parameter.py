"""R28: a parameter that nothing asks for."""

from collections.abc import Iterator

from ownerbook.register.policy import BY_NAME
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="R28",
    severity="warning",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("制度参数不认识", "Unknown parameter"),
    message=Text("没有名为「{found}」的参数，它的值不起作用", "there is no parameter {found}, so its value does nothing"),
    why=Text("参数名写错，规定就没有生效，而按默认值执行。", "With a misspelt name the rule is not in force and the default is."),
    fix=Text("对照手册改正参数名，或删去该行。", "Correct the name from the manual, or delete the row."),
    needs="policy policy.name",
    wrong="""
        制度: 参数 | 值
        «借阅期» | 1个月
    """,
    right="""
        制度: 参数 | 值
        借阅期限 | 1个月
         | 2个月
        区号 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A name that is right but for harmless damage is told as that damage."""
    name = v.sheet("policy").name
    told = [row for row in v.policy.unknown if name.ok[row] and name.text(row) not in BY_NAME]
    yield Hit("policy", told, "name")
