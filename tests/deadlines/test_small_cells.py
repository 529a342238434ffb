"""Statistics without small cells: nothing small is shown, and nothing hidden follows from what is shown."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.deadlines.small_cells import bridges, safe_table

K = 5
TABLES = st.integers(1, 6).flatmap(
    lambda rows: st.integers(1, 5).flatmap(
        lambda columns: st.lists(
            st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 12]), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


def table(counts, *, ordered=False):
    rows, columns = [(f"{n}栋",) for n in range(len(counts))], [f"c{n}" for n in range(len(counts[0]))]
    cells = {(rows[r][0], columns[c]): n for r, row in enumerate(counts) for c, n in enumerate(row)}
    return safe_table(cells, rows, columns, K, ordered=ordered)


def solutions(safe, wanted):
    """Every way to fill the hidden cells that the shown cells and totals allow, up to so many; worked out by trying, not by the rings of the code."""
    hidden = [tuple(p) for p in np.argwhere(safe.hidden)]
    shown = np.where(safe.hidden, 0, safe.counts)
    rows, columns = safe.counts.sum(1) - shown.sum(1), safe.counts.sum(0) - shown.sum(0)
    found: list[dict] = []

    def fill(n, left_r, left_c, so_far):
        if len(found) >= wanted:
            return
        if n == len(hidden):
            if not any(left_r) and not any(left_c):
                found.append(dict(so_far))
            return
        r, c = hidden[n]
        last_r, last_c = all(p[0] != r for p in hidden[n + 1 :]), all(p[1] != c for p in hidden[n + 1 :])
        most = min(left_r[r], left_c[c])
        values = [left_r[r]] if last_r else [left_c[c]] if last_c else range(most + 1)
        for v in values:
            if v <= most:
                a, b = list(left_r), list(left_c)
                a[r] -= v
                b[c] -= v
                fill(n + 1, a, b, [*so_far, ((r, c), v)])

    fill(0, rows.tolist(), columns.tolist(), [])
    return found


@given(TABLES, st.booleans())
def test_no_small_count_is_shown_and_nobody_is_lost(counts, ordered):
    safe = table(counts, ordered=ordered)
    assert safe.total == sum(map(sum, counts))
    if not safe.shown:
        assert 0 < safe.total < K
        return
    for r, c in itertools.product(range(len(safe.rows)), range(len(safe.columns))):
        shown = safe.cell(r, c)
        assert shown is None or shown == 0 or shown >= K
    assert all(n == 0 or n >= K for n in (*safe.row_totals, *safe.column_totals))


@given(TABLES)
def test_no_hidden_cell_follows_from_the_totals(counts):
    safe = table(counts)
    if not safe.shown or not safe.hidden.any() or safe.hidden.sum() > 9:
        return
    ways = solutions(safe, 4000)
    for cell in map(tuple, np.argwhere(safe.hidden)):
        assert len({way[cell] for way in ways}) > 1, (counts, cell)


@given(TABLES)
def test_what_is_hidden_of_a_row_or_column_is_no_small_sum(counts):
    safe = table(counts)
    if not safe.shown:
        return
    hidden = np.where(safe.hidden, safe.counts, 0)
    assert all(n == 0 or n >= K for n in (*hidden.sum(0), *hidden.sum(1)))
    assert not bridges(safe.hidden)


def test_age_bands_merge_with_their_neighbours_only():
    safe = table([[20, 2, 30, 40], [20, 0, 30, 40]], ordered=True)
    assert safe.columns == [("c0", "c1"), ("c2",), ("c3",)]


def test_a_small_building_is_merged_with_another():
    safe = table([[3, 0], [20, 30], [40, 50]])
    assert ("0栋", "1栋") in safe.rows


def test_a_whole_that_is_too_small_is_not_shown():
    assert not table([[2, 1]]).shown
