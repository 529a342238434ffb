"""开发商交房清单: one row a house handed over, with its owners, the contract and the papers that came. `jobs.batch_forms` reads it back.

The head of the page says once for all houses who registers, on which day, and who compared the copies. The columns of papers hold a
number of pages; which of them are copies is said above the table, so that a number alone is no guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ownerbook.register.policy import PAPERS
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.column_form import cell_look, options
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, LABEL, TEXT, VALUE, form_pen
from ownerbook.reports.palette import FILL_IN, HEADER, MUTED, NAVY, SUBTITLE, TITLE, Look
from ownerbook.schema.kinds import Choice
from ownerbook.schema.words import Text

KIND, TITLE_ZH = "handover-list", "开发商交房清单"
PROJECT_PROPERTY = "ownerbook.project"
PROJECT, DEVELOPER, CLERK, DAY, SINCE, CHECKER = "项目", "开发商", "登记人", "登记日期", "取得日期", "核对人"
LABELS = (PROJECT, DEVELOPER, CLERK, DAY, SINCE, CHECKER)
PAPER_HEAD = "材料："
COPIES = ("身份证件复印件", "购房合同", "购房发票", "营业执照")
"""Papers whose number of pages alone means a copy; of all others it means the original."""
COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("房号", "houses.house_no", 11), ("房屋用途", "houses.use", 7), ("户型", "houses.layout", 8), ("建筑面积", "houses.floor_area", 8.5),
    ("套内面积", "houses.inner_area", 8.5), ("签约日期", "houses.contract_on", 11), ("交房日期", "houses.handover_on", 11),
    ("业主姓名", "owners.name", 12), ("业主类型", "owners.kind", 7.5), ("证件类型", "owners.id_type", 10), ("证件号码", "owners.id_no", 21),
    ("联系电话", "owners.phone", 13.5), ("产权份额", "owners.share", 8), ("通讯地址", "owners.address", 16), ("告知书签订", "owners.consent", 7),
)  # fmt: skip
"""Header, field, width."""
NOTE = ("备注", "houses.note", 12)
HEADER_ROW = 7
BLANK_LINES = 300
_HINT = Text(
    "一户一行。共有人写在同一格，用、分开（证件号码、电话、份额按同样的次序），或各占一行并合并房号格。未售的房屋只填房号、用途和面积。"
    "材料栏写页数：身份证件复印件、购房合同、购房发票按复印件，其余按原件；不同的写「原件12」「复印件3」；没有交来的空着。"
    "号码列是文本格，请勿改成数字。填好后存入「收件箱」，或用 ownerbook register 办理。",
    "A row a house. Owners in common in one cell, parted by 、, or a row each with the house merged. "
    "An unsold house has its number, use and area only. Papers: how many pages came. "
    "Columns of numbers are text. Then put it into 收件箱, or ownerbook register.",
)


def heads(papers: Sequence[str] = PAPERS) -> list[str]:
    """The headers of the list, in order."""
    return [h for h, _, _ in COLUMNS] + [f"{PAPER_HEAD}{p}" for p in papers] + [NOTE[0]]


def write_handover_list(
    path: Path, *, project: str, workspace: str, as_of: date, papers: Sequence[str] = PAPERS, houses: Sequence[str] = (), lines: int = BLANK_LINES,
    how: Manner = CHINESE,
) -> int:  # fmt: skip
    """Write a list to be filled in. project: 项目代码; houses: numbers that stand there already; lines: so many rows. Gives how many rows.

    Raises PenError, CannotWrite.
    """
    names = heads(papers)
    last = HEADER_ROW + max(lines, len(houses))
    with form_pen(path, KIND, TITLE_ZH, as_of=as_of, workspace=workspace, properties={PROJECT_PROPERTY: project}) as pen:
        page = pen.page(TITLE_ZH, colour=NAVY)
        page.columns([*(w for _, _, w in COLUMNS), *(8.5 for _ in papers), NOTE[2]])
        page.across(1, 1, len(names), how.word(TITLE_ZH), TITLE.but(align="center"))
        page.height(1, 34)
        page.across(2, 1, len(names), how.say(_HINT), SUBTITLE.but(wrap=True))
        page.height(2, 72 if how.both else 46)
        for n, label in enumerate(LABELS):
            row, column = 3 + n // 3, 1 + (n % 3) * 5
            page.across(row, column, column + 1, how.head(label), LABEL)
            value = f"{workspace}（{project}）" if label == PROJECT else ""
            look = VALUE if value else VALUE.but(fill=FILL_IN, form="yyyy-mm-dd" if label in (DAY, SINCE) else "@")
            page.across(row, column + 2, column + 4, value, look)
            page.height(row, 30 if how.both else 24)
        rows = f"共 {last - HEADER_ROW} 行，可以增减；列可以换次序，表头请保留。"
        page.across(6, 1, len(names), rows, TEXT.but(size=9, ink=MUTED))
        page.height(6, 16)
        for n, name in enumerate(names, 1):
            asked = name in ("房号", "建筑面积", "业主姓名", "证件号码", "联系电话")
            head = f"{name}\nPages" if how.both and name.startswith(PAPER_HEAD) else how.head(name)
            page.text(HEADER_ROW, n, head, HEADER.but(ink=NAVY, fill="#FFE699") if asked else HEADER)
        page.height(HEADER_ROW, 58 if how.both else 44)
        pages = ASK.but(align="center", size=9.5, fill="")
        looks = [*(_look(f) for _, f, _ in COLUMNS), *(pages for _ in papers), ASK.but(wrap=True, size=9, fill="")]
        for i, row in enumerate(range(HEADER_ROW + 1, last + 1)):
            page.row(row, [houses[i] if i < len(houses) else "", *[""] * (len(names) - 1)], looks)
            page.height(row, 20)
        for n, (_, field, _) in enumerate(COLUMNS, 1):
            kind = _column(field).kind
            if isinstance(kind, Choice) and not kind.several:
                page.choices(HEADER_ROW + 1, n, last, n, options(kind), strict=False)
        page.freeze(HEADER_ROW, 1)
        page.print_setup(landscape=True, repeat=(HEADER_ROW, HEADER_ROW), last_column=len(names), last_row=last)
    return last - HEADER_ROW


def _column(field: str):  # type: ignore[no-untyped-def]
    sheet, _, name = field.partition(".")
    return BY_FIELD[sheet].by_field[name]


def _look(field: str) -> Look:
    return cell_look(_column(field).kind, ASK.but(size=9.5, fill="", wrap=True))
