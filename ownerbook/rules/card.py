"""A rule is a card: what it is called, what it says, why, how to mend it, and a drawn picture of a wrong and a right sheet.

The pictures are the rule's tests and its page of the manual. Codes are those of the kinds of mistakes (C01); several
rules of a kind add a small letter; rules without a kind are R01, R02 …; a code is never used again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from ownerbook.schema.cells import Ints
from ownerbook.schema.finding import Severity
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.register.register import Fact
    from ownerbook.rules.view import View

Repair = Literal["auto", "confirm", "hand"]


class Stage(IntEnum):
    """The order in which rules speak at a cell: of equally grave ones only the first does (judging.md §1)."""

    FILE = 0
    DAMAGE = 1
    FORM = 2
    REFERENCE = 3
    AGREEMENT = 4


HEADER = -1
"""The position of the header row: what a sheet as a whole lacks is told at its leftmost header cell (judging.md §2)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Cells at which a rule speaks: positions in a table (or HEADER), and the field. `values` fills the message for a position."""

    sheet: str
    rows: Sequence[int] | Ints
    field: str
    values: Callable[[int], Mapping[str, object]] | None = None
    suggestion: Callable[[int], str | None] | None = None


Find = Callable[["View"], Iterable[Hit]]


@dataclass(frozen=True)
class Card:
    """One rule.

    needs: what the rule may know, separated by blanks: `loans.lent_on` (a column), `staff` (a sheet's persons and keys),
    `policy`, `today`, `calendar`, `disk`. The runner hands it nothing else, and runs it only where the sheets and the
    required columns among them are there. A need that ends with `?` (`household.house_no?`, `household?`) may be absent:
    `v.has("household.house_no")` tells whether the column is there, `v.has("household")` whether the sheet is; ask first.
    reasons: keys of remarks made while a column is understood; facts: keys of facts noted while a file is read. A card
    has reasons or facts, or its module has a function `find`.
    message and fix are templates; {found} {record} {header} {sheet} are always there, {found} masked as its column asks.
    elsewhere: the problem stands at a key cell because something is missing elsewhere, so several may stand there.
    """

    code: str
    severity: Severity
    stage: Stage
    repair: Repair
    title: Text
    message: Text
    why: Text
    fix: Text
    needs: str = ""
    reasons: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    wrong: str | tuple[str, ...] = ()
    right: str | tuple[str, ...] = ()
    elsewhere: bool = False
    columns: tuple[str, ...] = ()  # of a rule with reasons: only at these columns (sheet.field or *.field)
    since: str = "0.1"
    find: Find | None = field(default=None, compare=False)
    accept: Callable[[Fact], bool] | None = field(default=None, compare=False)  # of a rule with facts: only these

    @property
    def pictures(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The wrong and the right pictures."""
        return (self.wrong,) if isinstance(self.wrong, str) else self.wrong, (self.right,) if isinstance(self.right, str) else self.right

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets that the rule looks at, those that may be absent included."""
        return tuple(dict.fromkeys(n.rstrip("?").partition(".")[0] for n in self.needs.split() if n not in ("policy", "today", "calendar", "disk")))
