"""The store and what owners think, as tables of the month: rooms checked, satisfaction by month, service needs; small counts are not told.

The sheet 满意度 holds sums only; what was not recorded is shown as —, never as 0; what is smaller than policy 统计最小单元 (register.md) is a dot.
"""

from __future__ import annotations

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole, complete, positions
from ownerbook.deadlines.month import Month
from ownerbook.deadlines.other_duties import room_checks
from ownerbook.deadlines.room_checks import ITEMS, open_measures
from ownerbook.register.register import Register
from ownerbook.register.understood import NO_DAY
from ownerbook.reports.many_rows import Value
from ownerbook.reports.monthly.content import Col, Part
from ownerbook.reports.monthly.profile import Audience
from ownerbook.reports.monthly.statistics_sheet import HIDDEN
from ownerbook.reports.naming import a_day
from ownerbook.schema.words import Text

NOTHING = "—"


def rooms(register: Register, month: Month, who: Audience) -> Part:
    """Every room of 位置: its checks in the month, what they found, the next one, measures that are not done."""
    columns = [
        Col("room", Text("档案室", "Room"), "text", 12),
        Col("checks", Text("本月检查", "Checks"), "count", 11),
        *(Col(key, Text(f"{zh}异常", f"{en.capitalize()} not sound"), "count", 11) for key, zh, en in ITEMS),
        Col("last", Text("上次检查", "Checked last"), "day", 13),
        Col("due", Text("下次应查", "Due"), "day", 13),
        Col("open", Text("未完成措施", "Measures open"), "count", 13),
    ]
    about = Text("检查周期按制度；未完成措施：有异常而没有完成日期", "open: something was not sound and no day says that it was put right")
    out = Part("rooms", Text("库房检查", "Room checks"), about, columns)
    if not ("room_checks" in register.tables and "locations" in register.tables):
        out.absent = Text("没有「库房检查」表或「位置」表", "there is no sheet 库房检查 or 位置")
        return out
    book, today = Whole(register), register.today.toordinal() - EPOCH
    names, waiting = room_checks(book)
    if not names:
        return out
    r = book.room_checks
    mine = r.first & month.holds(r.checked_on) & r.room.ok
    left = open_measures(book).rows
    for name, last, due in zip(names, waiting.rows.tolist(), waiting.due.tolist(), strict=True):
        here = r.room.ok & (r.room.ids == book.id_of(name))
        found: list[Value] = [int((here & mine & getattr(r, key).is_("异常")).sum()) or None for key, *_ in ITEMS]
        before = a_day(int(r.checked_on.days[last])) if last >= 0 else None
        next_ = a_day(due) if due != NO_DAY else None
        days: list[Value] = [None if d is None or isinstance(d, Text) else d for d in (before, next_)]
        open_ = int(here[left].sum())
        out.rows.append((who.cell("room", name), int((here & mine).sum()), *found, *days, open_ or None))
        out.tints.append("late" if last < 0 or due < today or open_ else "")
    return out


def satisfaction(register: Register, month: Month, who: Audience) -> Part:
    """Twelve months of 满意度 that end with this one; a month that has no row is a row of —."""
    columns = [
        Col("month", Text("月份", "Month"), "center", 12),
        Col("asked", Text("调查份数", "Asked"), "center", 12),
        Col("answered", Text("回收份数", "Answered"), "center", 12),
        Col("back", Text("回收率", "Came back"), "center", 12),
        Col("satisfied", Text("满意份数", "Satisfied"), "center", 12),
        Col("rate", Text("满意率", "Satisfaction"), "center", 14),
        Col("complaints", Text("投诉件数", "Complaints"), "center", 12),
    ]
    k = max(1, int(register.policy.small_cell))
    about = Text(
        f"满意率 = 满意 ÷ 回收；没有数据的写 —，不足 {k} 份的写 {HIDDEN}；不满意的不足 {k} 份时，满意率只写下限",
        f"satisfied ÷ answered; —: no data; {HIDDEN}: fewer than {k}; with fewer than {k} not satisfied only a lower bound is told",
    )
    out = Part("satisfaction", Text("满意度", "Satisfaction"), about, columns, counted=0)
    if "satisfaction" not in register.tables:
        out.absent = Text("没有「满意度」表", "there is no sheet 满意度")
        return out
    book = Whole(register)
    if not complete(book, "satisfaction", "month", "asked", "answered", "satisfied"):
        out.absent = Text("「满意度」表缺列，不能汇总", "columns of 满意度 are missing")
        return out
    s = book.satisfaction
    by_month = {s.month.text(row): row for row in map(int, positions(s.first & s.month.ok))}
    for m in month.twelve():
        row = by_month.get(m.name, -1)
        got = [int(c.numbers[row]) if row >= 0 and c.ok[row] else None for c in (s.asked, s.answered, s.satisfied, s.complaints)]
        out.rows.append((m.name, *told(got[0], got[1], got[2], got[3], k)))
        out.tints.append("" if row >= 0 else "waived")
    out.counted = sum(m.name in by_month for m in month.twelve())
    return out


def told(asked: int | None, answered: int | None, satisfied: int | None, complaints: int | None, k: int) -> tuple[str, ...]:
    """Asked, answered, the share that came back, satisfied, their share, complaints, as far as they may be told.

    No count between 1 and k - 1 is told, and none follows from what is told: with fewer than k not satisfied the share is a bound that
    holds for each of those numbers. Sums that contradict each other (R32) are not told at all.
    """
    if asked is None or answered is None or satisfied is None or not satisfied <= answered <= asked:
        return (*[NOTHING] * 5, safe(complaints, k))
    back = f"{answered / asked:.1%}" if asked and _told(answered, k) and _told(asked, k) else HIDDEN if asked else NOTHING
    first, last = (safe(asked, k), safe(answered, k), back), safe(complaints, k)
    if not answered:
        return (*first, NOTHING, NOTHING, last)
    if answered < k or 0 < satisfied < k:
        return (*first, HIDDEN, HIDDEN, last)
    if answered - satisfied < k:
        return (*first, HIDDEN, f"> {int((answered - k) * 100 / answered)}%" if answered >= 2 * k else HIDDEN, last)
    return (*first, str(satisfied), f"{satisfied / answered:.1%}", last)


def _told(count: int, k: int) -> bool:
    return count == 0 or count >= k


def safe(count: int | None, k: int) -> str:
    """A count as it may be told: — for none, a dot where it is smaller than k and not 0."""
    return NOTHING if count is None else str(count) if _told(count, k) else HIDDEN


def needs(register: Register, month: Month, who: Audience) -> Part:
    """How many owners asked for a service and agreed to have it noted; what may not be kept any longer. Nothing of what they asked for."""
    columns = [
        Col("what", Text("项目", "What"), "text", 44),
        Col("owners", Text("人数", "Owners"), "center", 12),
        Col("do", Text("怎么办", "What to do"), "text", 52),
    ]
    k = max(1, int(register.policy.small_cell))
    about = Text(f"只记人数，不记内容；不足 {k} 人写 {HIDDEN}", f"numbers only, nothing of what was asked for; {HIDDEN}: fewer than {k}")
    out = Part("needs", Text("服务需求", "Service needs"), about, columns, counted=0)
    book = Whole(register)
    if not (complete(book, "owners", "owner_no", "status") and book.has("owners.service_need")):
        out.absent = Text("没有「个性化服务需求」列", "there is no column 个性化服务需求")
        return out
    o, today = book.owners, register.today.toordinal() - EPOCH
    has = o.first & o.service_need.filled
    dated = np.zeros(len(o), bool)
    if book.has("owners.need_consent_on"):
        dated = o.need_consent_on.ok & (o.need_consent_on.days <= today)
    current, former = o.status.is_("现业主"), o.status.is_("原业主")
    lines = (
        (Text("现业主，需求已经本人同意", "current owners who agreed"), has & current & dated, Text("", "")),
        (
            Text("现业主，没有需求同意日期（不计入上一行）", "current owners without consent (not counted above)"),
            has & current & ~dated,
            Text("请本人同意并写日期，或删去", "ask for consent and date it, or delete it"),
        ),
        (
            Text("原业主，需求仍留着", "former owners whose need is still noted"),
            has & former,
            Text("用途已尽，应删去（ownerbook seal）", "no longer needed, to be dropped (ownerbook seal)"),
        ),
    )
    for words, rows, what in lines:
        n = int(rows.sum())
        out.rows.append((words.say(who.lang), safe(n, k), what.say(who.lang) if n else ""))
        out.tints.append("")
    return out
