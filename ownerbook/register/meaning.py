"""What a cell means, as one text: two spellings of one value have one meaning."""

from __future__ import annotations

from datetime import date

from ownerbook.register.readers.days import EPOCH
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.understood import GOOD


def meaning(register: Register, sheet: str, field: str, row: int) -> str:
    """The canonical text of a cell; of one that cannot be read, the text as found without blanks around it; '' for a blank.

    row: position in the sheet's table.
    """
    table = register.tables[sheet]
    if field not in BY_FIELD[sheet].by_field or not table.has(field):
        return ""
    column = register.column(sheet, field)
    if column.state[row] != GOOD:
        return table.found(field, row).strip()
    if row in column.words:
        return column.words[row]
    if column.days is not None:
        return date.fromordinal(int(column.days[row]) + EPOCH).isoformat()
    if column.choice is not None and int(column.choice[row]) >= 0:
        return column.options[int(column.choice[row])]
    if column.numbers is not None:
        return repr(round(float(column.numbers[row]), 9))
    if column.ids is not None and int(column.ids[row]) >= 0:
        return column.text(row)
    return table.found(field, row).strip()
