"""Workbooks for the reading tests, built part by part, and what reading them both ways gives."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ownerbook.schema.cells import Flag, Kind, Pool, Style, Styles
from ownerbook.workbook.book import Book, Tab
from ownerbook.workbook.package import Package
from ownerbook.workbook.xlsx_book import XlsxReader

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHARED = Path(__file__).parents[3] / "shared"


def shared_files(*folders: str) -> list[Path]:
    """The files of `../shared` to try; a test that gets none skips."""
    return sorted(p for f in folders if (SHARED / f).is_dir() for p in (SHARED / f).iterdir() if p.is_file() and p.suffix != ".md")


def shared_file(folder: str, name: str) -> Path:
    """One file of `../shared`, or the test is skipped."""
    path = SHARED / folder / name
    if not path.exists():
        pytest.skip(f"../shared/{folder}/{name} is not there")
    return path


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts.items():
            z.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def sheet(rows: str | bytes, before: str = "", after: str = "", root: str = f'xmlns="{MAIN}"') -> bytes:
    """A worksheet part around these rows."""
    body = rows.encode() if isinstance(rows, str) else rows
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet {root}>{before}<sheetData>'
    return head.encode() + body + f"</sheetData>{after}</worksheet>".encode()


def strings(items: str, root: str = f'xmlns="{MAIN}"') -> str:
    """A shared strings part of these `si` elements."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst {root}>{items}</sst>'


def styles(formats: str = "", fonts: str = "<font/>", fills: str = "<fill/>", combined: str = "<xf/>") -> str:
    """A styles part."""
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts>{fonts}</fonts><fills>{fills}</fills>'
        f"<cellXfs>{combined}</cellXfs></styleSheet>"
    )


def workbook(
    sheets: dict[str, bytes] | bytes,
    shared: str | None = None,
    style: str | None = None,
    workbook_extra: str = "",
    parts: dict[str, bytes | str] | None = None,
    relations: str = "",
) -> bytes:
    """An .xlsx of worksheet parts by tab name."""
    named = {"表": sheets} if isinstance(sheets, bytes) else sheets
    entries = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(named, 1))
    rels = "".join(f'<Relationship Id="rId{i}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(named) + 1))
    rels += f'<Relationship Id="rIdS" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>' if shared is not None else ""
    rels += f'<Relationship Id="rIdT" Type="{RELATIONS}/styles" Target="styles.xml"/>' if style is not None else ""
    top = f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    if parts and "docProps/custom.xml" in parts:
        top += f'<Relationship Id="rId2" Type="{RELATIONS}/custom-properties" Target="docProps/custom.xml"/>'
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{top}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook_extra}<sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{rels}{relations}</Relationships>',
    }
    made.update({f"xl/worksheets/sheet{i}.xml": data for i, data in enumerate(named.values(), 1)})
    if shared is not None:
        made["xl/sharedStrings.xml"] = shared
    if style is not None:
        made["xl/styles.xml"] = style
    made.update(parts or {})
    return zipped(made)


def read(data: bytes, scan: bool = True) -> tuple[Book, Pool, Styles]:
    """Read a package by the scanner (with its fall-back) or wholly with care."""
    pool, known = Pool(), Styles()
    pool.extend_texts(["what other workbooks brought"])
    return XlsxReader(Package.open(data), pool, known, scan).book(Path("b.xlsx"), "f"), pool, known


def seen(tab: Tab, pool: Pool, known: Styles) -> list[tuple[int, int, Kind, Any, Style, Flag]]:
    """Every cell of a tab with its value spelled out."""
    cells = tab.cells
    out = []
    for row, col, kind, value, style, flag in zip(
        *(a.tolist() for a in (cells.row, cells.col, cells.kind, cells.value, cells.style, cells.flag)), strict=True
    ):
        said = pool.text(int(value)) if kind in (Kind.TEXT, Kind.ERROR) else repr(value)
        out.append((row, col, Kind(kind), said, known[style], Flag(flag)))
    return out


def picture(book: Book, pool: Pool, known: Styles) -> list[Any]:
    """All that was read of a book, in a form that compares."""
    return [
        (
            t.name, seen(t, pool, known), t.hidden, t.merges, t.hidden_rows.tolist(), t.hidden_columns.tolist(), t.filtered, t.formulas, t.part,
            [a.dtype.str for a in (t.cells.row, t.cells.col, t.cells.kind, t.cells.value, t.cells.style, t.cells.flag)],
        )
        for t in book.tabs
    ]  # fmt: skip


def cells(data: bytes, scan: bool = True) -> dict[str, tuple[Kind, Any]]:
    """Kind and value of the first tab's cells, by A1."""
    book, pool, known = read(data, scan)
    return {_a1(row, col): (kind, value) for row, col, kind, value, _, _ in seen(book.tabs[0], pool, known)}


def _a1(row: int, col: int) -> str:
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
