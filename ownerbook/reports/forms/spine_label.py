"""卷脊和盒脊标签: labels for the backs of files and boxes 30 or 50 mm thick, several a page with lines to cut along.

They stand where everybody who enters the store reads them: 档号, 房号, years, 保管期限 and the place, never a name or a title. Sizes hold
at 100 % of print; a line on each page says what it must measure. A column's width follows the font of the program that prints it by some
six percent, so a label is made that much narrower than its back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ownerbook.register.register import Register
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.on_the_box import Cabinet
from ownerbook.reports.forms.paper import META, form_pen
from ownerbook.reports.palette import ERROR, NAVY, PALE, Look
from ownerbook.reports.pen import Page, Pen
from ownerbook.reports.widths import cells
from ownerbook.schema.words import Text

FILES, BOXES = "卷脊标签", "盒脊标签"
FILE_SPINES, BOX_SPINES = "file-spines", "box-spines"
SIZES = (30, 50)
"""Millimetres of the backs that labels are made for."""
SHARE = 0.93
"""Of the back's width, what a label takes where digits are narrowest; it takes all of it where they are widest."""
HIGH = 125.0
"""Millimetres from top to bottom."""
A_SHEET = 900
_PAGE_WIDE = 185
_ROWS_A_PAGE = 2
_CUT = "#9AA7B5"


@dataclass(frozen=True, slots=True)
class Label:
    """A label. big: what is read from afar; lines: (word, value), from top to bottom; red: a word at the foot that warns."""

    big: str
    lines: tuple[tuple[str, str], ...]
    red: str = ""


def of_files(cabinet: Cabinet, files: Sequence[int]) -> list[Label]:
    """A label for each file."""
    name = cabinet.name
    return [
        Label(
            cabinet.house(f),
            (
                ("档号", cabinet.key(f)),
                ("年度", cabinet.years([f])),
                ("保管期限", name.found("files", "retention", f)),
                ("位置", cabinet.place_of(f)),
            ),
            name.found("files", "confidentiality", f) if cabinet.sensitive([f]) else "",
        )
        for f in files
    ]


def of_boxes(cabinet: Cabinet, places: Sequence[int]) -> list[Label]:
    """A label for each place (positions in `Cabinet.places`), an empty one too: its box is labelled before it is filled."""
    out = []
    for p in places:
        files = cabinet.here[p]
        lines = (
            ("楼栋", cabinet.buildings(files, 3)),
            ("房号", cabinet.houses(files)),
            ("档号", cabinet.numbers(files)),
            ("档案数", str(len(files)) if files else ""),
            ("年度", cabinet.years(files)),
            ("保管期限", cabinet.retentions(files)),
        )
        out.append(Label(cabinet.places.number[p], lines, "含敏感档案" if cabinet.sensitive(files) else ""))
    return out


def write_spines(path: Path, register: Register, files: Sequence[int], boxes: Sequence[int], workspace: str, *, wide: int = 0,
                 how: Manner = CHINESE) -> int:  # fmt: skip
    """Labels of files and of boxes; wide: millimetres for all of them, 0: 30 for files and 50 for boxes. Gives how many. Raises PenError."""
    cabinet = Cabinet(register)
    kind = (FILE_SPINES, FILES) if files or not boxes else (BOX_SPINES, BOXES)
    with form_pen(path, *kind, as_of=register.today, workspace=workspace, how=how) as pen:
        if files or not boxes:
            add_labels(pen, FILES, of_files(cabinet, files), wide or SIZES[0], workspace, how)
        if boxes:
            add_labels(pen, BOXES, of_boxes(cabinet, boxes), wide or SIZES[1], workspace, how)
    return len(files) + len(boxes)


def add_labels(pen: Pen, title: str, labels: Sequence[Label], wide: int, workspace: str, how: Manner = CHINESE) -> None:
    """Labels as sheets of a workbook."""
    for first in range(0, max(1, len(labels)), A_SHEET):
        some = labels[first : first + A_SHEET]
        name = title if len(labels) <= A_SHEET else f"{title} {first + 1}-{first + len(some)}"
        _sheet(pen.page(name), some, wide, workspace, how)


def chars(millimetres: float) -> float:
    """The width of a column in half-width characters: 7 pixels each and 5 beside, 96 a column inch."""
    return (millimetres / 25.4 * 96 - 5) / 7


def points(millimetres: float) -> float:
    """Millimetres as points."""
    return millimetres / 25.4 * 72


def _sheet(page: Page, labels: Sequence[Label], wide: int, workspace: str, how: Manner) -> None:
    across = _PAGE_WIDE // wide
    page.columns([chars(wide * SHARE)] * across)
    most = max((len(x.lines) for x in labels), default=0)
    row, breaks = 1, []
    for start in range(0, max(1, len(labels)), across * _ROWS_A_PAGE):
        zh = f"打印选「实际大小」（100%）；适用于厚 {wide} 毫米的卷盒：每条应宽 {wide * SHARE:.0f}–{wide} 毫米、高 {HIGH:g} 毫米，沿线裁开"
        en = f"print at actual size (100 %): for backs of {wide} mm, {wide * SHARE:.0f}-{wide} mm wide, {HIGH:g} mm high; cut along the lines"
        page.across(row, 1, across, how.brief(Text(zh, en)), META.but(size=8))
        page.height(row, 16)
        row += 1
        for band in range(start, min(len(labels), start + across * _ROWS_A_PAGE), across):
            row = _labels(page, row, labels[band : band + across], most, wide, workspace, how)
        if not labels:
            page.text(row, 1, how.word("没有"), META)
            row += 1
        breaks.append(row - 1)
    page.print_setup(landscape=False, last_column=across, last_row=row - 1, header=False, breaks=breaks, scale=100)


def _labels(page: Page, row: int, labels: Sequence[Label], most: int, wide: int, workspace: str, how: Manner) -> int:
    """Labels side by side: one row of cells for each thing said, so that all of them are equally high. Gives the row below."""
    big = points(16)
    foot, head = points(7.5), points(7)
    each = (points(HIGH) - big - foot - head) / most
    rows = [head, big, *([each * 0.35, each * 0.65] * most), foot]
    for n, high in enumerate(rows):
        page.height(row + n, high)
    for column, label in enumerate(labels, 1):
        size = 9 if wide <= 30 else 11
        edge = Look(border=_CUT, align="center", wrap=True, form="@")
        page.text(row, column, workspace, edge.but(size=_fit(workspace, wide, 8, rows=2), ink="#6B7280"))
        page.text(row + 1, column, label.big, edge.but(size=_fit(label.big, wide, 22, rows=1 if cells(label.big) <= 16 else 2), bold=True, ink=NAVY))
        for n, (word, value) in enumerate(label.lines):
            page.text(row + 2 + 2 * n, column, how.head(word), edge.but(size=5.5 if how.both else 7.5, bold=True, ink=NAVY, fill=PALE))
            split = value if _fit(value, wide, size) >= size else value.replace(" 至 ", "\n至 ")
            page.text(row + 3 + 2 * n, column, split, edge.but(size=_fit(split, wide, size + 2 if split == value else 9.5)))
        page.text(row + len(rows) - 1, column, label.red, edge.but(size=10, bold=True, ink=ERROR))
    return row + len(rows)


def _fit(text: str, wide: int, largest: float, *, rows: int = 1) -> float:
    """The size in points at which the longest line of a text fits a label, wrapped into so many rows: a half-width character is a little over half
    its size."""
    longest = max((cells(line) for line in text.split("\n")), default=1)
    room = (points(wide * SHARE) - 6) / 0.56
    if longest * largest <= room:
        return largest
    return max(5.0 if rows > 1 else 7.0, min(largest, room / max(1.0, longest / rows + (2 if rows > 1 else 0))))
