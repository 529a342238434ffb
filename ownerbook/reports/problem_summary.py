"""概览: the first sheet of the problem workbook: how many, of which kinds, in which buildings, from which workbooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from ownerbook.reports.answer_lines import Came
from ownerbook.reports.palette import (
    BLUE,
    BODY,
    BODY_CENTER,
    BODY_WRAP,
    COUNT,
    DONE_INK,
    ERROR,
    FONT,
    HEADER,
    INK,
    LINE,
    MUTED,
    NAVY,
    NOTICE,
    PALE,
    PLAIN,
    SECTION,
    SEVERITY_BAR,
    SEVERITY_FILL,
    SEVERITY_INK,
    SUBTITLE,
    TITLE,
    WARNING,
)
from ownerbook.reports.pen import Page
from ownerbook.reports.problem_list import NAME as LIST_NAME
from ownerbook.reports.problem_list import Listed
from ownerbook.reports.run_info import Fixed, RunInfo
from ownerbook.reports.widths import lines
from ownerbook.schema.finding import RANK, SEVERITY_WORDS
from ownerbook.schema.words import Lang, Text

NAME = Text("概览", "Summary")
_WIDTHS = (8, 15, 16, 7.5, 7.5, 17, 2.5, 14, 9, 9, 9, 9, 17)
_LEFT, _RIGHT, _LAST = 1, 8, 13
_CARDS = ((1, 2), (3, 4), (5, 6), (8, 9), (10, 11), (12, 13))
_MOST_BUILDINGS = 14
_CHART_ROWS = 10


def write_summary(
    page: Page, listed: Sequence[Listed], fixed: Sequence[Fixed], info: RunInfo, *, as_of: date, lang: Lang, came: Came | None = None
) -> None:
    """Write the sheet. came: what came of the answers that were handed in."""
    page.columns(_WIDTHS)
    page.text(1, 1, Text("登记簿检查结果", "What the check found").say(lang), TITLE)
    page.height(1, 34)
    page.text(2, 1, _subtitle(info, as_of, lang), SUBTITLE)
    page.height(3, 8)
    _cards(page, 4, listed, fixed, info, lang)
    top = 8
    page.height(7, 10)
    counting = [item for item in listed if item.finding.state != "waived"]
    left = _rules(page, top, counting, lang)
    right = _buildings(page, top, counting, lang)
    right = _how_to(page, right + 1, lang)
    right = _answered(page, right, listed, came, as_of, lang)
    right = _workbooks(page, right + 2, info, counting, lang)
    bottom = max(left, right)
    page.print_setup(last_column=_LAST, last_row=bottom, one_page=bottom <= 40, header=False)


def _subtitle(info: RunInfo, as_of: date, lang: Lang) -> str:
    parts = [info.workspace, Text(f"检查日 {as_of.isoformat()}", f"as of {as_of.isoformat()}").say(lang)]
    read = [w for w in info.workbooks if not w.trouble]
    if info.workbooks:
        rows = sum(w.rows or 0 for w in read)
        told = Text(f"读取 {len(read)} 个工作簿", f"{len(read)} workbooks read")
        parts.append(told.say(lang) + (Text(f"、{rows:,} 行", f", {rows:,} rows").say(lang) if rows else ""))
    if info.policy:
        parts.append(Text(f"制度版本 {info.policy}", f"policy {info.policy}").say(lang))
    if info.last_run:
        parts.append(Text(f"上次检查 {info.last_run}", f"last run {info.last_run}").say(lang))
    return "  |  ".join(p for p in parts if p)


def _cards(page: Page, row: int, listed: Sequence[Listed], fixed: Sequence[Fixed], info: RunInfo, lang: Lang) -> None:
    counts: Counter[str] = Counter(i.finding.severity for i in listed if i.finding.state != "waived")
    new: Counter[str] = Counter(i.finding.severity for i in listed if i.finding.state == "new")
    waived = sum(1 for i in listed if i.finding.state == "waived")
    open_ = sum(1 for i in listed if i.finding.state == "open")

    def fresh(severity: str) -> str:
        return Text(f"其中新出现 {new[severity]}", f"{new[severity]} of them new").say(lang)

    before = Text("上次已有 {} 个未解决", "{} open from the last run").say(lang).format(open_)
    cards = (
        (SEVERITY_WORDS["error"].say(lang).capitalize(), counts["error"], fresh("error"), ERROR),
        (SEVERITY_WORDS["warning"].say(lang).capitalize(), counts["warning"], fresh("warning"), WARNING),
        (SEVERITY_WORDS["notice"].say(lang).capitalize(), counts["notice"], fresh("notice"), NOTICE),
        (Text("本次新出现", "New").say(lang), sum(new.values()), before, NAVY),
        (Text("已解决", "Fixed").say(lang), len(fixed), Text("与上次检查相比", "against the last run").say(lang), DONE_INK),
        (Text("已豁免", "Waived").say(lang), waived, Text("不计入左侧各数", "not counted elsewhere").say(lang), MUTED),
    )
    for (first, last), (label, value, note, colour) in zip(_CARDS, cards, strict=True):
        base = PLAIN.but(fill=PALE, indent=1, align="left")
        edge = colour if value else LINE
        for offset, (text, look) in enumerate(
            (
                (label, base.but(size=9, ink=MUTED, valign="bottom")),
                (None, base.but(size=22, bold=True, ink=colour if value else MUTED, form="#,##0")),
                (note, base.but(size=9, ink=MUTED, valign="top")),
            )
        ):
            for column in range(first, last + 1):
                page.blank(row + offset, column, look.but(left_bar=edge if column == first else ""))
            if text is None:
                page.number(row + offset, first, value, look.but(left_bar=edge))
            else:
                page.text(row + offset, first, text, look.but(left_bar=edge))
    for offset, points in enumerate((20, 34, 20)):
        page.height(row + offset, points)


def _section(page: Page, row: int, first: int, last: int, text: str) -> None:
    for column in range(first, last + 1):
        page.blank(row, column, SECTION)
    page.text(row, first, text, SECTION)
    page.height(row, 24)


def _rules(page: Page, row: int, counting: Sequence[Listed], lang: Lang) -> int:
    _section(page, row, _LEFT, _LEFT + 5, Text("按规则", "By rule").say(lang))
    heads = (Text("代码", "Code"), Text("规则", "Rule"), Text("", ""), Text("级别", "Level"), Text("数量", "Count"), Text("占比", "Share"))
    page.row(row + 1, [h.say(lang) for h in heads], HEADER, first=_LEFT)
    page.across(row + 1, _LEFT + 1, _LEFT + 2, heads[1].say(lang), HEADER)
    by_rule: dict[str, list[Listed]] = {}
    for item in counting:
        by_rule.setdefault(item.finding.code, []).append(item)
    order = sorted(by_rule.items(), key=lambda e: (RANK[e[1][0].finding.severity], -len(e[1]), e[0]))
    first = row = row + 2
    for code, items in order:
        severity = items[0].finding.severity
        page.text(row, _LEFT, code, BODY_CENTER)
        page.across(row, _LEFT + 1, _LEFT + 2, items[0].title, BODY_WRAP)
        page.text(
            row, _LEFT + 3, SEVERITY_WORDS[severity].say(lang), BODY_CENTER.but(ink=SEVERITY_INK[severity], fill=SEVERITY_FILL[severity], bold=True)
        )
        page.number(row, _LEFT + 4, len(items), COUNT)
        page.number(row, _LEFT + 5, len(items) / len(counting), BODY.but(align="right", form="0.0%_ "))
        if lines(items[0].title, 31 if lang == "zh" else 38) > 1:  # Latin letters are narrower than the digits that widths are told in
            page.height(row, 36)
        row += 1
    if not order:
        page.across(row, _LEFT, _LEFT + 5, Text("没有需要处理的问题。", "Nothing to do.").say(lang), BODY_CENTER.but(ink=DONE_INK))
        return row + 1
    page.bars(first, _LEFT + 5, row - 1, "#9DBCDD", most=max(map(len, by_rule.values())) / len(counting))
    return row


def _buildings(page: Page, row: int, counting: Sequence[Listed], lang: Lang) -> int:
    _section(page, row, _RIGHT, _LAST, Text("按楼栋", "By building").say(lang))
    other, rest = Text("未归楼栋", "no building").say(lang), Text("其余楼栋", "other buildings").say(lang)
    by: dict[str, Counter[str]] = {}
    for item in counting:
        by.setdefault(item.building or other, Counter())[item.finding.severity] += 1
    order = sorted((b for b in by if b != other), key=_natural)
    if len(order) > _MOST_BUILDINGS:
        worst = set(sorted(order, key=lambda b: -by[b].total())[: _MOST_BUILDINGS - 1])
        merged: Counter[str] = Counter()
        for b in order:
            if b not in worst:
                merged += by[b]
        by[rest] = merged
        order = [b for b in order if b in worst] + [rest]
    table = row + 1
    if len(order) > 1:
        table += _CHART_ROWS
    heads = (Text("楼栋", "Building"), *(SEVERITY_WORDS[s] for s in RANK), Text("合计", "Total"), Text("", ""))
    page.row(table, [h.say(lang) for h in heads], HEADER, first=_RIGHT)
    first = at = table + 1
    shown = order + ([other] if other in by else [])
    for building in shown:
        counts = by[building]
        page.text(at, _RIGHT, building, BODY_CENTER)
        for n, severity in enumerate(RANK, 1):
            page.number(at, _RIGHT + n, counts[severity], COUNT.but(ink=SEVERITY_INK[severity] if counts[severity] else "#B8C0CC"))
        page.number(at, _RIGHT + 4, counts.total(), COUNT.but(bold=True))
        page.number(at, _RIGHT + 5, counts.total(), BODY.but(form=";;;"))
        at += 1
    total: Counter[str] = Counter(i.finding.severity for i in counting)
    strong = COUNT.but(bold=True, fill=PALE)
    page.text(at, _RIGHT, Text("合计", "Total").say(lang), BODY_CENTER.but(bold=True, fill=PALE))
    for n, severity in enumerate(RANK, 1):
        page.number(at, _RIGHT + n, total[severity], strong)
    page.number(at, _RIGHT + 4, total.total(), strong)
    page.blank(at, _RIGHT + 5, strong)
    if shown:
        page.bars(first, _RIGHT + 5, at - 1, "#9DBCDD", most=max(c.total() for c in by.values()))
    if len(order) > 1:
        _chart(page, row + 1, first, first + len(order) - 1, lang)
    return at + 1


def _natural(building: str) -> tuple[int, int, str]:
    digits = "".join(c for c in building if c.isdigit())
    return (0, int(digits), building) if digits else (1, 0, building)


def _chart(page: Page, row: int, first: int, last: int, lang: Lang) -> None:
    chart: Any = page.pen.book.add_chart({"type": "column", "subtype": "stacked"})
    font = {"name": FONT, "size": 9, "color": INK}
    for n, severity in enumerate(RANK, 1):
        column = _RIGHT + n - 1
        chart.add_series(
            {
                "name": SEVERITY_WORDS[severity].say(lang),
                "categories": [page.name, first - 1, _RIGHT - 1, last - 1, _RIGHT - 1],
                "values": [page.name, first - 1, column, last - 1, column],
                "fill": {"color": SEVERITY_BAR[severity]},
                "gap": 60,
            }
        )
    chart.set_legend({"position": "top", "font": font})
    chart.set_x_axis({"num_font": font, "line": {"color": LINE}, "major_tick_mark": "none"})
    chart.set_y_axis(
        {"num_font": font | {"color": MUTED}, "line": {"none": True}, "major_gridlines": {"visible": True, "line": {"color": "#E5EAF0"}}, "min": 0}
    )
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    alt = Text("各楼栋的问题数，按级别堆叠；数值见下表", "problems by building, stacked by severity; the table below holds the numbers").say(lang)
    page.chart(row, _RIGHT, chart, width=506, height=_CHART_ROWS * 22 - 4, alt=alt)


def _workbooks(page: Page, row: int, info: RunInfo, counting: Sequence[Listed], lang: Lang) -> int:
    if not info.workbooks:
        return row
    _section(page, row, _RIGHT, _LAST, Text("读取的工作簿", "Workbooks read").say(lang))
    heads = (Text("工作簿", "Workbook"), Text("行数", "Rows"), Text("问题", "Problems"), Text("指纹 SHA-256", "SHA-256"))
    spans = ((8, 10), (11, 11), (12, 12), (13, 13))
    for (first, last), head in zip(spans, heads, strict=True):
        page.across(row + 1, first, last, head.say(lang), HEADER)
    counts = Counter(i.finding.place.workbook for i in counting)
    row += 2
    for book in info.workbooks:
        page.across(row, 8, 10, book.name, BODY_WRAP)
        if not book.trouble:
            page.value(row, 11, book.rows, COUNT)
            page.number(row, 12, counts[book.name], COUNT)
        if book.trouble:
            page.across(row, 11, 13, book.trouble, BODY_WRAP.but(ink=ERROR))
        else:
            page.text(row, 13, f"{book.sha256[:12]}…" if book.sha256 else "", BODY.but(ink=MUTED, size=9))
        most = max(lines(book.name, 32), lines(book.trouble, 35))
        if most > 1:
            page.height(row, 6 + 15 * most)
        row += 1
    return row


def _how_to(page: Page, row: int, lang: Lang) -> int:
    steps = (
        Text(
            "1. 在「问题清单」点「位置」打开原单元格；副本表的批注写着同样的内容，也可以直接在副本里改正。",
            "1. On the list, Place opens the cell; the copies say the same in notes, and may be mended.",
        ),
        Text("2. 改好选 已更正，同意建议值选 采纳建议，例外选 豁免 并写理由。", "2. Choose an answer in the yellow column; with waive, say why."),
        Text("3. 把本文件存到「收件箱」。您采纳之前，原登记簿不会改动。", "3. Save this file to 收件箱; the next run takes your answers."),
    )
    _section(page, row, _RIGHT, _LAST, Text("怎样使用", "How to use it").say(lang))
    page.link(
        row,
        _LAST,
        f"internal:'{LIST_NAME.say(lang)}'!A1",
        Text("打开问题清单", "open the list").say(lang),
        SECTION.but(ink=BLUE, size=10, underline=True),
    )
    for n, step in enumerate(steps, 1):
        page.text(row + n, _RIGHT, step.say(lang), PLAIN.but(size=9))
    return row + len(steps)


def _answered(page: Page, row: int, listed: Sequence[Listed], came: Came | None, as_of: date, lang: Lang) -> int:
    """What is being verified and since when, what was said to be mended and is not, and what could not be taken."""
    held = [i.known for i in listed if i.known is not None and i.finding.state != "waived"]
    waits = [a for a in held if a.answer == "待核实"]
    told: list[tuple[Text, str]] = []
    if waits:
        days = max(a.age(as_of) for a in waits)
        told.append((Text(f"待核实 {len(waits)} 条，最久 {days} 天", f"{len(waits)} to be verified, for up to {days} days"), WARNING))
    if len(held) > len(waits):
        n = len(held) - len(waits)
        told.append((Text(f"答了「已更正」而仍未改好 {n} 条", f"{n} answered corrected and still wrong"), ERROR))
    lost = came.counts.get("refused", 0) if came is not None else 0
    if lost:
        told.append((Text(f"上次的处理有 {lost} 条没有采用，见「未采用」", f"{lost} of the last answers were not taken; see Not taken"), ERROR))
    for n, (text, ink) in enumerate(told, 1):
        page.text(row + n, _RIGHT, text.say(lang), PLAIN.but(bold=True, ink=ink))
    return row + len(told)
