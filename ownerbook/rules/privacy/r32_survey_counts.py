"""R32: more answers than questions, or more satisfied than answered."""

from collections.abc import Iterator

from ownerbook.register.understood import Understood
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R32",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("满意度份数不合", "Survey counts do not fit"),
    message=Text("{header} {found} 多于{whole} {count}", "{found} is more than {count} {whole}"),
    why=Text("部分多于整体，满意率就会超过 100%。", "A part above its whole makes a rate above 100 %."),
    fix=Text("核对各项份数。", "Check the counts."),
    needs="satisfaction.asked satisfaction.answered satisfaction.satisfied",
    wrong="""
        满意度: 月份 | 调查份数 | 回收份数 | 满意份数
        2026-09 | 100 | «101» | 90
        2026-10 | 100 | 80 | «81»
    """,
    right="""
        满意度: 月份 | 调查份数 | 回收份数 | 满意份数
        2026-08 | 100 | 100 | 100
        2026-09 | 0 | 0 | 0
        2026-10 | t:百余 | 120 | 100
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Part and whole: the part is the place."""
    s = v.satisfaction

    def hit(part: Understood, whole: Understood, words: Text) -> Hit:
        wrong = rows(part.ok & whole.ok & (part.numbers > whole.numbers))
        return Hit("satisfaction", wrong, part.column.field, lambda r: {"whole": words, "count": f"{whole.numbers[r]:g}"})

    yield hit(s.answered, s.asked, Text("调查份数", "asked"))
    yield hit(s.satisfied, s.answered, Text("回收份数", "answered"))
