"""A large register from a seed: 100,000 owners on the seven sheets that carry the weight, and the small ones that they need.

    python benchmarks/make_register.py OWNERS PATH

Rows: 房屋, 业主 and 档案 one an owner, 材料 three a file, 借阅, 变更 and 审核 as two years of work leave them; some 6.7 rows and
68 cells an owner. The register is right but for one planted mistake in 40 owners (a wrong check digit, a short phone, an
unknown house, dates out of order, a doubled number).
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from ownerbook.identifiers import mod11
from ownerbook.register.documents import DOC_TYPES
from ownerbook.register.sheets import BY_NAME

COUNTY = "110101"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉力波鹏飞雪梅倩楠晨曦宇航子涵浩然欣怡梓萱思远嘉佳琪若彤诺俊豪"
PAPERS = DOC_TYPES[:3]
FIRST = dt.date(2019, 3, 1)
MISTAKE_EVERY = 40
MOST_ROWS = 1_000_000  # in one tab; a sheet goes on in the next


def house(n: int) -> tuple[str, str, str, str]:
    """The n-th house: 60 houses a building, two units."""
    building, rest = divmod(n, 60)
    unit, rest = divmod(rest, 30)
    floor, room = divmod(rest, 2)
    return f"{building + 1}-{unit + 1}-{floor + 1}{room + 1:02d}", str(building + 1), str(unit + 1), f"{floor + 1}{room + 1:02d}"


def person(rng: random.Random, n: int) -> str:
    """A resident ID that no two owners share."""
    birth = dt.date(1955, 1, 1) + dt.timedelta(days=n % 16000)
    body = f"{COUNTY}{birth:%Y%m%d}{n // 16000 * 7 % 999 + 1:03d}"
    return body + mod11.check_digit(body)


def make(owners: int, path: Path, seed: int = 1, spoil: Callable[[str, dict[str, object]], object] = lambda tab, values: None) -> dict[str, int]:
    """Write the register; `spoil` may change the values of a row of a tab before they are written. Gives the number of rows a sheet."""
    rng = random.Random(seed)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": False, "default_date_format": "yyyy-mm-dd"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    rows: dict[str, int] = {}
    sheets = {}
    for name in ("房屋", "业主", "档案", "材料", "借阅", "变更", "审核", "处置", "人员", "位置", "制度"):
        sheet = sheets[name] = book.add_worksheet(name)
        sheet.write_row(0, 0, [c.header.zh for c in BY_NAME[name].columns])
        rows[name] = 0

    def put(tab: str, /, **values: object) -> None:
        spoil(tab, values)
        fields = BY_NAME[tab].columns
        if rows[tab] and rows[tab] % MOST_ROWS == 0:
            sheets[tab] = book.add_worksheet(f"{tab}{rows[tab] // MOST_ROWS + 1}")
            sheets[tab].write_row(0, 0, [c.header.zh for c in fields])
        row = rows[tab] % MOST_ROWS + 1
        rows[tab] += 1
        for column, c in enumerate(fields):
            value = values.get(c.field)
            if value is None:
                continue
            if isinstance(value, dt.date):
                sheets[tab].write_datetime(row, column, dt.datetime(value.year, value.month, value.day), day)
            elif isinstance(value, str):
                sheets[tab].write_string(row, column, value)
            else:
                sheets[tab].write_number(row, column, value)

    rights = "档案经办、借阅审批、审核、处置批准"
    for n in range(1, 9):
        put(
            "人员",
            staff_no=f"G{n:03d}",
            name=f"{SURNAMES[n]}{GIVEN[n]}{GIVEN[-n]}",
            role="档案",
            rights=rights,
            joined_on=dt.date(2015, 1, 5),
            nda_on=dt.date(2015, 1, 5),
        )
    put("制度", name="必备材料.住宅", value="、".join(PAPERS))
    put("制度", name="制度版本", value="V1")
    places = [f"A{i // 400 + 1:02d}-{i // 20 % 20 + 1:02d}-{i // 4 % 5 + 1:02d}-{i % 4 + 1:02d}" for i in range(owners // 50 + 1)]
    for place in places:
        put("位置", location_no=place, room=place[:3], cabinet=place[4:6], shelf=place[7:9], box=place[10:], capacity=60)
    paper = 0
    for n in range(owners):
        number, building, unit, room = house(n)
        wrong = n // MISTAKE_EVERY % 5 if n % MISTAKE_EVERY == MISTAKE_EVERY - 1 else -1
        signed = FIRST + dt.timedelta(days=n % 1500)
        moved = signed + dt.timedelta(days=200)
        name = rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN)
        identity = person(rng, n)
        if wrong == 0:
            identity = identity[:17] + ("1" if identity[17] != "1" else "2")
        phone = f"1{'38'[n // 90_000 % 2]}{n % 10}0000{n // 10 % 9000 + 1:04d}" if wrong != 1 else "1380000123"  # few share one
        area = 60 + n % 8000 / 100
        put(
            "房屋",
            house_no=number,
            building=building,
            unit=unit,
            room=room,
            layout="三室两厅",
            floor_area=area,
            inner_area=round(area * 0.8, 2),
            use="住宅",
            contract_on=signed,
            handover_on=moved - dt.timedelta(days=300 if wrong == 3 else 30),
            movein_on=moved,
            status="自住",
        )
        put(
            "业主",
            owner_no=f"Y{n:06d}",
            house_no="9999-9-999" if wrong == 2 else number,
            name=name,
            kind="自然人",
            id_type="居民身份证",
            id_no=identity,
            phone=phone,
            share=1,
            primary="是",
            registered_on=moved,
            registered_by="G001",
            owned_from=moved,
            status="现业主",
            consent="已签",
            consent_on=moved,
            declared="已签",
        )
        file = f"YG-{number}-01"
        put(
            "档案",
            file_no=file,
            house_no=number,
            owner_no=f"Y{n:06d}",
            title=f"{number}业主档案",
            created_on=moved,
            created_by="G002",
            location=places[n // 50],
            confidentiality="内部",
            retention="永久",
            status="在库",
            audited_on=dt.date(2026, 3, 2),
        )
        for k in range(3):
            paper += 1
            key = paper - 1 if wrong == 4 and k == 2 else paper
            put(
                "材料",
                doc_no=f"CL{key:07d}",
                file_no=file,
                doc_type=PAPERS[k],
                form="复印件" if k else "原件",
                pages=2 + k,
                copies=1,
                received_on=moved,
                received_by="G002",
                checked_by="G002" if k else None,
                status="齐全",
            )
        put("审核", audit_no=f"SH{n:07d}", file_no=file, audited_on=dt.date(2026, 3, 2), auditor="G003", kind="定期", result="合格")
        if n % 5 == 0:
            lent = dt.date(2025, 3, 3)
            put(
                "借阅",
                loan_no=f"JY{n:06d}",
                file_no=file,
                borrower=name,
                borrower_kind="业主",
                phone=phone,
                purpose="办理产权手续",
                applied_on=lent,
                reviewer="G003",
                decision="同意",
                decided_on=lent,
                lent_on=lent,
                handled_by="G002",
                due_on=dt.date(2025, 4, 3),
                renewals=0,
                returned_on=lent + dt.timedelta(days=9),
                received_by="G002",
                condition="完好",
            )
        if n % 2 == 0:
            asked = dt.date(2025, 9, 1)
            put(
                "变更",
                change_no=f"BG{n:06d}",
                sheet="业主",
                record=f"Y{n:06d}",
                field="联系电话",
                old="13900001234",
                new=phone,
                applicant=name,
                applied_on=asked,
                reviewer="G003",
                decision="同意",
                handled_by="G001",
                done_on=asked,
            )
    book.close()
    return rows


if __name__ == "__main__":
    print(make(int(sys.argv[1]), Path(sys.argv[2])))
