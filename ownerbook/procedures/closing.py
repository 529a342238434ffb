"""What a change of ownership leaves behind: the files of the period that ended, and the people who lived there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ownerbook.procedures.registration import said
from ownerbook.schema.words import Personal, Text

if TYPE_CHECKING:
    from ownerbook.procedures.leaving import Parting
    from ownerbook.procedures.taking import Taking

_ARCHIVE = Text("产权周期已结束，建议归档；批准和执行另办", "the ownership period is over; archiving is proposed, approval comes later")
_MOVED = Text("原业主登记的家庭成员，是否已随迁", "registered under the former owner; has this person left as well")
_LEASE = Text("租户：买卖不破租赁，租约是否继续", "a tenant: a lease outlives a sale; does it go on")
_TAKES_OVER = Text("档案的业主已转出，改由留下的业主接续", "the owner named by the file left; one who stays takes over")


def close_files(t: Taking, old: list[int], owners: list[int], p: Parting, since: date) -> None:
    """The files of the house: one whose owner left and whose period goes on is taken over, else it is proposed for 归档."""
    named = t.register.reference("files", "owner_no").row if "files" in t.register.tables else ()
    for file in old:
        number = t.at.key("files", file)
        if p.staying:
            if int(named[file]) in p.leaving:
                heir = t.at.key("owners", next(iter(p.staying)))
                change = t.write.cell("files", file, "owner_no", heir, _TAKES_OVER, evidence=t.proof)
                t.act.changes += [change] if change is not None else []
                t.tell("接续档案", "File goes on", f"{number} 继续使用，业主改为 {heir}", f"{number} goes on, its owner is now {heir}")
            continue
        if int(named[file]) not in owners:
            continue  # of an earlier period
        _close(t, file, number, since)


def _close(t: Taking, file: int, number: str, since: date) -> None:
    retention = t.at.found("files", "retention", file)
    place = t.at.found("files", "location", file) or "没有写存放位置"
    zh, en = f"{number}，保管期限 {retention}，自迁出日期起算，放在 {place}", f"{number}, retention {retention}, at {place}"
    t.tell("原档案", "Old file", zh, en)
    barred = False
    if (loan := t.at.loan(file)) >= 0:
        barred = True
        key, due = t.at.key("loans", loan), t.at.found("loans", "due_on", loan)
        who = {"who": Personal(t.at.found("loans", "borrower", loan), "name")}
        zh = f"原档案 {number} 正借出（{key}，{{who}}，应还 {due or '未写'}），请催还；归还后再归档"
        t.tell_open("借阅", "Loan", zh, f"the old file {number} is lent ({key}, {{who}}, due {due}); get it back, then archive it", who)
    for row in t.at.rectifications(file):
        barred = True
        key, until = t.at.key("audits", row), t.at.found("audits", "rectify_by", row)
        zh = f"原档案 {number} 有未结整改（{key}，期限 {until or '未写'}），结清后再归档"
        t.tell_open("整改", "Rectification", zh, f"the old file {number} has an open rectification ({key}); settle it, then archive the file")
    if t.at.held_back(file):
        barred = True
        until, why = t.at.found("files", "hold_until", file), t.at.found("files", "hold_reason", file)
        zh = f"原档案 {number} 暂缓处置至 {until}（{why or '未写原因'}），不能归档"
        t.tell_open("暂缓处置", "On hold", zh, f"the old file {number} is on hold until {until} and is not archived")
    if barred:
        return
    if not t.form.appraiser or "disposals" not in t.register.tables:
        zh = f"原档案 {number} 请鉴定后归档：在表上写鉴定人，或用 ownerbook form 归档清单"
        t.tell_open("归档", "Archiving", zh, f"the old file {number} is to be appraised and archived: name who appraises")
        return
    key = t.numbers.next("disposals")
    values = {
        "disposal_no": said(key),
        "file_no": said(number),
        "kind": said("归档"),
        "basis": said(f"产权周期结束，保管期限 {retention}，自迁出日期起算"),
        "reason": said(f"{t.form.reason}，{since.isoformat()} 产权转移"),
        "appraised_by": said(t.form.appraiser),
        "appraised_on": said(t.day),
    }
    t.act.changes.append(t.write.new("disposals", values, _ARCHIVE))
    by = {"by": Personal(t.form.appraiser, "staff")}
    zh = f"原档案 {number} 提请归档（{key}，{{by}} 鉴定），待批准、执行"
    t.tell("归档", "Archiving", zh, f"archiving of {number} is proposed ({key}, appraised by {{by}}); approval and execution follow", by)


def ask_household(t: Taking, since: date) -> None:
    """Who was registered there before: each is asked about by itself, outside the act. Tenants stay unless somebody says otherwise."""
    names = {n.text("name") for n in (*t.form.members, *t.form.owners, t.form.helper)}
    if "household" not in t.register.tables:
        return
    asked: dict[str, list[str]] = {"family": [], "tenant": []}
    for row in t.at.members(t.row):
        name = t.at.found("household", "name", row)
        entered = t.held_day("household", "registered_on", row)
        if name in names or (entered is not None and entered >= since):
            continue
        tenant = t.at.found("household", "relation", row) == "租户"
        why = _LEASE if tenant else _MOVED
        change = t.write.cell("household", row, "status", "迁出", why, verdict="question", alone=True, evidence=t.proof)
        if change is not None:
            t.act.changes.append(change)
            asked["tenant" if tenant else "family"].append(name)
    for kind, zh, en in (
        ("family", "是否已随原业主迁出，逐人另有一项询问", "whether they left with the former owner is asked one by one"),
        ("tenant", "是租户，买卖不破租赁，租约是否继续另有一项询问", "tenants; a lease outlives a sale, whether it goes on is asked"),
    ):
        if mine := asked[kind]:
            values = {f"n{i}": Personal(n, "name") for i, n in enumerate(mine)}
            who = "、".join(f"{{n{i}}}" for i in range(len(mine)))
            t.tell_open("同住人", "Lives there", f"{who} {zh}", f"{who}: {en}", values)
