"""R24: appraisal, approval and execution out of order."""

from collections.abc import Iterator

from ownerbook.register.understood import Understood
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.cells import Bools
from ownerbook.schema.words import Text

CARD = Card(
    code="R24",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("鉴定、批准、执行日期颠倒", "Disposal days out of order"),
    message=Text("{header} {found} 早于{earlier}", "{found} is before {earlier}"),
    why=Text(
        "先鉴定、再批准、后执行，颠倒即未经程序处置。", "Appraisal comes first, then approval, then execution; otherwise the procedure was not kept."
    ),
    fix=Text("对照处置单改正日期。", "Correct the days from the disposal slip."),
    needs="disposals.appraised_on disposals.approved_on disposals.executed_on",
    wrong="""
        处置: 处置单号 | 鉴定日期 | 批准日期 | 执行日期
        Z1 | 2026-03-05 | «2026-03-04» | 2026-03-20
        Z2 | 2026-03-05 | 2026-03-15 | «2026-03-14»
        Z3 | 2026-03-05 | | «2026-03-01»
    """,
    right="""
        处置: 处置单号 | 鉴定日期 | 批准日期 | 执行日期
        Z1 | 2026-03-05 | 2026-03-05 | 2026-03-05
        Z2 | 2026-03-05 | |
        Z3 | t:三月 | 2026-03-04 | 2026-03-05
        Z4 | 2026-03-05 | t:三月 | 2026-03-06
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The later step's cell is the place."""
    d = v.disposals
    appraised, approved, executed = d.appraised_on, d.approved_on, d.executed_on

    def hit(earlier: Understood, later: Understood, words: Text, also: Bools) -> Hit:
        wrong = rows(earlier.ok & later.ok & (later.days < earlier.days) & also)
        field = later.column.field
        return Hit(
            "disposals", wrong, field, lambda r: {"earlier": Text(f"{words.zh} {iso(earlier.days[r])}", f"{words.en} on {iso(earlier.days[r])}")}
        )

    yield hit(appraised, approved, Text("鉴定日期", "the appraisal"), approved.ok)
    yield hit(approved, executed, Text("批准日期", "the approval"), approved.ok)
    yield hit(appraised, executed, Text("鉴定日期", "the appraisal"), ~approved.ok)
