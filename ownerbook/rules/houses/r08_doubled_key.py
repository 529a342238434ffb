"""R08: a key stands on several rows."""

from collections.abc import Callable, Iterator

import numpy as np

from ownerbook.register.sheets import SHEETS
from ownerbook.register.understood import Understood
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import SheetView, View
from ownerbook.schema.words import Text

KEYS = tuple((s.field, s.key.field) for s in SHEETS if s.field != "files")
"""Sheet and key column; a doubled 档号 has its own rule (I01)."""

CARD = Card(
    code="R08",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("编号重复", "Key stands twice"),
    message=Text("「{header}」{found} 与{place}重复", "{header} {found} stands already at {place}"),
    why=Text("编号相同，别处引用它时就不知指哪一行。", "Where a number stands twice, nobody can tell which row a reference means."),
    fix=Text(
        "两行是同一件事的，删去一行；不是的，给后一行另编号。", "Delete one of two rows that are one thing; else give the later its own number."
    ),
    needs=" ".join(f"{sheet}.{key}?" for sheet, key in KEYS),
    wrong="""
        房屋: 房号
        1-1-101
        «1栋1单元101»

        业主: 业主编号
        Y1
        «Y1»
        Y2
        «Ｙ１»

        日历: 日期 | 类型
        2026-10-10 | 工作日
        «2026-10-10» | 工作日

        制度: 参数 | 值
        借阅期限 | 1个月
        «借阅期限» | 2个月
    """,
    right="""
        房屋: 房号
        1-1-101
        1-1-102
        e:#REF!
        e:#REF!

        业主: 业主编号
        Y1

        档案: 档号
        YG-1-1-101-01
        YG-1-1-101-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Each row after the first; what cannot be read is told as that alone."""
    for sheet, key in KEYS:
        if not v.has(f"{sheet}.{key}"):
            continue
        view = v.sheet(sheet)
        repeats = view.keys.repeats
        repeats = repeats[getattr(view, key).ok[repeats]]
        if len(repeats):
            yield Hit(sheet, repeats, key, _earlier(view, getattr(view, key)))


def _earlier(view: SheetView, column: Understood) -> Callable[[int], dict[str, object]]:
    """Where the key of a row stands first; the key of 日历 is a day, all others are texts."""
    values = column.ids if column.ids is not None else column.days
    assert values is not None
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    return lambda r: {"place": view.place(int(order[np.searchsorted(ranked, values[r])]))}
