"""Numbers that a ledger lacks, proposed: from the house and the order of its people, so that the same ledger gives the same numbers again.

A number that stands in the ledger is kept; one that was proposed before stays with its person, whatever rows have come in between.
Nothing here is written unless staff accept it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ownerbook.identifiers import house_no

Row = dict[str, object]


@dataclass(slots=True)
class Proposal:
    """A proposed number. sheet and row: where it belongs (position in that sheet's rows); header: its column."""

    sheet: str
    row: int
    header: str
    value: str
    why: str


@dataclass(slots=True)
class Proposed:
    """All proposals, and whole rows proposed: files of the houses that have owners, staff who are named in the ledger."""

    numbers: list[Proposal] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)


def propose(tables: Mapping[str, Sequence[Row]], *, project: str = "YG", given: Mapping[str, str] | None = None) -> Proposed:
    """Propose what is missing in converted rows (sheet name → header → value).

    given: person (as a fingerprint, no name is kept) → the number proposed before; `Proposed.given` is what to remember for the next time.
    """
    out = Proposed(given=dict(given or {}))
    owners = tables.get("业主", ())
    numbers = _people(out, "业主", owners, "业主编号", "Y")
    _people(out, "家庭成员", tables.get("家庭成员", ()), "成员编号", "J")
    _files(out, owners, numbers, project, {str(r.get("房号", "")) for r in tables.get("档案", ())})
    named = sorted({str(r[h]).strip() for rows in tables.values() for r in rows for h in ("登记人", "建档人", "经办人") if r.get(h)})
    known = {str(r.get("姓名", "")) for r in tables.get("人员", ())} | {str(r.get("工号", "")) for r in tables.get("人员", ())}
    fresh = [n for n in named if n not in known]
    taken = {*known, *out.given.values()}
    staff = []
    for name in fresh:
        key = _person("人员", "", {"姓名": name}, 1)
        number = out.given.get(key) or next(n for i in range(1, 100_000) if (n := f"G{i:03d}") not in taken)
        taken.add(number)
        out.given[key] = number
        staff.append({"工号": number, "姓名": name})
    if staff:
        out.rows["人员"] = [dict(r) for r in sorted(staff, key=lambda r: r["工号"])]
    return out


def _person(sheet: str, house: str, row: Row, turn: int) -> str:
    """Who a row is, as a fingerprint: sheet, house, name and document; turn: of several rows that are all alike."""
    said = [sheet, house, str(row.get("姓名") or ""), str(row.get("证件号码") or ""), str(turn)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:20]


def _key(row: Row) -> str:
    text = str(row.get("房号") or "")
    return house_no.canonical(text) or text.strip()


def _people(out: Proposed, sheet: str, rows: Sequence[Row], header: str, letter: str) -> dict[int, str]:
    """One number a person and house: Y-3-2-1501-1. Gives the number of each row, its own or proposed."""
    taken = {str(r[header]) for r in rows if r.get(header)} | set(out.given.values())
    turn: dict[str, int] = defaultdict(int)
    alike: dict[str, int] = defaultdict(int)
    numbers: dict[int, str] = {}
    for i, row in enumerate(rows):
        house = _key(row)
        turn[house] += 1
        if row.get(header):
            numbers[i] = str(row[header])
            continue
        first = _person(sheet, house, row, 1)
        alike[first] += 1
        key = _person(sheet, house, row, alike[first])
        n, value = turn[house], out.given.get(key, "")
        while not value or (value in taken and out.given.get(key) != value):
            value = f"{letter}-{house or '无房号'}-{n}"
            n += 1
        taken.add(value)
        out.given[key] = value
        numbers[i] = value
        out.numbers.append(Proposal(sheet, i, header, value, "按房号和台账里的先后"))
    return numbers


def _files(out: Proposed, owners: Sequence[Row], numbers: Mapping[int, str], project: str, filed: set[str]) -> None:
    """One file a house, under its first owner."""
    rows: list[Row] = []
    seen = set(filed)
    for i, row in enumerate(owners):
        house = _key(row)
        if not house or house in seen or house_no.canonical(house) is None:
            continue
        seen.add(house)
        rows.append({"档号": f"{project}-{house}-01", "房号": house, "业主编号": numbers.get(i, ""), "题名": f"{house}业主档案"})
    if rows:
        out.rows["档案"] = rows
