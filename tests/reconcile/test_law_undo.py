"""Law: undo puts back the cells exactly as they were."""

from edited_registers import CASES, COPY, cell_edits, start, typed
from hypothesis import given, settings

from ownerbook.reconcile.change import Choice, Origin
from ownerbook.reconcile.decided import decided
from ownerbook.reconcile.merge import merge
from ownerbook.reconcile.recorded import Recorded
from ownerbook.reconcile.supposed import as_it_would_be
from ownerbook.reconcile.undo import inverse
from ownerbook.register.sheets import BY_FIELD

START = start()
UNDO = Origin("undo", "登记簿")


def _held(r):
    return {s: [[r.tables[s].held(c.field, row) for c in BY_FIELD[s].columns] for row in range(len(r.tables[s]))] for s in ("houses", "owners")}


@settings(max_examples=CASES)
@given(cell_edits(START), cell_edits(START))
def test_undo_restores_the_cells_exactly(mine, yours):
    base, ours, theirs = START.register(), typed(START, mine).register(), typed(START, yours).register()
    merged = merge(base, ours, theirs, COPY, complete=True)
    done = decided(ours, merged.changes, {c.id: Choice("采用", who="G1", evidence="D1") for c in merged.changes}, by="G1", today=ours.today)
    now = as_it_would_be(ours, done.proposal)
    journal = [
        Recorded(
            "cell",
            v.sheet,
            ours.tables[v.sheet].found(BY_FIELD[v.sheet].key.field, v.row),
            "",
            v.field,
            ours.tables[v.sheet].held(v.field, v.row),
            v.value,
        )
        for v in done.proposal.values
    ]
    back = inverse(now, journal, UNDO)
    undone = decided(now, back, {c.id: Choice("采用", who="G1", evidence="D1") for c in back}, by="G1", today=ours.today)
    assert [why for c, why in undone.left if not BY_FIELD[c.sheet].by_field[c.field].required] == []
    again = as_it_would_be(now, undone.proposal)
    if not undone.left:
        assert _held(again) == _held(ours)
