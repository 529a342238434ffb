"""The cache is only ever a cache: whatever happens to it, and whatever changes, a check says what a fresh one would say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from ownerbook.cli.main import main

sys.path.insert(0, str(Path(__file__).parent))
from deadline_registers import space as due_space  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
ASKED = ["--as-of", "2026-10-31", "--format", "json"]


@pytest.fixture
def space(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_CACHE_DIR", str(tmp_path / "cache"))
    return due_space(tmp_path / "小区")


@pytest.fixture
def said(space, capsys):
    def run(*more: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main(["check", str(space), *ASKED, *more])
        return status, capsys.readouterr().out

    return run


def entries(tmp_path: Path) -> list[Path]:
    return [p for p in (tmp_path / "cache").rglob("check-*") if p.is_file()]


def test_the_same_is_said_again_without_reading_a_workbook(space, said, tmp_path):
    said()
    second = said()
    assert entries(tmp_path)
    assert said() == second == said("--fresh")
    code = f"import sys; from ownerbook.cli.main import main; main(['check', {str(space)!r}, *{ASKED!r}]); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, env=os.environ | {"OWNERBOOK_LANG": "zh"}).returncode == 0


def test_a_problem_is_new_once_and_open_from_then_on(said):
    assert '"state": "new"' in said()[1]
    for _ in range(3):
        assert '"state": "new"' not in said()[1]


def test_a_changed_cell_is_seen(space, said):
    said(), said()
    book = openpyxl.load_workbook(space / "登记簿.xlsx")
    sheet = book["借阅"]
    sheet.cell(2, [c.value for c in sheet[1]].index("借阅人身份") + 1, "没有这种身份")
    book.save(space / "登记簿.xlsx")
    warm = said()
    assert "没有这种身份" in warm[1]
    assert said()[1] == said("--fresh")[1]


def test_another_day_other_settings_other_rules_and_another_language_are_other_answers(space, said):
    base = [said(), said()][1]
    assert said("--select", "K01")[1] != base[1]
    assert said("--lang", "en")[1] != base[1]
    assert '"as_of": "2026-11-30"' in said("--as-of", "2026-11-30")[1]
    said()  # what the other day found is fixed, or new
    assert said() == base
    path = space / "ownerbook.toml"
    path.write_text(path.read_text("utf-8") + '\n[check]\nignore = ["K01"]\n', "utf-8")
    assert '"K01"' in base[1] and '"code": "K01"' not in said()[1]


def test_a_scan_that_appears_or_changes_is_seen(space, said):
    book = openpyxl.load_workbook(space / "登记簿.xlsx")
    sheet = book["材料"]
    heads = [c.value for c in sheet[1]]
    if "电子件" not in heads:
        sheet.cell(1, len(heads) + 1, "电子件")
        heads.append("电子件")
    sheet.cell(2, heads.index("电子件") + 1, "扫描/新扫描.pdf")
    book.save(space / "登记簿.xlsx")
    said()
    missing = said()
    assert said() == missing and "新扫描.pdf" in missing[1]
    (space / "扫描").mkdir()
    (space / "扫描" / "新扫描.pdf").write_bytes(b"%PDF-1.4")
    there = said()
    assert "新扫描.pdf" not in there[1] and there[1] != missing[1]
    shutil.rmtree(space / "扫描")
    assert "新扫描.pdf" in said()[1]


def test_a_cache_that_is_deleted_torn_or_changed_changes_no_finding(said, tmp_path):
    said()
    truth = said()
    for spoil in (
        lambda p: p.unlink(),
        lambda p: p.write_bytes(b""),
        lambda p: p.write_bytes(p.read_bytes()[:-40]),
        lambda p: p.write_bytes(p.read_bytes().replace(b"error", b"notic", 1)),
        lambda p: p.write_bytes(bytes([*p.read_bytes()[:50], 0, *p.read_bytes()[51:]])),
    ):
        for path in entries(tmp_path):
            spoil(path)
        assert said() == truth
        assert said() == truth


def test_a_cache_that_cannot_be_written_changes_no_finding(said, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("OWNERBOOK_CACHE_DIR", str(tmp_path / "file"))
    said()
    assert said() == said("--fresh")


def test_what_is_kept_is_for_its_owner_only_and_not_much(said, tmp_path):
    for day in range(1, 20):
        said("--as-of", f"2026-10-{day:02d}")
    found = entries(tmp_path)
    assert 0 < len(found) <= 12 and all(p.stat().st_mode & 0o077 == 0 for p in found)


def test_the_memory_of_the_last_run_taken_away_makes_all_new_again(space, said):
    said(), said()
    (space / ".ownerbook" / "problems.json").unlink()
    assert '"state": "new"' in said()[1] and '"state": "new"' not in said()[1]
