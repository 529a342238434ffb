"""Whole processes measured in pairs: A B A B …, medians, ratios pair by pair. Seconds differ from machine to machine; quote ratios."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One process: CPU seconds (user and system, children included), wall seconds, peak memory in MiB."""

    cpu: float
    wall: float
    memory: float


def once(command: Sequence[str]) -> Run:
    """Run a command to its end, its output thrown away. A status other than 0 or 1 is an error."""
    import time

    # an installed program has its byte code, so it is let keep it
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command[:4])} … ended with {process.returncode}")
    return Run(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024)


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians of a command, and its CPU as a ratio to the yardstick run beside it."""

    cpu: float
    wall: float
    memory: float
    ratio: float
    low: float
    high: float


def beside(command: Sequence[str], yardstick: Sequence[str], runs: int = 5) -> Pair:
    """Measure a command beside a yardstick, in turn."""
    ours, ratios = [], []
    once(command)  # warm the disk
    for _ in range(runs):
        other = once(yardstick)
        mine = once(command)
        ours.append(mine)
        ratios.append(mine.cpu / other.cpu)
    median = statistics.median
    return Pair(median(r.cpu for r in ours), median(r.wall for r in ours), median(r.memory for r in ours), median(ratios), min(ratios), max(ratios))


def here(root: Path, *words: str, seconds: int = 0) -> list[str]:
    """A command of ours, run in a folder; seconds: of CPU that it may take, 0 for as many as it likes."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds})); " if seconds else ""
    code = "import os, sys; os.chdir(sys.argv.pop(1)); from ownerbook.cli.main import main; raise SystemExit(main())"
    return python(limit + code, str(root), *words)


def python(code: str, *arguments: str) -> list[str]:
    """A command that runs a piece of Python."""
    return [sys.executable, "-c", code, *arguments]
