"""Plans are kept whole: what comes back is what was kept, and a damaged one is told."""

from __future__ import annotations

import json
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ownerbook.reconcile.change import NOTHING, Change, Origin, Plan, Said
from ownerbook.schema.words import Text
from ownerbook.storage.journal import Journal
from ownerbook.storage.plans import ENTRY, Kept, PlanDamaged, fingerprint, folder, load, open_plans, save

AT = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
FORM = Origin("form", "变更.xlsx", "变更!C5", "赵*", date(2026, 10, 30), "ab" * 32)
CELL = Change("cell", "owners", "YZ1", "phone", Said("1", "1"), Said("1", "1"), Said("2", "2"), FORM, "safe", Text("改电话", "a phone"), "1-1-101", 7)
NEW = Change(
    "new", "owners", "YZ2", "", None, None, NOTHING, FORM, "question", Text("新", "new"), values={"owned_from": Said("2026-10-01", date(2026, 10, 1))}
)
UNSURE = Change("unsure", "owners", "", "", None, None, Said("x", None), FORM, "question", Text("谁", "who"), candidates=("YZ1", "YZ3"))


def plan() -> Plan:
    return Plan({"业主.xlsx": "cd" * 32}, [CELL, NEW, UNSURE], [FORM], 3, [Text("注", "note")])


def test_a_plan_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    save(tmp_path, Kept(plan(), "open", "2026-10-31T09:00:00+08:00", {"变更.xlsx": "ab" * 32}, {CELL.id: "保留"}))
    found = load(tmp_path, plan().id)
    assert found is not None and found.plan == plan() and found.plan.id == plan().id
    assert found.settled == {CELL.id: "保留"} and found.files == {"变更.xlsx": "ab" * 32}
    assert [c.id for c in found.plan.changes] == [CELL.id, NEW.id, UNSURE.id]


def test_only_open_plans_are_open(tmp_path: Path) -> None:
    save(tmp_path, Kept(plan(), "applied"))
    assert open_plans(tmp_path) == ([], [])
    save(tmp_path, Kept(plan(), "open"))
    assert open_plans(tmp_path) == ([], [plan().id])  # the journal knows nothing of it
    Journal(tmp_path).append(ENTRY, {"plan": plan().id, "print": fingerprint(Kept(plan()))}, at=AT)
    assert [k.plan.id for k in open_plans(tmp_path)[0]] == [plan().id]


def test_a_plan_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    save(tmp_path, Kept(plan()))
    for path in (folder(tmp_path), *folder(tmp_path).iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_a_plan_that_was_changed_or_torn_is_told_and_an_unknown_one_is_none(tmp_path: Path) -> None:
    save(tmp_path, Kept(plan()))
    path = folder(tmp_path) / f"{plan().id}.json"
    body = json.loads(path.read_bytes())
    body["plan"]["changes"][0]["theirs"]["text"] = "3"
    path.write_text(json.dumps(body), "utf-8")
    with pytest.raises(PlanDamaged):
        load(tmp_path, plan().id)
    path.write_bytes(b"{")
    with pytest.raises(PlanDamaged, match=plan().id):
        load(tmp_path, plan().id)
    assert load(tmp_path, "0" * 16) is None and load(tmp_path, "../../x") is None
