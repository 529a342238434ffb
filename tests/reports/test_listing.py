"""Reports of deadlines: narrowed, as text, as data, as a workbook, as a calendar."""

from datetime import date

import openpyxl
import pytest

from ownerbook.reports.ics import Event, calendar_file
from ownerbook.reports.listing import Field, Figure, Line, Listing, Report, as_data
from ownerbook.reports.listing_book import write_report
from ownerbook.reports.listing_text import report_text
from ownerbook.reports.today import shares
from ownerbook.schema.words import Personal, Text

DAY = date(2026, 10, 31)
# openpyxl cannot read data bars of Excel 2010, which these workbooks have
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def report() -> Report:
    fields = (Field("file_no", Text("档号", "File")), Field("who", Text("借阅人", "Borrower")), Field("due_on", Text("应还日期", "Due"), "day"), Field("days", Text("天数", "Days"), "count"))
    lines = [
        Line(("A1", Personal("王芳", "name"), date(2026, 10, 1), 30), "late", "3栋", "3-1-101", ("G001 钱一",), "a.xlsx"),
        Line(("A2", Personal("=李雷", "name"), None, None), "", "12栋", "12-1-101", (), "b.xlsx"),
    ]
    figures = [Figure("all", Text("全部", "all"), "loans"), Figure("late", Text("逾期", "late"), "loans", "late", bad=True), Figure("rate", Text("率", "rate"), value="—")]
    return Report("loans", Text("借阅", "Loans"), DAY, "试验", "V1", figures, [Listing("loans", Text("在借", "Out"), fields, lines), Listing("none", Text("无", "None"), fields)], [Text("注意", "note")])


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({}, ["A1", "A2"]),
        ({"building": "3"}, ["A1"]),
        ({"building": "12号楼"}, ["A2"]),
        ({"house": "3-1-101"}, ["A1"]),
        ({"person": "钱一"}, ["A1"]),
        ({"person": "G001"}, ["A1"]),
        ({"person": "G00"}, []),
        ({"person": "G001 钱一"}, ["A1"]),
        ({"tones": ("late",)}, ["A1"]),
        ({"workbooks": {"b.xlsx"}}, ["A2"]),
    ],
)
def test_a_report_is_narrowed_by_what_people_ask_for(wanted, left):
    assert [line.cells[0] for line in report().narrowed(**wanted)["loans"].lines] == left


def test_figures_count_what_is_left():
    few = report().narrowed(building="12")
    assert [few.value(f) for f in few.figures] == [1, 0, "—"]


def test_names_are_masked_in_text_and_data_unless_asked_for():
    assert "王芳" not in report_text(report(), lang="zh", masked=True)
    assert "王芳" in report_text(report(), lang="zh", masked=False)
    assert as_data(report(), lang="zh", masked=True)["lists"]["loans"][0] == {"file_no": "A1", "who": "王*", "due_on": "2026-10-01", "days": 30, "tone": "late"}


def test_the_text_says_how_many_lines_it_leaves_out_and_what_is_empty():
    text = report_text(report(), lang="zh", masked=True, limit=1)
    assert "另有 1 行" in text and text.endswith("没有：无")
    assert "1 more lines" in report_text(report(), lang="en", masked=True, limit=1)


def test_the_workbook_is_ours_masked_and_without_formulas(tmp_path):
    path = write_report(tmp_path / "借阅.xlsx", report())
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["概览", "在借", "无"]
    page = book["在借"]
    assert [c.value for c in page[4]][:4] == ["序号", "档号", "借阅人", "应还日期"]
    assert page["C5"].value == "王*" and page["D5"].value.date() == date(2026, 10, 1)
    assert page["C6"].data_type == "s" and page.print_title_rows == "$4:$4"
    assert {p.name: p.value for p in book.custom_doc_props.props}["ownerbook.kind"] == "loans"


def test_the_same_report_gives_the_same_bytes(tmp_path):
    assert write_report(tmp_path / "a.xlsx", report()).read_bytes() == write_report(tmp_path / "b.xlsx", report()).read_bytes()


def test_a_calendar_folds_at_75_octets_and_escapes():
    data = calendar_file([Event("k", DAY, "催还,逾期;" + "长" * 60, "第一行\n第二行")], name="试验", as_of=DAY)
    lines = data.decode().split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = data.decode().replace("\r\n ", "")
    assert "SUMMARY:催还\\,逾期\\;" + "长" * 60 in unfolded and "DESCRIPTION:第一行\\n第二行" in unfolded
    assert "DTSTART;VALUE=DATE:20261031" in unfolded and "DTEND;VALUE=DATE:20261101" in unfolded


def test_an_event_stays_the_same_event_and_tells_nobody_its_key():
    one, other = (calendar_file([Event("JY001", d, "x")], name="", as_of=d).decode() for d in (DAY, date(2026, 11, 1)))
    ids = [line for text in (one, other) for line in text.split("\r\n") if line.startswith("UID:")]
    assert ids[0] == ids[1] and "JY001" not in one


@pytest.mark.parametrize(("sizes", "expected"), [([100, 1, 5], [26, 1, 5]), ([2, 2], [2, 2]), ([], [])])
def test_a_page_gives_everybody_something_and_then_in_turn(sizes, expected):
    assert shares(sizes, 38) == expected


def test_no_two_events_are_one():
    data = calendar_file([Event("JY001", DAY, "x"), Event("JY001", DAY, "y")], name="", as_of=DAY).decode()
    assert len({line for line in data.splitlines() if line.startswith("UID:")}) == 2
