"""Searching for quadratic steps: every command at twice the size before, and the check of registers in which one thing is wrong everywhere.

    python benchmarks/doubling.py [SIZE …]

Linear work grows twofold from size to size, less while starting counts; work that grows more than threefold is looked into.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent))
from checking import of, workspace  # noqa: E402
from measure import here, once  # noqa: E402
from reconciling import changed  # noqa: E402

SIZES = (2_500, 5_000, 10_000)
TODAY = date(2026, 10, 31)
TOO_MUCH = 3.0
COMMANDS: dict[str, Sequence[str]] = {
    "check --fresh": ("check", "--fresh"),
    "check, problem workbook": ("check", "--format", "xlsx", "-o", "问题.xlsx"),
    "find, index made": ("find", "1-1-101"),
    "today": ("today", "--as-of", "2028-01-31"),
    "missing": ("missing",),
    "retention": ("retention",),
    "dossier": ("dossier", "1-1-101"),
    "cabinet load": ("cabinet", "load"),
    "cabinet boxes, printed": ("cabinet", "boxes", "--everything"),
    "export": ("export", "--for", "客服", "--to", "前台", "--reason", "测量"),
    "copy handed out": ("copy", "--to", "前台", "--out", "副本.xlsx"),
    "report of a month": ("report", "--month", "2026-10"),
    "night": ("nightly",),
    "verify": ("verify",),
}
Cells = list[tuple[int, str, str]]
Spoiling = Callable[[int], dict[str, Cells]]


def _every(sheet: str, **words: str) -> Spoiling:
    return lambda n: {sheet: [(row, f, word) for row in range(n) for f, word in words.items()]}


SPOILT: dict[str, Spoiling] = {
    "as it was": lambda n: {},
    "one phone for all": _every("owners", phone="13800001234"),
    "one identity number for all": _every("owners", id_no="11010119900307001X"),
    "one house for all owners": _every("owners", house_no="1-1-101"),
    "one name for all": _every("owners", name="王伟"),
    "one owner number for all": _every("owners", owner_no="Y000001"),
    "one file number for all": _every("files", file_no="YG-1-1-101-01"),
    "all files of one owner": _every("files", owner_no="Y000001"),
    "all papers in one file": _every("documents", file_no="YG-1-1-101-01"),
    "all papers of one number": _every("documents", doc_no="CL0000001"),
    "all files in one place": _every("files", location="A01-01-01-01"),
    "no phone can be read": lambda n: {"owners": [(row, "phone", f"一三八{row}") for row in range(n)]},
    "no house can be read": lambda n: {"owners": [(row, "house_no", f"?{row}?") for row in range(n)]},
    "every date a text": lambda n: {"files": [(row, "created_on", f"2020年{row % 12 + 1}月{row % 28 + 1}日") for row in range(n)]},
    "every name odd": lambda n: {"owners": [(row, "name", f" 王\u3000{chr(0x4E00 + row % 20000)}") for row in range(n)]},
    "every loan by a stranger": lambda n: {"loans": [(row, "borrower", f"外人{row}") for row in range(n // 5)]},
}


def _commands(owners: int) -> dict[str, float | None]:
    """CPU seconds of every command, whole processes, on one workspace after the other command; None where it refused."""
    took: dict[str, float | None] = {}
    with workspace(of(owners)) as root:
        for name, words in COMMANDS.items():
            try:
                took[name] = once(here(root, *words)).cpu
            except RuntimeError:
                took[name] = None
    return took


def _merging(owners: int) -> dict[str, float]:
    """CPU seconds of three-way merges: 1 % of the owners' cells changed on each side, and as many owners again added by both."""
    from ownerbook.jobs.reading import read_register
    from ownerbook.jobs.workspace import open_workspace
    from ownerbook.reconcile.change import Origin
    from ownerbook.reconcile.merge import merge
    from ownerbook.reconcile.tables import with_values
    from ownerbook.register.register import Register

    def added(register: Register, first: int, number: str) -> Register:
        rows = [{"owner_no": number.format(n), "house_no": "1-1-101", "name": f"王{first + n}"} for n in range(owners)]
        return Register({**register.tables, "owners": with_values(register.tables["owners"], [], rows)}, TODAY)

    took = {}
    with workspace(of(owners)) as root:
        space = open_workspace([root], root)
        base = read_register(space, TODAY)
        sides = [read_register(space, TODAY, beside=base).register for _ in range(2)]
        asked = {
            "merge, 1 % changed on each side": [changed(side, 0.01, seed)[0] for seed, side in enumerate(sides)],
            "merge, as many owners added, alike on both sides": [added(side, 0, "Z{}") for side in sides],
            "merge, as many owners added, of one number": [added(side, n * owners, "Z1") for n, side in enumerate(sides)],
        }
        for name, (mine, yours) in asked.items():
            began = process_time()
            merge(base.register, mine, yours, Origin("copy", "copy.xlsx"), complete=True)
            took[name] = process_time() - began
    return took


def _least(tries: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The least of several: what is short and was disturbed once would pass for growth."""
    return {name: min(t[name] for t in tries) for name in tries[0]}


def _judging(owners: int) -> dict[str, float]:
    """CPU seconds of all rules over registers in which one thing is wrong everywhere."""
    from ownerbook.jobs.reading import read_register
    from ownerbook.jobs.workspace import open_workspace
    from ownerbook.reconcile.tables import with_values
    from ownerbook.register.register import Register
    from ownerbook.rules.book import cards
    from ownerbook.rules.judge import judge

    took = {}
    with workspace(of(owners)) as root:
        for name, spoil in SPOILT.items():
            read = read_register(open_workspace([root], root), TODAY)
            tables = dict(read.register.tables)
            for sheet, cells in spoil(owners).items():
                tables[sheet] = with_values(tables[sheet], cells)
            began = process_time()
            found = judge(Register(tables, TODAY), cards())
            with contextlib.redirect_stdout(io.StringIO()):
                for f in found:
                    f.say()
            took[name] = process_time() - began
    return took


def growth_rows(title: str, sizes: Sequence[int], took: Sequence[Mapping[str, float | None]]) -> list[str]:
    """Markdown lines: CPU seconds at each size, and the greatest growth for twice as many. None is a command that refused."""
    lines = [f"| {title} | " + " | ".join(f"{n:,} owners, CPU s" for n in sizes) + " | greatest growth |", "|---|" + "---|" * (len(sizes) + 1)]
    for name in took[0]:
        seconds = [t[name] for t in took]
        said = " | ".join("refused" if s is None else f"{s:.2f}" for s in seconds)
        steps = [(b / a) ** (1 / _doublings(m, n)) for a, b, m, n in zip(seconds, seconds[1:], sizes, sizes[1:], strict=False) if a and b]
        growth = f"{max(steps):.1f}" + (" **too much**" if max(steps) > TOO_MUCH else "") if steps else "–"
        lines.append(f"| {name} | {said} | {growth} |")
    return lines


def _doublings(small: int, large: int) -> float:
    import math

    return math.log2(large / small)


def main(sizes: Sequence[int] = SIZES) -> list[str]:
    """Measure. Gives Markdown lines."""
    commands = [_commands(n) | _least([_merging(n) for _ in range(3)]) for n in sizes]
    judged = [_judging(n) for n in sizes]
    return [
        "Growth from each size to the next, which is twice as large: 2 is linear, 4 quadratic.",
        "",
        *growth_rows("command", sizes, commands),
        "",
        *growth_rows("all rules, where … is wrong in every row", sizes, judged),
    ]


if __name__ == "__main__":
    print("\n".join(main([int(a) for a in sys.argv[1:]] or SIZES)))
