"""Reads a workbook with calamine in a process of its own: .xlsb, and any .xls that xlrd refuses.

What that library does not tell is not known here: errors look blank, formulas are their results, number formats,
strike-outs, fills, hidden rows and filters are invisible.
"""

from __future__ import annotations

import datetime as dt
import io

from ownerbook.workbook.child_side import BOOL, DATE, NUMBER, TEXT, Answer, Filled, serve

_ORDINAL_OF_DAY_ZERO = 693594  # 1899-12-30
_PLAIN, _SHOWN_AS_DATE = ("General", False, None), ("yyyy-mm-dd", False, None)


def main() -> None:
    """Read what comes in, and answer."""
    serve(read)


def read(data: bytes) -> Answer:
    """All worksheets. Raises whatever calamine raises."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for i, metadata in enumerate(workbook.sheets_metadata):
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(i)
        filled = Filled(metadata.name, metadata.visible != SheetVisibleEnum.Visible)
        # Not skipping the empty area keeps the numbers of rows and columns.
        for r, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
            for c, cell in enumerate(cells, 1):
                if not (isinstance(cell, str) and cell == ""):
                    kind, value = _found(cell)
                    filled.add(r, c, kind, value, int(kind == DATE))
        filled.facts["merges"] = [[a + 1, b + 1, c + 1, d + 1] for (a, b), (c, d) in sheet.merged_cell_ranges or []]
        sheets.append(filled)
    return Answer(sheets, [_PLAIN, _SHOWN_AS_DATE])


def _found(cell: object) -> tuple[int, float | str]:
    if isinstance(cell, str):
        return TEXT, cell
    if isinstance(cell, bool):
        return BOOL, float(cell)
    if isinstance(cell, dt.datetime):
        return DATE, _serial(cell) + _part(cell.time())
    if isinstance(cell, dt.date):
        return DATE, _serial(cell)
    if isinstance(cell, dt.time):
        return NUMBER, _part(cell)
    if isinstance(cell, dt.timedelta):
        return NUMBER, cell / dt.timedelta(days=1)
    return NUMBER, float(cell)  # type: ignore[arg-type]


def _serial(day: dt.date) -> float:
    """The serial of the 1900 system, in which day 60 never was."""
    days = day.toordinal() - _ORDINAL_OF_DAY_ZERO
    return float(days if days > 60 else days - 1)


def _part(time: dt.time) -> float:
    return (time.hour * 3600 + time.minute * 60 + time.second + time.microsecond / 1e6) / 86400


if __name__ == "__main__":
    main()
