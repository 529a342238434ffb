"""What a number scheme says of one value: how good it is, why, and how it is written for comparison."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Status(IntEnum):
    """How a value stands. LEGACY and SUSPECT lead to warnings, INVALID to an error."""

    VALID = 0
    LEGACY = 1  # was right under rules that are no longer in force
    SUSPECT = 2  # well formed, but something about it is improbable
    INVALID = 3  # cannot be what it is given as


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement of one value.

    `reason` is a short stable key ('length', 'check-digit', 'birth' …), '' when valid. `canonical` is the form on which
    equality rests, '' when the value cannot be read. `suggestion` is a repair that is certain: never a computed check
    digit for a number that fails its check.
    """

    status: Status
    reason: str = ""
    canonical: str = ""
    suggestion: str | None = None

    @property
    def ok(self) -> bool:
        """True when there is nothing to say about the value."""
        return self.status is Status.VALID

    @property
    def readable(self) -> bool:
        """True when the value has a canonical form, whatever else is wrong with it."""
        return self.canonical != ""
