"""The full check as a whole process, beside a bare read of the same workbook by python-calamine, and other ways of reading or checking."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from measure import beside, python  # noqa: E402

CALAMINE = """
import sys
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
for n in range(len(book.sheet_names)):
    book.get_sheet_by_index(n).to_python()
"""
OPENPYXL = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
for sheet in book:
    for row in sheet.iter_rows(values_only=True):
        pass
"""


def register(owners: int) -> Path:
    """The workbook of so many owners, made where it is not there yet: by a process of its own, for making needs far more memory than checking."""
    folder = Path(tempfile.gettempdir()) / "ownerbook-benchmarks" / f"{owners}-owners"  # a check remembers the problems of its folder
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "register.xlsx"
    if not path.exists():
        maker = str(Path(__file__).with_name("make_register.py"))
        subprocess.run([sys.executable, maker, str(owners), str(path)], check=True, stdout=subprocess.DEVNULL)
    return path


@contextlib.contextmanager
def workspace(put: Callable[[Path], object]) -> Iterator[Path]:
    """A workspace in a temporary folder, with a cache of its own. put: lays its register at a path."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["OWNERBOOK_CACHE_DIR"] = str(Path(scratch) / "cache")
        root = Path(scratch) / "小区"
        root.mkdir()
        (root / "ownerbook.toml").touch()
        put(root / "登记簿.xlsx")
        yield root


def of(owners: int) -> Callable[[Path], object]:
    """Lays a copy of the register of so many owners."""
    return lambda path: shutil.copyfile(register(owners), path)


def check_of(path: Path) -> list[str]:
    """The full check of a workbook, every rule, JSON written."""
    return [sys.executable, "-m", "ownerbook.cli.main", "check", str(path), "--format", "json", "--as-of", "2026-10-31"]


def main(owners: int = 100_000, runs: int = 5) -> list[str]:
    """Measure. Gives Markdown lines."""
    path = register(owners)
    check = check_of(path)
    bare = python(CALAMINE, str(path))
    size = path.stat().st_size / 1e6
    lines = [
        f"| {owners:,} owners, {size:.0f} MB | CPU ÷ bare python-calamine read | lowest–highest | peak memory, MiB |",
        "|---|---|---|---|",
    ]
    rivals = [("`ownerbook check --fresh`, all rules, JSON written", [*check, "--fresh"]), ("python-calamine, reading only", bare)]
    if owners <= 10_000:
        rivals.append(("openpyxl read-only, reading only", python(OPENPYXL, str(path))))
    for name, command in rivals:
        p = beside(command, bare, runs)
        lines.append(f"| {name} | {p.ratio:.2f} | {p.low:.2f}–{p.high:.2f} | {p.memory:.0f} |")
    return lines


if __name__ == "__main__":
    print("\n".join(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 5)))
