"""What lies on the disk is spoilt between two commands: bytes flipped, clocks moved, folders closed to writing."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from harness import Case

PROVED = ("journal", "details", "versions", "head.json")
"""What `verify` answers for: one byte changed anywhere there must be found and named."""
COMMANDS = (("check",), ("status",), ("reconcile",), ("find", "1-1-201"), ("nightly", "--again"))


def stored(case: Case) -> list[Path]:
    """Every file that the program keeps: beside the register, in the state and in the cache of this machine."""
    folders = (case.root / ".ownerbook", case.work / "家")
    return sorted(p for f in folders for p in f.rglob("*") if p.is_file() and p.stat().st_size)


def flipped(path: Path, rng: random.Random) -> bytes:
    """Flip one bit of a file; gives the bytes that were there."""
    before = path.read_bytes()
    spoilt = bytearray(before)
    at = rng.randrange(len(spoilt))
    spoilt[at] ^= 1 << rng.randrange(8)
    path.write_bytes(bytes(spoilt))
    return before


def tried_flip(case: Case, path: Path, rng: random.Random) -> Iterator[str]:
    """One bit of one file; gives what is wrong afterwards. The folder is spoilt by it."""
    register = case.contents()
    flipped(path, rng)
    name = path.relative_to(case.work).as_posix()
    proved = case.run("verify")
    if "Traceback" in proved.stderr or "程序出错" in proved.stderr:
        yield f"{name}: verify: {proved.stderr[-300:]}"
    if any(p in path.relative_to(case.work).parts for p in PROVED):
        said = proved.stdout + proved.stderr
        if proved.returncode == 0 or path.stem[:12].lstrip("0") not in said:
            yield f"{name}: verify does not name it: {proved.returncode} {said[-300:]}"
    for words in COMMANDS:
        done = case.run(*words)
        if done.returncode not in (0, 1, 2) or "Traceback" in done.stderr or "程序出错" in done.stdout + done.stderr:
            yield f"{name}: {' '.join(words)}: {done.returncode} {done.stderr[-400:]}"
    if case.contents() != register:
        yield f"{name}: the register is another"


def closed(case: Case) -> None:
    """Nobody but root may write there."""
    for path in (case.root, *case.root.rglob("*")):
        os.chown(path, 0, 0)
        path.chmod(0o755 if path.is_dir() else 0o644)
    home = case.work / "家"
    shutil.rmtree(home)
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    (case.work / "tmp").chmod(0o777)
    for folder in (case.work, *case.work.parents):
        if folder.stat().st_uid == 0 and folder != folder.parent:
            folder.chmod(folder.stat().st_mode | 0o055)
