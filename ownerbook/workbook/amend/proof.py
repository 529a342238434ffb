"""The proof: after every amendment the result is compared with the original, and must differ in the edits and nothing else.

Four looks, none of which uses what the edit was made with: the parts that were not touched, byte for byte as stored; the
bytes of touched parts outside the planned places; the cells as python-calamine reads them, in a process of its own; the
cells, formulas and looks as expat reads them. Of a large sheet the last two read the touched rows only: every other row has
just been found equal to the byte. What a row shows may still change with the shared strings, so that these are counted anew
(`string_proof`), and where some were blanked, every sheet of the result is searched for cells that show them
(`blanked_proof`).
"""

from __future__ import annotations

import datetime as dt
import json
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ownerbook.workbook.amend.blanked_proof import Unshown
from ownerbook.workbook.amend.cells import serial
from ownerbook.workbook.amend.edits import cell_name
from ownerbook.workbook.amend.planned import Plan
from ownerbook.workbook.amend.reduction import Cut, Reduction, can_be_reduced
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.string_proof import StringProof
from ownerbook.workbook.amend.xml_bytes import Splice
from ownerbook.workbook.difference import CellDifference, difference
from ownerbook.workbook.package import Member, Package, PackageError

WHOLE_UP_TO = 6 << 20  # inflated bytes of sheets and strings that are read whole
PATIENCE = 60  # seconds for the second reader
_WITNESS = Path(__file__).with_name("witness.py")


Watch = Callable[[Iterable[bytes], Iterable[bytes]], tuple[Iterable[bytes], Iterable[bytes]]]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was looked at. `calamine` is `agrees`, or why that reader could not judge (it cannot read the original)."""

    parts_untouched: int
    parts_touched: tuple[str, ...]
    cells: int
    whole: bool  # whether all cells of the workbook were read again, or those of the touched rows
    calamine: str


def prove(plan: Plan, result: bytes) -> Proof:
    """Compare. Raises `Stop` where anything differs that should not, or an edit is not there."""
    old = plan.package
    try:
        new = Package(result)
        untouched = _parts(plan, old, new)
        whole = sum(m.size for m in old.members if "sheet" in m.key or "sharedstrings" in m.key) <= WHOLE_UP_TO or not can_be_reduced(plan)
        reduction = None if whole else Reduction(plan)
        strings = StringProof(plan)
        unshown = Unshown(new, plan.strings.blanked if plan.strings else frozenset())
        for member, splices in plan.splices.items():
            watchers: list[Watch] = []
            if member in plan.texts:
                watchers = [unshown.watching(member), *([reduction.watching(member)] if reduction else [])]
            elif member is strings.member:
                watchers = [strings.watch]
            _outside(plan, old, new, member, splices, watchers)
            if member not in plan.texts and member is not strings.member:
                _is_xml(new, member)
        texts = strings.texts(new)
        unshown.prove()
        before, after = reduction.packed(new, texts) if reduction else (old.data, result)
        wanted = _Wanted(plan, reduction.rows if reduction else {})
        cells = _cells(wanted, before, after)
    except PackageError as error:
        raise Stop("proof", error) from None
    return Proof(untouched, tuple(m.name for m in plan.splices), cells, whole, _witness(wanted, before, after))


def _parts(plan: Plan, old: Package, new: Package) -> int:
    if [m.name for m in old.members] != [m.name for m in new.members]:
        raise Stop("proof", "parts")
    if [m.name for m in old.directory_order] != [m.name for m in new.directory_order]:
        raise Stop("proof", "directory")
    untouched = 0
    for a, b in zip(old.members, new.members, strict=True):
        if a in plan.splices:
            continue
        if old.raw(a) != new.raw(b) or (a.crc, a.size, a.method) != (b.crc, b.size, b.method):
            raise Stop("proof", a.name)
        untouched += 1
    return untouched


def _around(chunks: Iterable[bytes], holes: list[tuple[int, int]]) -> Iterator[bytes]:
    """What lies outside the holes."""
    at = 0
    queue = iter(holes)
    hole = next(queue, None)
    for chunk in chunks:
        end, here = at + len(chunk), at
        while hole is not None and hole[0] < end:
            if hole[0] > here:
                yield chunk[here - at : hole[0] - at]
            here = max(here, min(hole[1], end))
            if hole[1] > end:
                break
            hole = next(queue, None)
        if here < end:
            yield chunk[here - at :]
        at = end


def _alike(one: Iterator[bytes], two: Iterator[bytes]) -> bool:
    """Whether two streams hold the same bytes, however they are cut."""
    a = b = b""
    while True:
        a, b = a or next(one, b""), b or next(two, b"")
        n = min(len(a), len(b))
        if n == 0:
            return not a and not b
        if a[:n] != b[:n]:
            return False
        a, b = a[n:], b[n:]


def _outside(plan: Plan, old: Package, new: Package, member: Member, splices: list[Splice], watchers: list[Watch]) -> None:
    """What lies outside the planned places must be the same, and what lies inside must be what was planned."""
    text = plan.texts.get(member)
    other = new.find(member.name)
    assert other is not None
    if text is not None and text.encoding:
        try:
            after: Iterable[bytes] = [new.read(other).decode(text.encoding).encode()]
        except UnicodeError:
            raise Stop("proof", member.name) from None
    else:
        after = new.stream(other)
    before: Iterable[bytes] = text.chunks() if text is not None else old.stream(member)
    for watch in watchers:
        before, after = watch(before, after)
    shifted = []
    moved = 0
    for splice in splices:
        start = splice.start + moved
        shifted.append((start, start + len(splice.new)))
        moved += len(splice.new) - (splice.end - splice.start)
    inside = Cut(after, shifted)
    if not _alike(_around(before, [(s.start, s.end) for s in splices]), _around(inside, shifted)):
        raise Stop("proof", member.name)
    if inside.kept() != b"".join(s.new for s in splices):
        raise Stop("proof", member.name)


def _is_xml(new: Package, member: Member) -> None:
    parser = expat.ParserCreate()
    try:
        for chunk in new.stream(member.name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Stop("proof", f"{member.name}: {error}") from None


def _number(value: dt.date | float, date1904: bool) -> float:
    return serial(value, date1904) if isinstance(value, dt.date) else float(value)


class _Wanted:
    """What must differ, by sheet, row and column; rows as the reduced workbook numbers them, where it is one."""

    def __init__(self, plan: Plan, rows: dict[str, dict[int, int]]) -> None:
        self.plan = plan
        self.changes = {(c.sheet, c.row, c.column): c for c in plan.changes}
        self.dropped = set(plan.dropped)
        self.rows_changed = {(c.sheet, c.row) for c in plan.changes}
        self._rows = rows

    def key(self, sheet: str, row: int, column: int) -> tuple[str, int, int]:
        """The cell in the workbook itself."""
        return sheet, self._rows.get(sheet, {}).get(row, row), column


def _cells(wanted: _Wanted, before: bytes, after: bytes) -> int:
    """The cells as expat reads them."""
    found: set[tuple[str, int, int]] = set()
    result = difference(before, after, plainly=True)
    if result.sheets:
        raise Stop("proof", "sheets")
    for one in result.cells:
        key = wanted.key(one.sheet, one.row, one.column)
        blank = one.old.kind == one.new.kind == "blank" and one.new.formula is None
        if key in wanted.changes:
            good = _is_wanted(one, wanted.changes[key].new, wanted.plan.date1904)
        elif key in wanted.dropped:
            good = one.new.kind == "blank" and one.old.formula == one.new.formula and one.old.style == one.new.style
        else:  # an appended row takes the look of the row above in its other cells
            good = blank and key[:2] in wanted.rows_changed
        if not good:
            raise Stop("proof", f"{key[0]}!{cell_name(*key[1:])}")
        found.add(key)
    for key in wanted.changes.keys() - found:
        change = wanted.changes[key]  # a change of kind may leave what is read the same, as with a shared string of no text
        if not (change.new in (None, "") and change.old in (None, "") or change.new == change.old):
            raise Stop("proof", f"{key[0]}!{cell_name(*key[1:])}")
    return len(result.cells)


def _is_wanted(one: CellDifference, value: object, date1904: bool) -> bool:
    new = one.new
    if isinstance(value, str) and new.formula is not None:
        return value == "=" + new.formula and new.kind == "blank"
    if new.formula is not None:
        return False
    if value is None:
        return new.kind == "blank"
    if isinstance(value, bool):
        return new.kind == "bool" and new.value == value
    if isinstance(value, str):
        return new.kind == "text" and new.value == value
    if isinstance(value, dt.date) and new.kind == "iso":
        return new.value == value.isoformat()
    assert isinstance(value, int | float | dt.date)
    return new.kind == "number" and new.value == _number(value, date1904)


def _witness(wanted: _Wanted, before: bytes, after: bytes) -> str:
    """The cells as python-calamine reads them. Sheets in UTF-16 it takes for empty."""
    if any(t.encoding.startswith("utf-16") for t in wanted.plan.texts.values()):
        return "not asked: UTF-16"
    message = struct.pack(">2Q", len(before), len(after)) + before + after
    try:
        run = subprocess.run([sys.executable, str(_WITNESS)], input=message, capture_output=True, timeout=PATIENCE, check=False)
        answer: dict[str, Any] = json.loads(run.stdout) if run.returncode == 0 else {"old": f"status {run.returncode}"}
    except subprocess.TimeoutExpired:
        answer = {"old": "timeout"}
    if answer["old"] != "read":
        return f"not asked: {answer['old']}"
    if "error" in answer:
        raise Stop("proof", f"calamine: {answer['error']}")
    for sheet, row, column, _, new in answer["found"]:
        key = wanted.key(sheet, row, column)
        good = key in wanted.changes and _reads_as(new, wanted.changes[key].new, wanted.plan.date1904)
        if not good and not (key in wanted.dropped and new[0] == "blank"):
            raise Stop("proof", f"calamine: {key[0]}!{cell_name(*key[1:])}")
    return "agrees" if not answer["unread"] else "agrees, but cannot read: " + ", ".join(answer["unread"])


def _reads_as(new: list[Any], value: object, date1904: bool) -> bool:
    kind, found = new
    if value is None or isinstance(value, str) and value.startswith("=") and kind == "blank":
        return bool(kind == "blank")
    if isinstance(value, bool):
        return bool(kind == "bool" and found == value)
    if isinstance(value, str):
        return bool(kind == "text" and found == value)
    assert isinstance(value, int | float | dt.date)
    if kind == "moment":
        if "T" not in found and "-" not in found:  # a time of day
            hours, minutes, seconds = found.split(":")
            return abs((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) / 86400 - _number(value, date1904) % 1) < 1e-5
        moment = dt.datetime.fromisoformat(found)
        start = dt.datetime(1904, 1, 1) if date1904 else dt.datetime(1899, 12, 30)
        days = (moment - start).total_seconds() / 86400
        number = _number(value, date1904)
        return abs(days - number) < 1e-5 or not date1904 and number < 61 and abs(days - number) < 1 + 1e-5
    return bool(kind in ("number", "duration") and abs(found - _number(value, date1904)) <= 1e-9 * max(1, abs(found)))
