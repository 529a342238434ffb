"""Formulas that depend on what changes lose their stored results, and the spreadsheet is told to calculate on opening.

Excel and WPS calculate everything when `fullCalcOnLoad` is set; LibreOffice does not heed it, but calculates a formula that
has no stored result. Programs that never calculate then show nothing rather than an old number. Stored results of all
other formulas stay. Formulas are never taken away, so that the calculation chain stays right as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.book_part import BookPart, Sheet
from ownerbook.workbook.amend.cells import without_result
from ownerbook.workbook.amend.dependents import Dependents
from ownerbook.workbook.amend.formulas import Formula
from ownerbook.workbook.amend.planned import Plan
from ownerbook.workbook.amend.sheet_plan import SheetPlan
from ownerbook.workbook.amend.sheet_text import SheetText
from ownerbook.workbook.amend.survey import Surveyor
from ownerbook.workbook.amend.tables import Table
from ownerbook.workbook.amend.xml_bytes import Splice
from ownerbook.workbook.package import Member

Splices = dict[Member, list[Splice]]


def recalculate(out: Plan, book: BookPart, plans: Mapping[int, SheetPlan], tables: list[Table], formulas: list[Formula], splices: Splices) -> None:
    """Add what follows from the changes of these sheets for the formulas of all sheets."""
    changed = [(one.sheet.index, w.row, w.column) for one in plans.values() for w in one.done]
    added = any(w.formula is not None for one in plans.values() for w in one.done)
    places = {t.name.casefold(): t.place for t in tables}
    stale = Dependents(book, formulas, places).of(changed) if formulas else []
    if not stale and not added:
        return
    splices[book.member] += book.calculated_on_load()
    if book.manual:
        out.notes.append(Text("工作簿设为手动计算，打开后请按 F9", "calculation is manual: press F9 after opening"))
    dropping = _Dropping(out, splices, plans)
    wide: dict[int, list[Formula]] = defaultdict(list)
    for formula in stale:
        dropping.cell(book.sheets[formula.sheet], (formula.row, formula.column), formula.start, formula.text, formula.row_span)
        if formula.kind in ("array", "dataTable") and formula.area and formula.area.cells > 1:
            wide[formula.sheet].append(formula)
    for index, blocks in wide.items():
        dropping.results(book.sheets[index], blocks, {(f.row, f.column) for f in formulas if f.sheet == index})


class _Dropping:
    def __init__(self, out: Plan, splices: Splices, plans: Mapping[int, SheetPlan]) -> None:
        self._out, self._splices, self._plans = out, splices, plans

    def cell(self, sheet: Sheet, at: tuple[int, int], start: int, cell: bytes, row: tuple[int, int]) -> None:
        """Take the stored result out of a cell."""
        cuts = without_result(cell)
        if not cuts or sheet.member is None:
            return
        out = self._out
        self._splices[sheet.member] += [Splice(start + a, start + b, new) for a, b, new in cuts]
        out.dropped.append((sheet.name, *at))
        out.touched_rows[sheet.member].append(row)
        if sheet.member not in out.texts:
            plan = self._plans.get(sheet.index)
            out.texts[sheet.member] = plan.text if plan else SheetText(out.package, sheet.member)
            out.sheets[sheet.member] = sheet.name

    def results(self, sheet: Sheet, blocks: list[Formula], own: set[tuple[int, int]]) -> None:
        """The other cells of arrays and data tables hold results without a formula of their own."""
        if sheet.member is None:
            return
        wanted = {r for f in blocks if f.area for r in range(f.area.top, f.area.bottom + 1)}
        survey = Surveyor(sheet.index, SheetText(self._out.package, sheet.member), wanted, 0, []).survey()
        for row in survey.rows.values():
            for cell in survey.reader.cells(row):
                at = (row.number, cell.column)
                if at not in own and any(f.area and f.area.holds(*at) for f in blocks):
                    self.cell(sheet, at, row.start + cell.start, row.text[cell.start : cell.end], (row.start, row.end))
