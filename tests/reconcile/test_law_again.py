"""Law: what was applied is not asked again, and applying the same plan twice changes nothing."""

from edited_registers import CASES, COPY, cell_edits, histories, start, typed
from hypothesis import given, settings

from ownerbook.reconcile.change import Choice
from ownerbook.reconcile.decided import decided
from ownerbook.reconcile.merge import merge
from ownerbook.reconcile.supposed import as_it_would_be

START = start()


def _chosen(merged):
    return {c.id: Choice("采用", who="G1", evidence="D1") for c in merged.changes}


@settings(max_examples=CASES)
@given(cell_edits(START), cell_edits(START))
def test_a_copy_of_which_all_was_taken_has_nothing_left_to_ask(mine, yours):
    base, ours, theirs = START.register(), typed(START, mine).register(), typed(START, yours).register()
    merged = merge(base, ours, theirs, COPY, complete=True)
    first = decided(ours, merged.changes, _chosen(merged), by="G1", today=ours.today)
    now = as_it_would_be(ours, first.proposal)
    again = merge(base, now, theirs, COPY, complete=True)
    left = {(c.sheet, c.record, c.field) for c, _ in first.left}
    assert {(c.sheet, c.record, c.field) for c in again.changes} == left
    assert len(first.taken) + len(first.left) == len(merged.changes)


@settings(max_examples=CASES)
@given(histories(START), histories(START))
def test_the_same_plan_applied_twice_changes_nothing(mine, yours):
    base, ours, theirs = START.register(), mine.register(), yours.register()
    merged = merge(base, ours, theirs, COPY, complete=True)
    first = decided(ours, merged.changes, _chosen(merged), by="G1", today=ours.today)
    now = as_it_would_be(ours, first.proposal)
    second = decided(now, merged.changes, _chosen(merged), by="G1", today=ours.today)
    assert second.proposal.values == []
    assert [r for r in second.proposal.rows if r.sheet != "changes" and r.values.get("owner_no", r.values.get("house_no")) in ("", None)] == []
