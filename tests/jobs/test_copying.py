"""Working copies: handed out with a stamp, the base kept, the journal told; never read as register where they lie in the workspace."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import DAY, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.check import check  # noqa: E402
from ownerbook.jobs.copying import Copies, chosen, copy, entry_of, entry_of_file  # noqa: E402
from ownerbook.jobs.reading import read_register  # noqa: E402
from ownerbook.jobs.workspace import Unusable, Workspace, open_workspace  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402
from ownerbook.storage.versions import Versions  # noqa: E402
from ownerbook.workbook.stamp import stamp_of  # noqa: E402

NOW = datetime(2026, 10, 31, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return open_workspace([], workspace(tmp_path / "小区"))


def handed_out(space: Workspace, path: Path) -> Copies:
    read = read_register(space, DAY)
    return copy(space, read, chosen(space, read, ["业主"]), path, to="王芳", at=NOW)


def test_the_stamp_leads_to_who_got_which_base(space: Workspace, tmp_path: Path) -> None:
    (one,) = handed_out(space, tmp_path / "小王.xlsx").done
    assert one.stamped
    assert stamp_of(one.path) == one.id
    entry = entry_of(space.root, one.id)
    assert entry is not None
    assert (entry.data["to"], entry.data["workbook"], entry.at) == ("王芳", "登记簿.xlsx", NOW)
    assert Versions(space.root).read(str(entry.data["fingerprint"])) == (space.root / "登记簿.xlsx").read_bytes()
    assert entry_of(space.root, "0" * 16) is None


def test_a_working_copy_in_the_workspace_is_told_and_not_read_as_register(space: Workspace) -> None:
    handed_out(space, space.root / "小王的登记簿.xlsx")
    again = open_workspace([], space.root)
    found = read_register(again, DAY)
    assert list(found.fingerprints) == ["登记簿.xlsx"]
    assert any("小王的登记簿.xlsx 是发出的工作副本" in n.zh for n in found.notes)
    checked = check(again, DAY)
    assert checked.workbooks == ["登记簿.xlsx"]
    assert any("工作副本" in n.zh for n in checked.notes)


def test_a_working_copy_saved_over_its_original_is_told_as_that(space: Workspace, tmp_path: Path) -> None:
    (one,) = handed_out(space, tmp_path / "小王.xlsx").done
    (space.root / "登记簿.xlsx").write_bytes(one.path.read_bytes())
    checked = check(open_workspace([], space.root), DAY)
    assert any("原工作簿被它替换了" in n.zh for n in checked.notes)


def test_a_csv_goes_out_unstamped_and_is_known_while_unchanged(tmp_path: Path) -> None:
    root = workspace(tmp_path / "小区")
    (root / "满意度.csv").write_text("月份,调查份数,回收份数,满意份数\n2026-10,10,8,7\n", "utf-8")
    space = open_workspace([], root)
    read = read_register(space, DAY)
    result = copy(space, read, chosen(space, read, ["满意度"]), tmp_path / "副.csv", to="王芳", at=NOW)
    (one,) = result.done
    assert not one.stamped
    assert "不能加标记" in result.notes[0].zh
    entry = entry_of_file(space.root, one.fingerprint)
    assert entry is not None
    assert entry.data["copy"] == one.id


def test_a_workbook_that_changed_since_it_was_read_is_not_handed_out(space: Workspace, tmp_path: Path) -> None:
    read = read_register(space, DAY)
    with (space.root / "登记簿.xlsx").open("ab") as file:
        file.write(b" ")
    with pytest.raises(Unusable, match="刚刚变过"):
        copy(space, read, ["登记簿.xlsx"], tmp_path / "副.xlsx", to="王芳", at=NOW)
    assert not (tmp_path / "副.xlsx").exists()


def test_nothing_is_written_over_and_the_suffix_stays(space: Workspace, tmp_path: Path) -> None:
    there = tmp_path / "有.xlsx"
    there.write_bytes(b"x")
    for path in (there, tmp_path / "副.ods"):
        with pytest.raises(Unusable):
            handed_out(space, path)
    assert there.read_bytes() == b"x"
    assert Journal(space.root).entries("copy") == []
    with pytest.raises(Unusable):
        chosen(space, read_register(space, DAY), ["没有的表"])


def test_the_command_writes_a_copy_of_each_workbook(
    space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(space.root)
    assert main(["copy", "业主", "--to", "王芳", "--out", str(tmp_path / "发出" / "小王.xlsx")]) == 0
    assert stamp_of(Path(capsys.readouterr().out.strip())) is not None
    assert main(["copy", "业主", "--to", "王芳", "--out", str(tmp_path / "发出" / "小王.xlsx")]) == 2
    assert main(["copy", "--to", "王芳", "--out", str(tmp_path / "全部")]) == 0
    assert (tmp_path / "全部" / "登记簿.xlsx").exists()
