"""层标签: a card for the edge of each shelf, eight a page with lines to cut along: room, cabinet and shelf to be read from afar, below them the
boxes and the houses that stand there. No name of a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ownerbook.register.register import Register
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.on_the_box import Cabinet, span
from ownerbook.reports.forms.paper import META, form_pen
from ownerbook.reports.forms.spine_label import SHARE, chars, points
from ownerbook.reports.palette import NAVY, Look
from ownerbook.reports.pen import Page
from ownerbook.reports.widths import cells
from ownerbook.schema.words import Text

KIND, SHEET = "shelf-labels", "层标签"
WIDE, HIGH = 92.0, 60.0
"""Millimetres of a card."""
_ACROSS, _DOWN = 2, 4
_EDGE = Look(border="#9AA7B5", align="center", wrap=True, form="@")
_BIG, _MIDDLE, _SMALL = _EDGE.but(size=26, bold=True, ink=NAVY), _EDGE.but(size=12), _EDGE.but(size=9, ink="#6B7280")


def write_shelf_labels(path: Path, register: Register, chosen: Sequence[int], workspace: str, how: Manner = CHINESE) -> int:
    """Cards of the shelves on which the places chosen (positions in `Places`) lie. Gives how many. Raises PenError."""
    cabinet = Cabinet(register)
    cards = [_card(cabinet, some, workspace) for _, some in cabinet.places.shelves(chosen)]
    with form_pen(path, KIND, SHEET, as_of=register.today, workspace=workspace, how=how) as pen:
        for first in range(0, max(1, len(cards)), 3600):
            _sheet(pen.page(SHEET if not first else f"{SHEET} {first + 1}-"), cards[first : first + 3600], how)
    return len(cards)


def _card(cabinet: Cabinet, some: Sequence[int], workspace: str) -> tuple[str, ...]:
    p = cabinet.places
    files = [f for place in some for f in cabinet.here[place]]
    boxes = span([p.box[n] for n in some if p.box[n]])
    first = some[0]
    room = int(sum(int(c) for c in p.capacity[list(some)] if c > 0))
    held = f"可放 {room} 份，已放 {len(files)} 份"
    return (
        f"{workspace}    {p.room[first]} 室    {p.cabinet[first]} 柜",
        f"第 {p.shelf[first]} 层",
        f"盒 {boxes}" if boxes else "、".join(p.number[n] for n in some[:3]),
        cabinet.houses(files) or "（空）",
        "    ".join(t for t in (cabinet.buildings(files), held) if t),
    )


def _sheet(page: Page, cards: Sequence[tuple[str, ...]], how: Manner) -> None:
    page.columns([chars(WIDE * SHARE)] * _ACROSS)
    looks = (_SMALL, _BIG, _MIDDLE, _MIDDLE.but(bold=True), _SMALL)
    share = (0.14, 0.34, 0.15, 0.21, 0.16)
    row, breaks = 1, []
    for start in range(0, max(1, len(cards)), _ACROSS * _DOWN):
        zh = f"打印选「实际大小」（100%）；每张应宽 {WIDE * SHARE:.0f}–{WIDE:g} 毫米、高 {HIGH:g} 毫米，沿线裁开。层内容变了请重印"
        en = f"print at actual size (100 %): {WIDE * SHARE:.0f}-{WIDE:g} by {HIGH:g} mm each; cut along the lines; print again when the shelf changes"
        page.across(row, 1, _ACROSS, how.brief(Text(zh, en)), META.but(size=8))
        page.height(row, 16)
        row += 1
        for band in range(start, min(len(cards), start + _ACROSS * _DOWN), _ACROSS):
            for n, part in enumerate(share):
                page.height(row + n, points(HIGH) * part)
                for column, card in enumerate(cards[band : band + _ACROSS], 1):
                    look = looks[n] if cells(card[n]) * looks[n].size * 0.56 < points(WIDE) - 8 else looks[n].but(size=looks[n].size * 0.75)
                    page.text(row + n, column, card[n], look)
            row += len(share)
        if not cards:
            page.text(row, 1, how.word("没有"), META)
            row += 1
        breaks.append(row - 1)
    page.print_setup(landscape=False, last_column=_ACROSS, last_row=row - 1, header=False, breaks=breaks, scale=100)
