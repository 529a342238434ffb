"""N08: a service need is recorded without the owner's consent."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="N08",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("服务需求没有同意日期", "Service need without consent"),
    message=Text("登记了个性化服务需求，却没有需求同意日期", "a service need is recorded, but no day of consent"),
    why=Text("个人信息保护法第二十九条：处理敏感个人信息须取得单独同意。", "PIPL art. 29: sensitive data need a consent of their own."),
    fix=Text("补办同意并填写日期；没有同意的，删去这项需求。", "Obtain the consent and date it; without one, delete the need."),
    needs="owners.service_need owners.need_consent_on",
    wrong=(
        """
        业主: 业主编号 | 个性化服务需求 | 需求同意日期
        Y1 | 行动不便,送件上门 | «»
        """,
        """
        业主: 业主编号 | 个性化服务需求
        Y1 | «行动不便,送件上门»
        """,
    ),
    right="""
        业主: 业主编号 | 个性化服务需求 | 需求同意日期
        Y1 | 送件上门 | 2026-01-05
        Y2 | |
        Y3 | 无 |
        Y4 | | 2026-01-05
        Y5 | 送件上门 | t:2026-02-30
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Told at the blank day of consent; where the workbook has no such column, at the need."""
    need, day = v.owners.service_need, v.owners.need_consent_on
    yield Hit("owners", rows(need.ok & day.blank), "need_consent_on" if day.present else "service_need")
