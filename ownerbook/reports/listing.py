"""What a command tells: figures and lists, apart from how they are shown (text, JSON, workbook)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from ownerbook.schema.words import Lang, Personal, Text

Cell = str | int | float | date | Text | Personal | None
Form = Literal["text", "day", "count", "size", "rate", "center", "wrap"]
Tone = Literal["late", "today", "soon", ""]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a list. key: its name in JSON. width: in half-width characters; 0: as wide as its texts."""

    key: str
    header: Text
    form: Form = "text"
    width: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list. The rest is what people filter by; workbook: where the row stands that it tells of."""

    cells: tuple[Cell, ...]
    tone: Tone = ""
    building: str = ""
    house: str = ""
    people: tuple[str, ...] = ()
    workbook: str = ""


@dataclass(slots=True)
class Listing:
    """A list. ask: header of a column that staff fill in on paper or on screen, '' for none.

    ranked: the first column is the rank, which stands for the running number.
    """

    key: str
    title: Text
    fields: tuple[Field, ...]
    lines: list[Line] = field(default_factory=list)
    note: Text = Text("", "")
    ask: Text = Text("", "")
    ranked: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at the head: the lines of a list (of a tone, where one is given), or a value of its own."""

    key: str
    words: Text
    of: str = ""
    tone: Tone = ""
    value: int | str | None = None
    bad: bool = False  # any is one too many


@dataclass(slots=True)
class Report:
    """Everything that a command tells about a day. late: what lines of the tone `late` are called."""

    kind: str
    title: Text
    as_of: date
    workspace: str = ""
    policy: str = ""
    figures: list[Figure] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    late: Text = Text("逾期", "Late")

    def value(self, figure: Figure) -> int | str:
        """What a figure shows."""
        if figure.value is not None:
            return figure.value
        lines = self[figure.of].lines
        return sum(line.tone == figure.tone for line in lines) if figure.tone else len(lines)

    def __getitem__(self, key: str) -> Listing:
        return next(x for x in self.listings if x.key == key)

    def narrowed(
        self,
        *,
        building: str = "",
        house: str = "",
        person: str = "",
        tones: Collection[str] = (),
        workbooks: Collection[str] | None = None,
        only: Collection[str] = (),
    ) -> Report:
        """The report of some lines only: of a building, of a house, of a person (number or name), late ones, of some workbooks."""
        tests: list[Callable[[Line], bool]] = []
        if building:
            wanted = plain_building(building)
            tests.append(lambda x: plain_building(x.building) == wanted)
        if house:
            tests.append(lambda x: x.house == house)
        if person:
            tests.append(lambda x: any(_is(person, p) for p in x.people))
        if tones:
            tests.append(lambda x: x.tone in tones)
        if workbooks is not None:
            tests.append(lambda x: not x.workbook or x.workbook in workbooks)
        listings = [replace(x, lines=[line for line in x.lines if all(t(line) for t in tests)]) for x in self.listings if not only or x.key in only]
        figures = [f for f in self.figures if not f.of or any(f.of == x.key for x in listings)]
        return replace(self, listings=listings, figures=figures)


def _is(wanted: str, person: str) -> bool:
    """Whether a person is meant: by number or name, or by part of a name. G001 is not G0010."""
    return f" {wanted} " in f" {person} " or (not wanted.isascii() and wanted in person)


def plain_building(text: str) -> str:
    """A building without its word: 3栋, 3号楼, 3幢 and 3 are the same."""
    return text.strip().removesuffix("号楼").removesuffix("栋").removesuffix("幢")


def shown(cell: Cell, lang: Lang, masked: bool) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, Personal):
        if not masked or not cell.text:
            return cell.text
        from ownerbook.identifiers import masks

        return masks.BY_NAME[cell.mask](cell.text)
    if isinstance(cell, Text):
        return cell.say(lang)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:g}"
    return str(cell)


def as_data(report: Report, *, lang: Lang, masked: bool) -> dict[str, Any]:
    """The report as one JSON object; days are YYYY-MM-DD, unknown ones null."""

    def value(cell: Cell) -> Any:
        return cell if cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)) else shown(cell, lang, masked)

    return {
        "as_of": report.as_of.isoformat(),
        "report": report.kind,
        "workspace": report.workspace,
        "counts": {f.key: report.value(f) for f in report.figures},
        "notes": [n.say(lang) for n in report.notes],
        "lists": {
            listing.key: [
                {f.key: value(c) for f, c in zip(listing.fields, line.cells, strict=True)} | {"tone": line.tone or None} for line in listing.lines
            ]
            for listing in report.listings
        },
    }
