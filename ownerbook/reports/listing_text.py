"""A report for the terminal: figures in one line, then each list as a table."""

from __future__ import annotations

from ownerbook.reports.listing import Listing, Report, shown
from ownerbook.reports.terminal import Paint, printable
from ownerbook.reports.widths import cut, pad, terminal_cells
from ownerbook.schema.words import Lang, Text

WIDEST = 44
_TONES = {"late": "error", "today": "warning", "soon": ""}


def report_text(report: Report, *, lang: Lang, masked: bool, colour: bool = False, limit: int | None = 30) -> str:
    """The report. limit: at most so many lines of each list; how many are left out is said. Lists without a line are left out."""
    paint = Paint(colour)
    head = report.title.say(lang) + Text("  截至 ", "  as of ").say(lang) + report.as_of.isoformat()
    out = [paint(printable(head + (f"  {report.workspace}" if report.workspace else "")), "bold")]
    figures = []
    for f in report.figures:
        value = report.value(f)
        figures.append(
            paint(f"{f.words.say(lang)} {value}", "error" if f.bad and value else "") if f.bad and value else f"{f.words.say(lang)} {value}"
        )
    if figures:
        out.append(Text("，", ", ").say(lang).join(figures))
    for note in report.notes:
        out.append(paint(note.say(lang), "dim"))
    empty = [x.title.say(lang) for x in report.listings if not x.lines]
    for listing in report.listings:
        if listing.lines:
            out += ["", *_listing(listing, lang, masked, paint, limit)]
    if empty:
        out += ["", paint(Text("没有：", "none: ").say(lang) + Text("、", ", ").say(lang).join(empty), "dim")]
    return "\n".join(out)


def _listing(listing: Listing, lang: Lang, masked: bool, paint: Paint, limit: int | None) -> list[str]:
    told = listing.lines if limit is None else listing.lines[:limit]
    heads = [f.header.say(lang) for f in listing.fields]
    rows = [[cut(printable(shown(c, lang, masked)), WIDEST) for c in line.cells] for line in told]
    used = [i for i in range(len(heads)) if any(row[i] for row in rows)]  # a column without a word is left out
    wide = [max(terminal_cells(t) for t in (heads[i], *(row[i] for row in rows))) for i in used]
    right = [listing.fields[i].form == "count" for i in used]
    out = [paint(f"{listing.title.say(lang)} ({len(listing.lines)})", "name")]

    def joined(texts: list[str]) -> str:
        return ("  " + "  ".join(pad(texts[i], w, right=r) for i, w, r in zip(used, wide, right, strict=True))).rstrip()

    out.append(paint(joined(heads), "dim"))
    for line, row in zip(told, rows, strict=True):
        tone = _TONES.get(line.tone, "")
        out.append(paint(joined(row), tone) if tone else joined(row))
    if len(told) < len(listing.lines):
        n = len(listing.lines) - len(told)
        out.append(paint(Text(f"  ……另有 {n} 行，加 --all 全部列出", f"  … {n} more lines; --all lists them").say(lang), "dim"))
    return out
