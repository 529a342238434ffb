"""R45a: the cell holds neither the new nor the old value of its last done change."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.changes.last_done import NEEDS, hits
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="R45a",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("登记与最近一次变更不同", "Register differs from the last change"),
    message=Text(
        "变更 {record} 于 {found} 更新，但 {place}({key})的「{field}」是 {value}，与新值、原值都不同",
        "change {record} was carried out on {found}, but {field} of {key} ({place}) is {value}, neither its new nor its old value",
    ),
    why=Text("登记被改成了变更单上没有的值，不知依据何在。", "The cell was given a value that no change accounts for."),
    fix=Text("查明现值的来由，补登变更或改正登记。", "Find out where the value came from; enter its change or correct the cell."),
    needs=NEEDS,
    wrong="""
        业主: 业主编号 | 联系电话 | 备用电话 | 通讯地址
        Y1 | 139-0000-0003 | | 一号楼

        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 原值 | 新值 | 申请日期 | 审核结果 | 更新日期
        B1 | 业主 | Y1 | 联系电话 | 139-0000-0001 | 139-0000-0002 | 2026-03-01 | 同意 | «2026-03-02»
        B2 | 业主 | Y1 | 备用电话 | 139-0000-0001 | 139-0000-0002 | 2026-03-01 | 同意 | «2026-03-02»
        B3 | 业主 | Y1 | 通讯地址 | | （清空） | 2026-03-01 | 同意 | «2026-03-02»
    """,
    right="""
        业主: 业主编号 | 联系电话 | 备用电话 | 业主状态
        Y1 | 139-0000-0003 | 1391234 | 现业主
        Y2 | 已封存 | | 原业主

        档案: 档号 | 档案状态
        YG-1-1-101-01 | 借出

        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 原值 | 新值 | 申请日期 | 审核结果 | 更新日期
        B1 | 业主 | Y1 | 联系电话 | 139-0000-0001 | 139-0000-0002 | 2026-03-01 | 同意 | 2026-03-02
        B2 | 业主 | Y1 | 联系电话 | 139-0000-0002 | 139-0000-0003 | 2026-04-01 | 同意 | 2026-04-02
        B3 | 业主 | Y1 | 备用电话 | 139-0000-0001 | 139-0000-0002 | 2026-03-01 | 同意 | 2026-03-02
        B4 | 业主 | Y2 | 联系电话 | 139-0000-0001 | 139-0000-0002 | 2026-03-01 | 同意 | 2026-03-02
        B5 | 档案 | YG-1-1-101-01 | 档案状态 | 待整理 | 在库 | 2026-03-01 | 同意 | 2026-03-02
        B6 | 业主 | Y1 | 业主状态 | 原业主 | 现业主人 | 2026-03-01 | 同意 | 2026-03-02
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A cell with a mistake of its own, or a 新值 that cannot be read, is compared with nothing."""
    yield from hits(v, still_old=False)
