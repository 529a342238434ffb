"""Answers of a problem workbook: each is held against the register, comes back told, and what holds on stays until it is over."""

from __future__ import annotations

import shutil
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "workbook")]
from office import saved  # noqa: E402
from registers import DAY, sheets, workspace  # noqa: E402

from ownerbook.cli.check import write_workbook  # noqa: E402
from ownerbook.jobs.answering import prune  # noqa: E402
from ownerbook.jobs.check import Checked, check  # noqa: E402
from ownerbook.jobs.deadlines import read, today_page  # noqa: E402
from ownerbook.jobs.reconciling import reconcile  # noqa: E402
from ownerbook.jobs.rounds import Went, go  # noqa: E402
from ownerbook.jobs.workspace import Workspace, open_workspace  # noqa: E402
from ownerbook.reconcile.change import Choice  # noqa: E402
from ownerbook.reports.annotated_copy import HEADER_ROW, MARKS, RECORD  # noqa: E402
from ownerbook.reports.answer_lines import AnswerLine  # noqa: E402
from ownerbook.storage import answer_store  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402
from ownerbook.storage.proving import examine  # noqa: E402
from ownerbook.workbook.filled_form import FormRow, read_form, tabs_of  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning", "ignore:Workbook contains no default style:UserWarning")

NOW = datetime(2026, 10, 31, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
Cells = dict[str, str | float]


def mistakes(*, waivers: bool = True) -> dict[str, list[dict[str, Any]]]:
    """Three houses: a use in another wording, a phone with spaces, a kind of document that is none, an inner area above the floor area."""
    tables = sheets(3)
    tables["房屋"][0]["房屋用途"] = "住房"
    tables["房屋"][2]["套内面积"] = 99.5
    tables["业主"][0]["联系电话"] = "1390000001"
    tables["业主"][1]["证件类型"] = "passport"
    if waivers:
        tables["豁免"] = [
            {"豁免编号": "HM001", "规则": "E06", "对象表": "业主", "对象编号": "Y999", "理由": "旧", "批准人": "G002", "截止日期": date(2026, 12, 31)}
        ]
    return tables


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return fresh(tmp_path / "小区")


def fresh(root: Path, tables: dict[str, list[dict[str, Any]]] | None = None) -> Workspace:
    workspace(root, tables if tables is not None else mistakes())
    (root / "收件箱").mkdir(exist_ok=True)
    return open_workspace([], root)


def checked(space: Workspace, day: date = DAY) -> Checked:
    return check(open_workspace([], space.root), day)


def listed(space: Workspace, folder: Path, *, lang: Any = "zh", masked: bool = True, day: date = DAY, name: str = "问题.xlsx") -> Path:
    """The problem workbook of the day."""
    return write_workbook(space, checked(space, day), folder / name, lang=lang, masked=masked)


def rows(path: Path) -> list[FormRow]:
    return read_form(path).sheets["问题清单"]


def answered(path: Path, answers: dict[tuple[str, str], tuple[str, ...]], *, who: str = "钱一", cells: dict[str, Cells] | None = None) -> Path:
    """The workbook with answers by rule and record, and with what is typed elsewhere, saved by another library."""
    book = openpyxl.load_workbook(path)
    page = book["问题清单"] if "问题清单" in book.sheetnames else book["Problems"]
    left = dict(answers)
    for row in page.iter_rows(min_row=5):
        key = (str(row[2].value).split()[0], str(row[4].value))
        if key in left:
            row[10].value, row[11].value = (*left.pop(key), None)[:2]
    assert not left
    page["L2"] = who
    for tab, typed in (cells or {}).items():
        for cell, value in typed.items():
            book[tab][cell] = value
    book.save(path)
    return path


def cell_of(path: Path, tab: str, record: str, header: str) -> str:
    """The cell of a record in an annotated copy."""
    page = openpyxl.load_workbook(path)[tab]
    column = next(c.column_letter for c in page[HEADER_ROW] if c.value == header)
    row = next(r[0].row for r in page.iter_rows(min_row=HEADER_ROW + 1) if record in {c.value for c in r})
    return f"{column}{row}"


def hand_in(space: Workspace, path: Path, day: date = DAY, *, answer: bool = True) -> Went:
    shutil.copy(path, space.root / "收件箱" / path.name)
    at = NOW + (day - DAY)
    return go(open_workspace([], space.root), day, at=at, by="G002", answer=answer)


def lines(went: Went) -> list[AnswerLine]:
    return [n for i in went.found.inbox.files for n in i.lines]


def outcomes(went: Went) -> dict[tuple[str, str], str]:
    return {(n.code, n.record): n.outcome for n in lines(went)}


PHONE, USE, KIND, AREA = ("E01", "Y001"), ("R06", "1-1-101"), ("R02", "Y002"), ("F05", "1-1-301")


def test_the_planted_mistakes_are_found(space: Workspace) -> None:
    assert {(f.code, f.record) for f in checked(space).findings} == {PHONE, USE, KIND, AREA}


def test_corrected_is_checked_at_once_counted_where_it_is_and_contradicted_where_it_is_not(space: Workspace, tmp_path: Path) -> None:
    path = answered(listed(space, tmp_path), {PHONE: ("已更正",), KIND: ("已更正",), AREA: ("已更正",)})
    tables = mistakes()
    tables["业主"][0]["联系电话"] = "13900000001"
    tables["业主"][1]["证件类型"] = "pasport"
    fresh(space.root, tables)
    went = hand_in(space, path)
    assert outcomes(went) == {PHONE: "solved", KIND: "stands", AREA: "stands"}
    told = {(n.code, n.record): n.say() for n in lines(went)}
    assert "登记簿里现在是「pasport」" in told[KIND]
    assert "登记簿里还是「99.5」，没有改" in told[AREA]
    assert "已解决 1；已更正，查过仍未改好 2" in went.found.inbox.files[0].notes[0].zh
    assert went.reply is not None
    back = {(r.text("规则").split()[0], r.text("记录")): r for r in rows(went.reply)}
    assert set(back) == {USE, KIND, AREA}
    assert "2026-10-31 答「已更正」（钱*）" in back[AREA].text("哪里不对")
    assert back[AREA].text("状态").startswith("仍未改好")
    assert back[USE].text("状态") == "未解决"
    page = openpyxl.load_workbook(went.reply)["未采用"]
    assert sorted(r[5] for r in page.iter_rows(min_row=5, values_only=True)) == ["业主 Y002 证件类型", "房屋 1-1-301 套内面积"]


def test_a_waiver_needs_a_reason_and_a_right_and_holds_from_the_next_check(space: Workspace, tmp_path: Path) -> None:
    path = answered(listed(space, tmp_path), {AREA: ("豁免", "复式，图纸如此，至2027年6月底"), KIND: ("豁免",)})
    went = hand_in(space, path)
    assert outcomes(went) == {AREA: "waiver", KIND: "refused"}
    (change,) = went.found.plan.changes
    assert (change.sheet, change.verdict, change.kind) == ("waivers", "question", "new")
    said = {f: s.text for f, s in change.values.items()}
    assert said == {"rule": "F05", "sheet": "房屋", "record": "1-1-301", "reason": "复式，图纸如此，至2027年6月底", "until": "2027-06-30"}
    refused = taken(space, went, "G001")
    assert "豁免须由有「审核」或「处置批准」权限的人批准" in refused.applied[0].left[0][1].zh
    done = taken(space, refused, "G002")
    assert len(done.applied[0].taken) == 1
    assert {(f.code, f.record): f.state for f in checked(space).findings}[AREA] == "waived"
    book = openpyxl.load_workbook(space.root / "登记簿.xlsx")["豁免"]
    last = [c.value for c in list(book.iter_rows())[-1]][:7]
    assert last[:6] == ["HM002", "F05", "房屋", "1-1-301", "复式，图纸如此，至2027年6月底", "G002"]
    assert last[6].date() == date(2027, 6, 30)
    assert examine(space.root).troubles == []


def taken(space: Workspace, went: Went, who: str, value: str = "") -> Went:
    """Everything in the plan is chosen by somebody, and the plan comes back. value: written beside each choice."""
    assert went.path is not None
    book = openpyxl.load_workbook(went.path)
    page = book["变更方案"]
    page["P2"] = who
    for row in page.iter_rows(min_row=5):
        row[15].value, row[16].value = "采用", value or None
    back = space.root / "收件箱" / f"方案 {who}.xlsx"
    book.save(back)
    return go(open_workspace([], space.root), DAY, at=NOW, by="G002")


def test_without_a_sheet_for_waivers_it_is_said_what_to_do(tmp_path: Path) -> None:
    space = fresh(tmp_path / "小区", mistakes(waivers=False))
    went = hand_in(space, answered(listed(space, tmp_path), {AREA: ("豁免", "图纸如此")}))
    (line,) = lines(went)
    assert line.outcome == "refused"
    assert "ownerbook template 豁免" in line.advise()
    assert went.found.plan.changes == []


def test_a_waiver_without_a_day_asks_the_same_every_day(space: Workspace, tmp_path: Path) -> None:
    path = answered(listed(space, tmp_path), {AREA: ("豁免", "图纸如此")})
    first = hand_in(space, path)
    (asked,) = first.found.plan.changes
    assert asked.values["until"].text == "2027-10-31"
    assert "没有写截止日期，按一年" in asked.why.zh
    (later,) = reconcile(open_workspace([], space.root), DAY + timedelta(9), at=NOW + timedelta(9)).plan.changes
    assert later.id == asked.id
    past = answered(listed(space, tmp_path, name="过期.xlsx"), {AREA: ("豁免", "图纸如此，到2026-01-31为止")})
    (line,) = lines(hand_in(space, past))
    assert "已经过去" in line.say()


def test_what_is_to_be_verified_stays_with_note_asker_and_age_until_it_is_over(space: Workspace, tmp_path: Path) -> None:
    phone = "等13900000009回电"
    went = hand_in(space, answered(listed(space, tmp_path), {PHONE: ("待核实", phone), AREA: ("待核实", "查图纸")}))
    assert outcomes(went) == {PHONE: "waits", AREA: "waits"}
    later = DAY + timedelta(5)
    path = listed(space, tmp_path, day=later, name="五天后.xlsx")
    shown = {(r.text("规则").split()[0], r.text("记录")): r for r in rows(path)}[PHONE]
    assert shown.text("状态").split("\n") == ["待核实", "5天", "钱*"]
    assert (shown.text("处理"), shown.text("备注")) == ("待核实", "等139****0009回电")
    assert "待核实 2 条，最久 5 天" in {c.value for row in openpyxl.load_workbook(path)["概览"] for c in row}
    again = hand_in(space, answered(path, {}, who="孙二"), later)  # handed in as it was made
    assert outcomes(again) == {PHONE: "kept", AREA: "kept"}
    kept = {a.code: a for a in answer_store.load(space.root).answers}
    assert (kept["E01"].since, kept["E01"].who, kept["E01"].note) == (DAY, "钱一", phone)
    page = today_page(space, read(space, later))
    assert [i.about.zh for i in page.items if i.kind == "answers"] == ["问题清单里待核实 2 条，最久 5 天"]
    assert page.report.notes[0].zh == "问题清单里待核实 2 条，最久 5 天"
    tables = mistakes()
    tables["房屋"][2]["套内面积"] = 70
    fresh(space.root, tables)
    assert [a.code for a in prune(space, checked(space, later), at=NOW)] == ["E01"]
    other = hand_in(space, answered(listed(space, tmp_path, day=later, name="豁免.xlsx"), {PHONE: ("豁免", "号码属实")}), later)
    assert outcomes(other) == {PHONE: "waiver"}
    assert answer_store.load(space.root).answers == []
    assert examine(space.root).troubles == []


def test_nothing_that_staff_wrote_stands_in_the_journal_itself(space: Workspace, tmp_path: Path) -> None:
    hand_in(space, answered(listed(space, tmp_path), {PHONE: ("待核实", "等赵甲回电")}, who="钱一"))
    (entry,) = Journal(space.root).entries(answer_store.ENTRY)
    assert "赵甲" not in str(entry.data)
    assert "钱一" not in str(entry.data)
    assert "Y001" not in str(entry.data)
    assert Journal(space.root).detail_of(entry)["answers"]
    (space.root / ".ownerbook" / answer_store.FILE).write_text('{"upto": 99, "entry": 1}', "utf-8")
    assert "answers.json" in " ".join(t.zh for t in examine(space.root).troubles)
    assert [a.note for a in answer_store.load(space.root).answers] == ["等赵甲回电"]


def test_an_unread_workbook_ends_no_answer_and_confirms_none(space: Workspace, tmp_path: Path) -> None:
    path = answered(listed(space, tmp_path), {PHONE: ("待核实", "问过")})
    hand_in(space, path)
    mended = answered(listed(space, tmp_path, name="b.xlsx"), {PHONE: ("已更正",)})
    tables = sheets(3)
    (space.root / "登记簿.xlsx").write_bytes(b"PK\x03\x04 half")
    for name in ("房屋", "业主"):
        tables.pop(name)
    workspace(space.root / "别处", tables)
    (space.root / "别处" / "ownerbook.toml").unlink()
    went = hand_in(space, mended)
    assert outcomes(went) == {PHONE: "refused"}
    assert [a.code for a in prune(space, checked(space), at=NOW)] == ["E01"]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_cell_corrected_in_the_copy_is_asked_whatever_was_sorted_and_saved(space: Workspace, tmp_path: Path, kind: str) -> None:
    path = listed(space, tmp_path)
    typed: dict[str, Cells] = {
        "业主": {cell_of(path, "业主", "Y001", "联系电话"): "13900000088"},
        "房屋": {cell_of(path, "房屋", "1-1-301", "套内面积"): 70, cell_of(path, "房屋", "1-1-201", "交房日期"): "2026-08-11"},
    }
    back = saved(path, typed, kind, tmp_path)
    went = hand_in(space, back)
    assert {(c.sheet, c.record, c.field): (c.theirs.value, c.verdict) for c in went.found.plan.changes if c.theirs} == {
        ("owners", "Y001", "phone"): ("13900000088", "safe"),
        ("houses", "1-1-301", "inner_area"): (70, "safe"),
        ("houses", "1-1-201", "handover_on"): (date(2026, 8, 11), "safe"),
    }
    assert [n.outcome for n in lines(went)] == ["asked"] * 3


def test_a_problem_workbook_handed_in_untouched_asks_nothing(space: Workspace, tmp_path: Path) -> None:
    went = hand_in(space, listed(space, tmp_path, masked=False))
    assert (went.found.plan.changes, lines(went), went.reply) == ([], [], None)


def test_rows_of_the_copy_may_be_sorted_and_columns_moved(space: Workspace, tmp_path: Path) -> None:
    path = listed(space, tmp_path)
    book = openpyxl.load_workbook(path)
    page = book["业主"]
    values = [[c.value for c in row] for row in page.iter_rows(min_row=HEADER_ROW)]
    phone = values[0].index("联系电话")
    next(row for row in values if "Y001" in row)[phone] = "13900000088"
    order = list(range(len(values[0])))[::-1]
    for r, row in enumerate([values[0], *values[:0:-1]], HEADER_ROW):
        for c, source in enumerate(order, 1):
            page.cell(r, c).value = row[source]
    page.delete_cols(values[0].index("题名") + 1 if "题名" in values[0] else order.index(values[0].index("证件有效期至")) + 1)
    book.save(path)
    (change,) = hand_in(space, path).found.plan.changes
    assert (change.record, change.field, change.theirs and change.theirs.text) == ("Y001", "phone", "13900000088")


def test_a_copy_is_merged_with_what_the_register_has_become(space: Workspace, tmp_path: Path) -> None:
    path = listed(space, tmp_path)
    typed: Cells = {cell_of(path, "业主", "Y001", "联系电话"): "13900000088", cell_of(path, "业主", "Y003", "联系电话"): "13900000099"}
    answered(path, {}, cells={"业主": typed})
    tables = mistakes()
    tables["业主"].insert(0, tables["业主"].pop())  # rows moved
    next(o for o in tables["业主"] if o["业主编号"] == "Y001")["联系电话"] = "13900000077"
    next(o for o in tables["业主"] if o["业主编号"] == "Y002")["联系电话"] = "13900000066"
    fresh(space.root, tables)
    found = {(c.record, c.field): c for c in hand_in(space, path).found.plan.changes}
    assert set(found) == {("Y001", "phone"), ("Y003", "phone")}
    assert found["Y001", "phone"].verdict == "question"
    assert "变过" in found["Y001", "phone"].why.zh
    assert found["Y003", "phone"].verdict == "safe"


def test_a_correction_that_is_still_wrong_or_masked_or_a_new_row_is_contradicted(space: Workspace, tmp_path: Path) -> None:
    path = listed(space, tmp_path)
    last = openpyxl.load_workbook(path)["房屋"].max_row + 1
    cells: dict[str, Cells] = {
        "业主": {cell_of(path, "业主", "Y001", "联系电话"): "139****0001", cell_of(path, "业主", "Y002", "证件类型"): "pasport"},
        "房屋": {cell_of(path, "房屋", "1-1-301", "套内面积"): 98, f"C{last}": "1-1-901"},
    }
    went = hand_in(space, answered(path, {}, cells=cells))
    assert went.found.plan.changes == []
    said = sorted((n.table, n.record, n.header, n.say()) for n in lines(went))
    assert [s[:3] for s in said] == [
        ("houses", "", ""), ("houses", "1-1-301", "套内面积"), ("owners", "Y001", "联系电话"), ("owners", "Y002", "证件类型"),
    ]  # fmt: skip
    assert "副本里新加的行没有采用" in said[0][3]
    assert "改成「98」后仍有问题（F05）" in said[1][3]
    assert "星号" in said[2][3]
    assert "改成「pasport」后仍有问题（R02）" in said[3][3]


def test_corrected_in_the_copy_is_no_contradiction_and_two_values_for_a_cell_are(space: Workspace, tmp_path: Path) -> None:
    path = listed(space, tmp_path)
    cells: dict[str, Cells] = {
        "业主": {cell_of(path, "业主", "Y001", "联系电话"): "13900000088"},
        "房屋": {cell_of(path, "房屋", "1-1-101", "房屋用途"): "商铺"},
    }
    went = hand_in(space, answered(path, {PHONE: ("已更正",), USE: ("采纳建议",)}, cells=cells))
    assert [c.field for c in went.found.plan.changes] == ["phone"]
    by_answer = {(n.code, n.answer): n for n in lines(went)}
    assert by_answer["E01", "已更正"].outcome == "asked"
    assert "改在了批注副本里" in by_answer["E01", "已更正"].say()
    assert by_answer["R06", "采纳建议"].outcome == "refused"
    assert sum("副本里又改成另一个值" in n.say() for n in lines(went)) == 2


def test_lists_that_contradict_each_other_decide_nothing_and_the_same_answer_twice_is_one(space: Workspace, tmp_path: Path) -> None:
    made = listed(space, tmp_path)
    a = answered(Path(shutil.copy(made, tmp_path / "甲.xlsx")), {USE: ("采纳建议",), AREA: ("豁免", "图纸如此"), PHONE: ("待核实", "问")}, who="钱一")
    b = answered(Path(shutil.copy(made, tmp_path / "乙.xlsx")), {USE: ("待核实", "再看"), AREA: ("豁免", "图纸如此"), PHONE: ("待核实", "问")}, who="孙二")
    shutil.copy(a, space.root / "收件箱")
    went = hand_in(space, b)
    changes = {c.sheet: c for c in went.found.plan.changes}
    assert set(changes) == {"houses", "waivers"}
    assert changes["houses"].verdict == "question"
    assert "另一份清单对这个问题答得不一样" in changes["houses"].why.zh
    assert {"甲.xlsx", "乙.xlsx"} == set(changes["waivers"].origin.name.split("、"))
    assert any("几份清单答得不一样" in n.zh for n in went.found.notes)
    assert sorted((a.code, a.note) for a in answer_store.load(space.root).answers) == [("E01", "问"), ("R06", "再看")]


def test_a_list_of_another_workspace_and_hidden_ids_that_are_lost_are_refused(space: Workspace, tmp_path: Path) -> None:
    other = fresh(tmp_path / "别处")
    foreign = hand_in(space, answered(listed(other, tmp_path, name="外来.xlsx"), {PHONE: ("已更正",), USE: ("采纳建议",)}))
    (line,) = lines(foreign)
    assert "不是本工作区制作的" in line.say()
    path = answered(listed(space, tmp_path), {PHONE: ("已更正",), KIND: ("改好了",), AREA: ("", "看看")})
    book = openpyxl.load_workbook(path)
    for row in book["问题清单"].iter_rows(min_row=5):
        if row[4].value == "Y001":
            row[12].value = None
    book.save(path)
    said = {n.row: n.say() for n in lines(hand_in(space, path))}
    assert sorted(s.partition("「")[0].partition("或")[0] for s in said.values()) == ["写了备注而没有选处理", "处理", "隐藏的编号没有了"]


def test_an_english_workbook_comes_back_in_the_same_way(space: Workspace, tmp_path: Path) -> None:
    path = listed(space, tmp_path, lang="en")
    typed: Cells = {cell_of(path, "业主", "Y002", "证件类型"): "护照"}
    went = hand_in(space, answered(path, {PHONE: ("to be verified", "call"), USE: ("take suggestion",), AREA: ("corrected",)}, cells={"业主": typed}))
    assert outcomes(went) == {PHONE: "waits", USE: "asked", AREA: "stands", ("", "Y002"): "asked"}
    (kept,) = (a for a in answer_store.load(space.root).answers if a.answer == "待核实")
    assert (kept.who, kept.note) == ("钱一", "call")


def test_marks_tell_nothing_and_are_the_same_for_the_same_workbook(space: Workspace, tmp_path: Path) -> None:
    from ownerbook.schema.cells import Pool, Styles
    from ownerbook.workbook.reading import read_book

    marks = []
    for name in ("a.xlsx", "b.xlsx"):
        pool = Pool()
        book = read_book(listed(space, tmp_path, name=name), pool=pool, styles=Styles())
        marks.append([r.text(MARKS) for tab in tabs_of(book, pool, ("原位置",)) for r in tab.rows])
    assert marks[0] == marks[1]
    assert not any("_" in m or "1390000" in m for m in marks[0])
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["业主"]
    hidden = {n for d in page.column_dimensions.values() if d.hidden for n in range(d.min, d.max + 1)}
    assert {c.column for c in page[HEADER_ROW] if c.value in (RECORD, MARKS)} <= hidden


def test_a_plan_of_a_waiver_that_was_declined_is_not_asked_again(space: Workspace, tmp_path: Path) -> None:
    from ownerbook.jobs.applying import apply, find

    went = hand_in(space, answered(listed(space, tmp_path), {AREA: ("豁免", "图纸如此"), USE: ("采纳建议",)}))
    now = open_workspace([], space.root)
    (waiver,) = (c for c in went.found.plan.changes if c.sheet == "waivers")
    apply(now, find(now, went.found.plan.id), {waiver.id: Choice("保留", who="G002")}, DAY, at=NOW, by="G002")
    assert [c.sheet for c in reconcile(now, DAY, at=NOW).plan.changes] == ["houses"]


def night(space: Workspace, day: date) -> None:
    from ownerbook.jobs.nightly import run_night

    outcome = run_night(space.root, day.isoformat(), NOW + (day - DAY), space.root.parent / "scratch")
    assert outcome.state == "ok", outcome.error.zh


def test_a_night_takes_the_answers_and_tells_in_its_own_problem_workbook(space: Workspace, tmp_path: Path) -> None:
    path = answered(listed(space, tmp_path), {PHONE: ("待核实", "等回电"), AREA: ("已更正",), KIND: ("豁免",)})
    shutil.copy(path, space.root / "收件箱")
    night(space, DAY)
    made = space.root / "检查结果" / "问题清单_2026-10-31.xlsx"
    assert not list((space.root / "检查结果").glob("*答复*"))
    page = openpyxl.load_workbook(made)["未采用"]
    assert sorted(r[0] for r in page.iter_rows(min_row=5, values_only=True)) == ["已更正，查过仍未改好", "没有采用"]
    assert {r.text("状态").split("\n")[0] for r in rows(made)} == {"未解决", "待核实", "仍未改好"}
    today = openpyxl.load_workbook(space.root / "检查结果" / "今日待办_2026-10-31.xlsx")
    assert any("待核实 1 条，最久 0 天" in str(c.value) for sheet in today for row in sheet.iter_rows() for c in row)
    tables = mistakes()
    tables["业主"][0]["联系电话"] = "13900000001"
    fresh(space.root, tables)
    night(space, DAY + timedelta(1))
    assert [a.answer for a in answer_store.load(space.root).answers] == ["已更正"]
    night(space, DAY + timedelta(2))
    told = {n: "未采用" in openpyxl.load_workbook(space.root / "检查结果" / f"问题清单_2026-11-0{n}.xlsx").sheetnames for n in (1, 2)}
    assert told == {1: True, 2: False}
    assert examine(space.root).troubles == []


def test_a_list_of_which_nothing_is_left_to_choose_is_not_read_again(space: Workspace, tmp_path: Path) -> None:
    from ownerbook.storage import plans

    hand_in(space, answered(listed(space, tmp_path), {PHONE: ("待核实", "等回电"), AREA: ("已更正",)}))
    assert plans.open_plans(space.root)[0] == []
    went = hand_in(space, answered(listed(space, tmp_path, name="豁免.xlsx"), {AREA: ("豁免", "图纸如此")}))
    assert [list(k.files) for k in plans.open_plans(space.root)[0]] == [["豁免.xlsx"]]
    taken(space, went, "G002")
    reconcile(open_workspace([], space.root), DAY, at=NOW)
    assert plans.open_plans(space.root)[0] == []


def test_the_month_counts_what_was_being_verified_at_its_end(space: Workspace, tmp_path: Path) -> None:
    hand_in(space, answered(listed(space, tmp_path), {PHONE: ("待核实", "等回电"), AREA: ("已更正",)}))
    journal = Journal(space.root)
    assert [answer_store.verifying(journal, DAY + timedelta(d)) for d in (-1, 0, 30)] == [0, 1, 1]


def test_rows_that_lie_apart_from_their_hidden_ids_and_copied_rows_are_refused(space: Workspace, tmp_path: Path) -> None:
    path = answered(listed(space, tmp_path), {USE: ("采纳建议",), AREA: ("待核实", "问")})
    book = openpyxl.load_workbook(path)
    page = book["问题清单"]
    ids = {str(r[4].value): r[12].value for r in page.iter_rows(min_row=5)}
    for row in page.iter_rows(min_row=5):  # sorted without its hidden columns
        if row[4].value in ("1-1-101", "1-1-301"):
            row[12].value = ids[{"1-1-101": "1-1-301", "1-1-301": "1-1-101"}[row[4].value]]
    copy = book["业主"]
    width, last = copy.max_column, copy.max_row
    for c in range(1, width + 1):
        copy.cell(last + 1, c).value = copy.cell(last, c).value
    heads = [c.value for c in copy[HEADER_ROW]]
    copy.cell(last + 1, heads.index("联系电话") + 1).value = "13900000088"
    book.save(path)
    went = hand_in(space, path)
    assert went.found.plan.changes == []
    said = [n.say() for n in lines(went)]
    assert sum("错位" in s for s in said) == 2
    assert sum("出现了几次" in s for s in said) == 1


def test_a_copy_that_was_sorted_without_its_marks_is_refused_as_a_whole(tmp_path: Path) -> None:
    tables = sheets(20)
    tables["业主"][0]["联系电话"] = "1390000001"
    space = fresh(tmp_path / "小区", tables)
    path = listed(space, tmp_path)
    book = openpyxl.load_workbook(path)
    page = book["业主"]
    width = [c.value for c in page[HEADER_ROW]].index(RECORD)
    values = [[c.value for c in row[:width]] for row in page.iter_rows(min_row=HEADER_ROW + 1)]
    for r, row in enumerate(values[::-1], HEADER_ROW + 1):
        for c, value in enumerate(row, 1):
            page.cell(r, c).value = value
    book.save(path)
    went = hand_in(space, path)
    assert went.found.plan.changes == []
    (line,) = lines(went)
    assert "整页没有采用" in line.say()


def test_the_filters_buttons_sort_the_hidden_columns_too(space: Workspace, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(listed(space, tmp_path))
    for name in ("问题清单", "业主"):
        last = max(c.column for c in book[name][HEADER_ROW] if c.value)
        letter = openpyxl.utils.get_column_letter(last)
        assert book[name].auto_filter.ref.split(":")[1].startswith(letter)


def test_a_renamed_list_is_still_one(space: Workspace, tmp_path: Path) -> None:
    path = answered(listed(space, tmp_path), {PHONE: ("待核实", "问")})
    book = openpyxl.load_workbook(path)
    book["问题清单"].title = "王芳的清单"
    book["业主"].title = "业主(改)"
    book["业主(改)"][cell_of(path, "业主", "Y002", "证件类型")] = "护照"
    book.save(path)
    assert outcomes(hand_in(space, path)) == {PHONE: "waits", ("", "Y002"): "asked"}


def test_what_was_not_taken_is_told_also_where_the_program_stopped_before_it_wrote_back(space: Workspace, tmp_path: Path) -> None:
    hand_in(space, answered(listed(space, tmp_path), {KIND: ("豁免",)}), answer=False)
    hand_in(space, answered(listed(space, tmp_path, name="b.xlsx"), {PHONE: ("采纳建议",)}), answer=False)
    page = openpyxl.load_workbook(listed(space, tmp_path, name="下一份.xlsx"))["未采用"]
    assert page["A2"].value == "收到 2 条处理：没有采用 2"
    why = {r[5]: (r[6], r[7]) for r in page.iter_rows(min_row=5, values_only=True)}
    assert why["业主 Y002 证件类型"] == ("豁免没有写理由", "请在「备注」写明理由，可写到哪天为止")
    assert why["业主 Y001 联系电话"][0] == "这个问题没有建议值"


def test_who_approves_a_waiver_may_name_another_last_day(space: Workspace, tmp_path: Path) -> None:
    went = hand_in(space, answered(listed(space, tmp_path), {AREA: ("豁免", "图纸如此")}))
    unread = taken(space, went, "G002", "以后再说")
    assert [why.zh for _, why in unread.applied[0].left] == ["这个值读不懂，不能写入这一列"]
    done = taken(space, unread, "G002", "2026年12月31日")
    assert len(done.applied[0].taken) == 1
    last = list(openpyxl.load_workbook(space.root / "登记簿.xlsx")["豁免"].iter_rows(values_only=True))[-1]
    assert last[6].date() == date(2026, 12, 31)


def test_a_later_list_that_answers_otherwise_makes_a_question_and_what_was_printed_does_not(space: Workspace, tmp_path: Path) -> None:
    first = hand_in(space, answered(listed(space, tmp_path, name="甲.xlsx"), {USE: ("采纳建议",), PHONE: ("待核实", "问")}))
    assert [c.verdict for c in first.found.plan.changes] == ["safe"]
    printed = listed(space, tmp_path, name="乙.xlsx")  # 待核实 stands there already
    mended: dict[str, Cells] = {"业主": {cell_of(printed, "业主", "Y001", "联系电话"): "13900000088"}}
    hand_in(space, answered(Path(shutil.copy(printed, tmp_path / "丙.xlsx")), {PHONE: ("已更正",)}, cells=mended))
    second = hand_in(space, answered(printed, {USE: ("待核实", "再看")}, who="孙二"))
    assert {c.field: c.verdict for c in second.found.plan.changes} == {"use": "question", "phone": "safe"}
    assert [(a.code, a.note) for a in answer_store.load(space.root).answers] == [("R06", "再看")]


def test_what_was_printed_as_to_be_verified_says_nothing_once_the_problem_is_gone(space: Workspace, tmp_path: Path) -> None:
    hand_in(space, answered(listed(space, tmp_path), {PHONE: ("待核实", "问")}))
    printed = listed(space, tmp_path, name="乙.xlsx")
    tables = mistakes()
    tables["业主"][0]["联系电话"] = "13900000001"
    fresh(space.root, tables)
    went = hand_in(space, printed)
    assert outcomes(went) == {PHONE: "kept"}
    assert went.reply is None


def test_a_cell_that_cannot_be_written_by_itself_is_told_before_anybody_chooses(space: Workspace) -> None:
    from dataclasses import replace

    from ownerbook.jobs.accepted import nowhere

    table = checked(space).register.tables["owners"]
    phone, until = table.sheet.by_field["phone"], table.sheet.by_field["id_until"]
    assert nowhere(table, phone, 0) is None
    (source,) = table.sources
    table.sources[0] = replace(source, parts=frozenset({"phone"}), columns={f: c for f, c in source.columns.items() if f != "id_until"})
    assert "不止这一项" in str(nowhere(table, phone, 0))
    assert "没有这一列" in str(nowhere(table, until, 0))


def test_the_whole_journal_is_not_read_for_the_answers_every_time(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for n in range(answer_store.LOOK_AGAIN):
        journal.append("night", {"n": n}, at=NOW)
    assert answer_store.load(tmp_path).answers == []
    assert answer_store.pointer(tmp_path) == (0, 0)  # reading writes nothing
    answer_store.refresh(tmp_path)
    assert answer_store.pointer(tmp_path) == (answer_store.LOOK_AGAIN, 0)
    (journal.folder / "000005.json").unlink()
    assert answer_store.load(tmp_path).answers == []
