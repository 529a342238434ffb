"""扫描件对照: what a folder of scans came to, as figures and lists."""

from __future__ import annotations

from typing import Final

from ownerbook.procedures.scans import Matching, Outcome, State
from ownerbook.register.register import Register
from ownerbook.reports.listing import Cell, Field, Figure, Line, Listing, Report, Tone
from ownerbook.reports.naming import Naming
from ownerbook.schema.words import Text

_GROUPS: Final[tuple[tuple[str, Text, tuple[State, ...], Tone], ...]] = (
    ("matched", Text("对上的（提议登记）", "Matched (proposed)"), ("matched", "moved", "hashed"), ""),
    ("asked", Text("拿不准（请选择）", "Asked"), ("asked",), "soon"),
    ("unmatched", Text("对不上", "Not matched"), ("unmatched",), "soon"),
    ("spoilt", Text("打不开或不是扫描件", "Not sound"), ("spoilt",), "late"),
    ("changed", Text("内容变了", "Changed"), ("changed",), "late"),
)
_FILE: Final = (
    Field("scan", Text("文件", "File"), "wrap", 44),
    Field("kind", Text("格式", "Format"), "center"),
    Field("pages", Text("实有页数", "Pages"), "count"),
    Field("doc_no", Text("材料编号", "Paper no."), "wrap", 20),
    Field("doc_type", Text("材料类型", "Kind"), "wrap", 20),
    Field("why", Text("依据或原因", "Why"), "wrap", 40),
)
_PAPER: Final = (
    Field("doc_no", Text("材料编号", "Paper no.")),
    Field("file_no", Text("档号", "File no.")),
    Field("doc_type", Text("材料类型", "Kind")),
)


def tell_scans(register: Register, found: Matching, *, workspace: str = "") -> Report:
    """A matching, told."""
    name = Naming(register)
    out = Report("scans", Text("扫描件对照", "Scans"), register.today, workspace, str(register.policy.version or ""))
    for key, title, states, tone in _GROUPS:
        listing = Listing(key, title, _FILE)
        listing.lines = [_line(f, name, tone) for f in found.files if f.state in states]
        out.listings.append(listing)
    scan = Field("scan", Text("电子件", "Scan"), "wrap", 44)
    lost = Listing("lost", Text("登记了但找不到", "Registered and not there"), (*_PAPER, scan))
    lost.lines = [Line((*_paper(r, name), name.found("documents", "scan", r)), "late") for r in found.lost]
    papers = Field("doc_no", Text("材料编号", "Papers"), "wrap", 40)
    twice = Listing("twice", Text("一个扫描件登记在几件材料上", "One scan under several papers"), (papers, scan))
    twice.lines = [Line(("、".join(name.key("documents", r) for r in rows), path), "soon") for rows, path in found.twice]
    pages = Listing(
        "pages",
        Text("页数不一致", "Pages differ"),
        (*_PAPER, Field("counted", Text("扫描件页数", "Of the scan"), "count"), Field("said", Text("登记页数", "Registered"), "count")),
    )
    pages.lines = [Line((*_paper(r, name), counted, said), "soon") for r, counted, said in found.pages]
    out.listings += [lost, twice, pages]
    out.figures = [
        Figure("known", Text("已登记且指纹相符", "registered, unchanged"), value=found.count("known")),
        *(Figure(x.key, x.title, x.key, bad=x.key not in ("matched",)) for x in out.listings),
    ]
    return out


def _line(outcome: Outcome, name: Naming, tone: Tone) -> Line:
    shown = outcome.rows[:6]
    more = f" … 共 {len(outcome.rows)} 件" if len(outcome.rows) > 6 else ""
    cells: tuple[Cell, ...] = (
        outcome.seen.path,
        outcome.seen.look.kind or "—",
        outcome.seen.look.pages,
        "、".join(name.key("documents", r) for r in shown) + more,
        "、".join(dict.fromkeys(name.found("documents", "doc_type", r) for r in shown)),
        outcome.why,
    )
    return Line(cells, tone)


def _paper(row: int, name: Naming) -> tuple[Cell, ...]:
    return name.key("documents", row), name.found("documents", "file_no", row), name.found("documents", "doc_type", row)
