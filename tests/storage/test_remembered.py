"""A history rewritten whole, and a folder put back as it was, are found by what this machine remembers, on its own disk."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from ownerbook.cli.main import main
from ownerbook.jobs.verifying import accept_as_it_is, verify
from ownerbook.storage import remembered
from ownerbook.storage.identity import identity
from ownerbook.storage.journal import Journal

AT = datetime(2026, 10, 31, 9, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "state"))
    root = tmp_path / "小区"
    root.mkdir()
    (root / "ownerbook.toml").touch()
    (root / "登记簿.csv").write_text("房号\n1-1-101\n", "utf-8")
    identity(root, AT)
    written(root, 5)
    return root


def written(root: Path, entries: int, said: str = "") -> None:
    for n in range(entries):
        Journal(root).append("try", {"n": n, "said": said}, at=AT)


def rewritten(root: Path, entries: int) -> None:
    """A chain that holds together, and says something else."""
    shutil.rmtree(root / ".ownerbook" / "journal")
    (root / ".ownerbook" / "head.json").unlink()
    elsewhere = {"OWNERBOOK_STATE_DIR": str(root.parent / "other machine")}
    code = (
        "import sys; from pathlib import Path; from datetime import datetime; from ownerbook.storage.journal import Journal\n"
        "for n in range(int(sys.argv[2])): Journal(Path(sys.argv[1])).append('try', {'n': n, 'said': 'lie'}, at=datetime.fromisoformat(sys.argv[3]))"
    )
    subprocess.run([sys.executable, "-c", code, str(root), str(entries), AT.isoformat()], env=elsewhere | _path(), check=True)


def _path() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(p for p in sys.path if p)}


def troubles(root: Path) -> list[str]:
    return [t.zh for t in verify(root).troubles]


@pytest.mark.parametrize("entries", [5, 9])
def test_a_chain_rewritten_whole_is_found_without_a_seal_noted_elsewhere(root, entries):
    assert troubles(root) == []
    rewritten(root, entries)
    assert len(troubles(root)) == 1 and "改写过" in troubles(root)[0] and "verify --accept" in troubles(root)[0]


def test_a_folder_put_back_as_it_was_is_found(root, tmp_path):
    shutil.copytree(root / ".ownerbook", tmp_path / "old")
    written(root, 2)
    shutil.rmtree(root / ".ownerbook")
    shutil.copytree(tmp_path / "old", root / ".ownerbook")
    assert len(troubles(root)) == 1 and "第 7 条" in troubles(root)[0] and "只有 5 条" in troubles(root)[0]


def test_what_is_written_after_that_does_not_make_it_forgotten(root):
    rewritten(root, 4)
    written(root, 6)
    assert len(troubles(root)) == 1
    assert remembered.recall(root).number == 5


def test_another_machine_that_writes_on_is_no_trouble(root):
    other = {"OWNERBOOK_STATE_DIR": str(root.parent / "other machine")}
    code = (
        "import sys; from pathlib import Path; from datetime import datetime; from ownerbook.storage.journal import Journal\n"
        "Journal(Path(sys.argv[1])).append('try', {}, at=datetime.fromisoformat(sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-c", code, str(root), AT.isoformat()], env=other | _path(), check=True)
    assert troubles(root) == []
    written(root, 1)
    assert remembered.recall(root).number == 7


def test_a_copy_of_the_workspace_goes_its_own_way(root, tmp_path):
    copy = Path(shutil.copytree(root, tmp_path / "副本"))
    written(root, 3)
    written(copy, 1, "in the copy")
    assert troubles(root) == [] and troubles(copy) == []


def test_an_old_state_that_is_meant_is_accepted_once_and_the_journal_says_so(root, capsys):
    rewritten(root, 3)
    here = ["--in", str(root)]
    assert main(["verify", *here]) == 1
    assert main(["verify", "--accept", *here]) == 2  # no reason
    assert main(["verify", "--accept", "--reason", "换回上周的备份", *here]) == 0
    entry = Journal(root).last()
    assert entry.kind == "accepted" and entry.data["number"] == 5 and entry.data["reason"] == "换回上周的备份"
    assert troubles(root) == []
    assert accept_as_it_is(root, reason="x", by="y", at=AT) is None
    capsys.readouterr()


def test_a_check_says_it_each_time_until_then(root, capsys):
    main(["check", str(root)])
    assert "本机" not in capsys.readouterr().err
    rewritten(root, 9)
    for _ in range(2):
        main(["check", str(root)])
        assert "历史被改写过" in capsys.readouterr().err


def test_a_memory_that_cannot_be_read_is_none(root):
    (file,) = (root.parent / "state").glob("head-*.json")
    for text in ("", "[]", '{"x": 1}', json.dumps({"a": ["b", "c"]})):
        file.write_text(text)
        assert remembered.recall(root) is None and troubles(root) == []
