"""L06: a file audited by who made it."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows, take
from ownerbook.schema.words import Text

CARD = Card(
    code="L06",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("审核人就是建档人", "Audited by who made the file"),
    message=Text("审核人 {found} 就是档案 {file} 的建档人", "auditor {found} made file {file}"),
    why=Text("自己建的档案自己审，看不出自己的错。", "Nobody sees the mistakes of their own file."),
    fix=Text("换人审核；审核人填错的，改正。", "Have another person audit, or correct the name."),
    needs="staff audits.file_no audits.auditor files.file_no files.created_by",
    wrong="""
        人员: 工号 | 姓名 | 入职日期
        G001 | 王芳 | 2014-03-01

        档案: 档号 | 建档人 | 建档日期
        YG-1-1-101-01 | G001 | 2020-01-01

        审核: 审核单号 | 档号 | 审核人 | 审核日期
        S1 | YG-1-1-101-01 | «王芳» | 2021-01-01
    """,
    right="""
        人员: 工号 | 姓名 | 入职日期
        G001 | 王芳 | 2014-03-01
        G002 | 李强 | 2014-03-01

        档案: 档号 | 建档人 | 建档日期
        YG-1-1-101-01 | G001 | 2020-01-01
        YG-1-1-102-01 | G009 | 2020-01-01

        审核: 审核单号 | 档号 | 审核人 | 审核日期
        S1 | YG-1-1-101-01 | G002 | 2021-01-01
        S2 | YG-1-1-102-01 | G009 | 2021-01-01
        S3 | YG-1-1-109-01 | G001 | 2021-01-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Persons are compared, not spellings."""
    a = v.audits
    at = a.ref("file_no").row
    auditor, maker = a.acting("auditor").person, take(v.files.acting("created_by").person, at)
    yield Hit("audits", rows((auditor >= 0) & (auditor == maker)), "auditor", lambda r: {"file": v.files.key_text(int(at[r]))})
