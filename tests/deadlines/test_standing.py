"""Where a file stands by its loans and disposals."""

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.standing import files_out, last_executed, last_loans, open_loans
from ownerbook.rules.pictures import draw


def book(loans: str = "", disposals: str = "") -> Whole:
    text = f"档案: 档号\nA\nB\n\n借阅: 借阅单号 | 档号 | 借出日期 | 归还日期 | 归还状态\n{loans}\n\n处置: 处置单号 | 档号 | 处置方式 | 执行日期\n{disposals}"
    return Whole(draw(text).register())


def test_a_loan_is_open_from_lending_until_return_unless_the_file_was_lost():
    rows = "J1 | A | 2026-01-01 | |\nJ2 | A | 2026-01-01 | 2026-01-02 |\nJ3 | A | 2026-01-01 | | 遗失\nJ4 | A | | |\nJ5 | A | 2026-01-01 | | 完好"
    assert open_loans(book(rows)).tolist() == [True, False, False, False, True]


def test_a_file_is_out_on_its_open_loan():
    assert files_out(book("J1 | B | 2026-01-01 | 2026-01-02 |\nJ2 | A | 2026-01-01 | |")).tolist() == [1, -1]


def test_the_last_executed_disposal_counts_by_day_and_on_one_day_by_row():
    b = book("", "Z1 | A | 归档 | 2026-03-01\nZ2 | A | 归档 | 2026-01-01\nZ3 | A | 销毁 |\nZ4 | B | 归档 | 2026-01-01\nZ5 | B | 移交 | 2026-01-01")
    assert last_executed(b).row.tolist() == [0, 4]
    assert last_executed(b).sure.tolist() == [True, True]


def test_what_cannot_be_read_leaves_the_file_in_doubt():
    assert last_executed(book("", "Z1 | A | 归档 | t:三月\nZ2 | B | 归挡 |")).sure.tolist() == [False, True]
    assert last_loans(book("J1 | A | t:三月 | |\nJ2 | B | t:三月 | 2026-01-02 |")).sure.tolist() == [False, True]


def test_a_repeated_number_leaves_the_file_in_doubt():
    assert last_loans(book("J1 | A | 2026-01-01 | 2026-01-02 |\nJ1 | B | 2026-01-01 | |")).sure.tolist() == [True, False]
    assert last_executed(book("", "Z1 | A | 归档 | 2026-01-01\nZ1 | B | 归档 | 2026-01-01")).sure.tolist() == [True, False]
