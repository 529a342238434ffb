"""The inbox: every file is said to be what it is; what is being saved is left; what was taken is put away and never deleted."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "workbook")]
from office import saved  # noqa: E402
from registers import DAY, sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.adopt import look_at  # noqa: E402
from ownerbook.jobs.copying import chosen, copy  # noqa: E402
from ownerbook.jobs.forms import Wanted, write_form  # noqa: E402
from ownerbook.jobs.inbox import Inbox, look, put_away, told  # noqa: E402
from ownerbook.jobs.incoming import Incoming  # noqa: E402
from ownerbook.jobs.reading import Read, read_register  # noqa: E402
from ownerbook.jobs.sorting import Sorter  # noqa: E402
from ownerbook.jobs.workspace import Workspace, open_workspace  # noqa: E402
from ownerbook.reconcile.change import Plan  # noqa: E402
from ownerbook.storage import layouts, plans  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402
from ownerbook.storage.versions import Versions  # noqa: E402
from ownerbook.workbook.filled_form import read_form  # noqa: E402

NOW = datetime(2026, 10, 31, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    root = workspace(tmp_path / "小区", sheets(20))
    (root / "收件箱").mkdir()
    return open_workspace([], root)


def read(space: Workspace) -> Read:
    return read_register(open_workspace([], space.root), DAY)


def drop(space: Workspace, path: Path, name: str = "") -> Path:
    return Path(shutil.copy(path, space.root / "收件箱" / (name or path.name)))


def seen(space: Workspace) -> Inbox:
    return look(space, read(space))


def one(space: Workspace) -> Incoming:
    found = seen(space)
    assert found.left == []
    (only,) = found.files
    return only


def owner_cell(found: Incoming, header: str, key: str) -> str:
    assert found.register is not None
    table = found.register.tables["owners"]
    row = next(r for r in range(len(table)) if table.found("owner_no", r) == key)
    return table.found(header, row)


def out_to_wang(space: Workspace, folder: Path) -> Path:
    result = copy(space, read(space), chosen(space, read(space), ["业主"]), folder / "王芳的副本.xlsx", to="王芳", at=NOW)
    return result.done[0].path


def column(path: Path, tab: str, header: str) -> str:
    page = openpyxl.load_workbook(path)[tab]
    return next(c.column_letter for c in page[1] if c.value == header)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_stamped_copy_sorted_and_edited_in_an_office_program_is_known_with_its_base(space: Workspace, tmp_path: Path, kind: str) -> None:
    base = (space.root / "登记簿.xlsx").read_bytes()
    path = out_to_wang(space, tmp_path)
    phone = column(path, "业主", "联系电话")
    back = saved(path, {"业主": {f"{phone}2": "13900007777"}}, kind, tmp_path, sort={"业主": 0})
    tables = sheets(20)
    tables["业主"][5]["联系电话"] = "13900001234"  # the register moves on meanwhile
    workspace(space.root, tables)
    drop(space, back)
    found = one(space)
    assert found.kind == "copy"
    assert found.complete
    assert found.base == {"登记簿.xlsx": found.base["登记簿.xlsx"]}
    assert Versions(space.root).read(found.base["登记簿.xlsx"]) == base
    assert found.origin.who == "王芳"
    assert owner_cell(found, "phone", "Y001") == "13900007777"
    assert found.base_register is not None
    assert len(found.base_register.tables["owners"]) == 20
    assert "底本是 2026-10-31 发给王芳的 登记簿.xlsx" in found.notes[0].zh


def test_a_copy_without_a_stamp_is_taken_from_the_nearest_version_and_that_is_said(space: Workspace, tmp_path: Path) -> None:
    old = (space.root / "登记簿.xlsx").read_bytes()
    (tmp_path / "在家改的.xlsx").write_bytes(old)
    print_ = Versions(space.root).keep(old, ".xlsx")
    Journal(space.root).append("seen", {"workbooks": {"登记簿.xlsx": print_}}, at=NOW)
    tables = sheets(20)
    for owner in tables["业主"][:8]:
        owner["备用电话"] = "13900005555"
    workspace(space.root, tables)
    book = openpyxl.load_workbook(tmp_path / "在家改的.xlsx")
    book["业主"][f"{column(tmp_path / '在家改的.xlsx', '业主', '联系电话')}2"] = "13900007777"
    book.save(tmp_path / "在家改的.xlsx")
    drop(space, tmp_path / "在家改的.xlsx")
    found = one(space)
    assert found.kind == "copy"
    assert Versions(space.root).read(next(iter(found.base.values()))) == old
    assert any("没有标记，按内容最接近的是2026-10-31 的 登记簿.xlsx" in n.zh for n in found.notes)


def test_a_copy_that_was_kept_before_never_becomes_its_own_base(space: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "在家改的.xlsx"
    book = openpyxl.load_workbook(space.root / "登记簿.xlsx")
    book["业主"][f"{column(space.root / '登记簿.xlsx', '业主', '联系电话')}2"] = "13900007777"
    book.save(path)
    Versions(space.root).keep(path.read_bytes(), ".xlsx")  # as incoming files are
    drop(space, path)
    assert one(space).base == read(space).fingerprints


def test_a_file_read_again_keeps_the_base_that_it_had_when_it_came(space: Workspace, tmp_path: Path) -> None:
    old = (space.root / "登记簿.xlsx").read_bytes()
    print_ = Versions(space.root).keep(old, ".xlsx")
    path = tmp_path / "在家改的.xlsx"
    book = openpyxl.load_workbook(space.root / "登记簿.xlsx")
    letter = column(space.root / "登记簿.xlsx", "业主", "联系电话")
    for row in range(2, 10):
        book["业主"][f"{letter}{row}"] = f"1390000777{row}"
    book.save(path)
    drop(space, path)
    first = one(space)
    put_away(space, [first], plan="", at=NOW)
    tables = sheets(20)  # most of it is taken, and somebody changes another cell
    for n, row in enumerate(range(2, 9)):
        tables["业主"][n]["联系电话"] = f"1390000777{row}"
    tables["业主"][15]["联系电话"] = "13900001234"
    workspace(space.root, tables)
    again = Sorter(space, read(space)).sort(path)
    assert again.base == first.base == {"登记簿.xlsx": print_}
    assert any("底本与 2026-10-31 收到时相同" in n.zh for n in again.notes)


def test_a_stamp_of_another_workspace_counts_as_none(space: Workspace, tmp_path: Path) -> None:
    other = open_workspace([], workspace(tmp_path / "别处", sheets(20)))
    drop(space, out_to_wang(other, tmp_path))
    found = one(space)
    assert found.kind == "copy"
    assert "不是本工作区发出的" in found.notes[0].zh
    assert "现在的 登记簿.xlsx" in found.notes[1].zh


def test_an_extract_says_nothing_by_the_rows_that_it_lacks(space: Workspace, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(space.root / "登记簿.xlsx")
    for name in book.sheetnames:
        if name != "业主":
            del book[name]
    book["业主"].delete_rows(8, 30)
    book.save(tmp_path / "三号楼.xlsx")
    drop(space, tmp_path / "三号楼.xlsx")
    found = one(space)
    assert found.kind == "copy"
    assert not found.complete
    assert any("按摘录看待" in n.zh for n in found.notes)


def test_a_list_that_no_version_is_near_to_is_compared_without_a_base(space: Workspace) -> None:
    text = "业主编号,房号,姓名,联系电话\nY001,1-1-101,赵乙,13900007777\nY002,1-1-201,赵丙,13900008888\n"
    (space.root / "收件箱" / "业主.csv").write_text(text, "utf-8")
    found = one(space)
    assert (found.kind, found.base, found.complete) == ("list", {}, False)
    assert owner_cell(found, "phone", "Y002") == "13900008888"
    assert any("没有找到它的底本" in n.zh for n in found.notes)


def test_another_systems_list_is_read_through_the_layout_that_staff_confirmed(space: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "收费系统导出.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Sheet1"
    page.append(["房间", "客户名称", "手机号码", "建筑面积(㎡)"])
    for n in range(1, 13):
        page.append([f"1-1-{n}01", "赵" + "甲乙丙丁戊己庚辛壬癸"[n % 10], f"1390000{n + 5000:04d}", 90.5])
    book.save(path)
    looked = look_at([path], tmp_path)
    for one_book in looked.books:
        for tab in one_book.layout.tabs:
            tab.use = True
        layouts.save(space.root, one_book.layout.name, one_book.layout.as_data())
    drop(space, path)
    found = one(space)
    assert found.kind == "list"
    assert found.register is not None
    assert [found.register.tables["owners"].found("phone", r) for r in range(2)] == ["13900005001", "13900005002"]


def test_forms_answers_and_filled_lists_are_told_apart(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form, _ = write_form("change", space, read(space), Wanted(owner="Y001"), tmp_path / "登记表.xlsx")
    drop(space, saved(form, {"变更 Y001": {"C6": "赵乙", "C7": "2026-10-08", "H15": "13900007777"}}, "ods", tmp_path))
    sheet, _ = write_form("audit-sheet", space, read(space), Wanted(count=2), tmp_path / "审核.xlsx")
    drop(space, sheet)
    notice, _ = write_form("supplement", space, read(space), Wanted(), tmp_path / "通知.xlsx")
    drop(space, notice)
    (space.root / "收件箱" / "信.txt").write_text("你好", "utf-8")
    (space.root / "收件箱" / "其实是信.xlsx").write_text("你好", "utf-8")
    found = seen(space)
    assert {f.path.name: f.kind for f in found.files} == {
        "登记表.ods": "form", "审核.xlsx": "filled", "通知.xlsx": "ours", "信.txt": "unknown", "其实是信.xlsx": "unknown",
    }  # fmt: skip
    (asked,) = next(f for f in found.files if f.kind == "form").asked
    assert (asked.field, asked.theirs.value) == ("phone", "13900007777")
    said = "\n".join(t.zh for t in told(found))
    assert "登记表.ods：信息变更登记表，1 项" in said
    assert "不是电子表格" in said


def test_files_that_are_open_or_half_saved_are_left_and_told(space: Workspace, tmp_path: Path) -> None:
    data = (space.root / "登记簿.xlsx").read_bytes()
    box = space.root / "收件箱"
    (box / "开着.xlsx").write_bytes(data)
    (box / ".~lock.开着.xlsx#").write_text(",王芳,PC,08.10.2026 09:00,file:///;", "utf-8")
    (box / "一半.xlsx").write_bytes(data[: len(data) // 2])
    (box / "空.xlsx").write_bytes(b"")
    (box / "lu123.tmp").write_bytes(data)
    (box / "~$开着.xlsx").write_bytes(b"x")
    found = seen(space)
    assert found.files == []
    assert {p.name: why.zh[:4] for p, why in found.left} == {"开着.xlsx": "正被 王", "一半.xlsx": "读不了，", "空.xlsx": "读不了，"}
    assert sorted(p.name for p in box.iterdir()) == sorted([".~lock.开着.xlsx#", "lu123.tmp", "~$开着.xlsx", "一半.xlsx", "开着.xlsx", "空.xlsx"])


def test_the_same_file_twice_is_told_and_used_once(space: Workspace, tmp_path: Path) -> None:
    form, _ = write_form("change", space, read(space), Wanted(owner="Y001"), tmp_path / "登记表.xlsx")
    back = saved(form, {"变更 Y001": {"C6": "赵乙", "H15": "13900007777"}}, "xlsx", tmp_path)
    drop(space, back, "a.xlsx")
    drop(space, back, "b.xlsx")
    found = seen(space)
    assert [(f.path.name, len(f.asked), f.again) for f in found.files] == [("a.xlsx", 1, False), ("b.xlsx", 0, True)]
    kept = plans.Kept(Plan({"登记簿.xlsx": "c" * 64}))
    plans.save(space.root, kept)
    moved = put_away(space, found.files, plan=kept.plan.id, at=NOW)
    assert [t.relative_to(space.root).as_posix() for _, t in moved] == ["收件箱/已处理/2026-10/a.xlsx", "收件箱/已处理/2026-10/b.xlsx"]
    drop(space, back, "a.xlsx")
    again = one(space)
    assert again.again
    assert again.asked == []
    assert "2026-10-31 已经收过" in again.notes[0].zh
    ((_, second),) = put_away(space, [again], plan="", at=NOW)
    assert second.name == "a(2).xlsx"
    assert [e.data["plan"] for e in Journal(space.root).entries("inbox")] == [kept.plan.id, kept.plan.id, ""]
    assert len(list((space.root / "收件箱" / "已处理").rglob("*.xlsx"))) == 3


def test_a_file_whose_plan_was_lost_may_be_handed_in_again(space: Workspace, tmp_path: Path) -> None:
    form, _ = write_form("change", space, read(space), Wanted(owner="Y001"), tmp_path / "登记表.xlsx")
    back = saved(form, {"变更 Y001": {"C6": "赵乙", "H15": "13900007777"}}, "xlsx", tmp_path)
    drop(space, back)
    put_away(space, [one(space)], plan="0" * 16, at=NOW)
    drop(space, back)
    assert len(one(space).asked) == 1


def test_unknown_files_stay_where_they_are(space: Workspace) -> None:
    (space.root / "收件箱" / "信.txt").write_text("你好", "utf-8")
    found = one(space)
    assert put_away(space, [found], plan="", at=NOW) == []
    assert found.path.exists()


def test_a_file_with_no_sheet_of_the_register_is_said_to_be_unknown_and_nothing_of_a_base(space: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["日期", "电表"], ["10-01", 38], ["10-02", 41]):
        book.active.append(row)
    book.save(tmp_path / "电表.xlsx")
    shutil.copy(tmp_path / "电表.xlsx", space.root / "抄表.xlsx")  # the same lies beside the register, and is as near as can be
    drop(space, tmp_path / "电表.xlsx")
    found = one(space)
    assert (found.kind, found.notes, len(found.complaints)) == ("unknown", [], 1)


def with_a_mistake(space: Workspace) -> None:
    tables = sheets(3)
    tables["业主"][0]["联系电话"] = "139 0000 0001"
    tables["业主"][1]["证件类型"] = "passport"
    tables["房屋"][0]["房屋用途"] = "住房"
    workspace(space.root, tables)


def answered(space: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch, answers: dict[str, str], kind: str = "ods") -> Path:
    """The problem workbook with answers by record, through an office program."""
    monkeypatch.chdir(space.root)
    path = folder / "问题.xlsx"
    main(["check", "--format", "xlsx", "-o", str(path), "--as-of", DAY.isoformat()])
    rows = read_form(path).sheets["问题清单"]
    typed: dict[str, str | float] = {f"K{r.number}": answers[r.text("记录")] for r in rows if r.text("记录") in answers}
    assert typed
    return saved(path, {"问题清单": typed}, kind, folder)


def test_accepted_suggestions_are_asked_and_other_answers_collected(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_a_mistake(space)
    drop(space, answered(space, tmp_path, monkeypatch, {"1-1-101": "采纳建议", "Y002": "待核实"}))
    found = one(space)
    assert found.kind == "answers"
    assert found.complaints == []
    (asked,) = found.asked
    assert (asked.sheet, asked.record, asked.field, asked.theirs.value) == ("houses", "1-1-101", "use", "住宅")
    assert asked.base is not None
    assert asked.base.text == "住房"
    assert [(a.answer, a.record, a.header) for a in found.answers] == [("待核实", "Y002", "证件类型")]


def test_an_answer_is_refused_where_the_cell_has_changed_or_nothing_is_suggested(
    space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_mistake(space)
    drop(space, answered(space, tmp_path, monkeypatch, {"1-1-101": "采纳建议", "Y002": "采纳建议"}))
    tables = sheets(3)
    tables["业主"][1]["证件类型"] = "passport"
    tables["房屋"][0]["房屋用途"] = "店铺"
    workspace(space.root, tables)
    found = one(space)
    assert found.asked == []
    said = " ".join(c.zh for c in found.complaints)
    assert "没有建议值" in said
    assert "单元格在清单制作之后变过" in said


def test_an_answer_to_a_problem_that_is_gone_is_told(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_a_mistake(space)
    drop(space, answered(space, tmp_path, monkeypatch, {"1-1-101": "采纳建议"}))
    workspace(space.root, sheets(3))
    found = one(space)
    assert found.asked == []
    assert "这个问题已经没有了" in found.complaints[0].zh
