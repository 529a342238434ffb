"""来源对照.xlsx: where each value of a converted register came from, what has no place in it, and what is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ownerbook.adopt.converting import Converted
from ownerbook.adopt.numbering import Proposed
from ownerbook.reports.palette import BODY, BODY_WRAP, HEADER, SUBTITLE, TITLE
from ownerbook.reports.pen import Page, Pen

KIND = "adopt-trace"
TRACES, REST, PROPOSED = "来源", "未归入", "建议编号"


def write_trace(path: Path, converted: Converted, proposed: Proposed, *, as_of: date, accepted: bool) -> Path:
    """Write the workbook. Values are in full: it is staff's own data, kept beside the register. Raises PenError."""
    with Pen(path, as_of=as_of, title="来源对照", kind=KIND) as pen:
        rows: list[Sequence[object]] = [(t.sheet, t.row, t.header, t.workbook, t.tab, t.cell, t.how, t.found) for t in converted.traces]
        _table(
            pen.page(TRACES),
            "登记簿的每个值出自哪一格",
            ("表", "行", "表头", "台账", "台账的表", "单元格", "怎样得来", "台账原文"),
            (12, 8, 16, 34, 20, 10, 18, 40),
            rows,
        )
        rows = [(r.workbook, r.tab, r.cell, r.header, r.text, r.reason) for r in converted.rest]
        _table(
            pen.page(REST), "登记簿里没有归处的内容，一格不少", ("台账", "台账的表", "单元格", "表头", "内容", "原因"), (34, 20, 10, 24, 50, 34), rows
        )
        told = "已写入登记簿" if accepted else "没有写入；同意的话，加 --accept-numbers 再转换一次"
        rows = [(p.sheet, p.row + 2, p.header, p.value, "建议", p.why) for p in proposed.numbers]
        for sheet, more in proposed.rows.items():
            rows += [(sheet, "新行", "、".join(r), "、".join(str(v) for v in r.values()), "建议", "台账里没有这张表") for r in more]
        _table(pen.page(PROPOSED), f"建议的编号({told})", ("表", "行", "表头", "建议值", "标记", "依据"), (12, 8, 30, 50, 8, 30), rows)
    return path


def _table(page: Page, title: str, headers: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[object]]) -> None:
    page.columns(widths)
    page.text(1, 1, title, TITLE.but(size=14))
    page.text(2, 1, f"{len(rows)} 行", SUBTITLE)
    page.row(3, headers, HEADER)
    for n, row in enumerate(rows, 4):
        page.row(n, [v if isinstance(v, str | int) else str(v) for v in row], [BODY_WRAP if w >= 40 else BODY for w in widths])
    page.freeze(3)
    page.filter(3, 1, max(4, len(rows) + 3), len(headers))
    page.print_setup(repeat=(3, 3))
