"""K11: a file was lent after it had been destroyed or handed over."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows, take
from ownerbook.schema.words import Text

CARD = Card(
    code="K11",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("已销毁或已移交的案卷被借出", "Destroyed or transferred file lent"),
    message=Text(
        "档案 {file} 在 {found} 借出，而它已于 {day} {kind}({disposal})",
        "file {file} was lent on {found}, but was disposed of ({kind}, {disposal}) on {day}",
    ),
    why=Text("已销毁、已移交的档案不在库，借出说明有一条记录不对。", "A file that is gone cannot be lent; one of the records is wrong."),
    fix=Text("立即核查实物、借阅单和处置记录。", "Check the file, the slip and the disposal at once."),
    needs="loans.loan_no loans.file_no loans.lent_on files.file_no disposals.disposal_no disposals.file_no disposals.kind disposals.executed_on",
    wrong="""
        档案: 档号
        A1
        A2

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        C1 | A1 | 销毁 | 2026-03-01
        C2 | A2 | 归档 | 2025-03-01
        C3 | A2 | 移交 | 2026-03-01

        借阅: 借阅单号 | 档号 | 借出日期
        J1 | A1 | «2026-03-01»
        J2 | A2 | «2026-05-01»
    """,
    right="""
        档案: 档号
        A1
        A2
        A3
        A3

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        C1 | A1 | 销毁 | 2026-03-01
        C2 | A2 | 归档 | 2025-03-01
        C3 | A2 | 移交 |
        C4 | A3 | 销毁 | 2025-03-01
        C1 | A2 | 销毁 | 2025-03-01

        借阅: 借阅单号 | 档号 | 借出日期
        J1 | A1 | 2026-02-28
        J2 | A1 |
        J3 | A2 | 2026-05-01
        J4 | A3 | 2026-05-01
        J5 | A9 | 2026-05-01
        J1 | A1 | 2026-05-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """From the day of execution on. A disposal that is only planned takes nothing away."""
    c, d = v.loans, v.disposals
    gone = rows(d.first & d.kind.is_("销毁", "移交") & d.executed_on.ok & (d.ref("file_no").row >= 0))
    file = d.ref("file_no").row[gone]
    order = np.lexsort((gone, d.executed_on.days[gone], file))[::-1]  # the first of a file is written last
    by = np.full(len(v.files), -1, np.int32)
    by[file[order]] = gone[order]
    disposal = take(by, c.ref("file_no").row)
    wrong = c.first & (disposal >= 0) & c.lent_on.ok & (c.lent_on.days >= take(d.executed_on.days, disposal))

    def values(row: int) -> dict[str, object]:
        n = int(disposal[row])
        return {"file": c.found("file_no", row), "day": iso(d.executed_on.days[n]), "kind": d.found("kind", n), "disposal": d.key_text(n)}

    yield Hit("loans", rows(wrong), "lent_on", values)
