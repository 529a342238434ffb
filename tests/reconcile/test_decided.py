"""What is chosen becomes values and 变更 rows, and what may not be written is left with its reason."""

from datetime import date

from edited_registers import COPY, REST, register

from ownerbook.reconcile import decided as d
from ownerbook.reconcile.cell import AskedRow, from_cells, from_rows, judge_cell
from ownerbook.reconcile.change import Change, Choice, Origin, Said
from ownerbook.reconcile.decided import decided
from ownerbook.reconcile.delta import delta, untraced
from ownerbook.reconcile.judging import CONFLICT
from ownerbook.reconcile.merge import merge
from ownerbook.reconcile.recorded import Recorded
from ownerbook.reconcile.supposed import as_it_would_be
from ownerbook.reconcile.undo import inverse
from ownerbook.rules.book import chosen
from ownerbook.rules.judge import judge

DAY = date(2026, 10, 31)
BASE = """
房屋: 房号 | 建筑面积 | 房屋状态
1-1-101 | 88 | 自住
1-1-102 | 90 | 出租

业主: 业主编号 | 房号 | 姓名 | 业主类型 | 联系电话 | 备用电话 | 登记日期 | 产权份额
Y1 | 1-1-101 | 王芳 | 自然人 | 139-0000-0001 | 139-0000-0011 | 2024-01-02 | 50%
Y2 | 1-1-102 | 李雷 | 自然人 | 139-0000-0002 | | 2024-01-02 |

档案: 档号 | 房号 | 业主编号
YG-1-1-101-01 | 1-1-101 | Y1
"""
OURS = BASE + REST


def asked(theirs: str) -> list[Change]:
    return merge(register(OURS), register(OURS), register(theirs), COPY, complete=True).changes


def take(changes, by="G1", **more):
    return decided(register(OURS), changes, {c.id: Choice("采用", **more) for c in changes}, by=by, today=DAY)


def test_values_have_the_kinds_of_their_columns():
    theirs = OURS.replace("| 88 |", "| t:88.5㎡ |").replace("2024-01-02 | 50%", "t:2024年3月5日 | 50%").replace("139-0000-0001", "n:13900000009")
    found = take(asked(theirs))
    assert {v.field: v.value for v in found.proposal.values} == {"floor_area": 88.5, "registered_on": date(2024, 3, 5), "phone": "13900000009"}


def test_each_fact_has_a_change_row():
    found = take(asked(OURS.replace("139-0000-0001", "139-0000-0009").replace("139-0000-0011", "")))
    rows = [r.values for r in found.proposal.rows]
    assert [r["change_no"] for r in rows] == ["BG008", "BG009"]
    assert rows[0] | {"old": 1, "new": 1} == {
        "change_no": "BG008", "sheet": "业主", "record": "Y1", "field": "联系电话", "old": 1, "new": 1, "applicant": "张三", "applied_on": DAY,
        "reviewer": "G1", "decision": "同意", "handled_by": "G1", "done_on": DAY,
    }  # fmt: skip
    assert rows[1]["new"] == "（清空）"


def test_nobody_agrees_without_the_right_to():
    changes = asked(OURS.replace("139-0000-0001", "139-0000-0009"))
    assert take(changes, by="G2").taken == [] and "审核" in take(changes, by="G2").left[0][1].zh
    found = take(changes, by="G2", who="张三")
    assert [(r.values["reviewer"], r.values["handled_by"]) for r in found.proposal.rows] == [("张三", "G2")]


def test_evidence_is_a_paper_that_is_registered():
    changes = asked(OURS.replace("李雷", "李磊"))
    assert [w for _, w in take(changes).left] == [d.NO_PAPER] == [w for _, w in take(changes, evidence="D9").left]
    assert take(changes, evidence="D1").proposal.rows[0].values["evidence"] == "D1"


def test_only_safe_and_listed_changes_apply_by_themselves():
    changes = asked(OURS.replace("139-0000-0001", "139-0000-0009").replace("| 88 |", "| 89 |").replace("李雷 | 自然人", "李磊 | 自然人"))
    found = decided(register(OURS), changes, {}, by="G1", today=DAY, auto=True, allowed=["联系电话"])
    assert [c.field for c, _ in found.taken] == ["phone"]
    assert {c.field: w for c, w in found.left} == {"floor_area": d.NOT_LISTED, "name": d.WAITS}


def test_a_cell_that_moved_on_is_left():
    changes = asked(OURS.replace("139-0000-0001", "139-0000-0009"))
    choices = {c.id: Choice("采用") for c in changes}
    now, held = register(OURS.replace("139-0000-0001", "139-0000-0005")), register(OURS.replace("139-0000-0001", "139 0000 0009"))
    assert [w for _, w in decided(now, changes, choices, by="G1", today=DAY).left] == [d.MOVED]
    assert [w for _, w in decided(held, changes, choices, by="G1", today=DAY).left] == [d.HOLDS]


def test_a_renumbered_house_takes_along_what_refers_to_it():
    changes = asked(OURS.replace("1-1-101 | 88", "1-1-111 | 88").replace("Y1 | 1-1-101", "Y1 | 1-1-111"))
    key = [c for c in changes if c.kind == "key"]
    found = take(key)
    assert {(v.sheet, v.field, v.value) for v in found.proposal.values} == {(s, "house_no", "1-1-111") for s in ("houses", "owners", "files")}
    assert {r.values["record"] for r in found.proposal.rows} == {"1-1-101", "Y1", "YG-1-1-101-01"}
    now = as_it_would_be(register(OURS), found.proposal)
    assert judge(now, chosen(["F02", "J05", "R45", "R45a"])) == []
    assert untraced(delta(register(OURS), now), now) == []


def test_a_value_filled_in_and_a_value_kept():
    changes = asked(OURS.replace("139-0000-0001", "139-0000-0009").replace("| 88 |", "| 89 |"))
    phone = next(c for c in changes if c.field == "phone")
    area = next(c for c in changes if c.field == "floor_area")
    choices = {phone.id: Choice("填写", "139-0000-0123"), area.id: Choice("保留")}
    found = decided(register(OURS), changes, choices, by="G1", today=DAY)
    assert [v.value for v in found.proposal.values] == ["13900000123"] and found.kept == [area]


def test_a_required_cell_is_not_cleared_and_no_row_is_deleted():
    changes = asked(OURS.replace("139-0000-0001", "").replace("Y2 | 1-1-102 | 李雷 | 自然人 | 139-0000-0002 | | 2024-01-02 |\n", ""))
    assert [w for _, w in take(changes).left] == [d.REQUIRED, d.NEVER]


def test_what_cannot_be_read_does_not_go_into_a_day():
    assert [w for _, w in take(asked(OURS.replace("2024-01-02 | 50%", "t:去年 | 50%"))).left] == [d.UNREADABLE]


def test_a_new_row_is_added_once_and_an_unsure_one_goes_where_it_belongs():
    theirs = OURS.replace("\n\n档案", "\n | 1-1-102 | 韩梅 | 自然人 | 139-0000-0077 | | 2025-01-02 |\n\n档案", 1)
    found = take(asked(theirs))
    assert [r.values["owner_no"] for r in found.proposal.rows] == ["Y3"]
    doubled = asked(OURS.replace("\n\n档案", "\nY2 | 1-1-102 | 李雷 | 自然人 | 139-0000-0077 | | 2024-01-02 |\n\n档案", 1))
    assert [c.kind for c in doubled] == ["unsure"] and [w for _, w in take(doubled).left] == [d.WHICH]
    added = decided(register(OURS), doubled, {doubled[0].id: Choice("填写", "Y44")}, by="G1", today=DAY)
    assert [r.values["owner_no"] for r in added.proposal.rows] == ["Y44"]
    assert [(v.row, v.field, v.value) for v in take(doubled, partner="Y2").proposal.values] == [(1, "phone", "13900000077")]


def test_the_rules_can_be_asked_before_anything_is_written():
    found = take(asked(OURS.replace("139-0000-0001", "1390000")))
    now = as_it_would_be(register(OURS), found.proposal)
    before, after = (judge(r, chosen(["E01"])) for r in (register(OURS), now))
    assert (len(before), len(after)) == (0, 1)


def test_an_edit_without_a_change_row_is_untraced():
    base = register(OURS)
    now = register(OURS.replace("139-0000-0001", "139-0000-0009"))
    assert [(e.record, e.field, e.row) for e in untraced(delta(base, now), now)] == [("Y1", "phone", 0)]
    row = "BG008 | 业主 | Y1 | 联系电话 | 139-0000-0001 | {} | | 王芳 | 2026-03-01 | G1 | {} | G1 | {}\n\n材料"
    for new, decision, done, count in (
        ("13900000009", "同意", "2026-03-02", 0), ("13900000009", "待审", "", 1), ("13900000009", "同意", "", 1), ("13900000009", "待审", "2026-03-02", 1), ("13900000008", "同意", "2026-03-02", 1),
    ):  # fmt: skip
        now = register(OURS.replace("139-0000-0001", "139-0000-0009", 1).replace("\n材料", row.format(new, decision, done), 1))
        assert len(untraced(delta(base, now), now)) == count, (new, decision, done)


def test_a_change_row_of_another_old_value_accounts_for_nothing():
    base = register(OURS)
    row = "BG008 | 业主 | Y1 | 联系电话 | 139-0000-0004 | 13900000009 | | 王芳 | 2026-03-01 | G1 | 同意 | G1 | 2026-03-02\n\n材料"
    now = register(OURS.replace("139-0000-0001", "139-0000-0009", 1).replace("\n材料", row, 1))
    assert [e.field for e in untraced(delta(base, now), now)] == ["phone"]


def test_a_key_that_another_row_has_is_not_given_again():
    key = next(c for c in asked(OURS.replace("Y2 |", "Y5 |")) if c.kind == "key")
    found = decided(register(OURS), [key], {key.id: Choice("填写", "Y1")}, by="G1", today=DAY)
    assert [w for _, w in found.left] == [d.KEY_HELD]


def test_a_name_changed_without_a_paper_is_untraced():
    base = register(OURS)
    for paper, count in (("", 1), ("D9", 1), ("D1", 0)):
        row = f"BG008 | 业主 | Y2 | 姓名 | 李雷 | 李磊 | {paper} | 李雷 | 2026-03-01 | G1 | 同意 | G1 | 2026-03-02\n\n材料"
        now = register(OURS.replace("| 李雷 | 自然人", "| 李磊 | 自然人", 1).replace("\n材料", row, 1))
        assert len(untraced(delta(base, now), now)) == count, paper


def test_a_cell_asked_on_a_form_is_judged_as_one_of_a_copy():
    form = Origin("form", "表.xlsx", "业主 第3行", "王芳", DAY)
    r = register(OURS)

    class Asked:
        sheet, record, field, row, evidence, stale, origin = "owners", "Y1", "phone", 0, "", False, form
        base, theirs = Said("139-0000-0001", None), Said("139-0000-0009", "139-0000-0009")

    class Again(Asked):
        theirs = Said("139 0000 0001", None)

    class Moved(Asked):
        base = Said("139-0000-0004", None)

    class Unknown(Asked):
        base = None

    class Lost(Asked):
        record, row = "Y7", -1

    m = from_cells(r, [Asked(), Again(), Moved(), Unknown(), Lost()])
    assert ([c.verdict for c in m.changes], m.already) == (["safe", "question", "question", "question"], 1)
    assert judge_cell(r, "owners", 0, "share", Said("50%", None), Said("0.5", 0.5), Said("1/2", None)) is None


def test_rows_asked_for_have_keys_proposed_and_held_ones_asked():
    form = Origin("list", "名单.xlsx")
    new = AskedRow("owners", {"name": Said("韩梅", "韩梅"), "house_no": Said("1-1-102", "1-1-102")}, form)
    held = AskedRow("owners", {"owner_no": Said("Y2", "Y2"), "name": Said("韩梅", "韩梅")}, form)
    m = from_rows(register(OURS), [new, new, held])
    assert [(c.kind, c.record, c.candidates) for c in m.changes] == [("new", "Y3", ()), ("new", "Y4", ()), ("unsure", "Y2", ("Y2",))]


def test_undo_asks_where_the_cell_moved_on():
    undo = Origin("undo", "登记簿")
    done = [Recorded("cell", "owners", "Y1", "", "phone", "139-0000-0001", "139-0000-0009"), Recorded("new", "owners", "Y2", "")]
    r = register(OURS.replace("139-0000-0001", "139-0000-0005"))
    found = inverse(r, done, undo)
    assert [(c.kind, c.record, c.verdict) for c in found] == [("gone", "Y2", "question"), ("cell", "Y1", "question")]
    assert found[1].theirs == Said("139-0000-0001", "139-0000-0001") and found[1].why == CONFLICT


def test_undo_gives_back_the_very_cell_and_not_a_tidier_one():
    r = register(OURS)
    back = inverse(r, [Recorded("cell", "owners", "Y1", "", "registered_on", "2023/1/2 ", date(2024, 1, 2))], Origin("undo", "登记簿"))
    found = decided(r, back, {c.id: Choice("采用") for c in back}, by="G1", today=DAY)
    assert [v.value for v in found.proposal.values] == ["2023/1/2 "]


def test_two_rows_alike_are_added_once():
    row = "\n | 1-1-102 | 韩梅 | 自然人 | 139-0000-0077 | | 2025-01-02 |"
    found = take(asked(OURS.replace("\n\n档案", f"{row}{row}\n\n档案", 1)))
    assert ([r.values["owner_no"] for r in found.proposal.rows], [w for _, w in found.left]) == (["Y3"], [d.TWICE_ROW])


def test_a_column_that_the_register_lacks_is_left_and_the_rest_is_written():
    changes = asked(
        OURS.replace("| 产权份额", "| 电子邮箱").replace("2024-01-02 | 50%", "2024-01-02 | a@example.com").replace("139-0000-0001", "139-0000-0009")
    )
    found = take(changes)
    assert [c.field for c, _ in found.taken] == ["phone"] and [w for _, w in found.left] == [d.NO_COLUMN]


def test_a_sheet_that_the_register_lacks_brings_new_rows():
    theirs = OURS + "\n\n家庭成员: 成员编号 | 房号 | 姓名 | 与业主关系 | 登记日期\nM1 | 1-1-101 | 王小明 | 儿子 | 2024-01-02\n"
    found = take(asked(theirs))
    assert [(r.sheet, r.values["relation"]) for r in found.proposal.rows] == [("household", "子女")]
    now = as_it_would_be(register(OURS), found.proposal)
    assert now.tables["household"].found("name", 0) == "王小明"


def test_changes_of_one_act_are_taken_together_or_not_at_all():
    one, two = (
        Change(**{**vars_of(c), "bundle": "B1"})
        for c in asked(OURS.replace("139-0000-0001", "139-0000-0009").replace("139-0000-0002", "139-0000-0008"))
    )
    alone = asked(OURS.replace("| 88 |", "| 89 |"))
    both = {c.id: Choice("采用", who="G1") for c in (one, two, *alone)}
    whole = decided(register(OURS), [one, two, *alone], both, by="G1", today=DAY)
    assert len(whole.taken) == 3
    half = decided(register(OURS), [one, two, *alone], both | {two.id: Choice("保留")}, by="G1", today=DAY)
    assert [c.field for c, _ in half.taken] == ["floor_area"] and [w for c, w in half.left if c.id == one.id] == [d.APART]
    assert [v.field for v in half.proposal.values] == ["floor_area"] and len(half.proposal.rows) == 1


def test_a_paper_that_comes_with_the_act_is_its_evidence():
    paper = {"doc_no": "D9", "file_no": "YG-1-1-101-01"}
    (row,) = from_rows(register(OURS), [AskedRow("documents", {k: Said(v, v) for k, v in paper.items()}, COPY)]).changes
    cells = [c for c in asked(OURS.replace("李雷", "李磊")) if c.sheet == "owners"]
    choices = {c.id: Choice("采用", who="G1", evidence="D9") for c in (*cells, row)}
    found = decided(register(OURS), [*cells, row], choices, by="G1", today=DAY)
    assert [w.zh for _, w in found.left] == [] and len(found.taken) == 2


def vars_of(change: Change) -> dict:
    return {k: getattr(change, k) for k in Change.__dataclass_fields__}
