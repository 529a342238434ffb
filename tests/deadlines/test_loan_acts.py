"""Lending, returning and renewing as proposals, on the days that hurt."""

from datetime import date

import pytest

from ownerbook.deadlines import loan_acts
from ownerbook.deadlines.columns import Whole
from ownerbook.register.proposal import NextKeys
from ownerbook.rules.pictures import draw

REGISTER = """
今天 2026-12-20

业主: 业主编号 | 房号 | 姓名 | 迁入日期 | 业主状态
Y1 | 1-1-101 | 王芳 | 2018-03-01 | 现业主

档案: 档号 | 房号 | 业主编号 | 建档日期 | 密级 | 档案状态
A1 | 1-1-101 | Y1 | 2018-03-05 | 内部 | {status}
A2 | 1-1-101 | Y1 | 2018-03-05 | 内部 | 在库

材料: 材料编号 | 档号
C1 | A1

借阅: 借阅单号 | 档号 | 借阅人 | 借阅人身份 | 联系电话 | 申请日期 | 审核人 | 审核结果 | 审核日期 | 借出日期 | 应还日期 | 续借次数
{loans}

处置: 处置单号 | 档号 | 处置方式 | 执行日期
{disposals}

人员: 工号 | 姓名 | 权限 | 入职日期
G1 | 钱一 | 档案经办 | 2018-01-02
G2 | 孙二 | 借阅审批 | 2018-01-02
"""
LOAN = "JY007 | A1 | 王芳 | 业主 | 13900000001 | {lent} | G2 | 同意 | {lent} | {lent} | {due} | {renewals}"


def book(loans="", status="在库", disposals=""):
    register = draw(REGISTER.format(loans=loans, status=status, disposals=disposals)).register()
    return Whole(register), register.calendar


def lending(day, **changes):
    plain = {"file": 0, "borrower": "王芳", "kind": "业主", "phone": "13900000001", "purpose": "核对", "day": day, "reviewer": "G2", "reviewer_row": 1, "handler": "G1", "handler_row": 0}
    return loan_acts.Lending(**(plain | changes))


@pytest.mark.parametrize(
    ("lent", "due"),
    [(date(2026, 1, 31), date(2026, 2, 28)), (date(2024, 1, 30), date(2024, 2, 29)), (date(2026, 9, 1), date(2026, 10, 8)), (date(2026, 1, 16), date(2026, 2, 24))],
)
def test_a_new_loan_has_its_due_day_and_lends_the_file(lent, due):
    b, calendar = book()
    made = loan_acts.lend(b, calendar, lending(lent))
    assert made.against == []
    (row,) = made.rows
    assert (row.values["loan_no"], row.values["due_on"], row.values["decision"], row.values["renewals"]) == ("JY001", due, "同意", 0)
    assert [(v.sheet, v.field, v.value, v.old) for v in made.values] == [("files", "status", "借出", "在库")]


def test_without_a_reviewer_it_is_an_application():
    b, calendar = book()
    made = loan_acts.lend(b, calendar, lending(date(2026, 3, 2), reviewer="", reviewer_row=-1, handler="", handler_row=-1))
    (row,) = made.rows
    assert row.values["decision"] == "待审" and "lent_on" not in row.values
    assert made.values == [] and made.against == []


def test_a_loan_against_the_rules_is_not_written():
    b, calendar = book(LOAN.format(lent="2026-12-01", due="2027-01-04", renewals=""), status="借出")
    made = loan_acts.lend(b, calendar, lending(date(2026, 12, 20)))
    assert [t.zh for t in made.against] == ["该档案已由 JY007 借出，未还；先办归还（ownerbook return）"]


def test_an_agreed_application_is_handed_out_once():
    b, calendar = book("JY007 | A1 | 王芳 | 业主 | 13900000001 | 2026-12-01 | G2 | 同意 | 2026-12-01 | | |")
    made = loan_acts.hand_out(b, calendar, 0, date(2026, 12, 2), "G1", 0)
    assert made.against == [] and {v.field: v.value for v in made.values} == {"lent_on": date(2026, 12, 2), "handled_by": "G1", "due_on": date(2027, 1, 4), "status": "借出"}
    assert "暂定" in made.notes[0].zh
    assert loan_acts.hand_out(b, calendar, 0, date(2026, 11, 30), "G1", 0).against
    gone, calendar = book(LOAN.format(lent="2026-12-01", due="2027-01-04", renewals=""))
    assert loan_acts.hand_out(gone, calendar, 0, date(2026, 12, 2), "G1", 0).against


@pytest.mark.parametrize(
    ("lent", "due", "day", "renewed"),
    [
        ("2026-01-31", "2026-02-28", date(2026, 2, 28), date(2026, 3, 31)),  # on the last day in time; two months from the first day
        ("2024-01-29", "2024-02-29", date(2024, 2, 20), date(2024, 3, 29)),
        ("2026-08-01", "2026-09-01", date(2026, 8, 31), date(2026, 10, 8)),
        ("2026-10-31", "2026-11-30", date(2026, 11, 30), date(2026, 12, 31)),  # provisional: the next year's schedule is not out
    ],
)
def test_a_renewal_counts_from_the_day_of_lending(lent, due, day, renewed):
    b, calendar = book(LOAN.format(lent=lent, due=due, renewals=""), status="借出")
    made = loan_acts.renew(b, calendar, 0, day)
    assert made.against == []
    assert {v.field: v.value for v in made.values} == {"renewals": 1, "due_on": renewed}
    assert bool(made.notes) == (renewed == date(2026, 12, 31))


def test_a_renewal_comes_too_late_or_once_too_often():
    b, calendar = book(LOAN.format(lent="2026-01-31", due="2026-02-28", renewals=""), status="借出")
    assert loan_acts.renew(b, calendar, 0, date(2026, 3, 1)).against
    b, calendar = book(LOAN.format(lent="2026-01-31", due="2026-03-31", renewals="1"), status="借出")
    assert [t.zh for t in loan_acts.renew(b, calendar, 0, date(2026, 3, 2)).against] == ["已续借 1 次，上限 1 次；到期请办归还"]


def test_a_file_comes_back_to_where_it_belongs():
    loan = LOAN.format(lent="2026-12-01", due="2027-01-04", renewals="")
    b, _ = book(loan, status="借出")
    made = loan_acts.give_back(b, 0, date(2026, 12, 5), "G1", "完好", "")
    assert {v.field: v.value for v in made.values} == {"returned_on": date(2026, 12, 5), "received_by": "G1", "condition": "完好", "status": "在库"}
    b, _ = book(loan, status="借出", disposals="Z1 | A1 | 归档 | 2026-03-01")
    assert loan_acts.give_back(b, 0, date(2026, 12, 5), "G1", "完好", "").values[-1].value == "已归档"


def test_damage_needs_a_note_and_a_lost_file_does_not_come_back():
    b, _ = book(LOAN.format(lent="2026-12-01", due="2027-01-04", renewals=""), status="借出")
    assert loan_acts.give_back(b, 0, date(2026, 12, 5), "G1", "缺损", "").against
    lost = loan_acts.give_back(b, 0, date(2026, 12, 5), "G1", "遗失", "搬家时丢失")
    assert {v.field: v.value for v in lost.values} == {"condition": "遗失", "note": "搬家时丢失", "status": "遗失"}
    assert loan_acts.give_back(b, 0, date(2026, 11, 30), "G1", "完好", "").against


def test_the_next_number_follows_the_commonest_beginning():
    b, _ = book("\n".join(f"{n} | A1 | | | | | | | | | |" for n in ("JY0099", "JY0007", "旧5000", "JY0011-2")))
    keys = NextKeys(b.loans.loan_no, "X1")
    assert [keys.next(), keys.next()] == ["JY0100", "JY0101"]


WAITING = "JY007 | A1 | 王芳 | 业主 | 13900000001 | 2026-12-01 | {reviewer} | {decision} | | | |"


def test_the_same_wish_is_not_entered_twice():
    b, calendar = book(WAITING.format(reviewer="", decision="待审"))
    for changes in ({}, {"reviewer": "", "reviewer_row": -1, "handler": "", "handler_row": -1}):
        made = loan_acts.lend(b, calendar, lending(date(2026, 12, 20), **changes))
        assert "已有申请 JY007（待审）" in made.against[0].zh and "--loan" in made.against[0].zh
    assert loan_acts.lend(b, calendar, lending(date(2026, 12, 20), file=1)).against == []


@pytest.mark.parametrize(("decision", "words"), [("待审", "还待审"), ("不同意", "不同意")])
def test_what_is_not_agreed_to_is_not_handed_out_and_why_is_said(decision, words):
    b, calendar = book(WAITING.format(reviewer="", decision=decision))
    assert words in loan_acts.hand_out(b, calendar, 0, date(2026, 12, 20), "G1", 0).against[0].zh


def test_only_who_may_receive_a_file_takes_it_back():
    b, calendar = book(LOAN.format(lent="2026-12-01", due="2027-01-04", renewals=""), status="借出")
    assert loan_acts.give_back(b, 0, date(2026, 12, 20), "G1", "完好", "", 0).against == []
    assert "档案经办" in loan_acts.give_back(b, 0, date(2026, 12, 20), "G2", "完好", "", 1).against[0].zh
