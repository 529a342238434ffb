"""The result of a check as text for a terminal: grouped by workbook and sheet, sorted by place, counted at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from ownerbook.reports.masking import shown_suggestion
from ownerbook.reports.terminal import Paint, printable
from ownerbook.reports.widths import pad, terminal_cells
from ownerbook.schema.finding import RANK, SEVERITY_WORDS, Finding
from ownerbook.schema.words import Lang, Text

_STATE = {"new": Text("新", "new"), "open": Text("", ""), "waived": Text("已豁免", "waived")}


def check_text(
    findings: Sequence[Finding],
    *,
    as_of: date,
    workbooks: Sequence[str],
    fixed: int = 0,
    lang: Lang = "zh",
    masked: bool = True,
    colour: bool = False,
    limit: int | None = None,
) -> str:
    """The problems and a summary. limit: at most so many problems are told; how many are left out is said."""
    paint = Paint(colour)
    ordered = sorted(findings, key=lambda f: f.order)
    told = ordered if limit is None else ordered[:limit]
    out: list[str] = []
    for workbook, in_book in groupby(told, key=lambda f: f.place.workbook or ""):
        out += [paint(printable(workbook) or Text("（整个工作区）", "(the workspace)").say(lang), "name")]
        for sheet, group in groupby(in_book, key=lambda f: f.place.sheet or ""):
            if sheet:
                out.append("  " + paint(printable(sheet), "bold"))
            out += _sheet(list(group), lang, masked, paint)
        out.append("")
    if len(told) < len(ordered):
        n = len(ordered) - len(told)
        out += [Text(f"……另有 {n} 个问题没有列出", f"… {n} more problems are not listed").say(lang), ""]
    out += summary_lines(findings, as_of=as_of, workbooks=workbooks, fixed=fixed, lang=lang, paint=paint)
    return "\n".join(out)


def _sheet(findings: list[Finding], lang: Lang, masked: bool, paint: Paint) -> list[str]:
    cells = [f.place.cell or (str(f.place.row) if f.place.row else "") for f in findings]
    words = [SEVERITY_WORDS[f.severity].say(lang) for f in findings]
    wide = max(map(len, cells)), max(map(terminal_cells, words)), max(len(f.code) for f in findings)
    hang = " " * (4 + sum(w + 2 for w in wide))
    out = []
    for f, cell, word in zip(findings, cells, words, strict=True):
        head = f"    {pad(cell, wide[0])}  {paint(pad(word, wide[1]), f.severity)}  {pad(f.code, wide[2])}  "
        record = f"{printable(f.record)}：" if f.record and lang == "zh" else f"{printable(f.record)}: " if f.record else ""
        state = _STATE[f.state].say(lang)
        out.append(head + record + printable(f.say(lang, masked=masked)) + (paint(f" [{state}]", "dim") if state else ""))
        suggestion = printable(shown_suggestion(f, masked=masked))
        advice = printable(f.advise(lang, masked=masked))
        if suggestion:
            advice += Text(f"（建议值：{suggestion}）", f" (suggestion: {suggestion})").say(lang)
        out.append(hang + paint(advice, "dim"))
    return out


def summary_lines(findings: Sequence[Finding], *, as_of: date, workbooks: Sequence[str], fixed: int, lang: Lang, paint: Paint) -> list[str]:
    """The last lines: what was read, how many problems of which gravity, how many new."""
    counts = Counter[str](f.severity for f in findings if f.state != "waived")
    new = Counter[str](f.severity for f in findings if f.state == "new")
    waived = sum(f.state == "waived" for f in findings)
    parts = []
    for severity in RANK:
        if counts[severity]:
            text = f"{SEVERITY_WORDS[severity].say(lang)} {counts[severity]}"
            text += Text(f"（新 {new[severity]}）", f" ({new[severity]} new)").say(lang) if new[severity] else ""
            parts.append(paint(text, severity))
    head = Text(f"检查日 {as_of.isoformat()}，读取 {len(workbooks)} 个工作簿", f"As of {as_of.isoformat()}, {len(workbooks)} workbooks read").say(
        lang
    )
    total = sum(counts.values())
    if not total:
        body = paint(Text("没有发现问题", "no problem was found").say(lang), "good")
    else:
        body = Text(f"{total} 个问题：", f"{total} problems: ").say(lang) + Text("、", ", ").say(lang).join(parts)
    tail = []
    if waived:
        tail.append(Text(f"已豁免 {waived}", f"{waived} waived").say(lang))
    if fixed:
        tail.append(paint(Text(f"自上次检查已解决 {fixed}", f"{fixed} fixed since the last run").say(lang), "good"))
    semicolon = Text("；", "; ").say(lang)
    out = [head + Text("：", ": ").say(lang) + semicolon.join([body, *tail])]
    if total:
        worst = min((f for f in findings if f.state != "waived"), key=lambda f: (RANK[f.severity], f.order))
        out.append(paint(Text(f"规则的说明：ownerbook explain {worst.code}", f"About a rule: ownerbook explain {worst.code}").say(lang), "dim"))
    return out
