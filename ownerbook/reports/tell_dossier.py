"""All that is held about one house: people, files with their places, papers and what is owed, loans, changes, audits, disposals, requests,
problems of the last check and the history in the journal. Every list shows the columns of its sheet; people in part unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.audit_status import audit_status, rectifications
from ownerbook.deadlines.columns import FOREVER, Whole
from ownerbook.deadlines.loan_status import loan_status
from ownerbook.deadlines.paper_status import paper_status
from ownerbook.deadlines.retention_status import retention_status
from ownerbook.reconcile.recorded import Past
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD, BY_NAME
from ownerbook.register.understood import NO_DAY
from ownerbook.reports.listing import Cell, Field, Figure, Line, Listing, Report, Tone
from ownerbook.reports.naming import Naming, a_day
from ownerbook.reports.tell_history import CAME, shown, stamp
from ownerbook.rules.judge import mask_of
from ownerbook.schema.cells import Bools
from ownerbook.schema.words import Personal, Text
from ownerbook.storage.problem_state import Known

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "houses": ("house_no", "layout", "floor_area", "inner_area", "use", "status", "contract_on", "handover_on", "movein_on", "title_no", "note"),
    "owners": ("owner_no", "name", "kind", "id_type", "id_no", "phone", "phone2", "share", "primary", "owned_from", "owned_to", "status", "consent"),
    "household": ("member_no", "name", "relation", "id_no", "phone", "registered_on", "status"),
    "files": ("file_no", "status", "location", "owner_no", "created_on", "created_by", "confidentiality", "retention", "audited_on", "hold_until"),
    "documents": ("file_no", "doc_no", "doc_type", "form", "pages", "copies", "received_on", "received_by", "checked_by", "scan", "status"),
    "loans": ("loan_no", "file_no", "borrower", "borrower_kind", "purpose", "lent_on", "due_on", "returned_on", "condition"),
    "changes": ("change_no", "sheet", "record", "field", "old", "new", "evidence", "applied_on", "decision", "done_on"),
    "audits": ("audit_no", "file_no", "audited_on", "auditor", "kind", "result", "finding", "rectify_by", "rectified_on", "verified_on"),
    "disposals": ("disposal_no", "file_no", "kind", "basis", "appraised_on", "approved_on", "executed_on", "receiver"),
    "requests": ("request_no", "owner_no", "kind", "asked_on", "answer_by", "answered_on", "answer"),
    "incidents": ("incident_no", "found_on", "kind", "measures", "notified_on", "closed_on"),
    "waivers": ("waiver_no", "rule", "sheet", "record", "reason", "approved_by", "until"),
}
"""Columns by sheet, in the order in which the page shows them."""
_DAYS = {
    "owners": "owned_from",
    "household": "registered_on",
    "documents": "received_on",
    "loans": "lent_on",
    "changes": "applied_on",
    "audits": "audited_on",
    "disposals": "appraised_on",
    "requests": "asked_on",
    "incidents": "found_on",
}
_OWED = (Field("file_no", Text("档号", "File no.")), Field("lacks", Text("缺少的材料", "Lacks"), "wrap"), Field("due_on", Text("期限", "Due"), "day"))
_PROBLEMS = (
    Field("code", Text("规则", "Rule"), "center"),
    Field("title", Text("问题", "Problem"), "wrap"),
    Field("sheet", Text("表", "Sheet"), "center"),
    Field("record", Text("编号", "Record")),
    Field("header", Text("列", "Column")),
    Field("since", Text("发现于", "Since"), "center"),
)
_HISTORY = (
    Field("at", Text("时间", "When"), "center"),
    Field("sheet", Text("表", "Sheet"), "center"),
    Field("record", Text("编号", "Record")),
    Field("header", Text("列", "Column")),
    Field("old", Text("原值", "From"), "wrap"),
    Field("new", Text("新值", "To"), "wrap"),
    Field("how", Text("来由", "How"), "center"),
    Field("who", Text("经手人", "By")),
)
_TITLES = {"houses": Text("房屋", "House"), "owners": Text("业主", "Owners"), "files": Text("档案及位置", "Files and places")}


class Dossier:
    """Collects it. house: row of 房屋."""

    def __init__(self, register: Register, house: int) -> None:
        self.register, self.book, self.name = register, Whole(register), Naming(register)
        self.today = register.today.toordinal() - EPOCH
        self.house = house
        self.rows: dict[str, list[int]] = {"houses": [house]}
        for sheet in ("owners", "household", "files"):
            self.rows[sheet] = self._by(sheet, "house_no", [house]) if self._has(sheet) else []
        for sheet in ("documents", "loans", "audits", "disposals"):
            self.rows[sheet] = self._by(sheet, "file_no", self.rows["files"]) if self._has(sheet) and self._has("files") else []
        asked = self._has("requests") and self._has("owners")
        self.rows["requests"] = self._by("requests", "owner_no", self.rows["owners"]) if asked else []
        self.keys = {(s, self.name.key(s, r)) for s in ("houses", "owners", "household", "files", *_DAYS) for r in self.rows.get(s, ())}
        self.rows["changes"] = self._of_records("changes")
        self.rows["waivers"] = self._of_records("waivers")
        numbers = [self.name.key("files", f) for f in self.rows["files"]]
        table = register.tables.get("incidents")
        self.rows["incidents"] = [r for r in range(len(table)) if any(n in table.found("files", r) for n in numbers)] if table is not None else []

    def _has(self, sheet: str) -> bool:
        return sheet in self.register.tables

    def _by(self, sheet: str, field: str, rows: Sequence[int]) -> list[int]:
        at = self.register.reference(sheet, field).row
        return np.flatnonzero(np.isin(at, list(rows)) & (at >= 0)).tolist()

    def _of_records(self, sheet: str) -> list[int]:
        """Rows that name a sheet and a key of it that belong to this house."""
        table = self.register.tables.get(sheet)
        if table is None:
            return []
        wanted = {key for _, key in self.keys}
        record = self.register.column(sheet, "record")
        ids = [n for n in (self.register.names.known(k) for k in wanted) if n >= 0]
        some = np.flatnonzero(np.isin(record.ids, ids)) if record.ids is not None else np.arange(len(table))
        of = {name: s.field for name, s in BY_NAME.items()}
        return [r for r in map(int, some) if (of.get(table.found("sheet", r), ""), record.text(r)) in self.keys]

    def report(self, known: Sequence[Known], past: Sequence[Past], titles: Mapping[str, Text], *, workspace: str = "") -> Report:
        """The whole of it. known: problems of the last check; past: changes in the journal; titles: of the rules, by code."""
        house = self.name.house("houses", self.house)
        policy = str(self.register.policy.version or "")
        out = Report("dossier", Text(f"{house} 房屋档案一览", f"All about {house}"), self.register.today, workspace, policy)
        out.listings = [
            self._sheet("houses"),
            self._sheet("owners", order=lambda r: (self._is("owners", "status", "原业主", r), -self._day("owners", r))),
            self._sheet("household", order=lambda r: (self._is("household", "status", "迁出", r), -self._day("household", r))),
            self._files(),
            self._sheet("documents", order=lambda r: (self.rows["files"].index(self._file("documents", r)), self._day("documents", r), r)),
            self._owed(),
            self._loans(),
            self._sheet("changes", newest=True),
            self._audits(),
            self._sheet("disposals", newest=True),
            self._sheet("requests", newest=True),
            self._sheet("incidents", newest=True),
            self._sheet("waivers"),
            self._problems(known, titles),
            self._history(past),
        ]
        out.figures = [
            Figure("owners", Text("现业主", "owners now"), value=sum(self._is("owners", "status", "现业主", r) for r in self.rows["owners"])),
            Figure("files", Text("档案", "files"), value=len(self.rows["files"])),
            Figure("documents", Text("材料", "papers"), value=len(self.rows["documents"])),
            Figure("owed", Text("缺件", "owed"), value=sum(str(x.cells[1]).count("、") + 1 for x in out["owed"].lines), bad=True),
            Figure("out", Text("借出", "on loan"), value=sum(x.tone != "" for x in out["loans"].lines), bad=True),
            Figure("rectifying", Text("整改未结", "open rectifications"), value=sum(x.tone != "" for x in out["audits"].lines), bad=True),
            Figure("problems", Text("未解决问题", "open problems"), value=len(out["problems"].lines), bad=True),
        ]
        return out

    def cell(self, sheet: str, field: str, row: int) -> Cell:
        """A cell as it stands, marked as personal where its column is; of 变更 as the column that it tells of."""
        text = self.name.found(sheet, field, row)
        if not text:
            return None
        if (sheet, field) == ("files", "location"):
            return self._place(row, text)
        if field == "scan":
            return Text("有", "yes")  # its name may be somebody's
        mask = mask_of(BY_FIELD[sheet].by_field[field])
        if sheet == "changes" and field in ("old", "new"):
            target = BY_NAME.get(self.name.found(sheet, "sheet", row))
            column_there = target.by_header.get(self.name.found(sheet, "field", row)) if target else None
            mask = mask_of(column_there) if column_there is not None else "hidden"
        return Personal(text, mask) if mask else text

    def _place(self, file: int, number: str) -> str:
        """Where a file stands, with room, cabinet, shelf and box in words where the number does not say them itself."""
        row = int(self.register.reference("files", "location").row[file]) if self._has("locations") else -1
        parts = [t for f in ("room", "cabinet", "shelf", "box") if (t := self.name.found("locations", f, row))]
        return number if not parts or "-".join(parts).upper() == number.upper() else f"{number}（{' '.join(parts)}）"

    def _sheet(
        self, sheet: str, *, newest: bool = False, order: Callable[[int], tuple[int, ...]] | None = None, tone: Callable[[int], Tone] | None = None
    ) -> Listing:
        declared = BY_FIELD[sheet]
        fields = [f for f in SECTIONS[sheet] if self._has(sheet) and self.register.tables[sheet].has(f)]
        rows = list(self.rows[sheet])
        if order is not None:
            rows.sort(key=order)
        elif newest:
            rows.sort(key=lambda r: -self._day(sheet, r))
        heads = tuple(Field(f, declared.by_field[f].header, "wrap") for f in fields)
        house = self.name.house("houses", self.house)
        lines = [Line(tuple(self.cell(sheet, f, r) for f in fields), tone(r) if tone else "", house=house) for r in rows]
        return Listing(sheet, _TITLES.get(sheet, declared.title), heads, lines)

    def _files(self) -> Listing:
        """The files, the newest first, with where they stand in words, when their retention ends and when they are audited next."""
        if not self._has("files"):
            return Listing("files", _TITLES["files"], ())
        out = self._sheet("files", order=lambda r: (-self._opened(r),), tone=self._whether_there)
        rows = sorted(self.rows["files"], key=lambda r: -self._opened(r))
        ends = retention_status(self.book, self.today).ends if self._has("owners") else np.full(len(self.book.files), NO_DAY)
        due = audit_status(self.book, self.today).due if self._has("audits") else np.full(len(self.book.files), NO_DAY)
        extra = (Field("ends_on", Text("期满日期", "Kept until"), "center"), Field("audit_by", Text("应审核日期", "Audit by"), "center"))
        out.fields = (*out.fields, *extra)
        more = [(self._until(r, int(ends[r])), None if due[r] == FOREVER else a_day(int(due[r]))) for r in rows]
        out.lines = [Line((*x.cells, *m), x.tone, house=x.house) for x, m in zip(out.lines, more, strict=True)]
        return out

    def _whether_there(self, file: int) -> Tone:
        return "late" if self._is("files", "status", "遗失", file) else "today" if self._is("files", "status", "借出", file) else ""

    def _until(self, file: int, end: int) -> Cell:
        """Until when a file is kept: 永久 only where its 保管期限 says so, else its term has not begun while the owner is there."""
        if end == FOREVER and self.name.found("files", "retention", file) != "永久":
            return Text("未起算", "not begun")
        return a_day(end)

    def _owed(self) -> Listing:
        out = Listing("owed", Text("尚缺的材料", "Papers owed"), _OWED)
        if all(self._has(s) for s in ("owners", "files", "documents")):
            status = paper_status(self.book, self.today)
            for f in self.rows["files"]:
                if status.missing.get(f):
                    cells = (self.name.key("files", f), "、".join(status.missing[f]), a_day(int(status.due[f])))
                    out.lines.append(Line(cells, "late" if status.late[f] else "soon"))
        return out

    def _loans(self) -> Listing:
        """Loans, open ones first."""
        if not self._has("loans") or not self._has("files"):
            return Listing("loans", BY_FIELD["loans"].title, ())
        s = loan_status(self.book, self.register.calendar, self.today)

        def tone(r: int) -> Tone:
            return "late" if s.late[r] else "today" if s.out[r] else ""

        return self._sheet("loans", order=lambda r: (not s.out[r], -self._day("loans", r)), tone=tone)

    def _audits(self) -> Listing:
        """Audits, those whose rectification is open first."""
        if not self._has("audits") or not self._has("files"):
            return Listing("audits", BY_FIELD["audits"].title, ())
        found = rectifications(self.book, self.today)
        open_ = {int(r): bool(late) for r, late in zip(found.rows, found.late, strict=True)}

        def tone(r: int) -> Tone:
            return "" if r not in open_ else "late" if open_[r] else "today"

        return self._sheet("audits", order=lambda r: (r not in open_, -self._day("audits", r)), tone=tone)

    def _problems(self, known: Sequence[Known], titles: Mapping[str, Text]) -> Listing:
        out = Listing("problems", Text("上次检查未解决的问题", "Open problems of the last check"), _PROBLEMS)
        for k in known:
            sheet = BY_FIELD.get(k.table)
            if k.waived or sheet is None or (k.table, k.record) not in self.keys:
                continue
            tone: Tone = "late" if k.severity == "error" else ""
            out.lines.append(Line((k.code, titles.get(k.code, Text(k.code, k.code)), sheet.title, k.record, k.header, k.first), tone))
        return out

    def _history(self, past: Sequence[Past]) -> Listing:
        lines = []
        for p in reversed(past):
            c, sheet = p.change, BY_FIELD[p.change.sheet]
            column = sheet.by_field.get(c.column)
            header: Cell = column.header if column else c.column
            old, new = shown(c, c.column, c.old), shown(c, c.column, c.new)
            if c.kind != "cell":
                header, old, new = Text("（新增一行）", "(a new row)") if c.kind == "new" else Text("（删去一行）", "(a row taken out)"), None, None
            who = Personal(c.who or p.by, "staff")
            lines.append(Line((stamp(p.at), sheet.title, c.record, header, old, new, CAME.get(c.came, Text(c.came, c.came)), who)))
        return Listing("history", Text("日志里的改动", "Changes in the journal"), _HISTORY, lines)

    def _file(self, sheet: str, row: int) -> int:
        return int(self.register.reference(sheet, "file_no").row[row])

    def _day(self, sheet: str, row: int) -> int:
        column = self.register.column(sheet, _DAYS[sheet])
        return int(column.days[row]) if column.ok[row] else -1

    def _opened(self, file: int) -> int:
        column = self.register.column("files", "created_on")
        return int(column.days[file]) if column.ok[file] else -1

    def _is(self, sheet: str, field: str, value: str, row: int) -> bool:
        mask: Bools = self.register.column(sheet, field).is_(value)
        return bool(mask[row])
