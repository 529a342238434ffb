"""The monthly sample: the same whenever drawn, spread over buildings, leaning towards risk."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.sampling import allot, draw_due, draw_sample, risks, unit
from ownerbook.rules.pictures import draw

TODAY = date(2026, 10, 31).toordinal() - EPOCH


def register(order=1, extra=""):
    files = [f"YG-{b}-1-{n}01-01" for b in (1, 2, 3) for n in range(1, 41)][::order]
    lines = "\n".join(f"{f} | 2020-01-05 | 内部 | 在库" for f in files)
    audits = "\n".join(f"S{n} | {f} | 2026-05-05 | 定期 | 合格" for n, f in enumerate(files))
    book = Whole(draw(f"档案: 档号 | 建档日期 | 密级 | 档案状态\n{lines}\n\n审核: 审核单号 | 档号 | 审核日期 | 审核类型 | 审核结果\n{audits}\n\n{extra}").register())
    return book, [f"{f.split('-')[1]}栋" for f in files], files


def drawn(month="2026-10", order=1, extra="", **options):
    book, buildings, files = register(order, extra)
    sample = draw_sample(book, TODAY, month, buildings, **options)
    return sample, [files[r] for r in sample.rows]


def test_the_same_month_gives_the_same_files_in_whatever_order_the_rows_stand():
    assert drawn(count=9)[1] == drawn(count=9, order=-1)[1]
    assert set(drawn(count=9)[1]) != set(drawn("2026-11", count=9)[1])


def test_every_building_is_drawn_from():
    sample, _ = drawn(count=9)
    assert Counter(sample.building) == {"1栋": 3, "2栋": 3, "3栋": 3}


def test_policy_says_how_many_rounded_up():
    assert len(drawn()[1]) == 3  # 2 % of 120 is 2.4
    assert len(drawn(extra="制度: 参数 | 值\n月度抽查比例 | 10%")[1]) == 12
    assert len(drawn(count=500)[1]) == 120


def test_one_building_alone():
    assert {f.split("-")[1] for f in drawn(count=5, only="2")[1]} == {"2"}


def test_a_file_with_a_past_finding_comes_more_often():
    """Over many months a file that weighs four times as much is drawn clearly more often, though not always."""
    book, buildings, files = register()
    risky = "YG-1-1-101-01"
    book2 = Whole(
        draw(
            "档案: 档号 | 建档日期 | 密级 | 档案状态\n"
            + "\n".join(f"{f} | 2020-01-05 | 内部 | 在库" for f in files[:40])
            + f"\n\n审核: 审核单号 | 档号 | 审核日期 | 审核类型 | 审核结果\nS1 | {risky} | 2026-05-05 | 定期 | 不合格\n"
            + "\n".join(f"T{n} | {f} | 2026-05-05 | 定期 | 合格" for n, f in enumerate(files[:40]))
        ).register()
    )
    months = [f"{y}-{m:02d}" for y in range(2000, 2025) for m in range(1, 13)]
    hits = Counter(files[r] for month in months for r in draw_sample(book2, TODAY, month, buildings[:40], count=4).rows)
    plain = sum(n for f, n in hits.items() if f != risky) / 39
    assert 2 * plain < hits[risky] < len(months)


def test_the_reasons_are_named():
    book = Whole(
        draw(
            """
            业主: 业主编号 | 房号
            Y1 | 1-1-101

            档案: 档号 | 房号 | 业主编号 | 建档日期 | 密级 | 档案状态
            A1 | 1-1-101 | Y1 | 2020-01-01 | 内部 | 在库
            A2 | 1-1-102 | Y2 | 2026-10-01 | 内部 | 在库
            A3 | 1-1-103 | Y3 | 2020-01-01 | 内部 | 借出

            审核: 审核单号 | 档号 | 审核日期 | 审核类型 | 审核结果
            S1 | A1 | 2026-09-01 | 定期 | 不合格

            变更: 变更单号 | 对象表 | 对象编号 | 变更字段 | 更新日期
            B1 | 业主 | Y1 | 联系电话 | 2026-10-01

            借阅: 借阅单号 | 档号 | 借出日期
            J1 | A3 | 2026-08-01
            """
        ).register()
    )
    found = {r.key: [i for i, x in enumerate(r.mask) if x] for r in risks(book, TODAY)}
    assert found == {"overdue": [], "finding": [0], "changed": [0], "lent": [2], "new": [1]}
    sample = draw_sample(book, TODAY, "2026-10", ["", "", ""], count=3)
    assert sample.out.tolist() == [r == 2 for r in sample.rows.tolist()]


def test_a_regular_audit_takes_what_is_due():
    book, buildings, files = register()
    assert len(draw_due(book, TODAY, 30, buildings).rows) == 0
    assert len(draw_due(book, date(2027, 5, 6).toordinal() - EPOCH, 0, buildings).rows) == 120


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 60), min_size=1), st.integers(0, 200))
def test_shares_add_up_and_nobody_gives_more_than_there_is(sizes, total):
    """Law: a sample is shared out whole; every stratum gives one while the sample lasts."""
    total = min(total, sum(sizes.values()))
    out = allot(sizes, total)
    assert sum(out.values()) == total
    assert all(0 <= out[k] <= sizes[k] for k in sizes)
    if total >= len(sizes):
        assert all(out[k] >= 1 for k in sizes)


def test_the_number_of_a_file_is_fixed_by_the_month_and_its_number():
    assert unit("2026-10", "YG-1-1-101-01") == unit("2026-10", "YG-1-1-101-01") != unit("2026-11", "YG-1-1-101-01")
    assert all(0 < unit("2026-10", str(n)) < 1 for n in range(200))
