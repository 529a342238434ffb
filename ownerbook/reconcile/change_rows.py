"""The 变更 rows that go with written values: what, from what to what, on which paper, asked, agreed and entered by whom."""

from __future__ import annotations

from datetime import date

from ownerbook.reconcile.change import Change, Choice, Value, in_words
from ownerbook.reconcile.delta import CLEAR
from ownerbook.reconcile.entitled import against
from ownerbook.reconcile.judging import CHANGED
from ownerbook.register.declare import AUDIT, CLERK, DISPOSAL_APPROVAL
from ownerbook.register.proposal import NewRow, NextKeys
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text


class ChangeRows:
    """Collects the rows of one proposal. by: who carries it out; today: the day of 更新日期."""

    def __init__(self, register: Register, by: str, today: date) -> None:
        self._register, self._by, self._today = register, by, today
        self.rows: list[NewRow] = []
        self._keys: NextKeys | None = None
        self._against: dict[str, Text | None] = {}
        self._may_enter = bool(by.strip()) and against(register, by, CLERK, today) is None

    def against(self, sheet: str, choice: Choice) -> Text | None:
        """What stands against agreeing to a change of a sheet; of sheets that 变更 does not keep, nothing. A waiver is approved by who may
        agree to changes or to disposals."""
        who = choice.who or self._by
        if sheet == "waivers":
            why = against(self._register, who, AUDIT, self._today)
            if why is None or against(self._register, who, DISPOSAL_APPROVAL, self._today) is None:
                return None
            zh = f"豁免须由有「审核」或「处置批准」权限的人批准：{why.zh}"
            return Text(zh, f"a waiver is approved by who holds the right {AUDIT} or {DISPOSAL_APPROVAL}: {why.en}")
        if sheet not in CHANGED:
            return None
        if who not in self._against:
            self._against[who] = against(self._register, who, AUDIT, self._today)
        return self._against[who]

    def add(self, sheet: str, row: int, field: str, value: Value, c: Change, choice: Choice, paper: str) -> None:
        """A row for one cell, of the sheets that 变更 keeps; where the register has no 变更, none."""
        if sheet not in CHANGED or "changes" not in self._register.tables:
            return
        if self._keys is None:
            self._keys = NextKeys(self._register.column("changes", "change_no"), "BG001")
        table, declared = self._register.tables[sheet], BY_FIELD[sheet]
        values: dict[str, Value] = {
            "change_no": self._keys.next(),
            "sheet": declared.name,
            "record": table.found(declared.key.field, row).strip(),
            "field": declared.by_field[field].header.zh,
            "old": table.found(field, row),
            "new": CLEAR if value is None else in_words(value),
            "evidence": paper,
            "applicant": c.origin.who or choice.who or self._by,
            "applied_on": min(c.origin.day or self._today, self._today),
            "reviewer": choice.who or self._by,
            "decision": "同意",
            "handled_by": self._by if self._may_enter else "",
            "done_on": self._today,
            "note": choice.note,
        }
        log = self._register.tables["changes"]
        kept = {f: v for f, v in values.items() if v not in (None, "") and (log.has(f) or BY_FIELD["changes"].by_field[f].required)}
        self.rows.append(NewRow("changes", kept))
