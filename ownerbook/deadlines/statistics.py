"""Houses and owners by building: use, state, age bands of owners, without small cells (policy 统计最小单元, register.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Whole, follow, positions
from ownerbook.deadlines.ownership import Ownership
from ownerbook.deadlines.small_cells import SafeTable, safe_table
from ownerbook.schema.cells import Ints
from ownerbook.schema.words import Text

BANDS: tuple[tuple[str, int], ...] = (("18以下", 0), ("18–29", 18), ("30–44", 30), ("45–59", 45), ("60–74", 60), ("75以上", 75))
"""Age bands and where each begins, in whole years."""
UNKNOWN_AGE = "不详"
OCCUPIED = ("自住", "出租")


@dataclass(slots=True)
class BuildingTable:
    """A statistic: what it counts, and its table by building."""

    key: str
    words: Text
    about: Text
    table: SafeTable


def ages(book: Whole, today: int) -> Ints:
    """Per row of 业主 the age in whole years on a day, -1 where no resident ID tells the day of birth."""
    o = book.owners
    out = np.full(len(o), -1, np.int32)
    rows = positions(o.id_no.ok & o.id_type.is_("居民身份证"))
    raw, lengths = o.id_no.matrix(rows, 18)
    rows, raw = rows[lengths == 18], raw[lengths == 18]
    digits = raw[:, 6:14].astype(np.int32) - ord("0")
    good = ((digits >= 0) & (digits <= 9)).all(axis=1)
    year = digits[:, :4] @ np.array([1000, 100, 10, 1], np.int32)
    day_of_year = digits[:, 4:] @ np.array([1000, 100, 10, 1], np.int32)  # as MMDD, which orders like the day
    now = np.datetime64(today, "D").astype(object)
    age = now.year - year - (day_of_year > now.month * 100 + now.day)
    out[rows[good]] = np.where((age[good] >= 0) & (age[good] <= 150), age[good], -1)
    return out


def building_tables(book: Whole, buildings: Sequence[str], today: int) -> list[BuildingTable]:
    """The statistics. buildings: per row of 房屋 its building, '' where it cannot be told."""
    k = max(1, int(book.policy.small_cell))
    h = book.houses
    mine = positions(h.first & h.house_no.ok)
    names = sorted({buildings[r] or OTHER for r in mine.tolist()}, key=natural)
    out = []
    counted = []
    for key, words, column, about in (
        ("use", Text("房屋用途", "Use of houses"), h.use, Text("按房屋用途计的套数", "houses by use")),
        (
            "status",
            Text("房屋状态", "State of houses"),
            h.status,
            Text("按房屋状态计的套数；入住为自住与出租", "houses by state; occupied: 自住 and 出租"),
        ),
    ):
        cells = Counter((buildings[r] or OTHER, column.options[column.choice[r]] if column.ok[r] else OTHER) for r in mine.tolist())
        counted.append((key, words, about, cells, [*column.options, *([OTHER] if any(c == OTHER for _, c in cells) else [])]))
    groups: list[tuple[str, ...]] = [(n,) for n in names]
    while True:  # tables of the same houses merge the same buildings, or the totals of one would tell what the other hides
        tables = []
        for *_, cells, held in counted:
            tables.append(safe_table(cells, groups, held, k))
            groups = tables[-1].rows
        if all(t.rows == groups for t in tables):
            break
    out += [BuildingTable(key, words, about, table) for (key, words, about, *_), table in zip(counted, tables, strict=True)]
    if book.has("owners"):
        out.append(_ages(book, buildings, names, today, k))
    return out


OTHER = "其他"


def _ages(book: Whole, buildings: Sequence[str], names: Sequence[str], today: int, k: int) -> BuildingTable:
    o, owned = book.owners, Ownership.of(book)
    people = positions(owned.current & o.kind.is_("自然人"))
    house = follow(o.ref("house_no").row, people)
    bands = [b for b, _ in BANDS]
    starts = np.array([n for _, n in BANDS])
    age = ages(book, today)[people]
    band = np.searchsorted(starts, age, "right") - 1
    cells = Counter(
        (buildings[h] or OTHER if h >= 0 else OTHER, bands[b] if a >= 0 else UNKNOWN_AGE)
        for h, a, b in zip(house.tolist(), age.tolist(), band.tolist(), strict=True)
    )
    rows = list(names) + ([OTHER] if OTHER not in names and any(b == OTHER for b, _ in cells) else [])
    held = [*bands, *([UNKNOWN_AGE] if any(c == UNKNOWN_AGE for _, c in cells) else [])]
    about = Text(
        "现业主（自然人）按年龄段计的人数，年龄据居民身份证号码",
        "current owners (persons) by age, by their resident IDs",
    )
    return BuildingTable("age", Text("业主年龄段", "Ages of owners"), about, safe_table(cells, [(r,) for r in rows], held, k, ordered=True))


def natural(name: str) -> tuple[int, int, str]:
    """Buildings in the order of their numbers, what has none behind."""
    digits = "".join(c for c in name if c.isdigit())
    return (0, int(digits), name) if digits else (1, 0, name)
