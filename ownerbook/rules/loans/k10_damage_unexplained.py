"""K10: a file came back damaged, or was lost, and nothing is noted."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K10",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("损坏、遗失未登记", "Damage or loss without a note"),
    message=Text("归还状态是 {condition}，备注没有说明", "the condition is {condition}, and the note says nothing of it"),
    why=Text("损坏或遗失要有说明和处理，否则责任无从追究。", "Damage and loss need a note of what happened and what was done."),
    fix=Text("在备注写明缺损或遗失的情况与处理。", "Write into the note what is missing or damaged and what was done."),
    needs="loans.loan_no loans.condition loans.note",
    wrong="""
        借阅: 借阅单号 | 归还状态 | 备注
        J1 | 缺损 | «»
        J2 | 遗失 | «—»
    """,
    right="""
        借阅: 借阅单号 | 归还状态 | 备注
        J1 | 缺损 | 缺第3页,已补复印
        J2 | 完好 |
        J3 | |
        J4 | 不清 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A loss counts with or without a day of return."""
    c = v.loans
    yield Hit("loans", rows(c.condition.is_("缺损", "遗失") & c.note.blank), "note", lambda r: {"condition": c.found("condition", r)})
