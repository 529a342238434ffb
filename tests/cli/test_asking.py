"""What is personal is asked for at the terminal or read from standard input."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "jobs"))
from deadline_registers import space as made  # noqa: E402

from ownerbook.cli import asked  # noqa: E402
from ownerbook.cli.main import main  # noqa: E402
from ownerbook.schema.words import Text  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
PROMPT = Text("姓名：", "name: ")


class Keyboard(io.StringIO):
    """Somebody at the terminal."""

    def isatty(self) -> bool:
        return True


def test_a_dash_reads_a_line_of_standard_input_each_time(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("赵甲\n13900000001\n"))
    assert [asked.line("-", PROMPT, "zh"), asked.line("-", PROMPT, "zh"), asked.line("-", PROMPT, "zh")] == ["赵甲", "13900000001", ""]
    assert capsys.readouterr() == ("", "")


def test_at_the_terminal_what_is_not_said_is_asked_and_what_is_said_is_not(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", Keyboard("赵甲\n"))
    assert asked.line("钱乙", PROMPT, "zh") == "钱乙"
    assert asked.line("", PROMPT, "zh") == "赵甲"
    assert capsys.readouterr() == ("", "姓名：")


def test_without_a_terminal_nothing_waits_for_an_answer(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("赵甲\n"))
    assert asked.line("", PROMPT, "zh") == ""
    monkeypatch.setattr("sys.stdin", None)
    assert asked.line("", PROMPT, "zh") == asked.line("-", PROMPT, "zh") == ""


def test_a_loan_is_entered_without_a_name_or_a_phone_in_the_command(tmp_path, monkeypatch):
    root = made(tmp_path / "小区")
    monkeypatch.setattr("sys.stdin", io.StringIO("赵丁\n13900000003\n"))
    words = ["YG-1-1-301-01", "--borrower", "-", "--phone", "-", "--purpose", "办证", "--reviewer", "G002", "--clerk", "G001", "--write"]
    assert main(["lend", *words, "--in", str(root), "--on", "2026-10-31"]) == 0
    tab = openpyxl.load_workbook(root / "登记簿.xlsx")["借阅"]
    last = [c.value for c in list(tab.iter_rows())[-1]]
    assert "赵丁" in last and "13900000003" in last


def test_find_reads_what_it_is_to_find_and_without_anything_says_so(tmp_path, monkeypatch, capsys):
    root = made(tmp_path / "小区")
    monkeypatch.setattr("sys.stdin", Keyboard("赵丁\n"))
    assert main(["find", "--in", str(root)]) == 0
    assert "1-1-301" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["find", "--in", str(root)]) == 2
    assert capsys.readouterr().err == "请写找什么：姓名、房号、电话、档号都行\n"


def test_a_form_that_is_not_named_is_answered_with_all_forms(capsys):
    assert main(["form"]) == 2
    out, err = capsys.readouterr()
    assert "催还通知" in out and "移架清单" in out and "请写开哪一张" in err
    assert main(["form", "--lang", "en"]) == 2
    assert "overdue-notice" in capsys.readouterr().out


def test_a_loan_of_an_earlier_day_is_held_against_what_was_entered_since(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-11-02T09:00:00")
    root = made(tmp_path / "小区")
    words = ["YG-1-1-301-01", "--borrower", "赵丁", "--phone", "13900000003", "--purpose", "办证", "--reviewer", "G002", "--clerk", "G001"]
    assert main(["lend", *words, "--in", str(root), "--on", "2020-03-31"]) == 1
    assert "借出日期早于建档日期" in capsys.readouterr().err
