"""What is told of a house that was found: its people, its files, where they stand or who has them. Plain data, for the index and for JSON.

Names and numbers are masked already where the card is made for an index: the index holds no name or number beside the places that
it is searched by.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PERSON = ("key", "name", "kind", "status", "phone", "phone2", "id_type", "id_no")
MEMBER = ("key", "name", "relation", "status", "phone")
FILE = ("file_no", "status", "location", "place", "owner_no")
LOAN = ("loan_no", "borrower", "borrower_kind", "phone", "lent_on", "due_on", "provisional")


@dataclass(slots=True)
class Card:
    """One house, or what belongs to none. Each person, file and loan has a text for every name above; days are YYYY-MM-DD.

    loans: by place in `files`, the loan on which the file is out.
    """

    house: str
    use: str = ""
    status: str = ""
    people: list[dict[str, str]] = field(default_factory=list)
    members: list[dict[str, str]] = field(default_factory=list)
    files: list[dict[str, str]] = field(default_factory=list)
    loans: dict[int, dict[str, str]] = field(default_factory=dict)

    def packed(self) -> bytes:
        """One line of JSON; what is empty takes no room."""

        def row(names: tuple[str, ...], values: Mapping[str, str]) -> list[str]:
            out = [values.get(n, "") for n in names]
            while out and not out[-1]:
                out.pop()
            return out

        body = [self.house, self.use, self.status, [row(PERSON, p) for p in self.people], [row(MEMBER, m) for m in self.members],
                [row(FILE, f) for f in self.files], {str(n): row(LOAN, loan) for n, loan in self.loans.items()}]  # fmt: skip
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    @classmethod
    def unpacked(cls, line: bytes) -> Card:
        """The card again. Raises ValueError for what is none."""

        def row(names: tuple[str, ...], values: list[str]) -> dict[str, str]:
            return {n: values[i] if i < len(values) else "" for i, n in enumerate(names)}

        house, use, status, people, members, files, loans = json.loads(line.decode("utf-8", "surrogatepass"))
        return cls(house, use, status, [row(PERSON, p) for p in people], [row(MEMBER, m) for m in members], [row(FILE, f) for f in files],
                   {int(n): row(LOAN, loan) for n, loan in loans.items()})  # fmt: skip

    def as_data(self, matched: set[str]) -> dict[str, Any]:
        """For JSON. matched: tags of what was found in it; only members of the household that were found are told."""
        files: list[dict[str, Any]] = [{**{k: v or None for k, v in f.items()}, "loan": self._loan(n)} for n, f in enumerate(self.files)]
        told = [m for n, m in enumerate(self.members) if f"m{n}" in matched]
        return {
            "house": self.house or None,
            "use": self.use or None,
            "status": self.status or None,
            "people": [{k: v or None for k, v in p.items()} for p in self.people],
            "household": [{k: v or None for k, v in m.items()} for m in told],
            "files": files,
        }

    def _loan(self, n: int) -> dict[str, Any] | None:
        loan = self.loans.get(n)
        return None if loan is None else {k: v or None for k, v in loan.items() if k != "provisional"} | {"provisional": bool(loan["provisional"])}
