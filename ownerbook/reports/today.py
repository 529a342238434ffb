"""今日待办: one page for the morning: everything due, by person, most urgent first; as text, workbook, JSON and calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.agenda import KINDS, NONE, Item
from ownerbook.deadlines.scans import Disk
from ownerbook.register.register import Register
from ownerbook.reports.ics import Event, calendar_file
from ownerbook.reports.listing import Figure, Line, Listing, Report, shown
from ownerbook.reports.listing_book import cards, subtitle, write_listing
from ownerbook.reports.palette import BODY, BODY_CENTER, ERROR, FILL_IN, HEADER, INK, MUTED, NAVY, PALE, PLAIN, SUBTITLE, TITLE, WARNING
from ownerbook.reports.pen import CannotWrite, Page, Pen
from ownerbook.reports.tell_agenda import FIELDS, by_person, calendar_note, figures, line_of, read_agenda, scans_note, sentence_of, tone_of, turn
from ownerbook.reports.terminal import Paint, printable
from ownerbook.reports.widths import lines
from ownerbook.schema.words import Lang, Personal, Text

PAGE_LINES = 38
LEAST = 3
NAME = Text("今日待办", "Today")
_INK = {"late": ERROR, "today": WARNING, "soon": INK, "": INK}


class Today:
    """The agenda of a day as people read it in the morning."""

    def __init__(self, register: Register, disk: Disk | None = None, *, workspace: str = "", within: int = 7) -> None:
        self.register, self.within = register, within
        self.today = register.today.toordinal() - EPOCH
        items, self.name = read_agenda(register, within, disk)
        title = Text("今日待办", "What to do today")
        self.report = Report("today", title, register.today, workspace, str(register.policy.version or ""), figures(within))
        self.report.listings = [Listing("items", Text("全部待办", "All items"), FIELDS, ask=Text("办理情况", "Progress"))]
        self.report.notes = [*calendar_note(register), *scans_note(register, disk)]
        self.keep(items)

    def keep(self, items: list[Item]) -> None:
        """Tell of these items only."""
        self._keep(items, [line_of(i, self.name, self.today) for i in items])

    def add(self, items: list[Item]) -> None:
        """Tell of these items too."""
        if items:
            self.keep(sorted([*self.items, *items], key=lambda i: i.rank(self.today)))

    def _keep(self, items: list[Item], lines: list[Line]) -> None:
        self.items, self.report["items"].lines = items, lines

    def narrow(self, *, building: str = "", person: str = "", late: bool = False, workbooks: set[str] | None = None) -> None:
        """Tell only of a building, of a person (number or name), of late items, of some workbooks."""
        tones = ("late",) if late else ()
        kept = self.report.narrowed(building=building, person=person, tones=tones, workbooks=workbooks)["items"].lines
        wanted = {id(line) for line in kept}
        both = zip(self.items, self.report["items"].lines, strict=True)
        self._keep([i for i, line in both if id(line) in wanted], list(kept))

    @property
    def groups(self) -> list[tuple[Personal | Text, list[Item]]]:
        """By person."""
        return by_person(self.items, self.name)

    def text(self, *, lang: Lang, masked: bool, colour: bool = False, all_: bool = False) -> str:
        """The page for the terminal."""
        paint, report = Paint(colour), self.report
        out = [paint(f"{report.title.say(lang)}  {report.as_of.isoformat()}" + (f"  {report.workspace}" if report.workspace else ""), "bold")]
        out.append(Text("，", ", ").say(lang).join(f"{f.words.say(lang)} {report.value(f)}" for f in report.figures))
        out += [paint(n.say(lang), "dim") for n in report.notes]
        for who, mine in self.groups:
            room = len(mine) if all_ else 12
            out += ["", paint(f"{printable(shown(who, lang, masked))} ({len(mine)})", "name")]
            for item in mine[:room]:
                day = self.when(item, lang)
                tone = {"late": "error", "today": "warning"}.get(tone_of(item, self.today), "")
                text = f"  {day}  {printable(sentence_of(item, self.name, lang, masked))}"
                out.append(paint(text, tone) if tone else text)
            if len(mine) > room:
                out.append(paint("  " + self.rest(mine[room:], lang), "dim"))
        if not self.items:
            out += ["", Text("今天没有到期的事。", "Nothing is due.").say(lang)]
        return "\n".join(out)

    def when(self, item: Item, lang: Lang) -> str:
        """逾期 12 天, 今天, 11-03."""
        tone = tone_of(item, self.today)
        if tone == "late":
            n = self.today - item.day
            return Text(f"逾期 {n} 天", f"{n} days late").say(lang)
        if tone == "today":
            return Text("今天", "today").say(lang)
        return date.fromordinal(item.day + EPOCH).isoformat()[5:]

    def rest(self, items: list[Item], lang: Lang) -> str:
        """What is left out of the page, by kind."""
        counts: dict[str, int] = {}
        for i in items:
            counts[i.kind] = counts.get(i.kind, 0) + 1
        parts = Text("、", ", ").say(lang).join(f"{KINDS[k].words.say(lang)} {n}" for k, n in counts.items())
        return Text(f"另有 {len(items)} 项：{parts}", f"{len(items)} more: {parts}").say(lang)

    def data(self, *, lang: Lang, masked: bool) -> dict[str, Any]:
        """As JSON: the items as a list, and by person their positions in it."""
        from ownerbook.reports.listing import as_data

        out = as_data(self.report, lang=lang, masked=masked)
        at = {id(i): n for n, i in enumerate(self.items)}
        out["people"] = [{"who": shown(who, lang, masked), "items": [at[id(i)] for i in mine]} for who, mine in self.groups]
        return out

    def calendar(self, *, lang: Lang, masked: bool) -> bytes:
        """As iCalendar. What is late or waits stands on the day itself, the rest on its own day."""
        events = []
        for item in self.items:
            tone = tone_of(item, self.today)
            day = self.report.as_of if tone != "soon" else date.fromordinal(item.day + EPOCH)
            head = f"[{self.when(item, lang)}] " if tone == "late" else ""
            who = shown(turn(item, self.name), lang, masked)
            due = "" if item.day == NONE else date.fromordinal(item.day + EPOCH).isoformat()
            what = item.about.zh if item.sheet == "staff" or item.row < 0 else ""
            key = "\x1f".join((item.kind, item.sheet, self.name.key(item.sheet, item.row), due, what))
            events.append(Event(key, day, head + sentence_of(item, self.name, lang, masked), who, KINDS[item.kind].words.say(lang)))
        title = f"{self.report.workspace} {NAME.say(lang)}".strip()
        return calendar_file(events, name=title, as_of=self.report.as_of)

    def workbook(self, path: Path, *, lang: Lang, masked: bool) -> Path:
        """As a workbook: the page, and the full list. Beside a file that is open elsewhere a numbered one is written."""
        for n in range(1, 10):
            tried = path if n == 1 else path.with_name(f"{path.stem}({n}){path.suffix}")
            try:
                with Pen(
                    tried,
                    as_of=self.report.as_of,
                    title=self.report.title.say(lang),
                    kind="today",
                    subject=self.report.workspace,
                    footer=self.report.workspace,
                    lang=lang,
                    properties={"ownerbook.as_of": self.report.as_of.isoformat(), "ownerbook.masked": "yes" if masked else "no"},
                ) as pen:
                    self.page(pen.page(NAME.say(lang), colour=NAVY), lang, masked)
                    write_listing(
                        pen.page(self.report["items"].title.say(lang), colour=ERROR), self.report["items"], self.report, lang=lang, masked=masked
                    )
                return tried
            except CannotWrite as error:
                if not isinstance(error.__cause__, PermissionError) or n == 9:
                    raise
        raise AssertionError

    def page(self, page: Page, lang: Lang, masked: bool) -> None:
        """One A4 page: figures, then each person with the most urgent items; what does not fit is counted by kind."""
        page.columns([8.0] * 12)
        page.text(1, 1, f"{self.report.title.say(lang)}  {self.report.as_of.isoformat()}", TITLE)
        page.height(1, 32)
        page.text(2, 1, subtitle(self.report, lang), SUBTITLE)
        page.height(3, 6)
        shown_figures = list(self.report.figures)
        loans = sum(i.kind == "loan-late" for i in self.items)
        papers = sum(i.kind == "papers" for i in self.items)
        self.report.figures = [
            *shown_figures,
            Figure("loans", Text("催还", "overdue loans"), value=loans, bad=True),
            Figure("papers", Text("补件", "papers"), value=papers),
        ]
        cards(page, 4, self.report, 0, lang)
        self.report.figures = shown_figures
        row = 7
        heads = ((1, 2, Text("期限", "When")), (3, 10, Text("事项", "What")), (11, 12, Text("办理", "Done")))
        for a, b, head in heads:
            page.across(row, a, b, head.say(lang), HEADER)
        page.height(row, 22)
        groups = self.groups
        rooms = shares([len(mine) for _, mine in groups], PAGE_LINES)
        for (who, mine), room in zip(groups, rooms, strict=True):
            row = self._person(page, row + 1, who, mine, room, lang, masked)
        if not groups:
            row += 1
            page.across(row, 1, 12, Text("今天没有到期的事。", "Nothing is due.").say(lang), BODY_CENTER.but(size=12))
            page.height(row, 36)
        for note in self.report.notes:
            row += 1
            page.across(row, 1, 12, note.say(lang), PLAIN.but(size=9, ink=MUTED, wrap=True))
            page.height(row, 28)
        page.print_setup(landscape=False, one_page=True, last_column=12, last_row=row)

    def _person(self, page: Page, row: int, who: Personal | Text, mine: list[Item], room: int, lang: Lang, masked: bool) -> int:
        late = sum(tone_of(i, self.today) == "late" for i in mine)
        head = f"{shown(who, lang, masked)}    " + Text(f"共 {len(mine)} 项，逾期 {late} 项", f"{len(mine)} items, {late} late").say(lang)
        page.across(row, 1, 12, head, PLAIN.but(bold=True, ink=NAVY, fill=PALE, left_bar=ERROR if late else NAVY, indent=1))
        page.height(row, 22)
        for item in mine[:room]:
            row += 1
            ink = _INK[tone_of(item, self.today)]
            page.across(row, 1, 2, self.when(item, lang), BODY_CENTER.but(ink=ink, bold=ink == ERROR))
            text = sentence_of(item, self.name, lang, masked)
            page.across(row, 3, 10, text, BODY.but(wrap=True))
            page.across(row, 11, 12, "", BODY.but(fill=FILL_IN))
            page.height(row, 18 if _fits(text) else 32)
        if len(mine) > room:
            row += 1
            rest = self.rest(mine[room:], lang)
            page.across(row, 1, 12, rest, BODY.but(ink=MUTED, size=9, indent=1, wrap=True))
            page.height(row, 5 + 13 * lines(rest, 98))
        return row


def _fits(text: str) -> bool:
    from ownerbook.reports.widths import cells

    return cells(text) <= 66


def shares(sizes: list[int], lines: int) -> list[int]:
    """How many items each person gets of the lines of a page: a few at least, then in turn until the page is full."""
    lines -= 2 * len(sizes)
    out = [min(n, LEAST) for n in sizes]
    left = lines - sum(out)
    while left > 0 and any(o < n for o, n in zip(out, sizes, strict=True)):
        for i, n in enumerate(sizes):
            if out[i] < n and left > 0:
                out[i] += 1
                left -= 1
    return out
