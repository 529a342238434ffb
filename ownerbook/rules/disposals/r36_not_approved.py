"""R36: archived or handed over without approval."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R36",
    severity="error",
    stage=Stage.FORM,
    repair="hand",
    title=Text("未经批准的归档或移交", "Executed without approval"),
    message=Text("已于 {executed} 执行{kind}，没有填写{header}", "executed ({kind}) on {executed}, and {header} is blank"),
    why=Text("处置要先批准、后执行。", "A disposal is approved before it is executed."),
    fix=Text("补填批准人和批准日期；未经批准的，上报。", "Enter who approved and when; report what nobody approved."),
    needs="disposals.kind disposals.approved_by disposals.approved_on disposals.executed_on",
    wrong="""
        处置: 处置单号 | 处置方式 | 批准人 | 批准日期 | 执行日期
        Z1 | 归档 | «» | «» | 2026-03-05
        Z2 | 移交 | G004 | «» | 2026-03-05
    """,
    right="""
        处置: 处置单号 | 处置方式 | 批准人 | 批准日期 | 执行日期
        Z1 | 归档 | G004 | 2026-03-01 | 2026-03-05
        Z2 | 归档 | | |
        Z3 | 销毁 | | | 2026-03-05
        Z4 | 移交 | G004 | t:三月 | 2026-03-05
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Required once executed (judging.md §5); of a destruction M04 says so."""
    d = v.disposals
    done = d.kind.is_("归档", "移交") & d.executed_on.filled

    def values(row: int) -> dict[str, object]:
        return {"executed": d.found("executed_on", row), "kind": d.found("kind", row)}

    for field in ("approved_by", "approved_on"):
        yield Hit("disposals", rows(done & getattr(d, field).blank), field, values)
