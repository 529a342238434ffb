"""What is kept of sheets and rules changes no finding: after any edit, and whatever happens to the cache, a check finds what a fresh one finds."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from ownerbook.jobs import keeping
from ownerbook.jobs.check import Checked, check
from ownerbook.jobs.keeping import Keeping
from ownerbook.jobs.workspace import open_workspace
from ownerbook.storage.shelf import DiskShelf

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY = date(2026, 10, 31)
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sheets" / "示例小区"
TRIES = ROOT.parent / "shared" / "tries" / "make_register.py"


@pytest.fixture(autouse=True)
def small_ones_too(monkeypatch, tmp_path):
    monkeypatch.setenv("OWNERBOOK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(keeping, "PAYS_FROM", 0)


def kept(root: Path, day: date = DAY, program: str = "p") -> tuple[Checked, Keeping]:
    space = open_workspace([root], root.parent)
    keeps = Keeping.of(space, program, day)
    assert keeps is not None
    return check(space, day, remember=False, keeping=keeps), keeps


def fresh(root: Path, day: date = DAY) -> Checked:
    return check(open_workspace([root], root.parent), day, remember=False)


def told(result: Checked) -> list[tuple[object, ...]]:
    return [
        (f.identity, f.place, f.severity, f.state, f.say("zh", masked=False), f.say("en"), f.advise(), f.suggestion, f.found) for f in result.findings
    ]


def same(root: Path) -> int:
    """Check both ways; the number of rules that were not run again."""
    result, keeps = kept(root)
    assert told(result) == told(fresh(root))
    return keeps.memory.again


def sample(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "小区", ignore=shutil.ignore_patterns(".ownerbook")))


def tried(tmp_path: Path, seed: int) -> Path:
    if not TRIES.exists():
        pytest.skip(f"{TRIES.name} is not here: ../shared is absent")
    root = tmp_path / f"试{seed}"
    subprocess.run([sys.executable, TRIES, root, "--seed", str(seed), "--houses", "120", "--faults"], check=True, capture_output=True)
    return root


def workbooks(root: Path) -> list[Path]:
    """Those that can be opened: the sample holds one that cannot."""
    return [p for p in sorted(root.rglob("*.xlsx")) if zipfile.is_zipfile(p)]


def edit_part(path: Path, rng: random.Random, level: int = 6) -> str:
    """Change one cell in the XML of one sheet, and zip it again: a shared string for another, or a number. Gives the part, '' for none."""
    with zipfile.ZipFile(path) as book:
        parts = {i.filename: book.read(i) for i in book.infolist()}
    names = [n for n in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)]
    name = rng.choice(names)
    cells = list(re.finditer(rb"<c [^>]*><v>(\d+)</v>", parts[name]))
    if len(cells) > 20:
        cell = rng.choice(cells[20:])
        parts[name] = parts[name][: cell.start(1)] + b"%d" % rng.randrange(0, 30) + parts[name][cell.end(1) :]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as book:
        for n, data in parts.items():
            book.writestr(n, data)
    return name if len(cells) > 20 else ""


def edit_cell(path: Path, rng: random.Random) -> None:
    """Change one cell through openpyxl, which writes all parts anew and numbers the shared strings anew."""
    book = openpyxl.load_workbook(path)
    sheet = rng.choice(book.worksheets)
    cell = sheet.cell(rng.randrange(2, max(sheet.max_row, 3) + 1), rng.randrange(1, max(sheet.max_column, 2) + 1))
    cell.value = rng.choice(["新的文字", "", None, 7, date(2027, 1, 1), "1-1-101", sheet.cell(2, cell.column).value])
    book.save(path)


def test_after_edits_of_single_parts_only_what_rests_on_them_is_asked_again(tmp_path):
    root = sample(tmp_path)
    rng = random.Random(10)
    assert same(root) == 0
    assert same(root) > 100
    books = workbooks(root)
    again = []
    for _ in range(12):
        edit_part(rng.choice(books), rng)
        again.append(same(root))
    assert max(again) > 60


def test_a_program_that_writes_all_parts_anew_has_only_what_rests_on_the_changed_column_asked_again(tmp_path):
    root = sample(tmp_path)
    path = next(p for p in workbooks(root) if "业主" in openpyxl.load_workbook(p, read_only=True).sheetnames)
    openpyxl.load_workbook(path).save(path)
    same(root)
    units = same(root)
    book = openpyxl.load_workbook(path)
    sheet = book["业主"]
    heads = {c.value: c.column for row in sheet.iter_rows(max_row=4) for c in row}
    for row in (6, 7):  # one text goes, another comes: every number behind them is another one
        sheet.cell(row, heads["备注"], f"第 {row} 行的新备注")
    sheet.cell(8, heads["备注"], None)
    book.save(path)
    assert same(root) > units - 25
    sheet.cell(9, heads["联系电话"], "100-0000-0000")
    book.save(path)
    assert units - 60 < same(root) < units - 2


def test_a_text_that_the_amender_adds_leaves_what_was_made_of_the_others(tmp_path):
    from ownerbook.schema.sameness import sameness
    from ownerbook.workbook.amend import SetCell, amend

    root = sample(tmp_path)
    same(root)
    for path in workbooks(root):
        sheet = openpyxl.load_workbook(path, read_only=True).sheetnames[0]
        amended = amend(path.read_bytes(), [SetCell(sheet, "B6", "从前没有的文字")])
        path.write_bytes(amended.data)
    result, keeps = kept(root)
    assert told(result) == told(fresh(root)) and keeps.memory.again > 0
    planted = result.register.tables["owners"].pool.known(sameness)
    assert planted and planted[-1].end > 0


@pytest.mark.parametrize("seed", [3, 4])
def test_registers_made_elsewhere_are_found_the_same_after_edits_of_every_kind(tmp_path, seed):
    root = tried(tmp_path, seed)
    rng = random.Random(seed)
    assert same(root) == 0
    for n in range(8):
        path = rng.choice(workbooks(root))
        if n % 3 == 2:
            edit_cell(path, rng)
        else:
            edit_part(path, rng, level=rng.choice([1, 6, 9]))
        same(root)
    path.rename(path.with_name("改名.xlsx"))
    same(root)
    path.with_name("改名.xlsx").unlink()
    same(root)


def test_parts_only_zipped_anew_are_read_again_but_not_judged_again(tmp_path):
    root = sample(tmp_path)
    same(root)
    for path in workbooks(root):
        with zipfile.ZipFile(path) as book:
            parts = {i.filename: book.read(i) for i in book.infolist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
            for name, data in parts.items():
                book.writestr(name, data)
    assert same(root) > 100


def test_another_day_and_another_program_ask_everything_again(tmp_path):
    root = sample(tmp_path)
    kept(root)
    for day, program in ((date(2026, 11, 1), "p"), (date(2026, 11, 1), "q")):
        result, keeps = kept(root, day, program)
        assert keeps.memory.again == 0 and told(result) == told(fresh(root, day))


@pytest.mark.parametrize("seed", range(6))
def test_a_bit_turned_anywhere_in_what_is_kept_changes_no_finding(tmp_path, seed):
    root = sample(tmp_path)
    rng = random.Random(seed)
    kept(root)
    edit_part(workbooks(root)[0], rng)
    for path in sorted((tmp_path / "cache").rglob("part-*")):
        raw = bytearray(path.read_bytes())
        match rng.randrange(4):
            case 0:
                path.unlink()
            case 1:
                path.write_bytes(raw[: rng.randrange(len(raw))])
            case _:
                raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
                path.write_bytes(raw)
    same(root)
    same(root)


def test_what_is_kept_is_for_its_owner_only_and_ages(tmp_path):
    root = sample(tmp_path)
    kept(root)
    folder = next((tmp_path / "cache").iterdir())
    assert folder.stat().st_mode & 0o077 == 0 and all(p.stat().st_mode & 0o077 == 0 for p in folder.iterdir())
    before = set(folder.glob("part-*"))
    edit_part(workbooks(root)[0], random.Random(1))
    other = folder.parent / "0123456789abcdef"
    other.mkdir()
    shutil.copy(next(iter(before)), other)
    for path in (*before, *other.iterdir()):
        os.utime(path, (0, 0))
    kept(root)
    assert all(p.stat().st_mtime > 0 for p in folder.glob("part-*"))
    assert not other.exists()


def test_of_what_no_run_asks_for_only_so_much_stays(tmp_path):
    shelf = DiskShelf(tmp_path / "s", "p")
    for n in range(20):
        shelf.put(str(n), {}, {"a": np.zeros(1 << 20)})
    shelf = DiskShelf(tmp_path / "s", "p")
    assert shelf.take("3") is not None
    shelf.sweep()
    assert 5 <= len(list((tmp_path / "s").iterdir())) <= 10 and shelf.take("3") is not None


def test_small_registers_are_not_kept(tmp_path, monkeypatch):
    root = sample(tmp_path)
    monkeypatch.setattr(keeping, "PAYS_FROM", 1 << 20)
    assert Keeping.of(open_workspace([root], root.parent), "p", DAY) is None
