"""Read a corrected mapping workbook back: the proposal, with whatever staff changed in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from ownerbook.adopt.fields import by_label, column_of, label
from ownerbook.adopt.grid import Grid
from ownerbook.adopt.layout import BookLayout, ColumnLayout, TabLayout
from ownerbook.adopt.mapping_book import CODES, COLUMNS, DATA, KIND, NO, PREFILLED, TABS, YES
from ownerbook.register.household import RELATIONS
from ownerbook.reports.pen import KIND_PROPERTY
from ownerbook.schema.cells import Pool, Styles
from ownerbook.schema.finding import column_letters, column_number
from ownerbook.schema.kinds import Choice
from ownerbook.schema.words import Text
from ownerbook.workbook.book import Book


class MappingWrong(Exception):
    """A mapping workbook that cannot be taken as it is: every mistake, each with its place."""

    def __init__(self, mistakes: list[Text]) -> None:
        super().__init__("; ".join(m.zh for m in mistakes))
        self.mistakes = mistakes


@dataclass(slots=True)
class Answer:
    """What staff confirmed. changed: how many cells differ from the proposal."""

    books: list[BookLayout]
    changed: int = 0
    mistakes: list[Text] = field(default_factory=list)


def read_answer(book: Book, pool: Pool, styles: Styles) -> Answer:
    """Read a mapping workbook. Raises MappingWrong with all mistakes."""
    if book.properties.get(KIND_PROPERTY) != KIND:
        raise MappingWrong([Text("这不是 ownerbook adopt 写出的对照表", "this is no mapping workbook of ownerbook adopt")])
    grids = {t.name: Grid(t, pool, styles) for t in book.tabs}
    if not {TABS, COLUMNS, DATA} <= set(grids):
        raise MappingWrong([Text("对照表少了页，请重新运行 ownerbook adopt", "the mapping workbook lacks sheets; run ownerbook adopt again")])
    try:
        text = "".join(next(iter(cells.values())).text for _, cells in sorted(grids[DATA].rows.items()))
        answer = Answer([BookLayout.from_data(b["layout"]) for b in json.loads(text)])
        names = [b["name"] for b in json.loads(text)]
    except (ValueError, KeyError, TypeError, StopIteration) as e:
        raise MappingWrong(
            [Text("对照表里的布局数据读不了，请重新运行 ownerbook adopt", "the layout data cannot be read; run ownerbook adopt again")]
        ) from e
    tabs = {(name, t.tab): t for name, b in zip(names, answer.books, strict=True) for t in b.tabs}
    _tabs(grids[TABS], tabs, answer)
    _columns(grids[COLUMNS], tabs, answer)
    if CODES in grids:
        _codes(grids[CODES], tabs, answer)
    for (name, _), tab in tabs.items():
        _check(name, tab, answer)
    if answer.mistakes:
        raise MappingWrong(answer.mistakes)
    return answer


def _rows(grid: Grid, first: str) -> tuple[dict[str, int], list[int]]:
    """The columns by header, and the rows below it."""
    for row in sorted(grid.rows):
        texts = {c.text.strip(): n for n, c in grid.rows[row].items()}
        if first in texts and "工作簿" in texts:
            return texts, [r for r in sorted(grid.rows) if r > row]
    return {}, []


def _tabs(grid: Grid, tabs: dict[tuple[str, str], TabLayout], answer: Answer) -> None:
    at, rows = _rows(grid, "采用")
    for row in rows:
        tab = tabs.get((grid.text(row, at["工作簿"]), grid.text(row, at["表"])))
        said = grid.text(row, at["采用"])
        if tab is None:
            continue
        if said not in (YES, NO):
            answer.mistakes.append(
                Text(f"{TABS}!{column_letters(at['采用'])}{row}：请填 是 或 否", f"{TABS}!{column_letters(at['采用'])}{row}: 是 or 否, please")
            )
            continue
        answer.changed += tab.use != (said == YES)
        tab.use = said == YES


def _columns(grid: Grid, tabs: dict[tuple[str, str], TabLayout], answer: Answer) -> None:
    at, rows = _rows(grid, "确认为")
    known = by_label()
    for row in rows:
        column = _column(grid, row, at, tabs)
        if column is None:
            continue
        said = grid.text(row, at["确认为"])
        place = f"{COLUMNS}!{column_letters(at['确认为'])}{row}"
        if said and said not in known:
            answer.mistakes.append(Text(f"{place}：没有「{said}」这一项，请从下拉框选", f"{place}: there is no {said}; choose from the list"))
            continue
        name = known.get(said, "")
        slot = grid.text(row, at["第几人"]) or "1"
        if not slot.isdigit() or not 1 <= int(slot) <= 9:
            answer.mistakes.append(
                Text(f"{COLUMNS}!{column_letters(at['第几人'])}{row}：第几人应为 1 到 9", f"{COLUMNS} row {row}: the person's number is 1 to 9")
            )
            continue
        if name != column.field or int(slot) != column.slot:
            answer.changed += name != column.field and not (not name and column.confidence < PREFILLED)
            column.field, column.slot = name, int(slot)
            column.codes = column.codes if isinstance(getattr(column_of(name), "kind", None), Choice) else {}
        relation = grid.text(row, at["关系"]) if "关系" in at else column.relation
        if relation and relation not in RELATIONS.values:
            answer.mistakes.append(
                Text(
                    f"{COLUMNS}!{column_letters(at['关系'])}{row}：没有「{relation}」这种关系",
                    f"{COLUMNS} row {row}: no relation {relation}",
                )
            )
        column.relation = relation if name.startswith("household.") else ""
        if name:
            column.confidence = 1.0


def _column(grid: Grid, row: int, at: dict[str, int], tabs: dict[tuple[str, str], TabLayout]) -> ColumnLayout | None:
    tab = tabs.get((grid.text(row, at["工作簿"]), grid.text(row, at["表"])))
    letters = grid.text(row, at["列"])
    if tab is None or not letters.isascii() or not letters.isalpha():
        return None
    return next((c for c in tab.columns if c.column == column_number(letters)), None)


def _codes(grid: Grid, tabs: dict[tuple[str, str], TabLayout], answer: Answer) -> None:
    at, rows = _rows(grid, "对应为")
    for row in rows:
        column = _column(grid, row, at, tabs)
        text, meant = grid.text(row, at["原值"]), grid.text(row, at["对应为"])
        if column is None or not text:
            continue
        kind = getattr(column_of(column.field), "kind", None)
        if not isinstance(kind, Choice):
            continue
        if meant and meant not in kind.values:
            place = f"{CODES}!{column_letters(at['对应为'])}{row}"
            answer.mistakes.append(
                Text(f"{place}：「{meant}」不是{label(column.field)}的选项", f"{place}: {meant} is none of the values of {label(column.field)}")
            )
        elif meant:
            answer.changed += kind.synonyms.get(column.codes.get(text, ""), column.codes.get(text, "")) != meant
            column.codes[text] = meant
        else:
            column.codes.pop(text, None)


def _check(name: str, tab: TabLayout, answer: Answer) -> None:
    """Two columns of one block may not be the same thing of the same person."""
    if not tab.use:
        return
    for block in tab.blocks:
        seen: dict[tuple[str, int], ColumnLayout] = {}
        for column in block.columns:
            first = seen.setdefault((column.field, column.slot), column)
            if column.placed and first is not column:
                a, b = column_letters(first.column), column_letters(column.column)
                answer.mistakes.append(
                    Text(
                        f"{name} {tab.tab}：{a} 列和 {b} 列都确认为「{label(column.field)}」，请改一列，或用「第几人」分开",
                        f"{name} {tab.tab}: columns {a} and {b} are both {label(column.field)}; change one, or tell the persons apart",
                    )
                )
        houses = {c.field.partition(".")[0] for c in block.columns if c.placed}
        block.family = block.family or ("property" if houses & {"houses", "owners", "household"} else next(iter(houses), ""))
