"""What stands against lending a file: asked of applications on 借阅, and of one that is about to be written (register.md 借阅)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.deadlines import loans
from ownerbook.deadlines.columns import Columns, complete, needed
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.standing import DISPOSAL_NEEDS, LOAN_NEEDS, files_out, last_executed
from ownerbook.register.declare import CLERK, LOAN_REVIEW
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.words import Text

NEEDS = needed(loans.BORROWER_NEEDS, LOAN_NEEDS, DISPOSAL_NEEDS, "loans.authority documents owners staff")


@dataclass(frozen=True, slots=True)
class Application:
    """Somebody wants a file. Rows are positions in their tables, -1 for none; name and phone are canonical texts.

    applied: the day of application. reviewer, handler: who decided and who lends. loan: its own row on 借阅, -1 for a new one.
    """

    file: int
    borrower: str
    kind: str
    phone: str
    applied: int
    authority: int = -1
    reviewer: int = -1
    handler: int = -1
    loan: int = -1
    decision: str = "同意"


class Obstacle(NamedTuple):
    """A reason against lending. key: for programs; stops: a rule of the register forbids it, else it only wants looking at."""

    key: str
    message: Text
    stops: bool = True

    @property
    def advised(self) -> Text:
        """The reason, and what to do about it."""
        advice = ADVICE.get(self.key)
        return Text(f"{self.message.zh}；{advice.zh}", f"{self.message.en}; {advice.en}") if advice else self.message


ADVICE: dict[str, Text] = {
    "file-out": Text("先办归还（ownerbook return）", "return it first (ownerbook return)"),
    "file-gone": Text("请核对档号，存根行不再出借", "check the file number; a stub is not lent"),
    "file-lost": Text("找到后先改「档案」的档案状态", "once found, correct its status on 档案 first"),
    "before-file": Text("请核对 --on 的日期或「档案」的建档日期", "check the day given with --on, or 建档日期 on 档案"),
    "blocked": Text("先收回逾期的档案", "get the overdue file back first"),
    "not-owner": Text(
        "请核对姓名；代办的用 --kind 受托人 并用 --authority 写授权材料", "check the name; for an agent give --kind 受托人 and --authority"
    ),
    "no-authority": Text("先在「材料」登记授权委托书，再用 --authority 写材料编号", "enter the paper on 材料 and name it with --authority"),
    "other-authority": Text("请写该档号下的材料编号", "name a paper of that file"),
    "not-staff": Text("请核对姓名，或改 --kind", "check the name, or give another --kind"),
    "own-reviewer": Text("请另一位有「借阅审批」权限的人审核", "let another person who holds 借阅审批 decide"),
    "reviewer-lends": Text("请换一位经办人或审核人", "name another clerk or reviewer"),
    "no-right": Text("请换人，或先在「人员」补登权限和签订日期", "name another, or enter the right and the signing on 人员 first"),
    "asked-before": Text("用 --loan 办理那笔申请，不要重登", "hand that one out with --loan; do not enter it again"),
}


class Desk:
    """The lending desk on a day: knows what is out, who is blocked, and what is gone."""

    def __init__(self, book: Columns, calendar: WorkCalendar, today: int) -> None:
        self.book, self.today = book, today
        c = book.loans
        self.out = files_out(book)
        self._duties = Duties(book, today)
        when = loans.due(book, calendar)
        self.blocked: dict[tuple[str, str], int] = {}
        for row in np.flatnonzero(loans.blocked_now(book, when, today) & c.first & c.borrower.ok & c.phone.ok):
            self.blocked[c.borrower.text(int(row)), c.phone.text(int(row))] = int(row)
        self._executed = last_executed(book).row if complete(book, "disposals", "disposal_no", "file_no", "kind") else None

    def applications(self) -> list[Application]:
        """What is 待审, or agreed to and not lent, as 借阅 has it; rows whose file or borrower cannot be read are left out."""
        c = self.book.loans
        decision = c.decision
        rows = np.flatnonzero(c.first & c.lent_on.blank & c.returned_on.blank & decision.is_("待审", "同意") & c.borrower.ok)
        if not len(rows):
            return []
        file = c.ref("file_no").row
        authority = c.ref("authority").row if self.book.has("documents") else np.full(len(c), -1, np.int32)
        staff = self.book.has("staff")
        reviewer = c.acting("reviewer").person if staff else np.full(len(c), -1, np.int32)
        handler = c.acting("handled_by").person if staff else reviewer
        return [
            Application(
                int(file[r]),
                c.borrower.text(r),
                decision_of(c.borrower_kind.choice[r], c.borrower_kind.options) if c.borrower_kind.ok[r] else "",
                c.phone.text(r),
                int(c.applied_on.days[r]) if c.applied_on.ok[r] else int(NO_DAY),
                int(authority[r]),
                int(reviewer[r]),
                int(handler[r]),
                r,
                decision_of(decision.choice[r], decision.options),
            )
            for r in map(int, rows)
        ]

    def against(self, a: Application) -> list[Obstacle]:
        """Every reason against lending; none: it may be lent."""
        return [*self._file(a), *self._borrower(a), *self._persons(a)]

    def _file(self, a: Application) -> list[Obstacle]:
        book, out = self.book, []
        if a.file < 0:
            return [Obstacle("unknown-file", Text("档案表里没有这个档号", "no such file on 档案"))]
        loan = int(self.out[a.file])
        if loan >= 0 and loan != a.loan:
            number = book.loans.loan_no.text(loan)
            out.append(Obstacle("file-out", Text(f"该档案已由 {number} 借出，未还", f"the file is out on {number}")))
        gone = "" if self._executed is None or self._executed[a.file] < 0 else self._gone(int(self._executed[a.file]))
        status = book.files.status
        if gone or status.is_("已销毁", "已移交")[a.file]:
            word = gone or decision_of(status.choice[a.file], status.options)
            out.append(Obstacle("file-gone", Text(f"该档案{word}，不能借出", "the file was destroyed or handed over")))
        elif status.is_("遗失")[a.file]:
            out.append(Obstacle("file-lost", Text("该档案登记为遗失", "the file is registered as lost")))
        elif status.is_("待整理")[a.file]:
            out.append(Obstacle("file-unarranged", Text("该档案尚待整理", "the file is not arranged yet"), stops=False))
        created = book.files.created_on
        if created.ok[a.file] and created.days[a.file] > self.today:
            out.append(Obstacle("before-file", Text("借出日期早于建档日期", "lent before the file was opened")))
        return out

    def _gone(self, row: int) -> str:
        kind = self.book.disposals.kind
        word = decision_of(kind.choice[row], kind.options)
        return {"销毁": "已销毁", "移交": "已移交"}.get(word, "")

    def _borrower(self, a: Application) -> list[Obstacle]:
        book, out = self.book, []
        blocking = self.blocked.get((a.borrower, a.phone), -1)
        if blocking >= 0:
            number = book.loans.loan_no.text(blocking)
            out.append(Obstacle("blocked", Text(f"借阅人停借：{number} 逾期已满 30 天", f"the borrower is blocked: {number} is 30 days overdue")))
        if a.kind == "业主" and book.has("owners") and a.file >= 0 and a.applied != NO_DAY and not self._owns(a):
            out.append(Obstacle("not-owner", Text("申请之日不是该房的业主", "not an owner of the house on the day of application")))
        if a.kind == "受托人" and book.has("documents"):
            if a.authority < 0:
                out.append(Obstacle("no-authority", Text("受托人没有授权材料", "an authorised person without a paper of authority")))
            elif a.file >= 0 and int(book.documents.ref("file_no").row[a.authority]) != a.file:
                out.append(Obstacle("other-authority", Text("授权材料不属于该档号", "the paper of authority belongs to another file")))
        if a.kind == "员工" and book.has("staff") and not book.persons.candidates(a.borrower):
            out.append(Obstacle("not-staff", Text("借阅人不在人员表", "the borrower is not on 人员")))
        return out

    def _owns(self, a: Application) -> bool:
        """Silent where the house or its owners cannot all be read."""
        o, f = self.book.owners, self.book.files
        if not f.house_no.ok[a.file]:
            return True
        mine = np.flatnonzero(o.house_no.ids == f.house_no.ids[a.file])
        for row in map(int, mine):
            if not (o.name.ok[row] and o.owned_from.ok[row]) or o.owned_to.state[row] == 2:
                return True
            last = int(o.owned_to.days[row]) if o.owned_to.ok[row] else 2**31 - 1
            if o.name.text(row) == a.borrower and int(o.owned_from.days[row]) <= a.applied <= last:
                return True
        return False

    def _persons(self, a: Application) -> list[Obstacle]:
        book, out = self.book, []
        if a.decision == "待审":
            out.append(Obstacle("undecided", Text("尚未审核", "not decided yet"), stops=a.loan < 0))
        if not book.has("staff"):
            return out
        if a.kind == "员工" and a.reviewer >= 0 and a.reviewer in book.persons.candidates(a.borrower):
            out.append(Obstacle("own-reviewer", Text("审核人就是借阅人", "the reviewer is the borrower")))
        if a.reviewer >= 0 and a.reviewer == a.handler:
            out.append(Obstacle("reviewer-lends", Text("审核人就是经办人", "the reviewer is the clerk who lends")))
        for person, right, zh, en in ((a.reviewer, LOAN_REVIEW, "审核人", "the reviewer"), (a.handler, CLERK, "经办人", "the clerk")):
            if person >= 0 and person not in self._duties.holders(right):
                out.append(Obstacle("no-right", _no_right(zh, en, right)))
        return out


def _no_right(zh: str, en: str, right: str) -> Text:
    return Text(f"{zh}今天没有「{right}」权限，或没有签保密协议", f"{en} does not hold {right} today, or has signed no agreement")


def decision_of(choice: int, options: tuple[str, ...]) -> str:
    """The word of a listed value."""
    return options[int(choice)] if 0 <= int(choice) < len(options) else ""
