"""变更方案: the workbook of proposed changes that people read and choose in. `jobs.plan_answers` reads it back.

A line a change, with a drop-down 处理 (采用 保留 填写); an act that has a story (a registration, a change of ownership) is one line, chosen
once, and told whole on the sheet 办理; a sheet of the new rows of each table; a sheet 说明. Hidden columns carry the ids of plan and
change, the sheet and the field, so that lines may be sorted and filtered. Values are masked unless asked
otherwise: what is applied is the plan in the workspace's state, never what the workbook shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ownerbook.reconcile.change import Choice, Plan
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.act_lines import ActEntry, folded
from ownerbook.reports.act_pages import TAB, write_acts
from ownerbook.reports.change_lines import CAME, VERDICTS, ChangeLine, change_lines, source_text
from ownerbook.reports.forms.paper import form_pen
from ownerbook.reports.masking import shown
from ownerbook.reports.palette import (
    ASK,
    BODY,
    BODY_CENTER,
    BODY_WRAP,
    DONE,
    DONE_INK,
    ERROR,
    ERROR_FILL,
    HEADER,
    HEADER_OPTIONAL,
    LINK,
    MUTED,
    NAVY,
    SECTION,
    SUBTITLE,
    TITLE,
    WARNING,
    WARNING_FILL,
    Look,
)
from ownerbook.reports.pen import Page, Pen
from ownerbook.reports.widths import column_width, row_height
from ownerbook.schema.finding import Finding, column_letters

KIND, SHEET, ABOUT = "change-plan", "变更方案", "说明"
PLAN_PROPERTY = "ownerbook.plan"
CHOICES = ("采用", "保留", "填写")
ALL_BY = "采用人（没有另写的各行）"  # beside it: who takes every line that names nobody
NEW_ROW = "新增"  # of an unsure row: it has no partner
HEADER_ROW = 4
HEADS: tuple[tuple[str, float], ...] = (
    ("序号", 5),
    ("类别", 7),
    ("房号", 9.5),
    ("表", 7),
    ("记录", 12),
    ("列", 10),
    ("原值", 11.5),
    ("现值", 11.5),
    ("新值", 13),
    ("来源", 14),
    ("申请人", 7),
    ("日期", 10.5),
    ("证明材料", 9),
    ("为什么", 17),
    ("新增问题", 15),
    ("处理", 7),
    ("填写的值", 11),
    ("采用人", 8),
)
HIDDEN = ("编号", "对象表", "变更字段")
WHOLE = "整件"  # stands in 列 of a line that is a whole act
ACT = "@act"  # stands as 对象表 of a line that is a whole act
ASKED = ("处理", "填写的值", "采用人")
_AT = {head: n for n, (head, _) in enumerate(HEADS, 1)}
Presets = Mapping[str, Choice]
Targets = Mapping[int, tuple[str, int]]  # id of a line → the tab and the row where its values stand
Entry = ActEntry | ChangeLine
_INK = {"question": (ERROR, ERROR_FILL), "evidence": (WARNING, WARNING_FILL), "safe": (DONE_INK, DONE)}


def write_change_plan(
    path: Path,
    plan: Plan,
    *,
    as_of: date,
    workspace: str,
    problems: Mapping[str, Sequence[Finding]] | None = None,
    masked: bool = True,
    preset: Mapping[str, Choice] | None = None,
) -> Path:
    """Write the plan, and give its path. problems: id of a change → problems that it would bring. Raises PenError, CannotWrite.

    What is preset: 采用 for safe changes that bring no error, and the choices (`preset`, by id) that somebody made in an earlier plan.
    The same input gives the same bytes.
    """
    lines = change_lines(plan, problems, masked=masked)
    properties = {PLAN_PROPERTY: plan.id, "ownerbook.masked": "yes" if masked else "no"}
    with form_pen(path, KIND, SHEET, as_of=as_of, workspace=workspace, properties=properties) as pen:
        page = pen.page(SHEET, colour=NAVY)
        acts, single = folded(plan, lines)
        entries: list[Entry] = [*acts, *single]
        at = write_acts(pen.page(TAB, colour=NAVY), list(enumerate(acts, 1)), workspace=workspace, as_of=as_of, masked=masked) if acts else {}
        rows = _row_sheets(entries)
        targets = {id(line): (row_sheet_name(sheet), r) for sheet, mine in rows.items() for r, (_, line) in enumerate(mine, 2)}
        _list(page, plan, entries, workspace, as_of, {**targets, **{id(a): (TAB, at[a.bundle]) for a in acts}}, preset or {})
        for sheet, mine in rows.items():
            _rows(pen, sheet, mine, masked)
        _about(pen.page(ABOUT), plan, len(entries), as_of)
    return path


def _row_sheets(entries: Sequence[Entry]) -> dict[str, list[tuple[int, ChangeLine]]]:
    """New and unsure rows by sheet, each with its number in the list."""
    out: dict[str, list[tuple[int, ChangeLine]]] = {}
    for n, entry in enumerate(entries, 1):
        many = isinstance(entry, ActEntry) and entry.story.table is not None  # told by house on 办理
        for line in [] if many else entry.lines if isinstance(entry, ActEntry) else [entry]:
            if line.change.values and line.change.kind != "gone":
                out.setdefault(line.change.sheet, []).append((n, line))
    return out


def row_sheet_name(sheet: str) -> str:
    """The tab of a sheet's new rows."""
    return f"{BY_FIELD[sheet].name}-新增"


def _list(page: Page, plan: Plan, lines: Sequence[Entry], workspace: str, as_of: date, targets: Targets, preset: Presets) -> None:
    last = HEADER_ROW + max(1, len(lines))
    page.columns([w for _, w in HEADS])
    page.columns([20, 10, 12], first=len(HEADS) + 1)
    page.text(1, 1, SHEET, TITLE)
    page.height(1, 30)
    counts = {v: sum((n.verdict if isinstance(n, ActEntry) else n.change.verdict) == v for n in lines) for v in VERDICTS}
    told = "，".join(f"{VERDICTS[v].zh} {counts[v]}" for v in VERDICTS)
    page.text(2, 1, f"{workspace}    {as_of.isoformat()}    共 {len(lines)} 项：{told}", SUBTITLE)
    page.text(2, _AT["新增问题"], ALL_BY, SUBTITLE.but(align="right", ink=NAVY, bold=True))
    page.across(2, _AT["处理"], _AT["采用人"], "", ASK.but(form="@"))
    page.height(2, 22)
    page.text(
        3,
        1,
        "在黄色的格里选择处理（采用新值、保留现值，或填写另一个值），写采用人（须有审核权限，可在右上角一次写好），待证明的写材料编号，然后存到「收件箱」。没有选择的不会写入登记簿。",
        SUBTITLE,
    )
    for n, (head, _) in enumerate(HEADS, 1):
        page.text(HEADER_ROW, n, head, HEADER.but(ink=NAVY, fill="#FFE699") if head in ASKED else HEADER)
    for n, head in enumerate(HIDDEN, len(HEADS) + 1):
        page.text(HEADER_ROW, n, head, HEADER)
    page.height(HEADER_ROW, 28)
    name = plan.id  # made of all changes: asked for once
    for n, line in enumerate(lines, 1):
        if isinstance(line, ActEntry):
            chosen = next((preset[m.change.id] for m in line.lines if m.change.id in preset), None)
            _act_row(page, HEADER_ROW + n, n, line, name, targets[id(line)], chosen)
        else:
            _row(page, HEADER_ROW + n, n, line, name, targets.get(id(line)), preset.get(line.change.id))
    first = HEADER_ROW + 1
    if lines:
        page.choices(first, _AT["处理"], last, _AT["处理"], CHOICES, title="处理", hint=_HINT)
        page.filter(HEADER_ROW, 1, last, len(HEADS) + len(HIDDEN))  # a sort by the filter's buttons moves nothing beside it
        _shades(page, first, last)
    else:
        page.across(last, 1, len(HEADS), "没有要处理的变更。", BODY_CENTER.but(ink=DONE_INK, fill=DONE, size=12))
        page.height(last, 40)
    for n in range(len(HIDDEN)):
        page.hide_column(len(HEADS) + 1 + n)
    page.freeze(HEADER_ROW, 5)
    page.print_setup(repeat=(HEADER_ROW, HEADER_ROW), last_column=len(HEADS), last_row=last)


_HINT = "采用：写入新值。保留：登记簿不改。填写：写入右边「填写的值」。对不上的行选采用时，在右边写它是哪条记录，或写 新增。"


def _row(page: Page, row: int, number: int, line: ChangeLine, plan: str, target: tuple[str, int] | None, chosen: Choice | None) -> None:
    c = line.change
    ink, fill = _INK[c.verdict]
    problems = "\n".join(line.problems)
    texts = {
        "类别": line.verdict,
        "房号": c.house,
        "表": line.sheet,
        "记录": line.record,
        "列": line.header,
        "原值": line.base,
        "现值": line.ours,
        "新值": line.theirs if target is None or c.kind == "gone" else f"见新增 第{target[1]}行",
        "来源": line.source,
        "申请人": line.who,
        "日期": line.day,
        "证明材料": line.evidence,
        "为什么": line.why,
        "新增问题": problems,
    }
    page.number(row, 1, number, BODY_CENTER)
    for head, text in texts.items():
        look = BODY_WRAP.but(form="@")
        if head == "类别":
            look = BODY_CENTER.but(bold=True, ink=ink, fill=fill)
        elif head == "新值":
            look = look.but(bold=True)
        elif head == "新增问题" and text:
            look = look.but(ink=ERROR)
        elif head in ("原值", "为什么", "来源"):
            look = look.but(ink=MUTED)
        elif head == "证明材料" and c.verdict == "evidence":
            look = ASK.but(wrap=True, form="@")
            text = text or (chosen.evidence if chosen else "")
        page.text(row, _AT[head], text, look)
    if target is not None and c.kind != "gone":
        page.link(row, _AT["新值"], f"internal:'{target[0]}'!A{target[1]}", texts["新值"], LINK.but(wrap=True))
    page.text(row, _AT["处理"], chosen.choice if chosen else line.preset, ASK.but(align="center"))
    value = "" if chosen is None else chosen.partner or chosen.note or ("" if chosen.value is None else str(chosen.value))
    page.text(row, _AT["填写的值"], value, ASK.but(wrap=True, form="@"))
    page.text(row, _AT["采用人"], chosen.who if chosen else "", ASK.but(align="center", form="@"))
    if c.candidates:
        page.choices(row, _AT["填写的值"], row, _AT["填写的值"], [*c.candidates, NEW_ROW], strict=False)
    for n, text in enumerate((f"{plan}-{c.id}", c.sheet, c.field), len(HEADS) + 1):
        page.text(row, n, text, BODY.but(form="@"))
    page.height(row, row_height([(text, HEADS[_AT[head] - 1][1]) for head, text in texts.items()], least=2))


def _act_row(page: Page, row: int, number: int, act: ActEntry, plan: str, target: tuple[str, int], chosen: Choice | None) -> None:
    """A whole act in one line: chosen once."""
    ink, fill = _INK[act.verdict]
    first = act.lines[0]
    texts = {
        "房号": act.house,
        "表": TAB,
        "记录": act.story.title.zh,
        "列": WHOLE,
        "原值": "",
        "现值": "",
        "新值": f"见{target[0]} 第{target[1]}行",
        "来源": first.source,
        "申请人": first.who,
        "日期": first.day,
        "为什么": act.writes().zh,
        "新增问题": "\n".join(act.problems),
    }
    page.number(row, 1, number, BODY_CENTER)
    page.text(row, _AT["类别"], VERDICTS[act.verdict].zh, BODY_CENTER.but(bold=True, ink=ink, fill=fill))
    for head, text in texts.items():
        look = BODY_WRAP.but(form="@", bold=head == "记录")
        page.text(row, _AT[head], text, look.but(ink=ERROR) if head == "新增问题" and text else look)
    paper = act.evidence or (chosen.evidence if chosen else "")
    page.text(row, _AT["证明材料"], paper, ASK.but(wrap=True, form="@") if act.verdict == "evidence" else BODY_WRAP.but(form="@"))
    page.link(row, _AT["新值"], f"internal:'{target[0]}'!A{target[1]}", texts["新值"], LINK.but(wrap=True))
    page.text(row, _AT["处理"], chosen.choice if chosen else act.preset, ASK.but(align="center"))
    page.text(row, _AT["填写的值"], "", BODY_WRAP.but(form="@"))
    page.text(row, _AT["采用人"], chosen.who if chosen else "", ASK.but(align="center", form="@"))
    for n, text in enumerate((f"{plan}-{act.bundle}", ACT, ""), len(HEADS) + 1):
        page.text(row, n, text, BODY.but(form="@"))
    page.height(row, row_height([(text, HEADS[_AT[head] - 1][1]) for head, text in texts.items()], least=2))


def _shades(page: Page, first: int, last: int) -> None:
    chosen, value = column_letters(_AT["处理"]), column_letters(_AT["填写的值"])
    missing = f'=AND(${chosen}{first}="填写",${value}{first}="")'
    page.shade_when(first, _AT["填写的值"], last, _AT["填写的值"], missing, Look(ink=ERROR, fill=ERROR_FILL))
    page.shade_when(first, _AT["处理"], last, _AT["采用人"], f'=${chosen}{first}<>""', Look(ink=DONE_INK, fill=DONE))


def _rows(pen: Pen, sheet: str, mine: Sequence[tuple[int, ChangeLine]], masked: bool) -> None:
    """The new rows of a sheet in the register's own columns, those that some row fills."""
    page = pen.page(row_sheet_name(sheet), colour=NAVY)
    columns = [c for c in BY_FIELD[sheet].columns if any(c.field in n.change.values and n.change.values[c.field].text for _, n in mine)]
    told = [[shown(c, s.text if (s := line.change.values.get(c.field)) else "", masked=masked) for c in columns] for _, line in mine]
    widths = [column_width([row[i] for row in told], header=c.header.zh, widest=30) for i, c in enumerate(columns)]
    page.columns([6.5, *widths])
    page.text(1, 1, "序号", HEADER)
    for n, column in enumerate(columns, 2):
        page.text(1, n, column.header.zh, HEADER if column.required else HEADER_OPTIONAL)
    page.height(1, 26)
    for row, ((number, _), values) in enumerate(zip(mine, told, strict=True), 2):
        page.number(row, 1, number, BODY_CENTER)
        for n, text in enumerate(values, 2):
            page.text(row, n, text, BODY_WRAP.but(form="@"))
        page.height(row, row_height(list(zip(values, widths, strict=True))))
    page.freeze(1, 2)
    page.print_setup(repeat=(1, 1), last_column=1 + len(columns), last_row=1 + len(mine))


def _about(page: Page, plan: Plan, count: int, as_of: date) -> None:
    page.columns((22, 34, 16, 14, 34))
    page.text(1, 1, ABOUT, TITLE)
    page.height(1, 30)
    row = 2
    for text in (
        f"方案 {plan.id}，{as_of.isoformat()} 制作，共 {count} 项；另有 {plan.already} 处登记簿里已经是这样，不再列出。",
        *(("办理：一次登记、过户等是一件，整件一起写入或都不写入，在「办理」页看全部内容，在「变更方案」页选择一次。",) if plan.stories else ()),
        "须选择：两边都改了、少了行、对不上的行、空值盖掉原值等，须由人决定。",
        "待证明：制度要求有证明材料的字段，须有材料编号，并由有审核权限的人采用。",
        "可采用：没有冲突，预先选了「采用」；不同意的改成「保留」。",
        "新增问题：照新值写入后会多出来的问题；有错误的不预先选择。",
        "方案依据的登记簿或来件一经改动，方案即作废，须重新制作。号码已隐去一部分，写入时用登记簿状态里的完整值。",
        *(t.zh for t in plan.notes),
    ):
        page.across(row, 1, 5, text, Look(wrap=True))
        page.height(row, row_height([(text, 118)]) + 4)
        row += 1
    row = _table(page, row + 1, "来件", ("来路", "文件", "申请人", "日期", "指纹"), _sources(plan))
    made = [(name, "", "", "", sha) for name, sha in sorted(plan.made_from.items())]
    row = _table(page, row + 1, "依据的登记簿", ("工作簿", "", "", "", "指纹"), made)
    page.print_setup(landscape=False, last_column=5, last_row=row)


def _sources(plan: Plan) -> list[tuple[str, str, str, str, str]]:
    return [
        (CAME[o.came].zh, source_text(o), o.who[:1] + "*" if o.who else "", o.day.isoformat() if o.day else "", o.fingerprint) for o in plan.sources
    ]


def _table(page: Page, row: int, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    page.across(row, 1, 5, title, SECTION)
    page.height(row, 24)
    page.row(row + 1, heads, HEADER)
    row += 2
    for values in rows:
        for n, text in enumerate(values, 1):
            page.text(row, n, text, BODY_WRAP.but(form="@", size=9))
        page.height(row, row_height(list(zip(values, (22, 34, 16, 14, 34), strict=True)), size=9))
        row += 1
    return row
