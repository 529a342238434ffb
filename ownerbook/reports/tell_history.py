"""The history of a house or a record as a report: a line a change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ownerbook.reconcile.change import Value
from ownerbook.reconcile.recorded import Past, Recorded
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.listing import Cell, Field, Figure, Line, Listing, Report
from ownerbook.rules.judge import mask_of
from ownerbook.schema.words import Personal, Text

CAME = {
    "typed": Text("直接改动", "typed in"),
    "form": Text("变更登记表", "change form"),
    "copy": Text("工作副本", "working copy"),
    "answers": Text("采纳建议", "accepted advice"),
    "list": Text("外来名单", "another system's list"),
    "undo": Text("撤销", "undone"),
    "restore": Text("恢复旧版本", "restored"),
    "seal": Text("封存", "sealed"),
    "unseal": Text("解除封存", "unsealed"),
    "act": Text("办理", "an act"),
    "lend": Text("借出", "lent"),
    "return": Text("归还", "returned"),
    "renew": Text("续借", "renewed"),
    "filled": Text("回填表单", "filled form"),
}
FIELDS = (
    Field("change", Text("编号", "change"), width=8),
    Field("at", Text("时间", "when"), width=17),
    Field("house", Text("房号", "house"), width=13),
    Field("sheet", Text("表", "sheet"), width=9),
    Field("record", Text("记录", "record"), width=20),
    Field("header", Text("列", "column"), width=13),
    Field("old", Text("原值", "from"), "wrap", 20),
    Field("new", Text("新值", "to"), "wrap", 20),
    Field("how", Text("来由", "how"), width=12),
    Field("paper", Text("材料", "paper"), width=13),
    Field("who", Text("经手人", "by"), width=10),
    Field("source", Text("来源", "source"), "wrap", 24),
)


def tell_history(past: Sequence[Past], what: str, today: date, *, workspace: str = "") -> Report:
    """The changes, oldest first. what: the house or record that was asked for."""
    lines = [Line(_cells(p), house=p.change.house) for p in past]
    listing = Listing("changes", Text("改动", "changes"), FIELDS, lines)
    bare = sum(p.change.came == "typed" and not p.change.paper for p in past)
    figures = [Figure("count", Text("改动", "changes"), value=len(past)), Figure("typed", Text("直接改动", "typed in"), value=bare)]
    return Report("history", Text(f"{what} 的改动历史", f"history of {what}"), today, workspace, "", figures, [listing])


def _cells(p: Past) -> tuple[Cell, ...]:
    c = p.change
    sheet = BY_FIELD[c.sheet]
    column = sheet.by_field.get(c.column)
    if c.kind == "cell":
        header: Cell = column.header if column else c.column
        old, new = shown(c, c.column, c.old), shown(c, c.column, c.new)
    else:
        header = Text("（新增一行）", "(a new row)") if c.kind == "new" else Text("（删去一行）", "(a row taken out)")
        old, new = None, None
    how = CAME.get(c.came, Text(c.came, c.came))
    return (p.number, stamp(p.at), c.house, sheet.title, c.record, header, old, new, how, c.paper, c.who or p.by, c.source or c.place)


def shown(change: Recorded, field: str, value: Value) -> Cell:
    """A value, marked as personal where its column is."""
    text = said(value)
    column = BY_FIELD[change.sheet].by_field.get(field)
    mask = mask_of(column) if column else None
    return Personal(text, mask) if mask and text else text or Text("（空）", "(blank)")


def said(value: Value) -> str:
    """A value as a person would say it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return ("TRUE" if value else "FALSE") if isinstance(value, bool) else str(value)


def stamp(at: datetime) -> str:
    """A moment, to the minute."""
    return at.strftime("%Y-%m-%d %H:%M")
