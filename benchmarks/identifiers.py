"""How fast whole columns of document numbers are judged, beside plain Python and python-stdnum.

Seconds differ by machine and by what else it does; the ratios, all taken in one run, are what to quote.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter

from ownerbook.identifiers import credit_code, resident_id
from ownerbook.identifiers.counties import WITHDRAWN_BEFORE_1984
from ownerbook.identifiers.mod11 import check_digit

TODAY = date(2026, 10, 31)
ROWS = 100_000
SLOW_ROWS = 4_000
WRONG = 0.02


def made_up_ids(rows: int, seed: int = 1) -> list[str]:
    """Fictional resident IDs, two in a hundred with a wrong place."""
    draw = random.Random(seed)
    ids = []
    for _ in range(rows):
        born = date.fromordinal(draw.randint(date(1940, 1, 1).toordinal(), date(2010, 12, 31).toordinal()))
        first17 = f"{draw.choice(WITHDRAWN_BEFORE_1984)}{born:%Y%m%d}{draw.randint(1, 999):03d}"
        number = first17 + check_digit(first17)
        if draw.random() < WRONG:
            place = draw.randrange(6, 17)
            number = number[:place] + draw.choice("0123456789") + number[place + 1 :]
        ids.append(number)
    return ids


def made_up_codes(rows: int, seed: int = 1) -> list[str]:
    """Fictional credit codes, two in a hundred with a wrong place."""
    draw = random.Random(seed)
    codes = []
    for _ in range(rows):
        body = f"{draw.randrange(10**8):08d}"
        first17 = "91999999" + body + credit_code.organisation_check(body)
        code = first17 + credit_code.check_digit(first17)
        codes.append(code[:10] + "7" + code[11:] if draw.random() < WRONG else code)
    return codes


def plain_python(numbers: Sequence[str]) -> int:
    """Check place, calendar and province in a plain loop; how many are wrong."""
    weights, checks = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
    provinces = {number[:2] for number in WITHDRAWN_BEFORE_1984}
    wrong = 0
    for number in numbers:
        total = 0
        for weight, place in zip(weights, number, strict=False):
            total += weight * int(place)
        try:
            date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
            good = checks[total % 11] == number[17] and number[:2] in provinces
        except ValueError:
            good = False
        wrong += not good
    return wrong


def stdnum_accepts(number: str) -> bool:
    """What python-stdnum says of a resident ID, its failure on codes that it lacks taken for a no."""
    from stdnum.cn import ric

    try:
        return ric.is_valid(number)
    except KeyError:
        return False


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs."""
    best = float("inf")
    for _ in range(times):
        began = perf_counter()
        work()
        best = min(best, perf_counter() - began)
    return best


def worst_columns(ids: Sequence[str]) -> dict[str, list[str]]:
    """Columns in which every number is wrong in the same way."""
    return {
        "another check place": [n[:17] + ("1" if n[17] != "1" else "2") for n in ids],
        "17 places": [n[:17] for n in ids],
        "19 places": [n + "0" for n in ids],
        "15 places": [n[:6] + n[8:17] for n in ids],
        "a letter inside": [n[:9] + "O" + n[10:] for n in ids],
        "spaces inside": [f"{n[:6]} {n[6:14]} {n[14:]}" for n in ids],
        "masked": [n[:6] + "********" + n[14:] for n in ids],
        "two in a cell": [f"{n}/{n}" for n in ids],
    }


def main() -> None:
    """Print the time for a column and the others' times as multiples of it."""
    from stdnum.cn import uscc

    ids, codes = made_up_ids(ROWS), made_up_codes(ROWS)
    resident_id.check_column(ids[:100], today=TODAY)
    column = seconds(lambda: resident_id.check_column(ids, today=TODAY), 5)
    single = seconds(lambda: [resident_id.check(number, today=TODAY) for number in ids[:SLOW_ROWS]]) * ROWS / SLOW_ROWS
    plain = seconds(lambda: plain_python(ids), 1)
    beside = seconds(lambda: [stdnum_accepts(number) for number in ids[:SLOW_ROWS]], 1) * ROWS / SLOW_ROWS
    print(f"resident IDs, {ROWS:,}: a column {column:.4f} s = 1")
    print(f"  one by one {single / column:,.0f} · plain Python {plain / column:,.0f} · python-stdnum {beside / column:,.0f}")
    for what, texts in worst_columns(ids).items():
        spent = seconds(lambda texts=texts: resident_id.check_column(texts, today=TODAY), 2)  # type: ignore[misc]
        print(f"  all wrong, {what}: {spent:.3f} s, {spent / column:,.0f}")
    column = seconds(lambda: credit_code.check_column(codes, today=TODAY), 5)
    single = seconds(lambda: [credit_code.check(code, today=TODAY) for code in codes[:SLOW_ROWS]]) * ROWS / SLOW_ROWS
    beside = seconds(lambda: [uscc.is_valid(code) for code in codes[:SLOW_ROWS]], 1) * ROWS / SLOW_ROWS
    print(f"credit codes, {ROWS:,}: a column {column:.4f} s = 1")
    print(f"  one by one {single / column:,.0f} · python-stdnum {beside / column:,.0f}")


if __name__ == "__main__":
    main()
