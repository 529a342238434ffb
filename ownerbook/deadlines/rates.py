"""The rates of a month, each with what was counted and out of how many (domain notes on records management, rates).

A rate with nothing to count has no value: never 100 %. What cannot be counted because a sheet is absent has no numbers at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.deadlines import loans as loan_terms
from ownerbook.deadlines.audit_status import audit_status
from ownerbook.deadlines.columns import FOREVER, Whole, complete, days_of, positions
from ownerbook.deadlines.house_files import file_rows
from ownerbook.deadlines.loan_status import loan_status
from ownerbook.deadlines.month import Month
from ownerbook.deadlines.month_counts import held_files
from ownerbook.deadlines.ownership import Ownership
from ownerbook.deadlines.paper_status import paper_status
from ownerbook.register.declare import CLERK
from ownerbook.register.persons import FINE
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.words import Text


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate: `part` out of `whole`, both None where a sheet is absent. good: whether more is better (None: neither)."""

    key: str
    words: Text
    part: int | None
    whole: int | None
    about: Text
    good: bool | None = True

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None where nothing was counted."""
        return None if not self.whole or self.part is None else self.part / self.whole


RATES: dict[str, tuple[Text, Text, bool | None]] = {
    "filed": (
        Text("建档率", "Houses with a file"),
        Text(
            "有现业主在册档案的房屋 ÷ 已交房且有现业主的房屋（不含车位、储藏室）",
            "houses with a file of a current owner ÷ houses handed over that have a current owner",
        ),
        True,
    ),
    "complete": (
        Text("户完整率", "Complete files"),
        Text("材料齐全的档案 ÷ 应齐全的档案（现业主的在用档案）", "files that lack nothing ÷ files in use of current owners"),
        True,
    ),
    "papers": (Text("件完整率", "Papers held"), Text("已收到的必备材料件数 ÷ 应有的必备材料件数", "required papers held ÷ required papers"), True),
    "accurate": (
        Text("准确率", "Accuracy"),
        Text(
            "本月审核过的档案及其业主、房屋已填的格子中没有错误的 ÷ 这些格子",
            "filled cells without an error ÷ filled cells of the files audited this month, of their owners and houses",
        ),
        True,
    ),
    "match": (
        Text("账实相符率", "Files as registered"),
        Text("本月审核合格的档案 ÷ 本月审核的档案", "files that passed ÷ files audited this month"),
        True,
    ),
    "sampled": (
        Text("抽查完成率", "Sample done"),
        Text("本月抽查名单中已审核的 ÷ 抽查名单", "files of this month's sample that were audited ÷ the sample"),
        True,
    ),
    "returned": (
        Text("归还及时率", "Returned in time"),
        Text(
            "应还日期在本月、按期归还的借阅 ÷ 应还日期在本月的借阅（未还的算未及时）",
            "returned by the due day ÷ loans that fell due this month; open ones count as not in time",
        ),
        True,
    ),
    "overdue": (Text("逾期率", "Overdue loans"), Text("逾期未还的借阅 ÷ 在借的借阅", "overdue loans ÷ loans out"), False),
    "updated": (
        Text("更新及时率", "Updated in time"),
        Text(
            "办理期限在本月、按期更新的变更 ÷ 办理期限在本月的变更（未办的算未及时）",
            "carried out in time ÷ changes whose term ended this month; open ones count as not in time",
        ),
        True,
    ),
    "covered": (
        Text("审核覆盖率", "Audits up to date"),
        Text("未逾期待审的档案 ÷ 应定期审核的档案", "files whose audit is not late ÷ files with an audit cycle"),
        True,
    ),
    "rectified": (
        Text("整改完成率", "Rectified"),
        Text("近十二个月审核不合格、已复核的 ÷ 近十二个月审核不合格的", "verified ÷ found within twelve months"),
        True,
    ),
    "rectified_in_time": (
        Text("整改及时率", "Rectified in time"),
        Text("整改期限在本月、按期完成的 ÷ 整改期限在本月的", "done by the deadline ÷ rectifications whose deadline lay in this month"),
        True,
    ),
    "trained": (
        Text("培训覆盖率", "Archivists trained"),
        Text("本年度参加过培训的在职档案经办人 ÷ 在职档案经办人", "archivists who attended a training this year ÷ archivists employed"),
        True,
    ),
    "signed": (
        Text("承诺签订率", "Agreements signed"),
        Text("已签保密协议的在职有权限人员 ÷ 在职有权限人员", "signed the agreement ÷ employed people with a right"),
        True,
    ),
}
"""Every rate: its words, its definition, and whether more is better."""


def rate(key: str, part: int | None, whole: int | None) -> Rate:
    """A rate of the list."""
    words, about, good = RATES[key]
    return Rate(key, words, part, whole, about, good)


def month_rates(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> dict[str, Rate]:
    """The rates that follow from the register alone; `accurate` and `sampled` are counted by `rate` from findings and the sample."""
    found = {r.key: r for r in _all(book, calendar, month, today)}
    return {key: found.get(key) or rate(key, None, None) for key in RATES}


def mean_days_overdue(book: Whole, calendar: WorkCalendar, today: int) -> float | None:
    """How long overdue loans are overdue on average, in days; None without any."""
    if not complete(book, "loans", "loan_no", "file_no"):
        return None
    status = loan_status(book, calendar, today)
    return float(status.days[status.late].mean()) if status.late.any() else None


def _all(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Iterator[Rate]:
    if all(map(book.has, ("houses", "owners", "files"))):
        yield _filed(book, today)
        if book.has("documents"):
            papers = paper_status(book, today)
            judged = papers.judged & (papers.required > 0)
            yield rate("complete", int((judged & (papers.lacking == 0)).sum()), int(judged.sum()))
            required = int(papers.required[judged].sum())
            yield rate("papers", required - int(papers.lacking[judged].sum()), required)
    if book.has("loans"):
        yield from _loans(book, calendar, month, today)
    if book.has("changes"):
        c = book.changes
        ends = book.policy.change_term.after(days_of(c.applied_on))
        due = c.first & c.applied_on.ok & ~c.decision.is_("不同意") & (ends >= month.first) & (ends <= month.last)
        yield rate("updated", int((due & c.done_on.ok & (days_of(c.done_on) <= ends)).sum()), int(due.sum()))
    if book.has("audits") and book.has("files"):
        yield from _audits(book, month, today)
    if book.has("staff"):
        yield from _staff(book, month, today)


def _filed(book: Whole, today: int) -> Rate:
    h, owned = book.houses, Ownership.of(book)
    ids = h.house_no.ids
    handed = h.first & h.house_no.ok & h.handover_on.ok & (days_of(h.handover_on) <= today) & ~h.use.is_("车位", "储藏室") & owned.owned(ids)
    mine = file_rows(book, owned) & held_files(book, today).rows
    filed = np.isin(ids, book.files.house_no.ids[mine])
    return rate("filed", int((handed & filed).sum()), int(handed.sum()))


def _loans(book: Whole, calendar: WorkCalendar, month: Month, today: int) -> Iterator[Rate]:
    c = book.loans
    due = loan_terms.due(book, calendar).day
    fell = c.first & c.lent_on.ok & (due >= month.first) & (due <= min(month.last, today - 1))
    in_time = fell & c.returned_on.ok & (days_of(c.returned_on) <= due) & ~c.condition.is_("遗失")
    yield rate("returned", int(in_time.sum()), int(fell.sum()))
    status = loan_status(book, calendar, today)
    yield rate("overdue", int(status.late.sum()), int(status.out.sum()))


def _audits(book: Whole, month: Month, today: int) -> Iterator[Rate]:
    a = book.audits
    mine = a.first & month.holds(a.audited_on) & a.result.ok
    yield rate("match", int((mine & a.result.is_("合格")).sum()), int(mine.sum()))
    status = audit_status(book, today)
    judged = (status.due != NO_DAY) & (status.due != FOREVER)
    yield rate("covered", int((judged & ~status.late).sum()), int(judged.sum()))
    audited = days_of(a.audited_on)
    year = a.first & a.result.is_("不合格") & (audited >= month.back(11).first) & (audited <= month.last)
    yield rate("rectified", int((year & a.verified_on.ok).sum()), int(year.sum()))
    by = days_of(a.rectify_by)
    fell = a.first & a.result.is_("不合格") & a.rectify_by.ok & (by >= month.first) & (by <= min(month.last, today - 1))
    yield rate("rectified_in_time", int((fell & a.rectified_on.ok & (days_of(a.rectified_on) <= by)).sum()), int(fell.sum()))


def _staff(book: Whole, month: Month, today: int) -> Iterator[Rate]:
    persons, day = book.persons, min(today, month.last)
    employed = book.staff.first & (persons.joined <= day) & (persons.left >= day)
    signed = positions(employed & persons.has_right)
    yield rate("signed", int((persons.agreement[signed] <= day).sum()), len(signed))
    if not book.has("training"):
        return
    clerks = {p for p in positions(employed).tolist() if any(a <= day <= b for a, b in persons.spans(CLERK)[p])}
    year = date(month.begins.year, 1, 1).toordinal() - EPOCH
    t = book.training
    held = t.first & t.held_on.ok & (days_of(t.held_on) >= year) & (days_of(t.held_on) <= day)
    named = t.named("attendees")
    good = (named.trouble == FINE) & (named.person >= 0)
    there = {int(p) for row, p in zip(named.row[good], named.person[good], strict=True) if held[row]}
    yield rate("trained", len(clerks & there), len(clerks))
