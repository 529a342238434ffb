"""Whether new values are among those that a drop-down list of the cell offers: said in the receipt, never a refusal.

Staff may well write what their list does not offer; a spreadsheet asks them then. Looked at are lists written out in quotes
and lists that stand in a fixed range of this workbook, directly or through a name (ECMA-376 part 1, 18.3.1.32; the 2009
extension too). A list made by a formula, or relative to the cell, is not judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.book_part import BookPart
from ownerbook.workbook.amend.cells import held, shared_number
from ownerbook.workbook.amend.edits import LAST_ROW
from ownerbook.workbook.amend.ranges import Block, block, blocks
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.sheet_plan import SheetPlan, Write
from ownerbook.workbook.amend.sheet_text import SheetText
from ownerbook.workbook.amend.skeleton import Element
from ownerbook.workbook.amend.strings import SharedStrings
from ownerbook.workbook.amend.survey import Surveyor

MOST_OPTIONS = 5_000  # cells of a range that are read
LARGEST_SHEET = 32 << 20  # inflated bytes of a sheet that is read for its options
SHOWN = 12  # notes


@dataclass(frozen=True, slots=True)
class _DropDown:
    """A list: the cells it is for, and the formula that gives its values."""

    cells: list[Block]
    formula: str

    def is_for(self, row: int, column: int) -> bool:
        return any(b.holds(row, column) for b in self.cells)


def _drop_downs(root: Element) -> list[_DropDown]:
    out = []
    for element in root.all("dataValidation"):
        formula, sqref = element.child("formula1"), element.child("sqref")
        if element.attributes.get("type") != "list" or formula is None:
            continue
        inner = formula.child("f")  # of the extension
        text = (inner or formula).text.strip()
        out.append(_DropDown(blocks(sqref.text if sqref else element.attributes.get("sqref", "")), text))
    return out


def literal(formula: str) -> list[str] | None:
    """The values of a list written out in quotes; None where the formula is none."""
    if len(formula) < 2 or not formula.startswith('"') or not formula.endswith('"'):
        return None
    inside = formula[1:-1].replace('""', "\0")
    return None if '"' in inside else [v.strip() for v in inside.replace("\0", '"').split(",")]


def fixed_range(formula: str, book: BookPart, own: int, depth: int = 0) -> tuple[int, Block] | None:
    """Sheet and cells of a list that stands in one row or column of fixed cells; None where the formula is anything else."""
    title, mark, ref = formula.removeprefix("=").rpartition("!")
    if not mark and depth == 0:
        named = [n for n in book.names if n.name.casefold() == ref.casefold() and n.sheet in (None, own)]
        if named:
            return fixed_range(max(named, key=lambda n: n.sheet is not None).formula, book, own, 1)
    if title.startswith("'") and title.endswith("'"):
        title = title[1:-1].replace("''", "'")
    sheet = book.sheet(title) if mark else book.sheets[own]
    found = block(ref)
    if sheet is None or found is None or ref.count("$") != 2 * len(ref.split(":")) and found.bottom - found.top + 1 != LAST_ROW:
        return None
    if found.top != found.bottom and found.left != found.right:
        return None
    return sheet.index, found


def _key(value: object) -> str | None:
    """A value as a list compares it; None for what it does not judge."""
    if isinstance(value, str):
        return value.strip().casefold() or None
    if isinstance(value, bool):
        return str(value).casefold()
    if isinstance(value, int | float):
        return f"{float(value):.15g}"
    return None


class DropDowns:
    """Judges the writes of all sheets against the lists of their cells."""

    def __init__(self, book: BookPart, strings: SharedStrings, plans: Mapping[int, SheetPlan]) -> None:
        self._book, self._strings, self._plans = book, strings, plans
        self._options: dict[tuple[int, Block], set[str] | None] = {}

    def notes(self) -> list[Text]:
        """A note for each cell whose new value its list does not offer."""
        out: list[Text] = []
        for one in self._plans.values():
            lists = _drop_downs(one.facts.skeleton.root) if one.facts and one.done else []
            for write in one.done if lists else ():
                if self._is_outside(one, write, lists):
                    where = one.name(write.row, write.column)
                    out.append(Text(f"{where}: 新值不在下拉列表中", f"{where}: the new value is not in the drop-down list"))
        if len(out) > SHOWN:
            more = len(out) - SHOWN
            out[SHOWN:] = [Text(f"另有 {more} 格的新值不在下拉列表中", f"so are the new values of {more} more cells")]
        return out

    def _is_outside(self, one: SheetPlan, write: Write, lists: list[_DropDown]) -> bool:
        if write.value is None or write.formula is not None or isinstance(write.value, dt.date):
            return False
        row = write.above.number if write.edit is None and write.above is not None else write.row  # the list has grown from there
        for one_list in lists:
            if one_list.is_for(write.row, write.column) or one_list.is_for(row, write.column):
                offered = self._offered(one_list.formula, one.sheet.index)
                return bool(offered) and _key(write.value) not in (offered or ())
        return False

    def _offered(self, formula: str, own: int) -> set[str] | None:
        written = literal(formula)
        if written is not None:
            return _keys([*written, *map(_number, written)])
        place = fixed_range(formula, self._book, own)
        if place is None:
            return None
        if place not in self._options:
            try:
                self._options[place] = self._read(*place)
            except Stop:  # a sheet that is not understood, and need not be
                self._options[place] = None
        return self._options[place]

    def _read(self, index: int, area: Block) -> set[str] | None:
        """What the cells of a range hold after the edits."""
        sheet = self._book.sheets[index]
        if sheet.member is None or sheet.kind != "worksheet" or sheet.member.size > LARGEST_SHEET:
            return None
        if area.bottom == LAST_ROW:
            area = Block(area.top, area.left, area.top + MOST_OPTIONS - 1, area.right)
        if area.cells > MOST_OPTIONS:
            return None
        plan = self._plans.get(index)
        text = SheetText(self._book.package, sheet.member)
        survey = Surveyor(index, text, set(range(area.top, area.bottom + 1)), 0, []).survey()
        if survey.highest > area.bottom and area.cells == MOST_OPTIONS:
            return None
        cells = {}
        for row in survey.rows.values():
            for cell in survey.reader.cells(row):
                if area.holds(row.number, cell.column):
                    cells[row.number, cell.column] = row.text[cell.start : cell.end]
        self._strings.fetch({n for raw in cells.values() if (n := shared_number(raw)) is not None})
        values: dict[tuple[int, int], object] = {at: held(raw, self._strings).value for at, raw in cells.items()}
        changed = {(w.row, w.column): w.value for w in plan.done} if plan else {}
        values |= {at: v for at, v in changed.items() if area.holds(*at)}
        return _keys(values.values())


def _keys(values: Iterable[object]) -> set[str]:
    return {k for v in values if (k := _key(v))}


def _number(text: str) -> str | float:
    """A written value that is a number, as one: `1` and `1.0` are the same to a list."""
    try:
        return float(text)
    except ValueError:
        return text
