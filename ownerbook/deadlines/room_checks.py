"""Checks of the store (库房检查, register.md): measures that are still open, and what a filled 库房检查表 asks to be written.

What a check must say of itself is that of the sheet; a room is one of 位置; rule R30 wants 处理措施 wherever something is 异常.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from math import isfinite

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Columns, complete
from ownerbook.deadlines.filled_audit import NO, YES, at
from ownerbook.deadlines.registrations import Waiting
from ownerbook.deadlines.signers import Signed, Signers, day_of
from ownerbook.register.proposal import NewRow, NewValue, NextKeys, Proposal, Value
from ownerbook.schema.cells import Bools
from ownerbook.schema.words import Text

ITEMS: tuple[tuple[str, str, str], ...] = (("lock", "门锁", "lock"), ("fire", "消防", "fire"), ("damp", "防潮", "damp"), ("pests", "虫霉", "pests"))
"""What is looked at: the column, its Chinese and its English name."""
SOUND, BAD = "正常", "异常"
_CHECKED, _DONE, _CHECKER = Text("检查日期", "the day of the check"), Text("完成日期", "the day it was done"), Text("检查人", "who checked")


def unsound(book: Columns) -> Bools:
    """Per row of 库房检查 whether anything was 异常."""
    r = book.room_checks
    out: Bools = r.lock.is_(BAD) | r.fire.is_(BAD) | r.damp.is_(BAD) | r.pests.is_(BAD)
    return out


def open_measures(book: Columns) -> Waiting:
    """Checks that found something 异常 and name no 完成日期; due by the next check (库房检查周期 after this one)."""
    none = np.zeros(0, np.int32)
    if not complete(book, "room_checks", "check_no", "checked_on", "room", "lock", "fire", "damp", "pests"):
        return Waiting(none, none)
    r = book.room_checks
    rows = np.flatnonzero(unsound(book) & r.done_on.blank & r.checked_on.ok & r.first).astype(np.int32)
    return Waiting(rows, book.policy.room_check_cycle.after(r.checked_on.days[rows]).astype(np.int32))


def found_in(book: Columns, row: int) -> tuple[str, ...]:
    """The Chinese names of what a check found 异常."""
    r = book.room_checks
    return tuple(zh for name, zh, _ in ITEMS if getattr(r, name).is_(BAD)[row])


@dataclass(frozen=True, slots=True)
class Checked:
    """A line of the tick sheet. place: the line as a person finds it. marks: by column what stands under 门锁, 消防, 防潮, 虫霉."""

    place: Text
    room: str
    on: Signed = Signed()
    by: str = ""
    temperature: str = ""
    humidity: str = ""
    marks: dict[str, str] = field(default_factory=dict)
    action: str = ""
    done: Signed = Signed()
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in."""
        rest = (self.on.text, self.by, self.temperature, self.humidity, *self.marks.values(), self.action, self.done.text, self.note)
        return not any(rest)


@dataclass(frozen=True, slots=True)
class Measure:
    """A line of the open measures: the check that found it, the day on which it was done, and what was done where the register lacks it."""

    place: Text
    check_no: str
    done: Signed
    action: str = ""


def rooms_checked(book: Columns, lines: list[Checked], measures: list[Measure], today: date, signers: Signers) -> Proposal:
    """What the sheet asks to be written: a new row of 库房检查 a line, and 完成日期 of measures that are done."""
    out, keys, blank, again = Proposal(), NextKeys(book.room_checks.check_no, "KJ0001"), 0, 0
    r, places = book.room_checks, book.locations
    known = {places.room.text(int(row)) for row in np.flatnonzero(places.room.ok)}
    held = {(r.room.text(int(row)), int(r.checked_on.days[row])) for row in np.flatnonzero(r.room.ok & r.checked_on.ok)}
    seen: set[tuple[str, int]] = set()
    for line in lines:
        if line.empty:
            blank += bool(line.room)
            continue
        said = _said(line, known, today, signers)
        if isinstance(said, Text):
            out.against.append(at(line.place, line.room, said))
            continue
        day = said["checked_on"]
        assert isinstance(day, date)
        key = (line.room, day.toordinal() - EPOCH)
        if key in seen:
            out.against.append(
                at(line.place, line.room, Text("单上同一间同一天写了两行，只取第一行", "twice on the sheet; only the first line is taken"))
            )
        elif key in held:
            again += 1
        else:
            seen.add(key)
            out.rows.append(NewRow("room_checks", {"check_no": keys.next(), **said}))
    again += _measures(book, measures, today, out)
    if again:
        out.notes.append(Text(f"{again} 行已登记过，未重复", f"{again} lines were entered before"))
    if blank:
        out.notes.append(Text(f"{blank} 间没有填写，仍算待查", f"{blank} rooms were not filled in and are still to be checked"))
    return out


def _said(line: Checked, known: set[str], today: date, signers: Signers) -> dict[str, Value] | Text:
    """What the line says of the check, or what is wrong with it."""
    if line.room not in known:
        return Text(f"「位置」表里没有档案室「{line.room}」" if line.room else "没有写档案室", "the room is not on 位置")
    day = day_of(_CHECKED, line.on, today)
    if isinstance(day, Text):
        return day
    by = signers.holding(_CHECKER, line.by, "", day)
    if isinstance(by, Text):
        return by
    out: dict[str, Value] = {"checked_on": day, "room": line.room, "checked_by": by[0]}
    for name, zh, text, least, most in (("temperature", "温度", line.temperature, -40, 60), ("humidity", "湿度", line.humidity, 0, 100)):
        if text:
            number = _number(text)
            if number is None or not least <= number <= most:
                return Text(f"{zh}「{text}」应为 {least} 到 {most} 之间的数", f"{name} {text} is no number from {least} to {most}")
            out[name] = number
    bad = []
    for name, zh, en in ITEMS:
        mark = line.marks.get(name, "")
        value = SOUND if mark == SOUND or mark in YES else BAD if mark == BAD or mark in NO else ""
        if not value:
            wrong = f"{zh}「{mark}」应为 正常 或 异常" if mark else f"没有填{zh}"
            return Text(wrong, f"{en}: {mark or 'nothing'} is neither 正常 nor 异常")
        out[name] = value
        if value == BAD:
            bad.append(zh)
    if bad and not line.action:
        return Text(f"{'、'.join(bad)}异常，没有写处理措施", "something is 异常 and no measure (处理措施) is named")
    if line.action:
        out["action"] = line.action
    if line.done.text:
        done = day_of(_DONE, line.done, today, day.toordinal() - EPOCH, _CHECKED)
        if isinstance(done, Text):
            return done
        out["done_on"] = done
    return out | ({"note": line.note} if line.note else {})


def _measures(book: Columns, measures: list[Measure], today: date, out: Proposal) -> int:
    """Proposes 完成日期 of open measures; gives how many lines say what the register holds already."""
    r, again = book.room_checks, 0
    by_no = {r.check_no.text(int(row)): int(row) for row in np.flatnonzero(r.check_no.ok & r.first)}
    for line in measures:
        row = by_no.get(line.check_no, -1)
        if row < 0 and line.done.text:
            out.against.append(at(line.place, line.check_no, Text("库房检查表里没有这个编号", "not on 库房检查")))
        if row < 0:
            continue
        lacks = bool(r.action.blank[row]) if r.action.present else False
        if lacks and line.action:
            out.values.append(NewValue("room_checks", row, "action", line.action, ""))
        if not line.done.text:
            continue
        if lacks and not line.action:
            out.against.append(at(line.place, line.check_no, Text("没有写处理措施", "no measure (处理措施) is named")))
            continue
        after = int(r.checked_on.days[row]) if r.checked_on.ok[row] else None
        day = day_of(_DONE, line.done, today, after, _CHECKED)
        if isinstance(day, Text):
            out.against.append(at(line.place, line.check_no, day))
        elif r.done_on.blank[row]:
            out.values.append(NewValue("room_checks", row, "done_on", day, ""))
        elif r.done_on.ok[row] and int(r.done_on.days[row]) == day.toordinal() - EPOCH:
            again += 1
        else:
            out.against.append(at(line.place, line.check_no, Text("登记簿里已写了另一个完成日期", "the register names another day already")))
    return again


def _number(text: str) -> float | int | None:
    """21.5, typed as 21.5℃, 52%."""
    try:
        number = float(text.strip().rstrip("℃%\uff05度Cc°").strip())
    except ValueError:
        return None
    if not isfinite(number):
        return None
    return int(number) if number == int(number) else number
