"""Whose particulars have outlived their purpose, as a list that a manager reads and signs: who, which cells, why; never what stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ownerbook.deadlines.past_purpose import Outlived
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.listing import Field, Figure, Line, Listing, Report
from ownerbook.reports.naming import Naming
from ownerbook.schema.words import Personal, Text
from ownerbook.storage.sealed import SealedRecord

_FIELDS = (
    Field("record", Text("编号", "No.")),
    Field("house", Text("房号", "House")),
    Field("name", Text("姓名", "Name")),
    Field("sheet", Text("表", "Sheet"), "center"),
    Field("fields", Text("封存哪些列", "Columns"), "wrap", 34),
    Field("why", Text("为什么", "Why"), "wrap", 30),
)
_SEALED = (
    Field("record", Text("编号", "No.")),
    Field("sheet", Text("表", "Sheet"), "center"),
    Field("fields", Text("封存了哪些列", "Columns"), "wrap", 34),
    Field("day", Text("封存日期", "Sealed"), "center"),
    Field("why", Text("为什么", "Why"), "wrap", 30),
)


def tell_sealing(
    register: Register, found: Sequence[Outlived], kept: Sequence[SealedRecord], why: Mapping[str, Text], *, workspace: str = ""
) -> Report:
    """What may be sealed on the register's day, and what is sealed already."""
    name = Naming(register)
    out = Report("sealing", Text("个人资料封存", "Sealing of personal data"), register.today, workspace, str(register.policy.version or ""))
    to_do = Listing("proposed", Text("可以封存", "To be sealed"), _FIELDS, ask=Text("同意", "Agreed"))
    for one in found:
        sheet, table = BY_FIELD[one.sheet], register.tables[one.sheet]
        house = name.house(one.sheet, one.row)
        cells = (
            table.found(sheet.key.field, one.row),
            house,
            Personal(table.found("name", one.row), "name"),
            sheet.title,
            _headers(one.sheet, one.fields),
            why[one.why],
        )
        out_of_term = one.why in ("expired", "asked")
        to_do.lines.append(Line(cells, "late" if out_of_term else "", name.building(house), house, (), name.workbook(one.sheet, one.row)))
    to_do.note = Text("封存后登记簿里写 已封存（家庭成员、服务需求清空），旧版本和日志里的同样取出", "kept versions and the journal are cleared too")
    done = Listing("sealed", Text("已封存", "Sealed"), _SEALED)
    for r in kept:
        done.lines.append(Line((r.record, BY_FIELD[r.sheet].title, _headers(r.sheet, r.fields), r.day, why.get(r.why, Text(r.why, r.why)))))
    out.listings = [to_do, done]
    out.figures = [Figure("proposed", Text("可以封存", "to be sealed"), "proposed"), Figure("sealed", Text("已封存", "sealed"), "sealed")]
    return out


def _headers(sheet: str, fields: Sequence[str]) -> Text:
    columns = [BY_FIELD[sheet].by_field[f].header for f in fields if f in BY_FIELD[sheet].by_field]
    return Text("、".join(c.zh for c in columns), ", ".join(c.en for c in columns))
