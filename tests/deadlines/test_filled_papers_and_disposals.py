"""What a filled 补件登记单, 归档清单 and 处置批准单 ask to be written, and what they may not say."""

from datetime import date

import pytest

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.filled_disposals import Step, disposed
from ownerbook.deadlines.filled_papers import Arranged, Came, papers_came
from ownerbook.deadlines.signers import Signed, Signers
from ownerbook.jobs.filled_lists import _canonical, person
from ownerbook.register.proposal import NewValue
from ownerbook.rules.pictures import draw
from ownerbook.schema.words import Text

DAY = date(2026, 3, 20)
REGISTER = """
今天 2026-03-20

房屋: 房号 | 房屋用途
1-1-101 | 住宅
1-1-102 | 住宅
1-1-103 | 住宅
1-1-104 | 住宅

业主: 业主编号 | 房号 | 业主类型 | 证件类型 | 证件号码 | 迁入日期 | 迁出日期 | 登记日期 | 业主状态
Y1 | 1-1-101 | 自然人 | 其他 | | 2026-01-02 | | 2026-01-02 | 现业主
Y2 | 1-1-102 | 法人 | 统一社会信用代码 | | 2026-01-02 | | 2026-01-02 | 现业主
Y3 | 1-1-103 | 自然人 | 其他 | | 2010-01-02 | 2026-02-01 | 2010-01-02 | 原业主
Y4 | 1-1-104 | 自然人 | 其他 | | 2010-01-02 | 2026-02-01 | 2010-01-02 | 原业主
Y5 | 1-1-103 | 自然人 | 其他 | | 2026-02-01 | | 2026-02-01 | 现业主

档案: 档号 | 房号 | 业主编号 | 建档日期 | 建档人 | 存放位置 | 保管期限 | 档案状态 | 暂缓处置至
YG-1-1-101-01 | 1-1-101 | Y1 | 2026-01-02 | G1 | A1 | 30年 | 待整理 |
YG-1-1-102-01 | 1-1-102 | Y2 | 2026-01-02 | G1 | A1 | 30年 | 待整理 |
YG-1-1-103-01 | 1-1-103 | Y3 | 2010-01-02 | G1 | A1 | 30年 | 在库 |
YG-1-1-103-02 | 1-1-103 | Y5 | 2026-02-02 | G1 | A1 | 30年 | 待整理 |
YG-1-1-104-01 | 1-1-104 | Y4 | 2010-01-02 | G1 | A1 | 30年 | 已归档 |
YG-1-1-104-02 | 1-1-104 | Y4 | 2010-01-02 | G1 | A1 | 30年 | 在库 | 未定
YG-1-1-104-03 | 1-1-104 | Y4 | 2010-01-02 | G1 | A1 | 30年 | 在库 |

材料: 材料编号 | 档号 | 材料类型 | 形式 | 页数 | 份数 | 收件日期 | 收件人 | 材料状态
C1 | YG-1-1-101-01 | 业主登记表 | 原件 | 2 | 1 | 2026-01-02 | G1 | 齐全
C2 | YG-1-1-101-01 | 购房合同 | | | | | | 待补
C3 | YG-1-1-103-02 | 业主登记表 | 原件 | 2 | 1 | 2026-01-02 | G1 | 齐全
C4 | YG-1-1-103-02 | 购房合同 | 原件 | 2 | 1 | 2026-01-02 | G1 | 齐全

处置: 处置单号 | 档号 | 处置方式 | 处置依据 | 处置原因 | 鉴定人 | 鉴定日期 | 批准人 | 批准日期 | 执行日期
Z1 | YG-1-1-104-03 | 归档 | 制度 | 迁出 | G2 | 2026-03-02 | | |

人员: 工号 | 姓名 | 权限 | 入职日期 | 离职日期 | 保密协议签订日期
G1 | 钱一 | 档案经办 | 2009-01-02 | | 2009-01-02
G2 | 孙二 | 审核、处置批准 | 2009-01-02 | | 2009-01-02
G3 | 李三 | 处置批准 | 2009-01-02 | | 2009-01-02
G4 | 周四 | 档案经办 | 2009-01-02 | 2026-01-31 | 2009-01-02

制度: 参数 | 值
必备材料.住宅 | 业主登记表、购房合同
登记建档期限 | 15天
"""
AT = Text("第 5 行", "row 5")


@pytest.fixture
def register():
    return draw(REGISTER).register()


def on(text: str) -> Signed:
    try:
        return Signed(text, date.fromisoformat(text))
    except ValueError:
        return Signed(text)


def came(register, *lines, arranged=()):
    plain = {"form": "原件", "pages": "3", "copies": "1", "received": on("2026-03-19"), "received_by": "G1"}
    book = Whole(register)
    asked = [Came(AT, **({"file_no": "YG-1-1-101-01", "house": "", "doc_type": "购房合同"} | plain | line)) for line in lines]
    return papers_came(book, asked, list(arranged), DAY, Signers(book, person(register)), _canonical(register))


def cells(made) -> dict[tuple[str, int, str], object]:
    return {(v.sheet, v.row, v.field): v.value for v in made.values}


def test_a_paper_that_was_still_to_come_is_completed_in_its_row_and_its_file_goes_into_use(register):
    made = came(register, {})
    assert made.rows == [] and made.against == []
    got = cells(made)
    assert got["documents", 1, "status"] == "齐全" and got["documents", 1, "received_on"] == date(2026, 3, 19)
    assert NewValue("files", 0, "status", "在库", "待整理") in made.values


def test_a_paper_without_a_row_becomes_one_and_the_file_waits_for_the_others(register):
    made = came(register, {"file_no": "YG-1-1-102-01", "form": "复印", "checked_by": "钱一"})
    assert made.rows[0].values == {
        "doc_no": "C5", "file_no": "YG-1-1-102-01", "doc_type": "购房合同", "form": "复印件", "pages": 3, "copies": 1,
        "received_on": date(2026, 3, 19), "received_by": "G1", "status": "齐全", "checked_by": "G1",
    }  # fmt: skip
    assert made.values == []
    both = came(register, {"file_no": "YG-1-1-102-01"}, {"file_no": "YG-1-1-102-01", "doc_type": "业主登记表"})
    assert [v.value for v in both.values] == ["在库"] and len(both.rows) == 2


def test_a_house_means_the_file_of_its_present_owner(register):
    made = came(register, {"file_no": "", "house": "1-1-103", "doc_type": "装修申请"})
    assert made.rows[0].values["file_no"] == "YG-1-1-103-02" and made.against == []


def test_of_a_company_a_licence_does_for_the_document():
    register = draw(REGISTER.replace("业主登记表、购房合同", "身份证件复印件")).register()
    made = came(register, {"file_no": "YG-1-1-102-01", "doc_type": "营业执照"})
    assert [(v.sheet, v.row, v.value) for v in made.values] == [("files", 1, "在库")]
    made = came(register, {"file_no": "YG-1-1-101-01", "doc_type": "营业执照"})
    assert made.values == [] and len(made.rows) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"file_no": "YG-9"}, "没有这个档号"),
        ({"file_no": "YG-1-1-104-01"}, "已归档，不再收材料"),
        ({"file_no": "", "house": "9-9-901"}, "没有在用的档案"),
        ({"file_no": ""}, "没有写档号或房号"),
        ({"house": "1-1-102"}, "不是同一套房"),
        ({"doc_type": "图纸"}, "材料类型「图纸」"),
        ({"form": "影印"}, "形式「影印」"),
        ({"form": ""}, "没有写形式"),
        ({"copies": ""}, "没有写份数"),
        ({"pages": "0"}, "页数「0」"),
        ({"received": Signed()}, "没有写收件日期"),
        ({"received": on("昨天")}, "不是日期"),
        ({"received": on("2026-03-21")}, "在今天之后"),
        ({"received_by": ""}, "没有写收件人"),
        ({"received_by": "G9"}, "没有 G9"),
        ({"received_by": "G3"}, "没有「档案经办」权限"),
        ({"received_by": "G4"}, "不在职"),
        ({"form": "复印件"}, "没有写核对人"),
        ({"form": "复印件", "checked_by": "G3"}, "没有「档案经办」权限"),
        ({"doc_type": "业主登记表"}, "已登记有这种材料（C1）"),
    ],
)
def test_a_paper_that_says_too_little_or_too_much_is_told_with_its_line(register, line, words):
    made = came(register, line)
    assert made.rows == [] and made.values == [] and len(made.against) == 1
    assert "第 5 行" in made.against[0].zh and words in made.against[0].zh


def test_blank_lines_are_still_owed_and_a_list_read_twice_writes_nothing(register):
    nothing = {"form": "", "pages": "", "copies": "", "received": Signed(), "received_by": ""}
    assert [n.zh for n in came(register, nothing).notes] == ["1 行没有填写，仍算待补"]
    same = came(register, {"doc_type": "业主登记表", "pages": "2", "received": on("2026-01-02")})
    assert same.empty and [n.zh for n in same.notes] == ["1 行已登记过，未重复"]
    twice = came(register, {"doc_type": "装修申请"}, {"doc_type": "装修申请", "pages": "9"})
    assert len(twice.rows) == 1 and "只取第一行" in twice.against[0].zh
    named = came(register, {"doc_type": "业主登记表", "title": "共有人登记表"})
    assert named.rows[0].values["title"] == "共有人登记表"


def test_a_file_is_put_into_use_by_a_tick_only_when_nothing_is_missing(register):
    ticks = [Arranged(AT, n, "√") for n in ("YG-1-1-103-02", "YG-1-1-101-01", "YG-1-1-104-02", "YG-1-1-104-01")]
    made = came(register, arranged=[*ticks, Arranged(AT, "YG-1-1-102-01", "好")])
    assert cells(made) == {("files", 3, "status"): "在库"}
    assert [t.zh.rpartition("：")[2] for t in made.against] == [
        "还缺 购房合同，补齐后再改为在库",
        "档案状态现为 已归档，不改为在库",
        "「好」认不出；整理好的打 √",
    ]


def step(no="", file="YG-1-1-103-01", **more):
    return Step(AT, file, no, **more)


def asked(register, appraised=(), approved=(), executed=()):
    book = Whole(register)
    return disposed(book, list(appraised), list(approved), list(executed), DAY, Signers(book, person(register)))


APPRAISAL = {"opinion": "归档", "basis": "制度", "reason": "迁出", "by": "G2", "on": on("2026-03-10")}


def test_an_appraisal_becomes_a_disposal_that_waits_for_approval(register):
    made = asked(register, [step(**APPRAISAL)])
    assert made.against == [] and made.values == []
    assert made.rows[0].values["disposal_no"] == "Z2" and made.rows[0].values["appraised_on"] == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"file": "YG-9"}, "没有这个档号"),
        ({"file": "YG-1-1-104-02"}, "暂缓处置"),
        ({"file": "YG-1-1-101-01"}, "现在不能归档"),
        ({"file": "YG-1-1-104-03"}, "Z1（归档）还在办理"),
        ({"opinion": "销毁"}, "应为 归档 或 暂不归档"),
        ({"opinion": ""}, "没有写鉴定意见"),
        ({"by": "G3"}, "没有「审核」权限"),
        ({"on": Signed()}, "没有写鉴定日期"),
        ({"on": on("2026-01-15")}, "早于业主迁出"),
        ({"basis": ""}, "没有写处置依据"),
    ],
)
def test_an_appraisal_that_cannot_be_is_told(register, line, words):
    made = asked(register, [step(**(APPRAISAL | line))])
    assert made.empty and len(made.against) == 1 and words in made.against[0].zh


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"by": "G2"}, "批准人就是鉴定人"),
        ({"by": "G1"}, "没有「处置批准」权限"),
        ({"on": on("2026-03-01")}, "早于鉴定日期"),
        ({"on": on("2026-03-21")}, "在今天之后"),
        ({"on": Signed()}, "没有写批准日期"),
        ({"no": "Z9"}, "没有这个处置单号"),
        ({"file": "YG-1-1-103-01"}, "对不上"),
    ],
)
def test_an_approval_is_of_another_person_with_the_right_after_the_appraisal(register, line, words):
    plain = {"no": "Z1", "file": "YG-1-1-104-03", "by": "G3", "on": on("2026-03-05")}
    assert cells(asked(register, approved=[step(**plain)])) == {
        ("disposals", 0, "approved_by"): "G3",
        ("disposals", 0, "approved_on"): date(2026, 3, 5),
    }
    made = asked(register, approved=[step(**(plain | line))])
    assert made.empty and words in made.against[0].zh


def done(register_text: str, **line):
    plain = {"no": "Z1", "file": "YG-1-1-104-03", "on": on("2026-03-15")}
    return asked(draw(register_text).register(), executed=[step(**(plain | line))])


APPROVED = REGISTER.replace("G2 | 2026-03-02 | | |", "G2 | 2026-03-02 | G3 | 2026-03-05 |")


def test_an_archiving_is_carried_out_after_its_approval_and_only_once():
    assert cells(done(APPROVED)) == {("disposals", 0, "executed_on"): date(2026, 3, 15), ("files", 6, "status"): "已归档"}
    assert "早于批准日期" in done(APPROVED, on=on("2026-03-04")).against[0].zh
    assert "还没有批准" in done(REGISTER).against[0].zh
    executed = APPROVED.replace("G3 | 2026-03-05 |", "G3 | 2026-03-05 | 2026-03-15")
    again = done(executed)
    assert again.empty and again.notes[0].zh == "1 行已登记过，未重复"
    assert "日期与单上不同" in done(executed, on=on("2026-03-16")).against[0].zh
    assert "只执行归档" in done(APPROVED.replace("YG-1-1-104-03 | 归档", "YG-1-1-104-03 | 移交")).against[0].zh


def test_what_is_lent_is_not_archived_and_a_later_disposal_decides_the_state():
    lent = APPROVED + "\n借阅: 借阅单号 | 档号 | 借出日期 | 归还日期\nJ1 | YG-1-1-104-03 | 2026-03-01 |\n"
    assert "借出未还" in done(lent).against[0].zh
    more = APPROVED.replace("\n人员:", "Z2 | YG-1-1-104-03 | 归档 | 制度 | 迁出 | G2 | 2026-03-02 | G3 | 2026-03-05 | 2026-03-18\n\n人员:")
    made = done(more)
    assert cells(made) == {("disposals", 0, "executed_on"): date(2026, 3, 15)} and "仍按那一次" in made.notes[0].zh
