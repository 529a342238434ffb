"""Texts of a pool are told apart by their bytes, whatever their hashes say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.schema.cells import Pool
from ownerbook.schema.distinct import distinct
from ownerbook.schema.sameness import sameness

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


def test_what_is_derived_from_a_pool_is_made_again_when_texts_come() -> None:
    pool = pool_of(["a"])
    assert pool.derived(len) == 1
    pool.add("b")
    assert pool.derived(len) == 2
