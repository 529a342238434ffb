"""J03: a change is not carried out in time."""

from collections.abc import Iterator

from ownerbook.deadlines import registrations
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso
from ownerbook.schema.words import Text

CARD = Card(
    code="J03",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("变更超过办理期限", "Change is overdue"),
    message=Text(
        "变更 {record} {applied} 申请，应于 {due} 前办完，现在{state}，没有更新日期",
        "change {record} was applied for on {applied} and was to be done by {due}; it is {state} and not carried out",
    ),
    why=Text(
        "业主的信息应及时更正（个人信息保护法第四十六条，制度「变更办理期限」）。",
        "Owners' data must be corrected in time (PIPL art. 46, policy 变更办理期限).",
    ),
    fix=Text("审核并办理这一变更；已更新的补填更新日期。", "Decide and carry it out; if it was done, enter the day."),
    needs=registrations.CHANGE_NEEDS + " today",
    wrong=(
        """
        今天 2026-03-09

        变更: 变更单号 | 申请日期 | 审核结果 | 更新日期
        B1 | 2026-03-01 | 待审 | «»
        B2 | 2026-02-01 | 同意 | «»
        """,
        """
        今天 2026-03-09

        变更: 变更单号 | 申请日期 | 审核结果 | 更新日期
        B1 | 2026-02-08 | 待审 | «»
        B2 | 2026-02-09 | 待审 |

        制度: 参数 | 值
        变更办理期限 | 1个月
        """,
    ),
    right="""
        今天 2026-03-08

        变更: 变更单号 | 申请日期 | 审核结果 | 更新日期
        B1 | 2026-03-01 | 待审 |
        B2 | 2026-02-01 | 不同意 |
        B3 | 2026-02-01 | 同意 | 2026-03-07
        B4 | 2026-02-01 | 同意 | 上周
        B5 | 2026年 | 待审 |
        B6 | 2026-02-01 | |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Late begins the day after the term; what was done late is no problem any more."""
    c = v.changes
    late = registrations.open_changes(v).late(v.today)
    due = registrations.by_row(late)
    states = {"待审": Text("待审", "undecided"), "同意": Text("已同意", "agreed")}
    pending = c.decision.is_("待审")
    yield Hit(
        "changes",
        late.rows,
        "done_on",
        lambda r: {"applied": iso(c.applied_on.days[r]), "due": iso(due[r]), "state": states["待审" if pending[r] else "同意"]},
    )
