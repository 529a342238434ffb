"""How a ledger would be read: the proposal that staff correct, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as made
from typing import Any

from ownerbook.adopt.fields import UNKNOWN, is_register

HIGH, MIDDLE = 0.85, 0.6
VERSION = 1


@dataclass(slots=True)
class ColumnLayout:
    """One column. column: its number; wording: its header (of two rows: joined by /); group: the head above it.

    field: sheet.column of the register, own.x, or ''. slot: which person of the row it speaks of, from 1. relation: the value of
    与业主关系 that its header gives its people. codes: what its values mean (0 → 空置). confidence: 0 to 1.
    """

    column: int
    wording: str
    field: str = UNKNOWN
    slot: int = 1
    relation: str = ""
    confidence: float = 0.0
    reasons: list[str] = made(default_factory=list)
    codes: dict[str, str] = made(default_factory=dict)
    group: str = ""

    @property
    def level(self) -> str:
        """高 中 低."""
        return "高" if self.confidence >= HIGH else "中" if self.confidence >= MIDDLE else "低"

    @property
    def own(self) -> str:
        """The lowest of its heads."""
        return self.wording[len(self.group) + 1 :] if self.group and self.wording.startswith(self.group + "/") else self.wording

    @property
    def placed(self) -> bool:
        """Whether its cells go into the register."""
        return is_register(self.field)


@dataclass(slots=True)
class BlockLayout:
    """Columns that belong together; a tab may hold several side by side. first and last: the columns it spans."""

    first: int
    last: int
    columns: list[ColumnLayout]
    family: str = ""

    def of(self, name: str) -> ColumnLayout | None:
        """The first column of a field."""
        return next((c for c in self.columns if c.field == name), None)


@dataclass(slots=True)
class TabLayout:
    """One tab. header: first and last header row, (0, 0) where there is none. use: read as a part of the register."""

    tab: str
    header: tuple[int, int]
    blocks: list[BlockLayout]
    use: bool = False
    why: str = ""

    @property
    def columns(self) -> list[ColumnLayout]:
        """The columns of all blocks."""
        return [c for b in self.blocks for c in b.columns]


@dataclass(slots=True)
class BookLayout:
    """What is remembered of a workbook's layout. name: of the workbook that it was confirmed on."""

    name: str
    tabs: list[TabLayout]
    confirmed_on: str = ""

    def as_data(self) -> dict[str, Any]:
        """For keeping as JSON."""
        return {"version": VERSION, **asdict(self)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> BookLayout:
        """From what was kept. Raises ValueError for anything else."""
        try:
            if data["version"] != VERSION:
                raise ValueError(f"version {data['version']}")
            tabs = [_tab(t) for t in data["tabs"]]
            return cls(str(data["name"]), tabs, str(data.get("confirmed_on", "")))
        except (KeyError, TypeError, AttributeError) as e:
            raise ValueError(f"not a layout: {e}") from e


def _tab(data: Mapping[str, Any]) -> TabLayout:
    first, last = data["header"]
    blocks = [
        BlockLayout(int(b["first"]), int(b["last"]), [ColumnLayout(**c) for c in b["columns"]], str(b.get("family", ""))) for b in data["blocks"]
    ]
    return TabLayout(str(data["tab"]), (int(first), int(last)), blocks, bool(data["use"]), str(data.get("why", "")))
