"""What a person must look up is never proposed by the software; what it proposes is right."""

import pytest
from test_rule_pictures import Disk

from ownerbook.rules.book import cards
from ownerbook.rules.judge import judge
from ownerbook.rules.pictures import draw

DRAWN = [c for c in cards() if not c.facts]


@pytest.mark.parametrize("card", [c for c in DRAWN if c.repair == "hand"], ids=lambda c: c.code)
def test_what_is_mended_by_hand_has_no_suggestion(card):
    for text in card.pictures[0]:
        assert [f.suggestion for f in judge(draw(text).register(), [card], Disk()) if f.suggestion] == []


FORMS = [c for c in DRAWN if c.reasons and c.repair != "hand"]


@pytest.mark.parametrize("card", FORMS, ids=lambda c: c.code)
def test_a_suggestion_typed_into_its_cell_ends_the_problem(card):
    for text in card.pictures[0]:
        picture = draw(text)
        for found in judge(picture.register(), [card]):
            if found.suggestion is None:
                continue
            table = picture.tables[found.table]
            row, field = found.place.row - 2, next(f for f, n in table.sources[0].columns.items() if n == found.place.column)
            mended = draw(text)
            retype(mended, found.table, row, field, found.suggestion)
            assert not [f for f in judge(mended.register(), [card]) if f.place == found.place], found.suggestion


def retype(picture, table, row, field, text):
    from ownerbook.rules.pictures import _put
    from ownerbook.schema.cells import Cells

    there = picture.tables[table]
    cells, blank = there.cells[field], Cells.blank(1)
    for name in ("kind", "value", "style", "flag"):
        getattr(cells, name)[row] = getattr(blank, name)[0]
    _put(cells, row, text, there.sheet.by_field[field].kind, there.pool, there.styles)
