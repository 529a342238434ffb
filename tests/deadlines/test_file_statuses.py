"""How audits, rectifications, retention and papers stand on a day."""

from datetime import date

from ownerbook.calendar.months import EPOCH, FOREVER, NO_DAY
from ownerbook.deadlines.audit_status import audit_status, rectifications
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.paper_status import paper_status
from ownerbook.deadlines.retention_status import open_disposals, retention_status
from ownerbook.rules.pictures import draw


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal() - EPOCH


def whole(text: str) -> Whole:
    return Whole(draw(text).register())


def rows(mask) -> list[int]:
    return [i for i, x in enumerate(mask) if x]


AUDITED = """
档案: 档号 | 建档日期 | 密级 | 档案状态
A1 | 2025-08-31 | 内部 | 在库
A2 | 2026-08-01 | 内部 | 在库
A3 | 2026-05-01 | 敏感 | 在库
A4 | 2026-05-01 | 内部 | 借出
A5 | 2010-05-01 | 内部 | 已销毁

审核: 审核单号 | 档号 | 审核日期 | 审核结果
S1 | A1 | 2025-11-30 | 合格
S3 | A3 | 2026-05-31 | 合格
"""


def test_cycles_end_on_the_corresponding_day_and_late_begins_the_day_after():
    book = whole(AUDITED)
    status = audit_status(book, day("2026-11-30"), 0)
    assert [d if d in (FOREVER, NO_DAY) else date.fromordinal(d + EPOCH).isoformat() for d in status.due.tolist()] == [
        "2026-11-30",
        "2026-11-01",
        "2026-11-30",
        FOREVER,
        FOREVER,
    ]
    assert (rows(status.late), rows(status.soon), rows(status.first)) == ([1], [0, 2], [1, 3, 4])
    assert rows(audit_status(book, day("2026-12-01"), 0).late) == [0, 1, 2]


def test_a_lent_file_is_due_on_its_return_and_is_listed_apart():
    assert rows(audit_status(whole(AUDITED), day("2026-11-30"), 0).out) == [3]


def test_new_files_first_by_their_day():
    status = audit_status(whole(AUDITED), day("2026-11-30"), 5)
    assert status.by_day(status.late | status.soon).tolist() == [1, 0, 2]


def test_a_rectification_is_open_until_its_recheck_and_has_an_age():
    book = whole(
        """
        档案: 档号
        A1

        审核: 审核单号 | 档号 | 审核日期 | 审核结果 | 整改期限 | 整改完成日期 | 复核日期
        S1 | A1 | 2026-01-30 | 不合格 | 2026-03-01 | 2026-02-20 |
        S2 | A1 | 2026-02-01 | 不合格 | 2026-02-28 | |
        S3 | A1 | 2026-02-01 | 不合格 | 2026-02-10 | 2026-02-05 | 2026-02-06
        S4 | A1 | 2026-02-01 | 合格 | | |
        S5 | A1 | 2026-02-02 | 不合格 | | |
        """
    )
    open_ = rectifications(book, day("2026-03-01"))
    assert (open_.rows.tolist(), open_.age.tolist(), open_.late.tolist(), open_.done.tolist()) == ([1, 0, 4], [28, 30, 27], [True, False, False], [False, True, False])


RETAINED = """
业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态
Y1 | 1-1-101 | 2000-01-01 | 2016-02-29 | 原业主
Y2 | 1-1-102 | 2000-01-01 | | 现业主

档案: 档号 | 业主编号 | 保管期限 | 档案状态 | 暂缓处置至
A1 | Y1 | 10年 | 在库 |
A2 | Y1 | 10年 | 已归档 | 未定
A3 | Y1 | 永久 | 已归档 |
A4 | Y1 | 10年 | 借出 |
A5 | Y1 | 10年 | 已归档 |
A6 | Y2 | 10年 | 在库 |
A7 | Y1 | 10年 | 已销毁 |
A8 | Y1 | 10年 | 已归档 |

借阅: 借阅单号 | 档号 | 借出日期
J1 | A4 | 2026-01-05

审核: 审核单号 | 档号 | 审核日期 | 审核类型 | 审核结果
S1 | A5 | 2026-01-05 | 定期 | 不合格

处置: 处置单号 | 档号 | 处置方式 | 鉴定日期 | 批准日期 | 执行日期
Z1 | A8 | 销毁 | 2026-03-02 | 2026-03-05 |
Z2 | A6 | 移交 | 2026-03-01 | |
Z3 | A7 | 销毁 | 2026-03-01 | 2026-03-05 | 2026-03-10
"""


def test_retention_from_a_leap_day_ends_on_the_28th():
    book = whole(RETAINED)
    on = retention_status(book, day("2026-02-28"), 0)
    assert (rows(on.over), rows(on.soon)) == ([], [0, 1, 3, 4, 7])
    assert rows(retention_status(book, day("2026-03-01"), 0).over) == [0, 1, 3, 4, 7]


def test_a_file_is_blocked_by_a_loan_a_rectification_or_a_hold():
    s = retention_status(whole(RETAINED), day("2026-03-10"))
    assert (rows(s.lent), rows(s.rectifying), rows(s.held)) == ([3], [4], [1])
    assert rows(s.blocked) == [1, 3, 4]
    assert rows(s.unappraised) == [0, 4]


def test_a_file_whose_owner_has_left_may_be_archived_unless_something_is_under_way():
    s = retention_status(whole(RETAINED), day("2026-03-10"))
    assert rows(s.closable) == [0]


def test_disposals_under_way_wait_for_approval_or_for_execution():
    open_ = open_disposals(whole(RETAINED))
    assert (open_.rows.tolist(), open_.approved.tolist()) == ([1, 0], [False, True])


PAPERED = """
房屋: 房号 | 房屋用途
1-1-101 | 住宅
S-001 | 商铺

业主: 业主编号 | 房号 | 业主类型 | 登记日期 | 业主状态
Y1 | 1-1-101 | 自然人 | 2026-02-14 | 现业主
Y2 | S-001 | 法人 | 2026-02-14 | 现业主

档案: 档号 | 房号 | 业主编号 | 档案状态
A1 | 1-1-101 | Y1 | 在库
A2 | S-001 | Y2 | 在库

材料: 材料编号 | 档号 | 材料类型 | 材料状态
C1 | A1 | 业主登记表 | 齐全
C2 | A1 | 购房合同 | 待补
C3 | A1 | 隐私告知书 | 缺页
C4 | A2 | 营业执照 | 齐全

制度: 参数 | 值
必备材料.住宅 | 业主登记表、购房合同、隐私告知书
必备材料.法人 | 营业执照、授权委托书
"""


def test_a_file_lacks_what_is_to_come_and_holds_what_lacks_pages():
    s = paper_status(whole(PAPERED), day("2026-03-01"))
    assert s.missing == {0: ("购房合同",), 1: ("授权委托书",)}
    assert (s.required.tolist(), s.lacking.tolist()) == ([3, 2], [1, 1])


def test_papers_are_late_from_the_day_after_their_term():
    book = whole(PAPERED)
    assert rows(paper_status(book, day("2026-03-01")).late) == []
    assert rows(paper_status(book, day("2026-03-01"), 0).soon) == [0, 1]
    assert rows(paper_status(book, day("2026-03-02")).late) == [0, 1]


def test_a_lent_file_is_listed_from_the_day_on_which_it_would_be_due():
    book = whole(AUDITED)
    assert rows(audit_status(book, day("2026-07-31"), 0).out) == []
    assert rows(audit_status(book, day("2026-08-01"), 0).out) == [3]


def test_a_file_whose_archiving_is_under_way_is_not_proposed_again():
    book = whole(RETAINED.replace("Z2 | A6 | 移交", "Z4 | A1 | 归档 | 2026-03-01 | |\nZ2 | A6 | 移交"))
    assert rows(retention_status(book, day("2026-03-10")).closable) == []
