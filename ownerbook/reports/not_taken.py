"""未采用: the sheet of a problem workbook that says what came of the answers that were handed in, those that could not be taken first."""

from __future__ import annotations

from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.answer_lines import OUTCOMES, TROUBLE, AnswerLine, Came, counted
from ownerbook.reports.palette import (
    BODY,
    BODY_CENTER,
    BODY_WRAP,
    DONE,
    DONE_INK,
    ERROR,
    ERROR_FILL,
    HEADER,
    MUTED,
    SUBTITLE,
    TITLE,
    WARNING,
    WARNING_FILL,
)
from ownerbook.reports.pen import Page
from ownerbook.reports.widths import row_height
from ownerbook.schema.words import Lang, Text

NAME = Text("未采用", "Not taken")
COLUMNS: tuple[tuple[Text, float], ...] = (
    (Text("结果", "Outcome"), 12),
    (Text("来件", "File"), 20),
    (Text("表和行", "Sheet and row"), 12),
    (Text("处理", "Answer"), 10),
    (Text("规则", "Rule"), 17),
    (Text("对象", "Record"), 22),
    (Text("为什么", "Why"), 38),
    (Text("怎么办", "What to do"), 34),
)
_ROW = 4


def write_not_taken(page: Page, came: Came, titles: dict[str, str], *, lang: Lang, masked: bool) -> None:
    """Write the sheet; answers that were taken are only counted."""
    page.columns([w for _, w in COLUMNS])
    page.text(1, 1, Text("上次交回的处理：没有采用的", "Answers that were not taken").say(lang), TITLE)
    page.height(1, 30)
    counts = counted(came.counts)
    total = Text(f"收到 {came.total} 条处理：{counts.zh}", f"{came.total} answers came: {counts.en}")
    page.text(2, 1, total.say(lang), SUBTITLE)
    page.height(3, 6)
    page.row(_ROW, [head.say(lang) for head, _ in COLUMNS], HEADER)
    page.height(_ROW, 26)
    told = sorted((n for n in came.lines if n.outcome in TROUBLE), key=lambda n: TROUBLE.index(n.outcome))
    for row, line in enumerate(told, _ROW + 1):
        _row(page, row, line, titles, lang, masked)
    last = _ROW + max(1, len(told))
    if not told:
        page.across(last, 1, len(COLUMNS), Text("全部处理都已采用。", "Every answer was taken.").say(lang), BODY_CENTER.but(ink=DONE_INK, fill=DONE))
        page.height(last, 32)
    else:
        page.filter(_ROW, 1, last, len(COLUMNS))
    page.freeze(_ROW)
    page.print_setup(repeat=(_ROW, _ROW), last_column=len(COLUMNS), last_row=last)


def _row(page: Page, row: int, line: AnswerLine, titles: dict[str, str], lang: Lang, masked: bool) -> None:
    sheet = BY_FIELD.get(line.table)
    about = " ".join(t for t in (sheet.name if sheet else "", line.record, line.header) if t)
    where = f"{line.tab}!{line.row}" if line.tab else ""
    texts = (
        OUTCOMES[line.outcome].say(lang),
        line.file,
        where,
        line.answer or Text("副本里改的格", "corrected copy").say(lang),
        f"{line.code} {titles.get(line.code, '')}".strip(),
        about,
        line.say(lang, masked=masked),
        line.advise(lang, masked=masked),
    )
    ink, fill = (ERROR, ERROR_FILL) if line.outcome == "stands" else (WARNING, WARNING_FILL) if line.outcome == "refused" else (MUTED, "")
    looks = [BODY_CENTER.but(bold=True, ink=ink, fill=fill, wrap=True), BODY_WRAP, BODY_CENTER, BODY_CENTER.but(wrap=True)]
    looks += [BODY_WRAP, BODY_WRAP.but(form="@"), BODY_WRAP, BODY_WRAP.but(ink=MUTED) if line.outcome == "gone" else BODY_WRAP]
    for n, (text, look) in enumerate(zip(texts, looks, strict=True), 1):
        page.text(row, n, text, look if n != 2 else BODY.but(wrap=True, ink=MUTED))
    page.height(row, row_height([(text, COLUMNS[n][1]) for n, text in enumerate(texts)]))
