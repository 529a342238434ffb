"""What the lists of disposal share: how a list looks on paper, and what it says of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.disposal_lists import Contents, contents, years_kept
from ownerbook.deadlines.retention_status import retention_status
from ownerbook.register.register import Register
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import CELL, CENTER, NUMBER, Value
from ownerbook.reports.listing import plain_building
from ownerbook.reports.naming import Naming, a_day
from ownerbook.reports.palette import HEADER, NAVY, SUBTITLE, TITLE, Look
from ownerbook.reports.pen import Page
from ownerbook.reports.tell_retention import blocks
from ownerbook.reports.widths import cells, row_height
from ownerbook.schema.words import Text

HEADER_ROW = 4
TEXT = CELL.but(form="@")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list on paper."""

    head: str
    width: float
    look: Look = CELL


@dataclass(frozen=True, slots=True)
class Signing:
    """What stands under a list: a sentence, and who signs."""

    sentence: Text
    people: Sequence[str]


def write_list(
    page: Page,
    title: str,
    about: str,
    hint: Text,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    sign: Signing,
    asked: Sequence[str] = (),
    how: Manner = CHINESE,
) -> int:
    """Write a list. Gives its last row."""
    page.columns([c.width for c in columns])
    page.across(1, 1, len(columns), how.word(title), TITLE.but(align="center"))
    page.height(1, 36)
    page.text(2, 1, about, SUBTITLE)
    if hint.zh:
        page.across(3, 1, len(columns), how.say(hint), SUBTITLE.but(wrap=True))
        page.height(3, row_height([(how.say(hint), sum(c.width for c in columns))]) + 2)
    for n, c in enumerate(columns, 1):
        page.text(HEADER_ROW, n, how.head(c.head), HEADER.but(ink=NAVY, fill="#FFE699") if c.head in asked else HEADER)
    page.height(HEADER_ROW, 48 if how.both else 32)
    row = HEADER_ROW
    for values in rows:
        row += 1
        page.row(row, values, [c.look for c in columns])
        page.height(row, max(24.0, row_height([(v, c.width) for v, c in zip(values, columns, strict=True) if isinstance(v, str)])))
    if not rows:
        row += 1
        page.across(row, 1, len(columns), how.word("没有"), CENTER)
    last = row
    row += 1
    sentence = how.say(sign.sentence)
    page.across(row, 1, len(columns), sentence, Look(size=10.5, wrap=True))
    page.height(row, row_height([(sentence, sum(c.width for c in columns))], size=10.5) + 10)
    row += 1
    places = [f"{how.word(p)}：______________" for p in sign.people]
    room = sum(c.width for c in columns)
    gap = "        " if cells(("        ").join(places)) < room else "\n\n"
    page.across(row, 1, len(columns), gap.join(places), Look(size=10.5, wrap=True))
    page.height(row, 36 if gap != "\n\n" else 32 * len(places))
    page.freeze(HEADER_ROW, 3)
    wide = sum(c.width for c in columns) > 100
    page.print_setup(landscape=wide, repeat=(HEADER_ROW, HEADER_ROW), last_column=len(columns), last_row=row)
    return last


class Files:
    """What the lists say of a file."""

    def __init__(self, register: Register, how: Manner = CHINESE) -> None:
        self.name, self.book, self.how = Naming(register, masked=how.masked), Whole(register), how
        self.today = register.today.toordinal() - EPOCH
        self.status = retention_status(self.book, self.today)
        self.kept = years_kept(self.book, self.today)
        self.held: Contents = contents(self.book)

    def within(self, f: int, building: str) -> bool:
        """Whether a file is of a building (3 as 3栋); '' is every one."""
        return not building or plain_building(self.name.building(self.name.house("files", f))) == plain_building(building)

    def head(self, f: int) -> tuple[Value, ...]:
        """档号, 题名, 年度, 应保管, 已保管, 件数, 页数."""
        n = self.name
        created = n.day("files", "created_on", f)
        year = created.year if isinstance(created, date) else None
        kept = int(self.kept[f])
        papers, pages = int(self.held.papers[f]), int(self.held.pages[f])
        term = n.found("files", "retention", f)
        return (
            n.key("files", f),
            n.found("files", "title", f),
            year,
            term,
            self.how.brief(Text(f"{kept} 年", f"{kept} y")) if kept >= 0 else "",
            papers,
            pages,
        )

    def ends(self, f: int) -> Value:
        """The last day of retention."""
        day = a_day(int(self.status.ends[f]))
        return day if isinstance(day, date) else self.how.brief(day) if day else None


HEAD = (
    Column("档号", 19, TEXT),
    Column("题名", 22),
    Column("年度", 7, CENTER),
    Column("应保管期限", 10, CENTER),
    Column("已保管", 9, CENTER),
    Column("件数", 6.5, NUMBER),
    Column("页数", 6.5, NUMBER),
)
NO = Column("序号", 5.5, CENTER)


def why_not(files: Files, f: int) -> str:
    """What stands against disposing of a file now."""
    why = blocks(files.status, files.name, f)
    return files.how.brief(why) if why else ""
