"""M04: destroyed without approval or without two witnesses."""

from collections.abc import Callable, Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="M04",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("销毁缺审批或监销不足两人", "Destroyed without approval or two witnesses"),
    message=Text("销毁{what}", "{what}"),
    why=Text("销毁须经批准，并有两人在场监销，才能事后说清。", "Only approval and two witnesses can answer for a destruction afterwards."),
    fix=Text("按销毁清册补填；没有批准或监销的，上报。", "Fill in from the inventory; report what was not approved or witnessed."),
    needs="disposals.kind disposals.executed_on disposals.approved_by disposals.approved_on disposals.witness1 disposals.witness2 staff?",
    wrong="""
        人员: 工号 | 姓名 | 入职日期
        G001 | 王芳 | 2014-03-01

        处置: 处置单号 | 处置方式 | 执行日期 | 批准人 | 批准日期 | 监销人一 | 监销人二
        Z1 | 销毁 | 2026-03-01 | «» | «» | G001 | «»
        Z2 | 销毁 | 2026-03-01 | G004 | 2026-02-01 | «» | G002
        Z3 | 销毁 | 2026-03-01 | G004 | 2026-02-01 | G001 | «王芳»
        Z4 | 销毁 | | | | G001 | «G001»
    """,
    right="""
        人员: 工号 | 姓名 | 入职日期
        G001 | 王芳 | 2014-03-01
        G002 | 李强 | 2014-03-01

        处置: 处置单号 | 处置方式 | 执行日期 | 批准人 | 批准日期 | 监销人一 | 监销人二
        Z1 | 销毁 | 2026-03-01 | G004 | 2026-02-01 | G001 | G002
        Z2 | 销毁 | | | | |
        Z3 | 归档 | 2026-03-01 | | | |
        Z4 | 移交 | 2026-03-01 | G004 | 2026-02-01 | |
        Z5 | 销毁 | 2026-03-01 | G009 | t:二月 | G001 | e:#REF!
    """,
)
_WORDS = {
    "approved_by": Text("已执行，没有填写批准人", "the destruction was executed and nobody is named who approved it"),
    "approved_on": Text("已执行，没有填写批准日期", "the destruction was executed without a day of approval"),
    "witness1": Text("已执行，监销人不足两人", "the destruction was executed with fewer than two witnesses"),
    "witness2": Text("已执行，监销人不足两人", "the destruction was executed with fewer than two witnesses"),
}
_SAME = Text("的两位监销人是同一人", "the two witnesses of the destruction are one person")


def find(v: View) -> Iterator[Hit]:
    """Required once executed; two witnesses who are one person are told as soon as they are named."""
    d = v.disposals
    destroyed = d.kind.is_("销毁")
    done = destroyed & d.executed_on.filled
    for field, words in _WORDS.items():
        yield Hit("disposals", rows(done & getattr(d, field).blank), field, _said(words))
    one, two = d.witness1, d.witness2
    same = one.ok & two.ok & (one.ids == two.ids)
    if v.has("staff"):
        first, second = d.acting("witness1").person, d.acting("witness2").person
        same |= (first >= 0) & (first == second)
    yield Hit("disposals", rows(destroyed & same), "witness2", _said(_SAME))


def _said(words: Text) -> Callable[[int], dict[str, object]]:
    return lambda row: {"what": words}
