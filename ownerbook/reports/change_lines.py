"""A plan's changes as lines for people: what the plan workbook, the terminal and JSON show of each, masked where asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ownerbook.reconcile.change import Change, Origin, Plan, Said, Value
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.masking import shown
from ownerbook.schema.finding import Finding
from ownerbook.schema.words import Lang, Text

VERDICTS = {"question": Text("须选择", "to be chosen"), "evidence": Text("待证明", "waits for evidence"), "safe": Text("可采用", "safe")}
KINDS = {
    "cell": Text("改一格", "a cell"),
    "new": Text("新增一行", "a new row"),
    "gone": Text("少了一行", "a row is missing"),
    "key": Text("编号改了", "a changed key"),
    "unsure": Text("对不上的行", "a row without a sure partner"),
}
CAME = {
    "form": Text("信息变更登记表", "change form"),
    "filled": Text("填好的清单", "filled form"),
    "copy": Text("工作副本", "working copy"),
    "typed": Text("直接改在登记簿里", "typed into the register"),
    "answers": Text("问题清单的采纳建议", "accepted suggestion"),
    "list": Text("其他系统的名单", "another system's list"),
    "undo": Text("撤销", "undo"),
    "act": Text("办理", "a command"),
}
WHOLE_ROW, NO_ROW, BLANK = Text("（整行）", "(the row)"), Text("（没有这一行）", "(no such row)"), Text("（空）", "(blank)")
HIDDEN_DIFFERENCE = Text("（不同处在隐去的部分）", " (differs where it is hidden)")
_ORDER = {"question": 0, "evidence": 1, "safe": 2}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in words. preset: the choice that stands there from the start, '' where a person must choose."""

    change: Change
    verdict: str
    kind: str
    sheet: str
    record: str
    header: str
    base: str
    ours: str
    theirs: str
    source: str
    who: str
    day: str
    evidence: str
    why: str
    problems: tuple[str, ...]
    preset: str


def change_lines(plan: Plan, problems: Mapping[str, Sequence[Finding]] | None = None, *, lang: Lang = "zh", masked: bool = True) -> list[ChangeLine]:
    """Every change in words: questions first, then what waits for evidence, then what is safe; in each by house, sheet and record.

    problems: id of a change → the problems that it would bring. A change that brings an error is not preset.
    """
    told = problems or {}
    lines = [_line(c, told.get(c.id, ()), lang, masked) for c in plan.changes]
    lines.sort(key=lambda n: (_ORDER[n.change.verdict], not n.problems, n.change.house, n.change.sheet, n.change.record))
    return lines


def _line(c: Change, brings: Sequence[Finding], lang: Lang, masked: bool) -> ChangeLine:
    sheet = BY_FIELD[c.sheet]
    column = sheet.by_field.get(c.field)
    graves = [f for f in brings if f.severity == "error"]
    return ChangeLine(
        change=c,
        verdict=VERDICTS[c.verdict].say(lang),
        kind=KINDS[c.kind].say(lang),
        sheet=sheet.name,
        record=c.record,
        header=column.header.say(lang) if column else KINDS[c.kind].say(lang),
        base=_side(c, c.base, lang, masked),
        ours=_side(c, c.ours, lang, masked),
        theirs=_theirs(c, lang, masked),
        source=source_text(c.origin, lang),
        who=_who(c.origin.who, masked),
        day=c.origin.day.isoformat() if c.origin.day else "",
        evidence=c.evidence,
        why=_hushed(c.why.say(lang), masked),
        problems=_told(brings, lang, masked),
        preset="采用" if c.verdict == "safe" and not graves else "",
    )


def _told(brings: Sequence[Finding], lang: Lang, masked: bool) -> tuple[str, ...]:
    """Problems in words; the same words at several places are told once, with their number."""
    counts = Counter(f"{f.code} {f.say(lang, masked=masked)}" for f in brings)
    return tuple(words if n == 1 else words + Text(f"（共 {n} 处）", f" ({n} places)").say(lang) for words, n in counts.items())


def said_text(sheet: str, field: str, said: Said | None, *, lang: Lang = "zh", masked: bool = True) -> str:
    """What one side says in a cell, as a report may show it."""
    if said is None:
        return ""
    column = BY_FIELD[sheet].by_field.get(field)
    return shown(column, said.text, masked=masked) or BLANK.say(lang)


def as_plain(value: Value) -> str | int | float | None:
    """A value for JSON."""
    return value if value is None or isinstance(value, (str, int, float)) else value.isoformat()


def _side(c: Change, said: Said | None, lang: Lang, masked: bool) -> str:
    if said is None:
        return "" if c.kind == "cell" else WHOLE_ROW.say(lang) if c.kind == "gone" and c.row >= 0 else NO_ROW.say(lang)
    if c.field:
        return said_text(c.sheet, c.field, said, lang=lang, masked=masked)
    return shown(BY_FIELD[c.sheet].key, said.text, masked=masked) or WHOLE_ROW.say(lang)


def _theirs(c: Change, lang: Lang, masked: bool) -> str:
    if c.kind in ("new", "unsure") and c.values:
        sheet = BY_FIELD[c.sheet]
        told = [
            f"{sheet.by_field[f].header.say(lang)}={shown(sheet.by_field[f], s.text, masked=masked)}"
            for f, s in c.values.items()
            if s.text and f in sheet.by_field
        ]
        return "；".join(told[:6]) + ("…" if len(told) > 6 else "")
    if c.kind == "gone":
        return NO_ROW.say(lang)
    text = _side(c, c.theirs, lang, masked)
    if c.field and c.ours and c.theirs and text == _side(c, c.ours, lang, masked) and c.theirs.text != c.ours.text:
        return f"{text}{HIDDEN_DIFFERENCE.say(lang)}"
    return text


def source_text(origin: Origin, lang: Lang = "zh") -> str:
    """The file and the place there; without a file the way it came."""
    names = origin.name.split("、")  # of the same asked by several files the place is in one of them
    if origin.place and any(n and origin.place.startswith(n) for n in names):
        where = "、".join([origin.place, *(n for n in names if not origin.place.startswith(n))])
    else:
        where = " ".join(p for p in (origin.name, origin.place) if p)
    return where or CAME[origin.came].say(lang)


def _who(who: str, masked: bool) -> str:
    from ownerbook.identifiers import masks

    return masks.auto(masks.staff(who)) if masked and who else who


def _hushed(text: str, masked: bool) -> str:
    from ownerbook.identifiers import masks

    return masks.auto(text) if masked else text
