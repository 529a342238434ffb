"""What stands inside the 档号 of each file: the house of the day of 建档, and the serial of the ownership period.

A done change of 房屋.房号 justifies an older house in the number (judging.md §6), for a number never changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ownerbook.identifiers import house_no
from ownerbook.rules.view import View, rows
from ownerbook.schema.cells import Bools, Ints

NEEDS = (
    "files.file_no files.house_no files.created_on? houses.house_no? policy "
    "changes? changes.sheet? changes.record? changes.field? changes.new? changes.done_on?"
)
"""What a card must name to use `FileNumbers.of`."""
_UNREAD, _ELSEWHERE = -1, -2
_MOST_RENUMBERINGS = 20


@dataclass(frozen=True, slots=True)
class FileNumbers:
    """Per row of 档案.

    house: number of the canonical 房号 inside the 档号, -1 where the 档号 cannot be read, -2 for a house of which no cell
    speaks. serial: -1 where it cannot be read. disagrees: the house inside is not that of 房号, nor was it.
    """

    house: Ints
    serial: Ints
    disagrees: Bools

    @classmethod
    def of(cls, v: View) -> FileNumbers:
        """Read the numbers. The card must name NEEDS."""
        f, form = v.files, v.policy.file_format
        n = len(f)
        house, serial = np.full(n, _UNREAD, np.int32), np.full(n, -1, np.int32)
        everyone = np.arange(n, dtype=np.int32)
        inside = form.read_plain(*f.file_no.matrix(everyone, form.plain_width))
        beside = form.houses.read_plain(*f.house_no.matrix(everyone, house_no.LONGEST_PLAIN))
        alike = inside.good & beside.good & (inside.values[:3] == beside.values).all(axis=0)
        house[alike], serial[alike] = f.house_no.ids[alike], inside.values[3][alike]
        for row in rows(~alike & (f.file_no.ids >= 0)).tolist():
            parts = form.parse(v.text_of(int(f.file_no.ids[row])))
            if parts is not None and (f.file_no.ok[row] or parts.house_text == f.house_no.text(row)):
                known = v.id_of(house_no.key(parts.house))
                house[row], serial[row] = known if known >= 0 else _ELSEWHERE, parts.serial
        disagrees = (house != _UNREAD) & f.house_no.ok & (house != f.house_no.ids)
        if v.has("houses.house_no"):
            disagrees &= ~f.ref("house_no").missing
        if disagrees.any():
            renumbered = list(_renumberings(v))
            for row in map(int, np.flatnonzero(disagrees)):
                disagrees[row] = not _was(v, row, renumbered)
        return cls(house, serial, disagrees)


def _renumberings(v: View) -> Iterator[tuple[str, str, int]]:
    """Done changes of 房屋.房号: old and new house as they are compared, and the day."""
    if not v.has("changes") or not all(v.has(f"changes.{c}") for c in ("sheet", "record", "field", "new", "done_on")):
        return
    c, houses = v.changes, v.policy.house_format
    for row in np.flatnonzero(c.sheet.is_("房屋") & c.record.ok & c.field.ok & c.new.ok & c.done_on.ok):
        if c.field.text(int(row)) != "房号":
            continue
        old, new = (houses.canonical(column.text(int(row))) for column in (c.record, c.new))
        if old and new:
            yield house_no.key(old), house_no.key(new), int(c.done_on.days[row])


def _was(v: View, row: int, renumbered: list[tuple[str, str, int]]) -> bool:
    """Whether the house inside the number became that of the row by changes done since the file was opened."""
    f = v.files
    parts = v.policy.file_format.parse(v.text_of(int(f.file_no.ids[row])))
    if parts is None:
        return False
    reached, now = {house_no.key(parts.house)}, house_no.key(v.text_of(int(f.house_no.ids[row])))
    opened = int(f.created_on.days[row]) if f.created_on.ok[row] else None
    for _ in range(_MOST_RENUMBERINGS):
        further = {new for old, new, day in renumbered if old in reached and (opened is None or day >= opened)} - reached
        if not further:
            break
        reached |= further
    return now in reached
