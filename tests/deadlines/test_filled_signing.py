"""What a filled 待签办单 asks to be written, and who may not sign."""

from datetime import date

import pytest

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.filled_signing import CHANGES, LOANS, RECTIFIED, VERIFIED, Signature, signed_off
from ownerbook.deadlines.signers import Signed, Signers
from ownerbook.jobs.filled_lists import person
from ownerbook.rules.pictures import draw
from ownerbook.schema.words import Text

DAY = date(2026, 3, 20)
REGISTER = """
今天 2026-03-20

业主: 业主编号 | 房号 | 姓名 | 联系电话 | 业主状态
Y1 | 1-1-101 | 赵甲 | 13900000001 | 现业主

档案: 档号 | 房号 | 业主编号 | 建档日期 | 存放位置 | 档案状态
A1 | 1-1-101 | Y1 | 2020-01-02 | P1 | 在库
A2 | 1-1-101 | Y1 | 2020-01-02 | P1 | 已销毁

审核: 审核单号 | 档号 | 审核日期 | 审核人 | 审核结果 | 整改期限 | 整改责任人 | 整改完成日期 | 复核人 | 复核日期
S1 | A1 | 2026-03-01 | G2 | 不合格 | 2026-03-31 | G1 | | |
S2 | A1 | 2026-03-01 | G2 | 不合格 | 2026-03-31 | | | |
S3 | A1 | 2026-03-01 | G2 | 不合格 | 2026-03-31 | G3 | 2026-03-10 | |

借阅: 借阅单号 | 档号 | 借阅人 | 借阅人身份 | 联系电话 | 申请日期 | 审核人 | 审核结果 | 审核日期 | 借出日期
J1 | A1 | 赵甲 | 业主 | 13900000001 | 2026-03-05 | | 待审 | |
J2 | A2 | 赵甲 | 业主 | 13900000001 | 2026-03-05 | | 待审 | |
J3 | A1 | 孙二 | 员工 | 13900000002 | 2026-03-05 | | 待审 | |

变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 新值 | 申请日期 | 审核人 | 审核结果
B1 | 档案 | A1 | 保管期限 | 30年 | 2026-03-05 | | 待审

材料: 材料编号 | 档号

人员: 工号 | 姓名 | 权限 | 入职日期 | 保密协议签订日期
G1 | 钱一 | 档案经办 | 2009-01-02 | 2009-01-02
G2 | 孙二 | 审核、借阅审批 | 2009-01-02 | 2009-01-02
G3 | 李三 | 审核 | 2009-01-02 | 2009-01-02
"""


def made(kind, key, *, by="G2", day="2026-03-15", text=REGISTER, **more):
    register = draw(text).register()
    book = Whole(register)
    line = Signature(Text("第 5 行", "row 5"), key, by, Signed(day, date.fromisoformat(day)) if day else Signed(), **more)
    return signed_off(book, register.calendar, {kind: [line]}, DAY, Signers(book, person(register)))


def cells(proposal) -> dict[str, object]:
    return {v.field: v.value for v in proposal.values}


def test_each_kind_of_line_is_written_where_it_belongs():
    assert cells(made(RECTIFIED, "S1", by="G1")) == {"rectified_on": date(2026, 3, 15)}
    assert cells(made(RECTIFIED, "S2", by="G1")) == {"rectified_on": date(2026, 3, 15), "rectify_by_staff": "G1"}
    assert cells(made(VERIFIED, "S3")) == {"verified_by": "G2", "verified_on": date(2026, 3, 15)}
    assert cells(made(LOANS, "J1", decision="同意")) == {"decision": "同意", "decided_on": date(2026, 3, 15), "reviewer": "G2"}
    assert cells(made(CHANGES, "B1", decision="不同意", day="")) == {"decision": "不同意", "reviewer": "G2"}


@pytest.mark.parametrize(
    ("kind", "key", "line", "words"),
    [
        (RECTIFIED, "S9", {}, "没有这个单号"),
        (RECTIFIED, "S1", {}, "与登记的不同"),
        (RECTIFIED, "S1", {"by": "G1", "day": "2026-02-28"}, "早于审核日期"),
        (RECTIFIED, "S1", {"by": "G1", "day": "2026-03-21"}, "在今天之后"),
        (RECTIFIED, "S2", {"by": ""}, "没有写整改责任人"),
        (VERIFIED, "S1", {}, "还没有登记整改完成日期"),
        (VERIFIED, "S3", {"by": "G3"}, "就是整改责任人"),
        (VERIFIED, "S3", {"by": "G1"}, "没有「审核」权限"),
        (VERIFIED, "S3", {"day": "2026-03-09"}, "早于整改完成日期"),
        (LOANS, "J1", {}, "没有写审核结果"),
        (LOANS, "J1", {"decision": "可以"}, "应为 同意 或 不同意"),
        (LOANS, "J1", {"decision": "同意", "by": "G3"}, "没有「借阅审批」权限"),
        (LOANS, "J1", {"decision": "同意", "day": "2026-03-04"}, "早于申请日期"),
        (LOANS, "J2", {"decision": "同意"}, "现在不能借"),
        (LOANS, "J3", {"decision": "同意"}, "审核人就是借阅人"),
        (CHANGES, "B1", {"decision": "同意", "by": "G1", "day": ""}, "没有「审核」权限"),
    ],
)
def test_what_may_not_be_signed_is_told_with_its_line(kind, key, line, words):
    found = made(kind, key, **line)
    assert found.empty and len(found.against) == 1 and words in found.against[0].zh and "第 5 行" in found.against[0].zh


def test_a_refused_loan_needs_no_file_and_blank_lines_say_nothing():
    assert cells(made(LOANS, "J2", decision="不同意"))["decision"] == "不同意"
    assert made(RECTIFIED, "S1", by="G1", day="", printed_by=True).notes[0].zh == "1 行没有填写，未计入"


def test_a_list_read_twice_writes_nothing_and_one_that_differs_is_told():
    text = REGISTER.replace("| G3 | 2026-03-10 | |", "| G3 | 2026-03-10 | G2 | 2026-03-15")
    assert made(VERIFIED, "S3", text=text).notes[0].zh == "1 行已登记过，未重复"
    assert "已登记复核" in made(VERIFIED, "S3", text=text, day="2026-03-16").against[0].zh
