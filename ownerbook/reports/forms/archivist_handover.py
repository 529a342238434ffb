"""交接清单: what an archivist who leaves hands over — open matters, files by place, keys — for both to sign (procedure §2.2)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from ownerbook.deadlines.columns import Whole
from ownerbook.register.register import Register
from ownerbook.reports.forms.listed import NO, TEXT, Column, Signing, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, CELL, CENTER, DAY, NUMBER, Value, form_pen
from ownerbook.reports.naming import Naming
from ownerbook.reports.palette import BLUE, NAVY
from ownerbook.schema.words import Text

KIND, SHEET, PLACES, KEYS = "archivist-handover", "未了事项", "档案分布", "钥匙与账号"
_ASK = ASK.but(align="center")
_THINGS = ("档案室钥匙", "档案柜钥匙", "印章", "登记簿所在的电脑和账号", "登记簿打开密码", "备份密码", "封存钥匙", "未归档的纸质材料")
_OPEN = (
    NO, Column("事项", 14, CENTER), Column("编号", 14, TEXT), Column("档号", 19, TEXT), Column("房号", 11, TEXT), Column("应办日期", 12, DAY),
    Column("说明", 34, CELL.but(wrap=True)), Column("已交接", 8, _ASK),
)  # fmt: skip
_PLACES = (
    NO, Column("存放位置", 20, TEXT), Column("档案数", 10, NUMBER), Column("借出", 8, NUMBER), Column("清点", 10, _ASK), Column("备注", 24, ASK),
)  # fmt: skip
_KEYS = (NO, Column("项目", 34), Column("数量", 10, _ASK), Column("已交接", 10, _ASK), Column("备注", 34, ASK))
_SIGN = ("移交人", "接收人", "监交人", "日期")


def write_archivist_handover(path: Path, register: Register, workspace: str, *, person: int = -1, how: Manner = CHINESE) -> tuple[int, int]:
    """What one of the staff (a row of 人员; -1: everybody) has open, and all files by place. Gives how many open matters and files there are.

    Raises PenError.
    """
    book, name = Whole(register), Naming(register, masked=how.masked)
    rows = [(n, *cells, None) for n, cells in enumerate(_open(book, name, person, how), 1)]
    places, held = _places(book, name)
    told = name.staff(person).text if person >= 0 else ""
    about = f"{workspace}    {register.today.isoformat()}    {told}".rstrip()
    signed = Signing(Text("以上已逐项交接清楚，不符的写在备注。", "Handed over item by item; what differs stands under 备注."), _SIGN)
    with form_pen(path, KIND, "档案管理交接清单", as_of=register.today, workspace=workspace, how=how) as pen:
        hint = Text("由移交人经手、还没有办完的事；交接后由接收人续办。", "What is under way in their hands; the receiver goes on with it.")
        write_list(pen.page(SHEET, colour=NAVY), SHEET, about, hint, _OPEN, rows, signed, ("已交接",), how)
        counted = [(n, *cells, None, None) for n, cells in enumerate(places, 1)]
        hint = Text("按登记簿的存放位置；逐盒清点后签字。", "By the register; count box by box.")
        write_list(pen.page(PLACES, colour=BLUE), PLACES, about, hint, _PLACES, counted, signed, ("清点", "备注"), how)
        things: list[tuple[Value, ...]] = [(n, t, None, None, None) for n, t in enumerate(_THINGS, 1)]
        hint = Text("密码当面交接后立即更换，不写在纸上。", "Passwords are changed at once after they were told, and never written down.")
        write_list(pen.page(KEYS, colour=BLUE), KEYS, about, hint, _KEYS, things, signed, ("数量", "已交接", "备注"), how)
    return len(rows), held


def _open(book: Whole, name: Naming, person: int, how: Manner) -> list[tuple[Value, ...]]:
    out: list[tuple[Value, ...]] = []

    def take(sheet: str, field: str, wanted: np.ndarray, what: Text, due: str = "", note: str = "") -> None:
        columns = getattr(book, sheet)
        mine = columns.acting(field).person == person if person >= 0 else np.ones(len(columns), bool)
        files = columns.ref("file_no").row if book.has(f"{sheet}.file_no") and sheet != "files" else None
        for row in np.flatnonzero(wanted & mine).tolist():
            file = row if sheet == "files" else int(files[row]) if files is not None else -1
            day = name.day(sheet, due, row) if due else None
            key = name.key(sheet, row)
            told = name.found(sheet, note, row) if note else ""
            where = (name.key("files", file), name.house("files", file)) if file >= 0 else (None, None)
            out.append((how.brief(what), key, *where, None if isinstance(day, Text) else day, told or None))

    if book.has("loans.returned_on") and book.has("loans.lent_on") and book.has("loans.handled_by"):
        take("loans", "handled_by", book.loans.lent_on.ok & book.loans.returned_on.blank, Text("借出未还", "on loan"), "due_on")
    if book.has("audits.result") and book.has("audits.rectified_on") and book.has("audits.rectify_by_staff"):
        wanted = book.audits.result.is_("不合格") & book.audits.rectified_on.blank
        take("audits", "rectify_by_staff", wanted, Text("整改未完成", "to be rectified"), "rectify_by", "finding")
    if book.has("changes.decision") and book.has("changes.done_on") and book.has("changes.handled_by"):
        wanted = ~book.changes.decision.is_("不同意") & book.changes.done_on.blank
        take("changes", "handled_by", wanted, Text("变更未办结", "change under way"), note="field")
    if book.has("files.status") and book.has("files.created_by"):
        take("files", "created_by", book.files.status.is_("待整理"), Text("档案待整理", "file to arrange"))
    if book.has("disposals.executed_on") and book.has("disposals.appraised_by"):
        take("disposals", "appraised_by", book.disposals.executed_on.blank, Text("处置办理中", "disposal under way"), note="kind")
    return out


def _places(book: Whole, name: Naming) -> tuple[list[tuple[Value, ...]], int]:
    if not (book.has("files.location") and book.has("files.status")):
        return [], 0
    gone = book.files.status.is_("已移交", "已销毁")
    lent = book.files.status.is_("借出")
    held: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for row in np.flatnonzero(~gone).tolist():
        place = name.found("files", "location", row) or "—"
        held[place] += 1
        out[place] += bool(lent[row])
    return [(p, held[p], out[p]) for p in sorted(held)], sum(held.values())
