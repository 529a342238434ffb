"""All measurements, one after the other, and the page that tells them.

    python benchmarks/run.py [--owners 100000] [--repeats 5] [--peers-owners 10000] [--curve 1000,10000,100000,400000] [--only SECTION …]

--only measures some sections and leaves the others as they are: figures.json keeps what each said, when, with how many runs and how busy
the machine was; RESULTS.md is rendered from it whole. --only without a section renders alone.
Data are made from a seed into the temporary folder of the machine and kept there. Writes figures.json, RESULTS.md and curve.svg beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import checking  # noqa: E402
import doubling  # noqa: E402
import peers  # noqa: E402
import spoilt  # noqa: E402
import start  # noqa: E402
import warm  # noqa: E402
from curve import measured, picture, table  # noqa: E402

HERE = Path(__file__).parent
PAGE = HERE / "RESULTS.md"
FIGURES = HERE / "figures.json"
PEERS = (
    "python-calamine",
    "openpyxl",
    "numpy",
    "pandas",
    "polars",
    "pandera",
    "frictionless",
    "great_expectations",
    "datacompy",
    "daff",
    "python-stdnum",
    "xlsxwriter",
)
HOW = """\
Every figure is that of whole processes: CPU seconds, user and system, children included. A rival and its yardstick run in turn,
A B A B …, within one run of `make bench`; a figure is the median of the ratios pair by pair, with the lowest and the highest. Seconds
differ from machine to machine and with what else runs there; quote the ratios. Memory is the peak of the resident set.
The register is made by `make_register.py` from a seed: some 6.7 rows and 68 cells an owner on eleven sheets, one planted mistake in forty
owners.
"""
CHECK_SAYS = "Nothing is kept from one run to the next here (`--fresh`): the file is read whole and every rule asked.\n"
WARM_SAYS = """\
What was read is kept by the bytes of each part, what each rule said by the fingerprints of what it looked at. Where the program that saved
the workbook wrote all parts anew (openpyxl; Excel where a text goes and the shared strings are numbered anew), all parts are read anew, about
0.45 of a bare read, but only the rules that looked at the changed column are asked again. Every warm answer was the same as a fresh one.
"""
PEERS_SAY = """\
Six rules that all of them can say (`peers.py`): a number once, a reference into another sheet, the form and check place of an identity
number, the form of a phone, one date not before another, a number once among three times as many rows. Told at the cell: sheet, header and the
row as Excel counts, worked out from the index where the peer gives one, which holds only while the header stands in row 1 and no row is hidden
or blank. Ours ran all its rules; what it tells beyond the six is right too (owners who share a phone, a file whose house has another owner).

- pandera names column and index; where two columns are compared it names every column of the row (pandas), or none (polars).
  Another cell told in the row of a mistake is not counted as told where nothing is wrong.
- frictionless names row and field; sheets must be given ASCII names, an identity number's check place and the order of dates need one's own checks.
- Great Expectations names the index where it is asked for the whole result; a check place needs a plug-in of one's own, so those mistakes are missed.
- None of them has the Excel cell, words that a clerk understands, a repair, or sheets that go on in a second one.
"""
MERGE_SAYS = """\
datacompy and daff compare two versions, not three: what both sides changed is not seen. datacompy tells differences by column with samples and
finds rows by a key that must be declared; daff shows changed rows side by side. Neither knows that 2026-10-31 and the date of that day are one,
nor keeps a conflict as a question.
"""

Section = tuple[str, Callable[[argparse.Namespace], list[str]]]
Kept = dict[str, str | list[str]]


def main() -> int:
    """Measure and write. Gives 1 where a section could not be measured; what was known of it stays."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--owners", type=int, default=100_000)
    parser.add_argument("--repeats", "--runs", dest="runs", type=int, default=5)
    parser.add_argument("--peers-owners", type=int, default=10_000)
    parser.add_argument("--curve", default="1000,10000,100000,400000")
    parser.add_argument("--only", nargs="*", choices=list(SECTIONS), default=list(SECTIONS))
    args = parser.parse_args()
    known: dict[str, Kept] = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    failed = []
    for name, (_, work) in SECTIONS.items():
        if name in args.only:
            head = f"{date.today().isoformat()}, medians of {args.runs}; load average {os.getloadavg()[0]:.1f} at the start."
            print(f"{name} …", file=sys.stderr, flush=True)
            try:
                lines = work(args)
            except (RuntimeError, OSError, subprocess.CalledProcessError) as e:  # a peer that has changed costs its section, not the run
                print(f"{name}: {e}", file=sys.stderr)
                failed.append(name)
                continue
            known[name] = {"head": head, "with": _about(), "lines": "\n".join(lines).rstrip().splitlines()}
            FIGURES.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", "utf-8")
            _write(known)
    _write(known)
    print(PAGE)
    return 1 if failed else 0


def _write(known: dict[str, Kept]) -> None:
    out = ["# Measurements", "", "Written by `make bench`; not by hand.", "", HOW, ""]
    for name, (heading, _) in SECTIONS.items():
        if name in known:
            kept = known[name]
            out += [f"## {heading}", "", str(kept["head"]), "", *kept["lines"], ""]
    for about in dict.fromkeys(str(kept["with"]) for kept in known.values()):
        names = [SECTIONS[name][0] for name, kept in known.items() if kept["with"] == about and name in SECTIONS]
        out += [f"Measured with {about} ({', '.join(names)})", ""]
    PAGE.write_text("\n".join(out), "utf-8")


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


def _check(args: argparse.Namespace) -> list[str]:
    return [CHECK_SAYS, *checking.main(args.owners, args.runs), "", *checking.main(args.peers_owners, args.runs)]


def _size(args: argparse.Namespace) -> list[str]:
    points = [measured(int(n), max(args.runs // 2, 1)) for n in args.curve.split(",") if n]
    (HERE / "curve.svg").write_text(picture(points), "utf-8")
    return [*table(points), "", "![CPU and memory against the number of owners](curve.svg)"]


SECTIONS: dict[str, Section] = {
    "check": ("Checking", _check),
    "peers": ("Beside other validators", lambda a: [*peers.main(a.peers_owners, a.runs), "", PEERS_SAY]),
    "again": ("Checking again", lambda a: [WARM_SAYS, *warm.main(a.owners, a.runs)]),
    "start": ("Starting", lambda a: start.main(a.owners, a.runs)),
    "size": ("From small to large", _size),
    "steps": ("Doubling", lambda a: doubling.main()),
    "spoilt": ("Doubling where one thing is the same everywhere", lambda a: spoilt.main()),
    "ids": ("Identity numbers", lambda a: _block("identifiers.py")),
    "merge": ("Merging", lambda a: [*_block("reconciling.py", str(checking.register(a.peers_owners).parent)), "", MERGE_SAYS]),
    "lists": ("Writing reports", lambda a: _block("reporting.py")),
    "month": ("The monthly report", lambda a: _block("reporting.py", str(checking.register(a.owners)))),
    "deadlines": ("Deadlines", lambda a: _block("deadlines.py", str(checking.register(a.owners)))),
    "amend": ("Amending", lambda a: _block("amending.py", "--rows", str(a.owners), "--runs", str(a.runs), "--openpyxl")),
}


if __name__ == "__main__":
    raise SystemExit(main())
