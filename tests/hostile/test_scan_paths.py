"""What 电子件 says is looked for in the workspace alone: no other machine is asked, no device opened, nothing outside is looked at."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
from registers import sheets, workspace, write  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.reading import Folder, leads_out  # noqa: E402
from ownerbook.jobs.workspace import open_workspace  # noqa: E402

OUT = ("../x.pdf", "..\\x.pdf", "扫描件/../../x.pdf", "/etc/hostname", "\\\\host\\share\\x.pdf", "//host/share/x.pdf", "C:\\x.pdf", "c:x.pdf", "file:///etc/hostname",
       "https://x.invalid/y.pdf", "smb://host/x", " \\\\host\\x", "a\0b")  # fmt: skip
ODD = (
    "扫描件/" + "长" * 3000 + ".pdf",
    "扫描件/CON",
    "扫描件/NUL.pdf",
    "扫描件/x.pdf:流",
    "扫描件/x.pdf. ",
    "扫描件/\u202efdp.exe",
    "扫描件/*?.pdf",
    "",
    ".",
    "扫描件",
)
WITHIN = ("扫描件/./一.pdf/", "扫描件/一.pdf", "扫描件\\一.pdf", "./扫描件/一.pdf", "扫描件/../扫描件/一.pdf")


@pytest.mark.parametrize("name", OUT)
def test_a_path_that_leads_out_is_known_by_its_words(name):
    assert leads_out(name)


@pytest.mark.parametrize("name", [*WITHIN, "1-1-101/CL0010：合同.pdf", "a b/..c.pdf", "...", "扫描件/a..b"])
def test_a_path_within_the_workspace_is_none(name):
    assert not leads_out(name)


def test_what_leads_out_is_never_looked_at(tmp_path, monkeypatch):
    (tmp_path / "x.pdf").write_bytes(b"outside")
    root = tmp_path / "小区"
    (root / "扫描件").mkdir(parents=True)
    (root / "扫描件" / "一.pdf").write_bytes(b"inside")
    (root / "扫描件" / "链接.pdf").symlink_to(tmp_path / "x.pdf")
    (root / "链接").symlink_to(tmp_path)
    looked: list[str] = []
    plain = os.stat
    monkeypatch.setattr(os, "stat", lambda path, *a, **k: looked.append(os.fspath(path)) or plain(path, *a, **k))
    folder = Folder(root)
    for name in (*OUT, *ODD, "扫描件/链接.pdf", "链接/x.pdf"):
        assert not folder.exists(name) and folder.sha256(name) == "", name
    assert not [p for p in looked if "host" in str(p) or str(p).endswith("/etc/hostname")]
    for name in WITHIN:
        assert folder.exists(name) and folder.sha256(name) == hashlib.sha256(b"inside").hexdigest(), name


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_among_the_files_is_not_waited_for(tmp_path, monkeypatch, capsys):
    root = workspace(tmp_path / "小区", sheets(1))
    for name in ("扫描件", "收件箱", "检查结果"):
        (root / name).mkdir()
    for name in ("扫描件/一.pdf", "收件箱/来件.xlsx", "房屋.xlsx", "检查结果/旧.xlsx"):
        os.mkfifo(root / name)
    assert Folder(root).sha256("扫描件/一.pdf") == ""
    assert [n for n, _ in open_workspace([], root).files] == ["登记簿.xlsx"]
    monkeypatch.chdir(root)
    for words in (["check", "--as-of", "2026-10-31"], ["reconcile"], ["scans"], ["doctor"]):
        assert main(words) in (0, 1, 2)
        assert "程序出错" not in capsys.readouterr().err, words


def test_a_register_full_of_such_paths_is_judged_and_nothing_outside_is_told(tmp_path, monkeypatch, capsys):
    (tmp_path / "x.pdf").write_bytes(b"outside")
    print_ = hashlib.sha256(b"outside").hexdigest()
    tables = sheets(3)
    names = [n for n in (*OUT, *ODD) if "\0" not in n and len(n) < 1000]
    for row, name in zip(tables["材料"], names, strict=False):
        row |= {"电子件": name, "电子件指纹": print_}
    root = workspace(tmp_path / "小区", tables)
    (root / "扫描件").mkdir()
    monkeypatch.chdir(root)
    main(["check", "--format", "json", "--as-of", "2026-10-31"])
    found = {p["record"]: p["code"] for p in json.loads(capsys.readouterr().out)["problems"] if p["header"] == "电子件"}
    for row, name in zip(tables["材料"], names, strict=False):
        if name in OUT:
            assert row["材料编号"] in found, name
    for words in (
        ["scans"],
        ["missing", "--as-of", "2026-10-31"],
        ["dossier", "1-1-101", "--as-of", "2026-10-31"],
        ["cabinet", "contents", "--everything", "--as-of", "2026-10-31"],
    ):
        assert main(words) in (0, 1, 2)
        out, err = capsys.readouterr()
        assert "程序出错" not in err and "\u202e" not in out, words


def test_a_workbook_that_cannot_be_a_file_on_the_disk_is_no_reason_to_stop(tmp_path):
    root = workspace(tmp_path / "小区", sheets(1))
    write(root / "二期", sheets(1), "\u202exslx.xlsx")
    assert len(open_workspace([], root).files) == 2
