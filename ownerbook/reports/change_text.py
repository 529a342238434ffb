"""A plan of changes for the terminal (`reconcile --dry-run`) and as plain data for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from ownerbook.reconcile.change import Change, Plan, Said
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.act_lines import act_data, act_text, folded
from ownerbook.reports.change_lines import CAME, VERDICTS, ChangeLine, as_plain, change_lines
from ownerbook.reports.masking import shown
from ownerbook.reports.terminal import Paint, printable
from ownerbook.schema.finding import Finding
from ownerbook.schema.words import Lang, Text

Problems = Mapping[str, Sequence[Finding]]
_TONE = {"question": "error", "evidence": "warning", "safe": "good"}


def change_text(
    plan: Plan,
    *,
    as_of: date,
    problems: Problems | None = None,
    lang: Lang = "zh",
    masked: bool = True,
    colour: bool = False,
    limit: int | None = None,
) -> str:
    """The plan as text: what must be chosen first. limit: at most so many changes of each class; how many are left out is said."""
    paint = Paint(colour)
    lines = change_lines(plan, problems, lang=lang, masked=masked)
    title = Text(f"变更方案 {plan.id}  {as_of.isoformat()}", f"plan {plan.id}  {as_of.isoformat()}").say(lang)
    out = [paint(title, "bold")]
    for source in plan.sources:
        out.append(paint(f"  {CAME[source.came].say(lang)}  {printable(source.name)}".rstrip(), "dim"))
    acts, single = folded(plan, lines)
    if acts:
        out += ["", paint(Text(f"办理 ({len(acts)})", f"acts ({len(acts)})").say(lang), "bold")]
    for act in acts if limit is None else acts[:limit]:
        head, *words = act_text(act, lang, masked=masked)
        out += ["", paint(printable(head), "name"), *map(printable, words)]
        out += ["      " + paint(printable(Text(f"新增问题 {p}", f"brings {p}").say(lang)), "error") for p in act.problems]
    if limit is not None and len(acts) > limit:
        out.append(paint(Text(f"  ……另有 {len(acts) - limit} 件没有列出", f"  … {len(acts) - limit} more are not listed").say(lang), "dim"))
    for verdict, group in groupby(single, key=lambda n: n.change.verdict):
        mine = list(group)
        told = mine if limit is None else mine[:limit]
        out += ["", paint(f"{VERDICTS[verdict].say(lang)} ({len(mine)})", _TONE[verdict])]
        for line in told:
            out += _lines(line, lang, paint)
        if len(told) < len(mine):
            n = len(mine) - len(told)
            out.append(paint(Text(f"  ……另有 {n} 项没有列出", f"  … {n} more are not listed").say(lang), "dim"))
    out.append("")
    if plan.already:
        zh, en = f"另有 {plan.already} 处登记簿里已经是这样", f"{plan.already} more are in the register already"
        out.append(paint(Text(zh, en).say(lang), "dim"))
    out += [paint(printable(n.say(lang)), "dim") for n in plan.notes]
    chosen: Counter[str] = Counter([*(a.verdict for a in acts), *(n.change.verdict for n in single)])  # an act is one line
    counts = Text("，", ", ").say(lang).join(f"{t.say(lang)} {chosen[v]}" for v, t in VERDICTS.items())
    total = Text(f"共 {chosen.total()} 项：{counts}", f"{chosen.total()} to be looked at: {counts}").say(lang)
    return "\n".join([*out, total if lines else Text("没有要处理的变更", "nothing is to be changed").say(lang)])


def _lines(line: ChangeLine, lang: Lang, paint: Paint) -> list[str]:
    c = line.change
    head = " ".join(printable(p) for p in (c.house, line.sheet, line.record, line.header) if p)
    arrow = f"{line.ours or '—'} → {line.theirs}" if c.kind in ("cell", "key") else line.theirs
    if c.kind == "gone":
        arrow = ""
    out = [f"  {paint(head, 'name')}  {printable(arrow)}".rstrip()]
    more = []
    if c.base is not None and c.kind == "cell" and line.base != line.ours:
        more.append(Text(f"原值 {line.base}", f"base {line.base}").say(lang))
    more += [line.why, line.source, " ".join(p for p in (line.who, line.day) if p)]
    if line.evidence:
        more.append(Text(f"证明材料 {line.evidence}", f"evidence {line.evidence}").say(lang))
    if c.candidates:
        more.append(Text(f"可能是 {'、'.join(c.candidates)}", f"may be {', '.join(c.candidates)}").say(lang))
    out.append("      " + paint(printable("；".join(m for m in more if m) if lang == "zh" else "; ".join(m for m in more if m)), "dim"))
    for problem in line.problems:
        out.append("      " + paint(printable(Text(f"新增问题 {problem}", f"brings {problem}").say(lang)), "error"))
    return out


def change_data(plan: Plan, *, as_of: date, problems: Problems | None = None, lang: Lang = "zh", masked: bool = True) -> dict[str, Any]:
    """The plan as one object for JSON: ids, counts, changes in the order in which people read them. Sides are null where there is no such row."""
    lines = change_lines(plan, problems, lang=lang, masked=masked)
    return {
        "as_of": as_of.isoformat(),
        "plan": plan.id,
        "made_from": dict(sorted(plan.made_from.items())),
        "already": plan.already,
        "counts": {v: sum(n.change.verdict == v for n in lines) for v in VERDICTS},
        "acts": [act_data(a, lang, masked=masked) for a in folded(plan, lines)[0]],
        "changes": [_data(n, lang, masked) for n in lines],
        "notes": [n.say(lang) for n in plan.notes],
    }


def _data(line: ChangeLine, lang: Lang, masked: bool) -> dict[str, Any]:
    c = line.change
    o = c.origin
    return {
        "id": c.id,
        "act": c.bundle or None,
        "kind": c.kind,
        "verdict": c.verdict,
        "house": c.house or None,
        "sheet": line.sheet,
        "record": c.record,
        "header": BY_FIELD[c.sheet].by_field[c.field].header.zh if c.field else None,
        "base": _side(c, c.base, masked),
        "ours": _side(c, c.ours, masked),
        "theirs": _side(c, c.theirs, masked),
        "values": {BY_FIELD[c.sheet].by_field[f].header.zh: _shown(c, f, s, masked) for f, s in c.values.items() if f in BY_FIELD[c.sheet].by_field},
        "candidates": list(c.candidates),
        "came": o.came,
        "source": o.name or None,
        "place": o.place or None,
        "applicant": line.who or None,
        "day": o.day.isoformat() if o.day else None,
        "evidence": c.evidence or None,
        "why": line.why,
        "problems": [{"code": p.partition(" ")[0], "message": p.partition(" ")[2]} for p in line.problems],
        "preset": line.preset or None,
    }


def _side(c: Change, said: Said | None, masked: bool) -> str | int | float | None:
    return None if said is None else _shown(c, c.field, said, masked)


def _shown(c: Change, field: str, said: Said, masked: bool) -> str | int | float | None:
    column = BY_FIELD[c.sheet].by_field.get(field)
    return shown(column, said.text, masked=True) if masked else as_plain(said.value)
