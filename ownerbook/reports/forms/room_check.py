"""库房检查表: the rooms of the store, a row each, to be filled in on a round; and measures that are not done. It is read back (`jobs.room_forms`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ownerbook.deadlines.other_duties import room_checks
from ownerbook.deadlines.room_checks import BAD, ITEMS, SOUND, found_in, open_measures
from ownerbook.register.declare import CLERK
from ownerbook.register.register import Register
from ownerbook.register.understood import NO_DAY
from ownerbook.reports.forms.archiving import people
from ownerbook.reports.forms.listed import HEADER_ROW, NO, TEXT, Column, Files, Signing, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, CELL, DAY, Value, form_pen
from ownerbook.reports.naming import a_day
from ownerbook.reports.palette import BLUE, FILL_IN, NAVY
from ownerbook.schema.words import Text

KIND = "room-check"
SHEET, MEASURES = "库房检查表", "未完成措施"
BLANK = 3
"""Rows for a room that is checked a second time."""
_MARK = ASK.but(align="center")
_DAY = DAY.but(fill=FILL_IN)
_COLUMNS = (
    NO,
    Column("档案室", 10, TEXT.but(align="center")),
    Column("上次检查", 11.5, DAY),
    Column("应查日期", 11.5, DAY),
    Column("检查日期", 12, _DAY),
    Column("检查人", 9, ASK.but(align="center", form="@")),
    Column("温度", 7, _MARK),
    Column("湿度", 7, _MARK),
    *(Column(zh, 7.5, _MARK) for _, zh, _ in ITEMS),
    Column("处理措施", 22, ASK),
    Column("完成日期", 12, _DAY),
    Column("备注", 12, ASK),
)
ASKED = ("检查日期", "检查人", "温度", "湿度", *(zh for _, zh, _ in ITEMS), "处理措施", "完成日期", "备注")


def write_room_check(
    path: Path, register: Register, workspace: str, *, room: str = "", within: int | None = None, how: Manner = CHINESE
) -> tuple[int, int]:
    """The sheet. room: only this one, all where it is ''. within: only rooms due so many days ahead (or never checked), None for all.

    Gives how many rooms stand on it and how many measures are open. Raises PenError.
    """
    files = Files(register, how)
    rooms, waiting = room_checks(files.book)
    checks = files.book.room_checks
    rows: list[tuple[Value, ...]] = []
    for name, last, due in zip(rooms, waiting.rows.tolist(), waiting.due.tolist(), strict=True):
        if (room and name != room) or (within is not None and last >= 0 and due > files.today + within):
            continue
        before = _day(int(checks.checked_on.days[last])) if last >= 0 else None
        rows.append((len(rows) + 1, name, before, _day(due), *[None] * 11))
    count = len(rows)
    rows += [(count + n, *[None] * 14) for n in range(1, BLANK + 1)]
    left = open_measures(files.book)
    still = [r for r in left.rows.tolist() if not room or checks.room.text(r) == room]
    by = dict(zip(left.rows.tolist(), left.due.tolist(), strict=True))
    with form_pen(path, KIND, SHEET, as_of=register.today, workspace=workspace, how=how) as pen:
        page = pen.page(SHEET, colour=NAVY)
        about = f"{workspace}    {register.today.isoformat()}    "
        told = how.brief(Text(f"{count} 间，检查周期 {register.policy.room_check_cycle}", f"{count} rooms, every {register.policy.room_check_cycle}"))
        hint = Text(
            "每间一行：检查日期、检查人（工号）、温度（℃）、湿度（%），门锁、消防、防潮、虫霉填正常或异常（√、× 也可以）。有异常的写处理措施，"
            "已处理完的写完成日期；没去的留空。填好放进「收件箱」，看过方案同意后写入。",
            "A line a room; 正常 sound or 异常 not (a tick or a cross will do). What is 异常 needs a measure; leave blank what was not visited.",
        )
        sign = Signing(Text("以上各间已按项检查。", "Checked room by room."), ("档案员", "日期"))
        write_list(page, SHEET, about + told, hint, _COLUMNS, rows, sign, ASKED, how)
        first, last_row = HEADER_ROW + 1, HEADER_ROW + len(rows)
        if rooms:
            page.choices(first, 2, last_row, 2, tuple(rooms), strict=False)
        page.choices(first, 9, last_row, 12, (SOUND, BAD), strict=False)
        people(page, files, CLERK, 6, last_row)
        columns = (
            NO,
            Column("检查编号", 12, TEXT),
            Column("档案室", 10, TEXT.but(align="center")),
            Column("检查日期", 12, DAY),
            Column("异常", 18, CELL),
            Column("处理措施", 34, ASK),
            Column("应完成日期", 12, DAY),
            Column("完成日期", 13, _DAY),
        )
        lines: list[tuple[Value, ...]] = []
        for n, r in enumerate(still, 1):
            action = files.name.found("room_checks", "action", r)
            head = (n, files.name.key("room_checks", r), files.name.found("room_checks", "room", r), _day(int(checks.checked_on.days[r])))
            lines.append((*head, "、".join(found_in(files.book, r)), action or None, _day(by[r]), None))
        page = pen.page(MEASURES, colour=BLUE)
        hint = Text(
            "处理完的写完成日期，登记簿里没有处理措施的补写；还没有处理完的留空。应完成日期为下次检查之日。",
            "Give the day where it is done; leave blank what is not.",
        )
        sign = Signing(Text("以上措施已核实完成。", "Seen to be done."), ("档案员", "日期"))
        write_list(page, "未完成的处理措施", about.strip(), hint, columns, lines, sign, ("处理措施", "完成日期"), how)
    return count, len(still)


def _day(day: int) -> date | None:
    found = a_day(day) if day != NO_DAY else None
    return found if isinstance(found, date) else None
