"""What the hardest reader of the schemes found: each was once judged, compared or masked wrongly."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from ownerbook.identifiers import (
    company_name,
    dates,
    document,
    file_no,
    house_no,
    masks,
    military_id,
    owners_cell,
    person_name,
    phone,
    resident_id,
    share,
    title_certificate,
)
from ownerbook.identifiers.number_text import is_several
from ownerbook.identifiers.owners_cell import Person
from ownerbook.identifiers.verdict import Status

TODAY = date(2026, 10, 31)
ID = "11010519491231002X"


def test_an_older_military_number_keeps_the_words_that_tell_it_from_a_name() -> None:
    assert military_id.canonical("南字第 012345 号") == "南字第012345号"
    assert military_id.canonical("南字第012345号") == "南字第012345号"
    assert military_id.canonical("南012345") == ""


def test_a_share_of_many_decimals_can_be_read_back() -> None:
    assert share.canonical("0.123456789") == "123456789/1000000000"
    for form in ("123456789/1000000000", "12453563456789/100000000000000"):
        assert share.canonical(form) == form


def test_a_percentage_of_thousands_of_digits_is_no_share() -> None:
    assert share.check("9" * 5000 + "%").reason == "format"
    assert share.check("1/" + "9" * 5000).reason == "format"


def test_a_title_of_the_year_20_keeps_its_four_digits() -> None:
    assert title_certificate.canonical("京（0020）朝不动产权第2012345号") == "京（0020）朝不动产权第2012345号"


def test_what_nobody_sees_changes_nothing_about_a_name() -> None:
    assert person_name.check("\ufeff单号（〇）") == person_name.check("单号（〇）")
    assert person_name.check("张\u200b三") == person_name.check("张三")


def test_two_remarks_on_a_name_are_taken_off_at_once() -> None:
    verdict = person_name.check("张三已故（）")
    assert (verdict.reason, verdict.suggestion) == ("remark", "张三")


def test_a_company_whose_canonical_name_is_masked_is_masked() -> None:
    assert company_name.check("某某• •公司").reason == "masked"


@pytest.mark.parametrize("text", ["２０２４－３－５", "２０２４年３月５日", "２０２４０３０５", "二〇二四-3-5"])
def test_a_date_in_full_width_or_numerals_is_a_date_written_otherwise(text: str) -> None:
    verdict = dates.check(text)
    assert (verdict.status, verdict.canonical, verdict.suggestion) == (Status.VALID, "2024-03-05", "2024-03-05")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0086-10-62345678", "01062345678"),
        ("+86-10-62345678", "01062345678"),
        ("+86-(0)755-82345678", "075582345678"),
        ("+86 (0) 10 6234 5678", "01062345678"),
        ("138.0000.1234", "13800001234"),
        ("+687 75.12.34", "+687751234"),
        ("+6907290", "+6907290"),
    ],
)
def test_a_phone_in_international_dress_is_read(text: str, digits: str) -> None:
    verdict = phone.check(text)
    assert (verdict.status, verdict.canonical) == (Status.VALID, digits)


@pytest.mark.parametrize("code", ["999", "210", "424", "804", "991"])
def test_a_country_code_that_is_spare_is_refused(code: str) -> None:
    assert (phone.check(f"+{code}23456789").reason == "country") is (code != "991")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13800001234*", "****"),
        ("*13800001234", "****"),
        ("13800001234（138****1234）", "****"),
        ("0755-82345678*801", "****5678"),
        ("138****1234", "138****1234"),
        ("138****1234、0755-82345678", "138****1234、****5678"),
        ("１３８００００１２３４", "138****1234"),
        ("12345", "****"),
    ],
)
def test_a_star_in_a_phone_does_not_save_it_from_the_mask(text: str, masked: str) -> None:
    assert phone.mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话１３８００００１２３４", "电话138****1234"),
        ("138\u200b00001234", "138****1234"),
        ("138⟨U+200B⟩00001234", "138****1234"),
        ("证110105 19491231 002X", "证**************002X"),
        ("(0755)82345678", "****5678"),
        ("+852 9123 4567", "****4567"),
        ("138.0000.1234", "138****1234"),
        ("已是 138****1234", "已是 138****1234"),
        ("2024.03.05 89.5㎡ 1-2-301 YG-01-02-0301-01", "2024.03.05 89.5㎡ 1-2-301 YG-01-02-0301-01"),
    ],
)
def test_no_dress_takes_a_number_past_the_mask_of_free_text(text: str, masked: str) -> None:
    assert masks.auto(text) == masked


@pytest.mark.parametrize(("text", "masked"), [("G003 John Smith", "G003 J*"), ("王\ue815", "王*"), ("李\U00020bb7(G003)", "李*(G003)")])
def test_latin_and_rare_names_of_staff_are_masked_too(text: str, masked: str) -> None:
    assert masks.staff(text) == masked


def test_a_phone_behind_the_at_of_an_address_is_masked() -> None:
    assert masks.email("zhang@13800001234") == "z***@138****1234"


@pytest.mark.parametrize(
    ("text", "masked"), [("301号", "***"), ("301室", "***"), ("1203", "***"), ("1栋2单元301室（复式）", "1***"), ("12号楼x", "12***")]
)
def test_the_room_of_a_house_number_that_cannot_be_read_is_hidden(text: str, masked: str) -> None:
    assert house_no.mask(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("YG-3-2-1501", "YG***"),
        ("YG-3-2-1501-1", "YG-3-2-***-01"),
        ("YG－3－2－1501－01", "YG-3-2-***-01"),
        ("3-2-1501", "3-2-***"),
        ("YG-3-2-1501-01", "YG-3-2-***-01"),
    ],
)
def test_the_room_inside_a_damaged_file_number_is_hidden(text: str, masked: str) -> None:
    assert file_no.mask(text) == masked


@pytest.mark.parametrize("text", ["第1栋第2单元301室", "第一栋第二单元第三〇一室", "壹栋贰单元叁零壹室", "壹号楼贰单元叁佰零壹"])
def test_ordinals_and_the_numerals_of_receipts_name_a_house_too(text: str) -> None:
    assert house_no.canonical(text) == "1-2-301"


def test_a_word_for_a_number_is_no_part_of_a_name() -> None:
    assert owners_cell.parse(f"张三电话13800001234身份证{ID}") == [Person("张三", "", ["13800001234"], [ID])]
    assert owners_cell.parse("张三的手机13800001234") == [Person("张三", "", ["13800001234"])]


@pytest.mark.parametrize(
    ("text", "status", "reason", "canonical", "masked"),
    [
        ("张三", Status.VALID, "", "张三", "张*"),
        ("张三、李四", Status.SUSPECT, "several", "张三；李四", "张*；李*"),
        (
            "张三：138-0000-1234；租客139 0000 5678",
            Status.SUSPECT,
            "several",
            "张三 13800001234；(租户) 13900005678",
            "张* 138****1234；(租户) 139****5678",
        ),
        (f"张三 {ID}", Status.VALID, "", f"张三 {ID}", "张* **************002X"),
        ("张三(已故)", Status.SUSPECT, "leftover", "", "张* ***"),
        ("张三 138****1234", Status.INVALID, "masked", "", "张* ***"),
        ("无", Status.INVALID, "nobody", "", ""),
    ],
)
def test_a_cell_of_owners_is_judged_compared_and_masked(text: str, status: Status, reason: str, canonical: str, masked: str) -> None:
    verdict = owners_cell.check(text)
    assert (verdict.status, verdict.reason, verdict.canonical) == (status, reason, canonical)
    assert owners_cell.mask(text) == masked


def test_a_short_text_and_one_of_letters_and_digits_hold_one_number() -> None:
    assert not is_several("12345 6789")
    assert not is_several("1" * 40)
    assert is_several(f"{ID}/{ID}")


def test_a_column_of_odd_numbers_is_judged_at_once_as_one_by_one() -> None:
    texts = [
        ID[:17],
        ID + "0",
        f"{ID[:6]} {ID[6:]}",
        "110105491231002",
        "990105491231002",
        "110105491331002",
        ID[:9] + "O" + ID[10:],
        "11010549123100X",
    ]
    texts += [ID.replace("1949", "****"), f"{ID}/{ID}", "张三", "", "1101 0549 1231 002"]
    statuses, reasons = resident_id.check_column(texts, today=TODAY)
    verdicts = [resident_id.check(text, today=TODAY) for text in texts]
    assert statuses.tolist() == [v.status for v in verdicts]
    assert [resident_id.REASONS[code] for code in reasons.tolist()] == [v.reason for v in verdicts]


def test_a_number_is_recognised_by_its_places_before_it_is_judged_whole() -> None:
    examples = dict(
        zip(
            document.TYPES,
            [ID, "HA1234567", "1234567801（B）", "810000199408230021", "PAK310080010103", "EA1234567", "军字第1234567号", "91110000600037341L"],
            strict=True,
        )
    )
    for id_type, number in examples.items():
        assert document.shapes(number) == {id_type}
        assert document.shapes(" " + " ".join(number)) == {id_type}
    wrong = np.full(3, document.TYPES.index("居民身份证"))
    _, reasons = document.check_column(wrong, ["91110000600037341L", "932682198501010017", "810000199408230021"], today=TODAY)
    assert [document.REASONS[code] for code in reasons.tolist()] == ["other-type"] * 3
