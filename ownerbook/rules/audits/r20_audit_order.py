"""R20: audit, rectification and verification out of order."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R20",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("审核、整改、复核日期颠倒", "Audit days out of order"),
    message=Text("{header} {found} 早于{earlier}", "{found} is before {earlier}"),
    why=Text("先审核、再整改、后复核，日期颠倒则整改是否按期无从说起。", "An audit comes first, then the rectification, then its verification."),
    fix=Text("对照审核单改正日期。", "Correct the days from the audit slip."),
    needs="audits.audited_on audits.rectified_on audits.verified_on",
    wrong="""
        审核: 审核单号 | 审核日期 | 整改完成日期 | 复核日期
        S1 | 2026-03-05 | «2026-03-04» | 2026-03-20
        S2 | 2026-03-05 | 2026-03-15 | «2026-03-14»
        S3 | 2026-03-05 | | «2026-03-01»
    """,
    right="""
        审核: 审核单号 | 审核日期 | 整改完成日期 | 复核日期
        S1 | 2026-03-05 | 2026-03-05 | 2026-03-05
        S2 | 2026-03-05 | |
        S3 | t:三月 | 2026-03-04 | 2026-03-05
        S4 | 2026-03-05 | t:三月 | 2026-03-05
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The later step's cell is the place."""
    audited, rectified, verified = v.audits.audited_on, v.audits.rectified_on, v.audits.verified_on
    too_soon = audited.ok & rectified.ok & (rectified.days < audited.days)
    yield Hit(
        "audits",
        rows(too_soon),
        "rectified_on",
        lambda r: {"earlier": Text(f"审核日期 {iso(audited.days[r])}", f"the audit on {iso(audited.days[r])}")},
    )
    before = rectified.ok & verified.ok & (verified.days < rectified.days)
    yield Hit(
        "audits",
        rows(before),
        "verified_on",
        lambda r: {"earlier": Text(f"整改完成日期 {iso(rectified.days[r])}", f"the rectification on {iso(rectified.days[r])}")},
    )
    unread = audited.ok & ~rectified.ok & verified.ok & (verified.days < audited.days)
    yield Hit(
        "audits", rows(unread), "verified_on", lambda r: {"earlier": Text(f"审核日期 {iso(audited.days[r])}", f"the audit on {iso(audited.days[r])}")}
    )
