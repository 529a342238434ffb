"""What a rule sees of the register: what its card names, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from ownerbook.deadlines.columns import Whole, WholeSheet, follow, followed, positions
from ownerbook.register.keys import Reference
from ownerbook.register.persons import Acting, Named, Persons
from ownerbook.register.policy import Policy
from ownerbook.register.readers import days
from ownerbook.register.readers.days import EPOCH
from ownerbook.register.register import Register, Result
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.understood import Understood
from ownerbook.schema.cells import Ints
from ownerbook.schema.table import Table
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.calendar.workdays import WorkCalendar


class Disk(Protocol):
    """What rules may ask of the disk: files named relative to the workspace."""

    def exists(self, path: str) -> bool:
        """Whether a file of that name lies in the workspace."""

    def sha256(self, path: str) -> str:
        """Its fingerprint, '' where it cannot be read."""


class Undeclared(Exception):
    """A rule asked for something that its card does not name: a mistake in the rule."""


class SheetView(WholeSheet):
    """One sheet. Columns are attributes: `v.loans.lent_on`."""

    def __init__(self, register: Register, sheet: str, fields: frozenset[str]) -> None:
        super().__init__(register, sheet)
        self._fields = fields

    def __getattr__(self, field: str) -> Understood:
        self._check(field)
        return super().__getattr__(field)

    def _check(self, field: str) -> None:
        if field not in self._fields:
            raise Undeclared(f"{self._sheet}.{field}")

    def ref(self, field: str) -> Reference:
        """What a referring column points to (the other sheet must be named too)."""
        self._check(field)
        return super().ref(field)

    def acting(self, field: str) -> Acting:
        """Who a column of staff names, and what stands against the act (`staff` must be named)."""
        self._check(field)
        return super().acting(field)

    def named(self, field: str) -> Named:
        """Whom a column names whose cells hold several people (`staff` must be named)."""
        self._check(field)
        return super().named(field)

    def day_of_act(self, field: str) -> Ints:
        """The day that counts for the person named in a column (judging.md §5)."""
        self._check(field)
        return self._register.day_of_act(self._sheet, field)

    def read_as(self, field: str, rows: Ints, other: SheetView, column: str, beside: Ints) -> Understood:
        """Cells of this sheet read as if they stood in a column of another, each beside a row of it (see `register.values`)."""
        from ownerbook.register.values import read_as

        self._check(field)
        other._check(column)
        return read_as(self._register, self._sheet, field, rows, other._sheet, column, beside)

    @property
    def own_headers(self) -> frozenset[str]:
        """Headers of columns that are staff's own, as they are compared."""
        from ownerbook.schema.sheet import plain_header

        return frozenset(plain_header(h) for s in self._table(None).sources for h in s.unknown.values())

    def found(self, field: str, row: int) -> str:
        """A cell as a person would say it."""
        self._check(field)
        return self._table(field).found(field, row)

    def key_text(self, row: int) -> str:
        """The key of a row, as written."""
        key = BY_FIELD[self._sheet].key.field
        return self._table(key).found(key, row)

    def place(self, row: int) -> Text:
        """Where a row stands, for messages that name another row."""
        table = self._table(None)
        source, n = table.sources[int(table.source[row])], int(table.rows[row])
        book = f"{source.workbook} " if len({s.workbook for s in table.sources}) > 1 else ""
        return Text(f"{book}「{source.tab}」第 {n} 行", f"{book}{source.tab} row {n}")

    def number_format(self, field: str, row: int) -> str:
        """The number format of a cell."""
        self._check(field)
        table = self._table(field)
        cells = table.cells.get(field)
        return table.styles[int(cells.style[row])].number_format if cells else "General"

    def share_tolerance(self, row: int) -> float:
        """Half a unit of the last written decimal of a share."""
        self._check("share")
        from ownerbook.register.readers.measures import tolerance

        return tolerance(self._table("share"), row)

    def _table(self, field: str | None) -> Table:
        """The sheet as it stands, for a look at the cells of a column, or at its rows and sources alone."""
        self._register.note(f"{self._sheet}.{field or ''}")
        return self._register.tables[self._sheet]


class View(Whole):
    """The register, as far as a card names it. Sheets are attributes: `v.loans`.

    Whatever `Whole` gains that a card should name must be guarded here.
    """

    def __init__(self, register: Register, needs: str, disk: Disk | None = None) -> None:
        super().__init__(register)
        self._disk = disk
        fields: dict[str, set[str]] = {}
        self._other = set()
        for need in needs.split():
            sheet, _, column = need.rstrip("?").partition(".")
            if sheet in BY_FIELD and sheet != "policy" and sheet != "calendar" or column:
                fields.setdefault(sheet, set()).update({column} - {""})
            else:
                self._other.add(need)
        self._sheets = {s: SheetView(register, s, frozenset(f)) for s, f in fields.items()}

    def __getattr__(self, sheet: str) -> SheetView:
        try:
            return self._sheets[sheet]
        except KeyError:
            raise Undeclared(sheet) from None

    def once(self, name: str, work: Callable[[], Result]) -> Result:
        """What several rules with the same needs work out alike, worked out once; `name` is known to them alone."""
        return self._register.once(name, work)

    def sheet(self, name: str) -> SheetView:
        """A sheet by its field name: for rules over many sheets, and the only way to 制度 and 日历 as sheets."""
        return self.__getattr__(name)

    def has(self, need: str) -> bool:
        """Whether a sheet (`household`) or a column (`household.house_no`) that may be absent is there."""
        sheet, _, column = need.partition(".")
        if sheet not in self._sheets or (column and column not in self._sheets[sheet]._fields):
            raise Undeclared(need)
        return super().has(need)

    def _named(self, what: str) -> None:
        if what not in self._other:
            raise Undeclared(what)

    @property
    def persons(self) -> Persons:
        """人员, for matching texts that are not in a column of staff (`staff` must be named)."""
        if "staff" not in self._sheets:
            raise Undeclared("staff")
        return super().persons

    @property
    def policy(self) -> Policy:
        """The parameters in force."""
        self._named("policy")
        return self._register.policy

    @property
    def today(self) -> int:
        """The day of the check, in days since 1970-01-01."""
        self._named("today")
        return self._register.today.toordinal() - EPOCH

    @property
    def calendar(self) -> WorkCalendar:
        """The working-day calendar."""
        self._named("calendar")
        return self._register.calendar

    @property
    def disk(self) -> Disk | None:
        """The files of the workspace; None where there is no workspace."""
        self._named("disk")
        return self._disk


# the small steps of the deadlines, under the names that rules use
iso = days.iso
rows = positions
take = follow
taken = followed
