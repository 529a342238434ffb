"""OpenDocument spreadsheets for the tests, made by hand."""

from __future__ import annotations

from pathlib import Path

from read_builders import seen, zipped

from ownerbook.schema.cells import Flag, Kind, Pool, Style, Styles
from ownerbook.workbook.book import Book
from ownerbook.workbook.reading import read_book

_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{p}="{_OPEN}{p}:1.0"' for p in ("office", "table", "text", "style", "meta")) + (
    f' xmlns:number="{_OPEN}datastyle:1.0" xmlns:fo="{_OPEN}xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
Seen = tuple[int, int, Kind, str, Style, Flag]


def cell(attributes: str = "", text: str = "") -> str:
    """A cell with one paragraph, or without."""
    return f"<table:table-cell {attributes}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def words(text: str, attributes: str = "") -> str:
    """A cell with a text."""
    return cell(f'office:value-type="string" {attributes}', text)


def value(number: str, attributes: str = "") -> str:
    """A cell with a number."""
    return cell(f'office:value-type="float" office:value="{number}" {attributes}', number)


def row(*cells: str, attributes: str = "") -> str:
    """A row."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(inside: str, name: str = "业主", attributes: str = "") -> str:
    """A table of columns and rows."""
    return f'<table:table table:name="{name}" {attributes}>{inside}</table:table>'


def content(tables: str, automatic: str = "", before: str = "", after: str = "") -> str:
    """The content part."""
    body = f"<office:body><office:spreadsheet>{before}{tables}{after}</office:spreadsheet></office:body>"
    return f"<office:document-content {SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>{body}</office:document-content>"


def package(said: str, styles: str = "", parts: dict[str, bytes | str] | None = None) -> bytes:
    """A file around a content part; `styles` are named styles."""
    made: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<m/>",
        "content.xml": said,
    }
    if styles:
        made["styles.xml"] = f"<office:document-styles {SPACES}>{styles}</office:document-styles>"
    return zipped(made | (parts or {}))


def opened(folder: Path, data: bytes, name: str = "业主.ods") -> tuple[Book, Pool, Styles]:
    """The file, read through the door."""
    path = folder / name
    path.write_bytes(data)
    pool, known = Pool(), Styles()
    pool.extend_texts(["what other workbooks brought"])
    return read_book(path, pool=pool, styles=known), pool, known


def spelled(folder: Path, *rows: str, automatic: str = "", styles: str = "", columns: str = "") -> list[Seen]:
    """The cells of a table of these rows."""
    book, pool, known = opened(folder, package(content(table(columns + "".join(rows)), automatic), styles))
    return seen(book.tabs[0], pool, known)
