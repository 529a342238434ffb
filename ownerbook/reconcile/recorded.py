"""What was done to a cell or a row, as the journal keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from ownerbook.reconcile.change import Value


@dataclass(frozen=True)
class Recorded:
    """One change that happened.

    kind: `cell`, `new` a row, `gone` a row. sheet and column by their field names, column '' for rows. old and new: as the cells held them,
    of their own kind. values: of a new or gone row, by field. place: the cell, as Excel names it. came: typed, form, copy, answers,
    list, undo, act. source: the file and place there. paper: 材料编号. change: the id of the proposed change, '' for typed ones.
    """

    kind: Literal["cell", "new", "gone"]
    sheet: str
    record: str
    house: str
    column: str = ""
    old: Value = None
    new: Value = None
    values: Mapping[str, Value] = field(default_factory=dict)
    place: str = ""
    came: str = "typed"
    source: str = ""
    who: str = ""
    paper: str = ""
    change: str = ""

    def as_data(self) -> dict[str, Any]:
        """For JSON; what is empty is left out."""
        plain = {k: getattr(self, k) for k in ("kind", "sheet", "record", "house", "column", "place", "came", "source", "who", "paper", "change")}
        out: dict[str, Any] = {k: v for k, v in plain.items() if v}
        if self.kind == "cell":
            out |= {"old": packed(self.old), "new": packed(self.new)}
        else:
            out["values"] = {k: packed(v) for k, v in self.values.items()}
        return out

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Recorded:
        """From JSON. Raises KeyError and ValueError for what is none."""
        texts = {k: str(data[k]) for k in ("place", "came", "source", "who", "paper", "change", "column") if k in data}
        values = {str(k): unpacked(v) for k, v in dict(data.get("values", {})).items()}
        old, new = unpacked(data.get("old")), unpacked(data.get("new"))
        return cls(data["kind"], data["sheet"], data["record"], data.get("house", ""), old=old, new=new, values=values, **texts)


@dataclass(frozen=True, slots=True)
class Past:
    """One change in the journal. number: `12.3`, the third change of entry 12, by which `undo` names it. by: who wrote it; '' where unknown."""

    number: str
    at: datetime
    change: Recorded
    by: str


def packed(value: Value) -> Any:
    """A value as JSON can hold it: a day is told apart from a text that looks like one."""
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def unpacked(value: Any) -> Value:
    """The value again."""
    if isinstance(value, Mapping):
        return datetime.fromisoformat(value["time"]) if "time" in value else date.fromisoformat(value["day"])
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError(f"{value!r} is no value of a cell")
