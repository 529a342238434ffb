"""The styles part: what each number in a cell's `s` attribute means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ownerbook.schema.cells import Bools, Ints, Style, Styles
from ownerbook.workbook.colours import argb
from ownerbook.workbook.number_formats import BUILT_IN, shows_date
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xml_parts import Attributes, main_name, parse, small, true

MOST_STYLES = 200_000  # Excel holds some 65,000


@dataclass(frozen=True, slots=True)
class CellStyles:
    """By the number a cell gives: the number in the reading's `Styles`, and what bears on kinds and flags."""

    number: Ints
    date: Bools
    strike: Bools

    @classmethod
    def of(cls, styles: list[Style], known: Styles) -> CellStyles:
        """From a workbook's own list; a workbook without styles has the plain one."""
        own = styles or [Style()]
        return cls(
            np.array([known.number(s) for s in own], np.int32),
            np.array([s.date for s in own], bool),
            np.array([s.strike for s in own], bool),
        )


class _StylesPart:
    """Collects number formats, fonts, fills and the combinations of them that cells name."""

    def __init__(self, theme: list[str]) -> None:
        self.theme = theme
        self.path: list[str] = []
        self.formats: dict[int, str] = {}
        self.struck: list[bool] = []
        self.fills: list[str | None] = []
        self.combined: list[tuple[int, int, int]] = []
        self._solid = False

    def start(self, name: str, attributes: Attributes) -> None:
        tag = main_name(name)
        above = self.path[-1] if self.path else ""
        self.path.append(tag)
        if tag == "numFmt" and above == "numFmts":
            self.formats[small(attributes.get("numFmtId")) or 0] = attributes.get("formatCode", "General")
        elif tag == "font" and above == "fonts":
            self.struck.append(False)
        elif tag == "strike" and above == "font" and self.path[-3:-2] == ["fonts"]:
            self.struck[-1] = true(attributes.get("val", "1"))
        elif tag == "fill" and above == "fills":
            self.fills.append(None)
        elif tag == "patternFill" and above == "fill" and self.path[-3:-2] == ["fills"]:
            self._solid = attributes.get("patternType") == "solid"
        elif tag == "fgColor" and above == "patternFill" and self._solid and self.path[-4:-3] == ["fills"]:
            self.fills[-1] = argb(attributes, self.theme)
        elif tag == "xf" and above == "cellXfs":
            ids = (small(attributes.get(k)) or 0 for k in ("numFmtId", "fontId", "fillId"))
            self.combined.append((next(ids), next(ids), next(ids)))
        if max(len(self.combined), len(self.formats), len(self.struck), len(self.fills)) > MOST_STYLES:
            raise Trouble("bomb", f"{MOST_STYLES}")

    def end(self, _: str) -> None:
        self.path.pop()

    def styles(self) -> list[Style]:
        out = []
        for number_format, font, fill in self.combined:
            code = self.formats.get(number_format) or BUILT_IN.get(number_format, "General")
            struck = self.struck[font] if font < len(self.struck) else False
            out.append(Style(code, shows_date(code), struck, self.fills[fill] if fill < len(self.fills) else None))
        return out


def read_styles(chunks: Iterable[bytes], theme: list[str]) -> list[Style]:
    """The styles in the order in which cells number them. `theme` is from `colours.theme_colours`."""
    part = _StylesPart(theme)
    parse(chunks, part.start, part.end)
    return part.styles()
