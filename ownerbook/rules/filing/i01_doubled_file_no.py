"""I01: one 档号 on several rows."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="I01",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("档号重复", "File number used twice"),
    message=Text("档号 {found} 已用于 {other}", "file number {found} is already used at {other}"),
    why=Text(
        "档号唯一且不重用，否则借阅、审核、材料都不知指哪一份。",
        "A number is never used again, or nobody can tell which file a loan, an audit or a paper means.",
    ),
    fix=Text(
        "先登记的保留原号；另一份核对后改号，重复录入的删去。", "The first keeps its number; renumber the other, or remove it if entered twice."
    ),
    needs="files.file_no",
    wrong="""
        档案: 档号 | 题名
        YG-1-1-101-01 | 甲
        YG-1-1-102-01 | 乙
        «YG-1-1-101-01» | 丙
        «YG-1-1-101-01» | 丁
    """,
    right="""
        档案: 档号 | 题名
        YG-1-1-101-01 | 甲
        YG-1-1-101-02 | 乙
         | 丙
         | 丁
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Each row after the first."""
    f = v.files
    yield Hit("files", rows(~f.first), "file_no", lambda r: {"other": f.place(int(f.keys.look_up(f.file_no.ids[r : r + 1])[0]))})
