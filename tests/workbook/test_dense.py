"""The dense columns of a tab hold each declared cell at its row, and nothing else."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.cells import Kind, Pool
from ownerbook.workbook.book import Tab, TabCells
from ownerbook.workbook.dense import dense_columns
from ownerbook.workbook.headers import Header

TEXTS = ["1-1-101", "无", "-", "张三"]
COLUMNS = {"house_no": 2, "building": 5, "note": 3}
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 12), st.integers(1, 6)),
    st.tuples(st.sampled_from([Kind.TEXT, Kind.NUMBER, Kind.BLANK]), st.integers(0, 3), st.integers(0, 1), st.integers(0, 1)),
)


@given(cells=CELLS, header_row=st.integers(1, 3))
def test_a_dense_column_holds_each_cell_of_the_rows_that_say_something(
    cells: dict[tuple[int, int], tuple[Kind, int, int, int]], header_row: int
) -> None:
    pool = Pool()
    pool.extend_texts(TEXTS)
    places = sorted(cells)
    kind, value, style, flag = (np.array([cells[p][i] for p in places]) for i in range(4))
    row, col = (np.array([p[i] for p in places], np.int32) for i in range(2))
    found = TabCells(row, col, kind.astype(np.uint8), value.astype(float), style.astype(np.int32), flag.astype(np.uint8))
    rows, dense = dense_columns(Tab("房屋", found), Header(BY_FIELD["houses"], header_row, COLUMNS), pool)

    def says(place: tuple[int, int]) -> bool:
        k, v, *_ = cells[place]
        return k == Kind.NUMBER or (k == Kind.TEXT and TEXTS[v] not in ("无", "-"))

    expected = sorted({r for r, c in places if r > header_row and c in (2, 5) and says((r, c))})
    assert rows.tolist() == expected
    for name, column in COLUMNS.items():
        read = dense[name]
        got = list(zip(read.kind.tolist(), read.value.tolist(), read.style.tolist(), read.flag.tolist(), strict=True))
        assert got == [tuple(map(float, cells.get((r, column), (0, 0, 0, 0)))) for r in expected]
    dense["house_no"].make_writable()
    dense["house_no"].style[:], dense["house_no"].flag[:] = 7, 7
    assert not any(7 in dense[name].style or 7 in dense[name].flag for name in ("building", "note"))
