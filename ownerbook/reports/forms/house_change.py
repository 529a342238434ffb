"""房屋变更登记表: houses renumbered, divided or joined, a line a pair of numbers. `jobs.house_forms` reads it back.

A division is one old number on several lines, a joining one new number on several lines; 办理 says which is meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ownerbook.procedures.houses import KINDS
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.column_form import cell_look, options
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, LABEL, TEXT, VALUE, form_pen
from ownerbook.reports.palette import FILL_IN, HEADER, MUTED, NAVY, SUBTITLE, TITLE
from ownerbook.schema.kinds import Choice
from ownerbook.schema.words import Text

KIND, TITLE_ZH = "house-change", "房屋变更登记表"
NUMBER, WHAT, OLD, NEW = "序号", "办理", "原房号", "新房号"
FACTS: tuple[tuple[str, str, float], ...] = (
    ("建筑面积", "floor_area", 10), ("套内面积", "inner_area", 10), ("户型", "layout", 10), ("房屋用途", "use", 9),
    ("不动产权证号", "title_no", 26), ("说明", "note", 22),
)  # fmt: skip
CLERK, DAY, REASON, EVIDENCE, APPRAISER = "登记人", "变更日期", "依据", "证明材料编号", "鉴定人"
DOC_TYPE, FORM, PAGES, CHECKER = "随表材料", "形式", "页数", "核对人"
LABELS = (CLERK, DAY, REASON, EVIDENCE, APPRAISER, DOC_TYPE, FORM, PAGES, CHECKER)
_ROWS = ((CLERK, DAY, REASON), (EVIDENCE, APPRAISER, DOC_TYPE), (FORM, PAGES, CHECKER))
HEADER_ROW = 7
BLANK_LINES = 12
_HINT = Text(
    "改号：一行一套，写原房号和新房号。分割：原房号相同，每套新房一行，须写建筑面积。合并：新房号相同，每套原房一行；没有写面积的按原面积相加。"
    "档号不变，登记簿里各表的房号一并改，原房号仍可查到。合并和分割的证明材料写已登记的材料编号，或在「随表材料」写材料类型、形式、页数。"
    "填好后存入「收件箱」，或用 ownerbook register 办理。",
    "改号 renumbers: a line a house. 分割 divides: the old number on a line for each new house, with its area. "
    "合并 joins: the new number on a line for each old house. File numbers stay. Then put it into 收件箱, or ownerbook register.",
)


def write_house_change(
    path: Path, *, workspace: str, as_of: date, houses: Sequence[Mapping[str, str]] = (), lines: int = BLANK_LINES, how: Manner = CHINESE
) -> int:
    """Write the form. houses: fields of 房屋 of houses that stand there already, a line each; lines: so many at least. Gives how many lines.

    Raises PenError, CannotWrite.
    """
    heads = [NUMBER, WHAT, OLD, NEW, *(h for h, _, _ in FACTS)]
    widths = [6, 9, 14, 14, *(w for _, _, w in FACTS)]
    total = max(lines, len(houses))
    last = HEADER_ROW + total
    columns = BY_FIELD["houses"].by_field
    with form_pen(path, KIND, TITLE_ZH, as_of=as_of, workspace=workspace) as pen:
        page = pen.page(TITLE_ZH, colour=NAVY)
        page.columns(widths)
        page.across(1, 1, len(heads), how.word(TITLE_ZH), TITLE.but(align="center"))
        page.height(1, 34)
        page.across(2, 1, len(heads), how.say(_HINT), SUBTITLE.but(wrap=True))
        page.height(2, 74 if how.both else 48)
        for n, labels in enumerate(_ROWS, 3):
            for (first, wide), label in zip(((1, 2), (4, 2), (8, 1)), labels, strict=True):
                page.across(n, first, first + (1 if first == 1 else 0), how.head(label), LABEL)
                start = first + (2 if first == 1 else 1)
                look = VALUE.but(fill=FILL_IN, form="yyyy-mm-dd" if label == DAY else "@")
                page.across(n, start, start + (0 if first == 1 else wide), "", look)
                _choices(page, n, start, label)
            page.height(n, 30 if how.both else 24)
        page.across(6, 1, len(heads), f"{workspace}    {as_of.isoformat()}", TEXT.but(size=9, ink=MUTED))
        page.height(6, 16)
        for n, head in enumerate(heads, 1):
            page.text(HEADER_ROW, n, how.head(head), HEADER.but(ink=NAVY, fill="#FFE699") if head in (WHAT, OLD, NEW) else HEADER)
        page.height(HEADER_ROW, 36 if how.both else 26)
        ask = ASK.but(wrap=True, form="@", fill="")
        looks = [ask.but(align="center", ink=MUTED), ask.but(align="center"), ask, ask]
        looks += [cell_look(columns[f].kind, ASK.but(wrap=True, fill="")) for _, f, _ in FACTS]
        for i in range(total):
            house = houses[i] if i < len(houses) else {}
            page.row(HEADER_ROW + 1 + i, [str(i + 1), "", house.get("house_no", ""), "", *[""] * len(FACTS)], looks)
            page.height(HEADER_ROW + 1 + i, 22)
        page.choices(HEADER_ROW + 1, 2, last, 2, KINDS, strict=False)
        use = columns["use"].kind
        if isinstance(use, Choice):
            page.choices(HEADER_ROW + 1, 8, last, 8, options(use), strict=False)
        signing = "      ".join(f"{who}：______________" for who in ("经办人签字", "审核人签字", "日期"))
        page.across(last + 1, 1, len(heads), signing, TEXT.but(size=10.5))
        page.height(last + 1, 34)
        page.freeze(HEADER_ROW, 1)
        page.print_setup(landscape=True, repeat=(HEADER_ROW, HEADER_ROW), last_column=len(heads), last_row=last + 1)
    return total


def _choices(page, row: int, column: int, label: str) -> None:  # type: ignore[no-untyped-def]
    fields = {DOC_TYPE: "doc_type", FORM: "form"}
    if label in fields:
        kind = BY_FIELD["documents"].by_field[fields[label]].kind
        if isinstance(kind, Choice):
            page.choices(row, column, row, column, options(kind), strict=False)
