"""Where a mistake may be planted: each at its own house, so that none hides or causes another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from maker.community import Period, Settled
from maker.model import Community, Expected, Row
from maker.office import Office
from maker.people import People
from maker.work import Work

WARNINGS = {
    "A02", "A05", "A10", "B02", "B03", "B12", "C05", "C07", "C14", "C15", "C19", "D03", "D06", "D10", "D11", "D12", "E01a", "E02", "E03",
    "E04", "E05", "E06", "E10", "F03", "F05a", "F06", "F08", "F10", "G03", "G08", "G09", "H05", "H07", "H09", "I04", "J03", "J06", "J08",
    "K02", "K08", "K09", "L01", "L06", "L06a", "L07", "M02", "M08", "N06", "N07", "O03", "R28", "R34", "R45a", "R60",
}  # fmt: skip
NOTICES = {
    "A07", "A07a", "B06", "B07", "B08", "B09", "B11", "B11a", "B14", "C04", "C16", "D01", "D02", "D09", "E07", "F09", "I03", "I06", "J04",
    "K12", "O06", "R05", "R06",
}  # fmt: skip


def severity(code: str) -> str:
    """How grave a rule is."""
    return "warning" if code in WARNINGS else "notice" if code in NOTICES else "error"


@dataclass(slots=True)
class Planter:
    """Hands out houses and rows that have no mistake yet, and keeps what is to be told."""

    c: Community
    people: People
    office: Office
    settled: Settled
    work: Work
    used: set[str] = field(default_factory=set)
    expected: list[Expected] = field(default_factory=list)

    def tell(self, code: str, row: Row | tuple[Row, ...], header: str, note: str, *, later: bool = False) -> None:
        """A check must tell this rule at that cell."""
        self.expected.append(Expected(code, severity(code), row if isinstance(row, tuple) else (row,), header, note, later))

    def period(self, ok: Callable[[Period], bool] = lambda p: True, *, named: bool = False, any_kind: bool = False) -> Period:
        """A current period of a dwelling that is free; named: the ledgers may name the house."""
        free = [
            p for p in self.settled.periods
            if p.ended is None and p.file is not None and p.house.house not in self.used and p.house.house not in self.c.shared
            and (named or p.house.house not in self.work.named) and p.file["档案状态"] == "在库"
            and (any_kind or (p.house["房屋用途"] == "住宅" and p.owners[0]["证件类型"] == "居民身份证" and p.house.house not in self._resold))
            and ok(p)
        ]  # fmt: skip
        return self.take(free)

    @property
    def _resold(self) -> set[str]:
        return {p.house.house for p in self.settled.periods if p.ended is not None}

    def former(self, fate: str, ok: Callable[[Period], bool] = lambda p: True) -> Period:
        """A period that has ended."""
        return self.take([p for p in self.settled.periods if p.fate == fate and p.ended is not None and p.house.house not in self.used and ok(p)])

    def successor(self, left: Period) -> Period:
        """The current period of a house whose owner left."""
        return next(q for q in self.settled.periods if q.house is left.house and q.ended is None)

    def file_of(self, q: Period) -> Row:
        """The file of a period that has one."""
        assert q.file is not None
        return q.file

    def unlent(self, q: Period) -> bool:
        """Whether the file of a period was never asked for."""
        return not any(self.c.rows("借阅", 档号=self.file_of(q)["档号"]))

    def take(self, free: list[Period]) -> Period:
        """One of these; its house is used up."""
        p = self.c.rng.choice(free)
        self.used.add(p.house.house)
        return p

    def sole(self, ok: Callable[[Row], bool] = lambda r: True) -> Row:
        """The row of a current owner who has no other."""
        return self.period(lambda p: len(p.owners) == 1 and ok(p.owners[0])).owners[0]

    def house(self, ok: Callable[[Row], bool] = lambda r: True) -> Row:
        """The row of a house; the ledgers may name its file, but no change of the house itself."""
        changed = {r.house for r in self.c.rows("变更", 对象表="房屋")}
        return self.period(lambda p: p.house.house not in changed and ok(p.house), named=True).house

    def row(self, sheet: str, ok: Callable[[Row], bool] = lambda r: True) -> Row:
        """A row of another sheet whose house has no mistake yet."""
        free = [r for r in self.c.tables[sheet] if r.house not in self.used and r.house not in self.c.shared and ok(r)]
        r = self.c.rng.choice(free)
        self.used.add(r.house)
        return r

    def member(self, ok: Callable[[Row], bool] = lambda r: True) -> Row:
        """Somebody of a household."""
        return self.row("家庭成员", lambda r: r["居住状态"] == "在住" and ok(r))

    def renumber_file(self, file: Row, number: str) -> None:
        """Give a file another number wherever it is named."""
        old = file["档号"]
        for sheet in ("档案", "材料", "借阅", "审核", "处置"):
            for r in self.c.rows(sheet, 档号=old):
                r["档号"] = number
