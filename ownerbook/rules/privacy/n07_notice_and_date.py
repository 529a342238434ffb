"""N07: the privacy notice and the day of notification disagree."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="N07",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("隐私告知书与告知日期不符", "Privacy notice and its date disagree"),
    message=Text("隐私告知书是 {consent}，{state}", "the privacy notice is {consent}, {state}"),
    why=Text(
        "个人信息保护法第十七条：处理个人信息前须告知，并留下记录。",
        "PIPL art. 17: people are notified before their data are used, and a record is kept.",
    ),
    fix=Text("对照告知书补填或改正告知日期。", "Fill in or correct the date from the notice."),
    needs="owners.consent owners.consent_on",
    wrong="""
        业主: 业主编号 | 隐私告知书 | 告知日期
        Y1 | 已签 | «»
        Y2 | 未签 | «2026-01-05»
    """,
    right=(
        """
        业主: 业主编号 | 隐私告知书 | 告知日期
        Y1 | 已签 | 2026-01-05
        Y2 | 未签 |
        Y3 | 也许 | 2026-01-05
        Y4 | 已签 | t:2026-02-30
        Y5 | | 2026-01-05
        """,
        """
        业主: 业主编号 | 隐私告知书
        Y1 | 已签
        """,
    ),
)
_NO_DATE = Text("却没有告知日期", "but there is no day of notification")
_A_DATE = Text("却填了告知日期", "but there is a day of notification")


def find(v: View) -> Iterator[Hit]:
    """Told at 告知日期; a workbook without that column says nothing of it."""
    consent, day = v.owners.consent, v.owners.consent_on
    signed = consent.is_("已签")
    wrong = rows((signed & day.blank) | (consent.is_("未签") & day.filled))
    yield Hit("owners", wrong, "consent_on", lambda r: {"consent": "已签" if signed[r] else "未签", "state": _NO_DATE if signed[r] else _A_DATE})
