"""The formats that a library reads for us, and workbooks with a password."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from read_builders import cells, read, seen, shared_file, sheet, workbook, zipped

from ownerbook.schema.cells import Kind, Pool, Style, Styles
from ownerbook.workbook.book import Book, Unreadable
from ownerbook.workbook.password import BUILT_IN
from ownerbook.workbook.reading import read_book


def spelled(path: Path, password: str | None = None) -> tuple[Book, list[tuple[int, int, Kind, str, Style]]]:
    """A book, and the cells of its first tab spelled out."""
    pool, known = Pool(), Styles()
    book = read_book(path, pool=pool, styles=known, password=password)
    return book, [c[:5] for c in seen(book.tabs[0], pool, known)]


CELL = "<table:table-cell {0}><text:p>{1}</text:p></table:table-cell>"


def ods(folder: Path, rows: str, manifest: str = "<m/>") -> Path:
    """An OpenDocument spreadsheet of one table."""
    spaces = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "table", "text"))
    table = f'<office:spreadsheet><table:table table:name="业主">{rows}</table:table></office:spreadsheet>'
    content = f"<office:document-content {spaces}><office:body>{table}</office:body></office:document-content>"
    path = folder / "业主.ods"
    path.write_bytes(zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": manifest, "content.xml": content}))
    return path


def test_an_open_document_keeps_places_kinds_and_serials(tmp_path: Path) -> None:
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    inside = "".join(
        [
            "<table:table-cell/>",
            CELL.format('office:value-type="string"', "007"),
            CELL.format('office:value-type="float" office:value="12.5"', "12.5"),
            CELL.format('office:value-type="date" office:date-value="2024-03-05"', "2024-03-05"),
            CELL.format('office:value-type="date" office:date-value="1900-02-01"', "1900-02-01"),
            CELL.format('office:value-type="boolean" office:boolean-value="true"', "TRUE"),
        ]
    )
    book, found = spelled(ods(tmp_path, f"{blank}<table:table-row>{inside}</table:table-row>"))
    day = Style("yyyy-mm-dd", date=True)
    assert (book.format, book.tabs[0].name) == ("ods", "业主")
    assert found == [
        (3, 2, Kind.TEXT, "007", Style()),
        (3, 3, Kind.NUMBER, "12.5", Style()),
        (3, 4, Kind.DATE, "45356.0", day),
        (3, 5, Kind.DATE, "32.0", day),
        (3, 6, Kind.BOOL, "1.0", Style()),
    ]


def test_an_encrypted_open_document_needs_its_password_taken_off(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        spelled(ods(tmp_path, "", "<manifest:encryption-data/>"))
    assert caught.value.reason == "encrypted"


def test_an_old_xls_is_read_with_its_tabs() -> None:
    book, found = spelled(shared_file("workbooks", "住户批量注册.masked.xls"))
    assert book.format == "xls"
    assert [t.name for t in book.tabs] == ["门户批量注册", "数据填写示例"]
    assert len(found) == 38


def test_an_xlsx_that_calls_itself_xls_is_an_xlsx() -> None:
    assert spelled(shared_file("workbooks", "水电表抄表记录初始化表.xls"))[0].format == "xlsx"


def encrypted(folder: Path, password: str) -> Path:
    """A workbook with a password to open."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    weight: dict[str, bytes | str] = {"xl/media/a.bin": random.Random(1).randbytes(20_000)}  # that library spoils packages below 4 KiB
    OOXMLFile(io.BytesIO(workbook(sheet('<row r="1"><c r="A1"><v>7</v></c></row>'), parts=weight))).encrypt(password, out)
    path = folder / "密.xlsx"
    path.write_bytes(out.getvalue())
    return path


def test_the_right_password_opens_and_is_noted(tmp_path: Path) -> None:
    book, found = spelled(encrypted(tmp_path, "钥匙-1"), "钥匙-1")
    assert (book.format, book.protected_by_password, found[0][3]) == ("xlsx", True, "7.0")


@pytest.mark.parametrize(("password", "reason"), [(None, "encrypted"), ("别的", "wrong_password")])
def test_no_password_and_a_wrong_one_are_told_apart(tmp_path: Path, password: str | None, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        spelled(encrypted(tmp_path, "钥匙-1"), password)
    assert caught.value.reason == reason


def test_the_built_in_password_needs_nobody_to_know_it(tmp_path: Path) -> None:
    assert spelled(encrypted(tmp_path, BUILT_IN))[1][0][3] == "7.0"


def test_a_public_workbook_opens_with_its_published_password() -> None:
    book, found = spelled(shared_file("xlsx", "notzip_xlsx-4ca11b.xlsx"), "password")
    assert book.protected_by_password
    assert found


def test_an_encryption_that_cannot_be_undone_says_so() -> None:
    with pytest.raises(Unreadable) as caught:
        spelled(shared_file("xlsx", "notzip_xlsx-1d7a5a.xlsx"), "password")
    assert caught.value.reason == "encryption_unknown"


def test_an_unencrypted_workbook_is_not_called_protected(tmp_path: Path) -> None:
    data = workbook(sheet('<row r="1"><c r="A1"><v>7</v></c></row>'))
    assert not read(data)[0].protected_by_password
    assert cells(data) == {"A1": (Kind.NUMBER, "7.0")}
