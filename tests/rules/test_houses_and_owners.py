"""What the rules on houses and owners conclude, and what they leave alone."""

import itertools
import random

from ownerbook.rules.book import chosen
from ownerbook.rules.houses.f11_doubled_title import _strangers
from ownerbook.rules.judge import judge, runs
from ownerbook.rules.pictures import draw

CONCLUDED = ["D08", "R09", "F02", "F03", "F04", "F08", "F11", "G08", "G09", "J07"]

HOUSES = """
    今天 2026-10-31

    房屋: 房号 | 房屋用途 | 签约日期 | 房屋状态 | 不动产权证号
    1-1-101 | 住宅 | 2020-01-01 | 自住 | 京（2021）朝不动产权第0000001号
    1-1-102 | 住宅 | 2020-01-01 | 自住 | 京（2021）朝不动产权第0000002号

"""
FILES = """
    档案: 档号 | 房号 | 业主编号 | 档案状态
    YG-1-1-101-01 | 1-1-101 | Y1 | 在库
    YG-1-1-102-01 | 1-1-102 | Y3 | 在库
"""


def owners(**changed):
    """Two co-owners and a sole one, healthy but for one cell: owners(house=(1, '1203')) for row 1."""
    rows = [
        {"no": "Y1", "house": "1-1-101", "share": "50%", "primary": "是", "until": "", "status": "现业主"},
        {"no": "Y2", "house": "1-1-101", "share": "50%", "primary": "否", "until": "", "status": "现业主"},
        {"no": "Y3", "house": "1-1-102", "share": "100%", "primary": "是", "until": "", "status": "现业主"},
    ]
    for field, (row, value) in changed.items():
        rows[row][field] = value
    head = "    业主: 业主编号 | 房号 | 姓名 | 证件号码 | 产权份额 | 主联系人 | 登记日期 | 迁出日期 | 业主状态\n"
    line = "    {no} | {house} | 张{no} | E0000{no} | {share} | {primary} | 2021-01-01 | {until} | {status}\n"
    return head + "".join(line.format(**r) for r in rows)


def codes(text, *select):
    return sorted(f.code for f in judge(draw(text).register(), chosen(select)))


def test_a_healthy_register_is_silent():
    assert codes(HOUSES + owners() + FILES, *CONCLUDED) == []


def test_an_owner_without_a_readable_house_is_no_second_mistake():
    for row in range(3):
        for value in ("1203", "e:#REF!", ""):
            assert codes(HOUSES + owners(house=(row, value)) + FILES, *CONCLUDED) == []


def test_an_owner_of_an_unknown_house_is_told_once():
    for row in range(3):
        assert codes(HOUSES + owners(house=(row, "9-9-909")) + FILES, *CONCLUDED) == ["F02"]


def test_a_status_that_contradicts_the_day_of_leaving_is_told_once():
    for row in range(3):
        assert codes(HOUSES + owners(until=(row, "2024-01-01")) + FILES, *CONCLUDED, "R10") == ["R10"]
        assert codes(HOUSES + owners(status=(row, "原业主")) + FILES, *CONCLUDED, "R10") == ["R10"]


def test_an_unreadable_status_is_told_once():
    for row, value in itertools.product(range(3), ("在住", "")):
        assert codes(HOUSES + owners(status=(row, value)) + FILES, *CONCLUDED) == []


def test_a_doubled_owner_number_is_told_once():
    for row in (1, 2):
        assert codes(HOUSES + owners(no=(row, "Y1")) + FILES, "D08", "R09", "F04", "F08", "G09", "R08") == ["R08"]


def test_without_an_owner_the_house_is_told_at_its_status_and_as_late():
    gone = owners().replace("Y3 | 1-1-102", "Y3 | 1-1-101").replace("100% | 是", "0 | 否")
    assert codes(HOUSES + gone + FILES, "F08", "G09") == ["F08", "G09"]


def test_rules_over_many_sheets_judge_those_that_are_there():
    register = draw("房屋: 房号\n1-1-101\n\n家庭成员: 成员编号 | 房号\nM1 | 9-9-909").register()
    (rule,) = chosen(["F02"])
    assert runs(register, rule)
    assert [(f.table, f.place.row) for f in judge(register, [rule])] == [("household", 2)]
    assert not runs(draw("家庭成员: 成员编号 | 房号\nM1 | 9-9-909").register(), rule)


def test_houses_of_one_title_are_strangers_when_no_chain_of_owners_joins_them():
    luck = random.Random(1)
    for _ in range(300):
        persons = [{("name", luck.randrange(8)) for _ in range(luck.randrange(1, 3))} for _ in range(luck.randrange(2, 12))]
        told = {row for row, _ in _strangers(list(range(len(persons))), persons)}
        assert told == {r for r in range(1, len(persons)) if len(_circle(persons[: r + 1], r)) <= r}


def _circle(persons, start):
    inside, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for other in range(len(persons)):
            if other not in inside and persons[here] & persons[other]:
                inside.add(other)
                waiting.append(other)
    return inside
