"""Listed values and their known synonyms."""

from __future__ import annotations

import unicodedata

import numpy as np

from ownerbook.register.readers.common import Told, distinct, drop_blanks, good_of, remark_damage, remark_values
from ownerbook.register.texts import Care, texts_of
from ownerbook.register.understanding import Context, reads
from ownerbook.register.understood import GOOD, Understood
from ownerbook.schema.cells import Kind
from ownerbook.schema.kinds import Choice
from ownerbook.schema.sheet import Column
from ownerbook.schema.table import Table, number_as_typed


def options(kind: Choice, context: Context) -> tuple[str, ...]:
    """The values that a column may hold: its own and those that policy lists."""
    if kind.policy == "保管期限.可选":
        return tuple(context.policy.retentions)
    if kind.policy == "材料类型.补充":
        return kind.values + tuple(p for p in context.policy.more_papers if p not in kind.values)
    return kind.values


@reads(Choice)
def choice(table: Table, column: Column, out: Understood, context: Context) -> None:
    """One of the listed values; a known synonym is read as what it stands for, and remarked."""
    kind = column.kind
    assert isinstance(kind, Choice)
    out.options = options(kind, context)
    out.choice = np.full(len(table), -1, np.int16)
    if column.field not in table.cells:
        return
    index = {v: i for i, v in enumerate(out.options)}
    synonym = "synonym-yes-no" if kind.yes_no else "synonym-relation" if kind.relation else "synonym"
    texts = texts_of(table, column.field, Care.WORDS)
    drop_blanks(out, texts)
    told: Told = {}
    bad: Told = {}
    chosen = np.full(len(texts), -1, np.int16)
    for i, text in distinct(texts):
        n = index.get(text)
        if n is None:
            meant = _meant(text, kind, index)
            if meant is None:
                bad[i] = ("unlisted", None)
                continue
            n = index[meant]
            told[i] = (synonym, meant)
            texts.damage.pop(i, None)
        chosen[i] = n
    out.choice[texts.rows] = chosen[texts.inverse]
    remark_values(out, texts, bad, reject=True)
    remark_values(out, texts, told, reject=False)
    remark_damage(out, texts)
    for row in good_of(out, Kind.NUMBER, Kind.BOOL, Kind.DATE):
        value = float(out.cells.value[row])
        typed = ("TRUE" if value else "FALSE") if out.cells.kind[row] == Kind.BOOL else number_as_typed(value)
        meant = _meant(typed, kind, index)
        if meant is None or out.cells.kind[row] == Kind.DATE:
            out.reject("unlisted", [int(row)])
        else:
            out.choice[row] = index[meant]
            out.remark(synonym, [int(row)], [meant])
    out.choice[out.state != GOOD] = -1


def _meant(text: str, kind: Choice, index: dict[str, int]) -> str | None:
    """The listed value that another wording stands for."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    for candidate in (plain, kind.synonyms.get(text), kind.synonyms.get(plain), kind.synonyms.get(plain.upper())):
        if candidate is not None and candidate in index:
            return candidate
    return None
