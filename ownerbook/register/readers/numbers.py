"""The numbers that name our own things: keys, places, file numbers, and the references to them."""

from __future__ import annotations

import numpy as np

from ownerbook.register.readers.common import (
    Told,
    clear_rejected,
    drop_blanks,
    identify,
    no_ids,
    numbers_as_texts,
    reject_dates,
    reject_injection,
    reject_kinds,
    remark_damage,
    remark_values,
)
from ownerbook.register.texts import Care, Texts, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import Understood
from ownerbook.schema.cells import Kind
from ownerbook.schema.kinds import FileNumber, Fingerprint, Number, Reference
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table

PARTS = frozenset({"room", "cabinet", "shelf", "box"})
"""Parts of a place: plain digits may stand in number cells; lost zeros show beside 位置编号 (B03)."""


@reads(Number, Fingerprint)
def number(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A number that names one of our things."""
    _identifier(table, column, out, injection=True)


@reads(Reference)
def reference(table: Table, column: Column, out: Understood, context: Context) -> None:
    """A reference is read as the key that it refers to; a formula may look it up."""
    kind = column.kind
    assert isinstance(kind, Reference)
    if kind.sheet == "houses":
        from ownerbook.register.readers import houses

        houses.house(table, column, out, context)
    else:
        _identifier(table, column, out, injection=False)


@reads(FileNumber)
def file_number(table: Table, column: Column, out: Understood, context: Context) -> None:
    """档号: a form unlike the policy's is told (I04) and yet names the file; what its parts say is judged by the rules."""
    texts = _identifier(table, column, out, injection=True)
    if texts is None:
        return
    from ownerbook.identifiers import file_no

    pattern = context.policy.file_format
    told: Told = {}
    plain = pattern.read_plain(*texts.matrix(pattern.plain_width)).good
    odd = np.flatnonzero(~(plain & texts.untouched()))
    for i, text in zip(odd.tolist(), texts.values_of(odd), strict=True):
        if i in texts.blank:
            continue
        verdict = file_no.check(text, pattern)
        if not verdict.ok:
            told[i] = ("file-format", verdict.suggestion)
    remark_values(out, texts, told, reject=False)


def _identifier(table: Table, column: Column, out: Understood, *, injection: bool) -> Texts | None:
    no_ids(out, len(table))
    if column.field not in table.cells:
        return None
    texts = texts_of(table, column.field, Care.IDENTIFIER)
    drop_blanks(out, texts)
    if injection:
        reject_injection(table, out, texts)
    identify(out, texts)
    reject_dates(out)
    reject_kinds(out, "unreadable", Kind.BOOL)
    numbers_as_texts(out, as_notice=column.field not in PARTS, table=table)
    remark_damage(out, texts)
    clear_rejected(out)
    return texts
