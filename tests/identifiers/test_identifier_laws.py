"""Laws of all number schemes: nothing crashes, columns judge as single numbers do, canonical forms rest, masks hide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownerbook.identifiers import (
    credit_code,
    document,
    invoice,
    military_id,
    passport,
    permanent_resident,
    residence_permit,
    resident_id,
    title_certificate,
    travel_permit,
)
from ownerbook.identifiers.mod11 import check_digit
from ownerbook.identifiers.number_text import mask, places
from ownerbook.identifiers.verdict import Status, Verdict

TODAY = date(2026, 10, 31)
SCHEMES = [resident_id, residence_permit, travel_permit, permanent_resident, passport, military_id, credit_code, title_certificate, invoice]
NAMES = [scheme.__name__.rpartition(".")[2] for scheme in SCHEMES]


@st.composite
def near_numbers(draw: st.DrawFn) -> str:
    """Texts that are nearly numbers: right ones with a place changed, dropped, doubled or joined to another."""
    first17 = draw(st.sampled_from(["132101", "110105", "119999", "810000", "932682", "990101"]))
    first17 += draw(st.dates(date(1890, 1, 1), date(2030, 1, 1))).strftime("%Y%m%d") + f"{draw(st.integers(0, 999)):03d}"
    number = draw(
        st.sampled_from(
            [
                first17 + check_digit(first17),
                first17[:6] + first17[8:],
                "91110000600037341L",
                "H1234567801",
                "PAK310080010103",
                "E12345678",
                "0012345601B",
                "军字第1234567号",
                "京（2020）朝阳区不动产权第0000001号",
                "24110000000000000001",
            ]
        )
    )
    place = draw(st.integers(0, len(number) - 1))
    change = draw(st.sampled_from(["", "", "*", "x", " ", "9", "/", "Ａ", "é", "\ud800"]))
    end = draw(st.sampled_from([place, place + 1]))
    return number[:place] + (change if change else number[place:end]) + number[end:]


texts = st.one_of(st.text(max_size=30), st.text("0123456789Xx*/ HMEA军字第号", max_size=24), near_numbers())


@pytest.mark.parametrize("scheme", SCHEMES, ids=NAMES)
@given(column=st.lists(texts, max_size=12))
def test_a_column_is_judged_as_its_numbers_are_one_by_one(scheme: object, column: list[str]) -> None:
    check: Callable[..., Verdict] = scheme.check  # type: ignore[attr-defined]
    for today in (TODAY, None):
        statuses, reasons = scheme.check_column(column, today=today)  # type: ignore[attr-defined]
        assert statuses.dtype == reasons.dtype == np.uint8
        for text, status, reason in zip(column, statuses, reasons, strict=True):
            verdict = check(text, today=today)
            assert (verdict.status, verdict.reason) == (status, scheme.REASONS[reason])  # type: ignore[attr-defined]


@pytest.mark.parametrize("scheme", SCHEMES, ids=NAMES)
@given(text=texts)
def test_nothing_that_can_be_typed_is_too_strange_to_be_judged(scheme: object, text: str) -> None:
    verdict: Verdict = scheme.check(text, today=TODAY)  # type: ignore[attr-defined]
    scheme.parse(text)  # type: ignore[attr-defined]
    assert (verdict.status is Status.VALID) == (verdict.reason == "")
    assert verdict.canonical or verdict.status is Status.INVALID


@pytest.mark.parametrize("scheme", SCHEMES, ids=NAMES)
@given(text=texts)
def test_the_canonical_form_of_a_canonical_form_is_itself(scheme: object, text: str) -> None:
    canonical: Callable[[str], str] = scheme.canonical  # type: ignore[attr-defined]
    form = canonical(text)
    assert canonical(form) == form


@given(st.sampled_from(document.TYPES), texts)
def test_documents_of_all_types_are_judged_alike_alone_and_in_a_column(id_type: str, text: str) -> None:
    verdict = document.check(id_type, text, today=TODAY)
    statuses, reasons = document.check_column(np.array([document.TYPES.index(id_type)]), [text], today=TODAY)
    assert (statuses[0], document.REASONS[reasons[0]]) == (verdict.status, verdict.reason)
    form = document.canonical(id_type, text)
    assert document.canonical(id_type, form) == form
    assert document.shapes(text) <= set(document.TYPES)


@given(near_numbers())
def test_a_number_of_another_type_fits_that_other_type(text: str) -> None:
    for id_type in document.TYPES:
        if document.check(id_type, text, today=TODAY).reason == "other-type":
            others = document.shapes(text) - {id_type}
            assert others
            assert all(document.check(other, text, today=None).status is not Status.INVALID for other in others)


@given(texts)
def test_a_mask_never_shows_more_than_the_last_places(text: str) -> None:
    hidden = mask(text)
    bare = "".join(text.split())
    assert len(hidden) == len(bare)
    shown = [c for c, m in zip(bare, hidden, strict=True) if m != "*"]
    assert len(shown) <= (4 if len(bare) > 8 else 3)
    assert len(shown) < len(bare) or not bare
    assert mask(hidden) == hidden


@given(st.lists(st.text(st.characters(max_codepoint=255), min_size=5, max_size=5), max_size=8))
def test_places_keep_every_character_of_every_text(column: list[str]) -> None:
    matrix = places(column, 5)
    assert matrix.shape == (5, len(column))
    assert [bytes(matrix[:, i]).decode("latin-1") for i in range(len(column))] == column


def test_a_text_of_another_length_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValueError, match="length"):
        places(["123456", "12345"], 5)


def test_statuses_rise_with_gravity_and_keep_their_numbers() -> None:
    assert [s.value for s in (Status.VALID, Status.LEGACY, Status.SUSPECT, Status.INVALID)] == [0, 1, 2, 3]


def test_a_verdict_says_whether_there_is_anything_to_say_and_to_compare() -> None:
    assert Verdict(Status.VALID, "", "1").ok
    assert not Verdict(Status.LEGACY, "legacy-15", "1").ok
    assert Verdict(Status.INVALID, "check-digit", "1").readable
    assert not Verdict(Status.INVALID, "length").readable
