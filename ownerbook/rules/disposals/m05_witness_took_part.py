"""M05: a witness who appraised or approved."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="M05",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("监销人参与了鉴定或批准", "Witness took part"),
    message=Text("监销人 {found} 就是{role}", "witness {found} is also the {role}"),
    why=Text("监销人须与鉴定、批准的人分开，才起监督的作用。", "A witness who appraised or approved watches over nobody but themselves."),
    fix=Text("换人监销；填错的，改正。", "Have another person witness, or correct the name."),
    needs="staff disposals.appraised_by disposals.approved_by disposals.witness1 disposals.witness2",
    wrong="""
        人员: 工号 | 姓名 | 入职日期
        G001 | 王芳 | 2014-03-01
        G002 | 李强 | 2014-03-01

        处置: 处置单号 | 处置方式 | 鉴定人 | 鉴定日期 | 批准人 | 批准日期 | 监销人一 | 监销人二
        Z1 | 销毁 | G001 | 2026-01-01 | G002 | 2026-01-02 | «王芳» | «李强»
    """,
    right="""
        人员: 工号 | 姓名 | 入职日期
        G001 | 王芳 | 2014-03-01
        G002 | 李强 | 2014-03-01
        G003 | 张敏 | 2014-03-01
        G004 | 陈洁 | 2014-03-01

        处置: 处置单号 | 处置方式 | 鉴定人 | 鉴定日期 | 批准人 | 批准日期 | 监销人一 | 监销人二
        Z1 | 销毁 | G001 | 2026-01-01 | G002 | 2026-01-02 | G003 | G004
        Z2 | 归档 | G001 | 2026-01-01 | | | |
        Z3 | 销毁 | G009 | 2026-01-01 | | | G009 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A witness is neither appraiser nor approver (judging.md §5)."""
    d = v.disposals
    appraiser, approver = d.acting("appraised_by").person, d.acting("approved_by").person
    for field in ("witness1", "witness2"):
        witness = d.acting(field).person
        appraised = (witness >= 0) & (witness == appraiser)
        approved = (witness >= 0) & (witness == approver) & ~appraised
        yield Hit("disposals", rows(appraised), field, lambda r: {"role": Text("鉴定人", "appraiser")})
        yield Hit("disposals", rows(approved), field, lambda r: {"role": Text("批准人", "approver")})
