"""Letters for tests."""

from datetime import datetime, timedelta, timezone

from ownerbook.mail.chart import column_chart
from ownerbook.mail.letter import Attachment, Envelope, Letter
from ownerbook.mail.letter_body import Figure
from ownerbook.schema.words import Text

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 1, 2, 30, tzinfo=ZONE)


def letter(**changes):
    given = {
        "subject": "示例花园 2026 年 10 月 业主档案月报",
        "heading": "示例花园 2026 年 10 月",
        "figures": tuple(Figure(Text(f"第{n}行", f"line {n}"), str(n), "比上月 -1", "better") for n in range(1, 6)),
        "worst": ("催还：逾期 9 件",),
        "where": "\\\\NAS\\登记册\\检查结果\\月报.xlsx",
        "chart": column_chart([("2026-09", 3), ("2026-10", 1)], title="逐月"),
        "attachment": Attachment("示例花园_月报_2026-10.xlsx", b"PK" + bytes(range(256)) * 40, True, "ownerbook-2026-10.xlsx"),
    }
    return Letter(**(given | changes))


def envelope(**changes):
    given = {
        "sender": "clerk@example.test",
        "recipient": "manager@example.test",
        "message_id": "<audit.2026-10.0123456789ab@example.test>",
        "date": NOW,
        "sender_name": "示例花园",
    }
    return Envelope(**(given | changes))
