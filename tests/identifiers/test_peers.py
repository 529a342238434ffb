"""Thousands of drawn numbers, judged here and by python-stdnum and phonenumbers: every kind of disagreement has a name.

The draw is always the same. A kind that is not in the tables below fails the test, and so does one that no longer occurs.
"""

from __future__ import annotations

import random
from datetime import date

import phonenumbers
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from ownerbook.identifiers import counties, credit_code, phone, resident_id
from ownerbook.identifiers.mod11 import check_digit
from ownerbook.identifiers.verdict import Status, Verdict

TODAY = date(2026, 10, 31)
ROWS = 4_000

Kind = tuple[str, str, str]
"""What the library says (`ok`, or the name of its refusal), our status and our reason."""

RESIDENT_IDS: dict[Kind, str] = {
    ("InvalidComponent", "VALID", ""): "it holds the years of the county code against the year of birth; the number was given later",
    ("InvalidComponent", "SUSPECT", "county"): "a code that no list has is a warning here; 810000 to 830000 are of residence permits",
    ("InvalidComponent", "SUSPECT", "age"): "above 120 years is a warning here; it refuses for the years of the code",
    ("InvalidComponent", "SUSPECT", "order"): "order 000 is a warning here; it refuses for the years of the code",
    ("KeyError", "VALID", ""): "it fails on codes that are missing under a province it knows",
    ("KeyError", "SUSPECT", "county"): "the same; a code that no list has is a warning here",
    ("KeyError", "SUSPECT", "age"): "the same; above 120 years is a warning here",
    ("KeyError", "SUSPECT", "order"): "the same; order 000 is a warning here",
    ("KeyError", "INVALID", "birth"): "the same; the birth lies before 1900",
    ("KeyError", "INVALID", "birth-future"): "the same; the birth lies in the future",
    ("InvalidLength", "LEGACY", "legacy-15"): "it knows no numbers of fifteen digits",
    ("InvalidLength", "VALID", ""): "it takes no white space between the parts",
    ("InvalidLength", "SUSPECT", "county"): "the same",
    ("InvalidLength", "SUSPECT", "age"): "the same",
    ("InvalidLength", "SUSPECT", "order"): "the same",
    ("ok", "INVALID", "birth"): "it accepts births before 1900",
    ("ok", "INVALID", "birth-future"): "it accepts births in the future",
    ("ok", "SUSPECT", "age"): "it accepts any age",
    ("ok", "SUSPECT", "order"): "it accepts order 000",
    ("ok", "SUSPECT", "county"): "it takes the regions of residence permits for counties",
}

CREDIT_CODES: dict[Kind, str] = {
    ("ok", "INVALID", "organisation-check"): "it does not check the organisation code inside",
    ("ok", "INVALID", "length"): "it drops hyphens",
    ("ok", "SUSPECT", "registrar"): "it accepts registrars that are on no list",
    ("ok", "SUSPECT", "category"): "it accepts categories that the registrar does not have",
    ("InvalidFormat", "VALID", ""): "it wants a digit in the first two places: bodies A, N, Y and lower case",
    ("InvalidFormat", "SUSPECT", "registrar"): "a registrar that is on no list is a warning here",
    ("InvalidFormat", "SUSPECT", "category"): "a category that is on no list is a warning here",
    ("InvalidLength", "LEGACY", "legacy-licence"): "it knows no business licences of fifteen digits",
}

PHONES: dict[Kind, str] = {
    ("no", "VALID", "mobile"): "it lacks 146, 148 and 149, which are given out",
    ("no", "SUSPECT", "mobile"): "a segment that is not given out, or of machines, is a warning here",
    ("ok", "SUSPECT", "mobile"): "it takes satellite phones (1349, 174) and 1610 for mobiles",
    ("no", "VALID", "landline"): "which area codes are in use is not known here, only their form",
    ("no", "SUSPECT", "landline"): "a number that begins with 0 or 1, or with an area code it does not know, is a warning here",
    ("ok", "SUSPECT", "landline"): "a number that begins with 0 or 1 is a warning here",
    ("no", "VALID", "extension"): "it knows extensions behind ext, x and #, not behind 转, - and *",
    ("no", "VALID", "abroad"): "of other countries only the code and the length are judged here",
    ("ok", "INVALID", "abroad"): "it drops a trunk prefix behind the country code and takes service numbers of other lengths",
    ("no", "VALID", "service"): "95 and 96 numbers are right for companies; it knows 400 and 800",
}


def judged_by_stdnum(validate: object, number: str) -> str:
    try:
        validate(number)  # type: ignore[operator]
    except (ValidationError, KeyError) as refusal:
        return type(refusal).__name__
    return "ok"


def disagree(theirs: str, verdict: Verdict) -> bool:
    """Anything but right on both sides or wrong on both; a warning is neither, nor is a library's failure."""
    both_right = theirs == "ok" and verdict.status is Status.VALID
    both_wrong = theirs not in ("ok", "KeyError") and verdict.status is Status.INVALID
    return not (both_right or both_wrong)


def drawn_ids() -> list[str]:
    draw = random.Random(3)
    known = [code for code in counties._spans() if code[2:] != "0000"]
    out = ["110101180001010010"[:17] + check_digit("11010118000101001"), "11010120991231001" + check_digit("11010120991231001")]
    out += ["11010119010101001" + check_digit("11010119010101001"), "11010119900101000" + check_digit("11010119900101000")]
    for _ in range(ROWS):
        code = draw.choice([draw.choice(known), draw.choice(known), f"{draw.randrange(10**6):06d}", "810000", "830000", "330113"])
        year = draw.randrange(1780, 1900) if draw.random() < 0.05 else draw.randrange(1900, 2030)
        first17 = f"{code}{year}{draw.randrange(1, 13):02d}{draw.randrange(1, 29):02d}{draw.randrange(1000):03d}"
        if draw.random() < 0.01:
            first17 = first17[:14] + "000"
        number = first17 + check_digit(first17)
        change = draw.random()
        if change < 0.1:
            number = number[:17] + draw.choice("0123456789Xx")
        elif change < 0.15:
            number = number[:6] + number[8:17]
        elif change < 0.2:
            number = f"{number[:6]} {number[6:]}"
        out.append(number)
    return out


def drawn_codes() -> list[str]:
    draw = random.Random(4)
    letters = credit_code.ALPHABET
    out = ["440301103097413"]
    for _ in range(ROWS):
        head = draw.choice("1599" + letters) + draw.choice("1239" + letters) + f"{draw.randrange(10**6):06d}"
        body = "".join(draw.choice(letters if draw.random() < 0.4 else "0123456789") for _ in range(8))
        last = draw.choice(letters) if draw.random() < 0.1 else credit_code.organisation_check(body)
        code = head + body + last
        code += credit_code.check_digit(code)
        change = draw.random()
        if change < 0.1:
            code = code[:17] + draw.choice(letters)
        elif change < 0.15:
            code = f"{code[:8]}-{code[8:]}"
        elif change < 0.2:
            code = code.lower()
        out.append(code)
    return out


def drawn_phones() -> list[tuple[str, str]]:
    draw = random.Random(5)

    def digits(n: int) -> str:
        return "".join(draw.choice("0123456789") for _ in range(n))

    out = [("abroad", "+852 800 123 456"), ("abroad", "+853 0800 501")]
    for _ in range(ROWS // 4):
        out.append(("mobile", "1" + draw.choice("3456789") + digits(9)))
        area = "0" + draw.choice(["10", "2" + draw.choice("012345789"), draw.choice("3456789") + digits(2)])
        out.append(("landline", area + draw.choice(["", "-"]) + digits(8)))
        out.append(("extension", "0755-8" + digits(7) + draw.choice(["-", "转", "ext", "#", "x", "*"]) + digits(3)))
        out.append(("abroad", "+" + draw.choice("1234567895") + digits(draw.randrange(8, 12))))
        out.append(("service", draw.choice([f"400{digits(7)}", f"95{digits(3)}", f"96{digits(4)}"])))
    return [(what, text) for what, text in out if not text.startswith("+86")]


def judged_by_phonenumbers(text: str) -> str:
    try:
        return "ok" if phonenumbers.is_valid_number(phonenumbers.parse(text, "CN")) else "no"
    except phonenumbers.NumberParseException:
        return "no"


def test_every_kind_of_disagreement_with_python_stdnum_on_resident_ids_is_explained() -> None:
    seen: dict[Kind, str] = {}
    for number in drawn_ids():
        verdict, theirs = resident_id.check(number, today=TODAY), judged_by_stdnum(ric.validate, number)
        if disagree(theirs, verdict):
            seen.setdefault((theirs, verdict.status.name, verdict.reason), number)
    assert {kind: seen[kind] for kind in seen if kind not in RESIDENT_IDS} == {}
    assert [kind for kind in RESIDENT_IDS if kind not in seen] == []


def test_every_kind_of_disagreement_with_python_stdnum_on_credit_codes_is_explained() -> None:
    seen: dict[Kind, str] = {}
    for code in drawn_codes():
        verdict, theirs = credit_code.check(code, today=TODAY), judged_by_stdnum(uscc.validate, code)
        if disagree(theirs, verdict):
            seen.setdefault((theirs, verdict.status.name, verdict.reason), code)
    assert {kind: seen[kind] for kind in seen if kind not in CREDIT_CODES} == {}
    assert [kind for kind in CREDIT_CODES if kind not in seen] == []


def test_every_kind_of_disagreement_with_phonenumbers_is_explained() -> None:
    seen: dict[Kind, str] = {}
    for what, text in drawn_phones():
        verdict, theirs = phone.check(text, company=True), judged_by_phonenumbers(text)
        if verdict.reason != "placeholder" and disagree(theirs, verdict):
            seen.setdefault((theirs, verdict.status.name, what), text)
    assert {kind: seen[kind] for kind in seen if kind not in PHONES} == {}
    assert [kind for kind in PHONES if kind not in seen] == []


def test_every_example_of_phonenumbers_is_read_as_it_reads_it_itself() -> None:
    kinds = phonenumbers.PhoneNumberType
    formats = phonenumbers.PhoneNumberFormat
    for region in sorted(phonenumbers.SUPPORTED_REGIONS - {"CN"}):
        for kind in (kinds.MOBILE, kinds.FIXED_LINE):
            example = phonenumbers.example_number_for_type(region, kind)
            if example is None:
                continue
            for dress in (formats.E164, formats.INTERNATIONAL):
                text = phonenumbers.format_number(example, dress)
                assert phone.check(text).ok, text
                assert phone.canonical(text) == phonenumbers.format_number(example, formats.E164)
