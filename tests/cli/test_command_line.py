"""The command line as its one technical person meets it: statuses, forms of output, and sentences instead of tracebacks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
import registers  # noqa: E402

from ownerbook.cli.main import COMMANDS, main  # noqa: E402

ROOT = Path(__file__).parents[2]


@pytest.fixture
def space(tmp_path):
    tables = registers.sheets()
    tables["业主"][0]["联系电话"] = "1390000999"
    tables["业主"][1]["电子邮箱"] = "somebody@@example.com"
    return registers.workspace(tmp_path / "小区", tables)


def call(*words, capsys):
    status = main([str(w) for w in words])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return status, out, err


def test_errors_make_status_1_and_a_clean_register_0(space, capsys):
    assert call("check", space, "--as-of", registers.DAY, capsys=capsys)[0] == 1
    registers.write(space, registers.sheets())
    assert call("check", space, "--as-of", registers.DAY, capsys=capsys)[0] == 0


def test_fail_on_decides_what_makes_status_1(space, capsys):
    tables = registers.sheets()
    tables["业主"][1]["电子邮箱"] = "somebody@@example.com"
    registers.write(space, tables)
    for gravity, status in (("error", 0), ("warning", 1), ("notice", 1), ("never", 0)):
        assert call("check", space, "--as-of", registers.DAY, "--fail-on", gravity, capsys=capsys)[0] == status


def test_json_is_one_object_of_the_agreed_form(space, capsys):
    _, out, err = call("check", space, "--as-of", registers.DAY, "--format", "json", capsys=capsys)
    report = json.loads(out)
    assert list(report) == ["as_of", "workbooks", "counts", "problems"]
    assert report["workbooks"] == ["登记簿.xlsx"]
    assert report["counts"] == {"error": 1, "warning": 1, "notice": 0, "waived": 0, "fixed": 0}
    assert [p["cell"] for p in report["problems"]] == ["H2", "K3"]
    assert report["problems"][1]["suggestion"] == "somebody@example.com"
    assert err == ""


def test_numbers_are_masked_unless_asked_for(space, capsys):
    _, out, _ = call("check", space, "--as-of", registers.DAY, capsys=capsys)
    assert "1390000999" not in out
    _, out, _ = call("check", space, "--as-of", registers.DAY, "--unmask", capsys=capsys)
    assert "1390000999" in out


def test_the_problem_workbook_is_written_into_the_workspace_and_is_not_read_again(space, capsys):
    status, out, _ = call("check", space, "--as-of", registers.DAY, "--format", "xlsx", capsys=capsys)
    path = Path(out.strip())
    assert status == 1 and path.parent == space / "检查结果" and path.stat().st_size > 5000
    _, out, _ = call("check", space, "--as-of", registers.DAY, "--format", "json", capsys=capsys)
    assert json.loads(out)["workbooks"] == ["登记簿.xlsx"]


@pytest.mark.parametrize(
    "words",
    [
        ["check", "/没有/这个"], ["check", "--as-of", "昨天"], ["check", "--format", "xml"], ["check", "--select", "Z99"], ["check", "--ignore", "C1"],
        ["chek"], [], ["explain"], ["explain", "没有"], ["check", "--password-file", "/没有"], ["init"],
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_line_with_status_2(words, space, capsys, monkeypatch):
    monkeypatch.chdir(space)
    status, out, err = call(*words, capsys=capsys)
    assert status == 2
    assert len((err or out).strip().splitlines()) == 1 or not words


def test_mistakes_in_the_settings_are_told_all_at_once_with_their_lines(space, capsys):
    (space / "ownerbook.toml").write_text('[check]\nlang = "fr"\nfast = true\n[chek]\n', "utf-8")
    status, _, err = call("check", space, capsys=capsys)
    lines = err.strip().splitlines()
    assert status == 2 and [f"第 {n} 行" in line for n, line in zip((2, 3, 4), lines, strict=True)] == [True] * 3


def test_the_settings_choose_the_language_unless_the_command_does(space, capsys):
    (space / "ownerbook.toml").write_text('[check]\nlang = "en"\n', "utf-8")
    assert "error" in call("check", space, capsys=capsys)[1]
    assert "错误" in call("check", space, "--lang", "zh", capsys=capsys)[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself_in_both_languages(command, lang, capsys):
    status, out, _ = call(command, "--help", "--lang", lang, capsys=capsys)
    assert status == 0 and COMMANDS[command][1 if lang == "zh" else 2] in out


def test_a_new_workspace_has_what_staff_need_and_keeps_what_was_there(tmp_path, capsys):
    folder = tmp_path / "阳光花园"
    assert call("init", folder, "--name", "阳光花园", capsys=capsys)[0] == 0
    assert {"ownerbook.toml", "业主档案登记簿.xlsx", "档案管理台账.xlsx", "收件箱", "检查结果", "备份"} <= {p.name for p in folder.iterdir()}
    (folder / "业主档案登记簿.xlsx").write_bytes(b"mine")
    call("init", folder, capsys=capsys)
    assert (folder / "业主档案登记簿.xlsx").read_bytes() == b"mine"


def test_a_blank_workspace_only_lacks_an_archivist_and_a_version(tmp_path, capsys):
    call("init", tmp_path / "新", capsys=capsys)
    _, out, _ = call("check", tmp_path / "新", "--format", "json", capsys=capsys)
    assert {p["code"] for p in json.loads(out)["problems"]} == {"O01", "O06"}


def test_doctor_names_what_is_wrong(space, capsys, monkeypatch):
    monkeypatch.chdir(space)
    assert call("doctor", capsys=capsys)[0] == 0
    (space / "坏.xlsx").write_bytes(b"not a workbook at all")
    status, out, _ = call("doctor", capsys=capsys)
    assert status == 1 and "坏.xlsx" in out


def test_help_loads_nothing_heavy():
    code = "import sys; from ownerbook.cli.main import main; main(['--help']); print([m for m in ('numpy', 'xlsxwriter', 'pandas', 'python_calamine') if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_console_that_lacks_a_sign_is_no_reason_to_fail(space):
    done = subprocess.run(
        [sys.executable, "-m", "ownerbook", "check", str(space)], capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False
    )
    assert done.returncode == 1 and b"Traceback" not in done.stderr


def test_output_cut_short_by_a_pager_is_no_fault(space):
    done = subprocess.run(f"{sys.executable} -m ownerbook rules | head -1", shell=True, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_a_file_name_does_not_steer_the_terminal(space, tmp_path, capsys):
    name = tmp_path / "a\x1b[31mred\u202e.xlsx"
    name.write_bytes((space / "登记簿.xlsx").read_bytes())
    for words in (("register", name, "--in", space), ("reconcile", name, "--in", space), ("filled", name, "--in", space), ("reconcile", tmp_path / "\x1b[2J.xlsx", "--in", space)):
        _, out, err = call(*words, "--as-of", registers.DAY, capsys=capsys)
        assert "\x1b" not in out + err and "\u202e" not in out + err, words
