"""What clerks do to plans and forms on their way: tabs renamed, answers kept, cells emptied, plans of elsewhere, files that were damaged."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402
from test_reconciling_rounds import BOOK, choose, copied, edit, held, inbox, kinds, root, round_  # noqa: E402, F401

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.history import asked  # noqa: E402
from ownerbook.storage import plans  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402
from ownerbook.storage.proving import examine  # noqa: E402


def filled(went, to: Path, lines: dict[str, dict[str, str]], tab: str = "变更方案") -> Path:
    """The plan with its lines filled in by new value's last part, its tab perhaps renamed."""
    book = openpyxl.load_workbook(went.path)
    page = book["变更方案"]
    heads = {c.value: c.column for c in page[4]}
    for row in range(5, page.max_row + 1):
        for tail, said in lines.items():
            if str(page.cell(row, heads["新值"]).value).endswith(tail):
                for head, text in said.items():
                    page.cell(row, heads[head]).value = text
    page.title = tab
    book.save(to)
    return to


def test_choices_in_a_renamed_tab_are_taken(root):  # noqa: F811
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    inbox(root, path)
    plan = filled(round_(root), root.parent / "方案.xlsx", {"9999": {"处理": "采用", "采用人": "G002"}}, "变更方案 (2)")
    assert main(["reconcile", "--apply", str(plan), "--by", "G002", "--in", str(root)]) == 0
    assert held(root / BOOK, "业主", "Y002", "联系电话") == "13900009999"


def test_filling_in_clear_empties_a_cell(root):  # noqa: F811
    edit(root / BOOK, "业主", "Y002", "通讯地址", "示例市西街2号")
    path = copied(root)
    edit(path, "业主", "Y002", "通讯地址", "示例市东街1号")
    inbox(root, path)
    went = round_(root)
    address = str(openpyxl.load_workbook(went.path)["变更方案"].cell(5, 9).value)
    plan = filled(went, root.parent / "方案.xlsx", {address: {"处理": "填写", "填写的值": "（清空）", "采用人": "G002"}})
    main(["reconcile", "--apply", str(plan), "--by", "G002", "--in", str(root)])
    assert held(root / BOOK, "业主", "Y002", "通讯地址") is None


def test_who_kept_one_of_two_rivals_is_not_asked_again_but_a_new_file_is_heard(root):  # noqa: F811
    one, two = copied(root, "一.xlsx"), copied(root, "二.xlsx")
    edit(one, "业主", "Y003", "联系电话", "13900003333")
    edit(two, "业主", "Y003", "联系电话", "13900004444")
    edit(two, "业主", "Y004", "联系电话", "13900005555")
    inbox(root, one)
    inbox(root, two)
    lines = {"3333": {"处理": "采用", "采用人": "G002"}, "4444": {"处理": "保留"}, "5555": {"处理": ""}}
    plan = filled(round_(root), root.parent / "方案.xlsx", lines)
    main(["reconcile", "--apply", str(plan), "--by", "G002", "--in", str(root)])
    assert held(root / BOOK, "业主", "Y003", "联系电话") == "13900003333"
    assert kinds(round_(root, 6)) == [("cell", "Y004", "phone", "safe")]
    again = copied(root, "三.xlsx")
    edit(again, "业主", "Y003", "联系电话", "13900004444")
    inbox(root, again)
    assert ("cell", "Y003") in [k[:2] for k in kinds(round_(root, 7))]


def test_a_plan_of_another_workspace_is_refused_with_status_1(root, tmp_path, capsys):  # noqa: F811
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    inbox(root, path)
    plan = round_(root).path
    other = workspace(tmp_path / "别处", sheets(5))
    assert main(["reconcile", "--apply", str(plan), "--by", "G002", "--in", str(other)]) == 1
    assert "只能在做出它的工作区采用" in capsys.readouterr().err


def test_a_damaged_plan_is_told_laid_aside_and_its_file_may_come_again(root):  # noqa: F811
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    inbox(root, path)
    plan = round_(root).found.plan.id
    (plans.folder(root) / f"{plan}.json").write_bytes(b"{")
    went = round_(root, 1)
    assert any("副件.xlsx" in n.zh and plan[:8] in n.zh for n in went.found.notes)
    inbox(root, path)
    assert kinds(round_(root, 2)) == [("cell", "Y002", "phone", "safe")]
    assert (plans.folder(root) / f"{plan}.damaged").is_file()


def test_verify_misses_an_incoming_file_and_the_head(root):  # noqa: F811
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    inbox(root, path)
    print_ = next(iter(round_(root).found.files.values()))
    assert not examine(root).troubles
    next((root / ".ownerbook" / "versions").glob(f"**/{print_}*")).unlink()
    assert any(print_[:12] in t.zh for t in examine(root).troubles)
    Journal(root).head_file.unlink()
    assert any("head.json" in t.zh for t in examine(root).troubles)


def test_the_history_follows_a_record_through_its_new_key(root):  # noqa: F811
    round_(root)
    edit(root / BOOK, "业主", "Y005", "业主编号", "Y905")
    round_(root, 1)
    edit(root / BOOK, "业主", "Y905", "联系电话", "13900001111")
    round_(root, 2)
    both = [p.number for p in asked(Journal(root), "Y905") if p.change.sheet == "owners"]
    assert len(both) == 2 and both == [p.number for p in asked(Journal(root), "Y005") if p.change.sheet == "owners"]


def test_a_plan_that_cannot_be_written_into_a_csv_says_so_before_people_choose(root):  # noqa: F811
    book = openpyxl.load_workbook(root / BOOK)
    rows = [[("" if c.value is None else str(c.value)) for c in r] for r in book["变更"].iter_rows()]
    (root / "变更.csv").write_text("\n".join(",".join(r) for r in rows), "utf-8-sig")
    del book["变更"]
    book.save(root / BOOK)
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    inbox(root, path)
    went = round_(root)
    assert any("变更.csv" in n.zh and "另存为 .xlsx" in n.zh for n in went.notes)
    told = [c.value for row in openpyxl.load_workbook(went.path)["说明"].iter_rows() for c in row if c.value]
    assert any("变更.csv" in str(t) for t in told)


def test_a_form_of_which_nothing_can_be_taken_stays_in_the_inbox(root):  # noqa: F811
    blank = root.parent / "批量.xlsx"
    assert main(["form", "信息变更登记表", str(root), "--output", str(blank)]) == 0
    book = openpyxl.load_workbook(blank)
    page = book.worksheets[0]
    heads = {c.value: c.column for c in page[4]}
    for head, text in {"对象表": "业主", "对象编号": "Y999", "变更字段": "联系电话", "新值": "13900001111", "申请人": "赵"}.items():
        page.cell(5, heads[head]).value = text
    book.save(blank)
    (root / "收件箱").mkdir(exist_ok=True)
    shutil.copy(blank, root / "收件箱")
    for n in (0, 1):
        left = round_(root, n).found.inbox.left
        assert [p.name for p, _ in left] == ["批量.xlsx"] and "Y999" in left[0][1].zh


def test_a_row_that_a_copy_lacks_is_shown_as_it_stands(root):  # noqa: F811
    path = copied(root)
    book = openpyxl.load_workbook(path)
    page = book["业主"]
    page.delete_rows(next(r for r in range(2, page.max_row + 1) if page.cell(r, 1).value == "Y005"))
    book.save(path)
    inbox(root, path)
    page = openpyxl.load_workbook(round_(root).path)["变更方案"]
    heads = {c.value: c.column for c in page[4]}
    row = next(r for r in range(5, page.max_row + 1) if page.cell(r, heads["列"]).value == "少了一行")
    assert [page.cell(row, heads[h]).value for h in ("现值", "新值")] == ["（整行）", "（没有这一行）"]
