"""Where the register names staff, for the rules about who may act (judging.md §5). Not a rule itself."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property

from ownerbook.register.persons import Named
from ownerbook.register.sheets import BY_FIELD, SHEETS
from ownerbook.rules.card import Hit
from ownerbook.rules.view import SheetView, View, iso, rows
from ownerbook.schema.kinds import StaffMember

ACTS: tuple[tuple[str, str], ...] = tuple((s.field, c.field) for s in SHEETS for c in s.columns if isinstance(c.kind, StaffMember))
STAFF_NEEDS = "staff staff.staff_no staff.name staff.rights staff.joined_on staff.left_on staff.nda_on"


def kind_of(sheet: str, field: str) -> StaffMember:
    """What the column asks of the person."""
    kind = BY_FIELD[sheet].by_field[field].kind
    assert isinstance(kind, StaffMember)
    return kind


@cache
def needs(*, only: str = "", without: str = "") -> str:
    """The needs of a rule about acts: every column that names staff, and the days of the acts; all but 人员 may be absent."""
    out = [STAFF_NEEDS]
    for sheet, field in ACTS:
        if sheet != without and only in ("", sheet):
            out += [f"{sheet}.{f}?" for f in (field, *kind_of(sheet, field).days)]
    return " ".join(dict.fromkeys(" ".join(out).split()))


Values = Callable[["Act", int], Mapping[str, object]]


class Act:
    """One column that names staff, with what stands against its acts."""

    def __init__(self, v: View, sheet: str, field: str) -> None:
        self.view, self.sheet, self.field, self.kind = v, sheet, field, kind_of(sheet, field)
        self.table: SheetView = getattr(v, sheet)
        self.acting = self.table.acting(field)
        self.days = self.table.day_of_act(field)

    @cached_property
    def _named(self) -> Named:
        return self.table.named(self.field)

    def who(self, row: int) -> str:
        """The name or number as written; of a cell that names several, those with this trouble."""
        if not self.kind.several:
            return self.table.found(self.field, row)
        named, trouble = self._named, self.acting.trouble[row]
        return "、".join(named.texts[i] for i in rows((named.row == row) & (named.trouble == trouble)))

    def person(self, row: int) -> int:
        """The person (row on 人员), -1 for none; of a cell that names several, the first with this trouble."""
        if not self.kind.several:
            return int(self.acting.person[row])
        named, trouble = self._named, self.acting.trouble[row]
        found = named.person[(named.row == row) & (named.trouble == trouble)]
        return int(found[0]) if len(found) else -1

    def day(self, row: int) -> str:
        """The day of the act."""
        return iso(int(self.days[row]))


def troubled(v: View, trouble: int, values: Values, *, only: str = "", without: str = "") -> Iterator[Hit]:
    """The cells at which this trouble is the first."""
    for sheet, field in ACTS:
        if sheet == without or only not in ("", sheet) or not v.has(sheet):
            continue
        act = Act(v, sheet, field)
        bad = rows(act.acting.trouble == trouble)
        if len(bad):
            yield Hit(sheet, bad, field, lambda r, act=act: values(act, r))  # type: ignore[misc]
