"""Every rule's pictures are its tests: the marked cells are reported and nothing else; the right picture is silent."""

import pytest

from ownerbook.rules.book import cards
from ownerbook.rules.card import Card
from ownerbook.rules.judge import judge
from ownerbook.rules.pictures import Picture, draw

DRAWN = [c for c in cards() if not c.facts]


class Disk:
    """A workspace that holds two scans."""

    files = {"扫描/有.pdf": "a" * 64, "扫描/变.pdf": "b" * 64}

    def exists(self, path: str) -> bool:
        return path in self.files

    def sha256(self, path: str) -> str:
        return self.files.get(path, "")


def told(card: Card, text: str) -> set[tuple[str, int, str]]:
    picture = draw(text)
    found = judge(picture.register(), [card], Disk())
    assert all(f.code == card.code for f in found)
    for f in found:
        for lang in ("zh", "en"):
            assert f.say(lang) and "{" not in f.say(lang), f.say(lang)
            assert f.advise(lang) and "{" not in f.advise(lang)
    return {(f.table, f.place.row - 2, at(picture, f.table, f.place.column)) for f in found}


def at(picture: Picture, table: str, column: int) -> str:
    (source,) = picture.tables[table].sources
    return next(field for field, number in source.columns.items() if number == column)


@pytest.mark.parametrize("card", DRAWN, ids=lambda c: c.code)
def test_the_wrong_picture_is_told_at_its_marks(card):
    wrong, _ = card.pictures
    assert wrong, f"{card.code} draws no wrong picture"
    for text in wrong:
        marks = draw(text).marks
        assert marks, f"{card.code} marks no cell"
        assert told(card, text) == marks


@pytest.mark.parametrize("card", DRAWN, ids=lambda c: c.code)
def test_the_right_picture_is_silent(card):
    _, right = card.pictures
    assert right, f"{card.code} draws no right picture"
    for text in right:
        assert not draw(text).marks
        assert told(card, text) == set()
