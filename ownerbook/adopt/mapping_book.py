"""The mapping as a workbook that a clerk can correct: which tabs, what each column is, what codes mean, what rows are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from ownerbook.adopt.fields import by_label, column_of, is_register, label
from ownerbook.adopt.grid import Cell
from ownerbook.adopt.layout import BookLayout, ColumnLayout
from ownerbook.adopt.looking import Looked
from ownerbook.adopt.people import split
from ownerbook.adopt.rows import ROLES
from ownerbook.adopt.shapes import shape_of
from ownerbook.identifiers import masks
from ownerbook.identifiers.damage import is_blank
from ownerbook.register.household import RELATIONS
from ownerbook.reports.palette import (
    ASK,
    BODY,
    BODY_CENTER,
    BODY_WRAP,
    DONE,
    ERROR_FILL,
    HEADER,
    MUTED,
    NOTICE_FILL,
    PLAIN,
    SUBTITLE,
    TITLE,
    WARNING_FILL,
)
from ownerbook.reports.pen import Page, Pen
from ownerbook.reports.widths import row_height
from ownerbook.schema.finding import column_letters
from ownerbook.schema.kinds import Choice
from ownerbook.schema.words import Text

KIND = "adopt-mapping"
TABS, COLUMNS, CODES, ROWS, SPLITS, SEEN, DATA = "表", "列对照", "取值对照", "行的用途", "拆分举例", "另须留意", "layout-data"
YES, NO = "是", "否"
OURS = "登记簿自己的表，不用对照，直接读取"
MOST_SLOTS = 6
PREFILLED = 0.5  # a guess less sure than this is shown, not filled in
MOST_CODES = 24
_CHUNK = 30_000
_LEVELS = {"高": DONE, "中": WARNING_FILL, "低": ERROR_FILL}


@dataclass(slots=True)
class LookedBook:
    """A workbook, looked at: how it would be read, and what there is to see. name: as staff call it."""

    name: str
    layout: BookLayout
    looked: list[Looked]
    seen: list[list[Text]] = field(default_factory=list)
    fingerprint: str = ""


def write_mapping(path: Path, books: Sequence[LookedBook], *, as_of: date) -> Path:
    """Write the mapping workbook. Raises PenError."""
    with Pen(path, as_of=as_of, title="台账对照表", kind=KIND, subject="台账按什么读") as pen:
        _tabs(pen.page(TABS, colour=NOTICE_FILL), books)
        _columns(pen.page(COLUMNS), books)
        _codes(pen.page(CODES), books)
        _rows(pen.page(ROWS), books)
        _splits(pen.page(SPLITS), books)
        _seen(pen.page(SEEN), books)
        _data(pen.page(DATA), books)
    return path


def _head(page: Page, title: str, lines: Sequence[str], headers: Sequence[str], widths: Sequence[float]) -> int:
    """Title, what to do, header row. Gives the header's row."""
    page.columns(widths)
    page.text(1, 1, title, TITLE.but(size=14))
    page.height(1, 26)
    for n, line in enumerate(lines, 2):
        page.text(n, 1, line, SUBTITLE)
    row = len(lines) + 2
    page.row(row, headers, HEADER)
    page.freeze(row)
    page.print_setup(repeat=(row, row))
    return row


def _tabs(page: Page, books: Sequence[LookedBook]) -> None:
    row = top = _head(
        page,
        "台账对照表",
        (
            "先看这一页：哪些表要用。黄色的格可以改；改好后保存，运行 ownerbook adopt --confirm 本文件。",
            "再看「列对照」：每一列认作什么；把握为 中、低 的请务必核对。「取值对照」把代码换成登记簿的说法。其余各页只供查看。",
            "台账本身不会被改动；举例的内容已打码。",
        ),
        ("工作簿", "表", "采用", "理由", "表头行", "数据行", "并排块数", "列数", "认出", "要核对"),
        (34, 24, 8, 36, 10, 9, 10, 8, 8, 9),
    )
    for book in books:
        for looked in book.looked:
            row += 1
            layout, columns = looked.layout, looked.layout.columns
            first, last = layout.header
            header = "—" if not first else str(first) if first == last else f"{first}–{last}"
            known = sum(c.level == "高" for c in columns)
            doubtful = sum(c.level != "高" and bool(c.field or c.wording) for c in columns)
            page.row(row, (book.name, layout.tab), BODY)
            page.text(row, 3, YES if layout.use else NO, ASK.but(align="center"))
            page.text(row, 4, layout.why, BODY_WRAP)
            page.row(
                row, (header, len(looked.data_rows), len(layout.blocks), len(columns), known, doubtful if layout.use else 0), BODY_CENTER, first=5
            )
    page.choices(top + 1, 3, max(row, top + 1), 3, (YES, NO))


def _columns(page: Page, books: Sequence[LookedBook]) -> None:
    labels = list(by_label())
    row = top = _head(
        page,
        "每一列认作什么",
        ("黄色格从下拉框里选：登记簿的「表·列」，或「不采用」。一行里有几个人的，用「第几人」分开（1、2、3…）。",),
        ("工作簿", "表", "列", "表头原文", "内容举例（已打码）", "系统认作", "把握", "依据", "确认为", "第几人", "关系"),
        (26, 18, 6, 30, 34, 24, 7, 46, 26, 9, 11),
    )
    for book, looked, column in each_column(books):
        if not looked.layout.use and (not column.wording or looked.layout.why == OURS):
            continue
        row += 1
        look = BODY if looked.layout.use else BODY.but(ink=MUTED)
        page.row(
            row,
            (
                book.name,
                looked.layout.tab,
                column_letters(column.column),
                column.wording.replace("\n", " "),
            ),
            look,
        )
        shown = examples(looked, column)
        page.text(row, 5, shown, look.but(wrap=True))
        page.text(row, 6, label(column.field), look)
        page.text(row, 7, column.level, BODY_CENTER.but(fill=_LEVELS[column.level]))
        page.text(row, 8, "；".join(column.reasons) or "没有线索", BODY_WRAP)
        page.text(row, 9, label(column.field if column.confidence >= PREFILLED else ""), ASK)
        page.number(row, 10, column.slot, ASK.but(align="center"))
        page.text(row, 11, column.relation, ASK.but(align="center"))
        page.height(row, row_height([("；".join(column.reasons), 46), (shown, 34)]))
    last = max(row, top + 1)
    page.choices(top + 1, 9, last, 9, labels, title="确认为", hint="登记簿的「表·列」，或「不采用」")
    page.choices(top + 1, 10, last, 10, [str(n) for n in range(1, MOST_SLOTS + 1)])
    page.choices(top + 1, 11, last, 11, RELATIONS.values, title="与业主关系", hint="家庭成员、租户的列：这些人与业主的关系，不清楚就留空")
    page.filter(top, 1, last, 11)


def _codes(page: Page, books: Sequence[LookedBook]) -> None:
    row = _head(
        page,
        "代码和说法的对照",
        ("有固定选项的列里出现了选项以外的值：请在黄色格里选它对应哪一个；不填则原样读取，检查时会逐格指出。",),
        ("工作簿", "表", "列", "表头原文", "原值", "格数", "对应为", "认作"),
        (26, 18, 6, 30, 18, 8, 20, 24),
    )
    for book, looked, column in each_column(books):
        kind = getattr(column_of(column.field), "kind", None)
        if not looked.layout.use or not isinstance(kind, Choice) or not kind.values:
            continue
        counted = Counter(t for t in _texts(looked, column) if t not in kind.values and t not in kind.synonyms)
        for text, count in counted.most_common(MOST_CODES):
            row += 1
            meant = column.codes.get(text, "")
            meant = kind.synonyms.get(meant, meant)
            page.row(row, (book.name, looked.layout.tab, column_letters(column.column), column.wording.replace("\n", " "), text, count), BODY)
            page.text(row, 7, meant if meant in kind.values else "", ASK)
            page.text(row, 8, label(column.field), BODY)
            page.choices(row, 7, row, 7, kind.values)


def _rows(page: Page, books: Sequence[LookedBook]) -> None:
    row = _head(
        page, "每一行是什么", ("没有读作数据的行，和连续的数据行。",), ("工作簿", "表", "从行", "到行", "用途", "开头的文字"), (34, 24, 9, 9, 16, 50)
    )
    for book in books:
        for looked in book.looked:
            for first, last, role in row_spans(looked):
                row += 1
                page.row(row, (book.name, looked.layout.tab, first, last, ROLES.get(role, role)), BODY)
                text = next(iter(looked.grid.rows[first].values())).text.strip() if role not in ("data", "serial") else ""
                page.text(row, 6, masks.auto(text[:40]), BODY)


def row_spans(looked: Looked) -> Iterator[tuple[int, int, str]]:
    """Runs of rows of one role: first row, last row, role."""
    first = last = 0
    role = ""
    for row in sorted(looked.roles):
        if looked.roles[row] == role and row == last + 1:
            last = row
            continue
        if role:
            yield first, last, role
        first = last = row
        role = looked.roles[row]
    if role:
        yield first, last, role


def _splits(page: Page, books: Sequence[LookedBook]) -> None:
    row = _head(page, "一格几人怎样拆开", ("每张表举几例，内容已打码。",), ("工作簿", "表", "行", "原文", "拆成"), (34, 24, 8, 50, 60))
    for book in books:
        for looked in book.looked:
            some = list(islice(split_examples(looked), 200)) if looked.layout.use else []
            for number, text, told in sorted(some, key=lambda x: -x[2].count("；"))[:8]:  # several people first
                row += 1
                page.row(row, (book.name, looked.layout.tab, number), BODY)
                page.text(row, 4, text, BODY_WRAP)
                page.text(row, 5, told, BODY_WRAP)


def split_examples(looked: Looked) -> Iterator[tuple[int, str, str]]:
    """Rows whose cells hold several people: row, the cells masked, what they become."""
    for block in looked.layout.blocks:
        of = {c.field.partition(".")[2]: c.column for c in reversed(block.columns) if c.field.startswith("owners.") and c.slot == 1}
        for row in looked.data_rows:
            cells: dict[str, Cell] = {
                a: cell for a in ("name", "phone", "id_no") if a in of and (cell := looked.grid.merged(row, of[a])) and not is_blank(cell.text)
            }
            found = split(cells)
            people, left = found.people, [*found.left, *found.others]
            if not any(p.split for p in people) and not any(not part.whole for p in people for part in p.parts.values()):
                continue
            text = " | ".join(mask_text(c.text, shape_of(c)) for c in cells.values())
            told = "；".join(
                "、".join(mask_text(p.text, {"name": "name", "id_no": "id"}.get(a, "mobile")) for a, p in person.parts.items()) for person in people
            )
            yield row, text, told + (f"（另有 {len(left)} 处归不进去）" if left else "")


def _seen(page: Page, books: Sequence[LookedBook]) -> None:
    row = _head(page, "另须留意", ("合并、隐藏、删除线、底色、图片、公式：照实说，不猜含义。",), ("工作簿", "表", "情况"), (34, 24, 110))
    for book in books:
        for looked, seen in zip(book.looked, book.seen, strict=True):
            for text in seen:
                row += 1
                page.row(row, (book.name, looked.layout.tab), BODY)
                page.text(row, 3, text.zh, BODY_WRAP)


def _data(page: Page, books: Sequence[LookedBook]) -> None:
    """The proposal itself, for reading back what staff changed against it."""
    text = json.dumps(
        [{"name": b.name, "fingerprint": b.fingerprint, "layout": b.layout.as_data()} for b in books], ensure_ascii=False, separators=(",", ":")
    )
    for n in range(0, len(text), _CHUNK):
        page.text(n // _CHUNK + 1, 1, text[n : n + _CHUNK], PLAIN)
    page.sheet.hide()


def each_column(books: Sequence[LookedBook]) -> Iterator[tuple[LookedBook, Looked, ColumnLayout]]:
    """Every column of every tab, those of tabs in use first."""
    for used in (True, False):
        for book in books:
            for looked in book.looked:
                if looked.layout.use is used:
                    for column in looked.layout.columns:
                        yield book, looked, column


def _texts(looked: Looked, column: ColumnLayout) -> list[str]:
    rows = (looked.grid.rows[r].get(column.column) for r in looked.data_rows)
    return [c.text.strip() for c in rows if c is not None and not is_blank(c.text)]


def examples(looked: Looked, column: ColumnLayout, most: int = 3) -> str:
    """A few different values of a column, masked."""
    out: list[str] = []
    rows = looked.data_rows or [r for r, role in looked.roles.items() if role == "example"]
    for row in rows[:200]:
        cell = looked.grid.rows[row].get(column.column)
        if cell is not None and not is_blank(cell.text) and (shown := mask_text(cell.text, shape_of(cell), personal=_personal(column))) not in out:
            out.append(shown)
        if len(out) == most:
            break
    return " / ".join(out)


def _personal(column: ColumnLayout) -> bool:
    declared = column_of(column.field)
    return (
        declared is not None and declared.privacy in ("personal", "sensitive")
        if is_register(column.field)
        else column.field in ("", "own.other", "own.contact")
    )


def mask_text(text: str, shape: str, *, personal: bool = False) -> str:
    """A cell as it may be shown: names, numbers and free text masked; kinds, dates and measures plain."""
    text = " ".join(text.split())
    if shape in ("name", "names", "latin", "company"):
        return masks.name(text)
    if shape in ("mobile", "landline", "phones", "mobile-like"):
        return masks.phone(text)
    if shape in ("id", "ids", "document", "digits", "title"):
        return masks.document(text)
    if shape == "email":
        return masks.email(text)
    if shape in ("people", "text-with-phone", "words", "text", "place", "plate"):
        return masks.hidden(text)
    return masks.hidden(text) if personal and shape in ("word",) else masks.auto(text[:20])
