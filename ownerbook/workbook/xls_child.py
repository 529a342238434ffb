"""Reads an .xls or .et with xlrd in a process of its own, formats included.

xlrd gives no formulas; which cells hold one, and which of these refer to another file, is looked up in the records.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from ownerbook.workbook.child_side import BLANK, BOOL, ERROR, EXTERNAL, FORMULA, NUMBER, RICH, STRIKE, TEXT, Answer, Filled, serve
from ownerbook.workbook.marks import mark_property
from ownerbook.workbook.ole_properties import user_properties
from ownerbook.workbook.xls_records import SheetRecords, read_records

_SOLID = 1
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_Style = tuple[str, bool, str | None]


def main() -> None:
    """Read what comes in, and answer."""
    serve(read)


def read(data: bytes) -> Answer:
    """All worksheets. Raises whatever xlrd raises."""
    import xlrd  # type: ignore[import-untyped]

    with Path(os.devnull).open("w") as nowhere:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=nowhere)
    stream, macros, properties = _stream(data)
    records = read_records(stream)
    known: dict[_Style, int] = {("General", False, None): 0}
    styles = [known.setdefault(_style(book, xf), len(known)) for xf in book.xf_list]
    sheets = []
    for i, sheet in enumerate(book.sheets()):
        sheets.append(_sheet(book, sheet, styles, records.sheets[i] if i < len(records.sheets) else SheetRecords()))
    return Answer(
        sheets,
        list(known),
        {"date1904": bool(book.datemode), "macros": macros, "external": records.external, "properties": _marks(book) | properties},
    )


def _marks(book: Any) -> dict[str, str]:
    """What our own defined names say."""
    out = {}
    for name in book.name_obj_list:
        known = mark_property(str(name.name))
        value = name.result.value if known and name.result is not None else None
        if isinstance(value, str):
            out[known] = value
    return out


def _stream(data: bytes) -> tuple[bytes, bool, dict[str, str]]:
    """The workbook's records, whether there are macros beside them, and the document's own properties."""
    if not data.startswith(_OLE):
        return data, False, {}
    import olefile  # type: ignore[import-untyped]

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        name = "Workbook" if ole.exists("Workbook") else "Book"
        summary = "\x05DocumentSummaryInformation"
        properties = user_properties(ole.openstream(summary).read()) if ole.exists(summary) else {}
        return ole.openstream(name).read(), ole.exists("_VBA_PROJECT_CUR"), properties


def _style(book: Any, xf: Any) -> _Style:
    """What is known of a format: its code, whether its font is struck through, its colour."""
    code = _code(book, xf.format_key)
    font = book.font_list[xf.font_index] if xf.font_index < len(book.font_list) else None
    colour = book.colour_map.get(xf.background.pattern_colour_index) if xf.background.fill_pattern == _SOLID else None
    return code, bool(font and font.struck_out), "FF{:02X}{:02X}{:02X}".format(*colour) if colour else None


def _code(book: Any, key: int) -> str:
    """A number format's code; of one that the file names only by number, the Chinese one."""
    from ownerbook.workbook.number_formats import BUILT_IN

    written = book.format_map.get(key)
    text = written.format_str if written is not None else ""
    if key == 14 or not text or (text == "General" and key in BUILT_IN):
        return BUILT_IN.get(key, text or "General")
    return str(text)


def _sheet(book: Any, sheet: Any, styles: list[int], records: SheetRecords) -> Filled:
    import xlrd

    filled = Filled(sheet.name, sheet.visibility != 0)
    texts, numbers = xlrd.XL_CELL_TEXT, (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
    flags = _rich(book, sheet)
    struck = [font.struck_out for font in book.font_list]
    for r in range(sheet.nrows):
        types, values = sheet.row_types(r), sheet.row_values(r)
        for c, (type_, value) in enumerate(zip(types, values, strict=True)):
            link = records.formulas.get((r + 1, c + 1))
            if type_ == texts and value:
                kind = TEXT
            elif type_ in numbers:
                kind = NUMBER
            elif type_ == xlrd.XL_CELL_BOOLEAN:
                kind, value = BOOL, float(value)
            elif type_ == xlrd.XL_CELL_ERROR:
                kind, value = ERROR, xlrd.error_text_from_code.get(value, "#VALUE!")
            elif link is None:
                continue
            else:
                kind, value = BLANK, 0.0
            xf = sheet.cell_xf_index(r, c)
            flag = flags.get((r, c), 0) if flags else 0
            if link is not None:
                flag |= FORMULA | (EXTERNAL if link else 0)
            if struck[book.xf_list[xf].font_index]:
                flag |= STRIKE
            filled.add(r + 1, c + 1, kind, value, styles[xf], flag)
    filled.facts = {
        "merges": [[a + 1, b + 1, c, d] for a, c, b, d in sheet.merged_cells],
        "hidden_rows": sorted(r + 1 for r, row in sheet.rowinfo_map.items() if row.hidden),
        "hidden_columns": sorted(c + 1 for c, column in sheet.colinfo_map.items() if column.hidden and c < 256),
        "filtered": records.filtered,
    }
    return filled


def _rich(book: Any, sheet: Any) -> dict[tuple[int, int], int]:
    """Flags of texts in several formats."""
    fonts = book.font_list
    out = {}
    for place, runs in sheet.rich_text_runlist_map.items():
        struck = any(n < len(fonts) and fonts[n].struck_out for _, n in runs)
        out[place] = (RICH | (STRIKE if struck else 0)) if runs else 0
    return out


if __name__ == "__main__":
    main()
