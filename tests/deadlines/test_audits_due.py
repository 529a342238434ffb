"""When the next audit of a file is due, and which rectifications are open."""

from datetime import date

import pytest

from ownerbook.calendar.months import EPOCH, FOREVER, NO_DAY
from ownerbook.deadlines.audits import next_audits, open_rectifications, overdue_audits
from ownerbook.deadlines.columns import Whole
from ownerbook.rules.pictures import draw

TODAY = date(2026, 10, 31).toordinal() - EPOCH


def book(files: str, audits: str = "", loans: str = "", rest: str = "") -> Whole:
    text = (
        f"档案: 档号 | 建档日期 | 密级 | 档案状态 | 上次审核日期\n{files}\n\n审核: 审核单号 | 档号 | 审核日期\n{audits}\n\n"
        f"借阅: 借阅单号 | 档号 | 借出日期 | 归还日期\n{loans}\n\n{rest}"
    )
    return Whole(draw(text).register())


def due(*args: str) -> str | int:
    (day,) = next_audits(book(*args)).tolist()
    return day if day in (FOREVER, NO_DAY) else date.fromordinal(day + EPOCH).isoformat()


def test_the_first_audit_is_due_a_first_cycle_after_the_file_was_opened():
    assert due("A | 2025-11-30 | 内部 | 在库 |") == "2026-02-28"


def test_every_other_is_due_one_cycle_after_the_latest_and_sooner_for_sensitive_files():
    audits = "S1 | A | 2024-05-05\nS2 | A | 2025-08-31\nS3 | A | 2025-01-01"
    assert due("A | 2020-01-01 | 内部 | 在库 |", audits) == "2026-08-31"
    assert due("A | 2020-01-01 | 敏感 | 在库 |", audits) == "2026-02-28"


def test_a_day_written_on_the_file_counts_where_no_audit_is_on_record():
    assert due("A | 2020-01-01 | 内部 | 在库 | 2025-09-09", "S1 | B | 2026-01-01") == "2026-09-09"


def test_policy_sets_the_cycles():
    assert due("A | 2026-01-31 | 内部 | 在库 |", "", "", "制度: 参数 | 值\n建档后首次审核 | 45天") == "2026-03-17"


@pytest.mark.parametrize("status", ["借出", "遗失", "已移交", "已销毁"])
def test_what_is_not_in_the_cabinet_is_never_due(status):
    assert due(f"A | 2020-01-01 | 内部 | {status} |") == FOREVER


def test_a_file_that_was_out_when_it_fell_due_is_due_on_its_return():
    audits, file = "S1 | A | 2025-08-31", "A | 2020-01-01 | 内部 | 在库 |"
    assert due(file, audits, "J1 | A | 2026-08-31 | 2026-09-15") == "2026-09-15"
    assert due(file, audits, "J1 | A | 2026-07-01 | 2026-08-31") == "2026-08-31"
    assert due(file, audits, "J1 | A | 2026-09-01 | 2026-09-15") == "2026-08-31"


def test_one_loan_may_follow_on_another():
    loans = "J2 | A | 2026-09-15 | 2026-10-10\nJ1 | A | 2026-08-01 | 2026-09-15"
    assert due("A | 2020-01-01 | 内部 | 在库 |", "S1 | A | 2025-08-31", loans) == "2026-10-10"


def test_nothing_is_concluded_from_what_cannot_be_read():
    assert due("A | t:待查 | 内部 | 在库 |") == NO_DAY
    assert due("A | 2020-01-01 | 内部 | 不明 |") == NO_DAY
    assert due("A | 2020-01-01 | 内部 | 在库 |", "S1 | A | t:去年") == NO_DAY
    assert next_audits(book("A | 2020-01-01 | 内部 | 在库 |\nA | 2020-01-01 | 内部 | 在库 |")).tolist() == [NO_DAY, NO_DAY]


def test_late_begins_the_day_after():
    b = book("A | 2026-07-31 | 内部 | 在库 |")
    assert [len(overdue_audits(b, TODAY + later)[0]) for later in (0, 1)] == [0, 1]


def test_a_rectification_is_open_until_it_is_verified():
    text = "审核: 审核单号 | 审核结果 | 审核日期 | 整改期限 | 复核日期\nS1 | 不合格 | 2026-09-01 | 2026-10-30 |\nS2 | 不合格 | 2026-09-01 | 2026-10-31 |\nS3 | 不合格 | 2026-09-01 | 2026-10-01 | 2026-10-20\nS4 | 合格 | 2026-09-01 | |"
    rows, late = open_rectifications(Whole(draw(text).register()), TODAY)
    assert (rows.tolist(), late.tolist()) == ([0, 1], [True, False])
