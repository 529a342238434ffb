"""The sample's problem workbook answered line by line: the next check shows exactly what was answered."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from ownerbook.cli.check import write_workbook
from ownerbook.jobs.applying import apply, find
from ownerbook.jobs.check import check
from ownerbook.jobs.rounds import Went, go
from ownerbook.jobs.workspace import Workspace, open_workspace
from ownerbook.reconcile.change import Choice
from ownerbook.storage.proving import examine
from ownerbook.workbook.filled_form import read_form

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
SAMPLE = Path(__file__).parents[2] / "sheets" / "示例小区"
DAY = date(2026, 10, 31)
NOW = datetime(2026, 10, 31, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
APPROVER = "G006"
WAIVED = 5


def hand_in(space: Workspace, path: Path, day: date = DAY) -> Went:
    (space.root / "收件箱").mkdir(exist_ok=True)
    shutil.copy(path, space.root / "收件箱")
    return go(open_workspace([], space.root), day, at=NOW + (day - DAY), by=APPROVER)


def listed(space: Workspace, path: Path, day: date = DAY) -> Path:
    now = open_workspace([], space.root)
    return write_workbook(now, check(now, day), path, lang="zh", masked=True)


def test_the_next_check_shows_exactly_what_was_answered(tmp_path: Path) -> None:
    space = open_workspace([], Path(shutil.copytree(SAMPLE, tmp_path / "示例小区")))
    path = listed(space, tmp_path / "清单.xlsx")
    untouched = hand_in(space, path)
    assert not [n for i in untouched.found.inbox.files for n in i.lines]
    book = openpyxl.load_workbook(path)
    given: dict[str, str] = {}  # id of a problem: the answer
    for row in book["问题清单"].iter_rows(min_row=5):
        if row[9].value == "已豁免":
            continue
        at_record = row[4].value and row[2].value[:3] not in ("A02", "A06")
        few = sum(a == "豁免" for a in given.values()) < WAIVED
        answer = "采纳建议" if row[8].value else "豁免" if at_record and few else "待核实"
        row[10].value, row[11].value = answer, None if answer == "采纳建议" else "另行说明，至2027-06-30"
        given[str(row[12].value)] = answer
    book["问题清单"]["L2"] = "G003"
    book.save(path)
    went = hand_in(space, path)
    lines = [n for i in went.found.inbox.files for n in i.lines]
    assert {n.id for n in lines} == set(given)
    refused = {n.id for n in lines if n.outcome == "refused"}
    assert {given[i] for i in refused} <= {"采纳建议"}, "only suggestions for headers cannot be taken"
    plan = find(space, went.found.plan.id)
    waivers = [c for c in plan.plan.changes if c.sheet == "waivers"]
    assert len(waivers) == WAIVED
    apply(space, plan, {c.id: Choice("采用", who=APPROVER) for c in waivers}, DAY, at=NOW, by=APPROVER)
    later = DAY + timedelta(3)
    rows = read_form(listed(space, tmp_path / "三天后.xlsx", later)).sheets["问题清单"]
    states = {r.text("编号"): r.text("状态").partition("\n")[0] for r in rows}
    assert {i for i, s in states.items() if s == "待核实"} == {i for i, a in given.items() if a == "待核实"}
    assert {i for i, a in given.items() if a == "豁免"} <= {i for i, s in states.items() if s == "已豁免"}
    assert {i for i, a in given.items() if a == "采纳建议"} <= {i for i, s in states.items() if s == "未解决"}
    assert all("3天" in r.text("状态") for r in rows if states[r.text("编号")] == "待核实")
    assert examine(space.root).troubles == []
