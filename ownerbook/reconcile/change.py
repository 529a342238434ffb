"""A proposed change and a plan of them, as plain data: decided first, shown to people, applied later or never."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from functools import cached_property
from typing import Literal

from ownerbook.reconcile.story import Story
from ownerbook.schema.words import Text

Value = str | int | float | date | None
Kind = Literal["cell", "new", "gone", "key", "unsure"]
Verdict = Literal["safe", "evidence", "question"]
Came = Literal["form", "filled", "copy", "typed", "answers", "list", "undo", "act"]


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says in a cell. text: as found, for people, '' for a blank. value: as it is to be typed, None for a blank."""

    text: str
    value: Value

    @classmethod
    def of(cls, value: Value) -> Said:
        """What a cell says that holds this value."""
        return NOTHING if value is None else cls(in_words(value), value)

    @property
    def typed(self) -> Value:
        """The value, or the text where only that is known; None for a blank."""
        return self.value if self.value is not None else self.text or None


NOTHING = Said("", None)


def in_words(value: Value) -> str:
    """A value as a text cell says it, '' for a blank."""
    from ownerbook.schema.table import number_as_typed  # it loads NumPy, which those who only name changes need not

    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return value.isoformat()[:10]
    return number_as_typed(value) if isinstance(value, float) else str(value)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a change comes from.

    came: by which way. name: the file's name for people. place: the cell or row there. who asked; day of asking. fingerprint: SHA-256
    of the file, '' for edits typed into the register itself.
    """

    came: Came
    name: str
    place: str = ""
    who: str = ""
    day: date | None = None
    fingerprint: str = ""


@dataclass(frozen=True)
class Change:
    """One change that is proposed to the register.

    kind: `cell` a value; `new` a row that the register lacks; `gone` a row of the base that the incoming side lacks (a question,
    never a deletion); `key` a row whose key was changed; `unsure` a row whose partner is not certain.
    sheet and field by their field names; field is '' where the whole row is meant. record: the key in the register, for new rows in the
    incoming. row: position in the register's table, -1 for none. base, ours, theirs: None where that side has no such row.
    values: of a new row, by field. verdict: `safe` applies by itself where policy lets it, `evidence` waits for a paper and the yes of
    someone with the right, `question` is for a person to answer. candidates: records that an unsure row may be.
    """

    kind: Kind
    sheet: str
    record: str
    field: str
    base: Said | None
    ours: Said | None
    theirs: Said | None
    origin: Origin
    verdict: Verdict
    why: Text
    house: str = ""
    row: int = -1
    values: Mapping[str, Said] = made(default_factory=dict)
    candidates: tuple[str, ...] = ()
    evidence: str = ""  # 材料编号 of the paper, where the source names one
    bundle: str = ""  # changes of one act (a registration, a change of ownership) are taken together or not at all

    @cached_property
    def id(self) -> str:
        """Sixteen hexadecimal digits that name the change: the same proposal to the same state has the same id."""
        sides = [s.text if s else "\x00" for s in (self.base, self.ours, self.theirs)]
        row = [f"{k}\x1e{v.text}" for k, v in sorted(self.values.items())]
        parts = (self.kind, self.sheet, self.record, self.field, *sides, *row, *self.candidates)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @cached_property
    def asked(self) -> str:
        """Names what a file asks, whatever the register holds by then: who chose to keep what is there is not asked again by the same file."""
        theirs = self.theirs.text if self.theirs else "\x00"
        row = [f"{k}\x1e{v.text}" for k, v in sorted(self.values.items())]
        parts = ("asked", self.kind, self.sheet, self.record, self.field, theirs, *row, self.origin.fingerprint)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass
class Plan:
    """All changes proposed at one time.

    made_from: workbook of the register → SHA-256; applying to anything else is refused. sources: incoming files that it was made of.
    already: edits that the register holds already (the same edit twice is one). notes: what else is to be said. stories: bundle → what the
    act comes to, of acts that are shown and chosen as one.
    """

    made_from: dict[str, str]
    changes: list[Change] = made(default_factory=list)
    sources: list[Origin] = made(default_factory=list)
    already: int = 0
    notes: list[Text] = made(default_factory=list)
    stories: dict[str, Story] = made(default_factory=dict)

    @property
    def safe(self) -> list[Change]:
        """Changes that may apply by themselves."""
        return [c for c in self.changes if c.verdict == "safe"]

    @property
    def id(self) -> str:
        """Names the plan: what it was made from and what it proposes."""
        raw = "\n".join([*(f"{n} {s}" for n, s in sorted(self.made_from.items())), *sorted(c.id for c in self.changes)])
        return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def whole(bundle: str) -> str:
    """The act that is shown and chosen as one: of a bundle `a.b` it is a, of any other the bundle itself.

    A list of many houses is one act for people; each of its houses is a bundle, so that one that cannot be written leaves the others be.
    """
    return bundle.partition(".")[0]


def spread(plan: Plan, choices: Mapping[str, Choice]) -> dict[str, Choice]:
    """Choices by id of the change: what was chosen for an act (by its bundle, or that of many) is chosen for each of its changes that has no
    choice of its own."""
    if not choices:
        return {}
    of_acts = {}
    for c in plan.changes:
        chosen = choices.get(c.bundle) or choices.get(whole(c.bundle)) if c.bundle and c.id not in choices else None
        if chosen is not None:
            of_acts[c.id] = chosen
    return {**choices, **of_acts}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose for a change: 采用 takes theirs, 保留 keeps ours, 填写 a third value; for an unsure row `partner` names its record.
    填写 with None and the note （清空） empties the cell.

    who: the person who agrees, 工号 or name. evidence: 材料编号 where the change itself names none.
    """

    choice: Literal["采用", "保留", "填写"]
    value: Value = None
    partner: str = ""
    who: str = ""
    note: str = ""
    evidence: str = ""
