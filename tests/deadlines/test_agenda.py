"""The agenda: everything due, whose turn it is, most urgent first; what is late is what the rules call late."""

from collections import Counter
from datetime import date

import pytest

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.agenda import KINDS, agenda
from ownerbook.deadlines.columns import Whole
from ownerbook.rules.book import chosen
from ownerbook.rules.judge import judge
from ownerbook.rules.pictures import draw

REGISTER = """
今天 2026-10-31

房屋: 房号 | 房屋用途 | 签约日期 | 房屋状态
1-1-101 | 住宅 | 2018-01-02 | 自住
1-1-102 | 住宅 | 2018-01-02 | 自住
1-1-103 | 住宅 | 2026-06-01 | 空置
1-1-104 | 住宅 | 2018-01-02 | 自住

业主: 业主编号 | 房号 | 姓名 | 业主类型 | 证件号码 | 登记日期 | 登记人 | 迁入日期 | 迁出日期 | 业主状态 | 证件有效期至
Y1 | 1-1-101 | 王芳 | 自然人 | | 2026-10-20 | G1 | 2018-03-01 | | 现业主 | 2026-11-03
Y2 | 1-1-102 | 李雷 | 自然人 | | 2018-03-01 | G1 | 2018-03-01 | | 现业主 | 长期
Y3 | 1-1-104 | 韩梅 | 自然人 | | 2026-10-01 | G9 | 2018-03-01 | | 现业主 |
Y4 | 1-1-104 | 林涛 | 自然人 | | 2001-03-01 | G1 | 2001-03-01 | 2015-03-01 | 原业主 |

档案: 档号 | 房号 | 业主编号 | 建档日期 | 建档人 | 密级 | 保管期限 | 档案状态 | 暂缓处置至
A1 | 1-1-101 | Y1 | 2026-10-21 | G1 | 内部 | 永久 | 待整理 |
A2 | 1-1-102 | Y2 | 2018-03-05 | G1 | 内部 | 永久 | 借出 |
A3 | 1-1-104 | Y4 | 2001-03-05 | G1 | 内部 | 10年 | 已归档 | 2026-11-02

材料: 材料编号 | 档号 | 材料类型 | 材料状态
C1 | A1 | 业主登记表 | 齐全
C2 | A2 | 业主登记表 | 齐全
C3 | A2 | 购房合同 | 齐全

借阅: 借阅单号 | 档号 | 借阅人 | 借阅人身份 | 联系电话 | 申请日期 | 审核人 | 审核结果 | 借出日期 | 经办人 | 应还日期
J1 | A2 | 李雷 | 业主 | 13900000001 | 2026-08-31 | G2 | 同意 | 2026-08-31 | G9 | 2026-09-30
J2 | A2 | 李雷 | 业主 | 13900000001 | 2026-10-30 | | 待审 | | |

变更: 变更单号 | 申请日期 | 审核结果 | 经办人 | 更新日期
B1 | 2026-10-25 | 同意 | G1 |
B2 | 2026-10-20 | 待审 | |

审核: 审核单号 | 档号 | 审核日期 | 审核人 | 审核类型 | 审核结果 | 整改期限 | 整改责任人 | 整改完成日期
S1 | A2 | 2026-08-01 | G2 | 抽查 | 不合格 | 2026-08-31 | G9 |
S2 | A3 | 2025-10-31 | G2 | 定期 | 合格 | | |
S3 | A1 | 2026-10-22 | G2 | 定期 | 不合格 | 2026-11-20 | G1 | 2026-10-25

处置: 处置单号 | 档号 | 处置方式 | 鉴定人 | 鉴定日期 | 批准日期 | 执行日期
Z1 | A3 | 归档 | G2 | 2016-01-05 | 2016-01-06 | 2016-01-07

制度: 参数 | 值
必备材料.住宅 | 业主登记表、购房合同

人员: 工号 | 姓名 | 权限 | 入职日期 | 离职日期 | 保密协议签订日期
G1 | 钱一 | 档案经办 | 2020-01-01 | | 2020-01-01
G2 | 孙二 | 审核、借阅审批、处置批准 | 2020-01-01 | | 2020-01-01
G3 | 周三 | 审核 | 2020-01-01 | 2026-11-05 | 2020-01-01
G9 | 吴九 | 档案经办 | 2010-01-01 | 2026-08-31 | 2010-01-01

权利请求: 请求编号 | 业主编号 | 类型 | 提出日期 | 答复日期 | 经办人
Q1 | Y1 | 查阅 | 2026-10-16 | | G1

位置: 位置编号 | 档案室
A01-01-01-01 | A01

库房检查: 检查编号 | 检查日期 | 档案室 | 检查人
K1 | 2026-09-30 | A01 | G1
"""
TODAY = date(2026, 10, 31).toordinal() - EPOCH


@pytest.fixture(scope="module")
def register():
    return draw(REGISTER).register()


@pytest.fixture(scope="module")
def items(register):
    return agenda(Whole(register), register.calendar, TODAY, 7)


def of(items, kind):
    return [i for i in items if i.kind == kind]


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal() - EPOCH


@pytest.mark.parametrize(
    ("kind", "due", "who"),
    [
        ("loan-late", "2026-09-30", (0,)),  # the clerk has left: whoever may lend
        ("rectify", "2026-08-31", (0,)),
        ("verify", "2026-11-20", (1, 2)),  # not by who rectified
        ("registration", "2026-09-29", (0,)),
        ("filing", "2026-10-16", (0,)),
        ("papers", "2026-11-04", (0,)),
        ("arrange", "2026-11-05", (0,)),
        ("audit", "2026-10-31", (1, 2)),
        ("hold", "2026-11-02", (1, 2)),
        ("request", "2026-10-31", (0,)),
        ("room-check", "2026-10-30", (0,)),
        ("document", "2026-11-03", (0,)),
    ],
)
def test_each_duty_has_its_day_and_its_person(items, kind, due, who):
    (item,) = of(items, kind)
    assert (item.day, item.who) == (day(due), who)


def test_changes_are_decided_by_one_right_and_carried_out_by_another(items):
    assert [(i.row, i.day - TODAY, i.who) for i in of(items, "change")] == [(1, -4, (1, 2)), (0, 1, (0,))]


def test_an_application_waits_for_the_reviewer_and_says_what_stands_against_it(items):
    (item,) = of(items, "loan-review")
    assert item.who == (1,)
    assert "已由 J1 借出" in item.about.zh and "逾期已满 30 天" in item.about.zh


def test_who_left_and_is_still_named_is_a_matter_for_the_manager(items):
    about = {i.about.zh: i.who for i in of(items, "person")}
    assert about["已不在职，仍是 1 项整改的经手人，要改派"] == (1,)
    assert about["已不在职，仍是 1 项在借的经手人，要改派"] == (1,)
    assert about["将离职，经手事项要交接"] == (2,)


def test_late_comes_before_today_before_later(items):
    ranks = [0 if i.day < TODAY and i.day > -(2**31) else 1 if i.day in (TODAY, -(2**31)) else 2 for i in items]
    assert ranks == sorted(ranks)
    assert [i.kind for i in items][:2] == ["rectify", "loan-late"]


def test_every_kind_is_declared(items):
    assert {i.kind for i in items} <= KINDS.keys()


RULES = {"K01": "loan-late", "L01": "audit", "L04": "rectify", "H01": "papers", "G09": "registration", "H09": "arrange", "J03": "change", "F03": "filing", "M02": "appraise"}


@pytest.mark.parametrize("today", ["2026-10-31", "2026-11-01", "2026-11-21", "2027-02-28", "2028-02-29"])
def test_what_is_late_is_what_the_rules_report(today):
    """Law: the agenda and the check call the same things late."""
    register = draw(REGISTER.replace("2026-10-31\n", f"{today}\n", 1)).register()
    now = day(today)
    late = Counter(i.kind for i in agenda(Whole(register), register.calendar, now, 30) if -(2**31) < i.day < now)
    told = Counter(f.code for f in judge(register, chosen(list(RULES))))
    late["rectify"] += late.pop("verify", 0)  # one rule for both: open until the re-check
    papers = {i.row for i in agenda(Whole(register), register.calendar, now, 0) if i.kind == "papers" and i.day < now}
    told["H01"] = len({f.record for f in judge(register, chosen(["H01"]))})
    assert len(papers) == told["H01"]
    assert {k: late[k] for k in RULES.values()} == {kind: told[code] for code, kind in RULES.items()}


def test_a_register_without_optional_sheets_asks_for_nothing():
    register = draw("房屋: 房号 | 房屋用途\n1-1-101 | 住宅\n\n业主: 业主编号 | 房号 | 业主状态 | 登记日期\nY1 | 1-1-101 | 现业主 | 2018-01-01").register()
    assert agenda(Whole(register), register.calendar, TODAY, 30) == []


def test_an_empty_workbook_is_no_trouble():
    register = draw("培训: 培训编号").register()
    assert agenda(Whole(register), register.calendar, TODAY, 30) == []


def test_nobody_audits_their_own_file_nor_rechecks_their_own_work():
    changed = REGISTER.replace("2018-03-05 | G1 |", "2018-03-05 | G2 |").replace("2001-03-05 | G1 |", "2001-03-05 | G2 |").replace("2026-11-20 | G1 |", "2026-11-20 | G3 |")
    register = draw(changed).register()
    found = agenda(Whole(register), register.calendar, TODAY, 7)
    assert [i.who for i in of(found, "audit")] == [(2,)]
    assert [i.who for i in of(found, "verify")] == [(1,)]


def test_a_disposal_is_approved_by_somebody_else():
    changed = REGISTER.replace("Z1 | A3 | 归档 | G2 | 2016-01-05 | 2016-01-06 | 2016-01-07", "Z1 | A3 | 归档 | G2 | 2016-01-05 | |")
    register = draw(changed).register()
    assert [i.who for i in of(agenda(Whole(register), register.calendar, TODAY, 7), "approve")] == [()]


@pytest.mark.parametrize(("within", "told"), [(5, 1), (4, 0)])
def test_who_leaves_is_told_so_many_days_before(register, within, told):
    about = [i for i in of(agenda(Whole(register), register.calendar, TODAY, within), "person") if "将离职" in i.about.zh]
    assert len(about) == told


def test_the_manager_hears_of_loans_thirty_days_overdue_and_not_a_day_before():
    for today, expected in (("2026-10-29", []), ("2026-10-30", [(1,)])):
        register = draw(REGISTER.replace("2026-10-31\n", f"{today}\n", 1)).register()
        found = of(agenda(Whole(register), register.calendar, day(today), 7), "escalate")
        assert [i.who for i in found] == expected
    assert "1 笔逾期满 30 天（J1）" in found[0].about.zh


class Shelf:
    """A disk that holds some scans, each with a fingerprint of its own."""

    def __init__(self, **there: str) -> None:
        self.there = there

    def exists(self, path: str) -> bool:
        return path in self.there

    def sha256(self, path: str) -> str:
        return self.there[path]


PAPERS = """材料: 材料编号 | 档号 | 材料类型 | 材料状态 | 收件人 | 电子件 | 电子件指纹
C1 | A1 | 业主登记表 | 齐全 | G1 | gone |
C7 | A1 | 其他 | 齐全 | G1 | other | {sha}
C8 | A1 | 其他 | 齐全 | G1 | same | {sha}

""".format(sha="a" * 64)
SCANS = REGISTER[: REGISTER.index("材料: ")] + PAPERS + REGISTER[REGISTER.index("借阅: ") :]


def test_scans_that_are_lost_or_changed_are_on_the_agenda_where_the_disk_may_be_asked():
    register = draw(SCANS).register()
    book, shelf = Whole(register), Shelf(other="b" * 64, same="a" * 64)
    found = [i for i in agenda(book, register.calendar, TODAY, 7, shelf) if i.kind == "scan"]
    assert [(register.tables["documents"].found("doc_no", i.row), i.about.zh) for i in found] == [("C1", "电子件找不到"), ("C7", "电子件内容已变")]
    assert not [i for i in agenda(book, register.calendar, TODAY, 7) if i.kind == "scan"]


def test_nobody_is_asked_to_decide_on_their_own_loan():
    text = REGISTER.replace("J2 | A2 | 李雷 | 业主 |", "J2 | A2 | 孙二 | 员工 |").replace("G1 | 钱一 | 档案经办 |", "G1 | 钱一 | 档案经办、借阅审批 |")
    register = draw(text).register()
    (item,) = [i for i in agenda(Whole(register), register.calendar, TODAY) if i.kind == "loan-review"]
    assert item.who == (0,)


def test_who_has_signed_no_agreement_is_given_no_work():
    register = draw(REGISTER.replace("G3 | 周三 | 审核 | 2020-01-01 | 2026-11-05 | 2020-01-01", "G3 | 周三 | 审核 | 2020-01-01 | 2026-11-05 |")).register()
    (item,) = [i for i in agenda(Whole(register), register.calendar, TODAY, 400) if i.kind == "change" and i.row == 1]
    assert item.who == (1,)


def test_who_left_and_still_has_a_request_to_answer_is_told():
    register = draw(REGISTER.replace("查阅 | 2026-10-16 | | G1", "查阅 | 2026-10-16 | | G9")).register()
    about = [i.about.zh for i in agenda(Whole(register), register.calendar, TODAY) if i.kind == "person"]
    assert any("权利请求的经手人" in words for words in about)
