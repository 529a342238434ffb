"""A workbook that finds no room: told as one sentence, and nothing of what it holds stays behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WRITER = """
import random, resource, sys
from datetime import date
from pathlib import Path
from ownerbook.reports.pen import CannotWrite, Pen

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
draw = random.Random(1)
try:
    with Pen(Path(sys.argv[1]), as_of=date(2026, 10, 31), title="t") as pen:
        for n in range(12):
            page = pen.page(f"p{n}")
            for row in range(1, 300):
                page.sheet.write_number(row, 1, draw.random())
except CannotWrite:
    print("told")
"""


@pytest.mark.skipif(os.name == "nt", reason="the limit of a file's size is set as Linux sets it")
@pytest.mark.parametrize("room", [30_000, 2_000])
def test_a_workbook_without_room_is_told_and_leaves_neither_draft_nor_parts(tmp_path: Path, room: int) -> None:
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    env = {**os.environ, "TMPDIR": str(scratch)}
    done = subprocess.run(
        [sys.executable, "-c", WRITER, str(out / "a.xlsx"), str(room)], env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("told", "")
    assert [p.name for folder in (out, scratch) for p in folder.rglob("*")] == []
