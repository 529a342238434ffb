"""催还通知: one page for each borrower with overdue loans, as paper or as a letter; those without contact on a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.loan_status import loan_status
from ownerbook.deadlines.loans import BLOCKED_AFTER
from ownerbook.deadlines.notices import overdue_by_borrower
from ownerbook.register.register import Register
from ownerbook.reports.forms.loan_papers import english_term
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import CENTER, DAY, NUMBER, TEXT, Paper, chinese_day, form_pen
from ownerbook.reports.listing import Field, Line, Listing, Report
from ownerbook.reports.listing_book import write_listing
from ownerbook.reports.naming import Naming, a_day
from ownerbook.reports.palette import ERROR, NAVY
from ownerbook.schema.words import Text

KIND = "overdue-notice"
SPANS = ((1, 2), (3, 5), (6, 7), (8, 9), (10, 11), (12, 12))
_RIGHT = TEXT.but(align="right")
MOST = 18
"""Loans that a notice lists, so that it stays on one page; the list of names has all of them."""
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
    def company(self) -> bool:
        """Whether it goes to a body, not to a person."""
        return self.identity == "外部单位"

    def masked(self) -> Notice:
        """The same without the name and the phone in full."""
        from ownerbook.identifiers import masks

        return replace(self, name=masks.name(self.name), phone=masks.phone(self.phone))

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


def addressed(name: str, *, company: bool) -> str:
    """To whom a letter goes."""
    return f"{name}：" if company else f"{name}（先生/女士）："


def opening(n: Notice) -> Text:
    """What the notice says first."""
    you, many = "贵单位" if n.company else "您", f" {len(n.loans)} 份" if len(n.loans) > 1 else ""
    return Text(
        f"{you}借阅的{many}档案已超过应还日期，最长逾期 {n.worst} 天。请在收到本通知后尽快归还；因故不能归还的，请与我们联系并说明原因。",
        f"Files borrowed by you: {len(n.loans)}, overdue, the longest by {n.worst} days. Please bring them back, or tell us why you cannot.",
    )


def closing(n: Notice, register: Register) -> Text:
    """What follows from not bringing it back, by policy."""
    policy = register.policy
    renew = f"可续借 {policy.max_renewals} 次，续借须在到期前办理。" if policy.max_renewals else "不办理续借。"
    zh = f"借阅期限为 {policy.loan_term}，{renew}"
    en = f"The term of a loan is {english_term(policy.loan_term)}; it is renewed before it ends, if at all. "
    if n.blocked:
        return Text(zh + f"逾期已满 {BLOCKED_AFTER} 天，归还之前暂停出借。", en + "Until they are back nothing more is lent to you.")
    return Text(
        zh + f"逾期满 {BLOCKED_AFTER} 天的，归还之前暂停出借。", en + f"From {BLOCKED_AFTER} days late on nothing more is lent until they are back."
    )


def letter(n: Notice, register: Register, workspace: str, how: Manner = CHINESE) -> str:
    """The notice as the text of a letter or a message."""
    n = n.masked() if how.masked else n
    lines = [how.word("档案催还通知"), "", addressed(n.name, company=n.company), "", how.say(opening(n)), ""]
    for number, file, lent, due, _, days in n.loans:
        en = f"  {number}  file {file}  lent {lent}, due {due}, {days} days late"
        lines.append(how.brief(Text(f"  {number}  档号 {file}  {chinese_day(lent)}借出，{chinese_day(due)}应还，逾期 {days} 天", en)))
    return "\n".join([*lines, "", how.say(closing(n, register)), "", workspace, how.brief(Text(chinese_day(register.today), str(register.today)))])


def write_notices(path: Path, register: Register, found: list[Notice], workspace: str, how: Manner = CHINESE) -> None:
    """The notices as a workbook: the list, a page each, and those without contact. Raises PenError."""
    found = [n.masked() for n in found] if how.masked else found
    with form_pen(path, KIND, "催还通知", as_of=register.today, workspace=workspace, how=how) as pen:
        overview = pen.page("催还名单", colour=NAVY)
        letters = pen.page("催还通知", colour=ERROR)
        paper = Paper(letters, how=how)
        for i, n in enumerate(found):
            if i:
                paper.new_page()
            _page(paper, n, register, workspace)
        if not found:
            day = register.today.isoformat()
            paper.title("档案催还通知", how.brief(Text(f"截至 {day} 没有逾期的借阅", f"no loan is overdue on {day}")))
        paper.finish(one_page=len(found) < 2)
        report = Report(KIND, Text("催还", "Overdue"), register.today, workspace, str(register.policy.version or ""))
        write_listing(overview, _list(Text("催还名单", "Whom to remind"), found), report, lang=how.lang, masked=False)
        without = [n for n in found if not n.reachable]
        page = pen.page("无联系方式", colour="#8A5A00")
        write_listing(page, _list(Text("无联系方式", "Without contact"), without), report, lang=how.lang, masked=False)


def _page(paper: Paper, n: Notice, register: Register, workspace: str) -> None:
    how, indent = paper.how, "        "
    paper.meta(workspace, how.brief(Text("截至 ", "as of ")) + register.today.isoformat())
    paper.title("档案催还通知")
    paper.text(addressed(n.name, company=n.company))
    paper.gap(4)
    paper.text(_indented(opening(n), indent))
    paper.gap(6)
    looks = (CENTER.but(form="@"), CENTER.but(form="@"), DAY, DAY, CENTER, NUMBER.but(ink=ERROR, bold=True))
    paper.table(HEADS, SPANS, n.loans[:MOST], looks)
    if len(n.loans) > MOST:
        more = len(n.loans) - MOST
        paper.text(Text(f"另有 {more} 份：{'、'.join(loan[0] for loan in n.loans[MOST:])}", f"and {more} more"), TEXT.but(size=9))
    paper.gap(10)
    paper.text(_indented(closing(n, register), indent))
    paper.text(
        _indented(
            Text("归还时请当面核对页数；如有缺损，请一并说明。", "The pages are counted together on return; please tell us of any damage."), indent
        )
    )
    paper.gap(14)
    paper.text(f"{workspace}\n{chinese_day(register.today)}".strip(), _RIGHT)
    paper.cut("回 执")
    numbers = "、".join(loan[0] for loan in n.loans[:6]) + (" 等" if len(n.loans) > 6 else "")
    paper.text(Text(f"催还通知（{n.name}，{numbers}）已收到。", "The overdue notice was received."))
    paper.gap(6)
    paper.fields(("预计归还日期", "", 2, 4), ("未还原因", "", 2, 4), ask=True)
    paper.fields(("送达方式", how.say(Text("□ 当面    □ 电话    □ 短信    □ 邮寄", "   in person    phone    message    post")), 2, 10))
    paper.gap(8)
    paper.signatures("签收人", "签收日期", "送达人")


def _indented(text: Text, indent: str) -> Text:
    return Text(indent + text.zh, indent + text.en)


def _list(title: Text, found: list[Notice]) -> Listing:
    fields = (
        Field("borrower", Text("借阅人", "Borrower")),
        Field("kind", Text("身份", "Is"), "center"),
        Field("phone", Text("联系电话", "Phone")),
        Field("house", Text("房号", "House")),
        Field("loans", Text("笔数", "Loans"), "count"),
        Field("days", Text("最长逾期天数", "Days late"), "count"),
        Field("nos", Text("借阅单号", "Loan nos."), "wrap"),
        Field("blocked", Text("停借", "Blocked"), "center"),
    )
    lines = [
        Line(
            (
                n.name,
                n.identity,
                n.phone,
                n.house,
                len(n.loans),
                n.worst,
                "、".join(loan[0] for loan in n.loans),
                Text("停借", "blocked") if n.blocked else None,
            ),
            "late" if n.blocked else "",
        )
        for n in found
    ]
    note = Text("电话、邮箱、地址都没有或读不出：先补登联系方式", "no phone, mail or address that can be read: enter one first")
    none = title.zh != "无联系方式"
    return Listing(title.zh, title, fields, lines, note=Text("", "") if none else note, ask=Text("送达情况", "Delivered"))
