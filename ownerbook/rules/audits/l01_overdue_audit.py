"""L01: a file whose audit is overdue."""

from collections.abc import Iterator

from ownerbook.deadlines import audits
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso
from ownerbook.schema.words import Text

CARD = Card(
    code="L01",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="auto",
    title=Text("超期未审核", "Audit overdue"),
    message=Text("档案 {record} 应在 {due} 前审核，至今没有审核记录", "file {record} was to be audited by {due} and has not been"),
    why=Text("档案须按审核周期核对，超期就说不准柜里还有没有。", "Files are audited in cycles; past that nobody can say that they are still there."),
    fix=Text("列入本月审核计划并登记结果。", "Put it on this month's audit plan and enter the result."),
    needs=audits.NEEDS + " today",
    elsewhere=True,
    wrong="""
        今天 2026-10-31

        档案: 档号 | 建档日期 | 密级 | 档案状态 | 上次审核日期
        «YG-1-1-101-01» | 2026-07-30 | 内部 | 待整理 |
        «YG-1-1-102-01» | 2020-01-01 | 内部 | 在库 | 2025-10-30
        «YG-1-1-103-01» | 2020-01-01 | 敏感 | 已归档 | 2026-04-30
        «YG-1-1-104-01» | 2020-01-01 | 内部 | 在库 | 2024-10-01
        «YG-1-1-105-01» | 2020-01-01 | 内部 | 在库 | 2025-09-01

        审核: 审核单号 | 档号 | 审核日期
        S1 | YG-1-1-102-01 | 2025-10-30
        S2 | YG-1-1-103-01 | 2026-04-30
        S3 | YG-1-1-105-01 | 2025-09-01

        借阅: 借阅单号 | 档号 | 借出日期 | 归还日期
        J1 | YG-1-1-105-01 | 2026-08-20 | 2026-10-30
    """,
    right="""
        今天 2026-10-31

        档案: 档号 | 建档日期 | 密级 | 档案状态 | 上次审核日期
        YG-1-1-101-01 | 2026-07-31 | 内部 | 在库 |
        YG-1-1-102-01 | 2020-01-01 | 内部 | 在库 | 2025-10-31
        YG-1-1-103-01 | 2020-01-01 | 敏感 | 在库 | 2026-05-01
        YG-1-1-104-01 | 2020-01-01 | 内部 | 借出 | 2025-01-01
        YG-1-1-105-01 | 2020-01-01 | 内部 | 在库 | 2025-09-01
        YG-1-1-106-01 | 2020-01-01 | 内部 | 遗失 | 2024-01-01
        YG-1-1-107-01 | 2020-01-01 | 内部 | 已销毁 |
        YG-1-1-108-01 | 2020-01-01 | 内部 | 在库 | t:去年
        YG-1-1-109-01 | t:待查 | 内部 | 在库 |
        YG-1-1-110-01 | 2020-01-01 | 内部 | 已归档 | 2020-03-01

        审核: 审核单号 | 档号 | 审核日期
        S1 | YG-1-1-102-01 | 2025-10-31
        S2 | YG-1-1-103-01 | 2026-05-01
        S3 | YG-1-1-105-01 | 2025-09-01

        借阅: 借阅单号 | 档号 | 借出日期 | 归还日期
        J1 | YG-1-1-105-01 | 2026-08-20 | 2026-10-31

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-110-01 | 归档 | 2020-05-01
        Z2 | YG-1-1-110-01 | 销毁 | 2025-05-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Late begins the day after; the audit is missing elsewhere, so the place is the file's key."""
    files, due = audits.overdue_audits(v, v.today)
    by_row = dict(zip(files.tolist(), due.tolist(), strict=True))
    yield Hit("files", files, "file_no", lambda r: {"due": iso(by_row[r])})
