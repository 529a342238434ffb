"""豁免 that staff ask for in a problem workbook: a row on 豁免 for someone with the right to approve; nothing there applies by itself."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ownerbook.calendar.months import add_months
from ownerbook.reconcile.change import Change, Origin, Said
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text

SHEET = "waivers"
_DAY = r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*[日号]?|\s*月(?:底|末)?)?"
_UNTIL = re.compile(
    rf"(?:截止日期|截止|截至|直到|至|到|until|till)\s*(?:于|为|[:\uff1a])?\s*(?:{_DAY}|(\d{{4}})\s*年?\s*(?:年底|底|末))|{_DAY}\s*(?:前|止|为止|以前|之前)",
    re.I,
)


def until_in(note: str) -> date | None:
    """The last day that a note names (至2027-06-30, 到2027年6月底, 2027.6.30前), None for none. A month means its last day."""
    found = None
    for m in _UNTIL.finditer(note):
        first = m[1] or m[5]
        if m[4]:
            found = date(int(m[4]), 12, 31)
            continue
        year, month, day = int(first), int(m[2] or m[6]), m[3] or m[7]
        if 1 <= month <= 12 and 1900 < year < 2200:
            last = monthrange(year, month)[1]
            found = date(year, month, last if day is None else min(max(1, int(day)), last))
    return found


def usual_end(listed: date | None, today: date) -> date:
    """Until when a waiver is asked for that names no day: a year from the day of the list, so that the same list asks the same every day."""
    end = add_months(listed, 12) if listed is not None else date(today.year + 1, 12, 31)
    return end if end > today else date(today.year + 1, 12, 31)


@dataclass(frozen=True, slots=True)
class WaiverAsked:
    """A waiver that somebody asks for. code: of the rule; sheet: field name; record: '' for the whole sheet; until: its last day.

    given: the day was named by who asks. others: how many more problems it would cover. disputed: another list answers the problem otherwise.
    """

    code: str
    sheet: str
    record: str
    reason: str
    until: date
    origin: Origin
    given: bool = True
    others: int = 0
    house: str = ""
    disputed: bool = False


def waivers(asked: Iterable[WaiverAsked]) -> list[Change]:
    """A new row of 豁免 for each problem, one for the same asked in several lists. 豁免编号 and 批准人 come with the approval."""
    rows: dict[tuple[str, str, str], WaiverAsked] = {}
    for a in asked:
        known = rows.get((a.code, a.sheet, a.record))
        if known is not None:
            name = "、".join(dict.fromkeys((*known.origin.name.split("、"), a.origin.name)))
            reason = known.reason if a.reason in known.reason else f"{known.reason}；{a.reason}"
            until = min(known.until, a.until) if known.given == a.given else known.until if known.given else a.until
            origin = replace(known.origin, name=name)
            a = replace(known, reason=reason, until=until, given=known.given or a.given, origin=origin, disputed=known.disputed or a.disputed)
        rows[a.code, a.sheet, a.record] = a
    return [_row(a) for a in rows.values()]


def _row(a: WaiverAsked) -> Change:
    values = {
        "rule": Said.of(a.code),
        "sheet": Said.of(BY_FIELD[a.sheet].name),
        "record": Said.of(a.record or None),
        "reason": Said.of(a.reason),
        "until": Said.of(a.until),
    }
    zh = "采用人登记为批准人，须有审核或处置批准权限；在「填写的值」写日期可改截止日期"
    en = "who takes it is entered as 批准人, and needs the right 审核 or 处置批准; a day beside the choice changes the last day"
    if not a.given:
        zh, en = f"{zh}；没有写截止日期，按一年", f"{en}; no last day was named, so a year"
    if a.others:
        zh, en = f"{zh}；同一记录的这条规则另有 {a.others} 个问题会一起豁免", f"{en}; it covers {a.others} more of this rule and record"
    if not a.record:
        zh, en = f"{zh}；会豁免整张表的这条规则", f"{en}; it covers the rule on the whole sheet"
    if a.disputed:
        zh, en = f"另一份清单对这个问题答得不一样；{zh}", f"another list answers this problem otherwise; {en}"
    kept = {f: s for f, s in values.items() if s.text}
    about = f"{a.code} {a.record}".strip()
    return Change("new", SHEET, about, "", None, None, None, a.origin, "question", Text(zh, en), a.house, values=kept)
