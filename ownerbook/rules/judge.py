"""Judging a register: every rule runs once over whole columns; at a cell one problem speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from ownerbook.register.register import Fact, Register
from ownerbook.register.sheets import BY_FIELD, SHEETS
from ownerbook.rules.card import HEADER, Card
from ownerbook.rules.memory import Memory, Said
from ownerbook.rules.view import Disk, View
from ownerbook.schema.finding import RANK, Finding, Place
from ownerbook.schema.kinds import DocumentNumber, Email, Name, PhoneNumber, StaffMember, TitleNumber, Words
from ownerbook.schema.sheet import Column, Sheet
from ownerbook.schema.words import Personal

_MASKS: dict[type, str] = {
    DocumentNumber: "document",
    PhoneNumber: "phone",
    Name: "name",
    TitleNumber: "document",
    Email: "email",
    StaffMember: "staff",
}


@dataclass(slots=True)
class _Told:
    """A problem before it is known whether it speaks: where, by which card, and how to fill its sentence."""

    card: Card
    sheet: str
    row: int
    field: str
    values: Callable[[], Mapping[str, object]] | None
    suggestion: str | None
    unit: str = ""  # the rule, or the column whose remarks these are
    at: tuple[object, ...] = ()  # the cell; two alike are one cell
    kept: bool = False  # told from memory
    finding: Finding | None = None

    @property
    def order(self) -> tuple[int, int, str]:
        return RANK[self.card.severity], self.card.stage, self.card.code


def judge(
    register: Register,
    cards: Sequence[Card],
    disk: Disk | None = None,
    progress: Callable[[int, int], None] | None = None,
    memory: Memory | None = None,
) -> list[Finding]:
    """Run the rules. Gives the problems sorted by workbook, sheet, row, column, code.

    memory: rules whose columns have not changed are not run, they say what they said; what all say now is noted there.
    """
    by_fact: dict[str, list[Card]] = {}
    for card in cards:
        for fact in card.facts:
            by_fact.setdefault(fact, []).append(card)
    findings = _judged(register, cards, disk, progress, memory)
    findings += [_of_fact(c, f) for f in register.facts for c in by_fact.get(f.kind, ()) if c.accept is None or c.accept(f)]
    findings.sort(key=lambda f: f.order)
    return [f for _, alike in groupby(findings, key=lambda f: f.order) for f in _told_in_order(list(alike))]


def _told_in_order(alike: list[Finding]) -> list[Finding]:
    """Several problems of one rule at one place, in the order of their sentences."""
    return sorted(alike, key=lambda f: f.say("zh", masked=False)) if len(alike) > 1 else alike


@dataclass(slots=True)
class _Unit:
    """What is asked as one: a rule, or the remarks of a column. keep: whether it may be told from memory."""

    name: str
    run: Callable[[], Iterable[_Told]]
    keep: bool


def _judged(
    register: Register, cards: Sequence[Card], disk: Disk | None, progress: Callable[[int, int], None] | None, memory: Memory | None
) -> list[Finding]:
    units = _units(register, cards, disk)
    by_code = {c.code: c for c in cards}
    told: dict[str, list[_Told]] = {}
    rests: dict[str, set[str]] = {}
    called: dict[str, list[tuple[str, ...]]] = {}

    def ask(unit: _Unit) -> None:
        with register.watched() as watched:
            told[unit.name] = list(_placed(register, unit.run()))
        rests[unit.name] = watched.rests | {f"{t.sheet}." for t in told[unit.name]}
        called[unit.name] = list(watched.called)
        for t in told[unit.name]:
            t.unit = unit.name

    for n, unit in enumerate(units):
        if progress:
            progress(n, len(units))
        known = memory.recall(unit.name, register) if memory and unit.keep else None
        if known is None or memory is None:
            ask(unit)
            continue
        if met := memory.spellings(known.called):  # which spelling of a house shows depends on which was met first
            register.names.same(*map(list, zip(*met, strict=True)))
        told[unit.name] = [
            _Told(by_code[s.code], s.sheet, s.row, s.field, None, s.suggestion, unit.name, s.at, True, s.finding.copy() if s.finding else None)
            for s in known.said
        ]
        memory.units[unit.name] = known
        memory.again += 1
    by_name = {u.name: u for u in units}
    while True:
        speaking = list(_speaking(t for unit in units for t in told[unit.name]))
        silent = {t.unit for t in speaking if t.kept and t.finding is None}  # the one that drowned it is gone
        if not silent:
            break
        for name in sorted(silent):
            ask(by_name[name])
    for t in speaking:
        if t.finding is None:
            with register.watched() as watched:
                t.finding = _finding(register, t)
            rests[t.unit] |= watched.rests | {f"{t.sheet}.{t.field}", f"{t.sheet}.{BY_FIELD[t.sheet].key.field}"}
            called[t.unit] += watched.called
    if memory is not None:
        memory.spelled |= register.spelled
        for unit in units:
            if unit.keep and unit.name in rests:
                said = [Said(t.sheet, t.row, t.field, t.suggestion, t.at, t.card.code, t.finding) for t in told[unit.name]]
                memory.keep(unit.name, register, rests[unit.name], said, called[unit.name])
    return [t.finding for t in speaking if t.finding is not None]


def _units(register: Register, cards: Sequence[Card], disk: Disk | None) -> list[_Unit]:
    by_reason: dict[str, list[Card]] = {}
    for card in cards:
        for reason in card.reasons:
            by_reason.setdefault(reason, []).append(card)
    remarked = " ".join(sorted(c.code for c in cards if c.reasons))
    units = []
    for sheet in SHEETS if by_reason else ():
        table = register.tables.get(sheet.field)
        for column in sheet.columns if table is not None and len(table) else ():
            if table is not None and table.has(column.field):
                name = f"{sheet.field}.{column.field}"
                units.append(_Unit(f"{name}: {remarked}", partial(_remarks, register, sheet, column, by_reason), True))
    for card in cards:
        if card.find is not None and runs(register, card):
            units.append(_Unit(card.code, partial(_found, register, card, disk), "disk" not in card.needs.split()))
    return units


def runs(register: Register, card: Card) -> bool:
    """Whether what the card needs is there: its sheets, and of its columns the required ones. Needs with `?` may be absent."""
    for need in card.needs.split():
        sheet, _, column = need.partition(".")
        if need in ("policy", "today", "calendar", "disk") or need.endswith("?"):
            continue
        table = register.tables.get(sheet)
        if table is None:
            return False
        if column and BY_FIELD[sheet].by_field[column].required and table.sources and not table.has(column):
            return False
    return True


def _remarks(register: Register, sheet: Sheet, column: Column, by_reason: Mapping[str, Sequence[Card]]) -> Iterator[_Told]:
    for remark in register.column(sheet.field, column.field).remarks:
        for card in by_reason.get(remark.reason, ()):
            if card.columns and f"{sheet.field}.{column.field}" not in card.columns and f"*.{column.field}" not in card.columns:
                continue
            for row, suggestion in zip(remark.rows, remark.suggestions, strict=True):
                yield _Told(card, sheet.field, int(row), column.field, None, suggestion)


def _found(register: Register, card: Card, disk: Disk | None) -> Iterator[_Told]:
    assert card.find is not None
    hits: Iterable[Any] = card.find(View(register, card.needs, disk))
    for hit in hits:
        for row in hit.rows:
            n = int(row)
            values = (lambda f=hit.values, n=n: f(n)) if hit.values else None
            yield _Told(card, hit.sheet, n, hit.field, values, hit.suggestion(n) if hit.suggestion else None)


def _placed(register: Register, told: Iterable[_Told]) -> Iterator[_Told]:
    """Each problem with its cell. A cell that is not there is left out: its column's absence is told once, at the header."""
    for t in told:
        if t.row != HEADER:
            table = register.tables[t.sheet]
            source = table.sources[int(table.source[t.row])]
            if t.field not in source.columns:
                continue
            if not t.card.elsewhere:
                # by place, not by row: in staff's own ledgers one cell may feed several rows; of its parts each speaks for itself
                part = table.found(t.field, t.row) if t.field in source.parts else ""
                t.at = source.workbook, source.tab, int(table.rows[t.row]), source.columns[t.field], part
        yield t


def _speaking(told: Iterable[_Told]) -> Iterator[_Told]:
    """One problem a cell: the gravest, of equally grave ones the first of damage, form, reference, agreement.

    Where something is missing elsewhere, each missing thing is a problem of its own at the key cell: these have no `at`.
    """
    best: dict[tuple[object, ...], _Told] = {}
    for t in told:
        if not t.at:
            yield t
        elif t.at not in best or t.order < best[t.at].order:
            best[t.at] = t
    yield from best.values()


def mask_of(column: Column) -> str:
    """The mask of a column's cells in messages, '' for none. Free text that is personal is hidden: a name in it looks like any word."""
    if isinstance(column.kind, Words):
        return "hidden" if column.privacy in ("personal", "sensitive") else "staff" if column.field == "trainer" else "auto"
    return _MASKS.get(type(column.kind), "")


def _finding(register: Register, t: _Told) -> Finding:
    table, sheet = register.tables[t.sheet], BY_FIELD[t.sheet]
    if t.row == HEADER:
        return _at_header(register, t)
    column = sheet.by_field[t.field]
    found = table.found(t.field, t.row)
    record = table.found(sheet.key.field, t.row) or None
    mask = mask_of(column)
    values: dict[str, object] = {
        "found": Personal(found, mask) if mask and found else found,
        "record": record or "",
        "header": column.header.zh,
        "sheet": sheet.name,
        "suggestion": Personal(t.suggestion, mask) if mask and t.suggestion else t.suggestion or "",
    }
    if t.values:
        values.update(t.values())
    return Finding(
        t.card.code,
        t.card.severity,
        table.place(t.row, t.field),
        record,
        column.header.zh,
        t.card.message,
        t.card.fix,
        values,
        t.suggestion,
        table=t.sheet,
        found=found,
    )


def _at_header(register: Register, t: _Told) -> Finding:
    """What a sheet as a whole lacks: at the leftmost header cell of its first block."""
    sheet, sources = BY_FIELD[t.sheet], register.tables[t.sheet].sources
    place = Place(None, sheet.name)
    if sources:
        first = sources[0]
        place = Place(first.workbook, first.tab, first.header_row, min((*first.columns.values(), *first.unknown), default=1))
    values: dict[str, object] = {"found": "", "record": "", "header": "", "sheet": sheet.name, "suggestion": "", **(t.values() if t.values else {})}
    return Finding(t.card.code, t.card.severity, place, None, None, t.card.message, t.card.fix, values, table=t.sheet)


def _of_fact(card: Card, fact: Fact) -> Finding:
    values = {
        "workbook": fact.workbook,
        "tab": fact.tab or "",
        "header": fact.header or "",
        "sheet": BY_FIELD[fact.table].name if fact.table else "",
        **fact.values,
    }
    place = Place(fact.workbook or None, fact.tab, fact.row, fact.column)
    return Finding(card.code, card.severity, place, fact.record, fact.header, card.message, card.fix, values, fact.suggestion, table=fact.table)
