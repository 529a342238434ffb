"""Have LibreOffice open and save what the amender made, and see that it keeps the edits and shows the rest as before.

    python benchmarks/amend_office.py FOLDER [--count N] [--json OUT] [--work DIR]

Every n-th workbook of the folder is amended (a text cell, a number cell, an absent cell, an appended row, as far as they are
not refused), then original and result are converted to xlsx, many in one call. Both conversions are read by python-calamine
in a child process: the edited cells must hold what was asked for, cells whose stored result was dropped may have a new one,
and every other cell must be as LibreOffice shows it for the original. What differs is converted once more from the original:
a cell that differs from itself then (random numbers, the time of day) is no disagreement.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from amend_corpus import targets  # noqa: E402

from ownerbook.workbook.amend import Amended, Edit, Refused, amend  # noqa: E402
from ownerbook.workbook.difference import _Reader  # noqa: E402
from ownerbook.workbook.package import Package  # noqa: E402

BATCH = 30
_READ = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from python_calamine import CalamineWorkbook
def plain(v):
    return v if isinstance(v, (bool, int, float, str)) else str(v)
out = {}
try:
    book = CalamineWorkbook.from_path(sys.argv[1])
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except BaseException as error:
            out[name] = {"": type(error).__name__}
            continue
        top, left = sheet.start or (0, 0)
        if sheet.start and (sheet.end[0] - top + 1) * (sheet.end[1] - left + 1) > 20_000_000:
            out[name] = {"": "too wide"}
            continue
        rows = enumerate(sheet.to_python(skip_empty_area=True))
        out[name] = {f"{top + 1 + r} {left + 1 + c}": plain(v) for r, row in rows for c, v in enumerate(row) if v != ""}
    print(json.dumps(out))
except BaseException as error:
    print(json.dumps(None))
"""


@dataclass
class Case:
    """One workbook with its amended form."""

    path: Path
    old: Path
    new: Path
    wanted: dict[tuple[str, int, int], Any] = field(default_factory=dict)
    dropped: set[tuple[str, int, int]] = field(default_factory=set)
    kinds: tuple[str, ...] = ()
    sheets: list[str] = field(default_factory=list)
    verdict: str = ""
    cells: list[Any] = field(default_factory=list)


def _together(data: bytes) -> tuple[Amended, tuple[str, ...]] | None:
    """The workbook with all edits that are not refused."""
    jobs = targets(data)
    if isinstance(jobs, str):
        return None
    kinds = tuple(jobs)
    while kinds:
        edits: list[Edit] = [e for k in kinds for e in jobs[k]]
        try:
            return amend(data, edits), kinds
        except Refused as refused:
            if any(r.reason == "twice" for r in refused.refusals) and "append" in kinds and len(kinds) > 1:
                kinds = tuple(k for k in kinds if k != "append")
                continue
        alone = []
        for k in kinds:
            try:
                amend(data, jobs[k])
                alone.append(k)
            except Refused:
                pass
        if tuple(alone) == kinds:
            return None
        kinds = tuple(alone)
    return None


def _prepare(paths: list[Path], work: Path) -> list[Case]:
    out = []
    for i, path in enumerate(paths):
        signal.alarm(120)
        data = path.read_bytes()
        made = _together(data)
        signal.alarm(0)
        if made is None or not made[0].receipt.changed:
            continue
        suffix = path.suffix.lower()
        case = Case(path, work / f"{i:04}a{suffix}", work / f"{i:04}b{suffix}", kinds=made[1])
        case.old.write_bytes(data)
        case.new.write_bytes(made[0].data)
        case.wanted = {(c.sheet, c.row, c.column): c.new for c in made[0].receipt.changes}
        case.dropped = set(made[0].receipt.dropped)
        reader = _Reader(Package(data))
        case.sheets = [s.name for s in reader.book.sheets]
        for name, member in reader.sheets.items():  # formulas without a stored result are calculated whatever we do
            rows = reader.rows(member)
            case.dropped |= {(name, r, c) for r, cells in rows for c, s in cells.items() if s.formula is not None and s.kind == "blank"}
        out.append(case)
    return out


def _convert(files: list[Path], out: Path, profile: Path) -> None:
    """Convert them all; where a call fails or hangs, its rest goes again in halves."""
    command = [
        "soffice",
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(out),
    ]
    quiet = subprocess.DEVNULL
    with subprocess.Popen([*command, *map(str, files)], stdout=quiet, stderr=quiet, start_new_session=True) as run:
        try:
            run.wait(30 + 8 * len(files))
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
    missing = [f for f in files if not (out / (f.stem + ".xlsx")).exists()]
    if len(files) > 1 and missing:
        half = max(len(missing) // 2, 1)
        for part in (missing[:half], missing[half:]):
            if part:
                _convert(part, out, profile)


def _read(path: Path) -> dict[str, dict[str, Any]] | None:
    try:
        run = subprocess.run([sys.executable, "-c", _READ, str(path)], capture_output=True, timeout=120, check=False)
        answer = json.loads(run.stdout) if run.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def _flat(book: dict[str, dict[str, Any]]) -> dict[tuple[str, int, int], Any]:
    return {(s, int(k.split()[0]), int(k.split()[1])): v for s, cells in book.items() for k, v in cells.items() if k}


def _named(book: dict[str, dict[str, Any]], sheets: list[str]) -> dict[str, dict[str, Any]]:
    """By the names of the workbook itself: LibreOffice gives some sheets others."""
    return dict(zip(sheets, book.values(), strict=True)) if len(sheets) == len(book) else book


def _alike(asked: Any, got: Any) -> bool:
    if asked is None:
        return got is None
    if isinstance(asked, str) and asked.startswith("="):
        return True  # of a calculated column
    if isinstance(asked, bool | date):
        return got is not None
    if isinstance(asked, int | float):
        if isinstance(got, str) and not got[:1].isdigit():
            return False
        return isinstance(got, str) or got is not None and math.isclose(float(got), float(asked), rel_tol=1e-9)
    return bool(asked == got)


def _judge(case: Case, out: Path) -> None:
    a, b = out / (case.old.stem + ".xlsx"), out / (case.new.stem + ".xlsx")
    if not a.exists():
        case.verdict = "LibreOffice cannot open the original"
        return
    if not b.exists():
        case.verdict = "DAMAGE: opens the original, not the result"
        return
    x, y = _read(a), _read(b)
    if x is None or y is None:
        case.verdict = "its output was not read" if x is None else "DAMAGE: its output for the result was not read"
        return
    x, y = _named(x, case.sheets), _named(y, case.sheets)
    old, new = _flat(x), _flat(y)
    lost = [(k, v, new.get(k)) for k, v in case.wanted.items() if not _alike(v, new.get(k))]
    other = [
        (k, old.get(k), new.get(k)) for k in old.keys() | new.keys() if old.get(k) != new.get(k) and k not in case.wanted and k not in case.dropped
    ]
    case.cells = [*map(list, lost[:5]), *map(list, other[:5])]
    if x.keys() != y.keys():
        case.verdict = "DAMAGE: sheets"
    elif lost:
        case.verdict = "LOST"
    else:
        case.verdict = f"OTHER {len(other)}" if other else "agrees"


def _again(case: Case, out: Path, profile: Path) -> None:
    """Whether cells that differ also differ between two conversions of the original."""
    second = out / "again"
    second.mkdir(exist_ok=True)
    moving: set[tuple[str, int, int]] = set()
    for _ in range(3):  # a random whole number may come out the same twice
        (second / (case.old.stem + ".xlsx")).unlink(missing_ok=True)
        _convert([case.old], second, profile)
        moving |= _moved(case, out, second)
    _settle(case, out, moving)


def _moved(case: Case, out: Path, second: Path) -> set[tuple[str, int, int]]:
    x, y = _read(out / (case.old.stem + ".xlsx")), _read(second / (case.old.stem + ".xlsx"))
    if x is None or y is None:
        return set()
    old, new = _flat(_named(x, case.sheets)), _flat(_named(y, case.sheets))
    return {k for k in old.keys() | new.keys() if old.get(k) != new.get(k)}


def _settle(case: Case, out: Path, moving: set[tuple[str, int, int]]) -> None:
    x, z = _read(out / (case.old.stem + ".xlsx")), _read(out / (case.new.stem + ".xlsx"))
    assert x is not None and z is not None
    old, after = _flat(_named(x, case.sheets)), _flat(_named(z, case.sheets))
    left = [(k, old.get(k), after.get(k)) for k in old.keys() | after.keys() if old.get(k) != after.get(k)]
    left = [d for d in left if d[0] not in case.wanted and d[0] not in case.dropped and d[0] not in moving]
    case.cells = [list(d) for d in left[:5]]
    case.verdict = f"OTHER {len(left)}" if left else "agrees, but for cells that change by themselves"


def main() -> None:
    """Run and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--count", type=int, default=400)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--work", type=Path)
    args = arguments.parse_args()
    paths = sorted(p for p in args.folder.rglob("*") if p.suffix.lower() in (".xlsx", ".xlsm", ".xltx", ".xltm") and p.stat().st_size < 3 << 20)
    paths = paths[args.first :: max(len(paths) // args.count, 1)]
    with tempfile.TemporaryDirectory() as name:
        work = args.work or Path(name)
        out, profile = work / "out", work / "profile"
        out.mkdir(parents=True, exist_ok=True)
        cases = _prepare(paths, work)
        print(f"{len(paths)} workbooks, {len(cases)} amended", flush=True)
        for at in range(0, len(cases), BATCH):
            part = cases[at : at + BATCH]
            _convert([f for c in part for f in (c.old, c.new)], out, profile)
            for case in part:
                _judge(case, out)
                if case.verdict.startswith("OTHER"):
                    _again(case, out, profile)
                if case.verdict not in ("agrees",):
                    print(case.verdict, case.path, case.kinds, case.cells[:4], flush=True)
                if args.json:
                    with args.json.open("a", encoding="utf-8") as file:
                        line = {"path": str(case.path), "kinds": case.kinds, "verdict": case.verdict, "cells": case.cells}
                        file.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
    for verdict, n in Counter(c.verdict for c in cases).most_common():
        print(f"{n:6} {verdict}")
    print(f"{sum(len(c.kinds) for c in cases if c.verdict.startswith('agrees')):6} edits kept")


if __name__ == "__main__":
    main()
