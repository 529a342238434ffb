"""Names of persons and companies, and members of staff."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ownerbook.register.readers.common import (
    Told,
    as_shown,
    clear_rejected,
    drop_blanks,
    good_of,
    identify,
    no_ids,
    reject_dates,
    reject_injection,
    reject_kinds,
    remark_damage,
    remark_values,
)
from ownerbook.register.texts import Breaks, Care, Texts, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import BLANK, NOTHING, Understood
from ownerbook.schema.cells import Bools, Kind
from ownerbook.schema.kinds import Name, StaffMember
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

_OWNER = ("业主", "业主本人", "本人", "户主")  # who applied, though not by name: enough where a cell is no registered name
_NOBODY = ("无", "暂无")  # in other columns a word for a blank; where a name belongs, a placeholder (D04)


class Owner(NamedTuple):
    """What the row says its person is: masks over the rows. Neither is true where the row leaves it open."""

    company: Bools
    person: Bools


def owner_kind(table: Table, kind_field: str, context: Context) -> Owner | None:
    """Who is a company and who a person; None where no column says so."""
    if not kind_field:
        return None
    kind = context.column(table.sheet.field, kind_field)
    return Owner(kind.is_("法人", "外部单位"), kind.is_("自然人", "员工"))


@reads(Name)
def name(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A person or a company. Remarks in a name (D03) and several names (D07) are told of persons only, and not where the kind is loose."""
    kind = column.kind
    assert isinstance(kind, Name)
    if column.field not in table.cells:
        no_ids(out, len(table))
        return
    texts = texts_of(table, column.field, Care.NAME)
    nobody = {i for i in texts.blank if texts.found_at(i).strip(" ") in _NOBODY}
    texts.blank -= nobody
    drop_blanks(out, texts)
    reject_injection(table, out, texts)
    owner = owner_kind(table, kind.kind_field, context)
    if kind.loose:
        owner = Owner(np.ones(len(table), bool), np.zeros(len(table), bool))
    canonical: dict[int, str] = {}
    _judge(out, texts, canonical, nobody, owner, _OWNER if kind.loose else ())
    identify(out, texts, canonical)
    remark_damage(out, texts, canonical)
    reject_kinds(out, "unreadable", Kind.NUMBER, Kind.DATE, Kind.BOOL)
    clear_rejected(out)


def _judge(out: Understood, texts: Texts, canonical: dict[int, str], nobody: set[int], owner: Owner | None, fine: tuple[str, ...] = ()) -> None:
    """Judge each distinct name, as a person's where it is one; `canonical` takes the forms on which equality rests."""
    from ownerbook.identifiers import company_name, person_name

    either: Told = dict.fromkeys(nobody, ("name-placeholder", None))  # wrong for whomever
    said: Told = {}  # wrong for a person, and yet a name
    several: Told = {}
    odd = np.flatnonzero(~person_name.plain_column(*texts.matrix(person_name.LONGEST_PLAIN)) | ~texts.untouched())
    for i, text in zip(odd.tolist(), texts.values_of(odd), strict=True):
        if i in nobody or i in texts.blank or text in fine or (i not in texts.damage and person_name.is_plain(text)):
            continue
        body = company_name.looks_like_company(text)
        verdict = company_name.check(text) if body else person_name.check(text)
        spaced = person_name.check(texts.found_at(i))  # a space inside a name of two characters has its own rule (D02)
        if spaced.reason == "inner-space":
            verdict = spaced
            texts.damage.pop(i, None)
        if verdict.canonical:
            canonical[i] = verdict.canonical
        if verdict.reason in ("placeholder", "lost-character", "masked"):
            either[i] = (f"name-{verdict.reason}", None)
        elif verdict.reason == "several":
            several[i] = ("name-several", None)
        elif verdict.reason:
            said[i] = (f"name-{verdict.reason}", verdict.suggestion)
    remark_values(out, texts, either, reject=True)
    persons = ~owner.company if owner is not None else None
    remark_values(out, texts, several, reject=True, among=persons)
    remark_values(out, texts, said, reject=False, among=persons)


@reads(StaffMember)
def staff(table: Table, column: Column, out: Understood, context: Context) -> None:
    """The text that names a member of staff; who it is says `Persons`."""
    kind = column.kind
    assert isinstance(kind, StaffMember)
    if column.field not in table.cells:
        no_ids(out, len(table))
        return
    texts = texts_of(table, column.field, Care.WORDS, breaks=Breaks.COMMA if kind.several else Breaks.DAMAGE)
    drop_blanks(out, texts)
    identify(out, texts)
    assert out.ids is not None
    numbers = good_of(out, Kind.NUMBER)
    if len(numbers):
        out.ids[numbers] = context.names.numbers(as_shown(table, column.field, numbers, [table.found(column.field, int(r)) for r in numbers]))
    reject_dates(out)
    reject_kinds(out, "unreadable", Kind.BOOL)
    remark_damage(out, texts)
    out.ids[out.state == BLANK] = NOTHING
    clear_rejected(out)
