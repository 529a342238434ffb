"""Law: every cell of theirs that differs from the base is told, counted as held already, or named in a note."""

from collections import Counter

from edited_registers import CASES, COPY, cell_edits, histories, start, typed
from hypothesis import given, settings
from hypothesis import strategies as st

from ownerbook.reconcile.merge import merge
from ownerbook.register.meaning import meaning
from ownerbook.register.sheets import BY_FIELD

START = start()


@settings(max_examples=CASES)
@given(histories(START), histories(START))
def test_each_row_of_theirs_is_a_row_of_the_base_or_told(mine, yours):
    """With any history on both sides: what theirs says anew in a sheet stands in some change, or ours says it too."""
    base, ours, theirs = START.register(), mine.register(), yours.register()
    merged = merge(base, ours, theirs, COPY, complete=True)
    for sheet in ("houses", "owners"):
        for column in BY_FIELD[sheet].columns:
            said = Counter(meaning(theirs, sheet, column.field, r) for r in range(len(theirs.tables[sheet])))
            said -= Counter(meaning(base, sheet, column.field, r) for r in range(len(base.tables[sheet])))
            held = Counter(meaning(ours, sheet, column.field, r) for r in range(len(ours.tables[sheet])))
            told = Counter()
            for c, row in zip(merged.changes, merged.there, strict=True):
                if c.sheet == sheet and row >= 0 and (c.field == column.field or column.field in c.values):
                    told[meaning(theirs, sheet, column.field, row)] += 1
            for value, count in said.items():
                assert not value or told[value] + held[value] >= count, (sheet, column.field, value)


@settings(max_examples=CASES)
@given(cell_edits(START), cell_edits(START))
def test_every_edited_cell_is_told_or_held_already(mine, yours):
    """With edits of cells alone it can be counted to the cell."""
    base, ours, theirs = START.register(), typed(START, mine).register(), typed(START, yours).register()
    merged = merge(base, ours, theirs, COPY, complete=True)
    told = {(c.sheet, c.record, c.field) for c in merged.changes}
    edited = held = 0
    for sheet in ("houses", "owners"):
        key = BY_FIELD[sheet].key.field
        for row in range(len(base.tables[sheet])):
            for column in BY_FIELD[sheet].columns:
                was, mine_now, now = (meaning(r, sheet, column.field, row) for r in (base, ours, theirs))
                if now == was:
                    continue
                edited += 1
                if now == mine_now:
                    held += 1
                else:
                    assert (sheet, base.tables[sheet].found(key, row), column.field) in told
    assert len(merged.changes) + merged.already == edited and merged.already == held


@settings(max_examples=CASES)
@given(st.sampled_from(["houses", "owners"]), st.integers(0, 5))
def test_a_row_taken_out_of_a_whole_copy_is_asked_and_of_a_part_is_nothing(sheet, at):
    yours = START.copied()
    del yours.rows(sheet)[at]
    whole = merge(START.register(), START.register(), yours.register(), COPY, complete=True)
    part = merge(START.register(), START.register(), yours.register(), COPY, complete=False)
    assert [(c.kind, c.verdict) for c in whole.changes] == [("gone", "question")]
    assert part.changes == [] and part.already == 0
