"""`make faults`, second part: every stored file, some bits of each."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from harness import prepared
from scenarios import SCENARIOS
from spoiling import stored, tried_flip


def main() -> int:
    """Gives 1 where something did not survive."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bits", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="faults") as base:
        used = prepared(next(s for s in SCENARIOS if s.name == "undo"), Path(base) / "ready")
        for words in (("nightly",), ("find", "1-1-201", "--reveal", "--reason", "试", "--by", "G001"), ("check",), ("undo", "1.1"), ("report", "--month", "2026-09")):
            used.run(*words)
        for path in stored(used):
            for _ in range(args.bits):
                case = used.copied(Path(base) / "case")
                wrong = list(tried_flip(case, case.work / path.relative_to(used.work), rng))
                for what in wrong:
                    print("  " + what, flush=True)
                counts["flips"] += 1
                counts["wrong"] += bool(wrong)
                shutil.rmtree(case.work)
        counts["files"] = len(stored(used))
    print(dict(counts))
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
