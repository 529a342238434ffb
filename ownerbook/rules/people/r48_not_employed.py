"""R48: a person who was not employed on the day of the act."""

from collections.abc import Iterator, Mapping

from ownerbook.register.persons import NOT_EMPLOYED
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.people.acts import Act, needs, troubled
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="R48",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("经手时不在职", "Not employed on that day"),
    message=Text(
        "{header}「{who:staff}」在 {day} 不在职（入职 {joined}，离职 {left}）",
        "{header} {who:staff} was not employed on {day} (joined {joined}, left {left})",
    ),
    why=Text("不在职的人不能经手档案，这一步的人或日期有一个不对。", "Who is not employed cannot act; either the person or the day is wrong."),
    fix=Text("核对经手的人和日期，以及「人员」表的入职、离职日期。", "Check the person, the day, and the employment on 人员."),
    needs=needs(),
    wrong="""
        人员: 工号 | 姓名 | 入职日期 | 离职日期
        G1 | 王芳 | 2020-01-01 | 2025-06-30

        审核: 审核单号 | 审核日期 | 审核人 | 整改责任人 | 整改完成日期
        S1 | 2019-12-31 | «G1» | |
        S2 | 2025-06-30 | G1 | «王芳» | 2025-07-01

        培训: 培训编号 | 培训日期 | 参加人
        P1 | 2025-07-01 | «G1»
    """,
    right="""
        人员: 工号 | 姓名 | 入职日期 | 离职日期
        G1 | 王芳 | 2020-01-01 | 2025-06-30
        G2 | 李雷 | 2025年 | 不详
        G3 | 韩梅 | 2020-01-01 | 2020-12-31
        G3 | 韩梅 | 2024-01-01 |

        审核: 审核单号 | 审核日期 | 审核人 | 整改责任人 | 整改完成日期
        S1 | 2020-01-01 | G1 | G1 | 2025-06-30
        S2 | t:2025-02-30 | G1 | G1 |
        S3 | 2021-03-01 | G2 | |
        S4 | 2022-03-01 | G3 | G3 | t:不详
    """,
)


def _when(act: Act, row: int) -> Mapping[str, object]:
    person, staff = act.person(row), act.view.staff
    return {"who": act.who(row), "day": act.day(row), "joined": staff.found("joined_on", person), "left": staff.found("left_on", person) or "—"}


def find(v: View) -> Iterator[Hit]:
    """First and last day of employment count; a day that is blank or cannot be read judges nobody."""
    yield from troubled(v, NOT_EMPLOYED, _when)
