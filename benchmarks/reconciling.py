"""How long a three-way merge takes beside reading the three workbooks, 1 % of the owners' cells changed on each of two sides.

    python benchmarks/reconciling.py FOLDER [SHARE]

FOLDER holds a register of `make_register.py`. It is read three times into one pool, as base, register and copy; then cells of the
latter two are changed in memory. Where datacompy and daff are installed, they compare the owners of base and incoming, as pandas
frames and as lists: two-way, by exact text, which is less than is done here. Seconds differ by machine; the ratios, all taken in
one run, are what to quote.
"""

from __future__ import annotations

import random
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from time import process_time

from ownerbook.jobs.reading import read_register
from ownerbook.jobs.workspace import open_workspace
from ownerbook.reconcile.change import Origin
from ownerbook.reconcile.merge import merge
from ownerbook.reconcile.tables import with_values
from ownerbook.register.register import Register
from ownerbook.schema.table import Table

FIELDS = ("phone", "phone2", "address", "email", "name", "status", "note", "registered_on", "id_until", "share")


def changed(register: Register, share: float, seed: int) -> tuple[Register, int]:
    """A copy with a share of the owners' cells changed, and how many."""
    rng = random.Random(seed)
    owners = register.tables["owners"]
    number = int(len(owners) * len(owners.cells) * share)
    cells = {(rng.randrange(len(owners)), rng.choice(FIELDS)) for _ in range(number)}
    table = with_values(owners, [(row, f, _new(rng, f)) for row, f in sorted(cells)])
    return Register({**register.tables, "owners": table}, register.today), len(cells)


def _new(rng: random.Random, field: str) -> str | date:
    if field in ("phone", "phone2"):
        return f"1{rng.randrange(30, 99)}0000{rng.randrange(10000):04d}"
    if field in ("registered_on", "id_until"):
        return date(2020, 1, 1).replace(day=rng.randrange(1, 29), month=rng.randrange(1, 13))
    return {"email": f"a{rng.randrange(10**6)}@example.com", "status": "原业主", "share": "1/3"}.get(field, f"改{rng.randrange(10**6)}")


def main(folder: Path, share: float) -> None:
    """Print CPU time as multiples of reading three workbooks."""
    today = date(2026, 10, 31)
    space = open_workspace([folder], Path.cwd())
    began = process_time()
    read = read_register(space, today)
    again = [read_register(space, today, beside=read) for _ in range(2)]
    reading = process_time() - began
    base = read.register
    (ours, mine), (theirs, yours) = (changed(one.register, share, seed) for seed, one in enumerate(again))
    began = process_time()
    merged = merge(base, ours, theirs, Origin("copy", "copy.xlsx"), complete=True)
    merging = process_time() - began
    print(f"{len(base.tables['owners']):,} owners, {mine:,} + {yours:,} cells changed: {len(merged.changes):,} changes, {merged.already:,} already")
    print(f"  reading three workbooks {reading:.2f} s CPU = 1 · merging {merging / reading:.2f} ({merging:.2f} s)")
    _others(base.tables["owners"], theirs.tables["owners"], reading)


def _others(old: Table, new: Table, reading: float) -> None:
    fields = list(old.cells)
    rows = [[[t.found(f, r) for f in fields] for r in range(len(t))] for t in (old, new)]
    if find_spec("datacompy"):
        import datacompy
        import pandas as pd

        frames = [pd.DataFrame(side, columns=fields) for side in rows]
        began = process_time()
        datacompy.PandasCompare(*frames, join_columns="owner_no").report()
        took = process_time() - began
        print(f"  datacompy (owners, two-way, exact) {took / reading:.2f} ({took:.2f} s)")
    if find_spec("daff"):
        import daff

        views = [daff.PythonTableView([fields, *side]) for side in rows]
        began = process_time()
        flags = daff.CompareFlags()
        flags.addPrimaryKey("owner_no")
        daff.TableDiff(daff.compareTables(*views, flags).align(), flags).hilite(daff.PythonTableView([]))
        took = process_time() - began
        print(f"  daff (owners, two-way, exact) {took / reading:.2f} ({took:.2f} s)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.01)
