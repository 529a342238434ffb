"""Ownership periods: who shares one, and when it has ended."""

from datetime import date

from ownerbook.calendar.months import EPOCH, NO_DAY
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.periods import ownership_periods, periods_of_files
from ownerbook.rules.pictures import draw

HEAD = "业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态\n"


def book(owners: str, rest: str = "") -> Whole:
    return Whole(draw(HEAD + owners + "\n\n" + rest).register())


def ends(owners: str) -> list[str | None]:
    known = ownership_periods(book(owners))
    return [
        None if not k else "open" if e == NO_DAY else date.fromordinal(int(e) + EPOCH).isoformat()
        for k, e in zip(known.known, known.ended, strict=True)
    ]


def test_owners_of_one_day_share_a_period_and_others_do_not():
    known = ownership_periods(
        book(
            "Y1 | 1-1-101 | 2010-01-01 | | 现业主\nY2 | 1栋1单元101 | 2010-01-01 | | 现业主\nY3 | 1-1-101 | 2010-01-02 | | 现业主\nY4 | 1-1-102 | 2010-01-01 | | 现业主"
        )
    )
    a, b, c, d = known.of_owner
    assert a == b and len({a, c, d}) == 3


def test_a_period_ends_when_the_last_of_its_owners_has_left():
    assert ends("Y1 | 1-1-101 | 2010-01-01 | 2015-01-01 | 原业主\nY2 | 1-1-101 | 2010-01-01 | 2016-02-29 | 原业主") == ["2016-02-29"]


def test_a_period_is_open_while_one_of_its_owners_stays():
    assert ends("Y1 | 1-1-101 | 2010-01-01 | 2015-01-01 | 原业主\nY2 | 1-1-101 | 2010-01-01 | | 现业主") == ["open"]


def test_nothing_is_concluded_where_status_and_day_of_leaving_contradict():
    assert ends("Y1 | 1-1-101 | 2010-01-01 | | 原业主") == [None]
    assert ends("Y1 | 1-1-101 | 2010-01-01 | 2015-01-01 | 现业主") == [None]
    assert ends("Y1 | 1-1-101 | 2010-01-01 | t:去年 | 原业主") == [None]


def test_an_owner_whose_first_day_cannot_be_read_leaves_the_whole_house_open_to_doubt():
    assert ends("Y1 | 1-1-101 | 2010-01-01 | 2015-01-01 | 原业主\nY2 | 1-1-101 | t:去年 | | 现业主\nY3 | 1-1-102 | 2010-01-01 | | 现业主") == [
        None,
        "open",
    ]


def test_a_file_belongs_to_the_period_of_its_owner():
    b = book("Y1 | 1-1-101 | 2010-01-01 | | 现业主\nY2 | 1-1-102 | 2010-01-01 | | 现业主", "档案: 档号 | 业主编号\nA | Y2\nB | Y9\nC | Y1")
    known = ownership_periods(b)
    assert periods_of_files(b, known).tolist() == [known.of_owner[1], -1, known.of_owner[0]]
