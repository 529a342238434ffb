"""A register is found the same whatever legal XML and whatever legal zip its workbook is made of: by the scanner, and where that gives up."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from ownerbook.jobs.check import check
from ownerbook.jobs.workspace import open_workspace

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sheets" / "示例小区"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Parts = dict[str, bytes]


def tabs() -> list[tuple[str, list[tuple[object, ...]]]]:
    """The sheets of the sample, as values."""
    out: dict[str, list[tuple[object, ...]]] = {}
    for path in sorted(p for p in SAMPLE.rglob("*.xlsx") if ".ownerbook" not in p.parts):
        if zipfile.is_zipfile(path):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(path, data_only=True)
            for tab in book.worksheets:
                out.setdefault(tab.title, list(tab.iter_rows(values_only=True)))
    return list(out.items())


def plain(inline: bool = False, named: bool = True) -> Parts:
    """The same as one workbook. inline: texts in their cells. named: rows and cells say where they stand."""
    texts: dict[str, int] = {}
    parts: Parts = {}
    names = []
    for n, (name, rows) in enumerate(tabs(), 1):
        names.append(name)
        lines = []
        for r, row in enumerate(rows, 1):
            cells = []
            for c, value in enumerate(row, 1):
                at = f' r="{get_column_letter(c)}{r}"' if named else ""
                if value is None:
                    cells.append(f"<c{at}/>")
                elif isinstance(value, bool):
                    cells.append(f'<c{at} t="b"><v>{int(value)}</v></c>')
                elif isinstance(value, int | float):
                    cells.append(f"<c{at}><v>{value!r}</v></c>")
                elif isinstance(value, dt.datetime):
                    cells.append(f'<c{at} s="1"><v>{(value - dt.datetime(1899, 12, 30)).days}</v></c>')
                elif inline:
                    cells.append(f'<c{at} t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>')
                else:
                    cells.append(f'<c{at} t="s"><v>{texts.setdefault(str(value), len(texts))}</v></c>')
            lines.append(f"<row{f' r={chr(34)}{r}{chr(34)}' if named else ''}>{''.join(cells)}</row>")
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'.encode()
    strings = "".join(f'<si><t xml:space="preserve">{escape(t)}</t></si>' for t in texts)
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
    links = "".join(f'<Relationship Id="r{n}" Type="{RELS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(names) + 1))
    first = f'<Relationship Id="w" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/>'
    links += f'<Relationship Id="s" Type="{RELS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="{RELS}/styles" Target="styles.xml"/>'
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{sheet_type}"/>'
    head: Parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{first}</Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{sheets}</sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'.encode(),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'.encode(),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'.encode(),
    }
    return head | parts


def each(change: Callable[[bytes], bytes], wanted: str = r"xl/(worksheets/.*|sharedStrings)\.xml") -> Callable[[Parts], Parts]:
    """Change the parts of some names."""
    return lambda parts: {name: change(data) if re.fullmatch(wanted, name) else data for name, data in parts.items()}


def prefixed(data: bytes) -> bytes:
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", data).replace(b"xmlns=", b"xmlns:x=", 1)


def strict(parts: Parts) -> Parts:
    return {n: d.replace(MAIN.encode(), STRICT.encode()).replace(RELS.encode(), STRICT_RELS.encode()) for n, d in parts.items()}


def shouted(parts: Parts) -> Parts:
    return {n.upper() if n.startswith("xl/worksheets/") else n: d for n, d in parts.items()}


VARIANTS: dict[str, Callable[[Parts], Parts]] = {
    "as plain as can be": lambda parts: parts,
    "texts in their cells": lambda parts: plain(inline=True),
    "no places": lambda parts: plain(named=False),
    "no places, texts in their cells": lambda parts: plain(inline=True, named=False),
    "a prefix": each(prefixed),
    "strict": strict,
    "strict with a prefix": lambda parts: each(prefixed)(strict(parts)),
    "strings behind the sheets": lambda parts: dict(reversed(parts.items())),
    "UTF-16": each(lambda d: b"\xff\xfe" + ('<?xml version="1.0" encoding="UTF-16"?>' + d.decode()).encode("utf-16-le")),
    "a mark and a declaration": each(lambda d: b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n" + d),
    "CDATA": each(lambda d: re.sub(rb"(<t[^>]*>)([^<&]+)(</t>)", rb"\1<![CDATA[\2]]>\3", d)),
    "comments": each(lambda d: d.replace(b"<row", b"<!-- <row r='1'> --><row", 40).replace(b"<si>", b"<!--si--><si>", 40)),
    "instructions": each(lambda d: d.replace(b"<sheetData>", b"<?a b?><sheetData><?c <row?>").replace(b"<si>", b"<?d?><si>", 9)),
    "characters by number": each(lambda d: d.replace("业".encode(), b"&#19994;").replace(b"1-1", b"1&#x2D;1"), r"xl/sharedStrings\.xml"),
    "line breaks between": each(lambda d: re.sub(rb"(</?(?:row|c|si|sheetData)(?: [^>]*)?>)(?=<(?!/?v>|/?t[ >]))", rb"\1\r\n\t ", d)),
    "several formats and a guide": each(
        lambda d: re.sub(
            r'<si><t xml:space="preserve">([^<&])([^<]*)</t></si>',
            r'<si><r><rPr><b/></rPr><t xml:space="preserve">\1</t></r><r><t xml:space="preserve">\2</t></r>'
            r'<rPh sb="0" eb="1"><t>X</t></rPh><phoneticPr fontId="1"/></si>',
            d.decode(),
        ).encode(),
        r"xl/sharedStrings\.xml",
    ),
    "targets from the root": each(lambda d: d.replace(b'Target="', b'Target="/xl/'), r"xl/_rels/workbook\.xml\.rels"),
    "names in capitals": shouted,
}


class Tape(io.RawIOBase):
    """Something that cannot be wound back: what is written to it has its sizes behind the data."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, b: bytes) -> int:  # type: ignore[override]
        self.data += bytes(b)
        return len(bytes(b))


def zipped(parts: Parts, how: str = "") -> bytes:
    """The parts as a package."""
    target = Tape() if how == "sizes behind" else io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED if how == "stored" else zipfile.ZIP_DEFLATED) as book:  # type: ignore[arg-type]
        for name, data in parts.items():
            with book.open(name, "w", force_zip64=how == "zip64") as member:
                member.write(data)
    return bytes(target.data) if isinstance(target, Tape) else target.getvalue()  # type: ignore[attr-defined]


def findings(tmp_path: Path, data: bytes) -> list[tuple[object, ...]]:
    """What a check finds, by place and in words."""
    path = tmp_path / "登记簿.xlsx"
    path.write_bytes(data)
    found = check(open_workspace([path], tmp_path), dt.date(2026, 10, 31), remember=False).findings
    return [(f.code, f.place, f.record, f.say("zh", masked=False), f.suggestion) for f in found]


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> tuple[Parts, list[tuple[object, ...]]]:
    parts = plain()
    found = findings(tmp_path_factory.mktemp("plain"), zipped(parts))
    assert len(found) > 20
    return parts, found


@pytest.mark.parametrize("name", VARIANTS)
def test_strange_but_legal_xml_is_found_the_same(name: str, truth: tuple[Parts, list[tuple[object, ...]]], tmp_path: Path) -> None:
    parts, found = truth
    changed = VARIANTS[name](parts)
    assert changed != parts or name == "as plain as can be" or "behind" in name
    assert findings(tmp_path, zipped(changed)) == found


@pytest.mark.parametrize("how", ["stored", "sizes behind", "zip64"])
def test_strange_but_legal_zips_are_found_the_same(how: str, truth: tuple[Parts, list[tuple[object, ...]]], tmp_path: Path) -> None:
    parts, found = truth
    assert findings(tmp_path, zipped(parts, how)) == found
