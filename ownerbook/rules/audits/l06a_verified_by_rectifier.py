"""L06a: a rectification verified by who rectified."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="L06a",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("复核人就是整改责任人", "Verified by who rectified"),
    message=Text("复核人 {found} 就是整改责任人", "verified by {found}, who also rectified"),
    why=Text("自己改、自己核，等于没有复核。", "Who verifies their own work verifies nothing."),
    fix=Text("由他人复核；填错的，改正。", "Have another person verify, or correct the name."),
    needs="staff audits.rectify_by_staff audits.verified_by",
    wrong="""
        人员: 工号 | 姓名 | 入职日期
        G001 | 王芳 | 2014-03-01

        审核: 审核单号 | 审核日期 | 整改责任人 | 整改完成日期 | 复核人 | 复核日期
        S1 | 2026-01-01 | G001 | 2026-01-10 | «G001 王芳» | 2026-01-12
    """,
    right="""
        人员: 工号 | 姓名 | 入职日期
        G001 | 王芳 | 2014-03-01
        G002 | 李强 | 2014-03-01

        审核: 审核单号 | 审核日期 | 整改责任人 | 整改完成日期 | 复核人 | 复核日期
        S1 | 2026-01-01 | G001 | 2026-01-10 | G002 | 2026-01-12
        S2 | 2026-01-01 | G009 | 2026-01-10 | G009 | 2026-01-12
        S3 | 2026-01-01 | | | |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Persons are compared, not spellings."""
    verifier, rectifier = v.audits.acting("verified_by").person, v.audits.acting("rectify_by_staff").person
    yield Hit("audits", rows((verifier >= 0) & (verifier == rectifier)), "verified_by")
