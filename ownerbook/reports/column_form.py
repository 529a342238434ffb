"""What a declared column asks of a cell in a workbook: its look, and the checks that Excel makes while it is typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from ownerbook.reports.palette import PLAIN, Look
from ownerbook.schema.kinds import CellKind, Choice, Day, Measure, PolicyValue, Share
from ownerbook.schema.sheet import Column

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2199, 12, 31)


def cell_look(kind: CellKind, base: Look = PLAIN) -> Look:
    """How the cells of a column look: identifiers are text cells, dates read 2026-10-31, measures stand to the right."""
    if kind.text_format or isinstance(kind, PolicyValue):
        return base.but(form="@", align="left")
    if isinstance(kind, Day):
        return base.but(form="yyyy-mm-dd", align="center")
    if isinstance(kind, Measure):
        return base.but(form="0" if kind.whole else "0.00", align="right")
    if isinstance(kind, Share):
        return base.but(form="0.00%", align="right")
    if isinstance(kind, Choice):
        return base.but(align="center") if max(map(len, kind.values), default=0) <= 4 else base
    return base.but(wrap=bool(getattr(kind, "lines", False)))


def options(kind: Choice) -> tuple[str, ...]:
    """The values to choose from; what policy lists counts with its default."""
    if kind.policy == "保管期限.可选":
        return ("永久", "30年", "10年")
    return kind.values


def input_hint(column: Column) -> str:
    """What staff are told while the cell is selected."""
    parts = [column.hint.zh]
    if isinstance(column.kind, Day):
        words = "".join(f",或 {w}" for w in column.kind.words)
        parts.append(f"日期，如 2026-10-31{words if words not in column.hint.zh else ''}" if not column.hint.zh.startswith("日期") else "")
    if isinstance(column.kind, Choice) and column.kind.policy:
        parts.append(f"可选值由「制度」的 {column.kind.policy} 规定")
    if column.key:
        parts.append("本表主键，不可重复")
    if column.required:
        parts.append("必填")
    return ";".join(p for p in parts if p)


def validation(column: Column, cell: str) -> dict[str, Any] | None:
    """The check of a column as the library names its parts (lists aside); `cell` is the first cell below the header."""
    kind = column.kind
    hint = {"input_title": column.header.zh[:32], "input_message": input_hint(column)[:255]} if input_hint(column) else {}
    if isinstance(kind, Day):
        between = {"minimum": FIRST_DAY, "maximum": LAST_DAY}
        message = f"请填日期,如 2026-10-31{''.join(',或 ' + w for w in kind.words)}。"
        if kind.words:
            words = ",".join(f'{cell}="{w}"' for w in kind.words)
            return {"validate": "custom", "value": f"=OR(ISNUMBER({cell}),{words})", "error_title": "不是日期", "error_message": message} | hint
        return {"validate": "date", "criteria": "between", "error_title": "不是日期", "error_message": message} | between | hint
    if isinstance(kind, Measure):
        what = "整数" if kind.whole else "数字"
        low = kind.above if kind.above is not None else kind.least
        rule: dict[str, Any] = {"validate": "integer" if kind.whole else "decimal", "error_title": f"请填{what}"}
        if kind.most is not None and low is not None:
            rule |= {"criteria": "between", "minimum": low, "maximum": kind.most, "error_message": f"请填 {low:g} 到 {kind.most:g} 之间的{what}。"}
        else:
            above = kind.above is not None
            rule |= {
                "criteria": ">" if above else ">=",
                "value": low or 0,
                "error_message": f"请填{'大于' if above else '不小于'} {low or 0:g} 的{what}。",
            }
        return rule | hint
    return {"validate": "any"} | hint if hint else None
