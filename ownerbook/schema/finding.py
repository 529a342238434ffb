"""A problem, told: where it is, what is wrong, what to do. Places are as Excel names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ownerbook.schema.words import Lang, Text, sentence

Severity = Literal["error", "warning", "notice"]
State = Literal["new", "open", "waived"]
RANK: dict[str, int] = {"error": 0, "warning": 1, "notice": 2}
SEVERITY_WORDS: dict[str, Text] = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "notice": Text("提示", "notice"),
}


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    n = 0
    for c in letters.upper():
        n = n * 26 + ord(c) - 64
    return n


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, a row or a whole file. Numbers count from 1; a part that does not apply is None."""

    workbook: str | None = None
    sheet: str | None = None  # the tab's own name
    row: int | None = None
    column: int | None = None

    @property
    def cell(self) -> str | None:
        """The cell as A1."""
        return None if self.row is None or self.column is None else f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        tab = f"{self.sheet}!{self.cell}" if self.cell else self.sheet or ""
        return " ".join(p for p in (self.workbook, tab) if p)


@dataclass(slots=True)
class Finding:
    """One problem. `message` and `advice` are templates; `values` fills both, personal ones masked on the way out."""

    code: str
    severity: Severity
    place: Place
    record: str | None
    header: str | None
    message: Text
    advice: Text
    values: Mapping[str, object] = field(default_factory=dict)
    suggestion: str | None = None
    state: State = "new"
    table: str = ""  # field name of the declared sheet, for identity and for waivers
    found: str = ""  # the cell as found, for reports

    def say(self, lang: Lang = "zh", *, masked: bool = True) -> str:
        """What is wrong, in one sentence."""
        return sentence(self.message, self.values, lang=lang, masked=masked)

    def advise(self, lang: Lang = "zh", *, masked: bool = True) -> str:
        """What to do."""
        return sentence(self.advice, self.values, lang=lang, masked=masked)

    def copy(self) -> Finding:
        """The same again, whose severity and state are its own."""
        return Finding(
            self.code,
            self.severity,
            self.place,
            self.record,
            self.header,
            self.message,
            self.advice,
            self.values,
            self.suggestion,
            self.state,
            self.table,
            self.found,
        )

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes it the same problem again: code, sheet, record, header; rows may move."""
        return self.code, self.table or self.place.sheet or self.place.workbook or "", self.record or "", self.header or ""

    @property
    def order(self) -> tuple[str, str, int, int, str]:
        """Workbook, sheet, row, column, code."""
        p = self.place
        return p.workbook or "", p.sheet or "", p.row or 0, p.column or 0, self.code
