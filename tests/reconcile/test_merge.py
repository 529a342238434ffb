"""What a returned copy asks of the register: a changed phone, a renumbered house, two namesakes, and what people do besides."""

from dataclasses import replace

from edited_registers import COPY, REST, register

from ownerbook.reconcile.judging import CLEARED, FORMULA
from ownerbook.reconcile.merge import Merged, merge
from ownerbook.schema.cells import Flag, Kind

BASE = """
房屋: 房号 | 建筑面积 | 房屋状态 | 备注
1-1-101 | 88 | 自住 | 东
1-1-102 | 90 | 出租 | 西

业主: 业主编号 | 房号 | 姓名 | 联系电话 | 证件号码 | 登记日期 | 产权份额 | 主联系人
Y1 | 1-1-101 | 王芳 | 139-0000-0001 | t:110101195001010013 | 2024-01-02 | 50% | 是
Y2 | 1-1-102 | 李雷 | 139-0000-0002 | t:110101195001010021 | 2024-01-02 | | 是
Y3 | 1-1-102 | 王芳 | 139-0000-0003 | t:11010119500101003X | 2024-01-02 | | 否
"""


def merged(theirs: str, *, ours: str = BASE, base: str | None = BASE, complete: bool = True) -> Merged:
    was = register(base + REST) if base is not None else None
    return merge(was, register(ours + REST), register(theirs + REST), COPY, complete=complete)


def told(m: Merged) -> list[tuple[str, str, str, str]]:
    return [(c.kind, c.record, c.field, c.verdict) for c in m.changes]


def test_a_changed_phone_is_one_cell_and_no_second_owner():
    m = merged(BASE.replace("139-0000-0001", "139-0000-0009"))
    assert told(m) == [("cell", "Y1", "phone", "safe")]
    c = m.changes[0]
    assert (c.base.text, c.ours.text, c.theirs.text, c.house) == ("139-0000-0001", "139-0000-0001", "139-0000-0009", "1-1-101")
    assert c.origin.place.endswith("D2")


def test_another_spelling_is_no_edit():
    theirs = BASE.replace("2024-01-02 | 50%", "t:2024/1/2 | t:1/2").replace("139-0000-0001", "139 0000 0001").replace("| 88 |", "| t:88.0 |")
    theirs = theirs.replace("Y2 | 1-1-102", "t:Y2 | 1栋1单元102").replace("| 是", "| √").replace("王芳", "王芳 ").replace("| 否", "| N")
    m = merged(theirs)
    assert (told(m), m.already) == ([], 0)


def test_a_mark_for_nothing_is_a_blank():
    m = merged(BASE.replace("2024-01-02 | | 是", "2024-01-02 | 无 | 是"))
    assert told(m) == []


def test_a_renumbered_house_is_one_key_and_its_references():
    m = merged(BASE.replace("1-1-101 | 88", "1-1-111 | 88").replace("Y1 | 1-1-101", "Y1 | 1-1-111"))
    assert told(m) == [("key", "1-1-101", "house_no", "question"), ("cell", "Y1", "house_no", "question")]


def test_the_rows_that_moved_with_a_house_tell_which_of_two_alike_it_was():
    base = BASE.replace("1-1-102 | 90 | 出租 | 西", "1-1-102 | 88 | 自住 | 东")
    theirs = base.replace("1-1-101", "1-1-111").replace("1-1-102", "1-1-112")
    assert [c.theirs.text for c in merged(theirs, base=base, ours=base).changes if c.kind == "key"] == ["1-1-111", "1-1-112"]


def test_namesakes_stay_two_whatever_happens_to_their_rows():
    m = merged(BASE.replace("139-0000-0003", "139-0000-0001"))
    assert told(m) == [("cell", "Y3", "phone", "safe")]
    gone = "\n".join(line for line in BASE.splitlines() if not line.startswith("Y3")) + "\n"
    other = gone.rstrip("\n") + "\nY9 | 1-1-101 | 王芳 | 139-0000-0077 | t:110101195001010099 | 2025-01-02 | | \n"
    assert told(merged(other)) == [("new", "Y9", "", "question"), ("gone", "Y3", "", "question")]


def test_owners_that_exchanged_rows_are_asked_and_never_applied():
    theirs = BASE.replace("Y1 |", "Y0 |").replace("Y2 |", "Y1 |").replace("Y0 |", "Y2 |")
    m = merged(theirs)
    assert {c.verdict for c in m.changes} == {"question"} and {("Y2",), ("Y1",)} <= {c.candidates for c in m.changes}


def test_phones_sorted_without_their_rows_are_asked():
    theirs = BASE.replace("139-0000-0001", "x").replace("139-0000-0002", "139-0000-0001").replace("| x |", "| 139-0000-0002 |")
    m = merged(theirs)
    assert told(m) == [("cell", "Y1", "phone", "question"), ("cell", "Y2", "phone", "question")]


def test_what_both_changed_differently_is_a_conflict_and_what_both_changed_alike_is_held():
    ours = BASE.replace("139-0000-0001", "139-0000-0008").replace("139-0000-0002", "139-0000-0007")
    m = merged(BASE.replace("139-0000-0001", "139-0000-0009").replace("139-0000-0002", "13900000007"), ours=ours)
    assert told(m) == [("cell", "Y1", "phone", "question")] and m.already == 1


def test_what_only_the_register_changed_is_not_asked():
    m = merged(BASE, ours=BASE.replace("139-0000-0001", "139-0000-0008"))
    assert (told(m), m.already) == ([], 0)


def test_fields_that_policy_lists_wait_for_evidence():
    m = merged(BASE.replace("50%", "60%").replace("李雷", "李磊"))
    assert [(c.field, c.verdict) for c in m.changes] == [("name", "evidence"), ("share", "evidence")]


def test_a_blank_over_a_value_is_asked():
    m = merged(BASE.replace("139-0000-0001", ""))
    assert told(m) == [("cell", "Y1", "phone", "question")] and m.changes[0].why == CLEARED


def test_what_cannot_be_read_is_asked():
    assert told(merged(BASE.replace("2024-01-02 | 50%", "t:去年 | 50%"))) == [("cell", "Y1", "registered_on", "question")]


def test_a_key_that_was_doubled_or_emptied_is_asked():
    row = "Y3 | 1-1-102 | 王芳 | 139-0000-0003 | t:11010119500101003X | 2024-01-02 | | 否"
    doubled = merged(BASE.rstrip("\n") + "\n" + row.replace("0003", "0055").replace("003X", "0099") + "\n")
    assert told(doubled) == [("unsure", "Y3", "", "question")] and doubled.changes[0].candidates == ("Y3",)
    emptied = merged(BASE.replace("Y3 |", " |"))
    assert told(emptied) == [("key", "Y3", "owner_no", "question")]


def test_what_was_edited_in_a_row_with_a_new_key_is_asked_with_it():
    m = merged(BASE.replace("Y3 |", "Y8 |").replace("139-0000-0003", "139-0000-0033"))
    assert told(m) == [("key", "Y3", "owner_no", "question"), ("cell", "Y3", "phone", "question")]


def test_rows_that_could_be_either_are_asked_with_both():
    base = BASE.replace("Y3 | 1-1-102 | 王芳 | 139-0000-0003 | t:11010119500101003X", "Y3 | 1-1-102 | 李雷 | 139-0000-0002 | t:110101195001010021")
    theirs = base.replace("Y2 |", "Y7 |").replace("Y3 |", "Y8 |").replace("| 否", "| 是")
    m = merged(theirs, base=base, ours=base)
    kinds = {c.kind for c in m.changes}
    assert {c.verdict for c in m.changes} == {"question"} and kinds <= {"key", "unsure", "gone", "new", "cell"}
    assert {c.record for c in m.changes if c.kind == "unsure"} == {"Y7", "Y8"}


def test_an_edit_of_a_row_that_the_register_lost_is_asked():
    ours = "\n".join(line for line in BASE.splitlines() if not line.startswith("Y1"))
    m = merged(BASE.replace("139-0000-0001", "139-0000-0009"), ours=ours)
    assert told(m) == [("new", "Y1", "", "question")]


def test_a_row_that_both_added_is_compared_cell_by_cell():
    row = "Y9 | 1-1-101 | 韩梅 | 139-0000-0077 | t:110101195001010099 | 2025-01-02 | | \n"
    m = merged(BASE + row.replace("0077", "0078"), ours=BASE + row)
    assert told(m) == [("cell", "Y9", "phone", "question")]
    same = merged(BASE + row, ours=BASE + row)
    assert (told(same), same.already) == ([], 1)


def test_one_number_that_both_gave_to_different_things_is_one_question():
    row = "Y9 | 1-1-101 | 韩梅 | 139-0000-0077 | t:110101195001010099 | 2025-01-02 | | \n"
    other = "Y9 | 1-1-102 | 赵敏 | 139-0000-0066 | t:110101195001010066 | 2025-01-02 | | \n"
    m = merged(BASE + other, ours=BASE + row)
    assert told(m) == [("unsure", "Y9", "", "question")] and m.changes[0].candidates == ("Y9",)


def test_one_number_that_both_gave_to_many_is_offered_once_for_each_row():
    rows = [[f"Z1 | 1-1-101 | {name}{n} | 139-0000-1{n:03d} | | 2024-01-02 | |" for n in range(20)] for name in "陈林"]
    m = merged(BASE + "\n".join(rows[1]) + "\n", ours=BASE + "\n".join(rows[0]) + "\n")
    assert [(c.kind, c.record, c.verdict, c.candidates) for c in m.changes] == [("unsure", "Z1", "question", ("Z1",))] * 20


def test_without_a_base_blanks_say_nothing_and_only_blanks_are_filled():
    theirs = BASE.replace("139-0000-0001", "").replace("139-0000-0002", "139-0000-0009")
    m = merged(theirs, base=None, ours=BASE.replace("Y3 | 1-1-102 | 王芳 | 139-0000-0003", "Y3 | 1-1-102 | 王芳 | "))
    assert told(m) == [("cell", "Y2", "phone", "question"), ("cell", "Y3", "phone", "safe")]


def test_a_list_without_our_keys_is_matched_by_what_it_says_and_asked():
    theirs = "\n房屋: 房号\n1-1-101\n\n业主: 房号 | 姓名 | 联系电话 | 证件号码\n1-1-101 | 王芳 | 139-0000-0088 | t:110101195001010013\n"
    m = merge(None, register(BASE + REST), register(theirs), COPY, complete=False)
    assert told(m) == [("cell", "Y1", "phone", "question")]
    blank = register(theirs.replace("业主: 房号", "业主: 业主编号 | 房号").replace("\n1-1-101 | 王芳", "\n | 1-1-101 | 王芳"))
    assert told(merge(None, register(BASE + REST), blank, COPY, complete=False)) == told(m)


def test_a_copy_of_one_workbook_of_several_bears_on_its_own_rows_alone():
    part = "\n".join(line for line in BASE.splitlines() if not line.startswith(("1-1-102", "Y2", "Y3")))
    theirs = part.replace("139-0000-0001", "139-0000-0009")
    assert told(merged(theirs, base=part)) == [("cell", "Y1", "phone", "safe")]
    dropped = "\n".join(line for line in part.splitlines() if not line.startswith("Y1"))
    assert told(merged(dropped, base=part)) == [("gone", "Y1", "", "question")]


def test_a_sheet_and_columns_that_a_copy_lacks_say_nothing():
    theirs = "\n业主: 业主编号 | 联系电话\nY1 | 139-0000-0009\nY2 | 139-0000-0002\nY3 | 139-0000-0003\n"
    m = merge(register(BASE + REST), register(BASE + REST), register(theirs), COPY, complete=True)
    assert told(m) == [("cell", "Y1", "phone", "safe")] and "房屋" in "".join(n.zh for n in m.notes)
    narrow = merge(register(BASE), register(BASE), register(theirs), COPY, complete=False, columns={"owners": ["owner_no"]})
    assert told(narrow) == []


def test_rights_and_policy_never_apply_by_themselves():
    theirs = (BASE + REST).replace("G2 | 张四 | 档案经办", "G2 | 张四 | 档案经办、审核").replace("| 2020-01-01\nG2", "| 2021-01-01\nG2")
    m = merge(register(BASE + REST), register(BASE + REST), register(theirs), COPY, complete=True)
    assert [(c.sheet, c.field, c.verdict) for c in m.changes] == [("staff", "rights", "question"), ("staff", "nda_on", "question")]


def test_a_long_list_without_keys_is_matched_by_what_tells():
    """More rows than can be compared each with each: only those that share a document, a phone or a name in its house are looked at."""
    numbers = range(1, 1101)
    houses = "房屋: 房号\n" + "\n".join(f"1-1-{n}" for n in numbers)
    owners = [f"Y{n} | 1-1-{n} | 王{'芳伟敏'[n % 3]} | 13900{n:06d}" for n in numbers]
    rows = [line.partition(" | ")[2].replace("13900000007", "13900000777") for line in reversed(owners)]
    rows[0] = rows[0].replace("13900001100", "13900009999")
    ours = register("\n\n".join([houses, "\n".join(["业主: 业主编号 | 房号 | 姓名 | 联系电话", *owners])]))
    theirs = register("\n\n".join([houses, "\n".join(["业主: 房号 | 姓名 | 联系电话", *rows])]))
    m = merge(None, ours, theirs, COPY, complete=False)
    assert told(m) == [("cell", "Y7", "phone", "question"), ("cell", "Y1100", "phone", "question")]


def test_a_formula_is_not_overwritten_and_its_result_is_no_edit():
    base = BASE.replace("| 88 |", "| c:x |").replace("出租", "f:出租")
    m = merged(base.replace("| c:x |", "| c:x |").replace("f:出租", "空置"), base=base, ours=base)
    assert told(m) == [("cell", "1-1-102", "status", "question")] and m.changes[0].why == FORMULA
    was, ours, theirs = (register(base + REST) for _ in range(3))
    cells = theirs.tables["houses"].cells["floor_area"]
    cells.kind[0], cells.value[0], cells.flag[0] = Kind.NUMBER, 88, Flag.FORMULA
    worked_out = merge(was, ours, theirs, COPY, complete=True)
    assert told(worked_out) == [] and "算出" in worked_out.notes[0].zh


def test_a_copy_that_counts_its_days_from_1904_says_the_same_days():
    theirs = register(BASE + REST)
    table = theirs.tables["owners"]
    table.sources[0] = replace(table.sources[0], date1904=True)
    table.cells["registered_on"].value -= 1462
    assert told(merge(register(BASE + REST), register(BASE + REST), theirs, COPY, complete=True)) == []
