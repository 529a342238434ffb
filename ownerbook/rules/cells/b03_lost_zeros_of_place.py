"""B03: a part of a place, kept as a number, has lost the leading zeros that 位置编号 shows."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.cells import Kind
from ownerbook.schema.words import Text

CARD = Card(
    code="B03",
    severity="warning",
    stage=Stage.DAMAGE,
    repair="confirm",
    title=Text("柜、层、盒号丢失前导 0", "Part of a place has lost its leading zeros"),
    message=Text(
        "「{header}」是数字 {found}，位置编号 {record} 里是 {suggestion}", "{header} is the number {found}, but {suggestion} in the place {record}"
    ),
    why=Text("丢了前面的 0，和位置编号、盒签都对不上。", "Without its zeros it matches neither the number of the place nor the label."),
    fix=Text("把单元格设为文本格式，补回前面的 0。", "Set the cell to text, and put the zeros back."),
    needs="locations.location_no locations.room locations.cabinet locations.shelf locations.box",
    wrong="""
        位置: 位置编号 | 档案室 | 柜号 | 层 | 盒号
        A01-03-02-015 | A01 | «n:3» | «n:2» | «n:15»
        001-03-02 | «n:1» | 03 | 02 |
    """,
    right="""
        位置: 位置编号 | 档案室 | 柜号 | 层 | 盒号
        A01-3-2-15 | A01 | n:3 | n:2 | n:15
        A01-03-02-15 | A01 | 03 | 2 | n:15
        A01-03-02-15 | A01 | n:4 | 02 | n:15
        甲柜 | A01 | n:3 | n:2 | n:1
    """,
)
PARTS = ("room", "cabinet", "shelf", "box")


def find(v: View) -> Iterator[Hit]:
    """位置编号 is 室-柜-层-盒, or 室-柜-层 without a box."""
    s = v.locations
    numbers = s.location_no
    for i, field in enumerate(PARTS):
        column = getattr(s, field)
        told: dict[int, str] = {}
        for row in np.flatnonzero((column.cells.kind == Kind.NUMBER) & column.ok & numbers.ok).tolist():
            parts = numbers.text(row).split("-")
            here = parts[i] if len(parts) in (3, 4) and i < len(parts) else ""
            if here.isdigit() and here.startswith("0") and here != column.text(row) and int(here) == column.cells.value[row]:
                told[row] = here
        yield Hit("locations", sorted(told), field, None, told.get)
