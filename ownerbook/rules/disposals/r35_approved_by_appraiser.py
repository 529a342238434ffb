"""R35: a disposal approved by who appraised."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R35",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("批准人就是鉴定人", "Approved by the appraiser"),
    message=Text("批准人 {found} 就是鉴定人", "approver {found} is also the appraiser"),
    why=Text("鉴定与批准须分开，一人说了算等于没有批准。", "Appraisal and approval are two persons' work, or there is no approval."),
    fix=Text("换人批准；填错的，改正。", "Have another person approve, or correct the name."),
    needs="staff disposals.appraised_by disposals.approved_by",
    wrong="""
        人员: 工号 | 姓名 | 入职日期
        G001 | 王芳 | 2014-03-01

        处置: 处置单号 | 鉴定人 | 鉴定日期 | 批准人 | 批准日期
        Z1 | G001 | 2026-01-01 | «王芳» | 2026-01-02
    """,
    right="""
        人员: 工号 | 姓名 | 入职日期
        G001 | 王芳 | 2014-03-01
        G002 | 李强 | 2014-03-01

        处置: 处置单号 | 鉴定人 | 鉴定日期 | 批准人 | 批准日期
        Z1 | G001 | 2026-01-01 | G002 | 2026-01-02
        Z2 | G001 | 2026-01-01 | |
        Z3 | G009 | 2026-01-01 | G009 | 2026-01-02
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Persons are compared, not spellings."""
    approver, appraiser = v.disposals.acting("approved_by").person, v.disposals.acting("appraised_by").person
    yield Hit("disposals", rows((approver >= 0) & (approver == appraiser)), "approved_by")
