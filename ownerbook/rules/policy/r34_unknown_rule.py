"""R34: a waiver of a rule that does not exist."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R34",
    severity="warning",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("豁免的规则不存在", "Waiver of an unknown rule"),
    message=Text("没有代码为 {found} 的规则", "there is no rule {found}"),
    why=Text("代码写错，豁免就不起作用。", "With a wrong code the waiver does nothing."),
    fix=Text("改为问题清单上的规则代码。", "Enter the code as the list of problems has it."),
    needs="waivers.rule",
    wrong="""
        豁免: 豁免编号 | 规则
        W1 | «C99»
        W2 | «证件过期»
    """,
    right="""
        豁免: 豁免编号 | 规则
        W1 | K07
        W2 | l06
        W3 | L06a
        W4 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A bare code waives all rules of its kind."""
    from ownerbook.rules.book import cards, selects  # here, because the book imports this module

    codes = [card.code for card in cards()]
    rule = v.waivers.rule
    known = {int(i): any(selects(v.text_of(int(i)), code) for code in codes) for i in set(rule.ids[rule.ok].tolist())}
    yield Hit("waivers", [int(r) for r in rows(rule.ok) if not known[int(rule.ids[r])]], "rule")
