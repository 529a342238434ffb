"""What a filled form may not say."""

from datetime import date

import pytest

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.filled_appraisal import Appraiser, Opinion, appraised
from ownerbook.deadlines.filled_audit import Audited, Ticked, TickedPaper, audited
from ownerbook.rules.pictures import draw
from ownerbook.schema.words import Text

DAY = date(2026, 10, 31)
REGISTER = """
今天 2026-12-31

业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态
Y1 | 1-1-101 | 2000-01-01 | 2016-02-29 | 原业主
Y2 | 1-1-102 | 2000-01-01 | 2020-02-29 | 原业主

档案: 档号 | 房号 | 业主编号 | 建档日期 | 建档人 | 保管期限 | 档案状态 | 上次审核日期
A1 | 1-1-101 | Y1 | 2020-01-05 | G1 | 10年 | 已归档 | 2026-11-05
A2 | 1-1-102 | Y2 | 2020-01-05 | G2 | 10年 | 已归档 |

材料: 材料编号 | 档号 | 页数 | 材料状态
C1 | A1 | 5 | 齐全
C2 | A1 | 5 | 待补
C3 | A1 | 5 | 缺页

审核: 审核单号 | 档号 | 审核日期 | 审核类型 | 审核结果

变更: 变更单号 | 对象表 | 审核结果

处置: 处置单号 | 档号 | 处置方式

人员: 工号 | 姓名 | 权限 | 入职日期
G1 | 钱一 | 档案经办 | 2018-01-02
G2 | 孙二 | 审核 | 2018-01-02
"""


@pytest.fixture
def book():
    return Whole(draw(REGISTER).register())


def tick(book, *, row=1, papers=(), **line):
    plain = {"place": Text("第 5 行", "row 5"), "file_no": "A1", "result": "不合格", "finding": "页数不符", "rectify_by": date(2026, 11, 30), "staff": "G1"}
    return audited(book, [Ticked(**(plain | line))], list(papers), Audited(DAY, "抽查", "G2", row), lambda text: 0 if text == "G1" else -1)


def test_a_finding_becomes_a_row_and_the_deadline_follows_from_policy_where_none_is_written(book):
    made = tick(book, rectify_by=None)
    assert made.against == [] and made.rows[0].values["rectify_by"] == date(2026, 11, 30)
    assert made.values == []  # audited later already


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"file_no": "A9"}, "没有这个档号"),
        ({"file_no": "A2"}, "建档人"),
        ({"result": "一般"}, "应为 合格 或 不合格"),
        ({"result": "合格", "marks": {"在位": "×"}}, "打了 ×"),
        ({"finding": ""}, "没有写问题描述"),
        ({"rectify_by": date(2026, 12, 1)}, "整改期限应在 2026-10-31 到 2026-11-30 之间"),
        ({"rectify_by": date(2026, 10, 30)}, "整改期限应在"),
        ({"rectify_by": None, "rectify_by_text": "下月"}, "不是日期"),
        ({"staff": ""}, "没有写整改责任人"),
        ({"staff": "某人"}, "认不出"),
    ],
)
def test_a_line_that_says_too_little_or_too_much_is_not_taken(book, line, words):
    made = tick(book, **line)
    assert made.rows == [] and made.values == [] and len(made.against) == 1
    assert words in made.against[0].zh


@pytest.mark.parametrize(
    ("paper", "changes"),
    [
        (("C1", "缺页", ""), [("status", "缺页")]),
        (("C3", "√", ""), [("status", "齐全")]),
        (("C1", "✓", ""), []),
        (("C1", "缺件", ""), [("status", "待补")]),
        (("C1", "相符", ""), []),
        (("C2", "相符", ""), []),  # what was to come is entered with its day and receiver, not ticked off
        (("C3", "相符", "5"), [("status", "齐全")]),
        (("C1", "", "4"), [("pages", 4)]),
        (("C1", "多出", ""), []),
    ],
)
def test_papers_are_corrected_as_counted(book, paper, changes):
    made = tick(book, papers=[TickedPaper(Text("第 6 行", "row 6"), *paper)])
    assert made.against == []
    assert [(v.field, v.value) for v in made.values] == changes


@pytest.mark.parametrize("paper", [("C9", "缺页", ""), ("C1", "缺页", "0"), ("C1", "也许", "")])
def test_a_paper_line_that_makes_no_sense_is_not_taken(book, paper):
    made = tick(book, papers=[TickedPaper(Text("第 6 行", "row 6"), *paper)])
    assert len(made.against) == 1 and made.values == []


def say(book, decision, row=1, **more):
    plain = {"place": Text("第 5 行", "row 5"), "file_no": "A1", "decision": decision, "basis": "制度", "reason": "期满"}
    return appraised(book, [Opinion(**(plain | more))], Appraiser("G2", row, "孙二"), DAY)


def test_what_is_not_over_is_not_destroyed_but_may_be_handed_over(book):
    assert say(book, "销毁").against == []
    assert say(book, "销毁", file_no="A2").against
    assert say(book, "移交", file_no="A2", receiver="档案馆").against == []


def test_who_holds_no_right_appraises_nothing(book):
    assert "没有「审核」权限" in say(book, "销毁", row=0).against[0].zh


@pytest.mark.parametrize(("until", "day", "value"), [("", None, "未定"), ("未定", None, "未定"), ("2027-01-31", date(2027, 1, 31), date(2027, 1, 31))])
def test_a_hold_ends_on_a_day_or_is_open(book, until, day, value):
    assert [v.value for v in say(book, "暂缓", until=until, until_day=day).values] == [value, "期满"]


def test_a_hold_that_is_past_holds_nothing(book):
    assert say(book, "暂缓", until="2026-10-30", until_day=date(2026, 10, 30)).against


AGAIN = REGISTER.replace(
    "审核: 审核单号 | 档号 | 审核日期 | 审核类型 | 审核结果\n",
    "审核: 审核单号 | 档号 | 审核日期 | 审核人 | 审核类型 | 审核结果\nS1 | A1 | 2026-10-30 | G2 | 抽查 | 合格\n",
)


def tick_again(result, opened, file_no="A1"):
    line = Ticked(Text("第 5 行", "row 5"), file_no, result, finding="页数不符", staff="G1")
    return audited(Whole(draw(AGAIN).register()), [line], [], Audited(DAY, "抽查", "G2", 1, opened), lambda text: 0)


def test_a_sheet_read_twice_makes_no_second_row():
    made = tick_again("合格", date(2026, 10, 28))
    assert made.rows == [] and made.against == [] and "已登记过" in made.notes[0].zh


def test_a_sheet_that_says_something_else_the_second_time_is_asked_about():
    made = tick_again("不合格", date(2026, 10, 28))
    assert made.rows == [] and "已登记为 S1（合格）" in made.against[0].zh


def test_a_sheet_printed_after_the_last_audit_is_a_new_one():
    assert [r.values["audit_no"] for r in tick_again("合格", date(2026, 10, 31)).rows] == ["S2"]


def test_a_line_that_stands_twice_counts_once(book):
    line = Ticked(Text("第 5 行", "row 5"), "A1", "合格")
    made = audited(book, [line, line], [], Audited(DAY, "抽查", "G2", 1), lambda text: 0)
    assert len(made.rows) == 1 and "两行" in made.against[0].zh


def test_who_may_not_audit_enters_nothing(book):
    made = audited(book, [Ticked(Text("第 5 行", "row 5"), "A2", "合格")], [], Audited(DAY, "抽查", "G1", 0), lambda text: 0)
    assert made.rows == [] and made.values == [] and "没有「审核」权限" in made.against[0].zh


@pytest.mark.parametrize(("mark", "taken"), [("√", True), ("✔", True), ("对", True), ("x", False), ("否", False), ("大概", False)])
def test_a_mark_is_read_as_people_write_it(book, mark, taken):
    made = tick(book, result="合格", marks={"在位": mark})
    assert bool(made.rows) is taken and bool(made.against) is not taken


@pytest.mark.parametrize(
    ("paper", "taken"),
    [(("C1", "", "4", "", "齐全", "5"), True), (("C1", "", "4", "", "齐全", "6"), False), (("C1", "", "5", "", "齐全", "6"), True)],
)
def test_a_paper_that_changed_since_the_sheet_was_printed_is_counted_again(book, paper, taken):
    made = tick(book, papers=[TickedPaper(Text("第 6 行", "row 6"), *paper)])
    assert (made.against == []) is taken


def test_a_list_read_twice_asks_for_no_second_disposal():
    text = REGISTER.replace("处置: 处置单号 | 档号 | 处置方式\n", "处置: 处置单号 | 档号 | 处置方式 | 鉴定日期 | 执行日期\nCZ1 | A1 | 销毁 | 2026-10-30 |\n")
    book = Whole(draw(text).register())
    again, other = say(book, "销毁"), say(book, "暂缓")
    assert again.rows == [] and again.against == [] and "已登记过" in again.notes[0].zh
    assert "处置 CZ1 还在办理" in other.against[0].zh
