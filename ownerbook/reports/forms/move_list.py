"""移架清单, in which is filled in where files go and which comes back through the inbox; and 移架取放单, with which somebody walks along the
shelves: what is taken out in the order of where it stands, then what is put in in the order of where it goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ownerbook.register.register import Register
from ownerbook.reports.forms.listed import HEADER_ROW, Column, Signing, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.on_the_box import Cabinet
from ownerbook.reports.forms.paper import CELL, CENTER, Value, form_pen
from ownerbook.schema.words import Text

LIST, PICK = "move-list", "pick-list"
SHEET, OUT, IN = "移架清单", "取出", "放入"
BLANK = 40
"""Lines of a list for which no files were named."""
_NO = Column("序号", 6, CENTER)
_FILE, _HOUSE = Column("档号", 20, CELL.but(form="@")), Column("房号", 13, CELL.but(form="@"))
_FROM, _TO, _NOTE = Column("现位置", 18, CELL.but(form="@")), Column("移到位置", 18, CELL.but(form="@")), Column("备注", 22)


@dataclass(frozen=True, slots=True)
class Step:
    """A file on its way. lent: it is out and is put to its new place when it comes back."""

    file_no: str
    house: str
    was: str
    to: str
    lent: bool = False


def write_move_list(path: Path, register: Register, files: Sequence[int], workspace: str, how: Manner = CHINESE) -> int:
    """The list to fill in, with the files named (rows of 档案), or blank. Gives how many files. Raises PenError."""
    cabinet = Cabinet(register)
    rows: list[list[Value]] = [
        [n, cabinet.key(f), cabinet.house(f), cabinet.place_of(f), None, cabinet.name.found("files", "status", f)] for n, f in enumerate(files, 1)
    ]
    rows = rows or [[n, None, None, None, None, None] for n in range(1, BLANK + 1)]
    hint = Text(
        "填「移到位置」，也可只写到柜或层，由软件找空位；不移的留空。填好放进「收件箱」，看过方案同意后才写入登记簿",
        "fill in 移到位置 (a cabinet or a shelf will do); leave blank what stays; put it into 收件箱",
    )
    with form_pen(path, LIST, SHEET, as_of=register.today, workspace=workspace, how=how) as pen:
        page = pen.page(SHEET)
        asked = ("移到位置",) if files else ("档号", "移到位置")
        sentence = Text("移好后请签名。", "Sign when it is done.")
        about = f"{workspace}    {register.today.isoformat()}"
        write_list(page, SHEET, about, hint, (_NO, _FILE, _HOUSE, _FROM, _TO, _NOTE), rows, Signing(sentence, ("移架人", "日期")), asked, how)
        if cabinet.places.number:
            page.choices(HEADER_ROW + 1, 5, HEADER_ROW + len(rows), 5, cabinet.places.number, strict=False)
    return len(files)


def write_pick_list(path: Path, steps: Sequence[Step], register: Register, workspace: str, how: Manner = CHINESE) -> int:
    """The list to walk with. steps: in walking order of where the files stand. Gives how many. Raises PenError."""
    cabinet = Cabinet(register)
    order = {number: n for n, number in enumerate(cabinet.places.number)}
    last = len(order)
    out = [s for s in sorted(steps, key=lambda s: order.get(s.was, last)) if not s.lent]
    put = sorted(steps, key=lambda s: order.get(s.to, last))
    about = f"{workspace}    {register.today.isoformat()}    {len(steps)} 份"
    with form_pen(path, PICK, "移架取放单", as_of=register.today, workspace=workspace, how=how) as pen:
        took = Text("沿架依次取出，取出的打勾", "take out along the shelves")
        gave = Text("沿架依次放入，放好的打勾；借出的归还时再放", "put in along the shelves; what is out, when it comes back")
        sides = ((OUT, out, (_NO, _FROM, _FILE, _HOUSE, _TO), took), (IN, put, (_NO, _TO, _FILE, _HOUSE, _FROM), gave))
        for sheet, some, columns, hint in sides:
            rows: list[list[Value]] = []
            for n, s in enumerate(some, 1):
                first, second = (s.was, s.to) if sheet == OUT else (s.to, s.was)
                rows.append([n, first, s.file_no, s.house, second, None, "借出中" if s.lent else None])
            wide = (*columns, Column("打勾", 7, CENTER), Column("备注", 14))
            sign = Signing(Text(f"共 {len(some)} 份。", f"{len(some)} files."), ("经手人", "日期"))
            write_list(pen.page(sheet), f"移架取放单（{sheet}）", about, hint, wide, rows, sign, (), how)
    return len(steps)
