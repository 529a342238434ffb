"""Who a cell names, and what stands against the act (judging §5)."""

import pytest

from ownerbook.register import persons
from ownerbook.rules.pictures import draw

STAFF = """
    人员: 工号 | 姓名 | 权限 | 入职日期 | 离职日期 | 保密协议签订日期
    G1 | 王芳 | 档案经办 | 2020-01-01 | 2022-12-31 | 2020-02-01
    G2 | 王芳 | 借阅审批(2024-03-01至2024-12-31) | 2023-01-01 | | 2023-01-01
    G3 | 李雷 | | 2020-01-01 | |
    G4 | 韩梅 | 借阅审批 | 2020-01-01 | 2021-12-31 | 2020-01-01
    G5 | 林涛 | 借阅审批 | 2020-01-01 | |
"""


def reviewed(text, day):
    register = draw(f"{STAFF}\n借阅: 借阅单号 | 审核人 | 审核日期\nJ1 | {text} | {day}").register()
    acting = register.acting("loans", "reviewer")
    return int(acting.person[0]), int(acting.trouble[0])


@pytest.mark.parametrize(
    ("text", "day", "person", "trouble"),
    [
        ("G2", "2024-03-01", 1, persons.FINE),
        ("g2", "2024-03-01", 1, persons.FINE),
        ("Ｇ２", "2024-03-01", 1, persons.FINE),
        ("G2 王芳", "2024-03-01", 1, persons.FINE),
        ("王芳 G2", "2024-03-01", 1, persons.FINE),
        ("王芳（G2）", "2024-03-01", 1, persons.FINE),
        ("G2王芳", "2024-03-01", 1, persons.FINE),
        ("王芳", "2024-03-01", 1, persons.FINE),
        ("G2 李雷", "2024-03-01", -1, persons.UNKNOWN),
        ("G9", "2024-03-01", -1, persons.UNKNOWN),
        ("王芳", "2019-03-01", -1, persons.SEVERAL),
        ("王芳", "", -1, persons.FINE),
        ("王", "", -1, persons.UNKNOWN),
        ("G2", "2024-02-29", 1, persons.NO_RIGHT),
        ("G2", "2025-01-01", 1, persons.NO_RIGHT),
        ("G2", "2022-12-31", 1, persons.NOT_EMPLOYED),
        ("韩梅", "2021-12-31", 3, persons.FINE),
        ("韩梅", "2022-01-01", 3, persons.NOT_EMPLOYED),
        ("李雷", "2022-01-01", 2, persons.NO_RIGHT),
        ("林涛", "2022-01-01", 4, persons.FINE),  # the agreement that is lacking is told on 人员
        ("G2", "t:三月", 1, persons.FINE),
    ],
)
def test_a_reviewer_is_found_and_weighed(text, day, person, trouble):
    assert reviewed(text, day) == (person, trouble)


def test_the_agreement_counts_from_its_first_signing():
    def received(day):
        register = draw(f"{STAFF}\n材料: 材料编号 | 收件人 | 收件日期\nD1 | G1 | {day}").register()
        return int(register.acting("documents", "received_by").trouble[0])

    assert received("2020-01-31") == persons.NO_AGREEMENT
    assert received("2020-02-01") == persons.FINE


def test_several_people_in_a_cell_are_each_weighed_and_the_first_trouble_speaks():
    register = draw(f"""{STAFF}
    培训: 培训编号 | 培训日期 | 参加人
    P1 | 2024-03-01 | G2、李雷
    P2 | 2024-03-01 | 李雷、韩梅、没有
    P3 | 2024-03-01 | 没有,韩梅
    """).register()
    assert register.acting("training", "attendees").trouble.tolist() == [persons.FINE, persons.NOT_EMPLOYED, persons.UNKNOWN]
    named = register.persons.named(register.column("training", "attendees"), register.day_of_act("training", "attendees"))
    assert named.row.tolist() == [0, 0, 1, 1, 1, 2, 2]
    assert named.person.tolist() == [1, 2, 2, 3, -1, -1, 3]


def test_nothing_is_concluded_from_a_doubled_or_a_damaged_number():
    register = draw("""
        人员: 工号 | 姓名 | 入职日期 | 离职日期
        G1 | 王芳 | 2020-01-01 | 2020-12-31
        G1 | 李雷 | 2020-01-01 |
        Ｇ２ | 韩梅 | 2020-01-01 |

        借阅: 借阅单号 | 审核人 | 审核日期
        J1 | G1 | 2024-03-01
        J2 | G2 | 2024-03-01
    """).register()
    acting = register.acting("loans", "reviewer")
    assert acting.person.tolist() == [-1, 2]
    assert acting.trouble.tolist() == [persons.FINE, persons.NO_RIGHT]


def test_of_a_change_the_update_dates_the_act_else_the_application():
    register = draw(f"""{STAFF}
    变更: 变更单号 | 申请日期 | 审核人 | 更新日期
    B1 | 2020-03-01 | G4 | 2022-03-01
    B2 | 2020-03-01 | G4 |
    """).register()
    assert register.acting("changes", "reviewer").trouble.tolist() == [persons.NOT_EMPLOYED, persons.NO_RIGHT]
