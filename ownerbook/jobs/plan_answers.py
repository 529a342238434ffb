"""A plan workbook comes back: what was chosen for each change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.jobs.incoming import PlanChoices
from ownerbook.jobs.workspace import Unusable
from ownerbook.reconcile.change import Choice, Plan, Value
from ownerbook.reconcile.delta import CLEAR, CLEARED
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.act_pages import TAB
from ownerbook.reports.change_plan import ACT, ALL_BY, CHOICES, KIND, NEW_ROW, PLAN_PROPERTY, SHEET, WHOLE
from ownerbook.schema.kinds import Day, Measure
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.workbook.filled_form import FilledForm, FormRow


def read_choices(path: Path, *, password: str | None = None) -> PlanChoices:
    """Read a plan back, saved by whatever program. Raises Unusable for what cannot be read or is no plan.

    For an unsure row 采用 with 填写的值 names its record (`partner`), or says 新增: then partner is '' and note is 新增.
    Lines without a choice are not in `choices`: they wait. A line that cannot be taken is in `complaints` and waits too.
    """
    from ownerbook.workbook.book import Unreadable
    from ownerbook.workbook.filled_form import read_form
    from ownerbook.workbook.reading import REASONS

    try:
        form = read_form(path, password=password)
    except Unreadable as e:
        zh, en = REASONS[e.reason]
        raise Unusable(Text(f"{path.name}：{zh}", f"{path.name}: {en}")) from None
    if not is_plan(form):
        raise Unusable(Text(f"{path.name} 不是 ownerbook 制作的变更方案", f"{path.name} is no plan of changes made by ownerbook"))
    return choices_of(form)


def is_plan(form: FilledForm) -> bool:
    """Whether a form is a plan of changes; by its sheet and ids where a program dropped the properties."""
    return form.kind == KIND or (not form.kind and any("-" in r.text("编号") for r in form.sheets.get(_tab(form), ())))


def choices_of(form: FilledForm) -> PlanChoices:
    """What a plan that was read says."""
    name = _tab(form)
    rows = form.sheets.get(name, [])
    plan = form.properties.get(PLAN_PROPERTY) or next((r.text("编号").partition("-")[0] for r in rows if r.text("编号")), "")
    out = PlanChoices(plan)
    everybody, _ = form.above[name].beside(ALL_BY, ()) if name in form.above else ("", None)
    if not rows:
        zh = "没有找到列出各项的那张表（有「处理」和隐藏的「编号」列），没有采用；请用原方案重新选择"
        out.complaints.append(Text(zh, "the sheet that lists the changes (处理 and the hidden 编号) is not there; choose again in the plan as made"))
    for row in rows:
        said = row.text("处理")
        ident = row.text("编号")
        if not ident:
            if said:
                _complain(
                    out,
                    row,
                    "这一行的隐藏编号没有了，没有采用；请在原方案上重新选择",
                    "its hidden id is gone; choose again in the plan as it was made",
                )
            continue
        of, _, change = ident.partition("-")
        if of != plan:
            _complain(out, row, "这一行属于另一个方案，没有采用", "it belongs to another plan")
        elif change in out.choices and said:
            _complain(out, row, "这一项出现了两次，只看第一次", "the change stands here twice; the first one counts")
        elif said:
            choice = _choice(out, row, said)
            if choice is not None:
                out.choices[change] = replace(choice, evidence=row.text("证明材料"), who=choice.who or everybody)
                out.shows[change] = row.number, tuple(row.text(head) for head in ("表", "记录", "列", "新值"))
        elif row.text("填写的值"):
            _complain(out, row, "写了值而没有选处理，没有采用", "a value is written but nothing is chosen")
    return out


def of_other_lines(plan: Plan, came: PlanChoices) -> tuple[set[str], list[Text]]:
    """Ids whose line shows another change than the one that the hidden id names, and what is said of them.

    So it is where only some columns were sorted, or where somebody exchanged the ids: people chose for what they saw, and not for that.
    """
    from ownerbook.reports.change_lines import change_lines

    if not came.shows:
        return set(), []
    expected: dict[str, set[tuple[str, ...]]] = {}
    for masked in (True, False):
        for n in change_lines(plan, masked=masked):
            expected.setdefault(n.change.id, set()).add((n.sheet, n.record, n.header, n.theirs))
    for name, story in plan.stories.items():
        expected[name] = {(TAB, story.title.zh, WHOLE, "")}
    out, told = set[str](), PlanChoices(came.plan)
    for ident, (row, shown) in came.shows.items():
        if ident in expected and not any(_alike(shown, e) for e in expected[ident]):
            out.add(ident)
            zh = "这一行的隐藏编号是另一项的（可能只排序了一部分列），没有采用；请在原方案上重新选择"
            _complain(told, row, zh, "its hidden id is that of another change (some columns were sorted alone?); choose again in the plan as made")
    return out, told.complaints


def _alike(shown: tuple[str, ...], expected: tuple[str, ...]) -> bool:
    """Whether a line shows this change; signs that programs drop or add, and a value that stands on another sheet, are no difference."""
    for n, (a, b) in enumerate(zip(shown, expected, strict=True)):
        elsewhere = n == 3 and a.startswith("见")
        if a and not elsewhere and _plain(a) != _plain(b):
            return False
    return True


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _tab(form: FilledForm) -> str:
    """The tab that lists the changes, also where somebody renamed it."""
    if SHEET in form.sheets:
        return SHEET
    return next((n for n, rows in form.sheets.items() if any("-" in r.text("编号") and r.text("类别") for r in rows)), SHEET)


def _choice(out: PlanChoices, row: FormRow, said: str) -> Choice | None:
    if said not in CHOICES:
        _complain(out, row, f"处理「{said}」不在 {'、'.join(CHOICES)} 之中，没有采用", f"{said} is none of {', '.join(CHOICES)}")
        return None
    who, field, value = row.text("采用人"), row.text("变更字段"), row.text("填写的值")
    if row.text("对象表") == ACT:  # an act is taken as it is or not at all
        if said == "填写" or value:
            zh = "一件办理只能整件采用或保留，没有采用；要改内容请改表后重新交来"
            _complain(out, row, zh, "an act is taken whole or kept; nothing is filled in there")
            return None
        return Choice("采用" if said == "采用" else "保留", who=who)
    if said == "填写":
        if not value:
            _complain(out, row, "选了填写而没有写值，没有采用", "填写 is chosen but no value is written")
            return None
        if not field:
            return _partner(value, who)
        if value in CLEARED:
            return Choice("填写", None, who=who, note=CLEAR)
        return Choice("填写", _value(row, field, value), who=who)
    if value and not field and said == "采用":
        return _partner(value, who)
    if value and field:
        _complain(
            out,
            row,
            f"选了{said}，又写了值，没有采用；要写入另一个值请选 填写",
            f"{said} is chosen and a value is written too; choose 填写 to write it",
        )
        return None
    return Choice("采用" if said == "采用" else "保留", who=who)


def _partner(value: str, who: str) -> Choice:
    return Choice("采用", who=who, note=NEW_ROW) if value == NEW_ROW else Choice("采用", partner=value, who=who)


def _value(row: FormRow, field: str, text: str) -> Value:
    """As it is to be typed: days and numbers as such, everything else as text."""
    column = BY_FIELD[row.text("对象表")].by_field.get(field) if row.text("对象表") in BY_FIELD else None
    if column is not None and isinstance(column.kind, Day):
        found: date | None = row.day("填写的值")
        return found or text
    if column is not None and isinstance(column.kind, Measure):
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            return text
    return text


def _complain(out: PlanChoices, row: FormRow | int, zh: str, en: str) -> None:
    number = row if isinstance(row, int) else row.number
    out.complaints.append(Text(f"变更方案第 {number} 行：{zh}", f"plan, row {number}: {en}"))
