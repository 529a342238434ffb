"""问题清单: one row a problem, with a link to the cell, a drop-down for the answer, and a hidden id by which it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ownerbook.reconcile.open_answers import OpenAnswer
from ownerbook.reports.check_value import check_value
from ownerbook.reports.finding_id import note_mark, workbook_mark
from ownerbook.reports.masking import shown_suggestion
from ownerbook.reports.open_answer_words import contradiction, note_shown, state_words
from ownerbook.reports.palette import (
    ASK,
    BLUE,
    BODY,
    BODY_CENTER,
    BODY_WRAP,
    DONE,
    DONE_INK,
    ERROR,
    ERROR_FILL,
    HEADER,
    LINK,
    MUTED,
    NAVY,
    SEVERITY_FILL,
    SEVERITY_INK,
    SUBTITLE,
    TITLE,
    Look,
)
from ownerbook.reports.pen import Page
from ownerbook.reports.widths import row_height
from ownerbook.schema.finding import SEVERITY_WORDS, Finding, column_letters
from ownerbook.schema.words import Lang, Text

NAME = Text("问题清单", "Problems")
HEADER_ROW = 4
ANSWERED_BY = ("填写人", "Answered by")  # above the answers: who gives them
WORKSPACE_PROPERTY = "ownerbook.workspace"
ANSWERS = (Text("采纳建议", "take suggestion"), Text("已更正", "corrected"), Text("豁免", "waive"), Text("待核实", "to be verified"))
STATES = {"new": Text("新", "new"), "open": Text("未解决", "open"), "waived": Text("已豁免", "waived")}
# header, width; the sum stays under 175, so that A4 landscape prints at four fifths of full size or more
COLUMNS: tuple[tuple[Text, float], ...] = (
    (Text("序号", "No."), 5.5),
    (Text("级别", "Level"), 7),
    (Text("规则", "Rule"), 18),
    (Text("位置", "Place"), 16.5),
    (Text("记录", "Record"), 15),
    (Text("房号", "House"), 11),
    (Text("哪里不对", "What is wrong"), 33),
    (Text("建议做法", "Advice"), 24),
    (Text("建议值", "Suggestion"), 13),
    (Text("状态", "State"), 8.5),
    (Text("处理", "Answer"), 10),
    (Text("备注", "Note"), 12),
    (Text("编号", "Id"), 14),  # hidden
    (Text("校验", "Check"), 18),  # hidden: of what stood in the cell, of the workbook, of a note that was printed
)
ANSWER_COLUMN, NOTE_COLUMN, ID_COLUMN, CHECK_COLUMN = 11, 12, 13, 14


@dataclass(frozen=True, slots=True)
class Listed:
    """A problem with what the list shows besides: its id, house, building, and where it stands in the annotated copy."""

    finding: Finding
    id: str
    title: str
    house: str = ""
    building: str = ""
    copy: str = ""  # internal: link
    known: OpenAnswer | None = None  # an answer that holds on


@dataclass(frozen=True, slots=True)
class ListOptions:
    """How the list is written. link_base: the folder that links start from, relative to the problem workbook or absolute."""

    lang: Lang = "zh"
    masked: bool = True
    link_base: str = ".."
    secret: bytes = b""  # the workspace's, for check values
    today: date = date.min
    tabs: dict[str, set[str]] = field(default_factory=dict)  # tab name → workbooks that hold one of that name


def write_problem_list(page: Page, listed: Sequence[Listed], options: ListOptions) -> None:
    """Write the sheet."""
    lang = options.lang
    last = HEADER_ROW + max(1, len(listed))
    page.columns([w for _, w in COLUMNS])
    page.text(1, 1, NAME.say(lang), TITLE)
    page.height(1, 30)
    page.text(2, 1, _INTRODUCTION.say(lang), SUBTITLE)
    page.text(2, ANSWER_COLUMN, ANSWERED_BY[lang != "zh"], SUBTITLE.but(align="right", ink=NAVY, bold=True))
    page.text(2, NOTE_COLUMN, "", ASK.but(form="@"))
    page.height(2, 22)
    page.height(3, 6)
    for n, (header, _) in enumerate(COLUMNS, 1):
        asked = n in (ANSWER_COLUMN, NOTE_COLUMN)
        page.text(HEADER_ROW, n, header.say(lang), HEADER.but(ink=NAVY, fill="#FFE699") if asked else HEADER)
    page.height(HEADER_ROW, 28)
    for n, item in enumerate(listed):
        _row(page, HEADER_ROW + 1 + n, n + 1, item, options)
    if not listed:
        page.across(
            last, 1, NOTE_COLUMN, Text("没有发现问题。", "No problem was found.").say(lang), BODY_CENTER.but(ink=DONE_INK, fill=DONE, size=12)
        )
        page.height(last, 40)
    else:
        values = [a.say(lang) for a in ANSWERS]
        page.choices(HEADER_ROW + 1, ANSWER_COLUMN, last, ANSWER_COLUMN, values, title=COLUMNS[10][0].say(lang), hint=_ANSWER_HINT.say(lang))
        _shades(page, last, values[0])
        page.filter(HEADER_ROW, 1, last, len(COLUMNS))  # the hidden ones too: a sort by the filter's buttons moves nothing else
    page.hide_column(ID_COLUMN)
    page.hide_column(CHECK_COLUMN)
    page.freeze(HEADER_ROW, 4)
    page.print_setup(repeat=(HEADER_ROW, HEADER_ROW), last_column=NOTE_COLUMN, last_row=last)


_INTRODUCTION = Text(
    "点「位置」打开原单元格，点「序号」看批注副本。在黄色两列选择处理、写备注，然后把本文件存到「收件箱」。您采纳之前，原登记簿不会改动。",
    "Place opens the cell, No. its annotated copy. Answer in the yellow columns and save this file to 收件箱; no register is changed until then.",
)
_ANSWER_HINT = Text(
    "采纳建议：按建议值改正（没有建议值的不能选）。已更正：已在登记簿改好。豁免：确属例外，请在备注写明理由和到哪天为止。待核实：还要查证。",
    "take suggestion: write the suggested value (only where there is one). corrected: mended in the register. waive: say why in the note.",
)


def _row(page: Page, row: int, number: int, item: Listed, options: ListOptions) -> None:
    finding, lang, known = item.finding, options.lang, None if item.finding.state == "waived" else item.known
    denied = known if known is not None and known.answer == "已更正" else None
    waits = known if known is not None and known.answer == "待核实" else None
    waived = finding.state == "waived"
    plain = BODY_WRAP.but(ink=MUTED) if waived else BODY_WRAP
    center = BODY_CENTER.but(ink=MUTED) if waived else BODY_CENTER
    if item.copy:
        page.link(row, 1, item.copy, str(number), center.but(ink=BLUE))
    else:
        page.number(row, 1, number, center)
    word = SEVERITY_WORDS[finding.severity].say(lang)
    page.text(
        row, 2, word, center if waived else BODY_CENTER.but(bold=True, ink=SEVERITY_INK[finding.severity], fill=SEVERITY_FILL[finding.severity])
    )
    texts = {
        3: f"{finding.code} {item.title}",
        4: place_text(finding, options.tabs, lang),
        5: finding.record or "",
        6: item.house,
        7: finding.say(lang, masked=options.masked) + (f"\n{contradiction(denied, lang, masked=options.masked)}" if denied else ""),
        8: finding.advise(lang, masked=options.masked),
        9: shown_suggestion(finding, masked=options.masked),
    }
    for column, text in texts.items():
        if column == 4:
            _place(page, row, finding, text, options)
        else:
            page.text(row, column, text, plain.but(form="@") if column in (5, 6, 9) else plain)
    state = state_words(known, options.today, lang, masked=options.masked) if known else STATES[finding.state].say(lang)
    page.text(row, 10, state, center.but(bold=True, ink=ERROR, wrap=True) if finding.state == "new" or denied else center.but(wrap=True))
    page.text(row, ANSWER_COLUMN, ANSWERS[3].say(lang) if waits else "", ASK.but(align="center"))
    texts[NOTE_COLUMN] = note_shown(waits, masked=options.masked) if waits else ""
    page.text(row, NOTE_COLUMN, texts[NOTE_COLUMN], ASK.but(wrap=True))
    texts[10] = state
    page.text(row, ID_COLUMN, item.id, BODY.but(form="@"))
    stood = check_value(options.secret, finding.table, finding.record or "", finding.header or "", finding.found)
    book = workbook_mark(options.secret, finding.place.workbook or "")
    printed = note_mark(options.secret, texts[NOTE_COLUMN]) if waits else ""
    page.text(row, CHECK_COLUMN, f"{stood}-{book}-{printed}" if stood else "", BODY.but(form="@"))
    page.height(row, row_height([(text, COLUMNS[column - 1][1]) for column, text in texts.items()]))


def _place(page: Page, row: int, finding: Finding, text: str, options: ListOptions) -> None:
    look: Look = LINK.but(wrap=True)
    page.link(row, 4, cell_link(finding, options.link_base), text, look, tip=str(finding.place))


def place_text(finding: Finding, tabs: dict[str, set[str]], lang: Lang) -> str:
    """The place in few words: the tab and the cell; the workbook too where several hold a tab of that name."""
    place = finding.place
    stem = (place.workbook or "").rpartition("/")[2].rpartition(".")[0] or place.workbook or ""
    if place.sheet is None:
        return stem or Text("整个工作区", "the workspace").say(lang)
    at = place.cell or (f"第{place.row}行" if place.row and lang == "zh" else f"row {place.row}" if place.row else "")
    short = f"{place.sheet}!{at}" if at else place.sheet
    return short if len(tabs.get(place.sheet, ())) < 2 else f"{stem} {short}"


def cell_link(finding: Finding, base: str) -> str:
    """The link that opens the cell; '' where there is no file, or where its name cannot stand in a link."""
    place = finding.place
    if not place.workbook or "#" in place.workbook:
        return ""
    path = f"{base.rstrip('/')}/{place.workbook}" if base else place.workbook
    target = f"external:{path}"
    if place.sheet and place.row and not place.workbook.lower().endswith(".csv"):
        tab = place.sheet.replace("'", "''")
        cell = place.cell or f"A{place.row}"
        return f"{target}#'{tab}'!{cell}"
    return target


def _shades(page: Page, last: int, take: str) -> None:
    first = HEADER_ROW + 1
    answer, suggestion = column_letters(ANSWER_COLUMN), column_letters(9)
    page.shade_when(
        first, ANSWER_COLUMN, last, ANSWER_COLUMN, f'=AND(${answer}{first}="{take}",${suggestion}{first}="")', Look(ink=ERROR, fill=ERROR_FILL)
    )
    page.shade_when(first, ANSWER_COLUMN, last, NOTE_COLUMN, f'=${answer}{first}<>""', Look(ink=DONE_INK, fill=DONE))
    page.shade_when(first, 3, last, 9, f'=${answer}{first}<>""', Look(ink=MUTED))
