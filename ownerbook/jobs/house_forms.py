"""房屋变更登记表 come back: which houses are to be renumbered, divided or joined, as plain data."""

from __future__ import annotations

from dataclasses import replace

from ownerbook.identifiers import area
from ownerbook.procedures.houses import DIVIDE, JOIN, KINDS, RENUMBER, HouseChange, HousePart
from ownerbook.procedures.registration import Line, said
from ownerbook.reconcile.change import Origin, Said
from ownerbook.reports.forms import house_change as form_of
from ownerbook.schema.words import Text
from ownerbook.workbook.filled_form import Above, FilledForm, FormRow

_HEADS = {form_of.WHAT, form_of.OLD, form_of.NEW}


def is_house_change(form: FilledForm) -> bool:
    """Whether a form is one: by its property, or where a program dropped it by its headers."""
    if form.kind:
        return form.kind == form_of.KIND
    return any(row.cells.keys() >= _HEADS for rows in form.sheets.values() for row in rows)


def house_changes(form: FilledForm, origin: Origin) -> tuple[list[HouseChange], list[Text]]:
    """What it asks, and what of it cannot be taken. Lines of one division or joining stand together or apart; numbers bind them."""
    out: list[HouseChange] = []
    notes: list[Text] = []
    for tab, rows in form.sheets.items():
        filled = [r for r in rows if r.text(form_of.OLD) or r.text(form_of.NEW)]
        if not any(_HEADS & r.cells.keys() for r in rows):
            continue
        common = _common(form.above.get(tab, Above()), replace(origin, place=tab), notes, tab)
        if common is None:
            continue
        out += _grouped(filled, tab, common, notes)
    if not out and not notes:
        notes.append(Text("没有填写要变更的房屋", "no house is filled in"))
    return out, notes


def _common(above: Above, origin: Origin, notes: list[Text], tab: str) -> HouseChange | None:
    """What the head of the page says once for all its lines."""

    def text(label: str) -> str:
        return above.beside(label, form_of.LABELS)[0]

    written, day = above.beside(form_of.DAY, form_of.LABELS)
    if written and day is None:
        notes.append(Text(f"{tab}：{form_of.DAY}「{written}」不是日期，没有采用", f"{tab}: {written} is no day"))
        return None
    papers: tuple[Line, ...] = ()
    if kind := text(form_of.DOC_TYPE):
        pages = text(form_of.PAGES).removesuffix("页").removesuffix(".0")
        values = {"doc_type": said(kind), "form": said(text(form_of.FORM)), "copies": said(1)}
        values["pages"] = said(int(pages) if pages.isdigit() else pages)
        if checker := text(form_of.CHECKER):
            values["checked_by"] = said(checker)
        papers = (Line({f: s for f, s in values.items() if s.text}, f"{tab} 随表材料"),)
    return HouseChange(
        RENUMBER,
        (),
        (),
        replace(origin, day=day),
        day=day,
        clerk=text(form_of.CLERK),
        reason=text(form_of.REASON),
        evidence=text(form_of.EVIDENCE),
        papers=papers,
        appraiser=text(form_of.APPRAISER),
    )


def _grouped(rows: list[FormRow], tab: str, common: HouseChange, notes: list[Text]) -> list[HouseChange]:
    """Lines as changes: a renumbering a line, a division by its old number, a joining by its new one."""
    out: list[HouseChange] = []
    groups: dict[tuple[str, str], list[tuple[FormRow, HousePart]]] = {}
    for row in rows:
        what, old, new, where = row.text(form_of.WHAT), row.text(form_of.OLD), row.text(form_of.NEW), f"{tab} 第 {row.number} 行"
        if what not in KINDS:
            zh = f"{where}：办理「{what}」应为 {'、'.join(KINDS)}，没有采用" if what else f"{where}：没有选办理，没有采用"
            notes.append(Text(zh, f"{where}: {what or 'nothing'} is none of {', '.join(KINDS)}"))
            continue
        if not old or not new:
            lacking = "原房号" if not old else "新房号"
            notes.append(Text(f"{where}：没有写{lacking}，没有采用", f"{where}: {lacking} is not said"))
            continue
        facts = _facts(row, where, notes)
        if facts is None:
            continue
        part = HousePart(new, facts, where)
        key = (what, f"{old}\x1f{new}" if what == RENUMBER else old if what == DIVIDE else new)
        groups.setdefault(key, []).append((row, part))
    for (what, _), lines in groups.items():
        olds = tuple(dict.fromkeys(r.text(form_of.OLD) for r, _ in lines))
        parts = tuple(p for _, p in lines)
        if what == JOIN:
            merged: dict[str, Said] = {}
            for p in parts:
                merged |= {f: s for f, s in p.facts.items() if f not in merged}
            parts = (HousePart(parts[0].number, merged, parts[0].place),)
        out.append(replace(common, kind=what, old=olds, new=parts))
    return out


def _facts(row: FormRow, where: str, notes: list[Text]) -> dict[str, Said] | None:
    facts: dict[str, Said] = {}
    for head, name, _ in form_of.FACTS:
        text = row.text(head)
        if not text:
            continue
        if name.endswith("_area"):
            found = area.check(text)
            if not found.canonical:
                notes.append(Text(f"{where}：{head}「{text}」不是数字，没有采用", f"{where}: {head} {text} is no number"))
                return None
            facts[name] = said(float(found.canonical))
        else:
            facts[name] = said(text)
    return facts
