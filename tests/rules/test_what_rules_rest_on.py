"""A rule is told from memory while what it rested on is as it was: so it must rest on all that it says anything about.

Every picture of every rule is judged, then judged again with all columns spoilt on which nothing is said to rest: the same must come out.
"""

import dataclasses

import pytest
from test_rule_pictures import Disk

from ownerbook.register.register import Register
from ownerbook.rules.book import cards
from ownerbook.rules.card import Card
from ownerbook.rules.judge import judge
from ownerbook.rules.memory import ALWAYS, Memory
from ownerbook.rules.pictures import draw
from ownerbook.schema.cells import Cells, Kind
from ownerbook.schema.table import Table

DRAWN = [c for c in cards() if not c.facts and "disk" not in c.needs.split()]


def noted(tables: dict[str, Table]) -> dict[str, Table]:
    """With fingerprints, without which nothing is kept."""
    return {name: dataclasses.replace(t, prints=dict.fromkeys(("", *t.cells), "as it was")) for name, t in tables.items()}


def spoilt(table: Table, but: set[str], word: str) -> Table:
    """Another table in which nothing stands any more, or one word everywhere, but for some columns."""
    cells = dict(table.cells)
    for name in set(cells) - but:
        cells[name] = Cells.blank(len(table))
        if word:
            cells[name].kind[:] = Kind.TEXT
            cells[name].value[:] = table.pool.add(word)
    return dataclasses.replace(table, cells=cells)


def said(register: Register, card: Card, memory: Memory | None = None) -> list[tuple[object, ...]]:
    found = judge(register, [card], Disk(), memory=memory)
    return [(f.identity, f.place, f.severity, f.say(), f.advise(), f.suggestion, f.found) for f in found]


def kept_of(card: Card, text: str) -> tuple[dict[str, Table], Memory, list[tuple[object, ...]]]:
    picture, memory = draw(text), Memory()
    tables = noted(picture.tables)
    return tables, memory, said(Register(tables, picture.today), card, memory)


@pytest.mark.parametrize("card", DRAWN, ids=lambda c: c.code)
def test_what_a_rule_does_not_rest_on_may_change(card):
    for text in (t for side in card.pictures for t in side):
        tables, memory, told = kept_of(card, text)
        rests = {rest for unit in memory.units.values() for rest in unit.rests}
        for word in ("", "别的"):
            other = {
                name: table if name in rests or name in ALWAYS else spoilt(table, {r.partition(".")[2] for r in rests if r.startswith(f"{name}.")}, word)
                for name, table in tables.items()
            }
            assert said(Register(other, draw(text).today), card) == told


def test_what_a_rule_names_but_never_looked_at_does_not_make_it_be_asked_again():
    card = next(c for c in DRAWN if c.code == "D08")
    _, memory, _ = kept_of(card, card.pictures[0][0])
    assert "owners.share" in memory.units["D08"].rests
    assert "files.file_no" not in memory.units["D08"].rests
