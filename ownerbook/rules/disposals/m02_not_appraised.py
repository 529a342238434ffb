"""M02: a file whose retention has run out and that nobody has appraised."""

from collections.abc import Iterator

from ownerbook.deadlines import retention
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso
from ownerbook.schema.words import Text

CARD = Card(
    code="M02",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="auto",
    title=Text("到期未鉴定", "Retention over, not appraised"),
    message=Text("档案 {record} 的保管期限 {end} 已到，至今没有鉴定", "the retention of {record} ended on {end} and nobody has appraised it"),
    why=Text("保管期满就要鉴定，不能无限期留存个人信息。", "Personal data are not kept for ever: when retention ends a file is appraised."),
    fix=Text("列入鉴定清单；继续保存的，用变更改保管期限。", "Put it on the list for appraisal; to keep it, change its retention through 变更."),
    needs=retention.DUE_NEEDS + " today",
    elsewhere=True,
    wrong="""
        今天 2026-10-31

        业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态
        Y1 | 1-1-101 | 2004-01-01 | 2016-10-30 | 原业主

        档案: 档号 | 业主编号 | 保管期限 | 档案状态 | 暂缓处置至
        «YG-1-1-101-01» | Y1 | 10年 | 已归档 |

        处置: 处置单号 | 档号 | 处置方式 | 鉴定日期
        Z1 | YG-1-1-101-01 | 归档 | 2016-11-05
    """,
    right="""
        今天 2026-10-31

        业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态
        Y1 | 1-1-101 | 2004-01-01 | 2016-10-31 | 原业主
        Y2 | 1-1-102 | 2004-01-01 | 2010-01-01 | 原业主
        Y3 | 1-1-102 | 2004-01-01 | | 现业主
        Y4 | 1-1-103 | 2004-01-01 | 2010-01-01 | 原业主
        Y5 | 1-1-104 | 2004-01-01 | t:待查 | 原业主

        档案: 档号 | 业主编号 | 保管期限 | 档案状态 | 暂缓处置至
        YG-1-1-101-01 | Y1 | 10年 | 已归档 |
        YG-1-1-102-01 | Y2 | 10年 | 在库 |
        YG-1-1-103-01 | Y4 | 10年 | 已归档 |
        YG-1-1-103-02 | Y4 | 永久 | 已归档 |
        YG-1-1-103-03 | Y4 | 10年 | 已销毁 |
        YG-1-1-103-04 | Y4 | 10年 | 已归档 | 未定
        YG-1-1-103-05 | Y4 | 10年 | 已归档 |
        YG-1-1-103-06 | Y4 | 待定 | 已归档 |
        YG-1-1-104-01 | Y5 | 10年 | 已归档 |

        处置: 处置单号 | 档号 | 处置方式 | 鉴定日期
        Z1 | YG-1-1-103-01 | 销毁 | 2019-12-05
        Z2 | YG-1-1-103-05 | 归档 | 2020-01-02
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The appraisal is missing elsewhere, so the place is the file's key."""
    files, ends = retention.due_for_appraisal(v, v.today)
    by_row = dict(zip(files.tolist(), ends.tolist(), strict=True))
    yield Hit("files", files, "file_no", lambda r: {"end": iso(by_row[r])})
