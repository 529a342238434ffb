"""How long everything that is due takes to find, beside reading the same workbooks with bare python-calamine.

    python benchmarks/deadlines.py REGISTER_FOLDER [2026-10-31]

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
from ownerbook.jobs.reading import read_register
from ownerbook.jobs.workspace import open_workspace


def main(folder: Path, day: date) -> None:
    """Print CPU time as multiples of the bare reading."""
    from python_calamine import CalamineWorkbook

    space = open_workspace([folder], Path.cwd())
    began = process_time()
    for _, path in space.files:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    bare = process_time() - began
    began = process_time()
    read = read_register(space, day)
    reading = process_time() - began
    book_, calendar, today = Whole(read.register), read.register.calendar, day.toordinal() - EPOCH
    times = []
    for _ in range(3):
        began = process_time()
        items = agenda(book_, calendar, today, 30)
        times.append(process_time() - began)
    print(f"{len(read.register.tables['files']):,} files, {len(items):,} items; bare calamine {bare:.1f} s CPU = 1")
    print(f"  read {reading / bare:.2f} · first agenda (columns understood) {times[0] / bare:.2f} · agenda alone {min(times[1:]) / bare:.3f}")
    print(f"  agenda alone {min(times[1:]):.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else date(2026, 10, 31))
