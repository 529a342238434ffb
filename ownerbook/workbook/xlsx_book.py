"""An .xlsx (or .xlsm, .xltx), from package to book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.schema.cells import Pool, Style, Styles
from ownerbook.schema.shelf import Shelf
from ownerbook.workbook import colours, shared_strings, xlsx_careful, xlsx_styles, xlsx_workbook
from ownerbook.workbook.book import NO_CELLS, Book, Tab
from ownerbook.workbook.package import Package, Rel
from ownerbook.workbook.raw_cells import Around
from ownerbook.workbook.scan_strings import scan_strings
from ownerbook.workbook.shared_strings import SharedStrings
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xlsx_scan import scan_sheet
from ownerbook.workbook.xlsx_styles import CellStyles
from ownerbook.workbook.xlsx_workbook import SheetEntry

if TYPE_CHECKING:
    from ownerbook.workbook.keeping import Keeping, KeepTab

MOST_OF_A_PART = 3 << 29  # bytes inflated, 1.5 GiB: a sheet
MOST_OF_STRINGS = 512 << 20  # bytes inflated; 400,000 owners have some 200 MiB
MOST_OF_ANOTHER = 64 << 20  # bytes inflated: workbook, styles, theme, tables, properties
MOST_TEXT = 512 << 20  # bytes that the texts of one workbook take in the pool
CHUNK = 1 << 21


class XlsxReader:
    """Reads one package. `scan` set to False sends every part through the careful readers; shelf: where tabs are kept, under the name `called`."""

    def __init__(self, package: Package, pool: Pool, styles: Styles, scan: bool = True, *, shelf: Shelf | None = None, called: str = "") -> None:
        self.package = package
        self.pool = pool
        self._before = pool.size
        self.scan = scan
        self.workbook_part = package.workbook_part
        self.rels = package.rels(self.workbook_part)
        self.workbook = xlsx_workbook.read_workbook(self._chunks(self.workbook_part))
        theme = self._one("theme")
        colours_of_theme = colours.theme_colours(self._chunks(theme)) if theme else []
        styles_part = self._one("styles")
        own = xlsx_styles.read_styles(self._chunks(styles_part), colours_of_theme) if styles_part else []
        self.cell_styles = CellStyles.of(own, styles)
        self.careful: list[str] = []
        self.keeping: Keeping | None = None
        if shelf is not None:
            from ownerbook.workbook.keeping import Keeping

            self.keeping = Keeping(shelf, called, package, pool, styles, own or [Style()])

    def _chunks(self, part: str, most: int = MOST_OF_ANOTHER) -> Iterator[bytes]:
        member = self.package.find(part)
        if member is None:
            raise Trouble("damaged", part)
        if member.size > most:
            raise Trouble("bomb", f"{part}: {member.size >> 20} MiB")
        return self._watched(part, self.package.stream(member, CHUNK))

    def _watched(self, part: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same, as long as the texts that were made of them have a measure."""
        for chunk in chunks:
            if self.pool.size - self._before > MOST_TEXT:
                raise Trouble("bomb", f"{part}: more than {MOST_TEXT >> 20} MiB of text")
            yield chunk

    def _one(self, kind: str) -> str:
        """The part of the workbook that there is one of, or empty."""
        for rel in self.rels.values():
            if rel.kind == kind and not rel.external and self.package.find(rel.target):
                return rel.target
        return ""

    def book(self, path: Path, fingerprint: str) -> Book:
        """Read it all. Raises `Trouble` and `PackageError`."""
        around = Around(self.pool, self._strings(), self.cell_styles, self.workbook.date1904)
        tabs = [self._tab(entry, rel.target, around) for entry in self.workbook.sheets if (rel := self._worksheet(entry))]
        if not tabs:
            raise Trouble("no_worksheet")
        return Book(
            path=path,
            format="xlsx",
            fingerprint=fingerprint,
            tabs=tabs,
            date1904=self.workbook.date1904,
            properties=self.workbook.marks | self._properties(),
            external=self._external(),
            macros=any(rel.kind == "vbaProject" for rel in self.rels.values()),
            parts={m.name: m.crc for m in self.package.members if not m.folder},
            keeping=self.keeping,
            careful=self.careful,
        )

    def _worksheet(self, entry: SheetEntry) -> Rel | None:
        """The relationship of a sheet that holds cells; None for a sheet of a chart, a dialog or old macros."""
        rel = self.rels.get(entry.relation)
        if rel is None:
            raise Trouble("damaged", entry.name)
        return rel if rel.kind == "worksheet" and not rel.external else None

    def _strings(self) -> SharedStrings:
        part = self._one("sharedStrings")
        if not part:
            return SharedStrings.none()
        member = self.package.find(part)
        if self.keeping is not None and member is not None:
            return self.keeping.read_strings(member, lambda: self._read_strings(part))
        return self._read_strings(part)

    def _read_strings(self, part: str) -> SharedStrings:
        scanned = scan_strings(self._chunks(part, MOST_OF_STRINGS), self.pool) if self.scan else None
        return scanned if scanned is not None else shared_strings.read_shared_strings(self._chunks(part, MOST_OF_STRINGS), self.pool)

    def _tab(self, entry: SheetEntry, part: str, around: Around) -> Tab:
        keep = self._keep(entry, part)
        kept = keep.keeping.take(keep.key) if keep is not None else None
        if kept is not None:
            return Tab(entry.name, NO_CELLS, entry.hidden, part=part, kept=kept)
        raw = scan_sheet(self._chunks(part, MOST_OF_A_PART), around) if self.scan else None
        if raw is None:
            self.careful.append(entry.name)
            raw = xlsx_careful.read_sheet(self._chunks(part, MOST_OF_A_PART), around)
        tables = [r.target for r in self.package.rels(part).values() if r.kind == "table" and not r.external and self.package.find(r.target)]
        return Tab(
            name=entry.name,
            cells=raw.cells,
            hidden=entry.hidden,
            merges=raw.merges,
            hidden_rows=np.unique(np.array(raw.hidden_rows, np.int32)),
            hidden_columns=np.unique(np.array(raw.hidden_columns, np.int32)),
            filtered=raw.filtered or any(xlsx_workbook.is_filtered(self._chunks(t)) for t in tables),
            formulas=raw.formulas,
            part=part,
            keep=keep,
        )

    def _keep(self, entry: SheetEntry, part: str) -> KeepTab | None:
        """Where the block of a tab is kept: by the bytes of its part and of what hangs on that."""
        member = self.package.find(part)
        if self.keeping is None or member is None:
            return None
        from ownerbook.workbook.keeping import KeepTab

        hanging = sorted(r.target for r in self.package.rels(part).values() if r.kind == "table" and not r.external)
        parts = [member, *(m for t in hanging if (m := self.package.find(t)))]
        named = (self.keeping.called, entry.name, entry.hidden, self.workbook.date1904, *hanging)
        return KeepTab(self.keeping, f"tab {named!r} {' '.join(map(self.keeping.part, parts))}")

    def _properties(self) -> dict[str, str]:
        for rel in self.package.rels("").values():
            if rel.kind in ("custom-properties", "customProperties") and not rel.external and self.package.find(rel.target):
                return xlsx_workbook.read_properties(self._chunks(rel.target))
        return {}

    def _external(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for n, relation in enumerate(self.workbook.links, 1):
            rel = self.rels.get(relation)
            if rel is not None and not rel.external and self.package.find(rel.target):
                target = self.package.rels(rel.target).get(xlsx_workbook.read_link(self._chunks(rel.target)))
                if target is not None:
                    found[n] = target.target
        return found
