"""All measurements, one after the other, and the page that tells them.

    python benchmarks/run.py [--owners 100000] [--runs 5] [--curve 1000,10000,100000,400000] [--again-only]

--again-only measures only the checks after an edit, and writes that part of the page anew; the page says with how many runs.

Data are made from a seed into the temporary folder of the machine and kept there. Writes RESULTS.md and curve.svg beside
this file.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import checking  # noqa: E402
import warm  # noqa: E402
from curve import Point, measured, picture, table  # noqa: E402

HERE = Path(__file__).parent
PEERS = ("python-calamine", "openpyxl", "numpy", "pandas", "pandera", "great-expectations", "python-stdnum")
HOW = """\
Every figure is that of whole processes: CPU seconds, user and system, children included. A rival and its yardstick run in turn,
A B A B …, within one run of `make bench`; a figure is the median of the ratios pair by pair, with the lowest and the highest. Seconds
differ from machine to machine and with what else runs there; quote the ratios. Memory is the peak of the resident set.
The register is made by `make_register.py` from a seed: some 6.7 rows and 68 cells an owner on eleven sheets, one planted mistake in forty
owners.
"""
WARM_SAYS = """\
What was read is kept by the bytes of each part, what each rule said by the fingerprints of the columns that it rested on. Where the program that
saved the workbook wrote all parts anew (openpyxl; Excel where a text goes and the shared strings are numbered anew), all parts are read anew, about
0.5 of a bare read, but only the rules that rest on the changed column are asked again. Every warm answer was the same as a fresh one.
"""
PEERS_SAY = """\
What the others find, and where, as far as known: python-calamine and openpyxl only read. pandera gives the column, the value and
the index in the data frame, which is no row of the sheet where a title stands above or rows are hidden; a check over a whole frame (one
date before another) has no column. frictionless gives row and field; references into other sheets must be declared by hand as foreign
keys. Great Expectations counts unexpected values by column, without a row unless asked for an index. None of them names a cell as Excel
does, and the rules across sheets were asked of none; ours ran all of them.
"""


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--owners", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--curve", default="1000,10000,100000,400000")
    parser.add_argument("--no-amending", action="store_true")
    parser.add_argument("--again-only", action="store_true")
    args = parser.parse_args()
    again = ["## Checking again", "", WARM_SAYS, f"Medians of {args.runs}.", ""]
    if args.again_only:
        _replace([*again, *warm.main(args.owners, args.runs), ""])
        return
    out = ["# Measurements", "", "Written by `make bench`; not by hand.", "", HOW, _about(), ""]
    for owners in (args.owners, 10_000):
        out += [f"## Checking {owners:,} owners", "", *checking.main(owners, args.runs), ""]
    out += [*again, *warm.main(args.owners, args.runs), ""]
    out += [PEERS_SAY, "## From small to large", ""]
    points: list[Point] = [measured(int(n), max(args.runs // 2, 1)) for n in args.curve.split(",") if n]
    (HERE / "curve.svg").write_text(picture(points), "utf-8")
    out += [*table(points), "", "![CPU and memory against the number of owners](curve.svg)", ""]
    out += ["## Identity numbers", "", *_block("identifiers.py"), ""]
    out += ["## Merging", "", *_block("reconciling.py", str(checking.register(10_000).parent)), ""]
    out += ["## Writing reports", "", *_block("reporting.py"), ""]
    out += ["## Deadlines", "", *_block("deadlines.py", str(checking.register(args.owners))), ""]
    out += ["## The monthly report", "", *_block("reporting.py"), *_block("reporting.py", str(checking.register(args.owners))), ""]
    if not args.no_amending:
        out += ["## Amending", "", *_block("amending.py", "--rows", str(args.owners), "--runs", str(args.runs), "--openpyxl"), ""]
    (HERE / "RESULTS.md").write_text("\n".join(out), "utf-8")
    print(HERE / "RESULTS.md")


def _replace(part: list[str]) -> None:
    """Put a part in the place of the one of the same heading, else before the curve."""
    page = (HERE / "RESULTS.md").read_text("utf-8")
    head, _, rest = page.partition(part[0]) if part[0] in page else page.partition("## From small to large")
    tail = rest.partition("\n## ")[2] if part[0] in page else rest.lstrip()
    title = "" if part[0] in page else "From small to large\n\n"
    (HERE / "RESULTS.md").write_text(head + "\n".join(part) + f"\n## {title}{tail}", "utf-8")
    print(HERE / "RESULTS.md")


def _about() -> str:
    found = []
    for name in PEERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed, so not measured")
    return f"Python {platform.python_version()}, {os.cpu_count()} processors; " + ", ".join(found) + "."


def _block(script: str, *arguments: str) -> list[str]:
    done = subprocess.run([sys.executable, str(HERE / script), *arguments], capture_output=True, text=True, check=True)
    return ["```", *done.stdout.rstrip().splitlines(), "```"]


if __name__ == "__main__":
    main()
