"""R50: a person who had not signed the confidentiality agreement on the day of the act."""

from collections.abc import Iterator, Mapping

from ownerbook.register.persons import NO_AGREEMENT
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.people.acts import Act, needs, troubled
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="R50",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("经手时没有签保密协议", "No confidentiality agreement on that day"),
    message=Text(
        "{header}「{who:staff}」在 {day} 还没有签保密协议（签订日期 {signed}）",
        "{header} {who:staff} had not signed the confidentiality agreement on {day} (signed {signed})",
    ),
    why=Text("接触业主信息的人应先签保密协议，否则泄露时无约可依。", "Who handles owners' data signs first, or there is nothing to hold them to."),
    fix=Text("核对签订日期；确未签的，补签并报经理。", "Check the day of signing; if it was not signed, have it signed and tell the manager."),
    needs=needs(),
    wrong="""
        人员: 工号 | 姓名 | 权限 | 入职日期 | 保密协议签订日期
        G1 | 王芳 | 档案经办 | 2020-01-01 | 2020-03-01
        G2 | 李雷 | | 2020-01-01 |

        材料: 材料编号 | 收件日期 | 收件人
        D1 | 2020-02-29 | «G1»

        处置: 处置单号 | 执行日期 | 监销人一 | 监销人二
        C1 | 2021-03-01 | G1 | «G2»
    """,
    right="""
        人员: 工号 | 姓名 | 权限 | 入职日期 | 保密协议签订日期
        G1 | 王芳 | 档案经办 | 2020-01-01 | 2020-03-01
        G2 | 李雷 | | 2020-01-01 |
        G3 | 韩梅 | 档案经办 | 2020-01-01 |
        G4 | 林涛 | 档案经办 | 2020-01-01 | 2020年

        材料: 材料编号 | 收件日期 | 收件人
        D1 | 2020-03-01 | G1
        D2 | 2020-03-01 | G3
        D3 | 2020-03-01 | G4

        审核: 审核单号 | 审核日期 | 整改责任人
        S1 | 2020-03-01 | G2
    """,
)


def _when(act: Act, row: int) -> Mapping[str, object]:
    return {"who": act.who(row), "day": act.day(row), "signed": act.view.staff.found("nda_on", act.person(row)) or "—"}


def find(v: View) -> Iterator[Hit]:
    """Who has a right and no agreement at all is told once, on 人员 (O02)."""
    yield from troubled(v, NO_AGREEMENT, _when)
