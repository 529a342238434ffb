"""K05a: a loan to a proxy without an authority, or with one that lies in another file."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows, take, taken
from ownerbook.schema.words import Text

CARD = Card(
    code="K05a",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("受托人没有授权材料", "No authority for this loan"),
    message=Text("{what}", "{what}"),
    why=Text(
        "业主以外的人凭业主的书面授权借阅，授权书存入同一份档案。",
        "Others borrow on the owner's written authority, which is kept in the same file.",
    ),
    fix=Text(
        "收取授权委托书，在「材料」登记到这份档案，再填其编号。",
        "Take the authority, enter it on 材料 under this file, and write its number here.",
    ),
    needs="loans.loan_no loans.file_no loans.borrower_kind loans.authority files.file_no documents.doc_no documents.file_no",
    wrong="""
        档案: 档号
        A2
        A1

        材料: 材料编号 | 档号
        D2 | A2
        D1 | A1

        借阅: 借阅单号 | 档号 | 借阅人身份 | 授权材料
        J4 | A2 | 受托人 | «D1»
        J1 | A1 | 受托人 | «»
        J2 | A1 | 受托人 | «D2»
        J3 | A1 | 外部单位 | «D2»
    """,
    right="""
        档案: 档号
        A1
        A3
        A3

        材料: 材料编号 | 档号
        D1 | A1
        D2 | A9
        D3 | A3

        借阅: 借阅单号 | 档号 | 借阅人身份 | 授权材料
        J1 | A1 | 受托人 | D1
        J2 | A1 | 业主 |
        J3 | A1 | 受托人 | D9
        J4 | A1 | 受托人 | D2
        J5 | A1 | 受托人 | D3
        J6 | A8 | 受托人 | D1
        J7 | A1 | 受托人 | e:#N/A
        J8 | A1 | 朋友 |
        J1 | A3 | 受托人 | D1
    """,
)


def find(v: View) -> Iterator[Hit]:
    """授权材料 is of the same 档号 (judging.md §5)."""
    c = v.loans
    proxy = c.borrower_kind.is_("受托人")
    lacking = Text("借阅人是受托人，没有授权材料", "the borrower is a proxy, but no authority is named")
    yield Hit("loans", rows(proxy & c.authority.blank), "authority", lambda r: {"what": lacking})
    paper, file = c.ref("authority").row, c.ref("file_no").row
    papers_file = v.documents.ref("file_no").row
    other = c.first & (paper >= 0) & (file >= 0) & taken(papers_file >= 0, paper) & (take(papers_file, paper) != file)
    yield Hit("loans", rows(other), "authority", lambda r: _elsewhere(v, r, int(papers_file[paper[r]])))


def _elsewhere(v: View, row: int, file: int) -> dict[str, object]:
    named, lies, lent = v.loans.found("authority", row), v.files.key_text(file), v.loans.found("file_no", row)
    return {"what": Text(f"授权材料 {named} 在档案 {lies} 里，借的是 {lent}", f"authority {named} lies in file {lies}, but {lent} was borrowed")}
