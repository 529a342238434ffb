"""When the retention of a file ends, and what is then due for appraisal."""

from datetime import date

import pytest

from ownerbook.calendar.months import EPOCH, FOREVER, NO_DAY
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.retention import due_for_appraisal, on_hold, retention_ends
from ownerbook.rules.pictures import draw

TODAY = date(2026, 10, 31).toordinal() - EPOCH


def book(owner: str, file: str, rest: str = "") -> Whole:
    text = f"业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态\nY1 | 1-1-101 | 2000-01-01 | {owner}\n\n档案: 档号 | 业主编号 | 保管期限 | 档案状态 | 暂缓处置至\n{file}\n\n{rest}"
    return Whole(draw(text).register())


def end(owner: str, retention: str, rest: str = "") -> str | int:
    (day,) = retention_ends(book(owner, f"A | Y1 | {retention} | 在库 |", rest)).tolist()
    return day if day in (FOREVER, NO_DAY) else date.fromordinal(day + EPOCH).isoformat()


@pytest.mark.parametrize(
    ("left", "retention", "expected"),
    [
        ("2016-02-29", "10年", "2026-02-28"),
        ("2016-02-29", "30年", "2046-02-28"),
        ("2012-12-31", "10年", "2022-12-31"),
        ("1996-02-29", "30年", "2026-02-28"),
    ],
)
def test_retention_ends_so_many_years_after_the_owner_left(left, retention, expected):
    assert end(f"{left} | 原业主", retention) == expected


def test_a_leap_day_stays_one_where_the_year_has_it():
    assert end("2016-02-29 | 原业主", "4年", "制度: 参数 | 值\n保管期限.可选 | 永久、4年") == "2020-02-29"


def test_what_is_kept_for_ever_and_what_has_not_begun_has_no_end():
    assert end("2016-02-29 | 原业主", "永久") == FOREVER
    assert end("| 现业主", "10年") == FOREVER


def test_what_cannot_be_told_is_not_guessed():
    assert end("| 原业主", "10年") == NO_DAY
    assert end("2016-02-29 | 原业主", "十五载") == NO_DAY
    assert end("2016-02-29 | 原业主", "") == NO_DAY


def test_a_file_is_due_from_the_day_after():
    b = book("2016-10-31 | 原业主", "A | Y1 | 10年 | 已归档 |")
    assert [due_for_appraisal(b, TODAY + later)[0].tolist() for later in (0, 1)] == [[], [0]]


@pytest.mark.parametrize("status", ["借出", "遗失", "已移交", "已销毁"])
def test_a_file_that_is_not_in_its_place_is_not_due(status):
    assert not len(due_for_appraisal(book("2010-01-01 | 原业主", f"A | Y1 | 10年 | {status} |"), TODAY)[0])


def test_an_appraisal_before_the_end_counts_only_for_what_is_about_to_go():
    head = "处置: 处置单号 | 档号 | 处置方式 | 鉴定日期\n"
    owner, file = "2016-10-01 | 原业主", "A | Y1 | 10年 | 已归档 |"
    due = [
        len(due_for_appraisal(book(owner, file, head + row), TODAY)[0])
        for row in ("Z | A | 归档 | 2016-10-05", "Z | A | 销毁 | 2026-09-01", "Z | A | 归档 | 2026-10-02")
    ]
    assert due == [1, 0, 0]


def test_a_hold_lasts_through_its_last_day():
    b = book(
        "2010-01-01 | 原业主",
        "A | Y1 | 10年 | 在库 | 未定\nB | Y1 | 10年 | 在库 | 2026-10-31\nC | Y1 | 10年 | 在库 | 2026-10-30\nD | Y1 | 10年 | 在库 |",
    )
    assert on_hold(b, TODAY).tolist() == [True, True, False, False]
