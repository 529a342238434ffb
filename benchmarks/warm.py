"""Checking again: nothing changed, and one cell of one sheet changed, beside a bare read by python-calamine of the same workbook.

    python benchmarks/warm.py [OWNERS] [RUNS]

The edit changes one shared string of one cell in the last rows of a sheet's part; the other parts keep their bytes, as the amender, and
Excel where no text goes, leave them. Each warm answer is compared with a fresh one: a difference ends the run.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from checking import CALAMINE, check_of, register  # noqa: E402
from measure import Run, once, python  # noqa: E402

_TAIL = 20_000  # bytes


def edited(source: Path, target: Path, part: str) -> None:
    """The workbook with one cell of a part changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == part:
                cells = list(re.finditer(rb't="s"><v>(\d+)</v>', data[-_TAIL:]))
                cell = cells[len(cells) // 2]
                at = max(len(data) - _TAIL, 0)
                data = data[: at + cell.start(1)] + b"7" + data[at + cell.end(1) :]
            new.writestr(info, data)


def sheets_of(path: Path) -> list[tuple[str, str, int]]:
    """Name, part and size in bytes of the sheets that are worth an edit, largest first."""
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        parts = [f"xl/worksheets/sheet{n}.xml" for n in range(1, len(names) + 1)]
        sized = [(name, part, book.getinfo(part).file_size) for name, part in zip(names, parts, strict=True)]
    return sorted((s for s in sized if s[2] > 100_000), key=lambda s: -s[2])


def printed(command: list[str]) -> bytes:
    """What a check prints."""
    return subprocess.run(command, capture_output=True, check=False).stdout


def main(owners: int = 100_000, runs: int = 5) -> list[str]:
    """Measure. Gives Markdown lines."""
    lines = [f"| {owners:,} owners | CPU ÷ bare python-calamine read | lowest–highest | peak memory, MiB |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["OWNERBOOK_CACHE_DIR"] = str(Path(scratch) / "cache")
        original, book = register(owners), Path(scratch) / "space" / "register.xlsx"
        book.parent.mkdir()
        memory = book.parent / ".ownerbook"
        check, bare = check_of(book), python(CALAMINE, str(original))
        edits = []
        for n, (name, part, size) in enumerate(sheets_of(original)):
            edits.append((name, size, Path(scratch) / f"{n}.xlsx"))
            # in a process of its own: what this one holds would count as held by every one that it starts
            subprocess.run([sys.executable, __file__, "--edit", str(original), str(edits[-1][2]), part], check=True)
        found: dict[str, list[tuple[float, Run]]] = {}

        def note(what: str, run: Run, yard: Run) -> None:
            found.setdefault(what, []).append((run.cpu / yard.cpu, run))

        for turn in range(runs):
            yard = once(bare)
            shutil.copyfile(original, book)
            shutil.rmtree(Path(scratch) / "cache", ignore_errors=True)
            note("first check, which keeps what it reads and judges", once(check), yard)
            once(check)
            note("nothing changed", once(check), yard)
            for name, size, path in edits:
                shutil.copyfile(original, book)
                once(check)  # so that one cell alone is another one than at the last check
                shutil.copyfile(path, book)
                note(f"one cell of {name} changed ({size / 1e6:.0f} MB of XML)", once(check), yard)
                if turn == 0:
                    shutil.copyfile(original, book)
                    printed(check)
                    shutil.copyfile(path, book)
                    kept = memory / "problems.json"
                    before = kept.read_bytes()
                    warm = printed(check)
                    kept.write_bytes(before)
                    if printed([*check, "--fresh"]) != warm:
                        raise SystemExit(f"{name}: a warm check says something else than a fresh one")
    for what, runs_ in found.items():
        ratios = [r for r, _ in runs_]
        peak = statistics.median(r.memory for _, r in runs_)
        lines.append(f"| {what} | {statistics.median(ratios):.2f} | {min(ratios):.2f}–{max(ratios):.2f} | {peak:.0f} |")
    return lines


if __name__ == "__main__" and sys.argv[1:2] == ["--edit"]:
    edited(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
elif __name__ == "__main__":
    print("\n".join(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 5)))
