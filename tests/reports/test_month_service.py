"""Room checks, satisfaction and service needs in the workbook of a month: absent data is —, small counts are not told and do not follow."""

from datetime import date

import pytest

from ownerbook.deadlines.month import Month
from ownerbook.reports.monthly.profile import Audience
from ownerbook.reports.monthly.service import HIDDEN, NOTHING, needs, rooms, safe, satisfaction, told
from ownerbook.rules.pictures import draw as picture

WHO = Audience("internal", "zh")


def draw(text):
    return picture(text).register()


OCTOBER = Month.parse("2026-10")
SURVEY = """
今天 2026-10-31

满意度: 月份 | 调查份数 | 回收份数 | 满意份数 | 投诉件数
2026-08 | 60 | 50 | 40 | 7
2026-09 | 60 | 50 | 48 | 2
2026-10 | 9 | 4 | 4 |
"""
STORE = """
今天 2026-10-31

位置: 位置编号 | 档案室 | 柜号 | 层 | 盒号 | 容量
W1 | A01 | 1 | 1 | 1 | 20
W2 | B02 | 1 | 1 | 1 | 20

库房检查: 检查编号 | 检查日期 | 档案室 | 检查人 | 门锁 | 消防 | 防潮 | 虫霉 | 处理措施 | 完成日期
K1 | 2026-09-20 | A01 | G1 | 正常 | 正常 | 异常 | 正常 | 除湿 | 2026-09-22
K2 | 2026-10-20 | A01 | G1 | 正常 | 异常 | 正常 | 正常 | 换灭火器 |
"""
OWNERS = """
今天 2026-10-31

业主: 业主编号 | 房号 | 姓名 | 业主状态 | 个性化服务需求 | 需求同意日期
{}
"""


def people(current: int, without: int, former: int):
    rows = [(f"Y{n}", "现业主", "2026-01-05") for n in range(current)]
    rows += [(f"X{n}", "现业主", "") for n in range(without)] + [(f"Z{n}", "原业主", "2026-01-05") for n in range(former)]
    return draw(OWNERS.format("\n".join(f"{no} | 1-1-{n + 101} | 张三 | {state} | 代收快递 | {day}" for n, (no, state, day) in enumerate(rows))))


def test_a_month_without_a_row_is_dashes_and_never_zero():
    rows = {r[0]: r[1:] for r in satisfaction(draw(SURVEY), OCTOBER, WHO).rows}
    assert len(rows) == 12 and rows["2026-07"] == (NOTHING,) * 6
    assert rows["2026-08"] == ("60", "50", "83.3%", "40", "80.0%", "7")


def test_small_counts_are_not_told_and_a_share_is_only_bounded():
    rows = {r[0]: r[1:] for r in satisfaction(draw(SURVEY), OCTOBER, WHO).rows}
    assert rows["2026-09"] == ("60", "50", "83.3%", HIDDEN, "> 90%", HIDDEN)
    assert rows["2026-10"] == ("9", HIDDEN, HIDDEN, HIDDEN, HIDDEN, NOTHING)


def test_no_small_count_follows_from_what_is_told():
    k, shown = 5, {}
    for answered in range(31):
        for satisfied in range(answered + 1):
            shown.setdefault(told(30, answered, satisfied, None, k), set()).add((answered, satisfied))
    for line, fitting in shown.items():
        for count in ({a for a, _ in fitting}, {s for _, s in fitting}, {a - s for a, s in fitting}):
            assert len(count) > 1 or not 0 < min(count) < k, line


def test_sums_that_contradict_each_other_are_not_told():
    assert told(10, 20, 15, 8, 5) == (NOTHING,) * 5 + ("8",)
    assert told(0, 0, 0, 0, 5) == ("0", "0", NOTHING, NOTHING, NOTHING, "0")


def test_each_room_tells_its_checks_its_next_one_and_what_is_not_done():
    a, b = rooms(draw(STORE), OCTOBER, WHO).rows
    assert a == ("A01", 1, None, 1, None, None, date(2026, 10, 20), date(2026, 11, 20), 1)
    assert b == ("B02", 0, None, None, None, None, None, None, None)


def test_needs_are_numbers_without_what_was_asked_for():
    part = needs(people(6, 3, 5), OCTOBER, WHO)
    assert [r[1] for r in part.rows] == ["6", HIDDEN, "5"]
    assert "代收快递" not in str(part.rows) and "seal" in str(part.rows[2][2])


@pytest.mark.parametrize("make", [rooms, satisfaction, needs])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_register_without_the_sheet_says_so(make, lang):
    register = draw("今天 2026-10-31\n\n房屋: 房号 | 房屋用途\n1-1-101 | 住宅\n")
    part = make(register, OCTOBER, Audience("mail", lang))
    assert part.absent is not None and part.rows == []


def test_few_complaints_are_not_told_among_the_figures_either():
    assert [safe(n, 5) for n in (None, 0, 4, 5)] == [NOTHING, "0", HIDDEN, "5"]
