"""`ownerbook amend` and `ownerbook diff`, encrypted workbooks, and what a difference is."""

from __future__ import annotations

import argparse
import io
import random
from pathlib import Path

import pytest
from amend_builders import ID_NEW, book, by_calamine, refused, shared_path, sheet, sst

from ownerbook.cli import amend as amend_command
from ownerbook.cli import diff as diff_command
from ownerbook.workbook.amend import SetCell, amend
from ownerbook.workbook.difference import difference

DATA = book(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>80.5</v></c><c r="C1" s="1"><v>45356</v></c></row>'), shared=sst("房号"))


def run(module: object, *words: str, lang: str = "zh") -> int:
    parser = argparse.ArgumentParser()
    module.configure(parser)  # type: ignore[attr-defined]
    args = parser.parse_args(list(words))
    args.lang = lang
    return int(module.run(args))  # type: ignore[attr-defined]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "登记簿.xlsx"
    made.write_bytes(DATA)
    return made


def test_a_trial_proves_and_writes_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(amend_command, str(path), "表!B1=91", "--expect", "80.5") == 0
    assert path.read_bytes() == DATA
    said = capsys.readouterr().out
    assert "表!B1: 80.5 → 91" in said and "逐字节相同" in said and "--write" in said


def test_the_kind_of_the_cell_is_kept(path: Path) -> None:
    assert run(amend_command, str(path), "表!B1=91", "表!C1=2024-03-06", "'表'!A1=07", "--write") == 0
    assert by_calamine(path.read_bytes())[0][:2] == ["07", 91]
    assert str(by_calamine(path.read_bytes())[0][2]) == "2024-03-06"


def test_an_identifier_and_a_row(path: Path) -> None:
    assert run(amend_command, str(path), f"表!B1={ID_NEW}", "--as", "identifier", "--write") == 0
    assert run(amend_command, str(path), "--append", "表", "--value", "A=x", "--value", f"B={ID_NEW}", "--identifier-columns", "B", "--write") == 0
    assert [r[1] for r in by_calamine(path.read_bytes())] == [ID_NEW, ID_NEW]


def test_a_refusal_is_told_in_either_language(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(amend_command, str(path), "表!B1=91", "--expect", "5") == 1
    assert "表!B1: 单元格现在的内容与预期不同" in capsys.readouterr().err
    assert run(amend_command, str(path), "无!B1=91", lang="en") == 1
    assert "无!B1: there is no sheet of this name. The workbook has: 表." in capsys.readouterr().err


@pytest.mark.parametrize("words", [["B1=91"], ["表!B=9"], ["--append", "表", "--value", "9"], [], ["表!B1=9", "--expect", "1", "--expect", "2"]])
def test_a_command_that_says_nothing_clear_is_status_2(path: Path, words: list[str]) -> None:
    assert run(amend_command, str(path), *words) == 2


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["表!C1=昨天", "--as", "date"], "表!C1：“昨天”不能当作日期，例如 2024-03-05", "表!C1: '昨天' is not a day such as 2024-03-05"),
        (["--append", "表", "--value", "B=x", "--as", "number"], "表 B：“x”不能当作数字", "表 B: 'x' is not a number"),
        (["--append", "表"], "追加的行没有内容", "the row to be appended is empty"),
        (["--value", "A=1"], "--append", "--append"),
        (["表!B1=9", "--fingerprint", "12"], "64 位", "64 hexadecimal"),
        (["表!B1=9", "--password-file", "/nowhere/at all"], "all，没有这个文件或文件夹", "all: there is no such file or folder"),
        (["表!B1=9", "--expect", "1", "--expect", "2"], "--expect 有 2 个，修改只有 1 处", "2 --expect for 1 edits"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_do(path: Path, capsys: pytest.CaptureFixture[str], words: list[str], zh: str, en: str) -> None:
    assert run(amend_command, str(path), *words) in (1, 2)
    assert zh in capsys.readouterr().err
    assert run(amend_command, str(path), *words, lang="en") in (1, 2)
    assert en in capsys.readouterr().err
    assert path.read_bytes() == DATA


def test_files_that_cannot_be_read_are_named(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(amend_command, str(tmp_path / "无.xlsx"), "表!B1=9") == 2
    assert "无.xlsx，没有这个文件或文件夹。请核对路径" in capsys.readouterr().err
    assert run(amend_command, str(tmp_path), "表!B1=9") == 2
    assert "是文件夹" in capsys.readouterr().err
    (tmp_path / "短.xlsx").write_bytes(DATA[:-200])
    assert run(diff_command, str(path), str(tmp_path / "短.xlsx")) == 2
    assert "短.xlsx：文件已损坏或不可信：文件末尾缺失" in capsys.readouterr().err
    assert run(amend_command, str(tmp_path / "短.xlsx"), "表!B1=9", lang="en") == 1
    assert "its end is missing" in capsys.readouterr().err


def test_diff_shows_cells_and_parts(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "b.xlsx"
    other.write_bytes(amend(DATA, [SetCell("表", "B1", 91), SetCell("表", "D1", ID_NEW, identifier=True)]).data)
    assert run(diff_command, str(path), str(path)) == 0
    assert run(diff_command, str(path), str(other)) == 1
    said = capsys.readouterr().out
    assert (
        "表!B1: '80.5' → '91'" in said and f"表!D1: '' → '{'*' * 14}{ID_NEW[-4:]}'" in said and ID_NEW not in said and "xl/styles.xml: 不同" in said
    )
    assert run(diff_command, str(path), str(other), "--format", "json") == 1
    assert '"cell": "表!B1"' in capsys.readouterr().out


def test_diff_of_what_is_no_workbook_is_status_2(path: Path, tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").write_bytes(b"a,b")
    assert run(diff_command, str(path), str(tmp_path / "b.xlsx")) == 2


def test_a_look_is_told_from_a_value() -> None:
    old = book(sheet('<row r="1"><c r="A1" s="1"><v>1</v></c></row>'))
    new = book(sheet('<row r="1"><c r="A1" s="2"><v>1</v></c></row>'))
    assert [d.only_style for d in difference(old, new).cells] == [True]


def test_the_same_text_stored_in_two_ways_is_no_difference() -> None:
    old = book(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), shared=sst("甲"))
    new = book(sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'), shared=sst("甲"))
    assert difference(old, new).cells == [] and difference(old, new).parts == {"xl/worksheets/sheet1.xml": "changed"}


def test_a_sheet_that_is_gone_is_told() -> None:
    assert difference(book({"表": sheet(""), "别": sheet("")}), book(sheet(""))).sheets == {"别": "removed"}


LARGER = book(sheet('<row r="1"><c r="B1"><v>80.5</v></c></row>'), parts={"xl/media/a.bin": random.Random(1).randbytes(9000)})


def encrypted(password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(LARGER)).encrypt(password, out)  # it does not write packages of less than 4 KiB well
    return out.getvalue()


def decrypted(data: bytes, password: str) -> bytes:
    import msoffcrypto

    file = msoffcrypto.OfficeFile(io.BytesIO(data))
    file.load_key(password=password)
    out = io.BytesIO()
    file.decrypt(out)
    return out.getvalue()


@pytest.mark.parametrize("password", ["开门", "VelvetSweatshop"])
def test_an_encrypted_workbook_is_encrypted_again_with_the_same_password(password: str) -> None:
    given = None if password == "VelvetSweatshop" else password
    result = amend(encrypted(password), [SetCell("表", "B1", 91)], password=given)
    assert result.receipt.encrypted
    assert by_calamine(decrypted(result.data, password))[0][1] == 91


def test_without_the_password_it_is_refused() -> None:
    data = encrypted("开门")
    assert refused(data, SetCell("表", "B1", 91)) == ["password"]
    assert refused(data, SetCell("表", "B1", 91), password="关门") == ["password"]


def test_an_encrypted_file_of_excel() -> None:
    data = shared_path("notzip_xlsx-4ca11b.xlsx").read_bytes()
    result = amend(data, [SetCell("Sheet1", "Z9", "新")], password="password")
    assert by_calamine(decrypted(result.data, "password"), "Sheet1")[8][25] == "新"


def test_a_number_is_given_on_standard_input_and_not_in_the_command(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("房号\n13900001234\n91\n"))
    # in the order of the edits: the first's old value is asked for after all new ones
    assert run(amend_command, str(path), "表!A1=-", "表!B1=-", "--as", "text", "--write") == 0
    assert by_calamine(path.read_bytes())[0][:2] == ["房号", "13900001234"]
    assert "进程" not in capsys.readouterr().err
    assert run(amend_command, str(path), "表!A1=13900001234", "--as", "text") == 0
    assert "进程" in capsys.readouterr().err


def test_where_standard_input_ends_nothing_is_changed(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("91\n"))
    assert run(amend_command, str(path), "表!B1=-", "--expect", "-", "--write") == 2
    assert "标准输入" in capsys.readouterr().err
    assert path.read_bytes() == DATA


def test_a_sign_that_stands_for_itself(path: Path) -> None:
    assert run(amend_command, str(path), "表!A1=\\-", "--write") == 0
    assert by_calamine(path.read_bytes())[0][0] == "-"


def test_what_cannot_be_a_day_is_not_said_in_full(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(amend_command, str(path), "表!C1=13900001234", "--as", "date") == 2
    assert "13900001234" not in capsys.readouterr().err
