"""Tenants in and out, by the page for tenants: 租户 on 家庭成员, the lease told, and whether the house's status follows asked.

Nothing about ownership changes; who owns the house is told, so that the clerk sees whose tenants they are (民法典 703, 725).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownerbook.procedures.entering import enter_members
from ownerbook.procedures.filing import Filing
from ownerbook.procedures.house_cells import of_house, status_asked
from ownerbook.procedures.registration import MOVED_IN, MOVED_OUT, Act
from ownerbook.schema.words import Personal, Text

if TYPE_CHECKING:
    from ownerbook.procedures.taking import Taking

TENANT = "租户"
LEASE_PAPERS = ("其他",)
_OUT = Text("租户登记表：已迁出", "the page for tenants: has left")
_WORDS = {MOVED_OUT: MOVED_OUT, "转出": MOVED_OUT, "搬出": MOVED_OUT, "已迁出": MOVED_OUT, MOVED_IN: MOVED_IN, "留下": MOVED_IN}


def tenants(t: Taking) -> Act:
    """What the page for tenants asks: one bundle, and the status of the house as a question beside it."""
    if not t.fit() or not _lease_fits(t):
        return t.act
    leaving, gone = _leaving(t)
    if t.act.against:
        return t.act
    owners = t.at.owners(t.row)
    if not owners:
        t.tell_open("登记人", "Registered by", f"{t.house} 没有现业主，请核对由谁出租", f"{t.house} has no current owner; who lets it")
    begin, end = t.form.lease
    lease = f"租期 {begin.isoformat() if begin else '未写'} 至 {end.isoformat() if end else '未写'}" if begin or end else ""
    lines = [n for n in t.form.members if not n.blank]
    if lines:
        if lease:
            t.tell("租期", "Lease", lease.removeprefix("租期 "), f"{begin or 'not said'} to {end or 'not said'}")
        else:
            t.tell_open("租期", "Lease", "没有写租期", "the lease's days are not said")
    coming = enter_members(t, lines, relation=TENANT, note=lease)
    if coming or leaving or not (lines or gone):
        _papers(t)
    for row in leaving:
        change = t.write.cell("household", row, "status", MOVED_OUT, _OUT, evidence=t.proof)
        if change is not None:
            t.act.changes.append(change)
            who = {"who": Personal(t.at.found("household", "name", row), "name")}
            t.tell("迁出", "Leaves", f"{{who}}（{t.at.key('household', row)}）", f"{{who}} ({t.at.key('household', row)})", who)
    t.act.changes += of_house(t, first=False, evidence=t.proof)
    if coming or (lines and not gone):
        status_asked(t, "出租")
    elif (leaving or gone) and not _others(t, leaving):
        status_asked(t, "空置")
    if not t.act.changes and not t.act.against:
        t.note(f"{t.house}：表上没有要登记的租户，也没有迁出的", f"{t.house}: nobody moves in or out by this page")
    return t.act


def _leaving(t: Taking) -> tuple[list[int], int]:
    """Rows of 家庭成员 that the page marks as gone, and how many of those marked are gone already; what cannot be is told as standing against it."""
    out, before = [], 0
    by_key = {t.at.key("household", r): r for r in t.at.members(t.row)}
    for one in t.form.current:
        key, going = one.text("member_no"), one.text("going")
        if not going:
            continue
        if going not in _WORDS:
            t.against(f"{one.place}：去留「{going}」应为 {MOVED_IN} 或 {MOVED_OUT}", f"{one.place}: {going} is neither {MOVED_IN} nor {MOVED_OUT}")
        elif key not in by_key:
            if not t.at.was_here("household", key, t.row):
                zh = f"{one.place}：{t.house} 没有登记过 {key or '（没有编号）'}，请核对成员编号"
                t.against(zh, f"{one.place}: {key} was never registered at {t.house}; check the number")
            elif _WORDS[going] == MOVED_OUT:
                before += 1
                zh = f"{one.place}：{key or '（没有编号）'} 不是 {t.house} 在住的人，可能已经登记迁出"
                t.note(zh, f"{one.place}: {key} does not live at {t.house} any more")
        elif _WORDS[going] == MOVED_OUT:
            out.append(by_key[key])
    return out, before


def _lease_fits(t: Taking) -> bool:
    begin, end = t.form.lease
    if begin and end and end < begin:
        t.against(f"租期止 {end.isoformat()} 早于租期起 {begin.isoformat()}", f"the lease ends {end} before it begins {begin}")
    return not t.act.against


def _papers(t: Taking) -> None:
    """The lease and other papers go into the file of the current owners."""
    files = t.at.files(t.row)
    filing = Filing(t)
    if files:
        filing.added(files[-1])
        t.proof = filing.proof(LEASE_PAPERS)
    elif any(n.text("form") for n in t.form.papers):
        t.tell_open("未采用", "Not taken", f"{t.house} 没有在用的档案，材料没有登记", f"{t.house} has no file in use; papers are not entered")


def _others(t: Taking, leaving: list[int]) -> bool:
    """Whether anybody else still lives there."""
    return any(r not in leaving for r in t.at.members(t.row))
