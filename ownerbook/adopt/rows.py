"""What each row of a tab is: title, header, hint, example, subtotal, note, section, data."""

from __future__ import annotations

import re

from ownerbook.adopt.grid import Cell, Grid
from ownerbook.adopt.heads import Heading, is_hint_word, is_type_word, known
from ownerbook.adopt.wordings import normal
from ownerbook.schema.cells import Kind
from ownerbook.workbook.assembly import TOTAL

ROLES = {
    "title": "标题", "note": "说明", "hint": "填写提示", "header": "表头", "example": "示例", "subtotal": "合计", "again": "重复的表头",
    "section": "分段标题",
    "serial": "只有序号", "other": "另一张表", "data": "数据",
}  # fmt: skip
_NOTE = re.compile(
    r"^\s*(?:说明|注[:\uff1a意]|备注[:\uff1a]|填表说明|填写说明|注意事项|提示|温馨提示"
    r"|以上|以下|制表|填表|审核|复核|打印|单位[:\uff1a]|日期[:\uff1a])"
)
_EXAMPLE = re.compile(r"^\s*[(\uff08【]?(?:示例|样例|范例|例如|例[:\uff1a]|如[:\uff1a]|举例)|[(\uff08【](?:示例|样例|范例)[)\uff09】]|填写样例")
_EXAMPLES = re.compile(r"示例|样例|范例")
_SECTION = re.compile(r"^.{0,6}[0-9A-Za-z一二三四五六七八九十]+\s*(?:号楼|栋|幢|座|单元|期|区|#楼?|号).{0,8}$")
_SUM = re.compile(r"\b(?:SUM|SUBTOTAL|COUNTA?|AVERAGE)\(", re.I)


def row_roles(grid: Grid, heading: Heading, tab: str = "", *, serial: tuple[int, ...] = ()) -> dict[int, str]:
    """The role of every row that holds anything. serial: the columns that only count rows."""
    out: dict[int, str] = {}
    again = {normal(h.own) for h in heading.heads.values()}
    first_data, other, within = True, False, heading.inside()
    for row in sorted(grid.rows):
        cells = grid.rows[row]
        if row < heading.first:
            hinted = sum(is_hint_word(c.text) or is_type_word(c.text) for c in cells.values())
            out[row] = "hint" if hinted * 2 > len(cells) else "title" if len(cells) == 1 and row == min(grid.rows) else "note"
        elif row <= heading.last:
            out[row] = "header"
        else:
            out[row] = _below(grid, heading, {c: x for c, x in cells.items() if c in within}, again, serial, first_data)
            if out[row] == "again":
                other = False
            elif other or (out[row] == "data" and _another_header(cells, again)):
                other, out[row] = True, "other"
            if out[row] == "data":
                first_data = False
    if _EXAMPLES.search(tab):
        out = {r: "example" if role == "data" else role for r, role in out.items()}
    return out


def _below(grid: Grid, heading: Heading, inside: dict[int, Cell], again: set[str], serial: tuple[int, ...], first: bool) -> str:
    if not inside:
        return "note"
    texts = [cell.text.strip() for cell in inside.values()]
    if len(texts) >= 2 and sum(normal(t) in again for t in texts) >= max(2, 0.6 * len(texts)):
        return "again"
    ordered = [inside[c] for c in sorted(inside)]
    if any(TOTAL.match(c.text) for c in ordered[:3] if c.kind == Kind.TEXT):
        return "subtotal"
    if _sums(grid, ordered):
        return "subtotal"
    if sum(is_hint_word(t) or is_type_word(t) for t in texts) * 2 > len(texts):
        return "hint"
    if all(c in serial for c in inside):
        return "serial"
    if len(texts) == 1:
        return _lonely(grid, heading, ordered[0])
    if first and any(_EXAMPLE.search(t) for t in texts if len(t) <= 40):
        return "example"
    return "data"


def _another_header(cells: dict[int, Cell], again: set[str]) -> bool:
    """A row that can only be the header of another table below: known wordings and nothing else."""
    texts = [c for c in cells.values() if c.kind == Kind.TEXT]
    if len(texts) < 3 or len(texts) < len(cells):
        return False
    sure = sum(known(c.text) >= 0.85 and normal(c.text) not in again for c in texts)
    return sure >= 3 and sum(known(c.text) >= 0.55 for c in texts) >= 0.7 * len(texts)


def _sums(grid: Grid, cells: list[Cell]) -> bool:
    formulas = [grid.tab.formulas.get((c.row, c.column), "") for c in cells]
    summing = [f for f in formulas if _SUM.search(f)]
    return bool(summing) and len(cells) <= len(summing) + 2


def _lonely(grid: Grid, heading: Heading, cell: Cell) -> str:
    """A row of one cell: a heading of a section, a note below the table, or a poor row of data."""
    text = cell.text.strip()
    wide = any(r1 == cell.row and c1 == cell.column and c2 - c1 >= 2 for r1, c1, _, c2 in grid.tab.merges)
    if cell.kind == Kind.TEXT and (_NOTE.match(text) or len(text) > 25):
        return "note"
    if wide or (
        cell.kind == Kind.TEXT
        and cell.column <= heading.spans[0][0] + 1
        and _SECTION.match(text)
        and not re.search(r"[0-9]+\s*[-号室]\s*[0-9]{2,}", text)
    ):
        return "section" if cell.kind == Kind.TEXT else "data"
    return "data"
