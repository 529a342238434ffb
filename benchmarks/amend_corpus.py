"""Amend every workbook of a folder in four ways and see what came of it.

    python benchmarks/amend_corpus.py FOLDER [--office N] [--json OUT]

Each workbook: a text cell, a number cell, an absent cell, an appended row of three cells, each on its own. The result is
checked here once more with what the amender does not use: `zipfile` for the untouched members, openpyxl in a child
process, and LibreOffice for the first N workbooks. Prints what was amended, what was refused and why, and any damage.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import io
import json
import multiprocessing
import os
import re
import resource
import signal
import subprocess
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import Any

from ownerbook.workbook.amend import Amended, AppendRow, Edit, Refused, SetCell, amend
from ownerbook.workbook.amend.edits import cell_name
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.cell_rows import Seen
from ownerbook.workbook.difference import _Reader
from ownerbook.workbook.package import Package, PackageError

TEXT = "改 <&\"'> 110101198001010016\n第二行"
PATIENCE = 60


def targets(data: bytes) -> dict[str, list[Edit]] | str:
    """The four edits, or why there are none."""
    try:
        reader = _Reader(Package(data))
        for name, member in reader.sheets.items():
            rows = dict(reader.rows(member))
            if any(s.kind != "blank" for cells in rows.values() for s in cells.values()):
                return _edits(name, rows)
        return _edits(name, {}) if reader.sheets else "no worksheet"
    except PackageError as error:
        return f"package: {error.reason}"
    except Stop as stop:
        return f"structure: {stop.detail}"


def _edits(sheet: str, rows: dict[int, dict[int, Seen]]) -> dict[str, list[Edit]]:
    out: dict[str, list[Edit]] = {}
    for kind, new in (("text", TEXT), ("number", 4711.25)):
        found = [(r, c) for r, cells in rows.items() for c, s in cells.items() if s.kind == kind and s.formula is None]
        if found:
            out[kind] = [SetCell(sheet, cell_name(*found[len(found) // 2]), new)]
    row = min(rows, default=1)
    out["absent"] = [SetCell(sheet, cell_name(row, min(max(rows.get(row, {0: 0})) + 2, 16384)), "新")]
    out["append"] = [AppendRow(sheet, {"A": "新行", "B": 12.5, "C": "110101198001010016"}, frozenset("C"))]
    return out


def members_alike(old: bytes, new: bytes, touched: tuple[str, ...]) -> str:
    """Empty, or the first member that changed and should not have."""
    a, b = zipfile.ZipFile(io.BytesIO(old)), zipfile.ZipFile(io.BytesIO(new))
    if a.namelist() != b.namelist():
        return "names"
    norm = {t.replace("\\", "/") for t in touched}
    return next((n for n in a.namelist() if n.replace("\\", "/") not in norm and a.read(n) != b.read(n)), "")


def _shown(value: Any) -> str:
    return repr(sorted((k, str(x)) for k, x in vars(value).items())) if hasattr(value, "ref") else repr(value)


def _by_openpyxl(data: bytes) -> tuple[list[str], dict[tuple[str, int, int], str]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    return book.sheetnames, {(s.title, *k): _shown(c.value) for s in book.worksheets for k, c in s._cells.items() if c.value is not None}


def _compared(books: list[bytes]) -> list[list[Any]]:
    try:
        names, cells = _by_openpyxl(books[0])
    except Exception as error:
        return [["unread", type(error).__name__]] * (len(books) - 1)
    if not names:
        return [["unread", "no sheets"]] * (len(books) - 1)
    out: list[list[Any]] = []
    for book in books[1:]:
        try:
            others, after = _by_openpyxl(book)
            assert names == others
            out.append(["read", sorted([*k, cells.get(k), after.get(k)] for k in cells.keys() | after.keys() if cells.get(k) != after.get(k))])
        except Exception as error:
            out.append(["damage", repr(error)])
    return out


def openpyxl_says(old: bytes, new: list[bytes]) -> list[list[Any]]:
    """What openpyxl sees in each: `unread`, `damage`, or the cells that differ. Read in a forked child: it may hang or eat memory."""
    import openpyxl  # noqa: F401 - so that the child need not

    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
            signal.alarm(PATIENCE)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            warnings.simplefilter("ignore")
            os.close(reading)
            with os.fdopen(writing, "wb") as file:
                file.write(json.dumps(_compared([old, *new])).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        answer = file.read()
    os.waitpid(child, 0)
    try:
        return list(json.loads(answer))
    except ValueError:
        return [["unread", "timeout or memory"]] * len(new)


def _as_csv(data: bytes, suffix: str, folder: Path, stem: str) -> dict[str, str] | None:
    source = folder / f"{stem}{suffix}"
    source.write_bytes(data)
    out = folder / stem
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", str(out), str(source)]
    try:
        subprocess.run(command, capture_output=True, timeout=180, check=False)
    except subprocess.TimeoutExpired:
        return None
    found = {p.name: p.read_text("utf-8", "replace") for p in out.glob("*.csv")} if out.exists() else {}
    return found or None


def office_says(old: bytes, new: bytes, suffix: str) -> str:
    """What LibreOffice sees: `unread`, `damage`, or how many lines differ."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        a = _as_csv(old, suffix, folder, "book_a")
        if a is None:
            return "unread"
        b = _as_csv(new, suffix, folder, "book_b")
        if b is None:
            return "damage"
        x = {k.replace("book_a", ""): v.splitlines() for k, v in a.items()}
        y = {k.replace("book_b", ""): v.splitlines() for k, v in b.items()}
        if x.keys() != y.keys():
            return "damage"
        return f"{sum(len(set(y[k]) ^ set(x[k])) for k in x)} lines"


def _expected(answer: list[Any], changed: set[tuple[str, int, int]]) -> str:
    if answer[0] == "unread":
        return f"unread {answer[1]}"
    if answer[0] == "damage":
        return f"DAMAGE {answer[1]}"
    odd = [d for d in answer[1] if (d[0], d[1], d[2]) not in changed]
    return f"DAMAGE {odd[:3]}" if odd else "agrees"


def one(job: tuple[str, bool]) -> dict[str, Any]:
    """All edits of one workbook."""
    path, office = Path(job[0]), job[1]
    out: dict[str, Any] = {"path": job[0], "edits": {}}
    signal.alarm(400)
    try:
        data = path.read_bytes()
        jobs = targets(data)
        if isinstance(jobs, str):
            out["none"] = jobs
            return out
        done: dict[str, Amended] = {}
        for kind, edits in jobs.items():
            try:
                done[kind] = amend(data, edits)
            except Refused as refused:
                reasons = "; ".join(sorted({r.reason for r in refused.refusals}))
                out["edits"][kind] = f"refused {reasons} | {refused.refusals[0].en}"
        answers = openpyxl_says(data, [r.data for r in done.values()]) if done else []
        for (kind, result), answer in zip(done.items(), answers, strict=True):
            out["edits"][kind] = _verdict(data, result, answer)
            if office and kind in ("text", "append"):
                out["edits"][kind] += f"; office {office_says(data, result.data, path.suffix)}"
    except Exception as error:
        out["edits"]["error"] = f"ERROR {type(error).__name__}: {error}"
    finally:
        signal.alarm(0)
    return out


def _verdict(data: bytes, result: Amended, answer: list[Any]) -> str:
    proof = result.receipt.proof
    if proof is None:
        return "nothing to do"
    bad = members_alike(data, result.data, proof.parts_touched)
    changed = {(c.sheet, c.row, c.column) for c in result.receipt.changes} | set(result.receipt.dropped)
    return f"DAMAGE {bad}" if bad else f"amended; openpyxl {_expected(answer, changed)}; calamine {proof.calamine[:40]}"


def main() -> None:
    """Run over a folder and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--office", type=int, default=0)
    arguments.add_argument("--every", type=int, default=1)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--json", type=Path)
    args = arguments.parse_args()
    every_path = sorted(p for p in args.folder.rglob("*") if p.suffix.lower() in (".xlsx", ".xlsm", ".xltx", ".xltm"))
    found = {hashlib.sha256(p.read_bytes()).digest(): p for p in every_path}
    paths = [found[digest] for digest in sorted(found)][args.first :: args.every]  # each once, in an order that is always the same and mixed
    every = max(len(paths) // args.office, 1) if args.office else 0
    jobs = [(str(p), bool(every) and i % every == 0) for i, p in enumerate(paths)]
    results = []
    with multiprocessing.Pool(2, maxtasksperchild=200) as pool:
        for result in pool.imap_unordered(one, jobs):
            results.append(result)
            if args.json:
                with args.json.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(result, ensure_ascii=False) + "\n")
    tally: collections.Counter[str] = collections.Counter()
    for r in results:
        for kind, verdict in r["edits"].items():
            tally[kind + ": " + re.sub(r" \|.*|\[.*", "", verdict)] += 1
        if "none" in r:
            tally["none: " + r["none"]] += 1
    for line, n in tally.most_common():
        print(f"{n:6} {line}")


if __name__ == "__main__":
    main()
