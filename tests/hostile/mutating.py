"""Workbooks spoilt at random, and one try of everything that reads them. Run as a program: `mutating.py SEED COUNT FOLDER…`.

A case that ends otherwise than by a value or one of our own refusals is printed: seed, file, step, what happened. Each case has its seconds
(OWNERBOOK_FUZZ_SECONDS), and the whole process its memory.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import signal
import sys
import tempfile
import traceback
import zipfile
from datetime import date
from pathlib import Path

SECONDS = int(os.environ.get("OWNERBOOK_FUZZ_SECONDS", "30"))
MEMORY = 3 << 30
ODD = [b"&lol;", b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", b"\x00", b"\xff\xfe", b"99999999999999999999", b"-1", b"1e308", b"NaN", b"]]>",
       b"<!--", b"&#0;", b"&#x110000;", b"_x0000_", b"XFE1048577", b"A1:XFD1048576", b"../../../../etc/passwd", b"=cmd|' /C calc'!A0", b"\xed\xa0\x80", b"<c/>",
       b'r="ZZZZZZ1"', b't="s"', b't="e"', b's="99999999"', b"</row>", b"<row>", b"xml:space", b"<![CDATA["]  # fmt: skip


class Hung(BaseException):
    """The case took too long."""


def spoil(data: bytes, dice: random.Random, times: int) -> bytes:
    """Bytes changed in a few places: flipped, cut out, doubled, moved, replaced by odd ones."""
    out = bytearray(data)
    for _ in range(times):
        if not out:
            break
        at, length = dice.randrange(len(out)), dice.choice((1, 1, 2, 4, 16, 100, 2000))
        match dice.randrange(7):
            case 0:
                out[at] ^= 1 << dice.randrange(8)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length]
            case 3:
                out[at : at + length] = dice.randbytes(min(length, 64))
            case 4:
                out[at:at] = dice.choice(ODD)
            case 5:
                there = dice.randrange(len(out))
                out[there:there] = out[at : at + length]
            case _:
                digits = [i for i in range(at, min(at + 200, len(out))) if 48 <= out[i] <= 57]
                if digits:
                    i = dice.choice(digits)
                    out[i : i + 1] = dice.choice((b"0", b"9", b"99999999", b"-7", b"4294967296", b""))
    return bytes(out)


def spoilt(data: bytes, dice: random.Random) -> bytes:
    """A file spoilt from outside, or one of its parts spoilt and packed again with a right checksum."""
    if data[:2] == b"PK" and dice.random() < 0.75:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as z:
                parts = [(i.filename, z.read(i)) for i in z.infolist()]
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
            return spoil(data, dice, 3)
        for _ in range(dice.choice((1, 1, 2))):
            n = dice.randrange(len(parts))
            xml = [i for i, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels"))]
            n = dice.choice(xml) if xml and dice.random() < 0.9 else n
            parts[n] = parts[n][0], spoil(parts[n][1], dice, dice.choice((1, 2, 5, 20)))
        if dice.random() < 0.1:
            parts.append((dice.choice(("../../evil.xml", "/etc/x", "xl/worksheets/sheet1.xml", "XL/Workbook.xml", "xl\\\\y.xml")), b"<x/>"))
        if dice.random() < 0.1:
            del parts[dice.randrange(len(parts))]
        out = io.BytesIO()
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
                for name, body in parts:
                    z.writestr(name, body)
        return out.getvalue()
    return spoil(data, dice, dice.choice((1, 3, 10)))


def attempt(path: Path, data: bytes) -> str:
    """Everything that reads a file, in turn. Gives what became of it; raises what ought not to be raised."""
    from ownerbook.adopt import looking
    from ownerbook.adopt.mapping_answer import MappingWrong, read_answer
    from ownerbook.register.register import Register
    from ownerbook.rules.book import chosen
    from ownerbook.rules.judge import judge
    from ownerbook.schema.cells import Pool, Styles
    from ownerbook.workbook.amend import AppendRow, Refused, SetCell, amend
    from ownerbook.workbook.assembly import assemble
    from ownerbook.workbook.book import Unreadable
    from ownerbook.workbook.filled_form import form_of
    from ownerbook.workbook.reading import read_book

    pool, styles = Pool(), Styles()
    tab = "Sheet1"
    said = "unreadable"
    try:
        book = read_book(path, pool=pool, styles=styles)
    except Unreadable:
        pass
    else:
        said = "read"
        tab = book.tabs[0].name if book.tabs else tab
        looking.look(book, pool, styles)
        form_of(book, pool)
        with contextlib.suppress(MappingWrong):
            read_answer(book, pool, styles)
        assembly = assemble([(path.name, book)], pool, styles)
        register = Register(assembly.tables, date(2026, 10, 31), facts=assembly.facts)
        judge(register, chosen())
    if data[:2] == b"PK":
        try:
            amend(data, [SetCell(tab, "A2", "3-2-1501"), SetCell(tab, "C3", 12.5), AppendRow(tab, {"A": "=1+1", "B": date(2026, 10, 31)})])
            said += " amended"
        except Refused:
            said += " refused"
    return said


def run(seed: int, count: int, folders: list[Path]) -> int:
    """So many cases; gives how many ended badly."""
    import resource
    from collections import Counter

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    files = sorted(
        p for f in folders for p in ([f] if f.is_file() else f.rglob("*")) if p.is_file() and p.suffix != ".md" and p.stat().st_size < 400_000
    )

    def ring(*_: object) -> None:
        raise Hung

    signal.signal(signal.SIGALRM, ring)
    told: Counter[str] = Counter()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for n in range(seed, seed + count):
            dice = random.Random(n)
            original = dice.choice(files)
            data = spoilt(original.read_bytes(), dice)
            path = Path(folder, f"case{original.suffix}")
            path.write_bytes(data)
            signal.alarm(SECONDS)
            try:
                told[attempt(path, data)] += 1
            except BaseException as e:
                signal.alarm(0)
                if isinstance(e, KeyboardInterrupt):
                    raise
                bad += 1
                frames = traceback.extract_tb(e.__traceback__)
                mine = [f for f in frames if "ownerbook" in f.filename] or frames
                where = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(mine[-4:]))
                print(f"BAD seed={n} file={original.name} {type(e).__name__}: {str(e)[:100]} at {where}", flush=True)
                if keep := os.environ.get("OWNERBOOK_FUZZ_KEEP"):
                    Path(keep, f"{n}-{original.name}").write_bytes(data)
            finally:
                signal.alarm(0)
    print(f"{count} cases, {bad} bad: {dict(told)}", flush=True)
    return bad


if __name__ == "__main__":
    raise SystemExit(min(run(int(sys.argv[1]), int(sys.argv[2]), [Path(a) for a in sys.argv[3:]]), 99))
