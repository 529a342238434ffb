"""Tabs as they were read the last time, kept by the bytes of their parts: what has not changed is not read again.

A tab is kept as its block of dense columns. Its texts are the workbook's shared strings by their number, which hold as long as
those strings still begin as they did, and texts of its own. What was made of the shared strings (their hashes, which are the same,
which are odd) holds as long too. Nothing is kept of a workbook with a password, nor of a tab that belongs to no sheet or that
staff's own layouts read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownerbook.register.oddities import Oddities, oddities
from ownerbook.register.register import Fact
from ownerbook.schema.cells import Cells, Ints, Kind, Longs, Piece, Pool, Style, Styles
from ownerbook.schema.lazy_cells import LazyCells
from ownerbook.schema.sameness import KnownSameness, of_range, sameness
from ownerbook.schema.shelf import Parcel, Shelf
from ownerbook.schema.table import Source
from ownerbook.schema.text_hashes import text_hashes
from ownerbook.workbook.block_prints import Prints, block_prints
from ownerbook.workbook.package import Member, Package
from ownerbook.workbook.shared_strings import SharedStrings

_MOST_SCATTERED = 20_000  # texts of its own that do not lie together


@dataclass(slots=True)
class KeptBlock:
    """A tab as it was kept: its source, its rows, its columns on demand, the facts noted, and the fingerprints of it."""

    sheet: str  # field name
    source: Source
    rows: Ints
    cells: dict[str, Cells]
    facts: Sequence[Fact]
    prints: Prints
    dated: bool


@dataclass(slots=True)
class Keeping:
    """What is kept of one workbook. own: its styles in the order in which cells number them."""

    shelf: Shelf
    called: str
    package: Package
    pool: Pool
    styles: Styles
    own: Sequence[Style]
    strings: SharedStrings = field(default_factory=SharedStrings.none)
    _prints: dict[int, bytes] = field(default_factory=dict)
    _planted: int = 0  # of so many shared strings it is known what is made of them

    def part(self, member: Member) -> str:
        """The fingerprint of a part, from its bytes as they lie in the file."""
        told = hashlib.sha256(f"{member.method} {member.crc} {member.size}\n".encode())
        told.update(memoryview(self.package.data)[member.data : member.data + member.packed])
        return told.hexdigest()

    def read_strings(self, member: Member, read: Callable[[], SharedStrings]) -> SharedStrings:
        """The shared strings, as kept or as read now."""
        key = f"strings {self.part(member)}"
        parcel = self.shelf.take(key)
        if parcel is not None:
            data, lengths, flag = parcel.array("data"), parcel.array("lengths").astype(np.int64), parcel.array("flag")
            self.strings = SharedStrings.of(self.pool.extend(data.tobytes(), lengths), flag, lengths == 0)
            self._plant()
            return self.strings
        self.strings = read()
        buffer, offsets = self.pool.layout()
        first, end = self.strings.first, self.strings.first + len(self.strings)
        lengths = np.diff(offsets[first : end + 1]).astype(np.int32)
        self.shelf.put(key, {}, {"data": buffer[offsets[first] : offsets[end]], "lengths": lengths, "flag": self.strings.flag})
        self._plant()
        return self.strings

    def _plant(self) -> None:
        """Take over what was made of the shared strings, as far as they still begin as they did."""
        parcel = self.shelf.take(f"texts {self.called}")
        if parcel is None:
            return
        count, first = parcel.meta["strings"], self.strings.first
        if parcel.meta["key"] != self.pool.key or count > len(self.strings) or self._begin(count) != parcel.meta["begin"]:
            return
        found = {name: parcel.array(name) for name in ("hashes", "first", "codes", "identifier", "words", "ends_in_x")}
        odd = Oddities(*(np.unpackbits(found[name], count=count).astype(bool) for name in ("identifier", "words", "ends_in_x")))
        for work, value in ((text_hashes, found["hashes"]), (sameness, KnownSameness(found["first"], found["codes"])), (oddities, odd)):
            self.pool.plant(work, Piece(first, first + count, value))
        self._planted = count

    def put_texts(self) -> None:
        """Keep what was made of the shared strings, where that is not kept yet. To be called once everything is read and judged."""
        first, end = self.strings.first, self.strings.first + len(self.strings)
        if first == end or self._planted == len(self.strings):
            return
        odd, same = self.pool.derived(oddities), of_range(self.pool.derived(sameness), first, end)
        arrays: dict[str, NDArray[Any]] = {name: np.packbits(getattr(odd, name)[first:end]) for name in ("identifier", "words", "ends_in_x")}
        arrays |= {"hashes": self.pool.derived(text_hashes)[first:end], "first": same.first, "codes": same.codes}
        meta = {"key": self.pool.key, "strings": len(self.strings), "begin": self._begin(len(self.strings))}
        self.shelf.put(f"texts {self.called}", meta, arrays)

    def _begin(self, count: int) -> bytes:
        """The fingerprint of the first shared strings."""
        known = self._prints.get(count)
        if known is None:
            buffer, offsets = self.pool.layout()
            first = self.strings.first
            told = hashlib.sha256(np.diff(offsets[first : first + count + 1]).data)
            told.update(self.strings.flag[:count].tobytes())
            told.update(buffer[offsets[first] : offsets[first + count]].data)
            known = self._prints[count] = told.digest()
        return known

    def take(self, key: str) -> KeptBlock | None:
        """A tab as it was kept, where the strings and styles that it rests on are still those."""
        parcel = self.shelf.take(key)
        if parcel is None:
            return None
        meta = parcel.meta
        count = meta["strings"]
        if count > len(self.strings) or self._begin(count) != meta["begin"] or list(self.own[: len(meta["own"])]) != meta["own"]:
            return None
        first = self.strings.first
        own = 0
        if meta["texts"]:
            own = self.pool.extend(parcel.array("texts").tobytes(), parcel.array("text lengths").astype(np.int64)) - count
        palette = np.array([self.styles.number(s) for s in meta["styles"]], np.int32)
        rows = parcel.array("rows")
        columns = {f: _Column(parcel, f, len(rows), count, first, own, palette) for f in meta["fields"]}
        return KeptBlock(meta["sheet"], meta["source"], rows, LazyCells(columns), meta["facts"], meta["prints"], meta["dated"])

    def put(self, key: str, sheet: str, source: Source, rows: Ints, cells: dict[str, Cells], facts: Sequence[Fact], dated: bool) -> Prints:
        """Keep a tab that was read just now. Gives its fingerprints."""
        prints = block_prints(sheet, source, rows, cells, self.pool, self.styles)
        first, count = self.strings.first, len(self.strings)
        named = [c for c in cells.values() if _named(c)]
        own = _own_codes(named, first, count)
        texts = _texts(self.pool, own)
        if texts is None:
            return prints
        used = sorted({int(n) for c in cells.values() for n in (c.style[:1] if not c.style.flags.writeable else np.unique(c.style))})
        arrays: dict[str, NDArray[Any]] = {"rows": rows, "texts": texts[0], "text lengths": texts[1]}
        for name, c in cells.items():
            arrays |= dict(_arrays(name, c, first, count, own, np.array(used, np.int32)))
        meta = {
            "sheet": sheet,
            "source": source,
            "facts": list(facts),
            "fields": list(cells),
            "dated": dated,
            "strings": count,
            "begin": self._begin(count),
            "own": list(self.own),
            "styles": [self.styles[n] for n in used],
            "texts": len(own),
            "prints": prints,
        }
        self.shelf.put(key, meta, arrays)
        return prints


@dataclass(frozen=True, slots=True)
class KeepTab:
    """Where the block of a tab is to be kept."""

    keeping: Keeping
    key: str

    def put(self, sheet: str, source: Source, rows: Ints, cells: dict[str, Cells], facts: Sequence[Fact], dated: bool) -> Prints:
        """Keep it. Gives its fingerprints."""
        return self.keeping.put(self.key, sheet, source, rows, cells, facts, dated)


def _named(cells: Cells) -> bool:
    return bool(((cells.kind == Kind.TEXT) | (cells.kind == Kind.ERROR)).any())


def _own_codes(named: Sequence[Cells], first: int, count: int) -> Longs:
    """The codes of texts that are none of the workbook's shared strings, each once, in order."""
    found = [np.zeros(0, np.int64)]
    for c in named:
        codes = c.value[(c.kind == Kind.TEXT) | (c.kind == Kind.ERROR)]
        apart = (codes < first) | (codes >= first + count)
        if apart.any():
            found.append(np.unique(codes[apart]).astype(np.int64))
    return np.unique(np.concatenate(found))


def _texts(pool: Pool, codes: Longs) -> tuple[NDArray[Any], Ints] | None:
    """The bytes of these texts end to end, and their lengths. None where there are too many that do not lie together."""
    buffer, offsets = pool.layout()
    if not len(codes):
        return buffer[:0], np.zeros(0, np.int32)
    low, high = int(codes[0]), int(codes[-1])
    lengths = pool.lengths(codes).astype(np.int32)
    if high - low + 1 == len(codes):
        return buffer[offsets[low] : offsets[high + 1]], lengths
    if len(codes) > _MOST_SCATTERED:
        return None
    data = b"".join(buffer[offsets[c] : offsets[c + 1]].tobytes() for c in codes.tolist())
    return np.frombuffer(data, np.uint8), lengths


def _arrays(name: str, cells: Cells, first: int, count: int, own: Longs, used: Ints) -> Iterator[tuple[str, NDArray[Any]]]:
    """A column as it lies on the shelf: what is all alike once, codes counted from the first shared string."""
    kind = cells.kind
    text = (kind == Kind.TEXT) | (kind == Kind.ERROR)
    value = cells.value
    if not len(kind) or (text | (kind == Kind.BLANK)).all():
        whole = value.astype(np.int32)
        whole[text] = _relative(whole[text], first, count, own)
        yield f"{name} codes", whole
    else:
        if text.any():
            value = value.copy()
            value[text] = _relative(value[text].astype(np.int64), first, count, own)
        yield f"{name} values", value
    yield f"{name} kind", _short(kind)
    yield f"{name} style", np.searchsorted(used, _short(cells.style)).astype(np.int32)
    yield f"{name} flag", _short(cells.flag)


def _relative(codes: NDArray[Any], first: int, count: int, own: Longs) -> NDArray[Any]:
    if not len(own):
        return codes - first
    shared = (codes >= first) & (codes < first + count)
    return np.where(shared, codes - first, count + np.searchsorted(own, codes))


def _short(column: NDArray[Any]) -> NDArray[Any]:
    return column[:1] if len(column) and (column == column[0]).all() else column


@dataclass(slots=True)
class _Column:
    """A column that is fetched when it is asked for."""

    parcel: Parcel
    name: str
    length: int
    count: int
    first: int
    own: int  # added to the numbers of its own texts, which begin at `count`
    palette: Ints

    def __call__(self) -> Cells:
        kind = self._whole("kind")
        try:
            stored = self.parcel.array(f"{self.name} codes")
        except KeyError:
            stored = self.parcel.array(f"{self.name} values")
        value = stored.astype(np.float64)
        if self.first or self.own:
            text = (kind == Kind.TEXT) | (kind == Kind.ERROR)
            value[text] += np.where(value[text] < self.count, self.first, self.own)
        return Cells(kind, value, self._spread(self.palette[self.parcel.array(f"{self.name} style")]), self._whole("flag"))

    def _whole(self, what: str) -> NDArray[Any]:
        return self._spread(self.parcel.array(f"{self.name} {what}"))

    def _spread(self, found: NDArray[Any]) -> NDArray[Any]:
        return np.broadcast_to(found[0], (self.length,)) if len(found) == 1 else found
