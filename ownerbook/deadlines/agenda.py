"""Everything that is due: one list over all subjects, most urgent first, each item with whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ownerbook.calendar.workdays import WorkCalendar
from ownerbook.deadlines.columns import Columns
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.scans import Disk
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.words import Text

NONE = int(NO_DAY)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do.

    kind: a key of `KINDS`. day: the last day in time, NO_DAY where it waits without a term. sheet, row: what it is about (row
    -1: the sheet as a whole). who: rows of 人员, several where any of them may; right: the right that the work asks for.
    about: what, in one sentence without anything personal. file: row of 档案, -1 for none. house: its canonical number, '' for none.
    """

    kind: str
    day: int
    sheet: str
    row: int
    about: Text
    who: tuple[int, ...] = ()
    right: str = ""
    file: int = -1
    house: str = ""

    def rank(self, today: int) -> tuple[int, int, int, int]:
        """Late before today before later; of late ones the graver kind, then the longest late."""
        if self.day == NONE:
            return 1, KINDS[self.kind].gravity, today, self.row
        late = self.day < today
        return (0 if late else 1 if self.day == today else 2), KINDS[self.kind].gravity if late else 0, self.day, self.row


@dataclass(frozen=True, slots=True)
class ItemKind:
    """What kind of work it is, and how grave it is that it is late: 0 before 1 before 2."""

    words: Text
    gravity: int


KINDS: dict[str, ItemKind] = {
    "loan-late": ItemKind(Text("催还", "overdue loan"), 0),
    "escalate": ItemKind(Text("督办逾期借阅", "long overdue loans"), 0),
    "incident": ItemKind(Text("事件未结", "open incident"), 0),
    "request": ItemKind(Text("答复请求", "request to answer"), 0),
    "rectify": ItemKind(Text("整改", "rectification"), 0),
    "loan-soon": ItemKind(Text("将到期借阅", "loan due"), 1),
    "loan-review": ItemKind(Text("审核借阅", "loan to decide"), 1),
    "loan-lend": ItemKind(Text("待借出", "loan agreed"), 2),
    "verify": ItemKind(Text("复核整改", "re-check"), 1),
    "change": ItemKind(Text("办理变更", "change"), 1),
    "approve": ItemKind(Text("批准处置", "disposal to approve"), 1),
    "execute": ItemKind(Text("执行处置", "disposal to carry out"), 1),
    "appraise": ItemKind(Text("到期鉴定", "appraisal"), 1),
    "hold": ItemKind(Text("暂缓到期", "hold ends"), 2),
    "registration": ItemKind(Text("登记业主", "registration"), 1),
    "filing": ItemKind(Text("建立档案", "file to open"), 1),
    "arrange": ItemKind(Text("整理档案", "file to arrange"), 1),
    "papers": ItemKind(Text("补齐材料", "missing papers"), 2),
    "audit": ItemKind(Text("审核档案", "audit"), 2),
    "sample": ItemKind(Text("月度抽查", "monthly sample"), 2),
    "scan": ItemKind(Text("电子件", "scan"), 2),
    "room-check": ItemKind(Text("库房检查", "check of the store"), 1),
    "document": ItemKind(Text("证件到期", "document runs out"), 2),
    "person": ItemKind(Text("人员", "staff"), 1),
    "answers": ItemKind(Text("核实问题", "problems to verify"), 2),
}


def agenda(book: Columns, calendar: WorkCalendar, today: int, within: int = 7, disk: Disk | None = None) -> list[Item]:
    """Everything late or due within so many days, most urgent first. A sheet that is not there asks for nothing.

    disk: where the scans lie; without it they are not looked at.
    """
    from ownerbook.deadlines import agenda_files, agenda_loans, agenda_others

    duties = Duties(book, today)
    parts: list[Iterator[Item]] = [
        agenda_loans.items(book, calendar, duties, today, within),
        agenda_files.items(book, duties, today, within, disk),
        agenda_others.items(book, duties, today, within),
    ]
    return sorted((item for part in parts for item in part), key=lambda item: item.rank(today))
