"""A check told as text and as data, rules explained, and the pages of the manual."""

import json
from datetime import date
from pathlib import Path

import pytest

from ownerbook.reports.explain import explain_text, rules_text
from ownerbook.reports.json_report import json_report, json_text
from ownerbook.reports.pages import REGISTER_PAGES, pages
from ownerbook.reports.pages_rules import rule_pages
from ownerbook.reports.terminal import printable, wants_colour
from ownerbook.reports.text import check_text
from ownerbook.reports.widths import terminal_cells
from ownerbook.rules.book import cards
from ownerbook.rules.judge import judge
from ownerbook.rules.pictures import draw
from ownerbook.schema.finding import Finding, Place
from ownerbook.schema.words import Personal, Text

DAY = date(2026, 10, 31)
DOCS = Path(__file__).parents[2] / "docs"


def finding(row: int, *, severity="error", sheet="业主", workbook="登记簿.xlsx", state="new", record="Y1", suggestion=None, found="x"):
    place = Place(workbook, sheet, row, 8)
    message, advice = Text("电话 {found} 不对", "phone {found} is wrong"), Text("核实。", "Check.")
    return Finding(
        "E01", severity, place, record, "联系电话", message, advice, {"found": Personal(found, "phone")}, suggestion, state, table="owners"
    )


def test_text_is_grouped_by_workbook_and_sheet_and_sorted_by_place():
    told = [finding(12), finding(3), finding(5, sheet="房屋", workbook="3号楼.xlsx"), finding(4, sheet="借阅")]
    text = check_text(told, as_of=DAY, workbooks=["a", "b"])
    marks = ["3号楼.xlsx", "房屋", "H5", "登记簿.xlsx", "业主", "H3", "H12", "借阅", "H4"]
    at = [text.index(m) for m in marks]
    assert at == sorted(at)
    assert "\x1b" not in text


def test_the_summary_counts_gravities_new_waived_and_fixed():
    told = [finding(1), finding(2, state="open"), finding(3, severity="warning"), finding(4, state="waived")]
    last = check_text(told, as_of=DAY, workbooks=["a"], fixed=2).splitlines()[-2]
    assert last == "检查日 2026-10-31，读取 1 个工作簿：3 个问题：错误 2（新 1）、警告 1（新 1）；已豁免 1；自上次检查已解决 2"
    assert "没有发现问题" in check_text([], as_of=DAY, workbooks=["a"])
    assert "no problem was found" in check_text([], as_of=DAY, workbooks=["a"], lang="en")


def test_personal_values_are_masked_in_text_suggestions_too():
    told = [finding(1, found="13800001234", suggestion="13900005678")]
    masked, full = (check_text(told, as_of=DAY, workbooks=["a"], masked=m) for m in (True, False))
    assert "13800001234" not in masked and "13900005678" not in masked and "138****1234" in masked
    assert "13800001234" in full and "13900005678" in full


def test_a_cell_cannot_steer_the_terminal():
    assert printable("甲\x1b[31m\n乙") == "甲�[31m 乙"
    assert "\x1b" not in check_text([finding(1, record="Y\x1b[2J1")], as_of=DAY, workbooks=["a"])


def test_a_limit_says_how_many_are_left_out():
    text = check_text([finding(n) for n in range(1, 8)], as_of=DAY, workbooks=["a"], limit=5)
    assert "另有 2 个问题" in text and "H6" not in text


def test_colour_is_for_terminals_that_want_it():
    assert wants_colour(True, {"TERM": "xterm"})
    assert not wants_colour(False, {"TERM": "xterm"})
    assert not wants_colour(True, {"NO_COLOR": "1"})
    assert not wants_colour(True, {"TERM": "dumb"})
    assert "\x1b[" in check_text([finding(1)], as_of=DAY, workbooks=["a"], colour=True)


def test_data_has_the_fields_of_the_contract_and_full_suggestions():
    told = [finding(9, suggestion="13900005678"), finding(2, state="waived", severity="notice")]
    report = json_report(told, as_of=DAY, workbooks=["登记簿.xlsx"], fixed=3)
    assert json.loads(json.dumps(report)) == report
    assert (report["as_of"], report["workbooks"]) == ("2026-10-31", ["登记簿.xlsx"])
    assert report["counts"] == {"error": 1, "warning": 0, "notice": 0, "waived": 1, "fixed": 3}
    first, second = report["problems"]
    assert list(first) == ["code", "severity", "workbook", "sheet", "cell", "row", "record", "header", "message", "advice", "suggestion", "state"]
    assert (first["row"], second["row"], second["cell"], second["suggestion"]) == (2, 9, "H9", "13900005678")


def test_a_file_as_a_whole_has_nulls_for_its_place():
    whole = Finding("A11", "error", Place("坏.xlsx"), None, None, Text("读不了", "unreadable"), Text("x", "x"))
    (told,) = json_report([whole], as_of=DAY, workbooks=[])["problems"]
    assert [told[k] for k in ("sheet", "cell", "row", "record", "header", "suggestion")] == [None] * 6
    assert "坏.xlsx" in check_text([whole], as_of=DAY, workbooks=["坏.xlsx"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_is_explained_with_aligned_pictures(lang):
    for card in cards():
        text = explain_text(card, lang=lang)
        assert text.startswith(card.code) and card.title.say(lang) in text and "{" not in text
        table = []
        for line in [*text.splitlines(), ""]:
            if "─┼─" in line or " │" in line:
                table.append([terminal_cells(part) for part in line.replace("┼", "│").split("│")[:-1]])
            elif table:
                assert all(row == table[0] for row in table), f"{card.code}: {line}"
                table = []


def test_an_explanation_says_the_message_of_its_own_picture():
    card = next(c for c in cards() if c.code == "K07")
    picture = draw(card.pictures[0][0])
    assert judge(picture.register(), [card])[0].say(masked=False) in explain_text(card)


def test_the_list_names_every_rule_under_its_category():
    text = rules_text(cards())
    assert all(f"  {c.code} " in text for c in cards())
    assert "K  借阅" in text


def test_every_rule_has_its_entry_and_every_link_an_anchor():
    made = rule_pages()
    index = made["rules/README.md"]
    for card in cards():
        page = made[f"rules/{card.code[0]}.md"]
        assert f"## {card.code} {card.title.zh}" in page
        assert f"({card.code[0]}.md#{card.code.lower()})" in index and f'<a id="{card.code.lower()}">' in page


@pytest.mark.parametrize("name", REGISTER_PAGES)
def test_pages_of_the_register_are_those_that_are_generated(name):
    assert (DOCS / name).read_text("utf-8") == REGISTER_PAGES[name](), f"docs/{name} is stale: run make docs"


def test_pages_of_the_rules_are_those_that_are_generated():
    made = {n: t for n, t in pages().items() if n.startswith("rules/")}
    kept = {f"rules/{p.name}": p.read_text("utf-8") for p in (DOCS / "rules").glob("*.md")}
    stale = sorted(n for n in made.keys() | kept.keys() if made.get(n) != kept.get(n))
    assert not stale, f"{', '.join(stale)}: stale, run make docs"


def test_the_text_of_a_report_is_that_of_the_standard_library():
    whole = json_report([finding(1), finding(7)], as_of=DAY, workbooks=['登记"簿.xlsx', "另\n一本.xlsx"], fixed=3)
    for report in (whole, whole | {"problems": []}, whole | {"problems": whole["problems"][:1], "workbooks": []}):
        assert json_text(report) == json.dumps(report, ensure_ascii=False, indent=1) + "\n"
