"""库房存放清单 and 柜面图: what stands where in a room. The list has a line a place; the plan shows each cabinet as one stands before it, the
first shelf at the bottom. Both hang in the store: buildings, houses and 档号 stand on them, no name of a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ownerbook.register.register import Register
from ownerbook.reports.forms.listed import Column, Signing, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.on_the_box import Cabinet
from ownerbook.reports.forms.paper import CELL, CENTER, META, NUMBER, Value, form_pen
from ownerbook.reports.palette import ERROR, ERROR_FILL, NAVY, PALE, TITLE, Look
from ownerbook.reports.pen import Page, Pen
from ownerbook.schema.words import Text

KIND, LIST, PLAN = "floor-list", "库房存放清单", "柜面图"
MOST_CABINETS = 400
_COLUMNS = (
    Column("档案室", 9, CENTER.but(form="@")),
    Column("柜号", 7, CENTER.but(form="@")),
    Column("层", 6, CENTER.but(form="@")),
    Column("盒号", 7, CENTER.but(form="@")),
    Column("位置编号", 17, CELL.but(form="@")),
    Column("容量", 7, NUMBER),
    Column("已放", 7, NUMBER),
    Column("借出", 7, NUMBER),
    Column("空位", 7, NUMBER),
    Column("楼栋", 20),
    Column("房号起止", 26, CELL.but(form="@")),
    Column("清点", 9),
    Column("备注", 16),
)
_PLAN_WIDE, _PLAN_HIGH = 118.0, 500.0
"""Half-width characters and points that a cabinet takes on its page."""
_CELL = Look(size=10.5, border="#9AA7B5", align="center", wrap=True, form="@")
_SIDE = _CELL.but(size=12, fill=PALE, ink=NAVY)


def write_floor_list(path: Path, register: Register, chosen: Sequence[int], workspace: str, how: Manner = CHINESE) -> int:
    """The list and the plan of the places chosen (positions in `Places`). Gives how many places. Raises PenError."""
    cabinet = Cabinet(register)
    with form_pen(path, KIND, LIST, as_of=register.today, workspace=workspace, how=how) as pen:
        _list(pen, cabinet, chosen, workspace, how)
        cabinets = list(cabinet.places.cabinets(chosen))
        for first in range(0, len(cabinets), MOST_CABINETS):
            mine = [some for _, some in cabinets[first : first + MOST_CABINETS]]
            _plan(pen.page(PLAN if not first else f"{PLAN} {first + 1}-"), cabinet, mine, how)
    return len(chosen)


def _list(pen: Pen, cabinet: Cabinet, chosen: Sequence[int], workspace: str, how: Manner) -> None:
    p = cabinet.places
    rows: list[list[Value]] = []
    for n in chosen:
        capacity = int(p.capacity[n])
        free: Value = int(p.free[n]) if capacity >= 0 and not p.over[n] else f"超 {int(p.over[n])}" if p.over[n] else "容量不明"
        rows.append(
            [p.room[n], p.cabinet[n], p.shelf[n], p.box[n], p.number[n], capacity if capacity >= 0 else None, int(p.held[n]),
             int(p.out[n]), free, cabinet.buildings(cabinet.here[n]), cabinet.houses(cabinet.here[n]), None, None]
        )  # fmt: skip
    lost = int((p.standing & (p.at < 0)).sum())
    about = f"{workspace}    {cabinet.register.today.isoformat()}    {len(chosen)} 个位置，{sum(int(p.held[n]) for n in chosen)} 份档案"
    hint = Text(f"另有 {lost} 份档案没有写存放位置，或位置不在「位置」表里", f"{lost} files name no place of 位置") if lost else Text("", "")
    sentence = Text("清点时逐个位置核对；借出的档案应有代卷卡。", "Go from place to place; a slip stands for each file on loan.")
    write_list(pen.page(LIST), LIST, about, hint, _COLUMNS, rows, Signing(sentence, ("清点人", "日期")), ("清点",), how)


def _plan(page: Page, cabinet: Cabinet, cabinets: Sequence[Sequence[int]], how: Manner) -> None:
    """A cabinet a page, its shelves from top to bottom as one stands before it."""
    p = cabinet.places
    most = max((len(some) for group in cabinets for _, some in p.shelves(group)), default=1)
    across = min(most, 8)
    page.columns([11.0, *[_PLAN_WIDE / across] * across])
    row, breaks = 1, []
    for group in cabinets:
        first = group[0]
        page.across(row, 1, across + 1, f"{p.room[first]} 室    {p.cabinet[first]} 柜", TITLE.but(align="center"))
        page.height(row, 34)
        held, room = sum(int(p.held[n]) for n in group), sum(int(p.capacity[n]) for n in group if p.capacity[n] > 0)
        zh, en = f"可放 {room} 份，已放 {held} 份；由上到下为最高层到最低层", f"room for {room}, {held} there; the top shelf first"
        page.across(row + 1, 1, across + 1, how.brief(Text(zh, en)), META.but(align="center"))
        row += 2
        shelves = list(p.shelves(group))
        high = min(110.0, max(56.0, _PLAN_HIGH / sum(-(-len(some) // across) for _, some in shelves)))
        for _, some in reversed(shelves):
            for start in range(0, len(some), across):
                page.text(row, 1, f"第 {p.shelf[some[0]]} 层", _SIDE)
                for column in range(across):
                    n = some[start + column] if start + column < len(some) else -1
                    page.text(row, 2 + column, _box(cabinet, n), _CELL.but(fill=ERROR_FILL, ink=ERROR) if n >= 0 and p.over[n] else _CELL)
                page.height(row, high)
                row += 1
        breaks.append(row - 1)
    page.print_setup(last_column=across + 1, last_row=max(1, row - 1), breaks=breaks, scale=90, header=False)


def _box(cabinet: Cabinet, n: int) -> str:
    if n < 0:
        return ""
    p, files = cabinet.places, cabinet.here[n]
    head = p.box[n] or p.number[n]
    room = f"{int(p.held[n])}/{int(p.capacity[n])}" if p.capacity[n] >= 0 else f"{int(p.held[n])}/?"
    return "\n".join(t for t in (f"盒 {head}    {room}", cabinet.houses(files).replace(" 至 ", "\n至 ")) if t)
