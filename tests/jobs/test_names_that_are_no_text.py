"""A workbook whose file name is no UTF-8 (copied from an old share) is checked like any other."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

ON = ("--as-of", "2026-10-31")


@pytest.fixture
def root(tmp_path):
    told = sheets(2)
    told["业主"][0]["联系电话"] = "139"
    root = workspace(tmp_path / "小区", told)
    try:
        os.rename(root / "登记簿.xlsx", os.fsencode(root) + b"/\xb5\xc7\xbc\xc7.xlsx")  # noqa: PTH104  a path of bytes
    except OSError:
        pytest.skip("this file system takes no such name")
    return root


def test_its_problems_are_told_and_known_again_the_next_time(root, capsys):
    assert main(["check", str(root), *ON]) == 1
    assert "[新]" in capsys.readouterr().out
    assert main(["check", str(root), *ON]) == 1
    out = capsys.readouterr().out
    assert "E01" in out and "[新]" not in out


def test_the_problem_workbook_and_the_month_are_made_of_it(root, tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-11-02T09:00:00")
    assert main(["check", str(root), *ON, "--format", "xlsx", "-o", str(tmp_path / "问题.xlsx")]) == 1
    assert main(["report", "--month", "2026-10", str(root), "--out", str(tmp_path / "月报.xlsx")]) == 0
    assert (tmp_path / "问题.xlsx").is_file() and (tmp_path / "月报.xlsx").is_file()
