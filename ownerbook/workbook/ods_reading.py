"""An OpenDocument spreadsheet (.ods, .ots, .fods) read from its own parts, so that all is seen that an .xlsx would show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ownerbook.schema.cells import Pool, Styles
from ownerbook.workbook.book import Book
from ownerbook.workbook.ods_content import OdsContent
from ownerbook.workbook.ods_names import META
from ownerbook.workbook.ods_styles import OdsStyles
from ownerbook.workbook.package import Package
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xlsx_workbook import LONGEST_VALUE
from ownerbook.workbook.xml_parts import Attributes, parse

MOST_OF_A_PART = 3 << 29  # bytes inflated, 1.5 GiB
MOST_OF_ANOTHER = 64 << 20  # of the parts beside the content
_CHUNK = 1 << 20
_LISTS = ("-lb.xml", "-lc.xml")  # of libraries of macros, there also without any


def read_ods(package: Package, path: Path, fingerprint: str, pool: Pool, styles: Styles) -> Book:
    """Read a package. Raises `Trouble` and `PackageError`."""
    own = OdsStyles()
    if package.find("styles.xml") is not None:
        parse(_chunks(package, "styles.xml"), own.start_of_styles_part, own.end, own.text)
    content = OdsContent(own, pool, styles)
    parse(_chunks(package, "content.xml"), content.start, content.end, content.text)
    return Book(
        path=path,
        format="ods",
        fingerprint=fingerprint,
        tabs=content.tabs("content.xml"),
        date1904=content.values.date1904,
        properties=content.marks | (_properties(_chunks(package, "meta.xml")) if package.find("meta.xml") is not None else {}),
        external={n: target for target, n in content.formulas.external.items()},
        macros=any(m.key.startswith("basic/") and not m.folder and not m.key.endswith(_LISTS) for m in package.members),
        parts={m.name: m.crc for m in package.members if not m.folder},
    )


def read_flat(data: bytes, path: Path, fingerprint: str, pool: Pool, styles: Styles) -> Book:
    """Read a spreadsheet that is one XML file. Raises `Trouble`."""
    content = OdsContent(OdsStyles(), pool, styles)
    parse((data[i : i + _CHUNK] for i in range(0, len(data), _CHUNK)), content.start, content.end, content.text)
    external = {n: target for target, n in content.formulas.external.items()}
    properties = content.marks | _properties(data[i : i + _CHUNK] for i in range(0, len(data), _CHUNK))
    return Book(path, "ods", fingerprint, content.tabs(""), content.values.date1904, properties, external)


def _chunks(package: Package, part: str) -> Iterator[bytes]:
    member = package.find(part)
    if member is None:
        raise Trouble("damaged", part)
    if member.size > (MOST_OF_A_PART if part == "content.xml" else MOST_OF_ANOTHER):
        raise Trouble("bomb", part)
    return package.stream(member)


def _properties(chunks: Iterable[bytes]) -> dict[str, str]:
    """The document's own properties: name and value as text."""
    found: dict[str, str] = {}
    current: str | None = None

    def start(name: str, a: Attributes) -> None:
        nonlocal current
        if name == META + "user-defined":
            current = a.get(META + "name", "")
            found[current] = ""

    def end(name: str) -> None:
        nonlocal current
        if name == META + "user-defined":
            current = None

    def text(data: str) -> None:
        if current is not None and len(found[current]) < LONGEST_VALUE:
            found[current] += data

    parse(chunks, start, end, text)
    return {name: value.strip() for name, value in found.items()}
