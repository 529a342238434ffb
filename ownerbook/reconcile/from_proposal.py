"""A proposal (of an act, a filled form) as changes that people read and choose in a plan, taken together or not at all."""

from __future__ import annotations

from ownerbook.reconcile.change import NOTHING, Change, Origin, Said, Value
from ownerbook.register.proposal import Proposal
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import house_of, house_of_values
from ownerbook.schema.table import number_as_typed
from ownerbook.schema.words import Text

_ROW = Text("清单上填的，登记簿里还没有这一行", "filled in on the form; the register has no such row yet")
_CELL = Text("清单上填的", "filled in on the form")


def as_changes(register: Register, proposal: Proposal, origin: Origin, *, bundle: str = "") -> list[Change]:
    """Every row and cell of the proposal, preset in the plan: who filled the form in has decided. bundle: names the act of which they all are."""
    out = []
    for row in proposal.rows:
        sheet = BY_FIELD[row.sheet]
        values = {f: Said(_text(v), v) for f, v in row.values.items()}
        key = _text(row.values.get(sheet.key.field))
        house = house_of_values(register, row.sheet, row.values)
        out.append(Change("new", row.sheet, key, "", None, None, None, origin, "safe", _ROW, house, values=values, bundle=bundle))
    for v in proposal.values:
        table, sheet = register.tables[v.sheet], BY_FIELD[v.sheet]
        text = table.found(v.field, v.row)
        ours = Said(text, table.held(v.field, v.row)) if text else NOTHING
        theirs = NOTHING if v.value is None else Said(_text(v.value), v.value)
        key, house = table.found(sheet.key.field, v.row), house_of(register, v.sheet, v.row)
        out.append(Change("cell", v.sheet, key, v.field, ours, ours, theirs, origin, "safe", _CELL, house, v.row, bundle=bundle))
    return out


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return number_as_typed(value) if isinstance(value, float) else str(value)
