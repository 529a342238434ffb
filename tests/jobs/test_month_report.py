"""The month's audit workbook: made, recorded, made again to the byte; nothing personal leaves; what holds a number is not given out."""

import io
import re
import sys
import warnings
import zipfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import deadline_registers  # noqa: E402
import registers  # noqa: E402

from ownerbook.jobs import report  # noqa: E402
from ownerbook.jobs.month_record import KIND, record_of  # noqa: E402
from ownerbook.jobs.workspace import Unusable, open_workspace  # noqa: E402
from ownerbook.reports.archive_book import balanced  # noqa: E402
from ownerbook.reports.package_scan import personal_data  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402

ZONE = timezone(timedelta(hours=8))
NOVEMBER = datetime(2026, 11, 1, 2, 5, tzinfo=ZONE)


@pytest.fixture
def root(tmp_path):
    return registers.workspace(tmp_path / "小区", deadline_registers.tables())


def make(root, month="2026-10", now=NOVEMBER, **options):
    return report.make(open_workspace([], root), month, now=now, **options)


def opened(path):
    """The workbook as openpyxl sees it; it knows no sparklines and says so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def cells(path, sheet):
    book = opened(path)
    return [[c.value for c in row] for row in book[sheet].iter_rows()]


def package(path):
    with zipfile.ZipFile(path) as z:
        return {n: z.read(n).decode("utf-8", "replace") for n in z.namelist()}


def test_the_workbook_is_made_and_the_month_is_recorded(root):
    path = make(root)
    assert path.name == "月度审核报告_2026-10.xlsx"
    names = opened(path).sheetnames
    assert names[0] == "封面"
    wanted = {
        "问题",
        "借阅",
        "待审核",
        "未结整改",
        "本月审核",
        "本月变更",
        "缺件",
        "保管到期",
        "处置",
        "柜位",
        "人员职责",
        "运行记录",
        "房屋与业主统计",
        "指标说明",
    }
    assert wanted <= set(names)
    entry = record_of(Journal(root), "2026-10")
    assert entry is not None and entry.data["closed"] and entry.data["workbooks"]


def test_a_past_month_is_made_again_to_the_byte_whatever_has_happened_since(root):
    first = make(root).read_bytes()
    for book in root.glob("*.xlsx"):  # the register goes on
        book.unlink()
    other = registers.workspace(root.parent / "später", registers.sheets(9))
    for book in other.glob("*.xlsx"):
        book.rename(root / book.name)
    Journal(root).append("night", {"state": "ok"}, at=datetime(2026, 12, 1, 2, 0, tzinfo=ZONE))
    make(root, "2026-11", datetime(2026, 12, 1, 2, 5, tzinfo=ZONE))
    again = make(root, now=datetime(2027, 3, 1, 9, 0, tzinfo=ZONE), again=True, output=root.parent / "again.xlsx")
    assert again.read_bytes() == first


def test_the_same_month_asked_for_twice_leaves_one_record(root):
    a = make(root).read_bytes()
    b = make(root, now=NOVEMBER + timedelta(days=2)).read_bytes()
    assert a == b
    assert len(Journal(root).entries(KIND)) == 1


def test_a_month_that_is_not_over_is_made_and_not_recorded(root):
    path = make(root, "2026-10", datetime(2026, 10, 20, 9, 0, tzinfo=ZONE))
    assert not Journal(root).entries(KIND)
    assert any("本月未过完" in str(v) for row in cells(path, "封面") for v in row)


def test_again_without_a_record_is_refused_and_so_is_a_month_to_come(root):
    with pytest.raises(Unusable, match="没有 2026-10 的记录"):
        make(root, again=True)
    with pytest.raises(Unusable, match="还没有到"):
        make(root, "2027-01")
    with pytest.raises(Unusable, match="写法不对"):
        make(root, "2026-13")


def test_the_figures_of_the_next_month_begin_where_the_last_ended(root):
    make(root)
    make(root, "2026-11", datetime(2026, 12, 1, 2, 5, tzinfo=ZONE))
    first, second = Journal(root).entries(KIND)
    assert second.data["counts"]["opening"] == first.data["counts"]["closing"]
    assert balanced(first.data["counts"]) and balanced(second.data["counts"])


def test_a_month_without_a_record_is_a_gap_and_not_zero(root):
    make(root, "2026-08", datetime(2026, 9, 1, 2, 5, tzinfo=ZONE))
    path = make(root)
    rows = {row[0]: row[1:] for row in cells(path, "逐月数据") if row[0] and re.fullmatch(r"\d{4}-\d\d", str(row[0]))}
    assert len(rows) == 12
    assert all(v is None for v in rows["2026-09"])
    assert rows["2026-08"][0] is not None and rows["2026-10"][0] is not None
    assert any("上月无记录" in str(v) for row in cells(path, "封面") for v in row)


def test_fixed_problems_are_told_against_the_last_month(root):
    make(root, "2026-09", datetime(2026, 10, 1, 2, 5, tzinfo=ZONE))
    tables = deadline_registers.tables()
    tables["借阅"] = []
    for n in (0, 1):
        tables["档案"][n]["档案状态"] = "在库"
    for book in root.glob("*.xlsx"):
        book.unlink()
    mended = registers.workspace(root.parent / "neu", tables)
    for book in mended.glob("*.xlsx"):
        book.rename(root / book.name)
    path = make(root)
    states = [row[0] for row in cells(path, "问题")]
    assert "已解决" in states
    assert Journal(root).entries(KIND)[-1].data["counts"]["fixed"] == states.count("已解决")


def test_the_archive_shows_every_month_and_its_seal(root):
    make(root, "2026-09", datetime(2026, 10, 1, 2, 5, tzinfo=ZONE))
    make(root)
    entries = Journal(root).entries(KIND)
    rows = [row for row in cells(root / "检查结果" / report.ARCHIVE, "档案管理档案") if row[0] in ("2026-09", "2026-10")]
    assert [row[0] for row in rows] == ["2026-09", "2026-10"]
    assert [row[-2] for row in rows] == [e.fingerprint[:12] for e in entries]
    assert all("平" in row for row in rows)


def test_no_formula_stands_in_the_workbook_and_every_chart_has_words(root):
    parts = package(make(root))
    assert not any("<f>" in text for name, text in parts.items() if name.startswith("xl/worksheets/"))
    drawings = "".join(text for name, text in parts.items() if name.startswith("xl/drawings/drawing"))
    assert drawings.count("<xdr:cNvPr") == len(re.findall(r'<xdr:cNvPr [^>]*descr="[^"]{8,}"', drawings)) > 0
    assert all("<c:numCache>" in t for n, t in parts.items() if n.startswith("xl/charts/chart")), "charts carry their numbers"
    assert "x14:sparkline" in parts["xl/worksheets/sheet1.xml"]


def test_every_sheet_prints_on_a4_with_its_header_and_page_numbers(root):
    parts = package(make(root))
    sheets = {n: t for n, t in parts.items() if n.startswith("xl/worksheets/sheet")}
    for name, text in sheets.items():
        assert 'paperSize="9"' in text, name
        assert "第 &amp;P 页" in text, name
    titles = parts["xl/workbook.xml"].count("_xlnm.Print_Titles")
    assert titles >= len(sheets) - 2  # all but the cover and the statistics


PHONES, IDS = [f"1390000{n:04d}" for n in range(9)], [f"E1234{n:04d}" for n in range(9)]


@pytest.mark.parametrize("profile", ["internal", "mail"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_name_number_or_phone_of_an_owner_is_in_the_package(root, profile, lang):
    path = make(root, profile=profile, lang=lang)
    text = "".join(package(path).values())
    owners = [r["姓名"] for r in deadline_registers.tables()["业主"]]
    for told in (*PHONES, *IDS, *owners, "赵乙", "钱外", "钱一"):
        assert told not in text, told
    assert personal_data(path.read_bytes()) == []


def test_houses_and_file_numbers_are_hidden_from_mail_only(root):
    inside = "".join(package(make(root)).values())
    outside = "".join(package(make(root, profile="mail")).values())
    for told in ("1-1-301", "YG-1-1-301-01"):
        assert told in inside
        assert told not in outside
    assert "1-1-***" in outside


def test_a_number_typed_into_any_column_does_not_leave(root):
    tables = deadline_registers.tables()
    tables["借阅"][0]["借阅单号"] = "13900001234"
    tables["位置"][0]["档案室"] = "110105194912310021"
    tables["制度"][0]["值"] = "V1 电话13900001235"
    for book in root.glob("*.xlsx"):
        book.unlink()
    for book in registers.workspace(root.parent / "neu", tables).glob("*.xlsx"):
        book.rename(root / book.name)
    try:
        text = "".join(package(make(root)).values())
    except report.Leak as leak:  # closed rather than leaking
        assert leak.places and "13900001235" not in str(leak)
        assert not list((root / "检查结果").glob("*.xlsx"))
        return
    for told in ("13900001234", "110105194912310021", "13900001235"):
        assert told not in text


def test_a_leak_is_refused_and_nothing_is_written_or_recorded(root, monkeypatch):
    tables = deadline_registers.tables()
    for book in root.glob("*.xlsx"):
        book.unlink()
    for book in registers.workspace(root.parent / "neu", tables).glob("*.xlsx"):
        book.rename(root / "13900001234的登记簿.xlsx" if "登记" in book.name else root / book.name)
    with pytest.raises(report.Leak) as raised:
        make(root)
    assert "13900001234" not in str(raised.value) and raised.value.places
    assert not Journal(root).entries(KIND)
    assert not list((root / "检查结果").glob("月度*"))


def test_text_that_begins_like_a_formula_is_text(root):
    tables = deadline_registers.tables()
    tables["审核"] += [
        {
            "审核单号": "SH900",
            "档号": "YG-1-1-301-01",
            "审核日期": date(2026, 10, 20),
            "审核人": "G002",
            "审核类型": "抽查",
            "审核结果": "不合格",
            "问题描述": "=HYPERLINK(1)",
            "整改期限": date(2026, 10, 25),
        }
    ]
    for book in root.glob("*.xlsx"):
        book.unlink()
    for book in registers.workspace(root.parent / "neu", tables).glob("*.xlsx"):
        book.rename(root / book.name)
    path = make(root)
    found = [c for sheet in opened(path) for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and c.value[:1] in "=+-@"]
    assert all(c.data_type == "s" for c in found)


def test_an_encrypted_workbook_opens_with_its_password_as_it_was(root):
    import msoffcrypto

    plain = make(root, output=root.parent / "plain.xlsx").read_bytes()
    sealed = make(root, encrypt="correct horse 1", output=root.parent / "sealed.xlsx")
    with sealed.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        assert office.is_encrypted()
        office.load_key(password="correct horse 1")
        out = io.BytesIO()
        office.decrypt(out)
    assert out.getvalue() == plain
    with pytest.raises(Unusable, match="12"):
        make(root, encrypt="short")


def test_the_run_log_is_taken_as_it_is_given(root):
    from ownerbook.storage.ledger import Run

    ran = Run("nightly", "2026-10-05", "ok", 1, "", NOVEMBER, NOVEMBER)
    failed = Run("nightly", "2026-10-06", "failed", 2, "", NOVEMBER, NOVEMBER, "磁盘满")
    path = make(root, runs=[ran, failed])
    log = {row[0]: row for row in cells(path, "运行记录") if row[0] and str(row[0]).startswith("2026-10-")}
    assert len(log) == 31
    assert (log["2026-10-05"][2], log["2026-10-06"][2], log["2026-10-06"][4], log["2026-10-07"][2]) == ("完成", "失败", "磁盘满", "无记录")


def test_without_a_run_log_the_sheet_says_so(root):
    assert any("没有取得运行记录" in str(v) for row in cells(make(root), "运行记录") for v in row)


def test_of_two_records_of_a_month_the_first_stands(root):
    first = make(root).read_bytes()
    journal = Journal(root)
    entry = journal.entries(KIND)[0]
    journal.append(KIND, dict(entry.data) | {"counts": {}}, at=NOVEMBER, detail={})
    assert make(root).read_bytes() == first
    rows = [row for row in cells(root / "检查结果" / report.ARCHIVE, "档案管理档案") if row[0] == "2026-10"]
    assert len(rows) == 1


def test_a_register_of_one_sheet_has_its_report(tmp_path):
    import shutil

    root = tmp_path / "一张表"
    root.mkdir()
    (root / "ownerbook.toml").touch()
    book = openpyxl.load_workbook(Path(__file__).parents[2] / "sheets" / "干净小区" / "业主档案登记簿.xlsx")
    for name in book.sheetnames:
        if name != "房屋":
            del book[name]
    book.save(root / "房屋.xlsx")
    path = make(root)
    assert any("没有「借阅」或「档案」表" in str(v) for row in cells(path, "借阅") for v in row)
    shutil.rmtree(root / ".ownerbook" / "versions")
    make(root, again=True)  # the workbook itself is still what it was
    shutil.rmtree(root / ".ownerbook" / "versions", ignore_errors=True)
    book["房屋"]["A2"] = "9-9-909"
    book.save(root / "房屋.xlsx")
    with pytest.raises(Unusable):
        make(root, again=True)


def test_an_edit_by_hand_without_paper_is_among_the_changes(root):
    from ownerbook.jobs.noting import note

    october = datetime(2026, 10, 20, 2, 5, tzinfo=ZONE)
    note(open_workspace([], root), october.date(), at=october)
    tables = deadline_registers.tables()
    tables["业主"][2]["联系电话"] = "13900008888"
    for book in root.glob("*.xlsx"):
        book.unlink()
    for book in registers.workspace(root.parent / "neu", tables).glob("*.xlsx"):
        book.rename(root / book.name)
    note(open_workspace([], root), october.date(), at=october + timedelta(days=1))
    path = make(root)
    by_hand = [row for row in cells(path, "本月变更") if row[0] == "直接改动"]
    assert len(by_hand) == 1
    assert {"业主", "Y003", "联系电话", "无"} <= {str(v) for v in by_hand[0]}
    assert "13900008888" not in "".join(package(path).values())
