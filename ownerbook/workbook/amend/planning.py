"""From a workbook and edits to the splices of each part, or to every reason against them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.appending import Append
from ownerbook.workbook.amend.book_part import BookPart, Sheet
from ownerbook.workbook.amend.cells import checked
from ownerbook.workbook.amend.coverage import Appended, not_covered
from ownerbook.workbook.amend.drop_downs import DropDowns
from ownerbook.workbook.amend.edits import AppendRow, Edit, SetCell, Value, column_number, position
from ownerbook.workbook.amend.formulas import Formula, scan_formulas
from ownerbook.workbook.amend.headings import renamed_heading
from ownerbook.workbook.amend.new_strings import Dangling, NewStrings
from ownerbook.workbook.amend.planned import CellChange, Plan, StringChanges
from ownerbook.workbook.amend.recalculation import recalculate
from ownerbook.workbook.amend.refusal import Refusal, Refused, Stop, refusal
from ownerbook.workbook.amend.sheet_plan import SheetPlan, Write
from ownerbook.workbook.amend.sheet_text import SheetText
from ownerbook.workbook.amend.string_users import Users
from ownerbook.workbook.amend.strings import SharedStrings
from ownerbook.workbook.amend.styles import StyleSheet
from ownerbook.workbook.amend.tables import regions_of, tables_of
from ownerbook.workbook.amend.xml_bytes import Splice
from ownerbook.workbook.package import Member, Package

_SURE_UP_TO = 8 << 20  # inflated bytes of sheets that are read for numbers of strings that are not there, even where that is hardly possible
_SHEETS = 20  # names told
SPREADSHEETS = ("sheet.main+xml", "template.main+xml", "sheet.macroenabled.main+xml", "template.macroenabled.main+xml", "addin.macroenabled.main+xml")


def plan(package: Package, edits: Sequence[Edit], scrub: bool | None = None) -> Plan:
    """Check everything and plan it. Raises `Refused` with every reason; then nothing has been done."""
    try:
        return _Planner(package, scrub).plan(edits)
    except Dangling:
        return _Planner(package, scrub, why_inline="numbers").plan(edits)


def _guard(package: Package) -> None:
    kind = package.content_type(package.workbook_part).lower()
    if kind and not kind.endswith(SPREADSHEETS):
        raise Stop("format", "xlsb" if "binary" in kind else kind)
    if any(r.kind == "origin" and "digital-signature" in r.type for r in package.rels("").values()):
        raise Stop("signed")
    if any(m.key.startswith("_xmlsignatures/") and not m.folder for m in package.members):
        raise Stop("signed")
    if any(r.kind in ("revisionHeaders", "usernames") for r in package.rels(package.workbook_part).values()):
        raise Stop("shared-workbook")


class _Planner:
    def __init__(self, package: Package, scrub: bool | None, why_inline: str | None = None) -> None:
        self.package = package
        self.scrub = scrub
        self.refusals: list[Refusal] = []
        try:
            _guard(package)
            self.book = BookPart(package)
            self.tables = tables_of(self.book)
            related = {r.kind: r.target for r in reversed(self.book.rels.values()) if not r.external}
            self.styles = StyleSheet(package, package.find(related.get("styles", "")) if "styles" in related else None)
            strings = related.get("sharedStrings")
            self.strings = SharedStrings(package, package.find(strings) if strings else None)
            self.new_strings = NewStrings(package, self.strings.member, why_inline)
        except Stop as stop:
            raise Refused([refusal("", stop.reason, stop.detail)]) from None
        self.plans: dict[int, SheetPlan] = {}

    def _refuse(self, cell: str, stop: Stop) -> None:
        self.refusals.append(refusal(cell, stop.reason, stop.detail))

    def _stop_if_refused(self) -> None:
        if self.refusals:
            raise Refused(self.refusals)

    def plan(self, edits: Sequence[Edit]) -> Plan:
        for edit in edits:
            try:
                self._take(edit)
            except Stop as stop:
                self._refuse(f"{edit.sheet}!{edit.cell}" if isinstance(edit, SetCell) else edit.sheet, stop)
        looked = []
        for one in self.plans.values():
            try:
                one.look()
                looked.append(one)
            except Stop as stop:
                self._refuse(one.sheet.name, stop)
        try:
            self.strings.fetch({n for one in looked for n in one.shared()})
        except Stop as stop:
            self._refuse("", stop)
            self._stop_if_refused()
        for one in looked:
            one.take_appends()
            one.decide()
            self.refusals += one.refusals
        self._stop_if_refused()
        out = Plan(self.package, date1904=self.book.date1904)
        if not any(one.done for one in self.plans.values()):
            return out
        try:
            self._fill(out)
        except Stop as stop:
            self._refuse("", stop)
        self._stop_if_refused()
        return out

    def _sheet_plan(self, name: str) -> SheetPlan:
        sheet = self.book.sheet(name)
        if sheet is None:
            names = [s.name for s in self.book.sheets]
            raise Stop(
                "no-sheet",
                Text("、".join(names[:_SHEETS]) + "……" * (len(names) > _SHEETS), ", ".join(names[:_SHEETS]) + " …" * (len(names) > _SHEETS)),
            )
        if sheet.kind != "worksheet" or sheet.member is None:
            raise Stop("not-a-worksheet", name)
        if sheet.index not in self.plans:
            text = SheetText(self.package, sheet.member)
            regions = regions_of(self.book, sheet, self.tables)
            self.plans[sheet.index] = SheetPlan(self.book, sheet, text, self.styles, self.strings, self.new_strings, self.tables, regions)
        return self.plans[sheet.index]

    def _take(self, edit: Edit) -> None:
        if isinstance(edit, AppendRow):
            self._take_row(edit)
            return
        where = position(edit.cell)
        if where is None:
            raise Stop("reference", edit.cell)
        one = self._sheet_plan(edit.sheet)
        write = Write(*where, checked(_as_text(edit.value) if edit.identifier else edit.value), edit.identifier, edit)
        other = one.writes.get(where)
        if other is not None and (other.value != write.value or type(other.value) is not type(write.value)):
            raise Stop("twice")
        one.writes[where] = write

    def _take_row(self, edit: AppendRow) -> None:
        one = self._sheet_plan(edit.sheet)
        identifiers = frozenset(column_number(c) for c in edit.identifiers)
        values: dict[int, Value] = {}
        for letters, value in edit.values.items():
            column = column_number(letters)
            if not column:
                raise Stop("reference", letters)
            values[column] = checked(_as_text(value) if column in identifiers else value)
        if not values:
            raise Stop("no-values")
        if 0 in identifiers or edit.after is not None and edit.after < 0:
            raise Stop("reference", ",".join(sorted(edit.identifiers)) if 0 in identifiers else edit.after)
        one.appends.append(Append(values, identifiers, edit.after))

    def _fill(self, out: Plan) -> None:
        splices: dict[Member, list[Splice]] = defaultdict(list)
        users = self._users()
        formulas = self._formulas(users)
        self._strings(out, splices, users)
        out.notes += DropDowns(self.book, self.strings, self.plans).notes()
        for one in self.plans.values():
            if not one.done:
                continue
            assert one.sheet.member is not None
            splices[one.sheet.member] += one.splices
            splices[self.book.member] += one.name_splices
            out.texts[one.sheet.member] = one.text
            out.sheets[one.sheet.member] = one.sheet.name
            out.touched_rows[one.sheet.member] += one.touched_rows
            out.notes += one.notes
            for table, changes in one.table_splices:
                splices[table.member] += changes
            for table, write in one.headings:
                try:
                    splices[table.member] += renamed_heading(table, write.column, write.value, formulas, self.book)
                except Stop as stop:
                    self._refuse(one.name(write.row, write.column), stop)
            for write in one.done:
                new = write.value if write.formula is None else "=" + write.formula
                out.changes.append(CellChange(one.sheet.name, write.row, write.column, write.old.value, new))
        out.notes += not_covered(self.book, self._appended(), self._written(), formulas, self.tables)
        recalculate(out, self.book, self.plans, self.tables, formulas, splices)
        if self.styles.member is not None:
            splices[self.styles.member] += self.styles.splices()
        for m, text in out.texts.items():
            splices[m] = [s._replace(new=text.holdable(s.new)) for s in splices[m]]
        if self.book.wide and splices.get(self.book.member):
            raise Stop("structure", "UTF-16 workbook")
        out.splices = {m: sorted(s, key=lambda x: (x.start, x.end)) for m, s in splices.items() if s}
        for text in out.texts.values():
            text.know()
        for m, found in out.splices.items():
            if any(b.start < a.end for a, b in zip(found, found[1:], strict=False)):
                raise Stop("structure", m.name)

    def _appended(self) -> list[Appended]:
        plans = [one for one in self.plans.values() if one.appending and one.done]
        return [Appended(p.sheet.index, p.sheet.name, last, columns) for p in plans if p.appending for last, columns in p.appending.places()]

    def _written(self) -> dict[str, list[tuple[int, int]]]:
        return {one.sheet.name.casefold(): [(w.row, w.column) for w in one.done] for one in self.plans.values()}

    def _other_texts(self) -> list[tuple[Sheet, SheetText]]:
        return [(s, SheetText(self.package, s.member)) for s in self.book.sheets if s.member and s.kind == "worksheet" and s.index not in self.plans]

    def _formulas(self, users: Users) -> list[Formula]:
        """All formulas; the sheets are counted for shared strings in the same pass."""
        out: list[Formula] = []
        for one in self.plans.values():
            out += one.formulas
            if users.count:
                users.sheet(one.text)
        seen = {one.sheet.member.key for one in self.plans.values() if one.sheet.member}
        for sheet, text in self._other_texts():
            seen.add(text.member.key)
            out += scan_formulas(sheet.index, text, users)
        for rel in self.book.rels.values() if users.count else ():  # sheets of macros and dialogs, and those without a tab
            member = None if rel.external else self.package.find(rel.target)
            if rel.kind.lower().endswith("sheet") and rel.kind != "chartsheet" and member and member.key not in seen:
                users.sheet(SheetText(self.package, member))
        return out

    def _users(self) -> Users:
        """What must be known of the cells that show shared strings: the numbers that may be blanked, and those of new texts."""
        new = self.new_strings
        wanted = {n for one in self.plans.values() for w in one.done if (n := w.old.shared) is not None and self._is_to_go(w)}
        added = set(range(new.first, new.first + len(new.appended)))
        if new.vouched() and sum(s.member.size for s in self.book.sheets if s.member) > _SURE_UP_TO:
            added = set()
        return Users(wanted | added if self.strings.member else set())

    def _is_to_go(self, write: Write) -> bool:
        return bool(self.scrub or (self.scrub is None and write.identifier))

    def _strings(self, out: Plan, splices: dict[Member, list[Splice]], users: Users) -> None:
        """Add new texts to the shared strings, and blank those that identifiers leave behind and nothing else shows."""
        member, new = self.strings.member, self.new_strings
        if new.declined:
            out.notes.append(new.note())
        if member is None or not users.count and not new.used:
            return
        if any(users.count.get(n) for n in range(new.first, new.first + len(new.appended))):
            raise Dangling
        done = [w for one in self.plans.values() for w in one.done]
        left = Counter(w.old.shared for w in done)
        wanted = {w.old.shared for w in done if w.old.shared is not None and self._is_to_go(w)}
        alone = frozenset(n for n in wanted if users.count[n] <= left[n] and n not in new.used)
        splices[member] += self.strings.blank(alone) + new.splices(sum(one.more_shared for one in self.plans.values()))
        out.strings = StringChanges(member, alone, new.first, tuple(new.appended), new.used)
        out.scrubbed = len(alone)


def _as_text(value: Value) -> Value:
    """An identifier is always text; digits given as a number are taken as they read."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return str(value) if isinstance(value, int) else repr(value)
