"""Change forms come back: each filled line becomes a cell that is asked to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.jobs.incoming import Asked
from ownerbook.reconcile.change import NOTHING, Origin, Said
from ownerbook.register.meaning import meaning
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_NAME
from ownerbook.reports.check_value import check_value
from ownerbook.reports.forms import change_form as paper
from ownerbook.schema.kinds import Day, Measure, Share
from ownerbook.schema.sheet import Column, Sheet
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.workbook.filled_form import FilledForm, FormRow

_CLEAR = {"(清空)", paper.CLEAR, "清空"}


@dataclass(slots=True)
class _Line:
    """A filled line with what the page says above it."""

    row: FormRow
    new: str
    who: str
    day: date | None
    evidence: str


def asked(register: Register, form: FilledForm, *, secret: bytes = b"") -> tuple[list[Asked], list[Text]]:
    """What a form asks, and what of it could not be taken. secret: the workspace's, by which unchanged old values are known."""
    out: list[Asked] = []
    against: list[Text] = []
    for tab in form.sheets:
        for line in _lines(form, tab, against):
            try:
                out.append(_asked(register, form, line, secret))
            except _NotTaken as e:
                where = f"{form.path.name} {tab} 第 {line.row.number} 行"
                en = f"{form.path.name} {tab} row {line.row.number}"
                against.append(Text(f"{where}：{e.message.zh}", f"{en}: {e.message.en}"))
    return out, against


class _NotTaken(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.message = Text(zh, en)


def _lines(form: FilledForm, tab: str, against: list[Text]) -> list[_Line]:
    above = form.above[tab]
    who, _ = above.beside(paper.APPLICANT, paper.LABELS)
    said, day = above.beside(paper.DAY_OF, paper.LABELS)
    evidence, _ = above.beside(paper.PAPER, paper.LABELS)
    out = []
    for row in form.sheets[tab]:
        new = row.text(paper.NEW)
        if not new:
            if row.text("变更字段") and tab.startswith(paper.BATCH):
                zh, en = "没有写新值，没有采用；要清空请写（清空）", "no new value; to clear, write （清空）"
                against.append(Text(f"{form.path.name} {tab} 第 {row.number} 行：{zh}", f"{form.path.name} {tab} row {row.number}: {en}"))
            continue
        asked_on = row.day(paper.DAY_OF) or day
        out.append(_Line(row, new, row.text(paper.APPLICANT) or who, asked_on, row.text(paper.PAPER) or evidence))
    where = f"{form.path.name} {tab}"
    if out and said and day is None:
        against.append(Text(f"{where}：申请日期「{said}」不是日期，按没有写处理", f"{where}: the day of asking {said} is no date and is left out"))
    if out and any(not line.who for line in out):
        against.append(Text(f"{where}：没有写申请人", f"{where}: nobody is named as asking"))
    return out


def _asked(register: Register, form: FilledForm, line: _Line, secret: bytes) -> Asked:
    sheet = BY_NAME.get(line.row.text("对象表"))
    if sheet is None or sheet.name not in paper.SHEETS:
        raise _NotTaken(f"对象表应为{'、'.join(paper.SHEETS)}之一", f"the sheet must be one of {', '.join(paper.SHEETS)}")
    if sheet.field not in register.tables:
        raise _NotTaken(f"登记簿没有「{sheet.name}」表", f"the register has no sheet {sheet.name}")
    column = _column(sheet, line.row.text("变更字段"))
    at = _row(register, sheet, line.row)
    key = register.tables[sheet.field].found(sheet.key.field, at)
    place = f"{line.row.tab} 第{line.row.number}行"
    origin = Origin("form", form.path.name, place, line.who, line.day, form.fingerprint)
    if line.new in _CLEAR:
        if column.required:
            raise _NotTaken(f"{column.header.zh}是必填项，不能清空", f"{column.header.en} must not be blank")
        theirs = NOTHING
    else:
        theirs = _said(column, line)
    base, stale = _base(register, sheet, column, at, line, secret)
    return Asked(sheet.field, key, column.field, base, theirs, origin, at, line.evidence, stale, line.row.text("备注"))


def _column(sheet: Sheet, header: str) -> Column:
    column = sheet.by_header.get(header.rpartition("·")[2])
    if column is None:
        raise _NotTaken(f"「{sheet.name}」表没有「{header}」列", f"the sheet {sheet.name} has no column {header}")
    return column


def _row(register: Register, sheet: Sheet, row: FormRow) -> int:
    """The row meant: by key, else by house and name where exactly one fits."""
    key = row.text("对象编号")
    if key:
        number = register.names.known(key)
        column = register.column(sheet.field, sheet.key.field)
        rows = [int(r) for r in np.flatnonzero((column.ids == number) & (number >= 0))]
        if not len(rows) and sheet.field == "houses":
            rows = _houses(register, key)
        if len(rows) == 1:
            return rows[0]
        n = len(rows)
        if n:
            raise _NotTaken(f"「{sheet.name}」表里有 {n} 行 {key}，请先改正", f"{sheet.name} holds {key} {n} times")
        raise _NotTaken(f"「{sheet.name}」表里没有 {key}", f"{sheet.name} does not hold {key}")
    house, name = row.text("房号"), row.text("姓名")
    if not house:
        raise _NotTaken("没有写对象编号，也没有写房号", "neither a key nor a house is named")
    if sheet.field == "houses":
        rows = _houses(register, house)
    else:
        rows = _by_house(register, sheet, house, name)
    if len(rows) == 1:
        return rows[0]
    zh = f"按房号 {house}{'和姓名' if name else ''}在「{sheet.name}」表里找到 {len(rows)} 行，请写对象编号"
    raise _NotTaken(zh, f"{len(rows)} rows of {sheet.name} fit the house {house}; write the key")


def _houses(register: Register, written: str) -> list[int]:
    from ownerbook.identifiers import house_no

    text = house_no.canonical(written, register.policy.house_format)
    number = register.names.known(text) if text else -1
    return [int(r) for r in np.flatnonzero((register.column("houses", "house_no").ids == number) & (number >= 0))]


def _by_house(register: Register, sheet: Sheet, house: str, name: str) -> list[int]:
    from ownerbook.identifiers import house_no

    if "house_no" not in sheet.by_field or not register.tables[sheet.field].has("house_no"):
        return []
    text = house_no.canonical(house, register.policy.house_format) or house
    number = register.names.known(text)
    fits = (register.column(sheet.field, "house_no").ids == number) & (number >= 0)
    if name and "name" in sheet.by_field:
        column = register.column(sheet.field, "name")
        wanted = register.names.known(name)
        fits &= (column.ids == wanted) & (wanted >= 0)
    elif "status" in sheet.by_field and sheet.field == "owners":
        fits &= register.column("owners", "status").is_("现业主")
    return [int(r) for r in np.flatnonzero(fits)]


def _said(column: Column, line: _Line) -> Said:
    """As it is to be typed: days, numbers and shares in percent as such, everything else as text."""
    if isinstance(column.kind, Day):
        return Said(line.new, line.row.day(paper.NEW) or line.new)
    if isinstance(column.kind, (Measure, Share)):
        try:
            number = float(line.new)
        except ValueError:
            return Said(line.new, line.new)
        if isinstance(column.kind, Measure):
            return Said(line.new, int(number) if number == int(number) else number)
        return Said(f"{number * 100:.10g}%", number) if 0 < number <= 1 else Said(line.new, line.new)
    return Said(line.new, line.new)


def _base(register: Register, sheet: Sheet, column: Column, at: int, line: _Line, secret: bytes) -> tuple[Said | None, bool]:
    """What stood there when it was asked, as far as that is known; and whether the cell has changed since."""
    table = register.tables[sheet.field]
    found = table.found(column.field, at)
    now = Said(found, table.held(column.field, at)) if found else NOTHING
    stood = line.row.text("校验")
    if stood and secret:
        key = table.found(sheet.key.field, at)
        same = check_value(secret, sheet.field, key, column.field, meaning(register, sheet.field, column.field, at)) == stood
        return (now, False) if same else (Said(line.row.text(paper.OLD), None), True)
    old = line.row.text(paper.OLD)
    if not old:
        return None, False
    from ownerbook.reports.masking import shown

    means = meaning(register, sheet.field, column.field, at)
    same = old in (found, means, shown(column, found, masked=True))
    return (now, False) if same else (Said(old, None if "*" in old else old), True)
