"""A cell may hold anything of any length; judging it takes time in step with its length, never with its square.

Time is not measured: each text is long enough that a square would not end within the patience of whoever runs the tests.
"""

from __future__ import annotations

import pytest

from ownerbook.identifiers import (
    area,
    company_name,
    credit_code,
    damage,
    dates,
    document,
    file_no,
    house_no,
    invoice,
    landline,
    masks,
    military_id,
    mobile,
    owners_cell,
    person_name,
    phone,
    resident_id,
    share,
    title_certificate,
)

N = 50_000  # more than a cell of a workbook can hold
LONG = [
    *("9" * N, " " * N, "\t" * N, "\u3000" * N, "张" * N, "(" * N, "1-" * (N // 2), "、" * N, "\n1" * (N // 2), "\u200b" * N, "\ud800" * N),
    *(head + fill * N + tail for head, fill, tail in [
        ("1-2-301", " ", "x"), ("2024-03-05", " ", "x"), ("张三", "-", "代x"), ("张", "•", "x"), ("SMITH", ",", "JOHN"), ("张三", " ", "四x"),
        ("0755-82345678", " ", "转x"), ("京（2020）", "朝", "x"), ("1", "9", "%"), ("1/", "9", ""), ("第", "一", "分之一"), ("a@", "a-", "!"),
    ]),
]  # fmt: skip
JUDGES = [
    area.check, company_name.check, dates.check, file_no.check, house_no.check, landline.check, mobile.check, person_name.check, phone.check,
    share.check, owners_cell.parse, person_name.names, house_no.part, damage.fold, damage.show, damage.masked, damage.error_literal, document.shapes,
]  # fmt: skip
DATED = [credit_code.check, invoice.check, military_id.check, resident_id.check, title_certificate.check, title_certificate.check_unit]


def shown(text: str) -> str:
    return f"{text[:13]!a}-{text[-3:]!a}"


@pytest.mark.parametrize("text", LONG, ids=shown)
def test_a_very_long_cell_is_judged_and_masked_like_any_other(text: str) -> None:
    for judge in JUDGES:
        judge(text)
    for judge in DATED:
        judge(text, today=None)
    for mask in (*masks.BY_NAME.values(), file_no.mask, area.mask, share.mask, dates.mask):
        mask(text)
    damage.clean(text, width=True, look_alike_x=True)
    damage.clean(text, width=False)
