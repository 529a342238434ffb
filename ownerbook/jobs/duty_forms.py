"""权利请求登记表 and 个人信息事件登记表 written, and read back as a row of 权利请求 or 事件."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.identifiers import dates
from ownerbook.register.proposal import NewRow, NextKeys, Proposal, Value
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import row_named
from ownerbook.reports.forms import duty_form
from ownerbook.schema.words import Text
from ownerbook.workbook.filled_form import FilledForm

if TYPE_CHECKING:
    from ownerbook.jobs.forms import Wanted
    from ownerbook.jobs.reading import Read
    from ownerbook.jobs.workspace import Workspace


def write_request(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """权利请求登记表, the owner's number filled in where --owner names one."""
    from ownerbook.jobs.forms import row_of, title_of

    register = read.register
    if wanted.owner:
        row_of(register, "owners", wanted.owner)
    questions = duty_form.request_questions(wanted.owner, register.today, str(register.policy.request_term))
    duty_form.write_form(path, duty_form.REQUEST, duty_form.REQUEST_TITLE, questions, as_of=register.today, workspace=title_of(space), how=wanted.how)
    return Text("一页", "one page")


def write_incident(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """个人信息事件登记表."""
    from ownerbook.jobs.forms import title_of

    questions = duty_form.incident_questions(read.register.today)
    title, day = duty_form.INCIDENT_TITLE, read.register.today
    duty_form.write_form(path, duty_form.INCIDENT, title, questions, as_of=day, workspace=title_of(space), how=wanted.how)
    return Text("一页", "one page")


def answers(form: FilledForm) -> dict[str, tuple[str, date | None]]:
    """What was filled in, by what was asked: the text, and the day where it is one."""
    lines = [row for rows in form.sheets.values() for row in rows if row.text("项目") and row.text("填写")]
    return {row.text("项目").split("\n")[0]: (row.text("填写"), row.day("填写")) for row in lines}


def from_form(register: Register, form: FilledForm) -> Proposal:
    """The row that a filled form asks for. Raises Unusable where the register has no such sheet."""
    from ownerbook.jobs.forms import needs

    sheet = "requests" if form.kind == duty_form.REQUEST else "incidents"
    needs(register, sheet)
    said = answers(form)
    return _request(register, said) if sheet == "requests" else _incident(register, said)


def due_on(register: Register, asked: date) -> date:
    """The last day to answer a request that was made on a day (权利请求答复期限)."""
    days = register.policy.request_term.after(np.array([asked.toordinal() - EPOCH], np.int32))
    return date.fromordinal(int(days[0]) + EPOCH)


Said = dict[str, tuple[str, date | None]]
Values = dict[str, Value | None]


def _request(register: Register, said: Said) -> Proposal:
    out = Proposal()
    owner, kind = said.get("业主编号", ("", None))[0], said.get("类型", ("", None))[0]
    asked = _day(said, "提出日期", out)
    if not owner or row_named(register, "owners", owner) < 0:
        out.against.append(Text(f"业主编号「{owner}」不在「业主」表", f"业主 does not hold {owner}"))
    _listed("requests", "kind", kind, out)
    if asked is None and not out.against:
        out.against.append(Text("没有写提出日期", "the day of asking is missing"))
    if out.against:
        return out
    assert asked is not None
    by = said.get("经办人", ("", None))[0]
    values: Values = {"owner_no": owner, "kind": kind, "asked_on": asked, "answer_by": due_on(register, asked), "handled_by": by}
    row = _new(register, "requests", "QQ001", values)
    if _twice(register, "requests", values, ("owner_no", "kind", "asked_on")):
        out.notes.append(Text("登记簿里已有这个人同一天的同类请求，没有再登记", "the register holds this request already"))
        return out
    out.rows.append(row)
    out.notes.append(Text(f"答复期限 {due_on(register, asked).isoformat()}", f"to be answered by {due_on(register, asked).isoformat()}"))
    return out


def _incident(register: Register, said: Said) -> Proposal:
    out = Proposal()
    found, told = _day(said, "发现日期", out), _day(said, "通知日期", out)
    text = {k: v[0] for k, v in said.items()}
    _listed("incidents", "kind", text.get("类型", ""), out)
    if found is None and not out.against:
        out.against.append(Text("没有写发现日期", "the day of finding is missing"))
    for name in ("信息种类", "原因", "可能危害", "补救措施", "责任人"):
        if not text.get(name):
            out.against.append(Text(f"没有写{name}（个人信息保护法第五十七条）", f"{name} is missing (PIPL art. 57)"))
    if out.against:
        return out
    assert found is not None
    own = text.get("个人可采取的措施", "")
    values: Values = {
        "found_on": found,
        "kind": text["类型"],
        "files": text.get("涉及档案", ""),
        "cause": text["原因"],
        "harm": f"涉及{text['信息种类']}：{text['可能危害']}",
        "measures": text["补救措施"] + (f"；个人可：{own}" if own else ""),
        "notified_on": told,
        "staff": text["责任人"],
    }
    if _twice(register, "incidents", values, ("found_on", "kind", "cause")):
        out.notes.append(Text("登记簿里已有这起事件，没有再登记", "the register holds this incident already"))
        return out
    out.rows.append(_new(register, "incidents", "SJ001", values))
    if told is None:
        out.notes.append(Text("还没有通知：ownerbook form 事件通知书 --file 事件编号", "not notified yet: ownerbook form incident-letter --file NO"))
    return out


def _new(register: Register, sheet: str, first: str, values: Values) -> NewRow:
    table, declared = register.tables[sheet], BY_FIELD[sheet]
    key = NextKeys(register.column(sheet, declared.key.field), first).next()
    kept = {f: v for f, v in values.items() if v not in (None, "") and (table.has(f) or declared.by_field[f].required)}
    return NewRow(sheet, {declared.key.field: key, **{f: v for f, v in kept.items() if v is not None}})


def _twice(register: Register, sheet: str, values: Values, fields: tuple[str, ...]) -> bool:
    table = register.tables[sheet]
    wanted = tuple(v.isoformat() if isinstance(v, date) else str(v) for v in (values[f] for f in fields))
    return any(tuple(table.found(f, row).strip() for f in fields) == wanted for row in range(len(table)))


def _day(said: Said, name: str, out: Proposal) -> date | None:
    text, day = said.get(name, ("", None))
    day = day or (dates.parse(text) if text else None)
    if text and day is None:
        out.against.append(Text(f"{name}「{text}」不是日期", f"{name} {text} is no day"))
    return day


def _listed(sheet: str, name: str, text: str, out: Proposal) -> None:
    options = duty_form.options(sheet, name)
    if text not in options:
        out.against.append(Text(f"类型「{text}」应为 {'、'.join(options)} 之一", f"{text} is none of {', '.join(options)}"))

