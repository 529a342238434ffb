"""Forms and working copies of ours, spoilt at random and handed in: `spoilt_inbox.py SEED COUNT`. A run that is a fault of the program is printed."""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "jobs")]
import registers  # noqa: E402
from mutating import SECONDS, Hung, spoilt  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402

FORMS = [
    ("copy", "登记簿.xlsx", "--to", "孙二", "-o", "检查结果/发出.xlsx"), ("form", "信息变更登记表", "--owner", "Y001"), ("form", "审核清单", "--as-of", "2026-10-31"),
    ("form", "补件通知", "--as-of", "2026-10-31"), ("check", "--format", "xlsx", "--as-of", "2026-10-31"), ("adopt", "登记簿.xlsx"),
]  # fmt: skip


def said(*words: str) -> tuple[int, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([*words])
    return status, out.getvalue() + err.getvalue()


def run(seed: int, count: int) -> int:
    """So many files handed in; gives how many led to a fault of the program."""
    os.environ["OWNERBOOK_NOW"] = "2026-10-31T09:00"
    os.environ["OWNERBOOK_DEBUG"] = ""

    def ring(*_: object) -> None:
        raise Hung

    signal.signal(signal.SIGALRM, ring)
    bad = 0
    ended: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OWNERBOOK_CACHE_DIR"] = os.environ["OWNERBOOK_STATE_DIR"] = str(Path(folder, "本机"))
        space = registers.workspace(Path(folder, "小区"), registers.sheets())
        os.chdir(space)
        before = set(space.rglob("*"))
        for words in FORMS:
            said(*words)
        made = sorted(p for p in space.rglob("*") if p.suffix == ".xlsx" and p not in before) + [space / "登记簿.xlsx"]
        originals = [(p.name, p.read_bytes()) for p in made]
        inbox = space / "收件箱"
        register = (space / "登记簿.xlsx").read_bytes()
        for n in range(seed, seed + count):
            dice = random.Random(n)
            name, data = dice.choice(originals)
            shutil.rmtree(inbox, ignore_errors=True)
            inbox.mkdir()
            file = inbox / name
            file.write_bytes(spoilt(data, dice))
            os.utime(file, (1_700_000_000, 1_700_000_000))
            for words in (("reconcile",), ("filled", str(file)), ("diff", "登记簿.xlsx", str(file)), ("adopt", str(file))):
                signal.alarm(SECONDS)
                try:
                    status, told = said(*words)
                except BaseException as e:
                    status, told = 99, f"程序出错 {type(e).__name__} {e}"
                signal.alarm(0)
                ended[f"{words[0]} {status}"] += 1
                if "程序出错" in told or status not in (0, 1, 2, 3):
                    bad += 1
                    print(f"BAD seed={n} file={name} {words[0]} {status} {[x for x in told.splitlines() if '程序出错' in x][:1]}", flush=True)
            if (space / "登记簿.xlsx").read_bytes() != register:
                bad += 1
                print(f"BAD seed={n} file={name}: the register was written", flush=True)
                (space / "登记簿.xlsx").write_bytes(register)
    print(f"{count} files of {sorted(n for n, _ in originals)}, {bad} bad: {dict(sorted(ended.items()))}", flush=True)
    return bad


if __name__ == "__main__":
    raise SystemExit(min(run(int(sys.argv[1]), int(sys.argv[2])), 99))
