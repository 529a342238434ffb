"""How long everything that is due takes to find, beside reading the same workbooks with bare python-calamine.

    python benchmarks/deadlines.py REGISTER_FOLDER [2026-10-31 [2028-01-31]]

The first day is one on which little is due, the second one on which every file is late for its audit.
Seconds differ by machine and by what else it does; the ratios, all taken in one run, are what to quote.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from time import process_time

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.agenda import agenda
from ownerbook.deadlines.columns import Whole
from ownerbook.jobs.deadlines import today_page
from ownerbook.jobs.reading import read_register
from ownerbook.jobs.workspace import Workspace, open_workspace


def main(folder: Path, days: list[date]) -> None:
    """Print CPU time as multiples of the bare reading, for each day."""
    from python_calamine import CalamineWorkbook

    space = open_workspace([folder], Path.cwd())
    began = process_time()
    for _, path in space.files:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    bare = process_time() - began
    for day in days:
        _one(space, day, bare)


def _one(space: Workspace, day: date, bare: float) -> None:
    began = process_time()
    read = read_register(space, day)
    reading = process_time() - began
    book, calendar, today = Whole(read.register), read.register.calendar, day.toordinal() - EPOCH
    times = []
    for _ in range(3):
        began = process_time()
        items = agenda(book, calendar, today, 30)
        times.append(process_time() - began)
    began = process_time()
    today_page(space, read).text(lang="zh", masked=True)
    page = process_time() - began
    files = len(read.register.tables["files"])
    print(f"{day}: {files:,} files, {len(items):,} items; bare calamine {bare:.1f} s CPU = 1")
    first, alone = times[0] / bare, min(times[1:]) / bare
    print(
        f"  read {reading / bare:.2f} · first agenda (columns understood) {first:.2f} · agenda alone {alone:.3f} · page of the day {page / bare:.2f}"
    )
    print(f"  agenda alone {min(times[1:]):.2f} s, page of the day {page:.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [date.fromisoformat(d) for d in sys.argv[2:]] or [date(2026, 10, 31), date(2028, 1, 31)])
