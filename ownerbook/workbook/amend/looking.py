"""What cells hold now, for a caller that must know before it decides on an edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ownerbook.workbook.amend.book_part import BookPart
from ownerbook.workbook.amend.cells import Held, held, shared_number
from ownerbook.workbook.amend.edits import position
from ownerbook.workbook.amend.encryption import unsealed
from ownerbook.workbook.amend.refusal import Refused, Stop, not_a_workbook, refusal
from ownerbook.workbook.amend.sheet_text import Cell, Row, SheetText
from ownerbook.workbook.amend.strings import SharedStrings
from ownerbook.workbook.amend.styles import StyleSheet
from ownerbook.workbook.amend.survey import Surveyor, cell_at
from ownerbook.workbook.package import OLE2, Package, PackageError


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell holds, and whether its format shows a day."""

    held: Held
    day: bool


def look(data: bytes, cells: Iterable[tuple[str, str]], *, password: str | None = None) -> dict[tuple[str, str], Shown]:
    """What these cells (sheet, `F12`) hold. Cells that are not there are left out. Raises `Refused`."""
    try:
        package = Package(unsealed(data, password).package if data[:8] == OLE2 else data).amendable()
        return _look(package, cells)
    except PackageError as error:
        raise Refused([not_a_workbook(error, data)]) from None
    except Stop as stop:
        raise Refused([refusal("", stop.reason, stop.detail)]) from None
    except (UnicodeError, RecursionError) as error:
        raise Refused([refusal("", "structure", type(error).__name__)]) from None


def _look(package: Package, cells: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Shown]:
    book = BookPart(package)
    related = {r.kind: r.target for r in reversed(book.rels.values()) if not r.external}
    strings = SharedStrings(package, package.find(related.get("sharedStrings", "")))
    styles = StyleSheet(package, package.find(related.get("styles", "")))
    wanted: dict[str, list[str]] = defaultdict(list)
    for title, reference in cells:
        wanted[title].append(reference)
    found: list[tuple[tuple[str, str], Row, Cell]] = []
    for sheet_name, names in wanted.items():
        sheet = book.sheet(sheet_name)
        places = {n: p for n in names if (p := position(n))}
        if sheet is None or sheet.member is None or sheet.kind != "worksheet":
            continue
        survey = Surveyor(sheet.index, SheetText(package, sheet.member), {p[0] for p in places.values()}, 0, []).survey()
        for name, (number, column) in places.items():
            row = survey.rows.get(number)
            cell = cell_at(survey.reader.cells(row), column) if row else None
            if row and cell:
                found.append(((sheet_name, name), row, cell))
    strings.fetch({n for _, row, cell in found if (n := shared_number(row.text[cell.start : cell.end])) is not None})
    out = {}
    for key, row, cell in found:
        now = held(row.text[cell.start : cell.end], strings)
        out[key] = Shown(now, now.kind == "number" and styles.is_date(now.style or 0))
    return out
