"""When loans are due, how late they are, and who is blocked: over whole columns, as rules and commands use them."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.deadlines import loans
from ownerbook.deadlines.columns import Whole
from ownerbook.register.understood import NO_DAY
from ownerbook.rules.pictures import draw

EPOCH = date(1970, 1, 1)


def day(text):
    return (date.fromisoformat(text) - EPOCH).days


def iso(number):
    return None if number == NO_DAY else (EPOCH + timedelta(days=int(number))).isoformat()


def reckoned(text):
    register = draw(text).register()
    book = Whole(register)
    return register, book, loans.due(book, register.calendar)


def test_a_loan_is_due_a_month_later_on_a_working_day():
    _, _, when = reckoned("""
        借阅: 借阅单号 | 借出日期 | 续借次数
        J1 | 2026-01-31 |
        J2 | 2026-01-16 | 0
        J3 | 2026-01-31 | 1
        J4 | |
        J5 | 2026-01-31 | 两次
    """)
    assert [iso(d) for d in when.policy] == ["2026-02-28", "2026-02-24", "2026-03-31", None, None]
    assert [iso(d) for d in when.day] == ["2026-02-28", "2026-02-24", "2026-03-31", None, None]
    assert not when.provisional.any()


def test_the_day_entered_counts_unless_it_is_too_early_and_nothing_says_why():
    _, _, when = reckoned("""
        借阅: 借阅单号 | 借出日期 | 应还日期 | 备注
        J1 | 2026-03-02 | 2026-04-09 |
        J2 | 2026-03-02 | 2026-03-20 |
        J3 | 2026-03-02 | 2026-03-20 | 约定早还
        J4 | 2026-03-02 | 四月初 |
    """)
    assert [iso(d) for d in when.day] == ["2026-04-09", "2026-04-02", "2026-03-20", None]
    assert when.wrong.tolist() == [True, True, False, False]


def test_loans_lent_before_the_policy_took_effect_are_not_judged_by_it():
    _, _, when = reckoned("""
        借阅: 借阅单号 | 借出日期 | 应还日期
        J1 | 2026-02-27 |
        J2 | 2026-02-28 |
        J3 | 2026-02-27 | 2027-01-01

        制度: 参数 | 值
        生效日期 | 2026-02-28
    """)
    assert when.judged.tolist() == [False, True, False]
    assert [iso(d) for d in when.day] == [None, "2026-03-30", "2027-01-01"]
    assert when.wrong.tolist() == [False, True, False]


def test_only_open_loans_are_overdue_and_only_from_the_day_after():
    _, book, when = reckoned("""
        借阅: 借阅单号 | 借出日期 | 应还日期 | 归还日期 | 归还状态
        J1 | 2026-03-02 | 2026-04-02 | |
        J2 | 2026-03-02 | 2026-04-02 | 2026-04-20 | 完好
        J3 | 2026-03-02 | 2026-04-02 | | 遗失
        J4 | 2026-03-02 | 2026-04-02 | 昨天 |
    """)
    assert loans.days_overdue(book, when, day("2026-04-02")).tolist() == [0, NO_DAY, NO_DAY, NO_DAY]
    assert not loans.overdue(book, when, day("2026-04-02")).any()
    assert loans.overdue(book, when, day("2026-04-03")).tolist() == [True, False, False, False]


def test_the_ladder_is_climbed_by_days_overdue():
    register, book, when = reckoned("""
        借阅: 借阅单号 | 借出日期 | 应还日期
        J1 | 2026-03-02 | 2026-04-02
    """)
    ladder = register.policy.ladder
    steps = []
    for today in ("2026-03-25", "2026-03-26", "2026-04-02", "2026-04-03", "2026-04-08", "2026-04-09", "2026-04-17", "2026-05-01", "2026-05-02"):
        step = int(loans.ladder_step(loans.days_overdue(book, when, day(today)), when, ladder)[0])
        steps.append(ladder[step][0] if step >= 0 else "")
    assert steps == ["", "到期前7天", "到期前7天", "逾期1天", "逾期1天", "逾期7天", "逾期15天", "逾期15天", "逾期30天"]


def test_a_provisional_day_starts_nothing_for_ten_days():
    register, book, when = reckoned("""
        今天 2027-02-20

        借阅: 借阅单号 | 借出日期 | 应还日期
        J1 | 2026-12-31 | 2027-02-01
    """)
    assert when.provisional.tolist() == [True] and not when.judged.any()
    for today, late, step in (("2027-01-26", False, -1), ("2027-02-10", False, -1), ("2027-02-11", True, 2)):
        days = loans.days_overdue(book, when, day(today))
        assert loans.overdue(book, when, day(today)).tolist() == [late]
        assert loans.ladder_step(days, when, register.policy.ladder).tolist() == [step]


def test_who_is_thirty_days_overdue_is_blocked_until_the_file_is_back():
    register, book, when = reckoned("""
        今天 2026-06-01

        借阅: 借阅单号 | 借阅人 | 联系电话 | 借出日期 | 应还日期 | 归还日期
        J1 | 王芳 | 13900000001 | 2026-03-02 | 2026-04-02 | 2026-05-10
        J2 | 王芳 | 13900000001 | 2026-05-01 | 2026-06-01 | 2026-05-02
        J3 | 王芳 | 13900000001 | 2026-05-02 | 2026-06-02 | 2026-05-03
        J4 | 王芳 | 13900000001 | 2026-05-09 | 2026-06-09 |
        J5 | 王芳 | 13900000001 | 2026-05-10 | 2026-06-10 |
        J6 | 王芳 | 13900000002 | 2026-05-09 | 2026-06-09 |
    """)
    assert loans.blocked_by(book, when).tolist() == [-1, -1, 0, 0, -1, -1]
    assert not loans.blocked_now(book, when, day("2026-07-08")).any()
    assert loans.blocked_now(book, when, day("2026-07-09")).tolist() == [False, False, False, True, False, True]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 200), st.integers(0, 200) | st.none()), max_size=12))
def test_blocking_agrees_with_looking_at_every_pair(drawn):
    """Law: the grouped search finds what the definition says."""
    start = date(2025, 3, 3)
    lines = ["借阅: 借阅单号 | 借阅人 | 联系电话 | 借出日期 | 应还日期 | 归还日期"]
    for n, (who, lent, out) in enumerate(drawn):
        first = start + timedelta(days=lent)
        back = (first + timedelta(days=out)).isoformat() if out is not None else ""
        lines.append(f"J{n} | {'王李韩'[who]}芳 | 1390000000{who} | {first} | {first + timedelta(days=20)} | {back}")
    register, book, when = reckoned("\n".join(lines))
    found = loans.blocked_by(book, when)
    lent, ends = book.loans.lent_on.days, book.loans.returned_on
    for b in range(len(drawn)):
        blockers = [
            a
            for a in range(len(drawn))
            if drawn[a][0] == drawn[b][0] and when.day[a] + 30 <= lent[b] and (ends.blank[a] or ends.days[a] > lent[b])
        ]
        assert (found[b] in blockers) if blockers else found[b] == -1


def test_without_loans_nothing_is_due():
    register, book, when = reckoned("""
        借阅: 借阅单号 | 借出日期
    """)
    assert len(when.day) == 0 and not loans.overdue(book, when, 20000).any() and loans.blocked_by(book, when).dtype == np.int32
