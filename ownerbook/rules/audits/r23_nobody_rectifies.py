"""R23: a deadline for nobody."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R23",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("有整改期限没有整改责任人", "Deadline without a person"),
    message=Text("整改期限是 {by}，却没有填写整改责任人", "to be rectified by {by}, and nobody is named to do it"),
    why=Text("没有责任人，期限到了也没有人改。", "Without a person nobody meets the deadline."),
    fix=Text("填写整改责任人。", "Enter who rectifies."),
    needs="audits.rectify_by audits.rectify_by_staff",
    wrong="""
        审核: 审核单号 | 整改期限 | 整改责任人
        S1 | 2026-10-31 | «»
    """,
    right="""
        审核: 审核单号 | 整改期限 | 整改责任人
        S1 | 2026-10-31 | G001
        S2 | |
        S3 | t:尽快 |
        S4 | 2026-10-31 | 某人
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Required with 整改期限 (judging.md §5)."""
    a = v.audits
    yield Hit("audits", rows(a.rectify_by.ok & a.rectify_by_staff.blank), "rectify_by_staff", lambda r: {"by": a.found("rectify_by", r)})
