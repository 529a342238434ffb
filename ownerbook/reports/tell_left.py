"""What left the house and what was shown in full, out of the journal, as a report: a line an export, a line an access."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from ownerbook.reports.listing import Cell, Field, Line, Listing, Report
from ownerbook.reports.tell_history import stamp
from ownerbook.schema.words import Text

MOST_NAMED = 6
_ENTRY = (Field("entry", Text("日志", "entry"), width=7), Field("at", Text("时间", "when"), width=17))
EXPORTS = (
    *_ENTRY,
    Field("no", Text("编号", "number"), width=15),
    Field("purpose", Text("用途", "purpose"), width=8),
    Field("to", Text("交给", "to"), width=12),
    Field("reason", Text("理由", "why"), "wrap", 24),
    Field("by", Text("谁导出", "by"), width=12),
    Field("rows", Text("行数", "rows"), "wrap", 20),
    Field("in_full", Text("不打码的列", "in full"), "wrap", 20),
    Field("file", Text("文件", "file"), "wrap", 26),
    Field("sha256", Text("指纹（开头）", "SHA-256 (beginning)"), width=14),
)
ACCESSES = (
    *_ENTRY,
    Field("command", Text("命令", "command"), width=12),
    Field("by", Text("谁", "by"), width=12),
    Field("reason", Text("理由", "why"), "wrap", 30),
    Field("records", Text("看了哪些", "what was shown"), "wrap", 40),
)


class Entry(NamedTuple):
    """An entry of the journal, of the kind `export` or `access`."""

    number: int
    at: datetime
    kind: str
    data: Mapping[str, Any]


def tell_left(entries: Sequence[Entry], today: date, *, workspace: str = "") -> Report:
    """entries: of the kinds `export` and `access`, oldest first. The newest stand first."""
    newest = list(reversed(entries))
    exports = [Line(_export(e)) for e in newest if e.kind == "export"]
    accesses = [Line(_access(e)) for e in newest if e.kind == "access"]
    lists = [
        Listing("exports", Text("导出的名单", "lists that left"), EXPORTS, exports),
        Listing("accesses", Text("不打码的查看", "shown in full"), ACCESSES, accesses),
    ]
    return Report("left", Text("导出和查看的记录", "what left and what was shown in full"), today, workspace, listings=lists)


def said(e: Entry) -> Text:
    """An export in a line."""
    d = e.data
    by, to, purpose, why, no = (_of(d, k) for k in ("by", "to", "purpose", "reason", "no"))
    zh = f"{stamp(e.at)} {by} 导出给 {to}，用途 {purpose}，理由：{why}；编号 {no}，日志第 {e.number} 项"
    en = f"{stamp(e.at)}, by {by} to {to}, for {purpose}: {why}; No. {no}, journal entry {e.number}"
    return Text(zh, en)


def _export(e: Entry) -> tuple[Cell, ...]:
    d = e.data
    rows = d.get("rows")
    told = "、".join(f"{s} {n}" for s, n in rows.items()) if isinstance(rows, Mapping) else ""
    full = [str(f) for f in d.get("in_full") or ()]
    words = tuple(_of(d, k) for k in ("no", "purpose", "to", "reason", "by"))
    return (str(e.number), stamp(e.at), *words, told, _headers(full), _of(d, "file"), _of(d, "sha256")[:12])


def _access(e: Entry) -> tuple[Cell, ...]:
    d = e.data
    named = [str(x) for x in (d.get("records") or d.get("files") or ())]
    told = "、".join(named[:MOST_NAMED]) + (f" …（{len(named)}）" if len(named) > MOST_NAMED else "")
    return (str(e.number), stamp(e.at), _of(d, "command"), _of(d, "by"), _of(d, "reason"), told)


def _of(data: Mapping[str, Any], key: str) -> str:
    return str(data.get(key) or "")


def _headers(fields: Sequence[str]) -> str:
    """Headers of `sheet.field`."""
    from ownerbook.register.sheets import BY_FIELD

    out = []
    for name in fields:
        sheet, _, field = name.partition(".")
        column = BY_FIELD[sheet].by_field.get(field) if sheet in BY_FIELD else None
        out.append(column.header.zh if column else name)
    return "、".join(dict.fromkeys(out))
