"""Which version a workbook was made from is found by its rows."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from ownerbook.schema.cells import Pool, Styles
from ownerbook.workbook.nearness import Print
from ownerbook.workbook.reading import read_book


def of(folder: Path, rows: list[list[object]], name: str = "a.xlsx") -> Print:
    with xlsxwriter.Workbook(str(folder / name)) as book:
        page = book.add_worksheet("业主")
        for n, row in enumerate(rows):
            page.write_row(n, 0, row)
    pool = Pool()
    return Print.of(read_book(folder / name, pool=pool, styles=Styles()), pool)


ROWS: list[list[object]] = [[f"Y{n:03d}", f"1-1-{n}", 90.5 + n, "赵甲"] for n in range(40)]


def test_sorted_rows_and_moved_columns_are_the_same_rows(tmp_path: Path) -> None:
    near = of(tmp_path, ROWS).near(of(tmp_path, [r[::-1] for r in reversed(ROWS)]))
    assert (near.common, near.share, near.cells) == (40, 1.0, 1.0)


def test_changed_and_missing_rows_count(tmp_path: Path) -> None:
    changed = [[*r[:3], "钱乙"] if n < 10 else r for n, r in enumerate(ROWS)][:30]
    near = of(tmp_path, ROWS).near(of(tmp_path, changed))
    assert (near.common, near.ours, near.theirs) == (20, 40, 30)
    assert near.share == 20 / 30


def test_widths_and_blanks_around_are_no_difference(tmp_path: Path) -> None:
    wide = [[f" {r[0]} ", str(r[1]).replace("1", "１"), r[2], "赵甲　"] for r in ROWS]
    assert of(tmp_path, ROWS).near(of(tmp_path, wide)).common == 40


def test_another_workbook_has_nothing_in_common(tmp_path: Path) -> None:
    other = of(tmp_path, [[f"Z{n}", f"9-9-{n}", n, "孙丙"] for n in range(40)])
    near = of(tmp_path, ROWS).near(other)
    assert (near.common, near.cells) == (0, 0.0)
    assert of(tmp_path, [["x"]]).near(other).share == 0.0
