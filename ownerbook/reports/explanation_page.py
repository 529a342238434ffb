"""填写说明: the page of a register workbook that explains every column to staff."""

from __future__ import annotations

from collections.abc import Sequence

from ownerbook.reports.kind_words import kind_words
from ownerbook.reports.palette import BODY_CENTER, BODY_WRAP, HEADER, HEADER_OPTIONAL, LINK, MUTED, NAVY, PALE, PLAIN, SUBTITLE, TITLE
from ownerbook.reports.pen import Page, Pen
from ownerbook.reports.widths import row_height
from ownerbook.schema.sheet import Column, Sheet

EXPLANATION = "填写说明"
_WIDTHS = (16, 7, 46, 40)
_HEADS = ("列", "必填", "填什么", "说明")
_NOTES = (
    "一行一条记录，不要合并单元格、不要留空行、不要在数据下面写合计。",
    "编号、房号、证件号码、电话都是文本格式：直接录入即可，不要改成数字或日期。",
    "日期按 2026-10-31 录入；不知道的留空，不要写「不详」。",
    "列的次序可以调整，可以加自己的列；表头文字请不要改。一张表可以分成几本工作簿（例如每栋一本）。",
    "办理人员填「人员」表中的工号或姓名；借阅期限、审核周期等规定在「制度」表里改。",
)


def write_explanation(pen: Pen, sheets: Sequence[Sheet]) -> None:
    """Write the page; it stands last, so that the workbook opens on its first sheet."""
    page = pen.page(EXPLANATION, colour="#B08900")
    page.columns(_WIDTHS)
    page.across(1, 1, 4, f"{pen.title} · 填写说明", TITLE.but(size=16))
    page.height(1, 32)
    row = 2
    for n, text in enumerate(_NOTES, 1):
        page.across(row, 1, 4, f"{n}. {text}", PLAIN.but(wrap=True))
        page.height(row, row_height([(text, float(sum(_WIDTHS)))]))
        row += 1
    page.text(row, 1, "表头颜色", SUBTITLE)
    page.text(row, 2, "必填", HEADER)
    page.text(row, 3, "可以留空（或在说明所述情形下必填）", HEADER_OPTIONAL)
    row += 2
    for sheet in sheets:
        row = _section(page, row, sheet) + 1
    page.print_setup(landscape=False)


def _section(page: Page, row: int, sheet: Sheet) -> int:
    page.link(row, 1, f"internal:'{sheet.name}'!A1", sheet.name, LINK.but(size=12, bold=True, border="", bottom=NAVY))
    optional = "" if sheet.needed else "（可选的表，不用可以删去）"
    page.across(row, 2, 4, sheet.purpose.zh + optional, PLAIN.but(ink=MUTED, bottom=NAVY))
    page.height(row, 26)
    page.row(row + 1, _HEADS, HEADER.but(fill=PALE, ink=NAVY, border="#D5DCE5"))
    row += 2
    for column in sheet.columns:
        texts = (column.header.zh, "主键" if column.key else "是" if column.required else "", kind_words(column).zh, _hint(column))
        page.row(row, texts, (BODY_WRAP.but(bold=column.required), BODY_CENTER, BODY_WRAP, BODY_WRAP.but(ink=MUTED)))
        page.height(row, row_height(list(zip(texts, map(float, _WIDTHS), strict=True))))
        row += 1
    return row


def _hint(column: Column) -> str:
    return column.hint.zh
