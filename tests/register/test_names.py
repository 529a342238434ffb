"""Equal texts have equal numbers, whether they stand in cells or are made by reading."""

from __future__ import annotations

import numpy as np

from ownerbook.register.names import Names
from ownerbook.schema.cells import Pool


def names_over(*texts: str) -> Names:
    """Names over a pool of these texts."""
    pool = Pool()
    pool.extend_texts(texts)
    return Names(pool)


def codes(names: Names, *which: int) -> list[int]:
    """The numbers of texts by their codes."""
    return names.of_codes(names._pool, np.array(which)).tolist()


def test_a_text_in_two_cells_has_one_number_and_the_same_when_it_is_asked_for_by_itself() -> None:
    names = names_over("1-1-101", "Y1", "1-1-101")
    assert codes(names, 0, 2) == [names.number("1-1-101")] * 2
    assert codes(names, 1) != codes(names, 0)


def test_a_text_that_no_cell_holds_has_a_number_of_its_own() -> None:
    names = names_over("一")
    assert names.known("二") == -1
    n = names.number("二")
    assert names[n] == "二"
    assert names.known("二") == n != names.number("一")


def test_texts_of_one_key_are_one_thing_and_show_as_the_first_met() -> None:
    names = names_over("S-012", "S-12", "S-0012")
    met = names.same(["S-012"], ["S-12"])
    again = names.same(["S-12", "S-0012"], ["S-12", "S-12"])
    assert set(met.tolist()) == set(again.tolist()) == set(codes(names, 0, 1, 2))
    assert names[int(met[0])] == "S-012"


def test_texts_of_another_pool_have_the_numbers_of_their_texts() -> None:
    names = names_over("甲", "乙")
    other = Pool()
    other.extend_texts(["乙", "丙"])
    assert names.of_codes(other, np.array([0, 1])).tolist() == [names.number("乙"), names.number("丙")]


def test_a_text_that_comes_into_the_pool_later_is_numbered_too() -> None:
    names = names_over("甲")
    assert names.known("乙") == -1
    late = names._pool.add("乙")
    assert names[codes(names, late)[0]] == "乙"
