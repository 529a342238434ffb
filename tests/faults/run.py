"""`make faults`: every scenario, every call, every fault; the numbers go to docs/faults.md by hand."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from harness import FAULTS, Fault, chosen, fits, points, prepared, tried
from scenarios import SCENARIOS, Scenario


def one(scenario: Scenario, every: int, faults: list[Fault], base: Path) -> Counter[str]:
    """Try a scenario; tells what is wrong, and counts."""
    ready = prepared(scenario, base / f"f_{scenario.name}_ready")
    clean = ready.copied(base / f"f_{scenario.name}_clean")
    old = clean.contents()
    found = points(clean, base / "log")
    new = clean.contents()
    assert scenario.writes == (old != new), f"{scenario.name}: the register {'is the same' if scenario.writes else 'is another'}"
    out: Counter[str] = Counter(calls=len(found))
    for n, point in enumerate(chosen(found, every)):
        for fault in faults:
            if not fits(point, fault):
                continue
            work = base / f"f_{scenario.name}_{n}"
            case = ready.copied(work)
            wrong = tried(case, point, fault, old, new)
            out[fault] += 1
            for what in wrong:
                print(f"  {scenario.name} {fault} {point.call} {point.nth} {point.path}: {what}", flush=True)
            out["wrong"] += bool(wrong)
            shutil.rmtree(work)
    return out


def main() -> int:
    """Gives 1 where something did not survive."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--faults", default=",".join(FAULTS))
    args = parser.parse_args()
    total: Counter[str] = Counter()
    for scenario in SCENARIOS:
        if args.names and scenario.name not in args.names:
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="faults") as base:
            found = one(scenario, args.every, args.faults.split(","), Path(base))
        total += found
        print(scenario.name, dict(found), f"{time.monotonic() - began:.0f} s", flush=True)
    print("all", dict(total))
    return 1 if total["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
