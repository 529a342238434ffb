"""Numbers that a ledger lacks: the same again, also after rows have come in between."""

from ownerbook.adopt.numbering import propose


def owners(*people):
    return {"业主": [{"房号": house, "姓名": name, "登记人": "经办"} for house, name in people]}


def numbers(proposed):
    return [p.value for p in proposed.numbers]


def test_the_same_ledger_gives_the_same_numbers():
    tables = owners(("1-1-101", "赵一"), ("1-1-101", "钱二"), ("1-1-102", "孙三"))
    assert numbers(propose(tables)) == numbers(propose(tables)) == ["Y-1-1-101-1", "Y-1-1-101-2", "Y-1-1-102-1"]


def test_a_person_keeps_the_number_when_rows_come_in_before():
    before = propose(owners(("1-1-101", "赵一"), ("1-1-101", "钱二")))
    after = propose(owners(("1-1-101", "李四"), ("1-1-101", "赵一"), ("1-1-101", "钱二")), given=before.given)
    assert numbers(after) == ["Y-1-1-101-3", "Y-1-1-101-1", "Y-1-1-101-2"]


def test_staff_keep_their_numbers_when_others_join():
    first = propose({"业主": [{"房号": "1-1-101", "姓名": "甲", "登记人": "王五"}]})
    later = propose({"业主": [{"房号": "1-1-101", "姓名": "甲", "登记人": who} for who in ("安一", "王五")]}, given=first.given)
    assert {r["姓名"]: r["工号"] for r in later.rows["人员"]} == {"王五": "G001", "安一": "G002"}


def test_a_number_in_the_ledger_is_kept_and_never_proposed_to_another():
    tables = {"业主": [{"房号": "1-1-101", "姓名": "甲"}, {"房号": "1-1-101", "姓名": "乙", "业主编号": "Y-1-1-101-1"}]}
    assert numbers(propose(tables)) == ["Y-1-1-101-2"]


def test_two_rows_that_are_all_alike_get_two_numbers_and_keep_them():
    tables = owners(("1-1-101", "甲"), ("1-1-101", "甲"))
    first = propose(tables)
    assert numbers(propose(tables, given=first.given)) == numbers(first) == ["Y-1-1-101-1", "Y-1-1-101-2"]


def test_no_name_is_remembered():
    assert not any("赵一" in k + v for k, v in propose(owners(("1-1-101", "赵一"))).given.items())
