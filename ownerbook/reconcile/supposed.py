"""The register as it would be with a proposal carried out, so that rules can be asked beforehand."""

from __future__ import annotations

from ownerbook.reconcile.change import Value
from ownerbook.reconcile.tables import empty_table, with_values
from ownerbook.register.proposal import Proposal
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD


def as_it_would_be(register: Register, proposal: Proposal) -> Register:
    """A register with the proposal's values and rows in it; rows come after those that are there. Nothing is written."""
    tables = dict(register.tables)
    values: dict[str, list[tuple[int, str, Value]]] = {}
    for v in proposal.values:
        values.setdefault(v.sheet, []).append((v.row, v.field, v.value))
    rows: dict[str, list[dict[str, Value]]] = {}
    for r in proposal.rows:
        rows.setdefault(r.sheet, []).append(dict(r.values))
    for sheet in dict.fromkeys([*values, *rows]):
        table = tables.get(sheet)
        if table is None:
            some = next(iter(register.tables.values()))
            table = empty_table(BY_FIELD[sheet], some.pool, some.styles)
        tables[sheet] = with_values(table, values.get(sheet, ()), rows.get(sheet, ()))
    return Register(tables, register.today, facts=register.facts)
