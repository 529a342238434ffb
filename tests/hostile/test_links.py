"""Links in a shared folder: whoever may put one there cannot have others read or write outside the workspace."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
from registers import sheets, workspace, write  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.inbox import look  # noqa: E402
from ownerbook.jobs.reading import read_register  # noqa: E402
from ownerbook.jobs.workspace import OURS, open_workspace  # noqa: E402

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights there")
WRITING = [
    ("check", "--format", "xlsx"), ("nightly",), ("tick",), ("monthly",), ("report", "--month", "2026-10"), ("reconcile",), ("today", "--format", "xlsx"),
    ("export", "--for", "审计", "--to", "甲", "--reason", "核对"), ("form", "销毁清册"), ("copy", "登记簿.xlsx", "--to", "孙二", "-o", "检查结果/发出.xlsx"), ("verify",), ("check", "--unmask"),
]  # fmt: skip


@pytest.fixture
def space(tmp_path, monkeypatch):
    for name in ("CACHE", "STATE"):
        monkeypatch.setenv(f"OWNERBOOK_{name}_DIR", str(tmp_path / name.lower()))
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-11-02T09:00:00")
    root = workspace(tmp_path / "小区", sheets(2))
    monkeypatch.chdir(root)
    return root


def held(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.is_symlink()}


@pytest.mark.parametrize("name", [*OURS, "检查结果"])
def test_a_folder_of_ours_that_is_a_link_to_elsewhere_is_named_and_nothing_is_written_there(space, tmp_path, capsys, name):
    outside = tmp_path / "别处"
    outside.mkdir()
    (outside / "重要.xlsx").write_bytes(b"kept")
    (space / name).parent.mkdir(parents=True, exist_ok=True)
    (space / name).symlink_to(outside)
    for words in WRITING:
        assert main([*words]) == 2, words
        assert f"{name} 是指向工作区以外的链接" in capsys.readouterr().err, words
    assert held(outside) == {"重要.xlsx": b"kept"}


def test_a_link_within_the_workspace_is_followed(space, capsys):
    (space / "报告").mkdir()
    (space / "检查结果").symlink_to(space / "报告")
    assert main(["check", "--format", "xlsx", "--as-of", "2026-10-31"]) in (0, 1)
    assert list((space / "报告").glob("*.xlsx"))


@pytest.mark.parametrize(
    "said", ["../../etc", "/etc", "a/../../b", "C:\\\\Windows", "\\\\\\\\host\\\\share", "~/x", "..", "检查\\n结果", "a\\\\..\\\\..\\\\b"]
)
def test_the_settings_cannot_name_a_folder_elsewhere(space, capsys, said):
    (space / "ownerbook.toml").write_text(f'[workspace]\nname = "试验"\n[reports]\nfolder = "{said}"\n', "utf-8")
    for words in WRITING:
        assert main([*words]) == 2, words
        assert "第 4 行" in capsys.readouterr().err, words


def test_a_file_that_is_a_link_is_replaced_and_not_written_through(space, tmp_path, capsys):
    """Under the name of every report, and of the draft that it is written as, lies a link to a file that matters."""
    first = space / "检查结果"
    for words in WRITING:
        main([*words])
    names = {p.relative_to(first).as_posix() for p in first.rglob("*") if p.is_file()}
    assert len(names) >= 5
    other = workspace(tmp_path / "另一处", sheets(2))
    os.chdir(other)
    target = tmp_path / "重要.xlsx"
    target.write_bytes(b"kept")
    for name in names:
        path = other / "检查结果" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
        path.with_name(f".{path.name}.draft").symlink_to(target)
    for words in WRITING:
        main([*words])
    assert target.read_bytes() == b"kept"


def test_links_in_the_inbox_are_not_read(space, tmp_path):
    outside = tmp_path / "别处"
    write(outside, sheets(2), "别人的.xlsx")
    (space / "收件箱").mkdir()
    (space / "收件箱" / "来件.xlsx").symlink_to(outside / "别人的.xlsx")
    (space / "收件箱" / "一包").symlink_to(outside)
    opened = open_workspace([], space)
    found = look(opened, read_register(opened, __import__("datetime").date(2026, 10, 31)))
    assert not found.files and {p.name for p, _ in found.left} <= {"来件.xlsx", "一包"}


def test_a_workbook_of_the_register_that_is_a_link_is_not_read_as_register(space, tmp_path):
    write(tmp_path / "别处", sheets(3), "另一个小区.xlsx")
    (space / "房屋2.xlsx").symlink_to(tmp_path / "别处" / "另一个小区.xlsx")
    (space / "二期").symlink_to(tmp_path / "别处")
    assert [n for n, _ in open_workspace([], space).files] == ["登记簿.xlsx"]
