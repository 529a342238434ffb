"""F04: a house has two files of current owners."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines.house_files import file_rows
from ownerbook.deadlines.ownership import NEEDS, Ownership
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="F04",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("同一房号两份在用档案", "Two files of one house in use"),
    message=Text("{found} 已有现业主的档案 {other}", "{found} has a file of a current owner already, {other}"),
    why=Text("一户一档；两份都在用，材料和借阅就分在两处。", "Every household has one file; with two in use, papers and loans are in two places."),
    fix=Text(
        "已过户的，先更新原业主的状态；重复立档的，并成一份，多余的一份按程序处置。",
        "After a transfer update the former owner first; of two files of one owner make one, and dispose of the other.",
    ),
    needs=f"{NEEDS} houses.house_no files.file_no files.house_no files.owner_no files.status",
    wrong="""
        房屋: 房号
        1-1-101
        1-1-102

        业主: 业主编号 | 房号 | 业主状态
        Y1 | 1-1-101 | 现业主
        Y2 | 1-1-101 | 现业主
        Y3 | 1-1-102 | 现业主

        档案: 档号 | 房号 | 业主编号 | 档案状态
        YG-1-1-101-01 | 1-1-101 | Y1 | 在库
        YG-1-1-102-01 | 1-1-102 | Y3 | 已归档
        YG-1-1-101-02 | «1-1-101» | Y2 | 借出
        YG-1-1-101-03 | «1栋1单元101» | Y1 | 待整理
        YG-1-1-102-02 | «1-1-102» | Y3 | 遗失
    """,
    right="""
        房屋: 房号
        1-1-101
        1-1-102
        1-1-103
        1-1-104
        1-1-105

        业主: 业主编号 | 房号 | 业主状态 | 迁出日期
        Y1 | 1-1-101 | 现业主 |
        Y2 | 1-1-102 | 原业主 | 2024-01-01
        Y3 | 1-1-102 | 现业主 |
        Y4 | 1-1-103 | 现业主 |
        Y5 | 1-1-104 | 现业主 | 2024-01-01
        Y6 | 1-1-104 | 现业主 |
        Y7 | 1-1-105 | 现业主 |

        档案: 档号 | 房号 | 业主编号 | 档案状态
        YG-1-1-101-01 | 1-1-101 | Y1 | 已移交
        YG-1-1-101-02 | 1-1-101 | Y1 | 已销毁
        YG-1-1-101-03 | 1-1-101 | Y1 | 在库
        YG-1-1-102-01 | 1-1-102 | Y2 | 在库
        YG-1-1-102-02 | 1-1-102 | Y3 | 在库
        YG-1-1-103-01 | 1-1-103 | Y4 | 在库
        YG-1-1-103-01 | 1-1-103 | Y4 | 在库
        YG-1-1-104-01 | 1-1-104 | Y5 | 在库
        YG-1-1-104-02 | 1-1-104 | Y6 | 在库
        YG-1-1-105-01 | 1-1-105 | Y7 | 在库
        YG-1-1-105-02 | 1-1-105 | Y7 | 丢了
        YG-1-1-105-03 | 1-1-105 | Y4 | 在库
        YG-1-1-105-04 | 1-1-105 | Y99 | 在库
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Both of a 现业主 of that house, neither 已移交 nor 已销毁 (judging.md §6); each row after the first."""
    f, owned = v.files, Ownership.of(v)
    mine = rows(file_rows(v, owned) & f.status.ok & ~f.status.is_("已移交", "已销毁"))
    order = mine[np.argsort(f.house_no.ids[mine], kind="stable")]
    house = f.house_no.ids[order]
    starts = np.flatnonzero(np.diff(house, prepend=-2))
    first = order[np.repeat(starts, np.diff(np.append(starts, len(order))))]
    other = {int(r): int(o) for r, o in zip(order, first, strict=True) if r != o}
    yield Hit("files", sorted(other), "house_no", lambda r: {"other": f.key_text(other[r])})
