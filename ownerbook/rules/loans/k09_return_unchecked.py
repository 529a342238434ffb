"""K09: a file came back and was not checked."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K09",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("归还未检查", "Return was not checked"),
    message=Text("{day} 归还，「{header}」没有填写", "returned on {day}, but {header} is blank"),
    why=Text("归还时不检查，缺页损坏就分不清是谁的责任。", "Unchecked, nobody can tell later who lost or damaged a page."),
    fix=Text("补查页数与破损，填写接收人和归还状态。", "Count the pages, look for damage, and fill in who received it and its condition."),
    needs="loans.loan_no loans.returned_on loans.received_by loans.condition",
    wrong="""
        借阅: 借阅单号 | 归还日期 | 接收人 | 归还状态
        J1 | 2026-03-20 | «» | 完好
        J2 | 2026-03-20 | G1 | «»
        J3 | 2026-03-20 | «» | «»
    """,
    right="""
        借阅: 借阅单号 | 归还日期 | 接收人 | 归还状态
        J1 | 2026-03-20 | G1 | 缺损
        J2 | | |
        J3 | 2026年3月 | |
        J4 | 2026-03-20 | G1 | 一般
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Both are due once the file is back (judging.md §5)."""
    c = v.loans
    for column, field in ((c.received_by, "received_by"), (c.condition, "condition")):
        yield Hit("loans", rows(c.returned_on.ok & column.blank), field, lambda r: {"day": iso(c.returned_on.days[r])})
