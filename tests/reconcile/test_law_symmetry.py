"""Law: merging is symmetric up to naming."""

from edited_registers import CASES, COPY, cell_edits, histories, means, start, typed
from hypothesis import given, settings

from ownerbook.reconcile.change import Said
from ownerbook.reconcile.judging import CONFLICT
from ownerbook.reconcile.merge import merge
from ownerbook.reconcile.tables import with_values
from ownerbook.register.register import Register

START = start()


def taken(ours: Register, merged) -> Register:
    """Ours with every change of theirs that is no conflict."""
    tables = dict(ours.tables)
    for sheet in ("houses", "owners"):
        values = [(c.row, c.field, (c.theirs or Said("", None)).value) for c in merged.changes if c.sheet == sheet and c.why != CONFLICT]
        tables[sheet] = with_values(tables[sheet], values)
    return Register(tables, ours.today)


@settings(max_examples=CASES)
@given(cell_edits(START), cell_edits(START))
def test_two_editors_of_cells_come_out_alike_whichever_is_ours(mine, yours):
    base, a, b = START.register(), typed(START, mine).register(), typed(START, yours).register()
    one, other = merge(base, a, b, COPY, complete=True), merge(base, b, a, COPY, complete=True)
    conflicts = [{(c.sheet, c.record, c.field) for c in m.changes if c.why == CONFLICT} for m in (one, other)]
    assert conflicts[0] == conflicts[1] and one.already == other.already
    left, right = taken(a, one), taken(b, other)
    for sheet in ("houses", "owners"):
        found = [_without(r, sheet, conflicts[0]) for r in (left, right)]
        assert found[0] == found[1]


def _without(r: Register, sheet: str, conflicts) -> list[list[str]]:
    from ownerbook.register.meaning import meaning
    from ownerbook.register.sheets import BY_FIELD

    declared = BY_FIELD[sheet]
    keys = [r.tables[sheet].found(declared.key.field, row) for row in range(len(r.tables[sheet]))]
    return [[k, *(meaning(r, sheet, c.field, row) for c in declared.columns if (sheet, k, c.field) not in conflicts)] for row, k in enumerate(keys)]


@settings(max_examples=CASES)
@given(histories(START), histories(START))
def test_with_any_history_both_ways_count_the_same_edits_as_held(mine, yours):
    base, a, b = START.register(), mine.register(), yours.register()
    one, other = merge(base, a, b, COPY, complete=True), merge(base, b, a, COPY, complete=True)
    assert one.already == other.already
    assert means(a, "owners") != means(b, "owners") or not [c for c in one.changes if c.sheet == "owners" and c.kind == "cell"]
