"""A sample of what `make faults` tries whole: the real program, stopped, starved, refused, spoilt; and the register is whole each time."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from harness import PROGRAM, Case, chosen, fits, points, prepared, tried  # noqa: E402
from scenarios import SCENARIOS, Scenario  # noqa: E402
from spoiling import closed, stored, tried_flip  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def _traces() -> bool:
    """Whether strace is there and may look at processes (a container may forbid it)."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


traced = pytest.mark.skipif(not _traces(), reason="strace is not installed here, or may not look at processes")


def scenario(name: str) -> Scenario:
    return next(s for s in SCENARIOS if s.name == name)


@traced
@pytest.mark.parametrize(("name", "fault"), [("apply", "kill"), ("apply", "broken"), ("lend", "full"), ("restore", "kill")])
def test_a_command_that_is_stopped_or_refused_leaves_all_old_or_all_new(name, fault, tmp_path):
    ready = prepared(scenario(name), tmp_path / "f_ready")
    clean = ready.copied(tmp_path / "f_clean")
    old = clean.contents()
    found = [p for p in chosen(points(clean, tmp_path / "log")) if fits(p, fault)]
    new = clean.contents()
    assert old != new and len(found) > 12
    for n, point in enumerate(found[len(found) // 2 :: max(1, len(found) // 9)]):  # the second half is where workbooks are replaced
        wrong = tried(ready.copied(tmp_path / f"f_{n}"), point, fault, old, new)
        assert not wrong, (point, wrong)


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A workspace in which much was done."""
    case = prepared(scenario("undo"), tmp_path_factory.mktemp("used") / "ready")
    case.run("nightly")
    case.run("find", "1-1-201", "--reveal", "--reason", "试", "--by", "G001")
    return case


def test_one_bit_flipped_in_what_is_kept_is_named_and_stops_nothing(used, tmp_path):
    rng = random.Random(3)
    kinds = {}
    for path in stored(used):
        kinds.setdefault(path.parent.name if path.parent.name != ".ownerbook" else path.name, path)
    assert {"journal", "details", "versions", "head.json", "plans"} <= set(kinds)
    for n, path in enumerate(kinds.values()):
        case = used.copied(tmp_path / str(n))
        assert not list(tried_flip(case, case.work / path.relative_to(used.work), rng))


def test_clocks_that_jump_leave_the_journal_provable_and_make_no_night_twice(used, tmp_path):
    case = used.copied(tmp_path / "case")
    register = case.contents()
    for now in ("2026-11-01T03:00:00", "2019-02-28T23:59:00", "2031-12-31T23:59:59", "2026-10-31T09:00:00", "2026-11-02T02:30:00"):
        for words in (("tick",), ("today",), ("reconcile",)):
            done = case.run(*words, now=now)
            assert done.returncode in (0, 1, 2) and "Traceback" not in done.stderr and "程序出错" not in done.stderr, (now, words, done.stderr)
    assert case.run("verify").returncode == 0
    assert case.contents() == register
    told = case.run("log").stdout
    nights = [line.split()[1] for line in told.splitlines() if line.startswith("nightly") or " nightly" in line[:12]]
    assert len(nights) == len(set(nights))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only root can become somebody who may not write")
def test_folders_that_may_only_be_read_are_told_and_nothing_is_lost(used, tmp_path):
    case = used.copied(tmp_path / "case")
    register = case.contents()
    closed(case)
    for words in (("check",), ("lend", "YG-1-1-301-01", "--borrower", "赵丁", "--phone", "13900000003", "--purpose", "办证", "--reviewer", "G002", "--clerk", "G001", "--write"), ("reconcile",), ("nightly",), ("form", "催还通知"), ("status",), ("verify",)):
        done = _as_nobody(case, *words)
        assert done.returncode in (0, 1, 2) and "Traceback" not in done.stderr and "程序出错" not in done.stderr, (words, done.stderr)
        if "--write" in words:
            assert done.returncode and done.stderr.strip()
    assert case.contents() == register


def _as_nobody(case: Case, *words: str) -> subprocess.CompletedProcess[str]:
    under = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"]
    probe = subprocess.run([*under, sys.executable, "-c", "import ownerbook"], cwd="/", capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("nobody may not read the program here")
    return subprocess.run([*under, *PROGRAM, *words], cwd=case.root, env=case.environment(), capture_output=True, text=True, check=False)
