"""The plan of changes as a workbook: written for people, chosen in by them in any office program, read back."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "workbook")]
from office import saved  # noqa: E402

from ownerbook.jobs.plan_answers import read_choices  # noqa: E402
from ownerbook.jobs.workspace import Unusable  # noqa: E402
from ownerbook.reconcile.change import NOTHING, Change, Choice, Origin, Plan, Said  # noqa: E402
from ownerbook.reports.change_lines import change_lines  # noqa: E402
from ownerbook.reports.change_plan import HEADS, SHEET, write_change_plan  # noqa: E402
from ownerbook.reports.change_text import change_data, change_text  # noqa: E402
from ownerbook.schema.finding import Finding, Place  # noqa: E402
from ownerbook.schema.words import Text  # noqa: E402

DAY = date(2026, 11, 25)
FORM = Origin("form", "信息变更登记表_Y001.xlsx", "变更 Y001 第15行", "赵甲", date(2026, 11, 20), "a" * 64)
COPY = Origin("copy", "登记簿_小王.xlsx", "业主!G5", "王芳", None, "b" * 64)


def cell(record: str, field: str, base: str, ours: str, theirs: str, verdict: str = "safe", origin: Origin = FORM, **more: object) -> Change:
    why = Text("只有来件改了这一格", "only the incoming side changed this cell")
    said = [Said(t, t) if t else NOTHING for t in (base, ours, theirs)]
    return Change("cell", "owners", record, field, *said, origin, verdict, why, house="1-1-101", row=0, **more)  # type: ignore[arg-type]


def plan() -> Plan:
    new = {
        "owner_no": Said("Y090", "Y090"),
        "house_no": Said("1-1-201", "1-1-201"),
        "name": Said("周癸", "周癸"),
        "phone": Said("13900004321", "13900004321"),
    }
    return Plan(
        {"登记簿.xlsx": "c" * 64},
        [
            cell("Y001", "phone", "13900000001", "13900000001", "13900009999"),
            cell("Y002", "name", "赵乙", "赵乙", "赵义", "evidence", evidence="CL0010"),
            cell("Y003", "phone", "13900000003", "13900001111", "13900002222", "question", COPY),
            cell("Y003", "id_until", "2027-01-01", "2027-01-01", "2037-01-01", "question", COPY),
            Change("new", "owners", "Y090", "", None, None, Said("Y090", "Y090"), COPY, "question", Text("登记簿没有这一行", "no such row"), values=new),
            Change("unsure", "owners", "Y091", "", None, None, Said("Y091", "Y091"), COPY, "question", Text("对不上", "no partner"), values=new, candidates=("Y002", "Y003")),
            Change("gone", "owners", "Y004", "", Said("Y004", "Y004"), Said("Y004", "Y004"), None, COPY, "question", Text("副本里没有", "not in the copy"), house="1-1-301"),
        ],
        [FORM, COPY],
        already=3,
    )  # fmt: skip


def trouble(change: Change) -> dict[str, list[Finding]]:
    words = Text("{found:phone} 不是手机号", "{found:phone} is no mobile")
    place = Place("登记簿.xlsx", "业主", 2, 8)
    return {change.id: [Finding("E01", "error", place, "Y001", "联系电话", words, Text("", ""), {"found": "13900009999"})]}


def written(folder: Path, of: Plan, **more: object) -> Path:
    write_change_plan(folder / "变更方案.xlsx", of, as_of=DAY, workspace="试验", **more)  # type: ignore[arg-type]
    return folder / "变更方案.xlsx"


def at(path: Path, change: Change, head: str) -> str:
    """The cell of a change's line."""
    page = openpyxl.load_workbook(path)[SHEET]
    row = next(r for r in range(5, page.max_row + 1) if str(page.cell(r, len(HEADS) + 1).value).endswith(change.id))
    return f"{openpyxl.utils.get_column_letter([h for h, _ in HEADS].index(head) + 1)}{row}"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_what_people_choose_comes_back_from_any_office_program(tmp_path: Path, kind: str) -> None:
    of = plan()
    safe, paper, phone, until, new, unsure, gone = of.changes
    path = written(tmp_path, of)
    typed: dict[str, str | float] = {
        at(path, paper, "处理"): "采用",
        at(path, paper, "采用人"): "G002 孙二",
        at(path, phone, "处理"): "填写",
        at(path, phone, "填写的值"): "13900003333",
        at(path, until, "处理"): "填写",
        at(path, until, "填写的值"): "2036/12/31",
        at(path, unsure, "处理"): "采用",
        at(path, unsure, "填写的值"): "Y003",
        at(path, gone, "处理"): "保留",
    }
    back = read_choices(saved(path, {SHEET: typed}, kind, tmp_path))
    assert back.plan == of.id
    assert back.complaints == []
    assert back.choices == {
        safe.id: Choice("采用"),
        paper.id: Choice("采用", who="G002 孙二", evidence=paper.evidence),
        phone.id: Choice("填写", "13900003333"),
        until.id: Choice("填写", date(2036, 12, 31)),
        unsure.id: Choice("采用", partner="Y003"),
        gone.id: Choice("保留"),
    }
    assert new.id not in back.choices  # nothing was chosen: it waits


def test_nothing_is_taken_that_was_not_plainly_chosen(tmp_path: Path) -> None:
    of = plan()
    path = written(tmp_path, of)
    _, paper, phone, until, new, unsure, gone = of.changes
    book = openpyxl.load_workbook(path)
    page = book[SHEET]
    page[at(path, paper, "处理")] = "同意"
    page[at(path, phone, "处理")] = "填写"
    page[at(path, until, "填写的值")] = "2030-01-01"
    page[at(path, new, "处理")] = "采用"
    page[at(path, unsure, "处理")] = "采用"
    page[at(path, unsure, "填写的值")] = "新增"
    page[at(path, gone, "处理")] = "保留"
    page.cell(page[at(path, gone, "处理")].row, len(HEADS) + 1).value = "0" * 16 + "-" + gone.id
    book.save(path)
    back = read_choices(path)
    assert set(back.choices) == {of.changes[0].id, new.id, unsure.id}
    assert back.choices[unsure.id] == Choice("采用", note="新增")
    said = " ".join(c.zh for c in back.complaints)
    assert len(back.complaints) == 4
    for words in ("处理「同意」不在", "选了填写而没有写值", "写了值而没有选处理", "属于另一个方案"):
        assert words in said


def test_who_is_written_once_takes_every_line_that_names_nobody(tmp_path: Path) -> None:
    of = plan()
    path = written(tmp_path, of)
    top = at(path, of.changes[0], "处理").rstrip("0123456789") + "2"
    typed: dict[str, str | float] = {top: "G004", at(path, of.changes[1], "处理"): "采用", at(path, of.changes[1], "采用人"): "G002 孙二"}
    back = read_choices(saved(path, {SHEET: typed}, "ods", tmp_path))
    assert [back.choices[c.id].who for c in of.changes[:2]] == ["G004", "G002 孙二"]


def test_a_plan_is_known_when_its_properties_are_lost(tmp_path: Path) -> None:
    of = plan()
    path = written(tmp_path, of)
    book = openpyxl.load_workbook(path)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.save(path)
    assert read_choices(path).plan == of.id
    other = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(Unusable):
        read_choices(other)


def test_questions_come_first_and_only_safe_changes_without_errors_are_preset() -> None:
    of = plan()
    assert [n.change.verdict for n in change_lines(of)] == ["question"] * 5 + ["evidence", "safe"]
    assert [n.preset for n in change_lines(of)] == [""] * 6 + ["采用"]
    assert [n.preset for n in change_lines(of, trouble(of.changes[0]))] == [""] * 7


def test_the_plan_shows_no_number_in_full_unless_asked(tmp_path: Path) -> None:
    def texts(path: Path) -> str:
        return "\n".join(str(c.value) for page in openpyxl.load_workbook(path) for row in page.iter_rows() for c in row if c.value is not None)

    of = plan()
    brings = trouble(of.changes[0])
    masked = texts(written(tmp_path, of, problems=brings))
    assert "139****9999" in masked
    assert "E01" in masked
    for secret in ("13900009999", "13900002222", "13900004321", "赵义", "周癸", "赵甲"):
        assert secret not in masked, secret
        assert secret not in change_text(of, as_of=DAY, problems=brings)
        assert secret not in json.dumps(change_data(of, as_of=DAY, problems=brings), ensure_ascii=False)
    open_ = texts(written(tmp_path, of, problems=brings, masked=False))
    for shown in ("13900009999", "赵义", "周癸"):
        assert shown in open_
        assert shown in change_text(of, as_of=DAY, masked=False)
    assert "赵甲" in open_


def test_the_same_problem_at_many_places_is_told_once() -> None:
    of = plan()
    found = trouble(of.changes[0])[of.changes[0].id]
    line = change_lines(of, {of.changes[0].id: found * 11})[-1]
    assert line.problems == ("E01 139****9999 不是手机号（共 11 处）",)


def test_the_same_plan_is_the_same_file(tmp_path: Path) -> None:
    of = plan()
    first = written(tmp_path, of).read_bytes()
    assert written(tmp_path, of).read_bytes() == first


def test_new_rows_have_a_sheet_in_the_registers_own_columns(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path, plan()))
    assert book.sheetnames == [SHEET, "业主-新增", "说明"]
    assert [c.value for c in book["业主-新增"][1]] == ["序号", "业主编号", "房号", "姓名", "联系电话"]


def test_an_empty_plan_says_so(tmp_path: Path) -> None:
    of = Plan({"登记簿.xlsx": "c" * 64})
    assert "没有要处理的变更" in change_text(of, as_of=DAY)
    assert read_choices(written(tmp_path, of)).choices == {}


def test_the_terminal_text_says_what_where_from_and_why() -> None:
    of = plan()
    text = change_text(of, as_of=DAY, problems=trouble(of.changes[0]))
    for words in (
        "须选择 (5)",
        "139****1111 → 139****2222",
        "原值 139****0003",
        "可能是 Y002、Y003",
        "证明材料 CL0010",
        "新增问题 E01 139****9999",
        "另有 3 处",
        "少了一行",
    ):
        assert words in text, words
    assert "plan" in change_text(of, as_of=DAY, lang="en")
    assert "另有 3 项没有列出" in change_text(of, as_of=DAY, limit=2)
    data = change_data(of, as_of=DAY, masked=False)
    assert data["counts"] == {"question": 5, "evidence": 1, "safe": 1}
    assert data["changes"][-1]["theirs"] == "13900009999"
