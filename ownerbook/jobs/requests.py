"""权利请求: what is held about one owner as a workbook for them alone, and the answer as changes that are shown before they are written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.calendar.months import EPOCH
from ownerbook.identifiers import masks
from ownerbook.jobs.duty_forms import due_on
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.procedures.registration import Act
from ownerbook.procedures.rows import Writing
from ownerbook.reconcile.change import Change, Origin
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.file_names import part
from ownerbook.reports.listing import Field, Figure, Line, Listing, Report
from ownerbook.rules.judge import mask_of
from ownerbook.schema.words import Text
from ownerbook.storage.journal import Journal, JournalDamaged

if TYPE_CHECKING:
    from ownerbook.jobs.reading import Read

SEEN = ("查阅", "复制")
_AGREED = {
    "查阅": "已提供本人资料供查阅",
    "复制": "已提供本人资料的复制件",
    "更正": "已核实，按信息变更登记表更正",
    "删除": "同意删除；依法须保存的先封存，期满删除",
    "撤回同意": "已停止处理所撤回同意的资料",
}
_REFUSED = "不予办理，理由另行书面告知"
_ANSWERED = Text("答复权利请求", "the request is answered")
_WITHDRAWN = Text("业主撤回同意", "the owner withdrew their consent")


def row_named(register: Register, request: str) -> int:
    """The row of a request. Raises Unusable."""
    from ownerbook.jobs.forms import needs, row_of

    needs(register, "requests", "owners")
    return row_of(register, "requests", request)


def extract(space: Workspace, read: Read, request: str, *, by: str, at: datetime, output: Path | None = None) -> Path:
    """Everything that the register holds about the owner who asked: their own data in full, everybody else's masked.

    The journal says so first. Raises Unusable where the request is none of 查阅 and 复制, or where it cannot be journalled; OSError.
    """
    from ownerbook.reports.listing_book import write_report

    register = read.register
    row = row_named(register, request)
    table = register.tables["requests"]
    kind, owner = table.found("kind", row).strip(), table.found("owner_no", row).strip()
    if kind not in SEEN:
        raise Unusable(Text(f"{request} 是{kind}请求，不出资料；只有 查阅、复制 才出", f"{request} asks for {kind}, not for a look or a copy"))
    report = held(register, owner, workspace=str(space.settings["workspace.name"] or space.root.name))
    data = {"command": "request", "by": by, "reason": f"权利请求 {masks.auto(request)}", "records": [owner]}
    try:
        Journal(space.root).append("access", data, at=at)
    except (OSError, JournalDamaged) as error:
        zh = "记不进日志，所以没有出资料；请检查 .ownerbook 文件夹能否写入"
        raise Unusable(Text(zh, "it cannot be journalled, so nothing was given out")) from error
    path = output or space.root / space.settings["reports.folder"] / f"本人资料_{part(request)}_{register.today.isoformat()}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_report(path, report, masked=False)


def held(register: Register, owner: str, *, workspace: str = "") -> Report:
    """What is held about an owner, a list a sheet. What is not theirs is masked already."""
    from ownerbook.register.whose import row_named as row_in

    row = row_in(register, "owners", owner)
    if row < 0:
        raise Unusable(Text(f"「业主」表里没有 {owner}", f"业主 does not hold {owner}"))
    out = Report("own-data", Text("本人资料", "Your data"), register.today, workspace, str(register.policy.version or ""))
    name = register.tables["owners"].found("name", row).strip()
    house = register.tables["owners"].found("house_no", row).strip()
    _add(out, register, "owners", [row])
    out.listings[-1].note = Text("只含本人；交给本人，不得转给他人", "yours alone")
    members = _rows(register, "household", "house_no", {house})
    _add(out, register, "household", members, masked={"name", "id_no", "phone", "note"})
    files = _rows(register, "files", "owner_no", {owner})
    _add(out, register, "files", files)
    numbers = {register.tables["files"].found("file_no", r).strip() for r in files}
    _add(out, register, "documents", _rows(register, "documents", "file_no", numbers))
    for r in _rows(register, "loans", "file_no", numbers):
        own = register.tables["loans"].found("borrower", r).strip() == name
        _add(out, register, "loans", [r], masked=set() if own else {"borrower", "phone", "purpose", "note"})
    changes = [r for r in _rows(register, "changes", "record", {owner}) if register.tables["changes"].found("sheet", r).strip() == "业主"]
    _add(out, register, "changes", changes)
    _add(out, register, "requests", _rows(register, "requests", "owner_no", {owner}))
    for listing in out.listings:
        _narrow(listing)
    out.figures = [Figure(x.key, x.title, x.key) for x in out.listings]
    out.notes.append(Text("处理目的：物业服务和档案管理；保存期限见档案的保管期限", "for property services; how long, see the file"))
    return out


def _narrow(listing: Listing) -> None:
    """Leave out columns of which no row holds anything."""
    used = [i for i in range(len(listing.fields)) if any(line.cells[i] for line in listing.lines)]
    listing.fields = tuple(listing.fields[i] for i in used)
    listing.lines = [Line(tuple(line.cells[i] for i in used)) for line in listing.lines]


def _rows(register: Register, sheet: str, name: str, wanted: Collection[str]) -> list[int]:
    table = register.tables.get(sheet)
    return [r for r in range(len(table)) if table.found(name, r).strip() in wanted] if table is not None and wanted else []


def _add(out: Report, register: Register, sheet: str, rows: list[int], masked: Collection[str] = ()) -> None:
    if not rows:
        return
    table, declared = register.tables[sheet], BY_FIELD[sheet]
    columns = [c for c in declared.columns if table.has(c.field)]
    if sheet == "owners":  # one row of two dozen columns is read downwards
        heads = (Field("what", Text("项目", "Item"), "text", 22), Field("held", Text("登记内容", "What is held"), "wrap", 60))
        own = Listing(sheet, declared.title, heads)
        own.lines += [Line((c.header, text)) for c in columns for r in rows if (text := table.found(c.field, r))]
        out.listings.append(own)
        return
    known = next((x for x in out.listings if x.key == sheet), None)
    if known is None:
        known = Listing(sheet, declared.title, tuple(Field(c.field, c.header, "wrap") for c in columns))
        out.listings.append(known)
    for row in rows:
        cells = []
        for c in columns:
            text = table.found(c.field, row)
            if text and c.field in masked:
                mask = mask_of(c)
                text = masks.BY_NAME[mask](text) if mask else masks.hidden(text)
            cells.append(text)
        known.lines.append(Line(tuple(cells)))


def answer(register: Register, request: str, today: date, *, by: str, refuse: bool = False) -> Act:
    """The changes that an answer is: the day, the words, who; and what follows from it. Raises Unusable."""
    row = row_named(register, request)
    table = register.tables["requests"]
    kind, owner = table.found("kind", row).strip(), table.found("owner_no", row).strip()
    if table.found("answered_on", row).strip():
        raise Unusable(Text(f"{request} 已在 {table.found('answered_on', row)} 答复", f"{request} was answered already"))
    write = Writing(register, Origin("act", "ownerbook request"), "", f"request-{request}")
    made = [write.cell("requests", row, "answered_on", today, _ANSWERED, verdict="safe")]
    made.append(write.cell("requests", row, "answer", _REFUSED if refuse else _AGREED.get(kind, "已答复"), _ANSWERED, verdict="safe"))
    if by and not table.found("handled_by", row).strip():
        made.append(write.cell("requests", row, "handled_by", by, _ANSWERED, verdict="safe"))
    act = Act()
    column = register.column("requests", "asked_on")
    asked = date.fromordinal(int(column.days[row]) + EPOCH) if column.ok[row] else None
    if asked is not None and today > due_on(register, asked):
        zh = f"答复期限 {due_on(register, asked).isoformat()} 已过"
        act.notes.append(Text(zh, f"it was to be answered by {due_on(register, asked).isoformat()}"))
    if not refuse:
        made += _follows(register, write, kind, owner, act)
    act.changes = [c for c in made if c is not None]
    return act


def _follows(register: Register, write: Writing, kind: str, owner: str, act: Act) -> list[Change | None]:
    from ownerbook.register.whose import row_named as row_in

    row = row_in(register, "owners", owner)
    if row < 0:
        return []
    if kind == "撤回同意":
        fields = ("service_need", "need_consent_on")
        return [write.cell("owners", row, f, None, _WITHDRAWN, verdict="safe") for f in fields if register.tables["owners"].found(f, row).strip()]
    if kind == "更正":
        zh = f"更正写入登记簿：ownerbook form 信息变更登记表 --owner {owner}，填好存入收件箱"
        act.notes.append(Text(zh, f"the correction itself: ownerbook form change --owner {owner}, filled in, into 收件箱"))
    if kind == "删除":
        former = register.tables["owners"].found("status", row).strip() == "原业主"
        zh = "原业主：答复写入后 ownerbook seal 会列出，经批准封存" if former else "现业主的资料为履行合同所必需，不能删除；请改用 --refuse 答复"
        en = "a former owner: then ownerbook seal lists them" if former else "a current owner's data are needed; answer with --refuse"
        act.notes.append(Text(zh, en))
    if kind in SEEN:
        act.notes.append(Text("交给本人的资料：ownerbook request extract 请求编号", "what goes to the owner: ownerbook request extract NO"))
    return []
