"""Searching for quadratic steps outside the check: commands and merges at twice the size, on registers in which one thing is the same everywhere.

    python benchmarks/spoilt.py [SIZE …]

A join, a grouping or a list of a house that is quick on a healthy register may grow with the square where everybody has one phone or
lives in one house. Each register is made with that fault, each command is a whole process; one that refuses such a register is told so.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent))
from checking import workspace  # noqa: E402
from doubling import TODAY, growth_rows  # noqa: E402
from make_register import make  # noqa: E402
from measure import here, once  # noqa: E402
from reconciling import changed  # noqa: E402

SIZES = (1_000, 4_000)
PATIENCE = 300  # CPU seconds
COMMANDS: dict[str, Sequence[str]] = {
    "check": ("check", "--format", "xlsx", "-o", "问题.xlsx"),
    "find": ("find", "13800001234"),
    "dossier": ("dossier", "1-1-101"),
    "today": ("today", "--as-of", "2028-01-31"),
    "missing": ("missing",),
    "cabinet load": ("cabinet", "load"),
    "export": ("export", "--for", "客服", "--to", "前台", "--reason", "测量"),
    "report": ("report", "--month", "2026-10"),
    "night": ("nightly",),
}
Spoil = Callable[[str, dict[str, object]], object]


def _all(**same: object) -> Spoil:
    """Every row that has such a column has this value in it."""

    def spoil(tab: str, values: dict[str, object]) -> None:
        for name, value in same.items():
            sheet, _, field = name.partition("__")
            if tab == SHEETS[sheet] and field in values:
                values[field] = value

    return spoil


def _lent(tab: str, values: dict[str, object]) -> None:
    if tab == "借阅":
        values["file_no"], values["returned_on"] = "YG-1-1-101-01", None


def _late(tab: str, values: dict[str, object]) -> None:
    if tab == "借阅":
        values["returned_on"] = None
    if tab in ("档案", "审核"):
        values["audited_on"] = date(2020, 1, 1)


SHEETS = {"houses": "房屋", "owners": "业主", "files": "档案", "papers": "材料", "loans": "借阅", "audits": "审核", "changes": "变更"}
SPOILT: dict[str, Spoil] = {
    "one phone for all": _all(owners__phone="13800001234"),
    "all owners and files in one house": _all(owners__house_no="1-1-101", files__house_no="1-1-101"),
    "one owner, one number, all houses": _all(
        owners__owner_no="Y000001", owners__name="王伟", owners__id_no="11010119900307001X", files__owner_no="Y000001", changes__record="Y000001"
    ),
    "all papers, loans and audits of one file": _all(
        papers__file_no="YG-1-1-101-01", loans__file_no="YG-1-1-101-01", audits__file_no="YG-1-1-101-01"
    ),
    "one file lent again and again, never back": _lent,
    "everything late": _late,
    "one house number for all houses": _all(houses__house_no="1-1-101"),
    "all files in one place": _all(files__location="A01-01-01-01"),
}


def _merge(root: Path) -> float:
    """CPU seconds of a three-way merge of such a register with itself, 1 % of the owners' cells changed on either side."""
    from ownerbook.jobs.reading import read_register
    from ownerbook.jobs.workspace import open_workspace
    from ownerbook.reconcile.change import Origin
    from ownerbook.reconcile.merge import merge

    space = open_workspace([root], root)
    base = read_register(space, TODAY)
    (mine, _), (yours, _) = (changed(read_register(space, TODAY, beside=base).register, 0.01, seed) for seed in (1, 2))
    began = process_time()
    merge(base.register, mine, yours, Origin("copy", "copy.xlsx"), complete=True)
    return process_time() - began


def _took(owners: int, spoil: Spoil) -> dict[str, float | None]:
    """CPU seconds by command, None where it refused."""
    took: dict[str, float | None] = {}
    with workspace(lambda path: make(owners, path, spoil=spoil)) as root:
        took["merge, 1 % changed"] = min(_merge(root) for _ in range(3))  # short: one that was disturbed would pass for growth
        for name, words in COMMANDS.items():
            try:
                took[name] = once(here(root, *words, seconds=PATIENCE)).cpu
            except RuntimeError:
                took[name] = None
    return took


def main(sizes: Sequence[int] = SIZES) -> list[str]:
    """Measure. Gives Markdown lines: the greatest growth of a command by fault, and the seconds of those that grow too much."""
    took: list[dict[str, float | None]] = [{} for _ in sizes]
    for fault, spoil in SPOILT.items():
        for n, seconds in zip(sizes, took, strict=True):
            seconds.update({f"{fault}: {name}": s for name, s in _took(n, spoil).items()})
            print(f"{fault}, {n:,}: {', '.join(f'{s:.1f}' if s else '–' for s in list(seconds.values())[-len(COMMANDS) - 1 :])}", file=sys.stderr)
    return growth_rows("a register in which …: command", sizes, took)


if __name__ == "__main__":
    print("\n".join(main([int(a) for a in sys.argv[1:]] or SIZES)))
