"""借阅申请表 and 借阅单: what is filled in before a file leaves, and what goes with it. The terms stand on both (民法典 200–204)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ownerbook.calendar.terms import WORKDAY, Term
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.loans import BLOCKED_AFTER, due
from ownerbook.register.policy import Policy
from ownerbook.register.register import Register
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import TEXT, Paper, chinese_day, form_pen
from ownerbook.reports.naming import Naming, a_day
from ownerbook.schema.words import Text

APPLICATION, SLIP = "loan-application", "loan-slip"


def terms(policy: Policy) -> list[Text]:
    """The rules of lending that the borrower signs, from the policy in force."""
    term = policy.loan_term
    roll = Text("", "")
    if policy.roll and term.unit != WORKDAY:
        roll = Text(
            "最后一日是法定休假日的，顺延到其后第一个工作日（调休上班日不顺延）；",
            " where its last day is a holiday it ends on the next working day (a made-up working weekend is one);",
        )
    renew = f"期限内可续借 {policy.max_renewals} 次，每次一个期限，从借出之日起连续计算，须在到期前办理。"
    if not policy.max_renewals:
        renew = "不办理续借。"
    times = (
        f" renewals before it ends: {policy.max_renewals}, a term each, counted from the day of lending." if policy.max_renewals else " no renewal."
    )
    steps = f"按「{'、'.join(words for words, _ in policy.ladder)}」提醒；" if policy.ladder else ""
    return [
        Text(f"借阅期限为 {term}，从借出次日起算；{roll.zh}{renew}", f"The term is {english_term(term)} from the day after lending;{roll.en}{times}"),
        Text(
            f"应还日期次日起为逾期，{steps}逾期满 {BLOCKED_AFTER} 天报告经理，归还之前不再出借。",
            f"Late begins the day after the due day; {BLOCKED_AFTER} days late the manager is told and nothing more is lent until it is back.",
        ),
        Text(
            "借阅人应妥善保管，不得拆页、涂改、转借、复制他人信息；缺损、遗失的应书面说明并承担责任。",
            "The borrower takes care of the file, does not alter it, pass it on or copy others' data, and answers for damage and loss.",
        ),
        Text("个人信息只用于申请所写的事由（个人信息保护法第六条）。", "Personal data serve only the purpose applied for (PIPL, article 6)."),
    ]


def english_term(term: Term) -> str:
    """1 month, 30 days, 10 working days."""
    unit = {"月": "month", "年": "year", "天": "day", "周": "week", WORKDAY: "working day"}[term.unit]
    return f"{term.amount} {unit}{'s' if term.amount != 1 else ''}"


def write_application(path: Path, register: Register, workspace: str, *, file: int = -1, how: Manner = CHINESE) -> None:
    """The application form, one page A4; `file` (row of 档案) fills in what the register knows of the file. Raises PenError."""
    name = Naming(register, masked=how.masked)
    with form_pen(path, APPLICATION, "借阅申请表", as_of=register.today, workspace=workspace, how=how) as pen:
        paper = Paper(pen.page("借阅申请表"), how=how)
        paper.meta(workspace, f"{how.word('借阅单号')}：________________")
        paper.title("档案借阅申请表")
        house = name.house("files", file)
        paper.fields(("档号", name.key("files", file), 2, 4), ("房号", house, 2, 4), ask=True)
        paper.fields(("题名", name.found("files", "title", file), 2, 10), ask=True)
        paper.fields(("借阅人", "", 2, 4), ("联系电话", "", 2, 4), ask=True)
        paper.fields(
            (
                "借阅人身份",
                how.say(Text("□ 业主      □ 受托人      □ 员工      □ 外部单位", "   owner      authorised person      staff      outside body")),
                2,
                10,
            )
        )
        paper.fields(("授权材料", "", 2, 4), ("有效证件", how.brief(Text("□ 已核对原件", "□ 已核对原件 original seen")), 2, 4), ask=True)
        paper.fields(("借阅事由", "", 2, 10), height=92, ask=True)
        paper.fields(("申请日期", "", 2, 4), ("申请人签名", "", 2, 4), height=40, ask=True)
        paper.gap(8)
        for n, line in enumerate(terms(register.policy), 1):
            paper.text(Text(f"{n}. {line.zh}", line.en), TEXT.but(size=9 if how.both else 9.5))
        paper.gap(8)
        paper.fields(
            ("审核结果", how.say(Text("□ 同意      □ 不同意（理由写在右栏）", "   agreed      refused (why: at the right)")), 2, 5),
            ("理由", "", 1, 4),
            height=40,
            ask=True,
        )
        paper.fields(("审核人", "", 2, 4), ("审核日期", "", 2, 4), height=40, ask=True)
        duty = Text(
            "审核人须有「借阅审批」权限，不得是借阅人，也不得是经办人。", "The reviewer holds 借阅审批 and is neither the borrower nor the clerk."
        )
        paper.text(duty, TEXT.but(size=9, ink="#6B7280"))
        paper.gap(6)
        paper.fields(("借出日期", "", 2, 4), ("应还日期", "", 2, 4), ask=True)
        paper.fields(("经办人", "", 2, 4), ("借阅人签收", "", 2, 4), height=40, ask=True)
        paper.gap(6)
        paper.fields(("归还日期", "", 2, 4), ("归还状态", how.say(Text("□ 完好   □ 缺损   □ 遗失", "   good   damaged   lost")), 2, 4), ask=True)
        paper.fields(("接收人", "", 2, 4), ("说明", "", 2, 4), height=40, ask=True)
        paper.finish()


def write_slip(path: Path, register: Register, workspace: str, row: int, *, how: Manner = CHINESE) -> None:
    """The slip of a loan (row of 借阅) in two copies on one page A4: one stays in the file's place. Raises PenError."""
    name, book = Naming(register, masked=how.masked), Whole(register)
    file = int(book.loans.ref("file_no").row[row])
    when = due(book, register.calendar)
    day = a_day(int(when.day[row]))
    back = day if isinstance(day, date) else None
    provisional = how.say(Text("（暂定，放假安排公布后再定）", "(provisional)")) if when.provisional[row] else ""
    copies = (
        Text("第一联 代卷卡（放在档案原位）", "1: kept in the file's place"),
        Text("第二联 交借阅人", "2: for the borrower"),
    )
    with form_pen(path, SLIP, "借阅单", as_of=register.today, workspace=workspace, how=how) as pen:
        paper = Paper(pen.page("借阅单"), how=how)
        for n, copy in enumerate(copies):
            if n:
                paper.cut("裁 开")
            paper.meta(workspace, f"{copy.zh} {copy.en}" if how.both else copy.zh)
            paper.title("档案借阅单")
            paper.fields(("借阅单号", name.key("loans", row), 2, 4), ("档号", name.found("loans", "file_no", row), 2, 4))
            paper.fields(("房号", name.house("files", file), 2, 4), ("存放位置", name.found("files", "location", file), 2, 4))
            paper.fields(("借阅人", name.found("loans", "borrower", row), 2, 4), ("身份", name.found("loans", "borrower_kind", row), 2, 4))
            paper.fields(("借阅事由", name.found("loans", "purpose", row), 2, 10))
            lent = name.day("loans", "lent_on", row)
            assert not isinstance(lent, Text)
            paper.fields(("借出日期", chinese_day(lent), 2, 4), ("应还日期", chinese_day(back) + provisional, 2, 4))
            paper.fields(("件数 / 页数", count(book, file), 2, 4), ("续借次数", name.found("loans", "renewals", row) or "0", 2, 4))
            paper.fields(("审核人", name.found("loans", "reviewer", row), 2, 4), ("经办人", name.found("loans", "handled_by", row), 2, 4))
            paper.gap(4)
            paper.text(terms(register.policy)[0], TEXT.but(size=9))
            paper.gap(6)
            paper.signatures("借阅人签收", "经办人", "归还核收")
        paper.finish()


def count(book: Whole, file: int) -> str:
    """How many papers and pages a file holds: 6 件 / 34 页."""
    if file < 0 or not book.has("documents"):
        return ""
    d = book.documents
    mine = (d.ref("file_no").row == file) & ~d.status.is_("待补") & d.first
    pages = int((d.pages.numbers[mine & d.pages.ok]).sum())
    return f"{int(mine.sum())} 件 / {pages} 页"
