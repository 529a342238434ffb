"""R18: 上次审核日期 is not the day of the file's latest audit."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines import audits
from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="R18",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("上次审核日期与审核表不一致", "Last audit disagrees with 审核"),
    message=Text("上次审核日期 {found} 与「审核」表不一致（{latest}）", "last audited on {found}, but 审核 has {latest}"),
    why=Text("下次审核按上次审核推算，日期不对就会漏审。", "The next audit counts from the last; with a wrong day it is missed."),
    fix=Text("改为「审核」表里最近一次的日期，或补登漏记的审核。", "Enter the latest day of 审核, or enter the audit that is missing there."),
    needs=audits.LAST_NEEDS,
    wrong="""
        档案: 档号 | 上次审核日期
        YG-1-1-101-01 | «2026-05-06»
        YG-1-1-102-01 | «2026-01-02»

        审核: 审核单号 | 档号 | 审核日期
        S1 | YG-1-1-101-01 | 2025-05-05
        S2 | YG-1-1-101-01 | 2026-05-05
    """,
    right="""
        档案: 档号 | 上次审核日期
        YG-1-1-101-01 | 2026-05-05
        YG-1-1-102-01 | 2024-12-31
        YG-1-1-103-01 |
        YG-1-1-104-01 | 2026-03-03
        YG-1-1-105-01 | 2026-04-04
        YG-1-1-106-01 | t:去年
        YG-1-1-107-01 | 2026-05-05
        YG-1-1-107-01 | 2026-05-05

        审核: 审核单号 | 档号 | 审核日期
        S1 | YG-1-1-101-01 | 2025-01-01
        S2 | YG-1-1-101-01 | 2026-05-05
        S3 | YG-1-1-103-01 | 2026-05-05
        S4 | YG-1-1-104-O1 | 2026-03-03
        S5 | YG-1-1-105-01 | t:上月
        S6 | YG-1-1-106-01 | 2026-05-05
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Without any audit a day before the first one on 审核 passes. A day on which an audit stands that names no file proves nothing."""
    f, a = v.files, v.audits
    last = audits.last_audits(v)
    written, day = f.audited_on, a.audited_on
    wrong = written.ok & last.sure & f.file_no.ok & ~f.keys.is_doubled(f.file_no.ids) & (written.days != last.day)
    before = np.where(day.ok, day.days, np.int32(2**31 - 1)).min(initial=2**31 - 1)
    wrong &= (last.day != NO_DAY) | (written.days >= before)
    astray = (a.ref("file_no").row < 0) & day.ok
    wrong &= ~(np.isin(written.days, day.days[astray]) & (written.days > last.day))

    def latest(row: int) -> dict[str, object]:
        return {"latest": iso(last.day[row]) if last.day[row] != NO_DAY else Text("没有该档案的审核", "no audit of it")}

    yield Hit("files", rows(wrong), "audited_on", latest, lambda r: iso(last.day[r]) if last.day[r] != NO_DAY else None)
