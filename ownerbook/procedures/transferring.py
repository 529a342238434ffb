"""A change of ownership as one act: who leaves is closed, who comes is entered, the file of the period that ended is proposed for 归档.

The form names everybody who owns the house from then on (`leaving.parting`). Where nobody stays a new ownership period begins, with a
file of its own; else the period and its file go on (judging.md §6).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ownerbook.procedures.closing import ask_household, close_files
from ownerbook.procedures.entering import enter_members, enter_owners, of_form, share_told
from ownerbook.procedures.filing import Filing
from ownerbook.procedures.house_cells import of_house
from ownerbook.procedures.leaving import Parting, parting
from ownerbook.procedures.papers import PROOFS
from ownerbook.procedures.registration import Act
from ownerbook.reconcile.change import NOTHING, Change, Value
from ownerbook.schema.words import Personal, Text

if TYPE_CHECKING:
    from ownerbook.procedures.taking import Taking

_LEFT = Text("产权已转移，按登记表", "ownership passed on, by the form")
_SHARE = Text("登记表上的产权份额", "the share on the form")


def transfer(t: Taking) -> Act:
    """What a form that changes ownership asks: one bundle, and after it the people who may have left, each by itself."""
    if not t.fit():
        return t.act
    owners = t.at.owners(t.row)
    if not owners:
        t.against(f"{t.house} 没有现业主，请选首次登记", f"{t.house} has no current owner; choose 首次登记")
        return t.act
    p = parting(t, owners)
    since = t.form.since or t.day
    if t.act.against or _too_early(t, p, since):
        return t.act
    several = len(p.coming) + len(p.staying) > 1
    main = next((n for n in (*p.coming, *p.staying.values()) if t.value(n, "primary") == "是"), p.main)
    if not p.leaving and not p.coming and not _shares(t, p, main if several else None):
        return _done_before(t, owners, since)
    old = t.at.files(t.row)
    _told_leaving(t, p, since)
    keys = enter_owners(t, p.coming, since, main=main, several=several) if p.coming else []
    filing = Filing(t)
    if not old:
        t.tell_open("原档案", "Old file", f"{t.house} 没有档案，原业主的材料没有立卷；找到后请补建", f"{t.house} has no file of its former owners")
    if not p.staying:
        filing.opened(keys[0], p.coming[0])
    elif old:
        filing.added(old[-1])
        if int(t.register.reference("files", "owner_no").row[old[-1]]) not in p.leaving:
            number = t.at.key("files", old[-1])
            t.tell("接续档案", "File goes on", f"{number} 继续使用", f"{number} goes on")
    t.proof = filing.proof()
    _told_proof(t)
    _close(t, p.leaving, since)
    t.act.changes += _shares(t, p, main if several else None)
    close_files(t, old, owners, p, since)
    enter_members(t, of_form(t))
    t.act.changes += of_house(t, first=False, evidence=t.proof)
    ask_household(t, since)
    return t.act


def _done_before(t: Taking, owners: list[int], since: date) -> Act:
    """The register holds these owners already; who has left with the former ones is asked as long as nobody has said it."""
    t.act.already = len(owners)
    t.note(f"{t.house} 的现业主已经是表上这些人，没有再改", f"{t.house}: the register holds these owners already")
    files = t.at.files(t.row)
    held = t.at.papers(files[-1]) if files else []
    t.proof = next((t.at.key("documents", r) for k in PROOFS for r in held if t.at.found("documents", "doc_type", r) == k), "")
    if t.form.reason != "份额变更":
        ask_household(t, since)
    return t.act


def _too_early(t: Taking, p: Parting, since: date) -> bool:
    late = [t.at.key("owners", r) for r in p.leaving if (t.held_day("owners", "owned_from", r) or date.min) > since]
    if late:
        zh = f"取得日期 {since.isoformat()} 早于原业主 {'、'.join(late)} 的迁入日期"
        t.against(zh, f"the day of acquiring {since.isoformat()} is before the former owner's own")
    return bool(late)


def _told_leaving(t: Taking, p: Parting, since: date) -> None:
    for row in p.leaving:
        key, who = t.at.key("owners", row), {"who": Personal(t.at.found("owners", "name", row), "name")}
        began = t.at.found("owners", "owned_from", row) or "未写"
        zh = f"{{who}}（{key}），{began} 至 {since.isoformat()}，记为原业主，资料留存"
        t.tell("转出", "Leaves", zh, f"{{who}} ({key}), {began} to {since.isoformat()}; kept as a former owner", who)
    for row, line in p.staying.items():
        key, who = t.at.key("owners", row), {"who": Personal(t.at.found("owners", "name", row), "name")}
        was, share = share_told(t.at.found("owners", "share", row)), share_told(t.value(line, "share"))
        share = share or ("100%" if was and len(p.staying) == 1 and not p.coming else "")
        zh = f"{{who}}（{key}）{'，份额 ' + (was or '未写') + ' → ' + share if share else ''}"
        t.tell("留下", "Stays", zh, f"{{who}} ({key}){', share ' + (was or 'not said') + ' → ' + share if share else ''}", who)


def _told_proof(t: Taking) -> None:
    if t.proof:
        kind = next(c.values["doc_type"].text for c in t.act.changes if c.kind == "new" and c.record == t.proof and c.sheet == "documents")
        t.tell("证明材料", "Proof", f"{t.proof} {kind}", f"{t.proof} {kind}")
    else:
        zh = f"没有交来证明产权变更的材料（{'或'.join(PROOFS)}），采用前须写证明材料编号"
        t.tell_open("证明材料", "Proof", zh, "no paper that proves the change came; its number is needed before it is taken")


def _close(t: Taking, leaving: list[int], since: date) -> None:
    for row in leaving:
        for name, value in (("status", "原业主"), ("owned_to", since)):
            change = t.write.cell("owners", row, name, value, _LEFT, evidence=t.proof)
            if change is not None:
                t.act.changes.append(change)


def _shares(t: Taking, p: Parting, main: object) -> list[Change]:
    """Shares of those who stay; and exactly one main contact among all. main: the line of the main contact, None for a sole owner."""
    out = []
    for row, line in p.staying.items():
        share = t.good.get(id(line), {}).get("share", NOTHING)
        wanted: list[tuple[str, Value]] = [("share", share.typed)] if share.text else []
        if main is not None:
            wanted.append(("primary", "是" if line is main else "否"))
        else:
            if not share.text and t.at.found("owners", "share", row):
                text = isinstance(t.register.tables["owners"].held("share", row), str)
                wanted.append(("share", "100%" if text else 1.0))
            if t.at.found("owners", "primary", row):
                wanted.append(("primary", "是"))
        for name, value in wanted:
            change = t.write.cell("owners", row, name, value, _SHARE, evidence=t.proof)
            out += [change] if change is not None else []
    return out
