"""R21: a deadline later than policy allows."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R21",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("整改期限超出制度", "Deadline later than policy allows"),
    message=Text("整改期限 {found} 晚于制度允许的 {latest}", "the deadline {found} is later than {latest}, the last that policy allows"),
    why=Text("制度的整改期限自审核日期起算，不可放宽。", "Policy's term counts from the audit and is not to be stretched."),
    fix=Text("改为不晚于该日，或核对审核日期。", "Set it no later than that day, or check the day of the audit."),
    needs="audits.audited_on audits.rectify_by policy",
    wrong="""
        审核: 审核单号 | 审核日期 | 整改期限
        S1 | 2026-03-05 | «2026-04-05»
    """,
    right="""
        审核: 审核单号 | 审核日期 | 整改期限
        S1 | 2026-03-05 | 2026-04-04
        S2 | 2026-03-05 | 2026-03-06
        S3 | t:三月 | 2026-12-31
        S4 | 2026-03-05 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """At most the term after 审核日期 (judging.md §4)."""
    audited, by = v.audits.audited_on, v.audits.rectify_by
    both = rows(audited.ok & by.ok)
    latest = np.zeros(len(v.audits), np.int32)
    latest[both] = v.policy.rectify_term.after(audited.days[both])
    yield Hit("audits", both[by.days[both] > latest[both]], "rectify_by", lambda r: {"latest": iso(latest[r])})
