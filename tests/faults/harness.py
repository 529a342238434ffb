"""Stops a command at its calls to the system, starves it of disk, or refuses them; then looks at what is left.

The program is the real one, in a process of its own, under `strace`, whose fault injection acts at the n-th call of a kind: the process is
killed before the call is carried out, or the call fails with an error. Nothing in the program knows of it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import openpyxl
from scenarios import BOOKS, NOW, Scenario, community

PROGRAM = [sys.executable, "-m", "ownerbook"]
CALLS = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,ftruncate,chmod,fchmod,fchmodat"
Fault = Literal["kill", "full", "broken", "refused"]
FAULTS: dict[Fault, str] = {
    "kill": "the process is killed before the call",
    "full": "ENOSPC from that write on",
    "broken": "EIO at that call",
    "refused": "EACCES at that call",
}
_LINE = re.compile(r"(?:\[pid +(\d+)\] |(\d+) +)?(\w+)\((.*)")


@dataclass(frozen=True, slots=True)
class Point:
    """A call of the command: its kind, the how-many-eth of its kind, and the file it touches."""

    call: str
    nth: int
    path: str


@dataclass(slots=True)
class Case:
    """A folder that a scenario was prepared in. work: it; its workspace lies in `小区`."""

    scenario: Scenario
    work: Path

    @property
    def root(self) -> Path:
        """The workspace."""
        return self.work / "小区"

    def environment(self) -> dict[str, str]:
        """What the command sees: its own home, the same moment each time, no byte code written."""
        home = self.work / "家"
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "LC_ALL", "PYTHONPATH")}
        own = {"HOME": home, "OWNERBOOK_STATE_DIR": home / "state", "OWNERBOOK_CACHE_DIR": home / "cache", "TMPDIR": self.work / "tmp"}
        fixed = {"OWNERBOOK_NOW": NOW, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "OWNERBOOK_LANG": "zh", "USER": "clerk"}
        return {**kept, **{k: str(v) for k, v in own.items()}, **fixed, **self.scenario.env}

    def run(self, *words: str, under: tuple[str, ...] = (), now: str = "") -> subprocess.CompletedProcess[str]:
        """A command in the workspace."""
        env = self.environment() | ({"OWNERBOOK_NOW": now} if now else {})
        return subprocess.run(
            [*under, *PROGRAM, *words], cwd=self.root, env=env, capture_output=True, text=True, errors="replace", check=False, timeout=120
        )

    def copied(self, to: Path) -> Case:
        """The same once more."""
        shutil.copytree(self.work, to, symlinks=True)
        return Case(self.scenario, to)

    def contents(self) -> tuple[str, ...]:
        """What staff's workbooks say, one digest a workbook; 'damaged' for one that does not open."""
        return tuple(_content(self.root / name) for name in BOOKS)


def _content(path: Path) -> str:
    try:
        book = openpyxl.load_workbook(path, read_only=True)
        cells = [(t.title, [[str(c) for c in row] for row in t.iter_rows(values_only=True)]) for t in book]
        book.close()
    except FileNotFoundError:
        return "missing"
    except Exception:
        return "damaged"
    return hashlib.sha256(repr(cells).encode()).hexdigest()[:12]


def prepared(scenario: Scenario, work: Path) -> Case:
    """A folder made ready for a scenario. Raises AssertionError where what comes before it does not work."""
    case = Case(scenario, work)
    for sub in ("小区", "家", "tmp"):
        (work / sub).mkdir(parents=True)
    community(case.root)

    def ask(*words: str, now: str = "") -> str:
        done = case.run(*words, now=now)
        assert done.returncode in (0, 1), f"{words}: {done.stderr}"
        return done.stdout

    scenario.prepare(case.root, ask)
    return case


def points(case: Case, log: Path) -> list[Point]:
    """Every call of the command that touches the case's folder, from one run of it."""
    done = case.run(*case.scenario.words, under=("strace", "-f", "--seccomp-bpf", "-y", "-s", "0", "-e", f"trace={CALLS}", "-o", str(log)))
    assert done.returncode in case.scenario.status, f"{case.scenario.name}: {done.returncode} {done.stdout} {done.stderr}"
    found: list[Point] = []
    counts: dict[str, int] = {}
    first = ""
    for line in log.read_text("utf-8", "replace").splitlines():
        match = _LINE.match(line)
        if match is None or "resumed>" in line[:40]:
            continue
        pid, call = match[1] or match[2], match[3]
        first = first or pid
        if pid != first:
            continue
        counts[call] = counts.get(call, 0) + 1
        said = match[4].encode("latin-1", "replace").decode("unicode_escape", "replace").encode("latin-1", "replace").decode("utf-8", "replace")
        if case.work.name in said:
            path = re.search(re.escape(case.work.name) + r'/([^>"]*)', said)
            found.append(Point(call, counts[call], re.sub(r"^tmp/.*", "tmp", path[1]) if path else ""))
    return found


def chosen(found: list[Point], every: int = 1) -> list[Point]:
    """Of a run of writes to one file the first, the middle and the last; of what is left every so-many-eth."""
    out: list[Point] = []
    run: list[Point] = []

    def flush() -> None:
        out.extend(run if len(run) < 4 else (run[0], run[len(run) // 2], run[-1]))
        run.clear()

    for p in found:
        if run and (p.call, p.path) != (run[-1].call, run[-1].path):
            flush()
        run.append(p)
    flush()
    return out[:: max(1, every)]


def injection(point: Point, fault: Fault) -> tuple[str, ...]:
    """What strace is to do."""
    what = {"kill": "signal=SIGKILL", "full": "error=ENOSPC", "broken": "error=EIO", "refused": "error=EACCES"}[fault]
    when = f"{point.nth}+" if fault == "full" else str(point.nth)
    return ("strace", "-f", "-o", "/dev/null", "-e", f"trace={point.call}", "-e", f"inject={point.call}:{what}:when={when}")


def fits(point: Point, fault: Fault) -> bool:
    """Whether a disk can do this at that call."""
    if fault == "full":
        return point.call in ("write", "pwrite64", "mkdir", "mkdirat", "link", "linkat")
    if fault == "refused":
        return point.call not in ("write", "pwrite64", "fsync", "fdatasync", "ftruncate")
    return True


def tried(case: Case, point: Point, fault: Fault, old: tuple[str, ...], new: tuple[str, ...]) -> list[str]:
    """Try one fault; gives what is wrong afterwards, nothing where all is well."""
    wrong: list[str] = []
    done = case.run(*case.scenario.words, under=injection(point, fault))
    told = done.stdout + done.stderr
    if "Traceback" in told or "程序出错" in told:
        wrong.append(f"a traceback or a fault of the program: {told[-300:]}")
    if fault == "kill" and done.returncode in case.scenario.status:
        wrong.append("it was not stopped")
    if fault != "kill" and done.returncode not in (*case.scenario.status, 0, 1, 2, 120):  # 120: what it prints finds no room either
        wrong.append(f"status {done.returncode}")
    now = case.contents()
    for name, content, before, after in zip(BOOKS, now, old, new, strict=True):
        if content not in (before, after):
            wrong.append(f"{name} is neither what it was nor what it was to be: {content}")
    looked = case.run("check")
    if looked.returncode not in (0, 1) or "Traceback" in looked.stderr:
        wrong.append(f"the next check: {looked.returncode} {looked.stderr[-300:]}")
    now = case.contents()
    if now not in (old, new):
        wrong.append(f"half is written after recovery: {now}")
    wrong += _verified(case, "after recovery")
    again = case.run(*case.scenario.words, now=case.scenario.later)
    if again.returncode not in (*case.scenario.status, *case.scenario.again) or "Traceback" in again.stderr:
        wrong.append(f"asked again: {again.returncode} {again.stderr[-300:]}")
    if case.contents() != new:
        wrong.append(f"asked again the register is not what it was to be; {again.stdout[-200:]} {again.stderr[-300:]}")
    wrong += _verified(case, "after the second time")
    wrong += [f"left over: {p}" for p in leftovers(case)]
    return wrong


def _verified(case: Case, when: str) -> Iterator[str]:
    if not (case.root / ".ownerbook" / "journal").is_dir():
        return
    proved = case.run("verify")
    if proved.returncode != 0:
        yield f"verify {when}: {proved.returncode} {proved.stdout[-300:]} {proved.stderr[-200:]}"


def leftovers(case: Case) -> list[str]:
    """Drafts beside staff's workbooks that nobody will take away any more."""
    return [p.name for p in case.root.iterdir() if p.is_file() and (p.suffix in (".part", ".tmp") or ".part" in p.name or p.name.startswith("~"))]
