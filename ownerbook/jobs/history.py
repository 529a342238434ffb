"""Who changed what, when, from what to what, on which paper: the history of a house or a record, out of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ownerbook.identifiers import house_no
from ownerbook.identifiers.house_no import DEFAULT, HouseFormat
from ownerbook.jobs.workspace import Unusable
from ownerbook.reconcile.recorded import Past, Recorded
from ownerbook.register.sheets import SHEETS
from ownerbook.schema.words import Text
from ownerbook.storage.journal import Entry, Journal

KEYS = {s.field: s.key.field for s in SHEETS}


def changes(journal: Journal) -> Iterator[Past]:
    """Every change that took place, oldest first. What was begun and given up is not among them. Raises JournalDamaged."""
    begun: dict[int, Entry] = {}
    for entry in journal.entries("applying", "applied", "typed"):
        if entry.kind == "applying":
            begun[entry.number] = entry
            continue
        teller = begun.get(int(entry.data.get("of", 0)), entry) if entry.kind == "applied" else entry
        for n, raw in enumerate(journal.detail_of(teller).get("changes", ()), 1):
            yield Past(f"{entry.number}.{n}", entry.at, Recorded.from_data(raw), str(teller.data.get("by", "")))


def asked(journal: Journal, what: str, header: str = "", *, houses: HouseFormat = DEFAULT) -> list[Past]:
    """The history of a house (in any spelling) or of a record (its key), of one column where a header is given.

    A house or a record that was renumbered is followed under its former and later numbers too. Raises Unusable for a header that no sheet has.
    """
    fields = {(s.field, c.field) for s in SHEETS for c in s.columns if header in (c.header.zh, c.field)}
    if header and not fields:
        raise Unusable(Text(f"没有「{header}」这一列，列名见 ownerbook data-dictionary", f"no sheet has a column {header}"))
    all_ = list(changes(journal))
    wanted = {what.strip(), house_no.canonical(what, houses) or what.strip()}
    renamed = [p.change for p in all_ if p.change.kind == "cell" and p.change.column == KEYS.get(p.change.sheet) and p.change.new is not None]
    for c in reversed(renamed):  # the numbers under which it stood before
        if str(c.new) in wanted:
            wanted.add(str(c.old))
    for c in renamed:  # and those under which it went on
        if str(c.old) in wanted:
            wanted.add(str(c.new))
    out = []
    for past in all_:
        c = past.change
        mine = c.house in wanted or c.record in wanted or (c.sheet == "houses" and (str(c.old) in wanted or str(c.new) in wanted))
        if mine and (not header or c.kind != "cell" or (c.sheet, c.column) in fields):
            out.append(past)
    return out


def find(root: Path, number: str) -> list[Past]:
    """The change `12.3`, or all of entry `12`. Raises Unusable where there is none."""
    entry = number.split(".")[0]
    found = [p for p in changes(Journal(root)) if p.number == number or (number == entry and p.number.split(".")[0] == entry)]
    if not found:
        raise Unusable(Text(f"日志里没有第 {number} 项改动，编号见 ownerbook history", f"the journal has no change {number}; see ownerbook history"))
    return found
