"""Changes as acts make them: a new row, a cell of a row that is there. All changes of an act share its bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ownerbook.procedures.registration import Line, said
from ownerbook.reconcile.cell import judge_cell
from ownerbook.reconcile.change import NOTHING, Change, Origin, Said, Value, Verdict
from ownerbook.reconcile.spelling import Read, read_rows, usable
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text


@dataclass
class Writing:
    """Makes the changes of one act."""

    register: Register
    origin: Origin
    house: str
    bundle: str

    def new(self, sheet: str, values: Mapping[str, Said], why: Text, *, verdict: Verdict = "safe", evidence: str = "") -> Change:
        """A new row; columns that no workbook of the register holds are left out where they may be."""
        table = self.register.tables.get(sheet)
        declared = BY_FIELD[sheet]
        kept = {
            c.field: values[c.field]
            for c in declared.columns
            if c.field in values and values[c.field].text and (table is None or table.has(c.field) or c.required)
        }
        key = kept.get(declared.key.field, NOTHING).text
        return Change(
            "new", sheet, key, "", None, None, None, self.origin, verdict, why, self.house, values=kept, evidence=evidence, bundle=self.bundle
        )

    def cell(
        self,
        sheet: str,
        row: int,
        name: str,
        value: Value,
        why: Text | None = None,
        *,
        evidence: str = "",
        verdict: Verdict | None = None,
        alone: bool = False,
    ) -> Change | None:
        """A cell of a row that is there; None where it holds that already, or no workbook has the column. alone: it is chosen by itself."""
        table = self.register.tables[sheet]
        if not table.has(name):
            return None
        text = table.found(name, row)
        ours = Said(text, table.held(name, row)) if text else NOTHING
        theirs = said(value)
        judged = judge_cell(self.register, sheet, row, name, ours, ours, theirs)
        if judged is None:
            return None
        found = judged[0] if judged[0] == "evidence" else "safe"
        key = table.found(BY_FIELD[sheet].key.field, row)
        return Change(
            "cell", sheet, key, name, ours, ours, theirs, self.origin, verdict or found, why or judged[1], self.house, row=row, evidence=evidence,
            bundle="" if alone else self.bundle,
        )  # fmt: skip


Checked = dict[int, Mapping[str, Said]]
"""id of a line → its values that may be written."""


def checked(register: Register, lines: Sequence[tuple[str, Line]]) -> tuple[Checked, dict[int, list[Text]]]:
    """Values of lines (sheet, line) as they are to be written, and by id of the line what of it could not be taken. Read at once."""
    good: dict[int, dict[str, Said]] = {id(line): {} for _, line in lines}
    wrong: dict[int, list[Text]] = {}
    found: list[tuple[Line, str, str, Read]] = []
    for sheet in dict.fromkeys(s for s, _ in lines):
        mine, fields = [n for s, n in lines if s == sheet], BY_FIELD[sheet].by_field
        rows: list[dict[str, Value]] = [{f: s.typed for f, s in n.values.items() if s.text.strip() and f in fields} for n in mine]
        for line, read_row in zip(mine, read_rows(register, sheet, rows), strict=True):
            found += [(line, sheet, f, read) for f, read in read_row.items()]
    for line, sheet, f, read in found:
        column = BY_FIELD[sheet].by_field[f]
        if usable(column.kind, read):
            good[id(line)][f] = _as_written(line.values[f], read)
            continue
        zh = f"{line.place}：{column.header.zh}「{line.text(f)}」读不懂，没有采用"
        wrong.setdefault(id(line), []).append(Text(zh, f"{line.place}: {column.header.en} {line.text(f)} cannot be read and is left out"))
    return dict(good), wrong


def _as_written(s: Said, read: Read) -> Said:
    return said(read.typed) if read.typed is not None else s
