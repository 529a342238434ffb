"""Law: merging with an unchanged copy is the identity, however it was sorted."""

from edited_registers import CASES, COPY, histories, start
from hypothesis import given, settings
from hypothesis import strategies as st

from ownerbook.reconcile.delta import delta
from ownerbook.reconcile.merge import merge

START = start()


@settings(max_examples=CASES)
@given(histories(START), st.randoms(use_true_random=False))
def test_an_unchanged_copy_asks_nothing(mine, rng):
    yours = mine.copied()
    rng.shuffle(yours.owners)
    rng.shuffle(yours.houses)
    merged = merge(mine.register(), mine.register(), yours.register(), COPY, complete=True)
    assert (merged.changes, merged.already) == ([], 0)
    assert delta(mine.register(), yours.register()) == []


@settings(max_examples=CASES)
@given(histories(START))
def test_an_unchanged_copy_asks_nothing_of_a_register_that_moved_on(mine):
    merged = merge(START.register(), mine.register(), START.register(), COPY, complete=True)
    assert (merged.changes, merged.already) == ([], 0)
