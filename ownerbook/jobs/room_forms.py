"""库房检查表 written, and read back as rows of 库房检查."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.signers import Signers
from ownerbook.jobs.filled_lists import _plain, _rows, day, person, place
from ownerbook.jobs.forms import needs, title_of
from ownerbook.register.proposal import Proposal
from ownerbook.register.register import Register
from ownerbook.schema.words import Text
from ownerbook.workbook.filled_form import FilledForm

if TYPE_CHECKING:
    from ownerbook.jobs.forms import Wanted
    from ownerbook.jobs.reading import Read
    from ownerbook.jobs.workspace import Workspace


def write_rooms(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """库房检查表 of every room; with --late only those that are due. Raises Unusable, PenError."""
    from ownerbook.reports.forms.room_check import write_room_check

    needs(read.register, "room_checks", "locations", "staff")
    within = 0 if wanted.late else None
    rooms, open_ = write_room_check(path, read.register, title_of(space), within=within, how=wanted.how)
    return Text(f"{rooms} 间，未完成措施 {open_} 项", f"{rooms} rooms, {open_} open measures")


def rooms(register: Register, form: FilledForm, today: date) -> Proposal:
    """What a filled 库房检查表 asks. Raises Unusable where the register lacks a sheet."""
    from ownerbook.deadlines.room_checks import ITEMS, Checked, Measure, rooms_checked
    from ownerbook.reports.forms.room_check import MEASURES, SHEET

    needs(register, "room_checks", "locations", "staff")
    lines = [
        Checked(
            place(r),
            _plain(r.text("档案室")),
            day(r, "检查日期"),
            r.text("检查人"),
            r.text("温度"),
            r.text("湿度"),
            {name: r.text(zh) for name, zh, _ in ITEMS if r.text(zh)},
            r.text("处理措施"),
            day(r, "完成日期"),
            r.text("备注"),
        )
        for r in _rows(form, SHEET)
        if set(r.cells) - {"序号"}
    ]
    measures = [
        Measure(place(r), _plain(r.text("检查编号")), day(r, "完成日期"), r.text("处理措施")) for r in _rows(form, MEASURES) if r.text("检查编号")
    ]
    return rooms_checked(Whole(register), lines, measures, today, Signers(Whole(register), person(register)))
