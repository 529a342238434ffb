"""Taking people's particulars out of one kept thing: a version of a workbook, the personal part of an entry, a plan.

What is taken is named by row (a record's fields) and by value: a number that nothing alive holds any more goes wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ownerbook.deadlines.past_purpose import PARTICULARS
from ownerbook.register.readers.common import SEALS
from ownerbook.register.sheets import BY_NAME
from ownerbook.workbook.holding import LEAST, held

if TYPE_CHECKING:
    from ownerbook.schema.cells import Pool, Styles
    from ownerbook.schema.table import Table
    from ownerbook.workbook.amend import Edit, SetCell
    from ownerbook.workbook.book import Book

SEALED_WORD, DELETED_WORD = "已封存", "已删除"
_SPACES = re.compile(r"[\s\-]+")
_CLEARED = frozenset({"（清空）", "(清空)"})


def plain(text: str) -> str:
    """A value without spaces and dashes, as it is looked for."""
    return _SPACES.sub("", text).upper()


class Unseen(Exception):
    """A kept version that cannot be looked into."""


@dataclass(slots=True)
class Taken:
    """What is to be taken out. of: sheet and record → fields. values: texts that nothing alive holds, as found."""

    of: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    values: set[str] = field(default_factory=set)

    @property
    def forms(self) -> dict[str, str]:
        """Each value in plain form, long enough to be looked for → as found."""
        return {p: v for v in self.values if len(p := plain(v)) >= LEAST}

    @property
    def searched(self) -> set[str]:
        """What is looked for in bytes."""
        return {t for v in self.values for t in (v, plain(v)) if len(t) >= LEAST}


def telling(text: str) -> bool:
    """Whether a value tells a person apart wherever it stands: a number of six digits or more, or an electronic address."""
    return sum(c.isdigit() for c in text) >= LEAST or ("@" in text and len(plain(text)) >= LEAST)


def stands_for(sheet: str, name: str) -> str | None:
    """What stands where a value was: the word of the contract in an owner's particulars, else nothing."""
    return SEALED_WORD if sheet == "owners" and name in PARTICULARS else None


def cells_of(table: Table, of: Mapping[tuple[str, str], Collection[str]]) -> list[tuple[int, str, str | None]]:
    """Cells of one sheet that hold what is to be taken: row, field, what takes its place. Of 变更 the old and new values of those fields."""
    sheet = table.sheet
    out: list[tuple[int, str, str | None]] = []
    if sheet.field == "changes":
        for row in range(len(table)):
            about = BY_NAME.get(table.found("sheet", row).strip())
            fields = of.get((about.field, table.found("record", row).strip())) if about else None
            column = about.by_header.get(table.found("field", row).strip()) if about and fields else None
            if column is None or column.field not in (fields or ()):
                continue
            out += [(row, f, SEALED_WORD) for f in ("old", "new") if _holds(table.found(f, row))]
        return out
    wanted = {record: fields for (s, record), fields in of.items() if s == sheet.field}
    for row in range(len(table)) if wanted else ():
        for name in wanted.get(table.found(sheet.key.field, row).strip(), ()):
            if _holds(table.found(name, row)):
                out.append((row, name, stands_for(sheet.field, name)))
    return out


def _holds(text: str) -> bool:
    return bool(text.strip()) and text.strip() not in SEALS and text.strip() not in _CLEARED


def found_by_row(tables: Mapping[str, Table], of: Mapping[tuple[str, str], Collection[str]]) -> set[str]:
    """The values that stand in those cells."""
    return {v for table in tables.values() for row, name, _ in cells_of(table, of) if telling(v := table.found(name, row))}


def edits_of(tables: Mapping[str, Table], taken: Taken) -> dict[str, list[Edit]]:
    """The edits that take it out, by workbook. A cell of which it is only a part is left to the search by value."""
    from ownerbook.schema.finding import column_letters
    from ownerbook.workbook.amend import SetCell

    out: dict[str, list[Edit]] = {}
    for table in tables.values():
        for row, name, word in cells_of(table, taken.of):
            source = table.sources[int(table.source[row])]
            if name in source.columns and name not in source.parts:
                cell = f"{column_letters(source.columns[name])}{int(table.rows[row])}"
                out.setdefault(source.workbook, []).append(SetCell(source.tab, cell, word, identifier=word is not None))
    return out


def tables_of(root: Path, name: str, book: Book, pool: Pool, styles: Styles) -> dict[str, Table]:
    """The tables of one workbook, staff's own ledgers through the layouts that were confirmed in the workspace."""
    from ownerbook.adopt.assembling import reader
    from ownerbook.jobs.adopt import remembered
    from ownerbook.storage import layouts
    from ownerbook.workbook.assembly import assemble

    if not (root / layouts.FOLDER / layouts.LAYOUTS).is_dir():
        return assemble([(name, book)], pool, styles).tables
    return assemble([(name, book)], pool, styles, reader(remembered(root), pool, styles)).tables


def redacted(root: Path, path: Path, data: bytes, taken: Taken, *, password: str | None = None) -> bytes | None:
    """A version without what is to be taken: the very same bytes where it holds none of it, None where it cannot be kept.

    It cannot be kept where the amender refuses it, where it is no .xlsx, and where something would stay behind. Raises Unseen for one that
    cannot be opened (another password): it stays, and is told.
    """
    from ownerbook.schema.cells import Pool, Styles
    from ownerbook.workbook.amend import Refused, amend
    from ownerbook.workbook.book import Unreadable
    from ownerbook.workbook.reading import read_book

    pool, styles = Pool(), Styles()
    try:
        book = read_book(path, pool=pool, styles=styles, password=password)
    except Unreadable:
        found = held(data, taken.searched, password=password)
        if found is None:
            raise Unseen(path.name) from None
        return None if found else data
    tables = tables_of(root, path.name, book, pool, styles)
    wanted: list[Edit] = [e for edits in edits_of(tables, taken).values() for e in edits]
    cells = {(e.sheet, e.cell) for e in wanted if hasattr(e, "cell")}
    wanted += [e for e in _by_value(book, pool, taken) if (e.sheet, e.cell) not in cells]
    if not wanted:
        return data if not held(data, taken.searched, password=password) else None
    try:
        out = amend(data, wanted, password=password, scrub=True).data
    except Refused:
        return None
    return out if held(out, taken.searched, password=password) == set() else None


def _by_value(book: Book, pool: Pool, taken: Taken) -> list[SetCell]:
    """Every cell of every tab that holds one of the values, whatever it is."""
    from ownerbook.schema.cells import Kind
    from ownerbook.schema.finding import column_letters
    from ownerbook.workbook.amend import SetCell

    forms, out = taken.forms, []
    if not forms:
        return []
    numbers = np.array([float(p) for p in forms if p.isascii() and p.isdigit() and len(p) <= 15])
    for tab in book.tabs:
        c = tab.cells
        texts = np.flatnonzero(c.kind == Kind.TEXT)
        codes = np.unique(c.value[texts].astype(np.int64))
        hit = np.array([k for k, text in zip(codes.tolist(), pool.texts(codes), strict=True) if any(p in plain(text) for p in forms)], np.int64)
        at = [*texts[np.isin(c.value[texts].astype(np.int64), hit)], *np.flatnonzero((c.kind == Kind.NUMBER) & np.isin(c.value, numbers))]
        out += [SetCell(tab.name, f"{column_letters(int(c.col[i]))}{int(c.row[i])}", SEALED_WORD, identifier=True) for i in at]
    return out


def without(data: Any, taken: Taken) -> Any:
    """A JSON value without what is to be taken: changes of those records by field, and every text that holds one of the values."""
    if isinstance(data, Mapping):
        out = {k: without(v, taken) for k, v in data.items()}
        fields = taken.of.get((str(data.get("sheet", "")), str(data.get("record", "")).strip()), ())
        if fields:
            if str(data.get("column", data.get("field", ""))) in fields:
                out |= {k: _word(out[k]) for k in ("old", "new", "base", "ours", "theirs") if k in out}
            if isinstance(out.get("values"), dict):
                out["values"] = {f: _word(v) if f in fields else v for f, v in out["values"].items()}
        if data.get("sheet") == "changes" and isinstance(data.get("values"), Mapping):
            out["values"] = _change_row(dict(out["values"]), taken)
        return out
    if isinstance(data, list):
        return [without(v, taken) for v in data]
    if isinstance(data, bool) or not isinstance(data, str | int):
        return data
    text = plain(str(data))
    return SEALED_WORD if any(p in text for p in taken.forms) else data


def _change_row(values: dict[str, Any], taken: Taken) -> dict[str, Any]:
    def text(name: str) -> str:
        found = values.get(name)
        return str(found.get("text", "") if isinstance(found, Mapping) else found or "").strip()

    about = BY_NAME.get(text("sheet"))
    column = about.by_header.get(text("field")) if about else None
    if about and column and column.field in taken.of.get((about.field, text("record")), ()):
        values |= {k: _word(values[k]) for k in ("old", "new") if k in values}
    return values


def _word(value: Any) -> Any:
    if isinstance(value, Mapping) and "text" in value:
        return {"text": SEALED_WORD, "value": SEALED_WORD} if value.get("text") else value
    return SEALED_WORD if value not in (None, "") else value


def values_in(data: Any, of: Mapping[tuple[str, str], Collection[str]]) -> set[str]:
    """The values that a JSON value tells of those records' fields: former phones and addresses, out of the journal."""
    out: set[str] = set()
    if isinstance(data, Mapping):
        fields = of.get((str(data.get("sheet", "")), str(data.get("record", "")).strip()), ())
        if fields and str(data.get("column", data.get("field", ""))) in fields:
            out |= {str(data[k]) for k in ("old", "new") if isinstance(data.get(k), str | int)}
        if fields and isinstance(data.get("values"), Mapping):
            out |= {str(v) for f, v in data["values"].items() if f in fields and isinstance(v, str | int)}
        for v in data.values():
            out |= values_in(v, of)
    elif isinstance(data, list):
        for v in data:
            out |= values_in(v, of)
    return {v for v in out if _holds(v) and telling(v)}
