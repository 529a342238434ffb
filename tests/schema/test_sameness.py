"""Texts of a pool are told apart by their bytes, whatever their hashes say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.schema.cells import Piece, Pool
from ownerbook.schema.distinct import distinct
from ownerbook.schema.sameness import of_range, sameness
from ownerbook.schema.text_hashes import text_hashes

LONG = ["x" * 256, "x" * 257, "x" * 264 + "y"]
TEXTS = st.lists(st.one_of(st.sampled_from(["", "a", "张三", "YG-1-1-101-01", *LONG]), st.text(max_size=20)), max_size=40)


def pool_of(texts: list[str]) -> Pool:
    """A pool that holds these texts."""
    pool = Pool()
    pool.extend_texts(texts)
    return pool


@pytest.mark.parametrize("bits", [64, 2])
@given(texts=TEXTS, more=TEXTS)
def test_equal_texts_have_one_first_code_even_where_hashes_collide(bits: int, texts: list[str], more: list[str]) -> None:
    found = sameness(pool_of(texts), bits)
    first = {t: len(texts) - 1 - i for i, t in enumerate(reversed(texts))}
    assert found.first.tolist() == [first[t] for t in texts]
    assert found.codes_of([*texts, *more]).tolist() == [first.get(t, -1) for t in [*texts, *more]]


@given(texts=TEXTS, width=st.integers(1, 40))
def test_a_matrix_holds_the_first_bytes_of_each_text(texts: list[str], width: int) -> None:
    matrix, lengths = pool_of(texts).matrix(np.arange(len(texts)), width)
    assert matrix.shape == (len(texts), width)
    for row, length, text in zip(matrix, lengths, texts, strict=True):
        assert length == len(text.encode())
        assert row.tobytes() == text.encode()[:width].ljust(width, b"\0")


@given(st.lists(st.one_of(st.integers(0, 30), st.integers(0, 10**9))))
def test_distinct_values_are_those_of_numpy(values: list[int]) -> None:
    column = np.array(values, np.int64)
    found, inverse = distinct(column)
    expected, places = np.unique(column, return_inverse=True)
    assert found.tolist() == expected.tolist()
    assert inverse.tolist() == places.tolist()


@given(before=TEXTS, held=TEXTS, behind=TEXTS, key=st.integers(0, 2**64 - 1))
def test_texts_that_were_compared_before_are_known_among_others(before: list[str], held: list[str], behind: list[str], key: int) -> None:
    held = [*held, *(f"{n}号" for n in range(len(before) + len(behind)))]
    earlier = Pool(key)
    earlier.extend_texts(["早", *held])
    kept = of_range(sameness(earlier), 1, 1 + len(held))
    pool = Pool(key)
    pool.extend_texts([*before, *held, *behind])
    whole = sameness(pool)
    at = len(before)
    pool.plant(sameness, Piece(at, at + len(held), kept))
    pool.plant(text_hashes, Piece(at, at + len(held), text_hashes(earlier)[1:]))
    found = sameness(pool)
    assert found.first.tolist() == whole.first.tolist()
    assert found.hashes.tolist() == whole.hashes.tolist() and sorted(found.codes.tolist()) == sorted(whole.codes.tolist())
    assert found.codes_of(before + behind).tolist() == whole.codes_of(before + behind).tolist()


def test_what_is_derived_from_a_pool_is_made_again_when_texts_come() -> None:
    pool = pool_of(["a"])
    assert pool.derived(len) == 1
    pool.add("b")
    assert pool.derived(len) == 2
