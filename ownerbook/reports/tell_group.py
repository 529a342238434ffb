"""A group as a report: its communities ranked by what stands against them, what shows across them, what could not be checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ownerbook.reports.listing import Cell, Field, Figure, Line, Listing, Report
from ownerbook.schema.finding import SEVERITY_WORDS, Severity
from ownerbook.schema.words import Text


@dataclass(frozen=True, slots=True)
class Ranked:
    """A community, as the report tells it. worst: of the gravest rules the commonest, with their counts. late: what is late, in words."""

    name: str
    path: str
    houses: int
    owners: int
    files: int
    errors: int
    warnings: int
    notices: int
    late: int
    worst: str
    unreadable: Sequence[str]
    trouble: Text | None


@dataclass(frozen=True, slots=True)
class Common:
    """A rule that speaks in the group: how often, and in how many communities."""

    code: str
    name: Text
    severity: Severity
    count: int
    communities: int


@dataclass(frozen=True, slots=True)
class Across:
    """A number that shows in several communities. owners: by community, their 业主编号."""

    kind: str
    people: int
    owners: Mapping[str, Sequence[str]]


_RANKED = (
    Field("rank", Text("名次", "rank"), "count", 6),
    Field("community", Text("小区", "community"), width=24),
    Field("houses", Text("房屋", "houses"), "size", 9),
    Field("owners", Text("业主", "owners"), "size", 9),
    Field("files", Text("档案", "files"), "size", 9),
    Field("errors", Text("错误", "errors"), "count", 9),
    Field("per", Text("每百套错误", "errors per 100 houses"), "rate", 13),
    Field("warnings", Text("警告", "warnings"), "count", 9),
    Field("notices", Text("提示", "notices"), "count", 9),
    Field("late", Text("逾期事项", "late"), "count", 10),
    Field("worst", Text("主要问题", "main problems"), "wrap", 38),
    Field("folder", Text("文件夹", "folder"), "wrap", 34),
)
_COMMON = (
    Field("code", Text("编号", "code"), "center", 10),
    Field("problem", Text("问题", "problem"), "wrap", 60),
    Field("severity", Text("轻重", "gravity"), "center", 10),
    Field("count", Text("处数", "cells"), "count", 10),
    Field("communities", Text("小区数", "communities"), "count", 10),
)
_TROUBLES = (
    Field("community", Text("小区", "community"), width=26),
    Field("why", Text("为什么没有查", "why it was not checked"), "wrap", 60),
    Field("folder", Text("文件夹", "folder"), "wrap", 50),
)
_ACROSS = (
    Field("what", Text("重号", "number"), width=12),
    Field("people", Text("人数", "people"), "count", 8),
    Field("communities", Text("小区数", "communities"), "count", 9),
    Field("where", Text("在哪里", "where"), "wrap", 90),
)
_KINDS = {"phone": Text("同一电话", "one phone"), "document": Text("同一证件", "one document")}
_USUAL = Text("在最多小区出现的排在前面", "those of the most communities first")
_BAD = Text("有错误", "in error")
_EACH = 6


def tell_group(ranked: Sequence[Ranked], across: Sequence[Across], today: date, *, common: Sequence[Common] = (), retried: int = 0) -> Report:
    """The report. Communities with the most errors for their size stand first; those that could not be checked stand apart."""
    checked = sorted((r for r in ranked if r.trouble is None), key=lambda r: (-_rate(r), -r.errors, -r.late, r.name, r.path))
    lines = [Line(_cells(n, r), tone="late" if r.errors else "") for n, r in enumerate(checked, 1)]
    failed = [Line((r.name, r.trouble, r.path), tone="late") for r in ranked if r.trouble is not None]
    partly = [Line((r.name, _unread(r.unreadable), r.path), tone="today") for r in ranked if r.trouble is None and r.unreadable]
    usual = [Line((c.code, c.name, SEVERITY_WORDS[c.severity], c.count, c.communities), tone="late" if c.severity == "error" else "") for c in common]
    shared = [Line((_KINDS[a.kind], a.people, len(a.owners), _where(a)), tone="today") for a in across]
    figures = [
        Figure("communities", Text("小区", "communities"), value=len(ranked)),
        Figure("houses", Text("房屋", "houses"), value=sum(r.houses for r in checked)),
        Figure("files", Text("档案", "files"), value=sum(r.files for r in checked)),
        Figure("errors", Text("错误", "errors"), value=sum(r.errors for r in checked), bad=True),
        Figure("late", Text("逾期事项", "late"), value=sum(r.late for r in checked), bad=True),
        Figure("unchecked", Text("没有查成", "not checked"), value=len(failed), bad=True),
    ]
    notes = [Text(f"有 {retried} 次重试", f"{retried} tries were repeated")] if retried else []
    note = Text(
        "按每百套房屋的错误数排名；电话和证件只比较加密后的指纹，号码没有离开小区",
        "ranked by errors per 100 houses; numbers are compared by keyed hash",
    )
    return Report(
        "group",
        Text("集团各小区登记簿", "the group's registers"),
        today,
        "",
        "",
        figures,
        [
            Listing("communities", Text("小区排名", "Communities"), _RANKED, lines, note, ranked=True),
            Listing("common", Text("常见问题", "Common problems"), _COMMON, usual, _USUAL),
            Listing("across", Text("跨小区重号", "Across"), _ACROSS, shared),
            Listing("troubles", Text("没有查成和没有读全", "Not checked, or not all read"), _TROUBLES, failed + partly),
        ],
        notes,
        late=_BAD,
    )


def _rate(r: Ranked) -> float:
    return 100 * r.errors / r.houses if r.houses else float(r.errors)


def _cells(rank: int, r: Ranked) -> tuple[Cell, ...]:
    rate = round(_rate(r), 1) if r.houses else None
    return (rank, r.name, r.houses, r.owners, r.files, r.errors, rate, r.warnings, r.notices, r.late, r.worst, r.path)


def _unread(names: Sequence[str]) -> Text:
    return Text(f"这些工作簿读不了：{'、'.join(names)}", f"could not be read: {', '.join(names)}")


def _where(a: Across) -> str:
    told = []
    for name, owners in a.owners.items():
        more = "…" if len(owners) > _EACH else ""
        told.append(f"{name}({', '.join(owners[:_EACH])}{more})")
    return "  ".join(told)
