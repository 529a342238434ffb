"""R45: a change was entered as done, but the cell still holds the old value."""

from collections.abc import Iterator

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.changes.last_done import NEEDS, hits
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="R45",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("变更已更新，登记未改", "Change done, register not updated"),
    message=Text(
        "变更 {record} 于 {found} 更新，但 {place}({key})的「{field}」仍是原值 {value}",
        "change {record} was carried out on {found}, but {field} of {key} ({place}) still holds the old value {value}",
    ),
    why=Text("变更单说已更新而登记没有改，用的仍是旧信息。", "The register says it was updated, and old data stay in use."),
    fix=Text("按证明材料更新那一格，或更正变更单。", "Update the cell from the evidence, or correct the change."),
    needs=NEEDS,
    wrong="""
        业主: 业主编号 | 联系电话 | 产权份额 | 登记日期
        Y1 | 139-0000-0001 | 50% | 2024-03-01
        Y2 | 139-0000-0002 | 50% | 2024-03-01

        房屋: 房号 | 房屋状态
        1-1-101 | 自住

        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 原值 | 新值 | 申请日期 | 审核结果 | 更新日期
        B1 | 业主 | Y1 | 联系电话 | 13900000001 | 139-0000-0009 | 2026-03-01 | 同意 | «2026-03-02»
        B2 | 业主 | Y2 | 联系电话 | 139-0000-0009 | 139-0000-0002 | 2026-03-01 | 同意 | 2026-03-02
        B3 | 业主 | Y2 | 产权份额 | 1/2 | 100% | 2026-03-01 | 同意 | «2026-03-02»
        B4 | 房屋 | 1栋1单元101 | 房屋状态 | 自住 | 出租 | 2026-03-01 | 同意 | 2026-03-02
        B5 | 房屋 | 1-1-101 | 房屋状态 | 出租 | 自住 | 2026-04-01 | 同意 | 2026-04-02
        B6 | 房屋 | 1-1-101 | 房屋状态 | 自住 | 空置 | 2026-05-01 | 同意 | «2026-05-02»
        B7 | 业主 | Y1 | 登记日期 | 2024年3月1日 | 2024-03-02 | 2026-03-01 | 同意 | «2026-03-02»
        B8 | 业主 | Y1 | 产权份额 | 50% | （清空） | 2026-03-01 | 同意 | «2026-03-02»
    """,
    right="""
        业主: 业主编号 | 联系电话 | 备用电话 | 产权份额
        Y1 | 139-0000-0001 | | 1/2
        Y2 | 1390000000 | 139-0000-0003 | 50%
        Y3 | 139-0000-0005 | | 50%
        Y3 | 139-0000-0006 | | 50%

        房屋: 房号 | 房屋状态 | 建筑面积
        1-1-102 | 自住 | 89.50

        变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 原值 | 新值 | 申请日期 | 审核结果 | 更新日期
        B1 | 业主 | Y1 | 联系电话 | 139-0000-0009 | 13900000001 | 2026-03-01 | 同意 | 2026-03-02
        B2 | 业主 | Y1 | 备用电话 | 139-0000-0009 | （清空） | 2026-03-01 | 同意 | 2026-03-02
        B3 | 业主 | Y1 | 产权份额 | 100% | 0.5 | 2026-03-01 | 同意 | 2026-03-02
        B4 | 业主 | Y2 | 联系电话 | 1390000000 | 139-0000-0004 | 2026-03-01 | 同意 | 2026-03-02
        B5 | 业主 | Y2 | 备用电话 | 139-0000-0003 | 139-0000-0004 | 2026-03-01 | 待审 |
        B6 | 业主 | Y3 | 联系电话 | 139-0000-0006 | 139-0000-0007 | 2026-03-01 | 同意 | 2026-03-02
        B7 | 房屋 | 1-1-101 | 房号 | 1-1-101 | 1-1-102 | 2026-03-01 | 同意 | 2026-03-02
        B8 | 房屋 | 1-1-101 | 建筑面积 | 90 | 89.5 | 2026-02-01 | 同意 | 2026-02-02
        B9 | 房屋 | 1-1-102 | 房屋状态 | 自住 | 空置 | 2026-05-01 | 同意 | 2026-05-02
        BA | 房屋 | 1-1-102 | 房屋状态 | 空置 | 自住 | 2026-05-01 | 同意 | 2026-05-02
        BB | 业主 | Y2 | 产权份额 | 50% | 100% | 2026-05-01 | 同意 |
        BC | 房屋 | 1-1-102 | 朝向 | 南 | 北 | 2026-05-01 | 同意 | 2026-05-02
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Values are compared as what they mean: 1/2 is 50 %, 1栋1单元101 is 1-1-101."""
    yield from hits(v, still_old=True)
