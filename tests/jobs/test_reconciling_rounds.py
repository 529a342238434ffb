"""A register, copies of it and edits typed into it, from the first look to the written change and back: nothing lost in silence."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.applying import apply, find  # noqa: E402
from ownerbook.jobs.copying import copy  # noqa: E402
from ownerbook.jobs.history import asked  # noqa: E402
from ownerbook.jobs.reading import read_register  # noqa: E402
from ownerbook.jobs.rounds import Went, go  # noqa: E402
from ownerbook.jobs.workspace import Workspace, open_workspace  # noqa: E402
from ownerbook.reconcile.change import Choice  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402
from ownerbook.storage.proving import examine  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY = date(2026, 10, 31)
AT = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
BOOK = "登记簿.xlsx"


@pytest.fixture
def root(tmp_path):
    return workspace(tmp_path / "小区", sheets(5))


def cell(path: Path, sheet: str, key: str, header: str):
    """The cell of a record, and its workbook."""
    book = openpyxl.load_workbook(path)
    tab = book[sheet]
    heads = [c.value for c in tab[1]]
    row = next(r for r in range(2, tab.max_row + 1) if tab.cell(r, 1).value == key)
    return book, tab.cell(row, heads.index(header) + 1)


def edit(path: Path, sheet: str, key: str, header: str, value: object) -> None:
    """Somebody types a value."""
    book, found = cell(path, sheet, key, header)
    found.value = value
    book.save(path)


def held(path: Path, sheet: str, key: str, header: str) -> object:
    return cell(path, sheet, key, header)[1].value


def space_of(root: Path) -> Workspace:
    return open_workspace([root], Path.cwd())


def round_(root: Path, n: int = 0, **options: object) -> Went:
    return go(space_of(root), DAY, at=AT + timedelta(minutes=n), by="G002", **options)  # type: ignore[arg-type]


def copied(root: Path, name: str = "副件.xlsx", to: str = "钱一") -> Path:
    """A working copy that was handed out."""
    path = root.parent / name
    space = space_of(root)
    copy(space, read_register(space, DAY), [BOOK], path, to=to, at=AT)
    return path


def inbox(root: Path, path: Path, name: str = "") -> None:
    (root / "收件箱").mkdir(exist_ok=True)
    shutil.copy(path, root / "收件箱" / (name or path.name))


def kinds(went: Went) -> list[tuple[str, str, str, str]]:
    return sorted((c.kind, c.record, c.field, c.verdict) for c in went.found.plan.changes)


def choose(root: Path, went: Went, choice: str = "采用", n: int = 5, **more: str):
    """Everything in the plan is chosen alike, and carried out."""
    choices = {c.id: Choice(choice, who="G002", **more) for c in went.found.plan.changes}
    return apply(space_of(root), find(space_of(root), went.found.plan.id), choices, DAY, at=AT + timedelta(minutes=n), by="G002")


def test_a_changed_phone_in_a_returned_copy_is_one_change_of_that_owner(root):
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    inbox(root, path)
    went = round_(root)
    assert kinds(went) == [("cell", "Y002", "phone", "safe")]
    done = choose(root, went)
    assert [c.record for c, _ in done.taken] == ["Y002"] and not done.refused
    assert held(root / BOOK, "业主", "Y002", "联系电话") == "13900009999"
    tab = openpyxl.load_workbook(root / BOOK)["变更"]
    row = dict(zip([c.value for c in tab[1]], [c.value for c in tab[2]], strict=True))
    assert (row["对象编号"], row["变更字段"], row["新值"], row["审核结果"]) == ("Y002", "联系电话", "13900009999", "同意")
    assert not examine(root).troubles


def test_applying_the_same_plan_twice_writes_nothing_the_second_time(root):
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    inbox(root, path)
    went = round_(root)
    choose(root, went)
    before, entries = (root / BOOK).read_bytes(), len(Journal(root).entries())
    again = choose(root, went)
    assert not again.taken and not again.refused and again.before and again.notes
    assert (root / BOOK).read_bytes() == before and len(Journal(root).entries()) == entries


def test_two_copies_edited_at_once_merge_where_they_do_not_overlap_and_ask_where_they_do(root):
    one, two = copied(root, "一.xlsx"), copied(root, "二.xlsx", "李工")
    edit(one, "业主", "Y001", "联系电话", "13900001111")
    edit(two, "业主", "Y002", "联系电话", "13900002222")
    edit(one, "业主", "Y003", "联系电话", "13900003333")
    edit(two, "业主", "Y003", "联系电话", "13900004444")
    edit(one, "业主", "Y004", "联系电话", "13900005555")
    edit(two, "业主", "Y004", "联系电话", "13900005555")
    inbox(root, one)
    inbox(root, two)
    went = round_(root)
    assert kinds(went) == [
        ("cell", "Y001", "phone", "safe"),
        ("cell", "Y002", "phone", "safe"),
        ("cell", "Y003", "phone", "question"),
        ("cell", "Y003", "phone", "question"),
        ("cell", "Y004", "phone", "safe"),
    ]


def test_an_edit_in_the_register_and_one_in_the_copy_of_the_same_cell_is_a_question_and_the_same_edit_is_none(root):
    round_(root)
    path = copied(root)
    edit(path, "业主", "Y001", "联系电话", "13900001111")
    edit(path, "业主", "Y002", "联系电话", "13900002222")
    edit(root / BOOK, "业主", "Y001", "联系电话", "13900007777")
    edit(root / BOOK, "业主", "Y002", "联系电话", "13900002222")
    inbox(root, path)
    went = round_(root, 1)
    assert kinds(went) == [("cell", "Y001", "phone", "question")] and went.found.plan.already == 1
    assert {e.record for e in went.found.noted.bare} == {"Y001", "Y002"}


def test_a_plan_is_refused_once_the_register_moved_on_and_the_choices_go_over_into_the_next(root, capsys):
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    edit(path, "业主", "Y003", "联系电话", "13900003333")
    inbox(root, path)
    went = round_(root)
    edit(root / BOOK, "业主", "Y004", "联系电话", "13900008888")
    before = (root / BOOK).read_bytes()
    done = choose(root, went)
    assert done.moved and BOOK in done.refused[0].zh and (root / BOOK).read_bytes() == before
    plan = root.parent / "方案.xlsx"
    shutil.copy(went.path, plan)
    book = openpyxl.load_workbook(plan)
    heads = {c.value: c.column for c in book["变更方案"][4]}
    for row in (5, 6):
        book["变更方案"].cell(row, heads["采用人"]).value = "G002"
    book.save(plan)
    capsys.readouterr()
    assert main(["reconcile", "--apply", str(plan), "--by", "G002", "--in", str(root)]) == 1
    assert "又改过" in capsys.readouterr().err
    new = next((root / "检查结果").glob("变更方案_*.xlsx"))
    tab = openpyxl.load_workbook(new)["变更方案"]
    assert [tab.cell(r, heads["处理"]).value for r in (5, 6)] == ["采用", "采用"]
    assert [tab.cell(r, heads["采用人"]).value for r in (5, 6)] == ["G002", "G002"]
    assert main(["reconcile", "--apply", str(new), "--by", "G002", "--in", str(root)]) in (0, 1)
    assert held(root / BOOK, "业主", "Y002", "联系电话") == "13900009999" and held(root / BOOK, "业主", "Y004", "联系电话") == "13900008888"


def test_what_was_typed_in_is_told_once_kept_in_the_history_and_asked_for_its_record(root):
    round_(root)
    edit(root / BOOK, "业主", "Y001", "联系电话", "13900001111")
    first, second = round_(root, 1), round_(root, 2)
    assert [(e.record, e.field) for e in first.found.noted.bare] == [("Y001", "phone")] and not second.found.noted.edits
    past = asked(Journal(root), "1-1-101", "联系电话")
    assert [(p.change.old, p.change.new, p.change.came) for p in past] == [("13900000001", "13900001111", "typed")]
    assert asked(Journal(root), "1栋1单元101") == past and not asked(Journal(root), "1-1-201")


def test_saving_without_a_change_and_sorting_rows_are_no_edits(root):
    round_(root)
    book = openpyxl.load_workbook(root / BOOK)
    tab = book["业主"]
    rows = [[c.value for c in r] for r in tab.iter_rows(min_row=2)]
    for n, values in enumerate(reversed([r for r in rows if r[0]]), 2):
        for c, value in enumerate(values, 1):
            tab.cell(n, c).value = value
    book.save(root / BOOK)
    went = round_(root, 1)
    assert not went.found.noted.edits and Journal(root).entries()[-1].kind == "seen"


def test_a_workbook_that_vanished_is_told_and_its_rows_are_not_taken_for_deleted(root):
    round_(root)
    (root / BOOK).rename(root.parent / "away.xlsx")
    (root / "另一.xlsx").write_bytes((root.parent / "away.xlsx").read_bytes())
    went = round_(root, 1)
    assert not went.found.noted.edits and any("改了名字" in n.zh for n in went.found.notes)


def test_a_workbook_that_cannot_be_read_counts_as_it_was(tmp_path):
    root = workspace(tmp_path / "小区", sheets(3))
    book = openpyxl.load_workbook(root / BOOK)
    for name in [n for n in book.sheetnames if n not in ("业主",)]:
        del book[name]
    book.save(root / "业主.xlsx")
    rest = openpyxl.load_workbook(root / BOOK)
    del rest["业主"]
    rest.save(root / BOOK)
    round_(root)
    whole = (root / "业主.xlsx").read_bytes()
    (root / "业主.xlsx").write_bytes(whole[: len(whole) // 2])
    went = round_(root, 1)
    assert not went.found.noted.edits and any("业主.xlsx" in n.zh for n in went.found.notes)
    (root / "业主.xlsx").unlink()
    went = round_(root, 2)
    assert not went.found.noted.edits and any("不见了" in n.zh for n in went.found.notes)
    (root / "业主.xlsx").write_bytes(whole)
    assert not round_(root, 3).found.noted.edits


def test_undo_puts_the_cell_back_exactly_and_tells_both_in_the_history(root):
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    inbox(root, path)
    choose(root, round_(root))
    number = next(p.number for p in asked(Journal(root), "Y002", "联系电话"))
    assert main(["undo", number, "--in", str(root)]) == 0
    plan = next((root / "检查结果").glob("撤销方案*.xlsx"))
    book = openpyxl.load_workbook(plan)
    tab = book["变更方案"]
    heads = {c.value: c.column for c in tab[4]}
    tab.cell(5, heads["处理"]).value, tab.cell(5, heads["采用人"]).value = "采用", "G002"
    filled = root.parent / "撤销.xlsx"
    book.save(filled)
    assert main(["reconcile", "--apply", str(filled), "--by", "G002", "--in", str(root)]) == 0
    assert held(root / BOOK, "业主", "Y002", "联系电话") == "13900000002"
    assert [(p.change.new, p.change.came) for p in asked(Journal(root), "Y002", "联系电话") if p.change.kind == "cell"] == [
        ("13900009999", "copy"),
        ("13900000002", "undo"),
    ]
    assert main(["undo", number, "--in", str(root)]) == 1  # it is as it was before


def test_restoring_a_day_brings_every_byte_back_and_restoring_forward_again(root, monkeypatch, capsys):
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-10-30T09:00:00")
    assert main(["reconcile", "--in", str(root)]) == 0
    old = (root / BOOK).read_bytes()
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-10-31T09:00:00")
    edit(root / BOOK, "业主", "Y001", "联系电话", "13900001111")
    new = (root / BOOK).read_bytes()
    assert main(["restore", "--at", "2026-10-30", "--in", str(root)]) == 0 and (root / BOOK).read_bytes() == new
    assert main(["restore", "--at", "2026-10-30", "--to", str(root.parent / "取出"), "--in", str(root)]) == 0
    assert (root.parent / "取出" / BOOK).read_bytes() == old
    assert main(["restore", "--at", "2026-10-30", "--write", "--in", str(root)]) == 0
    assert (root / BOOK).read_bytes() == old
    came = [p.change.came for p in asked(Journal(root), "Y001", "联系电话")]
    assert came == ["typed", "restore"]
    assert main(["restore", "--at", "2026-10-29", "--in", str(root)]) == 2
    assert "2026-10-30" in capsys.readouterr().err
    assert main(["verify", "--in", str(root)]) == 0


def test_a_workbook_open_elsewhere_is_not_written_and_the_plan_stays(root):
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    inbox(root, path)
    went = round_(root)
    lock = root / f".~lock.{BOOK}#"
    lock.write_text(",赵工,PC-7,31.10.2026 09:00,file:///home;", "utf-8")
    before = (root / BOOK).read_bytes()
    done = choose(root, went)
    assert any("赵工" in t.zh for t in done.refused) and (root / BOOK).read_bytes() == before and not done.taken
    lock.unlink()
    assert choose(root, went).taken


def test_undisputed_changes_apply_by_themselves_only_for_the_columns_that_the_settings_list(root):
    toml = root / "ownerbook.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[reconcile]\nauto = ["联系电话"]\nby = "G002"\n', "utf-8")
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    edit(path, "业主", "Y002", "通讯地址", "示例市东街1号")
    inbox(root, path)
    went = round_(root, auto=True)
    assert held(root / BOOK, "业主", "Y002", "联系电话") == "13900009999"
    assert kinds(went) == [("cell", "Y002", "address", "safe")]


def test_what_is_left_open_is_proposed_again_and_what_was_kept_is_not(root):
    path = copied(root)
    edit(path, "业主", "Y001", "联系电话", "13900001111")
    edit(path, "业主", "Y002", "联系电话", "13900002222")
    inbox(root, path)
    went = round_(root)
    first, second = went.found.plan.changes
    apply(space_of(root), find(space_of(root), went.found.plan.id), {first.id: Choice("保留", who="G002")}, DAY, at=AT, by="G002")
    again = round_(root, 1)
    assert [c.record for c in again.found.plan.changes] == [second.record]


def test_a_file_handed_in_twice_is_used_once_and_a_dry_run_writes_nothing_at_all(root):
    path = copied(root)
    edit(path, "业主", "Y002", "联系电话", "13900009999")
    inbox(root, path)
    state = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    assert main(["reconcile", "--dry-run", "--in", str(root)]) == 1
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == state
    choose(root, round_(root))
    inbox(root, path, "又来.xlsx")
    went = round_(root, 1)
    assert not went.found.plan.changes and not [p for p in (root / "收件箱").iterdir() if p.is_file()]


KILLED = """
import os, signal, sys
from ownerbook.storage.disk import Disk
left = [int(sys.argv[1])]
def counted(act):
    def step(self, *args):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(self, *args)
    return step
for name in ("create", "flush", "replace", "place", "flush_folder", "remove"):
    setattr(Disk, name, counted(getattr(Disk, name)))
from ownerbook.cli.main import main
sys.exit(main(["return", "JY001", "--receiver", "G001", "--in", sys.argv[2], "--on", "2026-10-31", "--write"]))
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
def test_killed_at_any_step_of_writing_the_register_is_the_old_or_the_new_one_and_the_next_command_settles_it(tmp_path):
    from deadline_registers import space as due_space

    made = due_space(tmp_path / "made")
    whole = (made / BOOK).read_bytes()
    seen = set()
    for step in range(1, 80, 4):
        root = tmp_path / str(step)
        shutil.copytree(made, root)
        ended = subprocess.run([sys.executable, "-c", KILLED, str(step), str(root)], capture_output=True, check=False)
        if ended.returncode != -signal.SIGKILL:
            break
        now = (root / BOOK).read_bytes()
        returned = held(root / BOOK, "借阅", "JY001", "归还日期") is not None
        assert (now == whole) != returned
        assert main(["loans", str(root), "--as-of", "2026-10-31"]) == 0  # any command settles what was interrupted
        assert Journal(root).unfinished() is None and not examine(root).troubles
        assert not list(root.glob(".*.part"))
        seen.add(held(root / BOOK, "借阅", "JY001", "归还日期") is not None)
    assert seen == {True, False}


def tick_sheet(root: Path) -> int:
    """A tick sheet that was filled in and dropped into the inbox; how many files are on it."""
    assert main(["form", "审核清单", str(root), "--as-of", "2026-11-30", "--audit", "定期", "--auditor", "G002"]) == 0
    path = next((root / "检查结果").glob("审核清单*.xlsx"))
    book = openpyxl.load_workbook(path)
    tab = book["在库核对"]
    row = next(r for r in range(1, 30) if any(str(c.value or "").startswith("序号") for c in tab[r]))
    heads = {str(c.value or "").split("\n")[0]: c.column for c in tab[row]}
    files = [r for r in range(row + 1, tab.max_row + 1) if tab.cell(r, heads["档号"]).value]
    assert files
    for r in files:
        tab.cell(r, heads["结果"]).value = "合格"
        for tick in ("在位", "编号相符", "件数页数相符"):
            tab.cell(r, heads[tick]).value = "√"
    (root / "收件箱").mkdir(exist_ok=True)
    book.save(root / "收件箱" / "审核.xlsx")
    return len(files)


def test_a_filled_tick_sheet_in_the_inbox_becomes_one_act_that_is_written_whole(root):
    files = tick_sheet(root)
    day = date(2026, 11, 30)
    went = go(space_of(root), day, at=AT, by="G002")
    assert {c.bundle for c in went.found.plan.changes} != {""} and len({c.bundle for c in went.found.plan.changes}) == 1
    choices = {c.id: Choice("采用", who="G002") for c in went.found.plan.changes}
    kept = find(space_of(root), went.found.plan.id)
    part = dict(list(choices.items())[:1])
    assert not apply(space_of(root), kept, part, day, at=AT, by="G002").taken  # all of it or none
    done = apply(space_of(root), find(space_of(root), went.found.plan.id), choices, day, at=AT, by="G002")
    assert len(done.taken) == len(choices) and not done.left
    audits = openpyxl.load_workbook(root / BOOK)["审核"]
    assert audits.max_row - 1 == files
    assert not openpyxl.load_workbook(root / BOOK)["变更"]["A2"].value  # an audit moves 上次审核日期 without a change of its own


def test_two_versions_of_the_register_are_compared_by_day_folder_and_record(root, monkeypatch, capsys):
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-10-30T09:00:00")
    assert main(["reconcile", "--in", str(root)]) == 0
    other = root.parent / "另存"
    shutil.copytree(root, other)
    edit(root / BOOK, "业主", "Y001", "联系电话", "13900001111")
    monkeypatch.chdir(root)
    capsys.readouterr()
    for old, new in (("2026-10-30", "now"), (str(other), str(root))):
        assert main(["diff", old, new, "--format", "json", "--unmask"]) == 1
        said = capsys.readouterr().out
        assert "13900000001" in said and "13900001111" in said and "Y001" in said
    assert main(["diff", "now", "now"]) == 0
    assert main(["diff", "2026-10-29", "now"]) == 2
    assert main(["diff", str(other / BOOK), str(root / BOOK), "--register"]) == 1
    assert "139****1111" in capsys.readouterr().out


def test_an_accepted_suggestion_that_mends_the_writing_alone_is_written_and_is_no_change_of_a_fact(root):
    edit(root / BOOK, "业主", "Y002", "联系电话", 13900000002)  # as a number
    round_(root)
    assert main(["check", str(root), "--as-of", "2026-10-31", "--format", "xlsx"]) in (0, 1)
    path = next((root / "检查结果").glob("问题清单*.xlsx"))
    book = openpyxl.load_workbook(path)
    tab = book["问题清单"]
    top = next(r for r in range(1, 12) if any(c.value == "处理" for c in tab[r]))
    heads = {c.value: c.column for c in tab[top]}
    row = next(r for r in range(top + 1, tab.max_row + 1) if tab.cell(r, heads["规则"]).value.startswith("R05"))
    tab.cell(row, heads["处理"]).value = "采纳建议"
    (root / "收件箱").mkdir(exist_ok=True)
    book.save(root / "收件箱" / "问题.xlsx")
    went = round_(root, 1)
    assert kinds(went) == [("cell", "Y002", "phone", "safe")]
    assert len(choose(root, went).taken) == 1
    assert held(root / BOOK, "业主", "Y002", "联系电话") == "13900000002"
    assert not openpyxl.load_workbook(root / BOOK)["变更"]["A2"].value


def test_a_filled_list_that_no_longer_fits_stops_nothing_and_is_tried_again(root):
    tick_sheet(root)
    day = date(2026, 11, 30)
    first = go(space_of(root), day, at=AT, by="G002")
    edit(root / BOOK, "人员", "G002", "离职日期", date(2026, 11, 1))
    went = go(space_of(root), day, at=AT + timedelta(minutes=1), by="G002")
    assert not went.found.plan.changes and any("审核.xlsx" in n.zh for n in went.found.notes)
    edit(root / BOOK, "人员", "G002", "离职日期", None)
    again = go(space_of(root), day, at=AT + timedelta(minutes=2), by="G002")
    assert len(again.found.plan.changes) == len(first.found.plan.changes)
