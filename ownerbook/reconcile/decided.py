"""What was chosen, as a proposal that can be written: values of the right kind, and a 变更 row for each registered fact."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ownerbook.reconcile.change import Change, Choice, Plan, Value
from ownerbook.reconcile.change_rows import ChangeRows
from ownerbook.reconcile.delta import CLEAR, MOVED_ELSEWHERE
from ownerbook.reconcile.judging import needs_evidence
from ownerbook.reconcile.referring import referring
from ownerbook.reconcile.spelling import Cell, Read, read_rows, read_values, usable
from ownerbook.register.proposal import NewRow, NewValue, NextKeys, Proposal
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import row_named
from ownerbook.schema.words import Text

WAITS = Text("还没有人选择", "nobody has chosen yet")
MOVED = Text("登记簿里的值在出方案之后变过，请重新对账", "the register has changed since the plan was made; reconcile again")
HOLDS = Text("登记簿里已经是这个值", "the register holds this value already")
NO_ROW = Text("登记簿里没有这一行", "the register has no such row")
TWICE = Text("同一格已采用另一项", "another value was chosen for the same cell")
NO_COLUMN = Text("登记簿没有这一列，无处可写", "the register has no such column to write to")
PART = Text("这一格里不止这一项，请在台账里手工改", "this cell holds more than this; change it by hand")
TWICE_ROW = Text("与另一行完全相同，只登记一次", "the same row again; it is added once")
NO_VALUE = Text("选了填写，没有写值", "a value was to be written and none is")
REQUIRED = Text("这是必填项，不能清空", "this field must not be blank")
UNREADABLE = Text("这个值读不懂，不能写入这一列", "this value cannot be read and does not go into this column")
KEY_HELD = Text("这个编号登记簿里已有", "the register holds this key already")
NEVER = Text("登记簿不删行，请改状态或手工处理", "no row is deleted; change its state, or do it by hand")
WHICH = Text("没有写是哪一行（对象编号）", "which row it is (its key) is not said")
NO_PAPER = Text("缺证明材料：没有写材料编号，或「材料」表里没有", "evidence is missing: no number, or none that 材料 holds")
APART = Text("同一件事的其他各项没有采用，整组都不写入", "other changes of the same act were not taken, so none of them is written")
NOT_LISTED = Text("设置没有把这一列列为可自行采用", "the settings do not list this field as applied by itself")


@dataclass
class Decided:
    """What follows from the choices.

    proposal: to be written, all or nothing. taken: each change with the value that is written (the key for rows). left: what is not
    written and why. kept: changes for which a person chose to keep what is there.
    """

    proposal: Proposal = field(default_factory=Proposal)
    taken: list[tuple[Change, Value]] = field(default_factory=list)
    left: list[tuple[Change, Text]] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)


class _Left(Exception):
    """A change is left, with the reason."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


def decided(
    register: Register,
    plan: Plan | Sequence[Change],
    choices: Mapping[str, Choice],
    *,
    by: str,
    today: date,
    auto: bool = False,
    allowed: Collection[str] | None = None,
) -> Decided:
    """Turn choices (by id of the change) into a proposal.

    by: who carries it out, 工号 or name; who agrees is the choice's `who`, else `by`, and needs the right 审核. auto: safe changes
    without a choice are taken; of these only fields that `allowed` lists, as 联系电话 or 业主.联系电话 (None: every field).
    Changes of one bundle are taken together: where one of them is left or kept, none is taken.
    """
    apart: set[str] = set()
    causes: dict[str, Text] = {}  # id of the change for whose sake its act is left → why
    while True:
        out = _decided(register, plan, choices, by, today, auto, allowed, apart)
        halved = {c.bundle for c in (*(c for c, _ in out.left), *out.kept)} & {c.bundle for c, _ in out.taken} - {""}
        if not halved:
            out.left = [(c, causes.get(c.id, why) if why == APART else why) for c, why in out.left]
            return out
        causes |= {c.id: why for c, why in out.left if c.bundle in halved and why not in (WAITS, APART)}
        apart |= halved


def _decided(
    register: Register,
    plan: Plan | Sequence[Change],
    choices: Mapping[str, Choice],
    by: str,
    today: date,
    auto: bool,
    allowed: Collection[str] | None,
    apart: Collection[str],
) -> Decided:
    deciding = _Deciding(register, by, today)
    changes = plan.changes if isinstance(plan, Plan) else list(plan)
    chosen: list[tuple[Change, Choice]] = []
    for c in changes:
        choice = choices.get(c.id)
        if c.bundle in apart and (choice is None or choice.choice != "保留"):
            deciding.out.left.append((c, WAITS if choice is None else APART))
            continue
        if choice is None and auto and c.verdict == "safe":
            if allowed is None or _listed(c, allowed):
                chosen.append((c, Choice("采用", who=by)))
            else:
                deciding.out.left.append((c, NOT_LISTED))
        elif choice is None:
            deciding.out.left.append((c, WAITS))
        elif choice.choice == "保留":
            deciding.out.kept.append(c)
        else:
            chosen.append((c, choice))
    deciding.read(chosen)
    # new rows first: a paper among them may be the evidence of a cell; keys last: cells name their row by the key as it is
    for c, choice in sorted(chosen, key=lambda pair: {"new": 0, "unsure": 0, "key": 2}.get(pair[0].kind, 1)):
        try:
            deciding.take(c, choice)
        except _Left as e:
            deciding.out.left.append((c, e.why))
    return deciding.finished()


def _listed(c: Change, allowed: Collection[str]) -> bool:
    sheet = BY_FIELD[c.sheet]
    header = sheet.by_field[c.field].header.zh if c.field else ""
    return header in allowed or f"{sheet.name}.{header}" in allowed


class _Deciding:
    """Takes change after change into one proposal."""

    def __init__(self, register: Register, by: str, today: date) -> None:
        self._register, self._by, self._today = register, by, today
        self.out = Decided()
        self._rows = ChangeRows(register, by, today)
        self._cells: dict[tuple[str, int, str], Value] = {}
        self._new_keys: dict[str, NextKeys] = {}
        self._added: set[tuple[str, str]] = set()
        self._ids: set[str] = set()
        self._read: dict[str, tuple[Read, Read]] = {}
        self._new: dict[str, dict[str, Read]] = {}
        self._moving: set[tuple[str, int]] = set()

    def finished(self) -> Decided:
        """What was taken, with the 变更 rows after the new ones."""
        self.out.proposal.rows += self._rows.rows
        return self.out

    def read(self, chosen: Sequence[tuple[Change, Choice]]) -> None:
        """Read all values at once: what is to be written, and what is there."""
        asked: list[Cell] = []
        ids: list[str] = []
        for c, choice in chosen:
            row = self._row(c)
            if c.kind in ("cell", "key") and row >= 0:
                table = self._register.tables[c.sheet]
                asked += [Cell(c.sheet, row, c.field, self._wanted(c, choice)), Cell(c.sheet, row, c.field, table.held(c.field, row))]
                ids.append(c.id)
            if c.kind == "key" and row >= 0:
                self._moving.add((c.sheet, row))
        read = read_values(self._register, asked)
        self._read = {name: (read[2 * i], read[2 * i + 1]) for i, name in enumerate(ids)}
        new = [c for c, _ in chosen if c.kind in ("new", "unsure") and c.sheet != "waivers" and c.origin.came != "undo"]
        for sheet in dict.fromkeys(c.sheet for c in new):
            mine, fields = [c for c in new if c.sheet == sheet], BY_FIELD[sheet].by_field
            rows: list[dict[str, Value]] = [{f: s.typed for f, s in c.values.items() if f in fields} for c in mine]
            self._new |= {c.id: found for c, found in zip(mine, read_rows(self._register, sheet, rows), strict=True)}

    def _wanted(self, c: Change, choice: Choice) -> Value:
        if choice.choice == "填写":
            return choice.value
        if c.theirs is None:
            return None
        return c.theirs.typed

    def _row(self, c: Change) -> int:
        """The row of a change in the register as it is now."""
        table = self._register.tables.get(c.sheet)
        if table is None or c.kind in ("new", "unsure"):
            return -1
        key = BY_FIELD[c.sheet].key.field
        if 0 <= c.row < len(table) and table.found(key, c.row).strip() == c.record.strip():
            return c.row
        return row_named(self._register, c.sheet, c.record)

    def take(self, c: Change, choice: Choice) -> None:
        """Take one change. Raises _Left."""
        if c.kind == "gone":
            raise _Left(NEVER)
        if c.kind == "unsure" and choice.partner:
            self._into(c, choice)
        elif c.kind in ("new", "unsure"):
            self._row_added(c, choice)
        else:
            self._cell(c, choice)

    def _cell(self, c: Change, choice: Choice) -> None:
        row = self._row(c)
        if row < 0:
            renamed = c.kind == "key" and c.theirs is not None and row_named(self._register, c.sheet, c.theirs.text) >= 0
            raise _Left(HOLDS if renamed else NO_ROW)
        wanted, there = self._read[c.id]
        table, column = self._register.tables[c.sheet], BY_FIELD[c.sheet].by_field[c.field]
        if choice.choice == "填写" and choice.note != CLEAR and (choice.value is None or str(choice.value).strip() == ""):
            raise _Left(NO_VALUE)
        exact = c.origin.came == "undo" and choice.choice == "采用"
        held = table.held(c.field, row)
        value = self._wanted(c, choice) if exact else wanted.typed
        respelt = c.origin.came == "answers" and value != held  # a suggestion may mend the writing alone
        if (exact and value == held) or (not exact and wanted.means == there.means and not respelt):
            raise _Left(HOLDS)
        if c.ours is not None and table.found(c.field, row) != c.ours.text:
            raise _Left(MOVED)
        if value is None and column.required:
            raise _Left(REQUIRED)
        if not exact and not usable(column.kind, wanted):
            raise _Left(UNREADABLE)
        source = table.sources[int(table.source[row])]
        if c.field not in source.columns:
            raise _Left(NO_COLUMN)
        if c.field in source.parts:
            raise _Left(PART)
        if (c.sheet, row, c.field) in self._cells:
            raise _Left(HOLDS if self._cells[c.sheet, row, c.field] == value else TWICE)
        held_by = row_named(self._register, c.sheet, str(value)) if column.key and value is not None else -1
        if held_by not in (-1, row) and (c.sheet, held_by) not in self._moving:  # numbers may pass from row to row
            raise _Left(KEY_HELD)
        if respelt and wanted.means == there.means and not column.key:  # no registered fact is changed
            self._write(c.sheet, row, c.field, value)
            self.out.taken.append((c, value))
            return
        paper = choice.evidence or c.evidence
        self._entered(c, choice, row, c.field, value, paper)
        if column.key and value is not None:
            for sheet, at, f in referring(self._register, c.sheet, row):
                if (sheet, at, f) not in self._cells:
                    self._write(sheet, at, f, value)
                    self._rows.add(sheet, at, f, value, c, choice, paper)
        self.out.taken.append((c, value))

    def _entered(self, c: Change, choice: Choice, row: int, name: str, value: Value, paper: str) -> None:
        """Write a cell with its 变更 row. Raises _Left where a paper or the right to agree is missing."""
        if c.bundle and (c.sheet, name) in MOVED_ELSEWHERE:  # an audit or a disposal moves it, whose own row tells why
            self._write(c.sheet, row, name, value)
            return
        column = BY_FIELD[c.sheet].by_field[name]
        if needs_evidence(c.sheet, column, self._register.policy) and not self._held(paper):
            raise _Left(NO_PAPER)
        why = self._rows.against(c.sheet, choice)
        if why is not None:
            raise _Left(why)
        self._rows.add(c.sheet, row, name, value, c, choice, paper if self._held(paper) else "")
        self._write(c.sheet, row, name, value)

    def _held(self, paper: str) -> bool:
        if not paper.strip():
            return False
        if ("documents", paper.strip()) in self._added:
            return True
        return "documents" not in self._register.tables or row_named(self._register, "documents", paper) >= 0

    def _write(self, sheet: str, row: int, name: str, value: Value) -> None:
        self._cells[sheet, row, name] = value
        self.out.proposal.values.append(NewValue(sheet, row, name, value, self._register.tables[sheet].found(name, row)))

    def _row_added(self, c: Change, choice: Choice) -> None:
        """A new row, its values in the kinds of their columns; what was filled in is its key."""
        sheet = BY_FIELD[c.sheet]
        key = sheet.key.field
        fields = [f for f in c.values if f in sheet.by_field]
        given: dict[str, Value] = {f: s.typed for f, s in c.values.items() if f in sheet.by_field}
        if c.sheet == "waivers" and c.origin.came == "answers":  # who takes a waiver approves it
            why = self._rows.against(c.sheet, choice)
            if why is not None:
                raise _Left(why)
            given["approved_by"] = choice.who or self._by
            if choice.partner:  # what is written beside 采用 or 填写: another last day
                given["until"] = choice.partner
            fields.append("approved_by")
        table = self._register.tables.get(c.sheet)
        if table is not None and not all(any(f in source.columns for source in table.sources) for f in fields):
            raise _Left(NO_COLUMN)
        exact = c.origin.came == "undo"
        values: dict[str, Value] = {}
        if exact:
            values = given
        else:
            known = self._new[c.id] if c.id in self._new else read_rows(self._register, c.sheet, [given])[0]
            for f in fields:
                read = known[f]
                if not usable(sheet.by_field[f].kind, read):
                    raise _Left(UNREADABLE)
                if read.typed is not None:
                    values[f] = read.typed
        if c.id in self._ids:
            raise _Left(TWICE_ROW)
        self._ids.add(c.id)
        if choice.choice == "填写":
            if choice.value is None or not str(choice.value).strip():
                raise _Left(NO_VALUE)
            values[key] = choice.value if not sheet.key.kind.text_format else str(choice.value).strip()
        name = str(values.get(key) or "")
        if not name and c.sheet in self._register.tables and sheet.key.kind.text_format and c.sheet != "houses":
            name = self._next_key(c.sheet)
            values[key] = name
        if not name:
            raise _Left(WHICH)
        if row_named(self._register, c.sheet, name) >= 0 or (c.sheet, name) in self._added:
            raise _Left(WHICH if c.kind == "unsure" else KEY_HELD)
        self._added.add((c.sheet, name))
        self.out.proposal.rows.append(NewRow(c.sheet, {f: v for f, v in values.items() if v is not None}))
        self.out.taken.append((c, name))

    def _next_key(self, sheet: str) -> str:
        from ownerbook.reconcile.cell import DEFAULT_KEYS

        if sheet not in self._new_keys:
            column = self._register.column(sheet, BY_FIELD[sheet].key.field)
            self._new_keys[sheet] = NextKeys(column, DEFAULT_KEYS.get(sheet, "001"))
        return self._new_keys[sheet].next()

    def _into(self, c: Change, choice: Choice) -> None:
        """An unsure row is a row that the register holds: its filled cells go there; a blank of it says nothing."""
        row = row_named(self._register, c.sheet, choice.partner)
        if row < 0:
            raise _Left(NO_ROW)
        sheet, table = BY_FIELD[c.sheet], self._register.tables[c.sheet]
        fields = [f for f in c.values if f in sheet.by_field and not sheet.by_field[f].key]
        asked = []
        for f in fields:
            said = c.values[f]
            company = tuple((g, s.value) for g, s in c.values.items() if g != f and g in sheet.by_field)
            asked += [Cell(c.sheet, row, f, said.typed, company), Cell(c.sheet, row, f, table.held(f, row))]
        read = read_values(self._register, asked)
        differ = [(f, read[2 * i]) for i, f in enumerate(fields) if read[2 * i].means not in (read[2 * i + 1].means, -1)]
        if not differ:
            raise _Left(HOLDS)
        paper = choice.evidence or c.evidence
        for f, r in differ:
            column = sheet.by_field[f]
            if not usable(column.kind, r):
                raise _Left(UNREADABLE)
            if (c.sheet, row, f) in self._cells:
                raise _Left(TWICE)
            if f not in table.sources[int(table.source[row])].columns:
                raise _Left(NO_COLUMN)
            if needs_evidence(c.sheet, column, self._register.policy) and not self._held(paper):
                raise _Left(NO_PAPER)
        for f, r in differ:
            self._entered(c, choice, row, f, r.typed, paper)
        self.out.taken.append((c, table.found(sheet.key.field, row)))
