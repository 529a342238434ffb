"""The dossier of a house as a page of A4: the house in a frame, then a table a list, each as wide as the page; what there is none of in one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ownerbook.reports.forms.manner import Manner
from ownerbook.reports.forms.paper import Paper, Value, form_pen
from ownerbook.reports.listing import Listing, Report, shown
from ownerbook.reports.palette import ERROR, ERROR_FILL, INK, MUTED, NAVY, PALE, WARNING, Look
from ownerbook.reports.pen import PenError
from ownerbook.reports.widths import cells, lines
from ownerbook.schema.words import Lang, Text

KIND = "dossier"
UNITS, WIDE = 48, 98.0
"""Columns of the page that the tables share, and how many half-width characters they take together at full size."""
SIZES = (1.0, 0.93, 0.86, 0.8, 0.75, 0.7)
"""Sizes at which a page is tried, the largest on which everything fits is taken; below the last nothing is read with ease."""
SEVERAL = 0.85
"""The size where one page is not enough."""
HIGH = 745.0
"""Points of a page at full size."""
UNITS_WIDE = 720.0
"""Pixels of all columns at full size, 96 an inch: the width of A4 within its margins."""
_RULE = "#C5CED8"
_HEAD = Look(size=8.5, bold=True, ink=NAVY, fill=PALE, align="center", border=_RULE, wrap=True)
_CELL = Look(size=8.5, ink=INK, border=_RULE, wrap=True, form="@")
_SECTION = Look(size=10.5, bold=True, ink=NAVY, bottom=NAVY)
_SMALL = Look(size=8.5, ink=MUTED, wrap=True)
_INK = {"late": ERROR, "today": WARNING, "soon": WARNING, "": INK}


def write_dossier(path: Path, report: Report, *, lang: Lang = "zh", masked: bool = True) -> None:
    """Write the page; more than one where one cannot be read any more. Raises PenError."""
    how = Manner(lang, masked)
    with form_pen(path, KIND, report.title.say(lang), as_of=report.as_of, workspace=report.workspace, how=how) as pen:
        size = next((z for z in SIZES if _Page(None, lang, masked, z).all(report) <= HIGH / z), 0.0)
        pixels = UNITS_WIDE / (size or SEVERAL) / UNITS
        paper = Paper(pen.page(report.title.say(lang)), widths=[(pixels - 5) / 7] * UNITS, how=how)
        _Page(paper, lang, masked, size or SEVERAL).all(report)
        paper.finish(one_page=bool(size), repeat=None if size else (1, 2))


class _Page:
    """Writes the page, or without a paper only says how high it would be. size: at which it will be printed: the smaller, the more fits a line."""

    def __init__(self, paper: Paper | None, lang: Lang, masked: bool, size: float) -> None:
        self.paper, self.lang, self.masked, self.high = paper, lang, masked, 0.0
        self.wide = WIDE / size

    def all(self, report: Report) -> float:
        """Everything; gives its height in points."""
        self._across(report.title.say(self.lang), Look(size=18, bold=True, ink=NAVY), 34)
        told = [report.workspace, Text(f"截至 {report.as_of.isoformat()}", f"as of {report.as_of.isoformat()}").say(self.lang)]
        told.append(Text("姓名、号码已打码", "names and numbers are masked").say(self.lang) if self.masked else "")
        self._across("    ".join(t for t in told if t), _SMALL, 16)
        figures = "    ".join(f"{f.words.say(self.lang)} {report.value(f)}" for f in report.figures)
        self._across(figures, Look(size=10.5, bold=True, ink=NAVY, fill=PALE, indent=1), 24)
        for note in report.notes:
            self._across(note.say(self.lang), _SMALL, 16)
        empty = []
        for listing in report.listings:
            if not listing.lines:
                empty.append(listing.title.say(self.lang))
            elif listing.key == "houses":
                self._house(listing)
            else:
                self._table(listing)
        if empty:
            self._gap(6)
            self._across(Text("没有：", "none: ").say(self.lang) + Text("、", ", ").say(self.lang).join(empty), _SMALL, 16)
        return self.high

    def _across(self, text: str, look: Look, high: float) -> None:
        self._put(1, UNITS, text, look)
        self._row(max(high, lines(text, self.wide) * look.size * 1.5 + 2))

    def _gap(self, points: float) -> None:
        self._row(points)

    def _row(self, high: float) -> None:
        self.high += high
        if self.paper is not None:
            self.paper.page.height(self.paper.row, high)
            self.paper.row += 1

    def _put(self, first: int, last: int, text: str, look: Look) -> None:
        if self.paper is not None:
            self.paper.page.across(self.paper.row, first, last, text, look)

    def _house(self, listing: Listing) -> None:
        """Label and value side by side, three pairs a line."""
        self._gap(4)
        pairs = [
            (f.header.say(self.lang), shown(c, self.lang, self.masked)) for f, c in zip(listing.fields, listing.lines[0].cells, strict=True) if c
        ]
        wide = UNITS // 3
        for start in range(0, len(pairs), 3):
            high = 16.0
            some = [*pairs[start : start + 3], ("", ""), ("", "")][:3]
            for n, (label, value) in enumerate(some):
                first = 1 + n * wide
                self._put(first, first + 4, label, _HEAD)
                self._put(first + 5, first + wide - 1, value, _CELL.but(indent=1))
                need = max(lines(value, (wide - 5) * self.wide / UNITS), lines(label, 5 * self.wide / UNITS * 1.2 + 1.2))
                high = max(high, need * 12.0 + 4)
            self._row(high)

    def _table(self, listing: Listing) -> None:
        texts = [[shown(c, self.lang, self.masked) for c in line.cells] for line in listing.lines]
        used = [n for n in range(len(listing.fields)) if any(row[n] for row in texts)]
        heads = [listing.fields[n].header.say(self.lang) for n in used]
        spans = _spans([max(_need(heads[i]), *(_need(row[n]) for row in texts)) for i, n in enumerate(used)])
        self._gap(4)
        self._across(f"{listing.title.say(self.lang)}（{len(texts)}）", _SECTION, 18)
        self._cells(heads, spans, [_HEAD] * len(heads), 15.5)
        for line, row in zip(listing.lines, texts, strict=True):
            look = _CELL.but(ink=_INK[line.tone], fill=ERROR_FILL if line.tone == "late" else "")
            self._cells([row[n] for n in used], spans, [look] * len(used), 14.5)

    def _cells(self, values: Sequence[Value], spans: Sequence[tuple[int, int]], looks: Sequence[Look], least: float) -> None:
        high = least
        for value, (first, last), look in zip(values, spans, looks, strict=True):
            self._put(first, last, str(value or ""), look)
            high = max(high, lines(str(value or ""), (last - first + 1) * self.wide / UNITS * 10.2 / look.size + 1.2) * 12 + 4)
        self._row(high)


def _need(text: str) -> float:
    """How wide a text wants its column: whole where it is short; a long one wraps."""
    longest = max(cells(t) for t in text.split("\n"))
    return max(4.0, longest * 0.86 + 1.2) if longest < 30 else min(46.0, 26.0 + longest * 0.1)


def _spans(needs: Sequence[float]) -> list[tuple[int, int]]:
    """First and last unit of each column, all of them together as wide as the page. Raises PenError where there are more columns than fit."""
    if len(needs) * 2 > UNITS:
        raise PenError(f"{len(needs)} columns do not fit a page")
    total, left = sum(needs), UNITS - 2 * len(needs)
    wide = [2 + int(left * max(0.0, n - 2) / max(1.0, total - 2 * len(needs))) for n in needs]
    order = sorted(range(len(needs)), key=lambda i: wide[i] - needs[i] * UNITS / total)
    for i in order[: UNITS - sum(wide)]:
        wide[i] += 1
    out, at = [], 1
    for w in wide:
        out.append((at, at + w - 1))
        at += w
    return out
