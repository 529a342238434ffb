"""A change of ownership as one act: who leaves is closed, who comes is entered, the file of the period that ended is proposed for 归档.

The form names everybody who owns the house from then on. Who is an owner already stays, with the share on the form; who is not on
the form leaves. Where nobody stays a new ownership period begins, with a file of its own; else the period and its file go on
(judging.md §6).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ownerbook.procedures.filing import Filing
from ownerbook.procedures.registration import Act, said
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.procedures.registering import Taking

_LEFT = Text("产权已转移，按登记表", "ownership passed on, by the form")
_SHARE = Text("登记表上的产权份额", "the share on the form")
_ARCHIVE = Text("产权周期已结束，建议归档；批准和执行另办", "the ownership period is over; archiving is proposed, approval comes later")
_MOVED = Text("原业主登记的家庭成员，是否已随迁", "registered under the former owner; has this person left as well")
_LEASE = Text("租户：买卖不破租赁，租约是否继续", "a tenant: a lease outlives a sale; does it go on")
_TAKES_OVER = Text("档案的业主已转出，改由留下的业主接续", "the owner named by the file left; one who stays takes over")


def transfer(t: Taking) -> Act:
    """What a form that changes ownership asks: one bundle, and after it the people who may have left, each by itself."""
    if not t.fit():
        return t.act
    owners = t.at.owners(t.row)
    if not owners:
        t.act.against.append(Text(f"{t.house} 没有现业主，请选首次登记", f"{t.house} has no current owner; choose 首次登记"))
        return t.act
    same = {id(n): t.known(n, owners) for n in t.form.owners}
    staying = [r for r in owners if r in same.values()]
    leaving = [r for r in owners if r not in staying]
    coming = [n for n in t.form.owners if same[id(n)] < 0]
    since = t.form.since or t.day
    if not leaving and not coming and t.form.reason != "份额变更":
        t.act.already = len(owners)
        t.act.notes.append(Text(f"{t.house} 的现业主已经是表上这些人", f"{t.house}: the register holds these owners already"))
        _household(t, since)
        return t.act
    late = [t.at.key("owners", r) for r in leaving if _from(t, r) > since]
    if late or since > t.register.today:
        told = f"取得日期 {since.isoformat()} "
        zh = told + ("在今天之后" if not late else f"早于原业主 {'、'.join(late)} 的迁入日期")
        t.act.against.append(Text(zh, f"the day of acquiring {since.isoformat()} is in the future or before the former owner's own"))
        return t.act
    old = t.at.files(t.row)
    keys = t.enter_owners(coming, since, others=bool(staying)) if coming else []
    filing = Filing(t)
    if not staying:
        t.open_file(keys[0], coming[0])
    elif old:
        filing.added(old[-1])
    proof = filing.proof()
    if not proof:
        zh = "没有交来证明产权变更的材料（变更证明或购房合同），采用前须写证明材料编号"
        t.act.notes.append(Text(zh, "no paper that proves the change came; its number is needed before it is taken"))
    _close(t, leaving, since, proof)
    _shares(t, same, proof)
    _files(t, old, owners, staying, leaving, since)
    t.enter_members()
    t.act.changes += t.of_house(first=False)
    _household(t, since)
    return t.act


def _from(t: Taking, row: int) -> date:
    column = t.register.column("owners", "owned_from")
    return t.day_of(int(column.days[row])) if column.ok[row] else date.min


def _close(t: Taking, leaving: list[int], since: date, proof: str) -> None:
    for row in leaving:
        for name, value in (("status", "原业主"), ("owned_to", since)):
            change = t.write.cell("owners", row, name, value, _LEFT, evidence=proof)
            if change is not None:
                t.act.changes.append(change)


def _shares(t: Taking, same: dict[int, int], proof: str) -> None:
    """Shares of those who stay; and exactly one main contact among all."""
    main = next((n for n in t.form.owners if t.value(n, "primary") == "是"), t.form.owners[0])
    for line in t.form.owners:
        row = same[id(line)]
        if row < 0:
            continue
        share = t.good[id(line)].get("share")
        wanted: list[tuple[str, object]] = [("share", share.value if share.value is not None else share.text)] if share and share.text else []
        if len(t.form.owners) > 1:
            wanted.append(("primary", "是" if line is main else "否"))
        elif not share and t.at.found("owners", "share", row):
            wanted.append(("share", 1.0))
        for name, value in wanted:
            change = t.write.cell("owners", row, name, value, _SHARE, evidence=proof)  # type: ignore[arg-type]
            if change is not None:
                t.act.changes.append(change)


def _files(t: Taking, old: list[int], owners: list[int], staying: list[int], leaving: list[int], since: date) -> None:
    """The files of the house: one whose owner left and whose period goes on is taken over, else it is proposed for 归档."""
    named = t.register.reference("files", "owner_no").row if "files" in t.register.tables else ()
    for file in old:
        number = t.at.key("files", file)
        if staying:
            if int(named[file]) in leaving:
                change = t.write.cell("files", file, "owner_no", t.at.key("owners", staying[0]), _TAKES_OVER)
                t.act.changes += [change] if change is not None else []
            continue
        if int(named[file]) not in owners:
            continue  # of an earlier period
        loan, open_ = t.at.loan(file), t.at.rectifications(file)
        if loan >= 0:
            key, who, due = t.at.key("loans", loan), t.at.found("loans", "borrower", loan), t.at.found("loans", "due_on", loan)
            zh = f"原档案 {number} 正借出（{key}，{who}，应还 {due}），请催还；归还后再归档"
            t.act.notes.append(Text(zh, f"the old file {number} is lent ({key}, due {due}); get it back, then archive it"))
        for row in open_:
            key, until = t.at.key("audits", row), t.at.found("audits", "rectify_by", row)
            zh = f"原档案 {number} 有未结整改（{key}，期限 {until or '未写'}），结清后再归档"
            t.act.notes.append(Text(zh, f"the old file {number} has an open rectification ({key}); settle it, then archive the file"))
        if t.at.held_back(file):
            t.act.notes.append(Text(f"原档案 {number} 暂缓处置，不能归档", f"the old file {number} is on hold and is not archived"))
        if loan >= 0 or open_ or t.at.held_back(file):
            continue
        retention = t.at.found("files", "retention", file)
        if not t.form.appraiser or "disposals" not in t.register.tables:
            zh = f"原档案 {number}（保管期限 {retention}）请鉴定后归档：在表上写鉴定人，或用 ownerbook form 归档清单"
            t.act.notes.append(Text(zh, f"the old file {number} (retention {retention}) is to be appraised and archived"))
            continue
        values = {
            "disposal_no": said(t.numbers.next("disposals")),
            "file_no": said(number),
            "kind": said("归档"),
            "basis": said(f"产权周期结束，保管期限 {retention}，自迁出日期起算"),
            "reason": said(f"{t.form.reason}，{since.isoformat()} 产权转移"),
            "appraised_by": said(t.form.appraiser),
            "appraised_on": said(t.day),
        }
        t.act.changes.append(t.write.new("disposals", values, _ARCHIVE))


def _household(t: Taking, since: date) -> None:
    """Who was registered there before: each is asked about by itself, outside the act. Tenants stay unless somebody says otherwise."""
    names = {n.text("name") for n in (*t.form.members, *t.form.owners, t.form.helper)}
    registered = t.register.column("household", "registered_on") if "household" in t.register.tables else None
    for row in t.at.members(t.row):
        if registered is None or t.at.found("household", "name", row) in names:
            continue
        if registered.ok[row] and t.day_of(int(registered.days[row])) >= since:
            continue
        tenant = t.at.found("household", "relation", row) == "租户"
        change = t.write.cell("household", row, "status", "迁出", _LEASE if tenant else _MOVED, verdict="question", alone=True)
        if change is not None:
            t.act.changes.append(change)
