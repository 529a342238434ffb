"""R31: a check of a room that 位置 does not name."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R31",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("档案室不在位置表", "Room not on 位置"),
    message=Text("档案室 {found} 在「位置」表里没有", "room {found} is not on 位置"),
    why=Text("对不上档案室，就不知检查的是哪一间。", "Nobody can tell which room was checked."),
    fix=Text("核对档案室；新设的先在「位置」表登记。", "Check the room; register a new one on 位置 first."),
    needs="room_checks.room locations.room",
    wrong="""
        位置: 位置编号 | 档案室
        A01-01-01-01 | A01

        库房检查: 检查编号 | 档案室
        K1 | «A09»
    """,
    right=(
        """
        位置: 位置编号 | 档案室
        A01-01-01-01 | A01

        库房检查: 检查编号 | 档案室
        K1 | A01
        K2 |
        """,
        """
        位置: 位置编号 | 档案室
        A01-01-01-01 | A01
        A02-01-01-01 | e:#REF!

        库房检查: 检查编号 | 档案室
        K1 | A02
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """While a room on 位置 cannot be read, it may be the one."""
    room, known = v.room_checks.room, v.locations.room
    if not (known.filled & ~known.ok).any():
        yield Hit("room_checks", rows(room.ok & ~np.isin(room.ids, known.ids[known.ok])), "room")
