"""What each rule said the last time, under the fingerprints of the columns that it rested on: a rule whose columns have not changed says it again.

Pure: a `Memory` is handed in and given back; where it lies is another room's business (`ownerbook.jobs.keeping`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ownerbook.register.register import Register
from ownerbook.schema.finding import Finding

ALWAYS = ("policy", "calendar")  # understanding a column rests on these too
MOST_SAID = 100_000
"""More problems than this are not kept: a register in which everything is wrong is judged anew."""

MOST_UNITS = 1500  # of this run and of those with other rules chosen


@dataclass(slots=True)
class Said:
    """One problem of a rule: where, and the finding, None where a graver one spoke at the cell. at: see `judge`."""

    sheet: str
    row: int
    field: str
    suggestion: str | None
    at: tuple[object, ...]
    code: str
    finding: Finding | None

    def copy(self) -> Said:
        """The same again, with a finding of its own."""
        return Said(self.sheet, self.row, self.field, self.suggestion, self.at, self.code, self.finding.copy() if self.finding else None)


@dataclass(slots=True)
class Unit:
    """What one rule said. rests: what it rested on, with the fingerprint. called: spellings of houses met on the way (`Watched.called`)."""

    rests: dict[str, str]
    said: list[Said]
    called: list[tuple[str, ...]]


@dataclass(slots=True)
class Memory:
    """What the rules said the last time (`known`) and say now (`units`), by unit. keepable: whether a value of a sentence comes back as it was.

    spelled: by column, what was met while it was understood.
    """

    known: Mapping[str, Unit] = field(default_factory=dict)
    spelled: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    keepable: Callable[[object], bool] = lambda _: True
    again: int = 0  # units that were not run

    def recall(self, name: str, register: Register) -> Unit | None:
        """What a unit said, if all that it rested on is as it was."""
        unit = self.known.get(name)
        return unit if unit is not None and all(register.print_of(rest) == told for rest, told in unit.rests.items()) else None

    def spellings(self, called: Sequence[tuple[str, ...]]) -> list[tuple[str, str]]:
        """The spellings that a unit met, each once, in their order."""
        out: dict[tuple[str, str], None] = {}
        for met in called:
            out |= dict.fromkeys(self.spellings(self.spelled.get(met[0], ())) if len(met) == 1 else [(met[0], met[1])])
        return list(out)

    def keep(self, name: str, register: Register, rests: set[str], said: Sequence[Said], called: Sequence[tuple[str, ...]]) -> None:
        """Note what a unit says, where all that it rests on has a fingerprint."""
        prints = {s: register.print_of(s) for s in (*sorted(rests), *ALWAYS)}
        values = (v for s in said if s.finding for v in s.finding.values.values())
        if all(prints.values()) and all(map(self.keepable, values)):
            self.units[name] = Unit(prints, [s.copy() for s in said], list(called))

    def sealed(self) -> dict[str, Unit]:
        """What is to be kept: nothing where there is too much of it."""
        much = sum(len(u.said) + len(u.called) for u in self.units.values()) + sum(map(len, self.spelled.values()))
        if much > MOST_SAID:
            return {}
        return {**self.known, **self.units} if len(self.known) <= MOST_UNITS else self.units

    def sealed_spellings(self, units: Mapping[str, Unit]) -> dict[str, list[tuple[str, ...]]]:
        """The spellings that these units refer to."""
        out: dict[str, list[tuple[str, ...]]] = {}
        asked = [met[0] for u in units.values() for met in u.called if len(met) == 1]
        while asked:
            name = asked.pop()
            if name not in out and name in self.spelled:
                out[name] = self.spelled[name]
                asked += [met[0] for met in out[name] if len(met) == 1]
        return out
