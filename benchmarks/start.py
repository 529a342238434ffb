"""How long a command takes before it does anything: whole processes, beside an interpreter that does nothing.

    python benchmarks/start.py [OWNERS] [RUNS]
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from checking import of, workspace  # noqa: E402
from measure import here, once, python  # noqa: E402


def main(owners: int = 100_000, runs: int = 5) -> list[str]:
    """Measure. Gives Markdown lines."""
    ours = [sys.executable, "-m", "ownerbook.cli.main"]
    lines = ["| command | wall seconds | ÷ `python -c pass`, CPU |", "|---|---|---|"]
    with workspace(of(owners)) as root:
        commands = {
            "`ownerbook --help`": [*ours, "--help"],
            "`ownerbook check --help`": [*ours, "check", "--help"],
            f"`ownerbook status`, {owners:,} owners": here(root, "status"),
            f"`ownerbook find 1-1-101`, {owners:,} owners, index there": here(root, "find", "1-1-101"),
            f"`ownerbook check`, {owners:,} owners, nothing changed": here(root, "check"),
        }
        once(here(root, "check"))
        once(here(root, "find", "1-1-101"))
        for name, command in commands.items():
            once(command)
            pairs = [(once(python("pass")), once(command)) for _ in range(runs)]
            wall = statistics.median(mine.wall for _, mine in pairs)
            ratio = statistics.median(mine.cpu / bare.cpu for bare, mine in pairs)
            lines.append(f"| {name} | {wall:.2f} | {ratio:.1f} |")
    return lines


if __name__ == "__main__":
    print("\n".join(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 5)))
