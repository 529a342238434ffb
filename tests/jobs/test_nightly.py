"""A night: what it writes, that it may be run again, what it leaves alone, and what it does where something fails."""

import json
import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import deadline_registers  # noqa: E402
import registers  # noqa: E402

from ownerbook.jobs import nightly  # noqa: E402
from ownerbook.jobs.night import Step, StepResult, open_names  # noqa: E402
from ownerbook.jobs.nightly import STEPS, Stopped, WorkspaceGone, run_night  # noqa: E402
from ownerbook.jobs.workspace import open_workspace  # noqa: E402
from ownerbook.schema.words import Text  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402

NOW = datetime(2026, 10, 31, 2, 3, tzinfo=timezone(timedelta(hours=8)))
DAILY = {"问题清单_2026-10-31.xlsx", "今日待办_2026-10-31.xlsx"}


class Memory(dict):
    """What lasts from night to night."""

    def recall(self, name):
        return self.get(name, "")

    def remember(self, name, value):
        self[name] = value


@pytest.fixture
def space(tmp_path):
    tables = registers.sheets()
    tables["业主"][0]["联系电话"] = "1390000999"
    return registers.workspace(tmp_path / "小区", tables)


@pytest.fixture
def memory():
    return Memory()


def run(space, memory, now=NOW, **more):
    return run_night(space, now.date().isoformat(), now, space.parent / "scratch", recall=memory.recall, remember=memory.remember, **more)


def reports(space):
    return {p.name for p in (space / "检查结果").iterdir()}


def test_a_night_writes_the_problem_workbook_the_page_of_the_day_and_the_journal(space, memory):
    outcome = run(space, memory)
    assert outcome.state == "ok" and reports(space) == DAILY
    assert {k: r.state for k, r in outcome.results.items()} == {s.key: "ok" for s in STEPS}
    (entry,) = Journal(space).entries("night")
    assert entry.data["period"] == "2026-10-31" and entry.data["state"] == "ok" and entry.data["figures"]["error"] == 1
    assert {Path(f).name for f in entry.data["files"]} == DAILY


def test_what_is_due_is_counted(tmp_path, memory):
    outcome = run(deadline_registers.space(tmp_path / "小区"), memory)
    figures = outcome.data["figures"]
    assert figures["late"] >= 2 and figures["late:loan-late"] == 2


def test_a_night_that_is_run_again_writes_the_same_files(space, memory):
    run(space, memory)
    outcome = run(space, memory)
    assert outcome.state == "ok" and reports(space) == DAILY


def test_copies_do_not_outlive_the_night_nor_a_night_that_was_killed(space, memory):
    left = space.parent / "scratch" / "dead" / "workbooks"
    left.mkdir(parents=True)
    (left / "000.xlsx").write_bytes(b"x")
    run(space, memory)
    assert list((space.parent / "scratch").iterdir()) == []


def test_a_daily_workbook_that_somebody_wrote_into_is_not_overwritten(space, memory):
    run(space, memory)
    path = space / "检查结果" / "问题清单_2026-10-31.xlsx"
    path.write_bytes(path.read_bytes() + b"answer")
    run(space, memory)
    assert path.read_bytes().endswith(b"answer") and "问题清单_2026-10-31(2).xlsx" in reports(space)
    run(space, memory)
    assert "问题清单_2026-10-31(3).xlsx" not in reports(space)


def test_old_daily_workbooks_go_but_those_that_somebody_changed_and_what_is_not_ours_stay(space, memory):
    run(space, memory)
    old = space / "检查结果" / "今日待办_2026-10-31.xlsx"
    old.write_bytes(old.read_bytes() + b"note")
    (space / "检查结果" / "问题清单_2020-01-01.xlsx").write_bytes(b"of somebody")
    (space / "检查结果" / "自己的表.xlsx").write_bytes(b"of somebody")
    outcome = run(space, memory, NOW + timedelta(days=89))
    assert reports(space) >= DAILY
    outcome = run(space, memory, NOW + timedelta(days=91))
    assert "问题清单_2026-10-31.xlsx" not in reports(space)
    assert {"今日待办_2026-10-31.xlsx", "问题清单_2020-01-01.xlsx", "自己的表.xlsx"} <= reports(space)
    assert (outcome.data["figures"]["aged"], outcome.data["figures"]["aged_kept"]) == (1, 2)


def test_a_step_that_fails_does_not_stop_the_others_and_the_night_has_failed(space, memory):
    def bad(_night):
        raise RuntimeError("张三 13900000001")

    steps = [*STEPS[:2], Step("odd", Text("怪事", "odd"), bad), *STEPS[2:], Step("late", Text("后事", "late"), bad, after=("odd",))]
    outcome = run(space, memory, steps=steps)
    assert outcome.state == "failed" and reports(space) == DAILY
    assert outcome.results["late"].state == "skipped"
    told = json.dumps(outcome.data, ensure_ascii=False) + outcome.error.zh
    assert "张三" not in told and "13900000001" not in told and "RuntimeError" in told
    assert Journal(space).entries("night")[-1].data["state"] == "failed"


def test_without_a_check_what_rests_on_it_is_skipped(space, memory):
    def bad(_night):
        raise MemoryError

    outcome = run(space, memory, steps=[Step(s.key, s.title, bad) if s.key == "check" else s for s in STEPS])
    assert [k for k, r in outcome.results.items() if r.state != "ok"] == ["check", "due", "problems", "today", "scans"]
    assert {outcome.results[k].state for k in ("due", "problems", "today")} == {"skipped"}


def test_an_open_workbook_is_read_as_it_lies_there_and_told(space, memory):
    (space / ".~lock.登记簿.xlsx#").write_text(",李工,PC-3,24.11.2026 09:00,file:///;", "utf-8")
    outcome = run(space, memory)
    assert outcome.state == "ok" and outcome.data["figures"]["open"] == 1
    assert "1 个正在编辑" in outcome.results["copies"].said.zh
    assert "李工" not in json.dumps(outcome.data, ensure_ascii=False)


@pytest.mark.parametrize("owner", ["~$登记簿.xlsx", ".~lock.登记簿.xlsx#", ".~登记簿.xlsx", "~$簿.xlsx"])
def test_an_owner_file_names_its_workbook(space, owner):
    (space / owner).write_text("x", "utf-8")
    assert open_names(open_workspace([space], space)) == {"登记簿.xlsx"}


def test_a_workbook_that_is_being_saved_makes_the_night_fail_and_try_again(space, memory):
    path = space / "登记簿.xlsx"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    os.utime(path, (1, 1))
    (space / "~$登记簿.xlsx").write_bytes(b"\x01W")
    outcome = run(space, memory)
    assert outcome.state == "failed" and "可能正在保存" in outcome.error.zh and "登记簿" not in outcome.error.zh
    path.write_bytes(whole)
    assert run(space, memory).state == "ok"


def test_a_workbook_that_is_damaged_for_good_is_a_problem_of_the_register_and_no_failure(space, memory):
    (space / "旧.xlsx").write_bytes((space / "登记簿.xlsx").read_bytes()[:-40])
    os.utime(space / "旧.xlsx", (1, 1))
    outcome = run(space, memory)
    assert outcome.state == "ok" and outcome.data["figures"]["unreadable"] == 1


def test_a_share_that_is_gone_is_told_as_such(tmp_path, memory):
    with pytest.raises(WorkspaceGone):
        run(tmp_path / "没有", memory)


def test_asked_to_stop_it_stops_between_two_steps_and_leaves_no_entry(space, memory):
    asked = iter([False, False, True])
    with pytest.raises(Stopped):
        run(space, memory, stop=lambda: next(asked))
    assert Journal(space).entries("night") == [] and list((space.parent / "scratch").iterdir()) == []


def test_a_step_may_write_and_have_the_copies_taken_again(space, memory):
    def repair(n):
        registers.write(space, registers.sheets())
        n.take_copies()
        return StepResult("ok", Text("改好", "repaired"))

    outcome = run(space, memory, steps=[STEPS[0], Step("repair", Text("改", "repair"), repair), *STEPS[1:]])
    assert outcome.data["figures"]["error"] == 0


def test_the_steps_have_keys_of_their_own_and_rest_on_earlier_ones():
    keys = [s.key for s in nightly.STEPS]
    assert len(set(keys)) == len(keys)
    assert all(set(s.after) <= set(keys[:n]) for n, s in enumerate(nightly.STEPS))
