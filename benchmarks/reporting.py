"""Writing the month's workbook: our rows against the same cells through bare XlsxWriter, and a whole month of a large register.

    python benchmarks/reporting.py                     # ratio of writing, by sizes
    python benchmarks/reporting.py REGISTER            # a whole month: reading, judging, counting, writing, scanning; and peak memory

Seconds differ by machine; the ratios, taken in turns in one run, are what to quote.
"""

from __future__ import annotations

import gc
import resource
import shutil
import statistics
import sys
import tempfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from time import process_time

from ownerbook.reports.many_rows import Value, write_rows
from ownerbook.reports.palette import BODY, BODY_CENTER, COUNT, DAY, FONT, FONT_SIZE
from ownerbook.reports.pen import Pen

LOOKS = [BODY_CENTER, BODY, BODY, BODY_CENTER, DAY, DAY, COUNT, COUNT, BODY, BODY]


def rows_of(n: int) -> list[tuple[Value, ...]]:
    """Rows like those of a list: texts mostly different, dates, counts, blanks."""
    first = date(2026, 1, 1)
    return [
        (
            "逾期" if i % 3 else "在借",
            f"YG-{i % 40}-1-{i}-01",
            f"{i % 40}-1-{i}",
            "业主",
            first + timedelta(days=i % 300),
            first + timedelta(days=i % 280),
            i % 90,
            None if i % 4 else i % 7,
            f"G{i % 20:03d} 王*",
            "=1+1" if not i % 1000 else "",
        )
        for i in range(n)
    ]


def ours(path: Path, rows: list[tuple[Value, ...]]) -> None:
    """Through the pen."""
    with Pen(path, as_of=date(2026, 10, 31), title="x") as pen:
        write_rows(pen.page("x"), 1, rows, [{"": look} for look in LOOKS])


def bare(path: Path, rows: list[tuple[Value, ...]]) -> None:
    """The same cells, formats and options through the library alone."""
    import xlsxwriter

    options = {"default_format_properties": {"font_name": FONT, "font_size": FONT_SIZE}, "default_row_height": 22, "default_column_width": 64}
    book = xlsxwriter.Workbook(str(path), options | {"strings_to_formulas": False})
    sheet = book.add_worksheet("x")
    formats = [book.add_format(look.properties()) for look in LOOKS]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is None or value == "":
                sheet.write_blank(r, c, None, formats[c])
            elif isinstance(value, str):
                sheet.write_string(r, c, value, formats[c])
            elif isinstance(value, date):
                sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), formats[c])
            else:
                sheet.write_number(r, c, value, formats[c])
    book.close()


def writing(folder: Path) -> None:
    """Print the ratio by sizes: medians of five turns."""
    for n in (1_000, 20_000, 100_000):
        rows, taken = rows_of(n), {ours: [], bare: []}
        for _ in range(5 if n < 100_000 else 3):
            for act in (bare, ours):
                gc.collect()
                began = process_time()
                act(folder / "x.xlsx", rows)
                taken[act].append(process_time() - began)
        a, b = statistics.median(taken[ours]), statistics.median(taken[bare])
        print(f"{n:>7,} rows × {len(LOOKS)}: ours {a:.2f} s CPU, bare {b:.2f} s, ratio {a / b:.2f}", flush=True)


def month(source: Path, folder: Path) -> None:
    """Make a month of a register, in a copy of its folder."""
    from ownerbook.jobs import report
    from ownerbook.jobs.reading import read_register
    from ownerbook.jobs.workspace import open_workspace
    from ownerbook.settings import FILE

    root = folder / "register"
    if source.is_dir():
        shutil.copytree(source, root)
    else:
        root.mkdir()
        shutil.copy(source, root / "登记簿.xlsx")
    (root / FILE).touch()
    began = process_time()
    read_register(open_workspace([], root), date(2026, 10, 31))
    reading = process_time() - began
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = process_time()
    path = report.make(open_workspace([], root), "2026-10", now=datetime(2026, 11, 1, 2, 5, tzinfo=timezone(timedelta(hours=8))))
    whole = process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = f"{path.stat().st_size / 2**20:.1f} MB"
    print(f"a month: reading {reading:.1f} s CPU = 1 (peak {before:.0f} MiB); the whole month {whole / reading:.1f} (peak {peak:.0f} MiB), {size}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="reporting-") as draft:
        if len(sys.argv) > 1:
            month(Path(sys.argv[1]), Path(draft))
        else:
            writing(Path(draft))
