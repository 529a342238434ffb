"""采纳建议: the cell that an accepted suggestion asks, if the cell is still what it was when the problem workbook was written."""

from __future__ import annotations

from datetime import date

from ownerbook.jobs.incoming import Asked
from ownerbook.reconcile.change import NOTHING, Origin, Said, Value
from ownerbook.reconcile.decided import NO_COLUMN, PART
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.check_value import check_value
from ownerbook.schema.finding import Finding
from ownerbook.schema.kinds import Day, Measure
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table
from ownerbook.schema.words import Text

IN_THE_LEDGER = Text("请在台账里改", "mend it in the ledger")
NEW_LIST = Text("请在新的问题清单上选择", "answer in a new problem workbook")


def accepted(register: Register, finding: Finding, at: int | None, stood: str, note: str, secret: bytes, origin: Origin) -> Asked | tuple[Text, Text]:
    """The cell that is asked; or why not, and what to do. at: its row's position; stood: the check value that the list carries."""
    sheet = BY_FIELD.get(finding.table)
    column = sheet.by_header.get(finding.header or "") if sheet else None
    if finding.suggestion is None:
        return Text("这个问题没有建议值", "the problem has no suggestion"), Text("请改登记簿，或在副本里写上正确的值", "mend the register")
    if sheet is None or column is None or at is None:
        return Text("这个问题不在登记的单元格里（如表头）", "it stands at no cell of a record (a header)"), Text("请在工作簿里改", "mend it there")
    if not stood or not secret:
        return Text("这份问题清单没有校验值，不能确认单元格没有变", "the workbook carries no check values"), NEW_LIST
    if check_value(secret, finding.table, finding.record or "", finding.header or "", finding.found) != stood:
        return Text("单元格在清单制作之后变过", "the cell has changed since the workbook was made"), NEW_LIST
    table = register.tables[sheet.field]
    why = nowhere(table, column, at)
    if why is not None:
        return why, IN_THE_LEDGER
    found, key = table.found(column.field, at), table.found(sheet.key.field, at)
    theirs = Said(finding.suggestion, _value(column, finding.suggestion))
    base = Said(found, table.held(column.field, at)) if found else NOTHING
    return Asked(sheet.field, key, column.field, base, theirs, origin, at, note=note)


def nowhere(table: Table, column: Column, at: int) -> Text | None:
    """Why a cell of a record cannot be written by itself: its workbook lacks the column, or the cell holds more. None where it can."""
    source = table.sources[int(table.source[at])]
    return NO_COLUMN if column.field not in source.columns else PART if column.field in source.parts else None


def _value(column: Column, suggestion: str) -> Value:
    if isinstance(column.kind, Day):
        try:
            return date.fromisoformat(suggestion)
        except ValueError:
            return suggestion
    if isinstance(column.kind, Measure):
        try:
            number = float(suggestion)
        except ValueError:
            return suggestion
        return int(number) if number == int(number) else number
    return suggestion
