"""M06: a disposal of a file on loan, under an open rectification or on hold."""

from collections.abc import Iterator

import numpy as np

from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.disposals import days
from ownerbook.rules.view import View, iso, take, taken
from ownerbook.schema.cells import Bools, Ints
from ownerbook.schema.words import Text

CARD = Card(
    code="M06",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="auto",
    title=Text("有未结事项仍处置", "Disposal with business unfinished"),
    message=Text("{day} 处置档案 {file} 时{what}", "on {day} file {file} is disposed of although {what}"),
    why=Text(
        "在借、整改未完或暂缓处置的档案不得归档、销毁或移交。",
        "A file on loan, under rectification or on hold is not archived, destroyed or handed over.",
    ),
    fix=Text("从处置清单中剔除，待事项了结后再办。", "Take it off the list until the matter is settled."),
    needs=days.NEEDS
    + " files.hold_until loans? loans.file_no? loans.lent_on? loans.returned_on? loans.condition?"
    + " audits? audits.file_no? audits.result? audits.audited_on? audits.verified_on?",
    wrong="""
        今天 2026-10-31

        档案: 档号 | 暂缓处置至
        YG-1-1-101-01 |
        YG-1-1-102-01 |
        YG-1-1-103-01 | 未定
        YG-1-1-104-01 | 2026-10-31
        YG-1-1-105-01 |

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-101-01 | 归档 | «2026-03-01»
        Z2 | YG-1-1-102-01 | «移交» |
        Z3 | YG-1-1-103-01 | 销毁 | «2026-03-01»
        Z4 | YG-1-1-104-01 | «归档» |
        Z5 | YG-1-1-105-01 | 归档 | «2026-03-01»

        借阅: 借阅单号 | 档号 | 借出日期 | 归还日期 | 归还状态
        J1 | YG-1-1-101-01 | 2026-02-20 | 2026-03-02 |
        J2 | YG-1-1-102-01 | 2026-10-31 | |

        审核: 审核单号 | 档号 | 审核日期 | 审核结果 | 复核日期
        S1 | YG-1-1-105-01 | 2026-02-01 | 不合格 | 2026-03-02
    """,
    right="""
        今天 2026-10-31

        档案: 档号 | 暂缓处置至
        YG-1-1-101-01 |
        YG-1-1-102-01 | 2026-10-30
        YG-1-1-103-01 | 未定
        YG-1-1-104-01 | t:等通知
        YG-1-1-105-01 |

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-101-01 | 归档 | 2026-03-01
        Z2 | YG-1-1-102-01 | 归档 |
        Z3 | YG-1-1-103-01 | 归档 | 2026-03-01
        Z4 | YG-1-1-104-01 | 归档 |
        Z5 | YG-1-1-105-01 | 归档 | 2026-03-01

        借阅: 借阅单号 | 档号 | 借出日期 | 归还日期 | 归还状态
        J1 | YG-1-1-101-01 | 2026-02-20 | 2026-03-01 |
        J2 | YG-1-1-101-01 | 2026-10-20 | |
        J3 | YG-1-1-102-01 | 2026-01-20 | | 遗失
        J4 | YG-1-1-102-01 | 2026-01-20 | t:三月 |

        审核: 审核单号 | 档号 | 审核日期 | 审核结果 | 复核日期
        S1 | YG-1-1-105-01 | 2026-02-01 | 不合格 | 2026-03-01
        S2 | YG-1-1-105-01 | 2026-02-01 | 合格 |
        S3 | YG-1-1-105-01 | 2026-04-01 | 不合格 |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A hold says only until when, so an executed 归档 is not held against it: the hold may have come later."""
    f, d = v.files, v.disposals
    day, file = days.judged_on(v), d.ref("file_no").row
    judged = d.kind.ok & d.first & (file >= 0) & (day != NO_DAY)
    until = f.hold_until
    held = taken(until.ok, file) & ~(d.kind.is_("归档") & d.executed_on.ok)
    end = take(until.days, file, int(NO_DAY))
    on_hold = judged & held & ((end == NO_DAY) | (end >= day))
    seen = day + d.executed_on.blank  # of an executed one the first day of a span is left open, for it may have begun later that day
    lent = np.zeros(len(d), bool)
    if v.has("loans.file_no"):
        loans = v.loans
        back = np.where(loans.returned_on.blank & ~loans.condition.is_("遗失"), np.iinfo(np.int32).max, loans.returned_on.days)
        lent = judged & _within(file, seen, loans.ref("file_no").row, loans.lent_on.days, back, loans.lent_on.ok & (back != NO_DAY))
    wrong = np.zeros(len(d), bool)
    if v.has("audits.file_no") and v.has("audits.result"):
        a = v.audits
        done = np.where(a.verified_on.blank, np.iinfo(np.int32).max, a.verified_on.days)
        wrong = judged & _within(
            file, seen, a.ref("file_no").row, a.audited_on.days, done, a.result.is_("不合格") & a.audited_on.ok & (done != NO_DAY)
        )

    def values(row: int) -> dict[str, object]:
        if lent[row]:
            what = Text("它正在借出", "it was on loan")
        elif wrong[row]:
            what = Text("整改尚未复核", "a rectification was open")
        else:
            what = Text(f"它暂缓处置至 {f.hold_until.words.get(int(file[row])) or iso(end[row])}", "it was on hold")
        return {"day": iso(day[row]), "file": f.key_text(int(file[row])), "what": what}

    yield from days.told(v, lent | wrong | on_hold, values)


def _within(file: Ints, day: Ints, at: Ints, begins: Ints, ends: Ints, usable: Bools) -> Bools:
    """Per disposal whether its day lies inside a span of the same file; the first and the last day are outside."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for row in np.flatnonzero(usable & np.isin(at, file[file >= 0])):
        spans.setdefault(int(at[row]), []).append((int(begins[row]), int(ends[row])))
    return np.array([any(a < when < b for a, b in spans.get(f, ())) for f, when in zip(file.tolist(), day.tolist(), strict=True)], bool)
