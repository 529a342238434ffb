"""A proposal (of an act, a filled form) as changes that people read and choose in a plan, taken together or not at all."""

from __future__ import annotations

from ownerbook.reconcile.change import NOTHING, Change, Origin, Said, in_words
from ownerbook.register.proposal import Proposal
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import house_of, house_of_values
from ownerbook.schema.words import Text

_ROW = Text("清单上填的，登记簿里还没有这一行", "filled in on the form; the register has no such row yet")
_CELL = Text("清单上填的", "filled in on the form")


def as_changes(register: Register, proposal: Proposal, origin: Origin, *, bundle: str = "") -> list[Change]:
    """Every row and cell of the proposal, preset in the plan: who filled the form in has decided. bundle: names the act of which they all are."""
    out = []
    for row in proposal.rows:
        sheet = BY_FIELD[row.sheet]
        values = {f: Said.of(v) for f, v in row.values.items()}
        key = in_words(row.values.get(sheet.key.field))
        house = house_of_values(register, row.sheet, row.values)
        out.append(Change("new", row.sheet, key, "", None, None, None, origin, "safe", _ROW, house, values=values, bundle=bundle))
    for v in proposal.values:
        table, sheet = register.tables[v.sheet], BY_FIELD[v.sheet]
        text = table.found(v.field, v.row)
        ours = Said(text, table.held(v.field, v.row)) if text else NOTHING
        theirs = Said.of(v.value)
        key, house = table.found(sheet.key.field, v.row), house_of(register, v.sheet, v.row)
        out.append(Change("cell", v.sheet, key, v.field, ours, ours, theirs, origin, "safe", _CELL, house, v.row, bundle=bundle))
    return out
