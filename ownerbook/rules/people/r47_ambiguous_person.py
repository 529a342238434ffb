"""R47: a name that fits several people of 人员."""

from collections.abc import Iterator, Mapping

from ownerbook.register.persons import SEVERAL
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.people.acts import Act, needs, troubled
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="R47",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("姓名对得上几个人", "Name fits several people"),
    message=Text("{header}「{who:staff}」在「人员」表里有几人同名（{fits}）", "{header} {who:staff} fits several people of 人员 ({fits})"),
    why=Text("同名的人权限和在职时间不同，分不清是谁就无从判断。", "Namesakes differ in rights and in time of employment."),
    fix=Text("改填工号，或「工号 姓名」。", "Write the number, or number and name."),
    needs=needs(),
    wrong="""
        人员: 工号 | 姓名 | 入职日期 | 离职日期
        G1 | 王芳 | 2020-01-01 |
        G2 | 王芳 | 2022-01-01 |

        借阅: 借阅单号 | 审核人 | 审核日期
        J1 | «王芳» | 2026-03-01
        J2 | «王芳» | 2019-03-01
    """,
    right="""
        人员: 工号 | 姓名 | 入职日期 | 离职日期
        G1 | 王芳 | 2020-01-01 | 2021-12-31
        G2 | 王芳 | 2022-01-01 |
        G3 | 李雷 | 2020-01-01 |
        G3 | 李雷 | 2020-01-01 |

        借阅: 借阅单号 | 审核人 | 审核日期
        J1 | 王芳 | 2021-12-31
        J2 | 王芳 | 2022-01-01
        J3 | G2 | 2019-03-01
        J4 | 王芳 |
        J5 | 李雷 | 2026-03-01
    """,
)


def _fits(act: Act, row: int) -> Mapping[str, object]:
    who = act.who(row)
    first = who.split("、")[0]
    fits = [act.view.staff.key_text(p) for p in act.view.persons.candidates(first)]
    return {"who": who, "fits": "、".join(fits)}


def find(v: View) -> Iterator[Hit]:
    """Several of a name, and not exactly one of them employed on the day of the act."""
    yield from troubled(v, SEVERAL, _fits)
