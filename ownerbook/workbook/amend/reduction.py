"""A large workbook cut down to its touched rows, before and after, for readers that would take long over all of it."""

from __future__ import annotations

import bisect
import io
import re
import zipfile
from collections.abc import Iterable
from itertools import accumulate

from ownerbook.workbook.amend.planned import Plan
from ownerbook.workbook.amend.xml_bytes import Splice
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


def _cut(chunks: Iterable[bytes], spans: list[Span]) -> bytes:
    out = []
    at = first = 0
    for chunk in chunks:
        end = at + len(chunk)
        i = first
        while i < len(spans) and spans[i][0] < end:
            out.append(chunk[max(spans[i][0] - at, 0) : spans[i][1] - at])
            if spans[i][1] <= end:
                first = i + 1
            i += 1
        at = end
    return b"".join(out)


def can_be_reduced(plan: Plan) -> bool:
    """Whether rows can be left out without changing what the others are."""
    return not any(t.encoding or t.counted or not t.ascending for t in plan.texts.values())


def reduced(plan: Plan, new: Package) -> tuple[bytes, bytes]:
    """Both packages with only what cells are read from, and only the touched rows in their sheets."""
    old = plan.package
    kept: dict[Member, tuple[list[Span], list[Span]]] = {}
    for member in plan.texts:
        splices = plan.splices.get(member, [])
        spans = _kept(plan, member, splices, member.size)
        kept[member] = (spans, _moved(spans, splices))
    numbers: dict[bytes, int] = {}
    return _packed(old, {m: k[0] for m, k in kept.items()}, numbers), _packed(new, {m: k[1] for m, k in kept.items()}, numbers)


_SHARED = re.compile(rb"""(<(?:[^\s<>/!?:]+:)?c\s[^<>]*?\bt=["']s["'][^<>]*>\s*<(?:[^\s<>/!?:]+:)?v>)\s*([0-9]+)\s*(<)""")


def _renumbered(sheet: bytes, numbers: dict[bytes, int]) -> bytes:
    """The sheet with its shared strings counted from 0, the same for both packages."""

    def one(m: re.Match[bytes]) -> bytes:
        return m[1] + str(numbers.setdefault(m[2], len(numbers))).encode() + m[3]

    return _SHARED.sub(one, sheet)


def _strings(numbers: dict[bytes, int]) -> bytes:
    """Shared strings that say only their number: the part itself is compared by its bytes, and is long to read."""
    items = b"".join(b"<si><t>#%s</t></si>" % n for n in numbers)
    return b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + items + b"</sst>"


def _packed(package: Package, spans: dict[Member, list[Span]], numbers: dict[bytes, int]) -> bytes:
    workbook = package.workbook_part
    folder, _, base = workbook.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    by_key = {m.key: s for m, s in spans.items()}
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
                content = _renumbered(_cut(package.stream(member), by_key[member.key]), numbers) if member.key in by_key else _EMPTY
                archive.writestr(_entry(member), content)
            elif rel.kind in ("styles", "chartsheet", "dialogsheet", "theme"):
                archive.writestr(_entry(member), package.read(member))
        for rel in package.rels(workbook).values():
            member = package.find(rel.target) if rel.kind == "sharedStrings" else None
            if member is not None and _entry(member) not in archive.NameToInfo:
                archive.writestr(_entry(member), _strings(numbers))
    return out.getvalue()


def _entry(member: Member) -> str:
    return member.name.replace("\\", "/").lstrip("/")


_EMPTY = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
