"""County codes: every one that ever stood in a yearly list is known, whatever the year."""

from __future__ import annotations

import pytest

from ownerbook.identifiers.counties import LISTED_UNTIL, PROVINCES, WITHDRAWN_BEFORE_1984, is_known, known_codes, known_provinces, years


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("110101", 1980, LISTED_UNTIL),  # 东城
        ("110103", 1980, 2010),  # 崇文, merged in 2010
        ("110111", 1986, LISTED_UNTIL),  # 房山 as a district
        ("110225", 1980, 1986),  # 房山 as a county
        ("330113", 2021, LISTED_UNTIL),  # 临平
        ("330114", 2021, LISTED_UNTIL),  # 钱塘
        ("460321", 2012, 2018),  # 西沙, in the lists of statistics only
        ("653228", 2024, LISTED_UNTIL),  # 和康
    ],
)
def test_a_code_knows_the_years_of_its_lists(code: str, first: int, last: int) -> None:
    span = years(code)
    assert span is not None
    assert abs(span[0] - first) <= 1
    assert abs(span[1] - last) <= 1


@pytest.mark.parametrize("code", ["132101", "222523", "429004", "469001", "659001", "659012", "441900", "442000", "620200", "540581"])
def test_codes_of_all_times_and_of_cities_without_districts_are_known(code: str) -> None:
    assert is_known(code)


@pytest.mark.parametrize("code", ["119999", "110199", "160101", "000000", "999999", "11010", "1101011", "", "ABCDEF", "810101"])
def test_what_no_list_has_is_unknown(code: str) -> None:
    assert not is_known(code)
    assert years(code) is None


@pytest.mark.parametrize("province", sorted(PROVINCES - {"71", "81", "82", "83"}))
def test_every_province_has_counties(province: str) -> None:
    first = int(province) * 10000
    assert known_codes()[first : first + 10000].sum() > 20
    assert not is_known(f"{province}0000")


def test_there_are_35_provinces() -> None:
    assert len(PROVINCES) == 35
    assert known_provinces().sum() == 35


@pytest.mark.parametrize("code", WITHDRAWN_BEFORE_1984)
def test_codes_for_made_up_people_were_withdrawn_before_numbering_began(code: str) -> None:
    span = years(code)
    assert span is not None
    assert span[1] < 1984


def test_the_table_agrees_with_the_single_answer() -> None:
    assert all(bool(known_codes()[int(code)]) == is_known(code) for code in ("110101", "119999", "460321", "132101", "710000"))
