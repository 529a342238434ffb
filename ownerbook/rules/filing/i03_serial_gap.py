"""I03: a gap in the serials of a house's files."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules import file_numbers
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="I03",
    severity="notice",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("流水断号", "Serial skipped"),
    message=Text("{house} 的档号缺流水 {missing}", "the file numbers of {house} skip serial {missing}"),
    why=Text("流水按产权周期连续编号，缺一个就可能漏登了一份档案。", "Serials count ownership periods; a gap may be a file that was never entered."),
    fix=Text("查明缺号的档案并补登；确无此档的，在备注写明原因。", "Find the file and enter it, or note why the number is missing."),
    needs=file_numbers.NEEDS,
    wrong="""
        档案: 档号 | 房号
        YG-1-1-101-01 | 1-1-101
        YG-1-1-101-02 | 1-1-101
        «YG-1-1-101-04» | 1-1-101
        «YG-1-1-102-02» | 1-1-102
    """,
    right="""
        档案: 档号 | 房号
        YG-1-1-101-02 | 1-1-101
        YG-1-1-101-01 | 1-1-101
        YG-1-1-102-01 | 1-1-102
        YG-1-1-103-01 | 1-1-104
        YG-1-1-104-03 | 1-1-104
        YG-1-1-105-02 | 1-1-105
        YG-1-1-105-1 | 1-1-105
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Houses of which a number cannot be read, is doubled or names another house are left alone."""
    f = v.files
    numbers = file_numbers.FileNumbers.of(v)
    good = f.house_no.ok & f.first & (numbers.serial >= 0) & ~numbers.disagrees
    doubtful = np.concatenate([f.house_no.ids[~good], numbers.house[~good]])
    good &= ~np.isin(f.house_no.ids, doubtful)
    mine = np.flatnonzero(good)
    order = mine[np.lexsort((numbers.serial[mine], f.house_no.ids[mine]))]
    house, serial = f.house_no.ids[order], numbers.serial[order]
    before = np.where(np.diff(house, prepend=-2) != 0, 0, np.concatenate([[0], serial[:-1]]) if len(serial) else 0)
    gap = serial > before + 1
    told = {int(row): (int(a) + 1, int(b) - 1) for row, a, b in zip(order[gap], before[gap], serial[gap], strict=True)}

    def missing(row: int) -> dict[str, object]:
        first, last = told[row]
        return {"house": f.house_no.text(row), "missing": f"{first:02d}" if first == last else f"{first:02d}-{last:02d}"}

    yield Hit("files", sorted(told), "file_no", missing)
