"""The proof: after every amendment the result is compared with the original, and must differ in the edits and nothing else.

Four looks, none of which uses what the edit was made with: the parts that were not touched, byte for byte as stored; the
bytes of touched parts outside the planned places; the cells as python-calamine reads them, in a process of its own; the
cells, formulas and looks as expat reads them. Of a large sheet the last two read the touched rows only: every other row has
just been found equal to the byte.
"""

from __future__ import annotations

import datetime as dt
import json
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ownerbook.workbook.amend.cells import serial
from ownerbook.workbook.amend.planned import Plan
from ownerbook.workbook.amend.reduction import can_be_reduced, reduced
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.xml_bytes import Splice
from ownerbook.workbook.difference import CellDifference, difference
from ownerbook.workbook.package import Member, Package, PackageError

WHOLE_UP_TO = 6 << 20  # inflated bytes of sheets and strings that are read whole
PATIENCE = 60  # seconds for the second reader
_WITNESS = Path(__file__).with_name("witness.py")


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
        for member, splices in plan.splices.items():
            _outside(plan, old, new, member, splices)
        whole = sum(m.size for m in old.members if "sheet" in m.key or "sharedstrings" in m.key) <= WHOLE_UP_TO
        whole |= not can_be_reduced(plan)
        before, after = (old.data, result) if whole else reduced(plan, new)
        cells = _cells(plan, before, after)
    except PackageError as error:
        raise Stop("proof", error) from None
    return Proof(untouched, tuple(m.name for m in plan.splices), cells, whole, _witness(plan, before, after))


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


def _outside(plan: Plan, old: Package, new: Package, member: Member, splices: list[Splice]) -> None:
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
    before = text.chunks() if text is not None else old.stream(member)
    shifted = []
    moved = 0
    for splice in splices:
        start = splice.start + moved
        shifted.append((start, start + len(splice.new)))
        moved += len(splice.new) - (splice.end - splice.start)
    if not _alike(_around(before, [(s.start, s.end) for s in splices]), _around(after, shifted)):
        raise Stop("proof", member.name)


def _number(value: dt.date | float, date1904: bool) -> float:
    return serial(value, date1904) if isinstance(value, dt.date) else float(value)


def _cells(plan: Plan, before: bytes, after: bytes) -> int:
    """The cells as expat reads them."""
    wanted = {(c.sheet, c.row, c.column): c.new for c in plan.changes}
    dropped = set(plan.dropped)
    found: set[tuple[str, int, int]] = set()
    result = difference(before, after)
    if result.sheets:
        raise Stop("proof", "sheets")
    for one in result.cells:
        key = (one.sheet, one.row, one.column)
        if key in wanted:
            if not _is_wanted(one, wanted[key], plan.date1904):
                raise Stop("proof", one.name)
        elif key in dropped:
            if one.new.kind != "blank" or one.old.formula != one.new.formula or one.old.style != one.new.style:
                raise Stop("proof", one.name)
        elif not (one.old.kind == "blank" and one.new.kind == "blank" and one.new.formula is None and _appended(plan, one)):
            raise Stop("proof", one.name)
        found.add(key)
    missing = wanted.keys() - found
    if missing and any(not _equal_anyway(plan, key) for key in missing):
        raise Stop("proof", min(missing))
    return len(result.cells)


def _appended(plan: Plan, one: CellDifference) -> bool:
    """An appended row takes the look of the row above in its other cells."""
    return any(c.sheet == one.sheet and c.row == one.row for c in plan.changes)


def _equal_anyway(plan: Plan, key: tuple[str, int, int]) -> bool:
    """A change of kind that leaves what is read the same, such as a shared string with no text."""
    change = next(c for c in plan.changes if (c.sheet, c.row, c.column) == key)
    return change.new in (None, "") and change.old in (None, "") or change.new == change.old


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


def _witness(plan: Plan, before: bytes, after: bytes) -> str:
    """The cells as python-calamine reads them. Sheets in UTF-16 it takes for empty."""
    if any(t.encoding.startswith("utf-16") for t in plan.texts.values()):
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
    wanted = {(c.sheet, c.row, c.column): c.new for c in plan.changes}
    dropped = set(plan.dropped)
    for sheet, row, column, _, new in answer["found"]:
        key = (sheet, row, column)
        if key in wanted and _reads_as(new, wanted[key], plan.date1904) or key in dropped and new[0] == "blank":
            continue
        raise Stop("proof", f"calamine: {sheet}!{row},{column}")
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
