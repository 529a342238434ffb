"""A large workbook cut down to its touched rows, before and after, for readers that would take long over all of it."""

from __future__ import annotations

import bisect
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from ownerbook.workbook.amend.planned import Plan
from ownerbook.workbook.amend.xml_bytes import Splice, text_element
from ownerbook.workbook.package import Member, Package

Span = tuple[int, int]


def _merged(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _kept(plan: Plan, member: Member, splices: list[Splice], size: int) -> list[Span]:
    """The places of the old part that are read: what is outside the rows, the touched rows, and where rows go in."""
    text = plan.texts[member]
    spans = [(0, text.rows_start), (text.rows_end, size)]
    spans += plan.touched_rows.get(member, [])
    spans += [(s.start, s.end) for s in splices]
    return _merged(spans)


def _moved(spans: list[Span], splices: list[Splice]) -> list[Span]:
    """The same places in the new part: what is inserted at a border belongs to them."""
    starts = [s.start for s in splices]
    sums = [0, *accumulate(len(s.new) - (s.end - s.start) for s in splices)]
    return [(a + sums[bisect.bisect_left(starts, a)], b + sums[bisect.bisect_right(starts, b)]) for a, b in spans]


class Cut:
    """A stream passed on, of which some places are kept."""

    def __init__(self, chunks: Iterable[bytes], spans: list[Span]) -> None:
        self._chunks, self._spans = chunks, spans
        self._kept: list[bytes] = []

    def __iter__(self) -> Iterator[bytes]:
        spans = self._spans
        at = first = 0
        for chunk in self._chunks:
            end = at + len(chunk)
            i = first
            while i < len(spans) and spans[i][0] < end:
                self._kept.append(chunk[max(spans[i][0] - at, 0) : spans[i][1] - at])
                if spans[i][1] <= end:
                    first = i + 1
                i += 1
            at = end
            yield chunk

    def kept(self) -> bytes:
        """What was kept, once the stream has run through."""
        return b"".join(self._kept)


def can_be_reduced(plan: Plan) -> bool:
    """Whether rows can be left out without changing what the others are."""
    return not any(t.encoding or t.counted or not t.ascending for t in plan.texts.values())


class Reduction:
    """Collects the touched rows of each sheet, old and new, while the sheets stream past, then packs them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._cuts: dict[str, tuple[Cut, Cut]] = {}
        self.rows: dict[str, dict[int, int]] = {}  # by sheet: the number that a row has here, and its own

    def watching(self, member: Member) -> Callable[[Iterable[bytes], Iterable[bytes]], tuple[Iterable[bytes], Iterable[bytes]]]:
        """What gives the same two streams of a sheet, watched."""
        splices = self._plan.splices[member]
        spans = _kept(self._plan, member, splices, member.size)

        def watch(old: Iterable[bytes], new: Iterable[bytes]) -> tuple[Iterable[bytes], Iterable[bytes]]:
            cuts = Cut(old, spans), Cut(new, _moved(spans, splices))
            self._cuts[member.key] = cuts
            return cuts

        return watch

    def packed(self, new: Package, texts: dict[int, str]) -> tuple[bytes, bytes]:
        """Both packages with only what cells are read from. `texts` are the shared strings that must be read as they are."""
        numbers: dict[bytes, int] = {}
        old_sheets: dict[str, bytes] = {}
        new_sheets: dict[str, bytes] = {}
        for member, name in self._plan.sheets.items():
            a, b = (c.kept() for c in self._cuts[member.key])
            rows = sorted({int(n) for n in _ROW.findall(a) + _ROW.findall(b)})
            order = {n: i for i, n in enumerate(rows, 1)}
            self.rows[name] = {i: n for n, i in order.items()}
            old_sheets[member.key] = _renumbered(_closer(a, order), numbers)
            new_sheets[member.key] = _renumbered(_closer(b, order), numbers)
        return _packed(self._plan.package, old_sheets, _strings(numbers, texts)), _packed(new, new_sheets, _strings(numbers, texts))


_ROW = re.compile(rb"""<(?:[^\s<>/!?:]+:)?row\s(?:[^<>]*?\s)?r=["']([0-9]+)["']""")
_NAMES = re.compile(rb"""(<(?:[^\s<>/!?:]+:)?(?:row\s(?:[^<>]*?\s)?r=["']|c\s(?:[^<>]*?\s)?r=["']\$?[A-Za-z]+\$?))([0-9]+)(?=["'])""")


def _closer(sheet: bytes, order: dict[int, int]) -> bytes:
    """The sheet with its rows numbered from 1: readers that hold the block from first to last row then hold little."""
    return _NAMES.sub(lambda m: m[1] + str(order.get(int(m[2]), int(m[2]))).encode(), sheet)


_SHARED = re.compile(rb"""(<(?:[^\s<>/!?:]+:)?c\s[^<>]*?\bt=["']s["'][^<>]*>\s*<(?:[^\s<>/!?:]+:)?v>)\s*([0-9]+)\s*(<)""")


def _renumbered(sheet: bytes, numbers: dict[bytes, int]) -> bytes:
    """The sheet with its shared strings counted from 0, the same for both packages."""

    def one(m: re.Match[bytes]) -> bytes:
        return m[1] + str(numbers.setdefault(m[2], len(numbers))).encode() + m[3]

    return _SHARED.sub(one, sheet)


def _strings(numbers: dict[bytes, int], texts: dict[int, str]) -> bytes:
    """Shared strings that say only their number, but for those of new cells: the part itself is compared by its bytes, and is long to read."""
    items = b"".join(b"<si>%s</si>" % text_element(b"", texts.get(int(n), "#" + n.decode())) for n in numbers)
    return b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + items + b"</sst>"


def _packed(package: Package, sheets: dict[str, bytes], strings: bytes) -> bytes:
    workbook = package.workbook_part
    folder, _, base = workbook.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", workbook, rels):
            member = package.find(name)
            if member is not None:
                archive.writestr(_entry(member), package.read(member))
        for rel in package.rels(workbook).values():
            member = None if rel.external else package.find(rel.target)
            if member is None or _entry(member) in archive.NameToInfo:
                continue
            if rel.kind == "worksheet":
                archive.writestr(_entry(member), sheets.get(member.key, _EMPTY))
            elif rel.kind in ("styles", "chartsheet", "dialogsheet", "theme"):
                archive.writestr(_entry(member), package.read(member))
        for rel in package.rels(workbook).values():
            member = package.find(rel.target) if rel.kind == "sharedStrings" else None
            if member is not None and _entry(member) not in archive.NameToInfo:
                archive.writestr(_entry(member), strings)
    return out.getvalue()


def _entry(member: Member) -> str:
    return member.name.replace("\\", "/").lstrip("/")


_EMPTY = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
