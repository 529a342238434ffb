"""K06: a file was lent again before it was back."""

from collections.abc import Iterator

import numpy as np

from ownerbook.register.understood import REJECTED
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="K06",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("同一案卷重复借出", "File lent twice"),
    message=Text(
        "档案 {file} 在 {found} 借出，而 {other} 从 {since} 借出、{until}",
        "file {file} was lent on {found}, while {other} had it since {since}, {until}",
    ),
    why=Text(
        "一份档案同时只能借给一人；重叠说明有一条记录不对，或档案去向不明。",
        "A file can be out once; one record is wrong, or nobody knows where the file is.",
    ),
    fix=Text("核对实物和借阅单，补登归还日期或改正借出日期。", "Look for the file and the slips; enter the return or correct the lending."),
    needs="loans.loan_no loans.file_no loans.lent_on loans.returned_on loans.condition files.file_no",
    wrong="""
        档案: 档号
        A1
        A2

        借阅: 借阅单号 | 档号 | 借出日期 | 归还日期
        J1 | A1 | «2026-03-05» | 2026-03-09
        J2 | A1 | 2026-03-01 | 2026-03-06
        J3 | A1 | «2026-03-08» | 2026-03-09
        J4 | A2 | 2026-03-01 |
        J5 | A2 | «2026-03-01» |
        J6 | A2 | «2026-05-01» | 2026-05-01
    """,
    right="""
        档案: 档号
        A1
        A2
        A3
        A3
        A4

        借阅: 借阅单号 | 档号 | 借出日期 | 归还日期 | 归还状态
        J1 | A1 | 2026-03-05 | 2026-03-09 |
        J2 | A1 | 2026-03-01 | 2026-03-05 |
        J3 | A1 | 2026-03-09 | 2026-03-09 |
        J4 | A1 | 2026-03-09 | | 遗失
        J5 | A1 | 2026-04-09 | |
        J6 | A2 | 2026-03-01 | 2026年3月 |
        J7 | A2 | 2026-05-01 | |
        J7 | A2 | 2026-05-01 | |
        J8 | A3 | 2026-03-01 | |
        J9 | A3 | 2026-03-02 | |
        JA | A9 | 2026-03-01 | |
        JB | A9 | 2026-03-02 | |
        JC | A2 | | |
        JD | A4 | 2026-03-01 | | 在家
        JE | A4 | 2026-04-01 | |
    """,
)


def find(v: View) -> Iterator[Hit]:
    """At the later lending. The day of return may be that of the next loan; a loss or an unreadable return ends a loan at once."""
    c = v.loans
    at = c.ref("file_no").row
    mine = rows((at >= 0) & c.lent_on.ok & c.first)
    if not len(mine):
        return
    file, lent = at[mine].astype(np.int64), c.lent_on.days[mine].astype(np.int64)
    out = c.returned_on.blank & ~c.condition.is_("遗失") & (c.condition.state != REJECTED)
    end = np.where(c.returned_on.ok, c.returned_on.days, np.where(out, np.iinfo(np.int32).max, c.lent_on.days))[mine].astype(np.int64)
    end = np.maximum(end, lent)
    order = np.lexsort((mine, end, lent, file))
    mine, file, lent, end = mine[order], file[order], lent[order], end[order]
    scale = file << 33  # keeps one file's loans apart from the next one's
    reach = np.maximum.accumulate(scale + end)
    over = 1 + np.flatnonzero((file[1:] == file[:-1]) & ((scale + lent)[1:] < reach[:-1]))
    earlier = {int(mine[n]): int(mine[np.searchsorted(reach, reach[n - 1])]) for n in over}

    def values(row: int) -> dict[str, object]:
        other = earlier[row]
        returned = c.found("returned_on", other)
        until = Text(f"{returned} 才还", f"until {returned}") if returned else Text("未还", "and has not returned it")
        return {"file": c.found("file_no", row), "other": c.key_text(other), "since": c.found("lent_on", other), "until": until}

    yield Hit("loans", sorted(earlier), "lent_on", values)
