"""The figures of a month against a recount that knows nothing of the register's code: openpyxl and plain Python over the clean community."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.month import Month
from ownerbook.deadlines.month_counts import month_counts
from ownerbook.deadlines.rates import RATES, month_rates, rate
from ownerbook.deadlines.statistics import ages, building_tables
from ownerbook.jobs.reading import read_register
from ownerbook.jobs.workspace import open_workspace
from ownerbook.reports.naming import Naming

FOLDER = Path(__file__).parents[2] / "sheets" / "干净小区"
LAST = date(2026, 10, 31)
MONTHS = ["2026-10", "2026-09", "2026-07", "2026-03"]


def rows(sheet):
    """Rows as dictionaries by header, dates as dates."""
    for path in sorted(FOLDER.glob("*.xlsx")):
        book = openpyxl.load_workbook(path, data_only=True)
        if sheet in book.sheetnames:
            cells = [list(r) for r in book[sheet].iter_rows(values_only=True)]
            out = [dict(zip(cells[0], (v.date() if isinstance(v, datetime) else v for v in r), strict=True)) for r in cells[1:] if any(r)]
            return [r for r in out if next(iter(r.values()))]
    return []


@pytest.fixture(scope="module")
def register():
    return read_register(open_workspace([FOLDER], Path.cwd()), LAST).register


def inside(day, month):
    return isinstance(day, date) and day.strftime("%Y-%m") == month


def counts_of(register, month):
    return month_counts(Whole(register), register.calendar, Month.parse(month), (LAST - date(1970, 1, 1)).days)


def rates_of(register, month):
    return month_rates(Whole(register), register.calendar, Month.parse(month), (LAST - date(1970, 1, 1)).days)


@pytest.mark.parametrize("month", MONTHS)
def test_events_of_a_month_are_those_that_a_plain_count_finds(register, month):
    c = counts_of(register, month)
    loans, changes, audits, disposals, training = (rows(n) for n in ("借阅", "变更", "审核", "处置", "培训"))
    assert c["lent"] == sum(inside(r["借出日期"], month) for r in loans)
    assert c["returned"] == sum(inside(r["归还日期"], month) for r in loans)
    assert c["refused"] == sum(r["审核结果"] == "不同意" and inside(r["审核日期"], month) for r in loans)
    assert c["changes_asked"] == sum(inside(r["申请日期"], month) for r in changes)
    assert c["changes_done"] == sum(inside(r["更新日期"], month) for r in changes)
    assert c["audited"] == sum(inside(r["审核日期"], month) for r in audits)
    assert c["failed"] == sum(r["审核结果"] == "不合格" and inside(r["审核日期"], month) for r in audits)
    for name, kind in (("archived", "归档"), ("destroyed", "销毁"), ("handed_over", "移交")):
        assert c[name] == sum(r["处置方式"] == kind and inside(r["执行日期"], month) for r in disposals)
    assert c["sessions"] == sum(inside(r["培训日期"], month) for r in training)
    assert c["papers_in"] == sum(inside(r["收件日期"], month) for r in rows("材料"))


@pytest.mark.parametrize("month", MONTHS)
def test_opening_and_in_less_out_is_closing_and_agrees_with_a_plain_count(register, month):
    c = counts_of(register, month)
    assert c["opening"] + c["opened"] - c["gone"] == c["closing"]
    gone = {r["档号"]: r["执行日期"] for r in rows("处置") if r["处置方式"] in ("销毁", "移交") and r["执行日期"]}
    year, number = map(int, month.split("-"))
    end = date(year, number, monthrange(year, number)[1])
    held = [r for r in rows("档案") if r["建档日期"] <= end and not (r["档号"] in gone and gone[r["档号"]] <= end)]
    assert c["closing"] == len(held)


def test_rates_are_those_of_a_plain_count(register):
    r = rates_of(register, "2026-10")
    houses, owners, files = rows("房屋"), rows("业主"), rows("档案")
    current = {o["业主编号"]: o["房号"] for o in owners if o["业主状态"] == "现业主"}
    with_owner = set(current.values())
    gone = {d["档号"] for d in rows("处置") if d["处置方式"] in ("销毁", "移交") and d["执行日期"]}
    filed = {f["房号"] for f in files if f["业主编号"] in current and f["档号"] not in gone}
    handed = [h for h in houses if h["交房日期"] and h["交房日期"] <= LAST and h["房屋用途"] not in ("车位", "储藏室") and h["房号"] in with_owner]
    assert (r["filed"].part, r["filed"].whole) == (sum(h["房号"] in filed for h in handed), len(handed))
    audits = [a for a in rows("审核") if inside(a["审核日期"], "2026-10")]
    assert (r["match"].part, r["match"].whole) == (sum(a["审核结果"] == "合格" for a in audits), len(audits))
    due = [x for x in rows("借阅") if x["借出日期"] and inside(x["应还日期"], "2026-09")]
    september = rates_of(register, "2026-09")["returned"]
    assert (september.part, september.whole) == (sum(bool(x["归还日期"]) and x["归还日期"] <= x["应还日期"] for x in due), len(due))
    out = [x for x in rows("借阅") if x["借出日期"] and not x["归还日期"] and x["归还状态"] != "遗失"]
    assert (r["overdue"].part, r["overdue"].whole) == (sum(x["应还日期"] < LAST for x in out), len(out))
    staff = [s for s in rows("人员") if s["权限"] and not (s["离职日期"] and s["离职日期"] < LAST)]
    assert (r["signed"].part, r["signed"].whole) == (sum(bool(s["保密协议签订日期"]) for s in staff), len(staff))


def test_a_rate_of_nothing_has_no_value_and_is_never_all():
    for key in RATES:
        assert rate(key, 0, 0).value is None
        assert rate(key, None, None).value is None


def test_statistics_count_every_house_and_every_owner(register):
    name, column = Naming(register), register.column("houses", "house_no")
    buildings = [name.building(column.text(r)) for r in range(len(register.tables["houses"]))]
    tables = {t.key: t.table for t in building_tables(Whole(register), buildings, (LAST - date(1970, 1, 1)).days)}
    assert tables["use"].total == tables["status"].total == len(rows("房屋"))
    assert tables["age"].total == sum(o["业主状态"] == "现业主" and o["业主类型"] == "自然人" for o in rows("业主"))
    assert tables["use"].rows == tables["status"].rows, "else the totals of one table would tell what the other hides"


def test_ages_are_whole_years_by_the_resident_id(register):
    found = ages(Whole(register), (LAST - date(1970, 1, 1)).days)
    for got, row in zip(found.tolist(), rows("业主"), strict=True):
        number = str(row["证件号码"] or "")
        if row["证件类型"] != "居民身份证" or len(number) != 18:
            assert got == -1
            continue
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        assert got == LAST.year - born.year - ((LAST.month, LAST.day) < (born.month, born.day))
    assert (found >= 0).any() and np.median(found[found >= 0]) > 18


def test_months_are_read_and_walked():
    assert Month.parse("2026-01").back(1).name == "2025-12"
    assert [m.name for m in Month.parse("2026-10").twelve()][:2] == ["2025-11", "2025-12"]
    for wrong in ("2026-13", "2026-1", "0000-01", "２０２６-10", "2026-10 "):
        with pytest.raises(ValueError):
            Month.parse(wrong)
