"""借阅: who borrowed a file, on whose decision, and whether it came back."""

from __future__ import annotations

from ownerbook.register.declare import CLERK, LOAN_REVIEW, col, day, file, note, ref, staff
from ownerbook.schema.kinds import Choice, Measure, Name, Number, PhoneNumber, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

DECISIONS = Choice(
    ("待审", "同意", "不同意"), {"未审": "待审", "通过": "同意", "批准": "同意", "驳回": "不同意", "拒绝": "不同意", "不批准": "不同意"}
)

LOANS = Sheet(
    "借阅",
    "loans",
    Text("借阅", "Loans"),
    (
        col("loan_no", "借阅单号", "Loan no.", Number(), key=True, also=("借阅编号", "借阅号")),
        file(),
        col("borrower", "借阅人", "Borrower", Name("borrower_kind"), must=True, privacy="personal", also=("借阅人姓名", "领用人")),
        col(
            "borrower_kind",
            "借阅人身份",
            "Borrower is",
            Choice(("业主", "受托人", "员工", "外部单位"), {"代理人": "受托人", "职工": "员工", "外单位": "外部单位"}),
            must=True,
            width=10,
        ),
        ref(
            "authority",
            "授权材料",
            "Authority",
            "documents",
            hint=("受托人必填，同一档号的材料编号", "required for a 受托人; a paper of the same file"),
        ),
        col("phone", "联系电话", "Phone", PhoneNumber("borrower_kind"), must=True, privacy="personal", also=("电话", "手机"), width=15),
        col("purpose", "借阅事由", "Purpose", Words(lines=True), privacy="personal", must=True, also=("借阅用途", "用途"), width=20),
        day("applied_on", "申请日期", "Applied", must=True),
        staff("reviewer", "审核人", "Reviewer", right=LOAN_REVIEW, days=("decided_on",)),
        col("decision", "审核结果", "Decision", DECISIONS, must=True, width=9),
        day("decided_on", "审核日期", "Decided"),
        day("lent_on", "借出日期", "Lent", also=("借阅日期", "借阅时间")),
        staff("handled_by", "经办人", "Lent by", right=CLERK, days=("lent_on",)),
        day(
            "due_on",
            "应还日期",
            "Due",
            future=True,
            hint=("借出日期加借阅期限，遇休息日顺延", "the lending day plus the term, rolled over rest days"),
        ),
        col("renewals", "续借次数", "Renewals", Measure(least=0, whole=True), width=9),
        day("returned_on", "归还日期", "Returned", also=("归还时间",)),
        staff("received_by", "接收人", "Received by", right=CLERK, days=("returned_on",)),
        col(
            "condition",
            "归还状态",
            "Condition",
            Choice(("完好", "缺损", "遗失"), {"良好": "完好", "完整": "完好", "损坏": "缺损", "破损": "缺损", "丢失": "遗失"}),
            also=("归还情况",),
            width=9,
        ),
        note(),
    ),
    Text("每次借阅一行：申请、审核、借出、归还。", "One row a loan: application, decision, lending, return."),
    needed=True,
    book="档案管理台账.xlsx",
)
