"""Files go to other places: what has room, what leans on what, who has a file out, and what moves to put the cabinet right."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
from registers import DAY, sheets, workspace  # noqa: E402

from ownerbook.deadlines.columns import Whole  # noqa: E402
from ownerbook.deadlines.places import places, walking  # noqa: E402
from ownerbook.jobs.reading import read_register  # noqa: E402
from ownerbook.jobs.workspace import open_workspace  # noqa: E402
from ownerbook.procedures.moving import Move, move  # noqa: E402
from ownerbook.procedures.rebalancing import rebalance  # noqa: E402
from ownerbook.reconcile.change import Origin  # noqa: E402

ACT = Origin("act", "试办")
A, B, C, D = "A01-01-01-01", "A01-01-01-02", "A01-01-02-01", "A01-02-01-01"


def place(number: str, capacity: object) -> dict:
    room, cabinet, shelf, box = number.split("-")
    return {"位置编号": number, "档案室": room, "柜号": cabinet, "层": shelf, "盒号": box, "容量": capacity}


def register(tmp_path, at: list[str | None], capacities: dict[str, object], *, buildings: list[str] | None = None, lent: tuple[int, ...] = (), statuses: dict[int, str] | None = None):
    t = sheets(len(at))
    t["位置"] = [place(n, c) for n, c in capacities.items()]
    for n, where in enumerate(at):
        t["档案"][n]["存放位置"] = where
        if buildings:
            house = f"{buildings[n]}-1-{n + 1}01"
            t["房屋"][n] |= {"房号": house, "楼栋": buildings[n]}
            t["业主"][n]["房号"] = t["档案"][n]["房号"] = house
        if n in lent:
            t["档案"][n]["档案状态"] = "借出"
            t["借阅"].append({"借阅单号": f"JY{n:03d}", "档号": t["档案"][n]["档号"], "借阅人": "赵甲", "借阅人身份": "业主", "联系电话": "13900000001", "借阅事由": "核对", "申请日期": date(2026, 10, 1), "审核人": "G002", "审核结果": "同意", "审核日期": date(2026, 10, 1), "借出日期": date(2026, 10, 1), "经办人": "G001", "应还日期": date(2026, 11, 2)})  # fmt: skip
    for n, status in (statuses or {}).items():
        t["档案"][n]["档案状态"] = status
    space = open_workspace([workspace(tmp_path / "小区", t)], Path.cwd())
    return read_register(space, DAY).register


def no(n: int) -> str:
    return f"YG-1-1-{n + 1}01-01"


def test_places_stand_in_walking_order_with_what_they_hold_and_have_out(tmp_path):
    r = register(tmp_path, [A, A, C, None], {D: 5, C: 1, A: 3, B: 2}, lent=(1,), statuses={2: "已移交"})
    p = places(Whole(r))
    assert p.number == (A, B, C, D)
    assert p.held.tolist() == [2, 0, 0, 0] and p.out.tolist() == [1, 0, 0, 0] and p.free.tolist() == [1, 2, 1, 5]


def test_a_shelf_and_a_cabinet_are_named_by_the_beginning_of_their_numbers(tmp_path):
    p = places(Whole(register(tmp_path, [A], {A: 1, B: 1, C: 1, D: 1})))
    assert [p.number[n] for n in p.under("A01-01-01")] == [A, B] and [p.number[n] for n in p.under("a01-1")] == [A, B, C]
    assert p.under("A01-03") == [] and p.under("") == []
    assert walking("A01-02") < walking("A01-10")


def test_a_file_moves_and_keeps_everything_else(tmp_path):
    r = register(tmp_path, [A, A], {A: 5, B: 5})
    act = move(r, [Move(no(1), B)], ACT)
    (change,) = act.changes
    assert (change.sheet, change.record, change.field, change.theirs.text, change.verdict) == ("files", no(1), "location", B, "safe")
    assert change.house == "1-1-201" and not act.against and not change.bundle


def test_what_does_not_fit_is_left_out_with_its_reason_and_the_others_go(tmp_path):
    r = register(tmp_path, [A, A, A], {A: 5, B: 2})
    act = move(r, [Move(no(n), B, line=f"第 {n} 行") for n in range(3)], ACT)
    assert [c.record for c in act.changes] == [no(0), no(1)]
    assert len(act.against) == 1 and act.against[0].zh.startswith("第 2 行：") and "放不下" in act.against[0].zh


def test_two_files_change_places_together_or_not_at_all(tmp_path):
    r = register(tmp_path, [A, B], {A: 1, B: 1})
    act = move(r, [Move(no(0), B), Move(no(1), A)], ACT)
    assert len(act.changes) == 2 and len({c.bundle for c in act.changes}) == 1 and act.changes[0].bundle
    alone = move(r, [Move(no(0), B)], ACT)
    assert not alone.changes and "放不下" in alone.against[0].zh


def test_one_that_cannot_leave_keeps_its_place_from_another(tmp_path):
    r = register(tmp_path, [A, B, C], {A: 1, B: 1, C: 1})
    act = move(r, [Move(no(0), B), Move(no(1), C)], ACT)
    assert not act.changes and len(act.against) == 2


def test_along_a_shelf_the_first_place_with_room_is_taken(tmp_path):
    r = register(tmp_path, [D, D, D], {A: 1, B: 1, C: 9, D: 9})
    act = move(r, [Move(no(n), "A01-01") for n in range(3)], ACT)
    assert [c.theirs.text for c in act.changes] == [A, B, C]


def test_a_file_on_loan_moves_and_it_is_said_who_has_it(tmp_path):
    r = register(tmp_path, [A], {A: 1, B: 1}, lent=(0,))
    act = move(r, [Move(no(0), B)], ACT)
    assert len(act.changes) == 1 and "JY000" in act.notes[0].zh and B in act.notes[0].zh


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Move("YG-9", B), "没有 YG-9"),
        (Move(no(0), "Z9"), "没有 Z9"),
        (Move(no(1), B), "已移交"),
        (Move(no(0), B, was=C), "填表后变过"),
    ],
)
def test_a_move_that_cannot_be_says_why(tmp_path, wanted, words):
    r = register(tmp_path, [A, A], {A: 5, B: 5, C: 5}, statuses={1: "已移交"})
    act = move(r, [wanted], ACT)
    assert not act.changes and words in act.against[0].zh


def test_a_file_that_is_there_already_is_no_change(tmp_path):
    act = move(register(tmp_path, [A], {A: 1}), [Move(no(0), A)], ACT)
    assert not act.changes and not act.against and act.already == 1


def test_a_place_whose_room_cannot_be_read_takes_nothing(tmp_path):
    act = move(register(tmp_path, [A], {A: 1, B: "许多"}), [Move(no(0), B)], ACT)
    assert not act.changes and "容量 不明" in act.against[0].zh


def test_as_few_files_move_as_stand_beyond_the_room_and_they_fit(tmp_path):
    r = register(tmp_path, [A, A, A, A, B], {A: 2, B: 3, C: 5})
    found = rebalance(r)
    assert found.over == 2 and [m.file_no for m in found.moves] == [no(2), no(3)] and {m.to for m in found.moves} == {B}
    act = move(r, found.moves, ACT)
    assert len(act.changes) == 2 and not act.against


def test_a_file_on_loan_stays_where_others_can_go(tmp_path):
    r = register(tmp_path, [A, A, A], {A: 2, B: 3}, lent=(2,))
    assert [m.file_no for m in rebalance(r).moves] == [no(1)]


def test_the_rarest_building_leaves_first_and_goes_to_its_own(tmp_path):
    r = register(tmp_path, [A, A, A, C, C], {A: 2, B: 9, C: 9}, buildings=["1", "2", "1", "2", "2"])
    (one,) = rebalance(r).moves
    assert (one.file_no, one.to) == (no(1), C)


def test_what_finds_no_room_is_said(tmp_path):
    found = rebalance(register(tmp_path, [A, A, A], {A: 1, B: 1}))
    assert len(found.moves) == 1 and found.left == 1 and "先登记新的位置" in found.notes[0].zh


def test_only_where_asked_for_do_files_go_to_their_building(tmp_path):
    r = register(tmp_path, [A, A, A, C, C, None], {A: 9, C: 9}, buildings=["1", "1", "2", "2", "2", "2"])
    assert rebalance(r).moves == []
    assert [(m.file_no, m.to) for m in rebalance(r, together=True).moves] == [(no(2), C)]
    assert [(m.file_no, m.was, m.to) for m in rebalance(r, unplaced=True).moves] == [(no(5), "", C)]


def test_a_cabinet_that_is_right_moves_nothing(tmp_path):
    r = register(tmp_path, [A, A, C], {A: 2, C: 2}, buildings=["1", "1", "2"])
    assert rebalance(r, together=True, unplaced=True).moves == []


def test_of_many_refusals_a_few_are_told_and_the_rest_counted(tmp_path):
    r = register(tmp_path, [A] * 9, {A: 50, B: 1})
    act = move(r, [Move(f"YG-{n}", B) for n in range(100)], ACT)
    assert len(act.against) == 31 and act.against[-1].zh == "另有 70 份同样没有采用"


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_cabinet_the_moves_fit_each_file_moves_once_and_nothing_is_left_to_do(tmp_path, seed):
    import random

    rng = random.Random(seed)
    capacities = {f"A01-{c:02d}-{s:02d}-{b:02d}": rng.randint(1, 5) for c in (1, 2) for s in (1, 2) for b in (1, 2, 3)}
    at = [rng.choice([*capacities, None]) for _ in range(rng.randint(5, 30))]
    buildings = [rng.choice("123") for _ in at]
    lent = tuple(n for n in range(len(at)) if rng.random() < 0.1)
    before = register(tmp_path / "1", at, capacities, buildings=buildings, lent=lent)
    found = rebalance(before, together=True, unplaced=True)
    assert len({m.file_no for m in found.moves}) == len(found.moves)
    act = move(before, found.moves, ACT)
    assert not act.against and len(act.changes) == len(found.moves)
    for c in act.changes:
        at[c.row] = c.theirs.text
    after = register(tmp_path / "2", at, capacities, buildings=buildings, lent=lent)
    held = places(Whole(after))
    assert int(held.over.sum()) == found.left and (found.left == 0 or not held.free.any())
    assert rebalance(after).moves == [] or not held.free.any()
