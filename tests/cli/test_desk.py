"""The file that a clerk double-clicks, and what it runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "jobs"))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs import desk  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-11-02T09:00:00")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return workspace(tmp_path / "小 区", sheets(2))


def test_the_windows_file_is_gbk_with_crlf_and_names_the_program():
    text = desk.batch_file(r"D:\物业\100%\ownerbook.exe").decode("gbk")
    assert text.count("\r\n") == text.count("\n") > 5
    assert r"D:\物业\100%%\ownerbook.exe" in text and 'pushd "%~dp0"' in text


def test_a_path_that_gbk_cannot_hold_is_left_to_the_search_path():
    assert desk.batch_file("D:\\\U0001f3e0\\ownerbook.exe") == desk.batch_file("")


def test_the_entry_for_linux_quotes_what_its_format_asks():
    text = desk.desktop_entry('/opt/a "b" $c 5%/ownerbook', Path("/srv/小区")).decode()
    assert 'Exec="/opt/a \\"b\\" \\$c 5%%/ownerbook" desk --wait %F' in text and "Path=/srv/小区" in text


def test_a_new_workspace_has_the_file_and_a_second_install_changes_nothing(tmp_path, capsys):
    assert main(["init", str(tmp_path / "新")]) == 0
    path = tmp_path / "新" / desk.BAT
    before = path.stat().st_mtime_ns
    capsys.readouterr()
    assert main(["desk", "--install", "--in", str(tmp_path / "新")]) == 0
    assert "没有改动" in capsys.readouterr().out and path.stat().st_mtime_ns == before


def test_it_checks_and_says_where_the_problem_list_is(root, capsys, monkeypatch):
    monkeypatch.chdir(root)
    assert main(["desk"]) == 0
    told = capsys.readouterr().out
    assert "没有问题" in told or "错误 0 个" in told
    assert (root / "检查结果" / "问题清单_2026-11-02.xlsx").is_file()


def test_a_folder_that_is_no_workspace_is_one_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["desk", "--wait"]) == 2
    assert "不是工作区" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="there a workbook would really be opened")
def test_without_a_screen_nothing_is_opened(root):
    assert desk.show(root / "登记簿.xlsx") is False


def test_a_workspace_may_be_made_beside_the_one_we_are_in_and_not_within(root, capsys, monkeypatch):
    monkeypatch.chdir(root)
    assert main(["init", "../邻居"]) == 0 and (root.parent / "邻居" / "ownerbook.toml").is_file()
    assert main(["init", "里面"]) == 2 and "不能套" in capsys.readouterr().err
