"""催还通知: one page for each borrower with overdue loans, as paper or as a letter; those without contact on a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.loan_status import loan_status
from ownerbook.deadlines.loans import BLOCKED_AFTER
from ownerbook.deadlines.notices import overdue_by_borrower
from ownerbook.register.register import Register
from ownerbook.reports.forms.paper import CENTER, DAY, NUMBER, TEXT, Paper, chinese_day, form_pen
from ownerbook.reports.listing import Field, Line, Listing, Report
from ownerbook.reports.listing_book import write_listing
from ownerbook.reports.naming import Naming, a_day
from ownerbook.reports.palette import ERROR, NAVY
from ownerbook.schema.words import Text

KIND = "overdue-notice"
SPANS = ((1, 2), (3, 5), (6, 7), (8, 9), (10, 11), (12, 12))
_RIGHT = TEXT.but(align="right")
HEADS = ("借阅单号", "档号", "借出日期", "应还日期", "催还阶梯", "逾期天数")


@dataclass(frozen=True, slots=True)
class Notice:
    """One borrower. loans: (借阅单号, 档号, 借出日期, 应还日期, 催还阶梯, 逾期天数), the longest overdue first."""

    name: str
    phone: str
    identity: str
    house: str
    loans: tuple[tuple[str, str, date | None, date | None, str, int], ...]
    reachable: bool
    building: str = ""
    workbook: str = ""

    @property
    def worst(self) -> int:
        """The most days overdue."""
        return max(days for *_, days in self.loans)

    @property
    def blocked(self) -> bool:
        """Whether nothing more is lent to them."""
        return self.worst >= BLOCKED_AFTER


def notices(register: Register) -> list[Notice]:
    """The notices of the register's day, the longest overdue first."""
    today = register.today.toordinal() - EPOCH
    book, name = Whole(register), Naming(register)
    status = loan_status(book, register.calendar, today)
    file, ladder = book.loans.ref("file_no").row, register.policy.ladder
    out = []
    for one in overdue_by_borrower(book, status):
        loans = []
        for r in one.rows:
            lent, due = name.day("loans", "lent_on", r), a_day(int(status.due.day[r]))
            step = ladder[int(status.step[r])][0] if status.step[r] >= 0 else ""
            assert not isinstance(lent, Text) and not isinstance(due, Text)
            loans.append((name.key("loans", r), name.found("loans", "file_no", r), lent, due, step, int(status.days[r])))
        first = one.rows[0]
        house = name.house("files", int(file[first]))
        phone = name.found("loans", "phone", first) if book.loans.phone.ok[first] else name.found("owners", "phone", one.owner)
        out.append(
            Notice(
                name.found("loans", "borrower", first),
                phone,
                name.found("loans", "borrower_kind", first),
                house,
                tuple(loans),
                one.reachable,
                name.building(house),
                name.workbook("loans", first),
            )
        )
    return out


def opening(n: Notice) -> str:
    """What the notice says first."""
    many = f"您借阅的 {len(n.loans)} 份档案" if len(n.loans) > 1 else "您借阅的档案"
    return f"{many}已超过应还日期，最长逾期 {n.worst} 天。请在收到本通知后尽快归还；因故不能归还的，请与我们联系并说明原因。"


def closing(n: Notice, register: Register) -> str:
    """What follows from not bringing it back, by policy."""
    term = f"借阅期限为 {register.policy.loan_term}，可续借 {register.policy.max_renewals} 次，续借须在到期前办理。"
    if n.blocked:
        return term + f"逾期已满 {BLOCKED_AFTER} 天，归还之前暂停向您出借档案。"
    return term + f"逾期满 {BLOCKED_AFTER} 天的，归还之前暂停出借。"


def letter(n: Notice, register: Register, workspace: str) -> str:
    """The notice as the text of a letter or a message."""
    lines = ["档案催还通知", "", f"{n.name}（先生/女士）：", "", opening(n), ""]
    for number, file, lent, due, _, days in n.loans:
        lines.append(f"  {number}  档号 {file}  {chinese_day(lent)}借出，{chinese_day(due)}应还，逾期 {days} 天")
    return "\n".join([*lines, "", closing(n, register), "", workspace, chinese_day(register.today)])


def write_notices(path: Path, register: Register, found: list[Notice], workspace: str) -> None:
    """The notices as a workbook: the list, a page each, and those without contact. Raises PenError."""
    with form_pen(path, KIND, "催还通知", as_of=register.today, workspace=workspace) as pen:
        overview = pen.page("催还名单", colour=NAVY)
        letters = pen.page("催还通知", colour=ERROR)
        paper = Paper(letters)
        for i, n in enumerate(found):
            if i:
                paper.new_page()
            _page(paper, n, register, workspace)
        if not found:
            paper.title("催还通知", f"截至 {register.today.isoformat()} 没有逾期的借阅")
        paper.finish(one_page=len(found) < 2)
        report = Report(KIND, Text("催还", ""), register.today, workspace, str(register.policy.version or ""))
        write_listing(overview, _list("催还名单", found), report, lang="zh", masked=False)
        without = [n for n in found if not n.reachable]
        write_listing(pen.page("无联系方式", colour="#8A5A00"), _list("无联系方式", without), report, lang="zh", masked=False)


def _page(paper: Paper, n: Notice, register: Register, workspace: str) -> None:
    paper.meta(workspace, f"截至 {register.today.isoformat()}")
    paper.title("档案催还通知")
    paper.text(f"{n.name}（先生/女士）：")
    paper.gap(4)
    paper.text("        " + opening(n))
    paper.gap(6)
    looks = (CENTER.but(form="@"), CENTER.but(form="@"), DAY, DAY, CENTER, NUMBER.but(ink=ERROR, bold=True))
    paper.table(HEADS, SPANS, n.loans, looks)
    paper.gap(10)
    paper.text("        " + closing(n, register))
    paper.text("        归还时请当面核对页数；如有缺损，请一并说明。")
    paper.gap(14)
    paper.text(f"{workspace}\n{chinese_day(register.today)}".strip(), _RIGHT)
    paper.cut("回 执")
    paper.text(f"催还通知（{n.name}，{'、'.join(loan[0] for loan in n.loans[:6])}{' 等' if len(n.loans) > 6 else ''}）已收到。")
    paper.gap(6)
    paper.fields(("预计归还日期", "", 2, 4), ("未还原因", "", 2, 4), ask=True)
    paper.fields(("送达方式", "□ 当面    □ 电话    □ 短信    □ 邮寄", 2, 10))
    paper.gap(8)
    paper.signatures("签收人：", "签收日期：", "送达人：")


def _list(title: str, found: list[Notice]) -> Listing:
    fields = (
        Field("borrower", Text("借阅人", "")),
        Field("kind", Text("身份", ""), "center"),
        Field("phone", Text("联系电话", "")),
        Field("house", Text("房号", "")),
        Field("loans", Text("笔数", ""), "count"),
        Field("days", Text("最长逾期天数", ""), "count"),
        Field("nos", Text("借阅单号", ""), "wrap"),
        Field("blocked", Text("停借", ""), "center"),
    )
    lines = [
        Line(
            (n.name, n.identity, n.phone, n.house, len(n.loans), n.worst, "、".join(loan[0] for loan in n.loans), "停借" if n.blocked else None),
            "late" if n.blocked else "",
        )
        for n in found
    ]
    note = "电话、邮箱、地址都没有或读不出：先补登联系方式" if title == "无联系方式" else ""
    return Listing(title, Text(title, title), fields, lines, note=Text(note, ""), ask=Text("送达情况", ""))
