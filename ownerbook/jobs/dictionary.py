"""`ownerbook data-dictionary`: every sheet and column as text, as JSON, as a workbook."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ownerbook.jobs.workspace import Unusable
from ownerbook.register.sheets import SHEETS
from ownerbook.reports.kind_words import kind_words
from ownerbook.schema.sheet import Column, Sheet
from ownerbook.schema.words import Lang, Text

PRIVACY = {
    "public": Text("公开", "public"),
    "internal": Text("内部", "internal"),
    "personal": Text("个人信息", "personal"),
    "sensitive": Text("敏感", "sensitive"),
}


def chosen(name: str | None) -> list[Sheet]:
    """A sheet by its Chinese name, its English one or its field name; all where none is named. Raises Unusable."""
    if not name:
        return list(SHEETS)
    found = [s for s in SHEETS if name in (s.name, s.field, s.title.en)]
    if not found:
        raise Unusable(Text(f"没有「{name}」这张表，有 {'、'.join(s.name for s in SHEETS)}", f"there is no sheet {name}"))
    return found


def mark(column: Column) -> Text:
    """Key, required or optional."""
    if column.key:
        return Text("主键", "key")
    return Text("必填", "required") if column.required else Text("可空", "optional")


def as_text(sheets: Sequence[Sheet], lang: Lang) -> str:
    """For the terminal."""
    from ownerbook.reports.widths import pad

    out = []
    for s in sheets:
        out += ["", f"{s.name}  {s.field}  {s.purpose.say(lang)}"]
        for c in s.columns:
            head = pad(c.header.zh, 16) + pad(c.field, 18) + pad(mark(c).say(lang), 10) + pad(PRIVACY[c.privacy].say(lang), 10)
            out.append(
                "  "
                + head
                + kind_words(c).say(lang)
                + (f"  （{c.hint.zh}）" if lang == "zh" and c.hint.zh else f"  ({c.hint.en})" if c.hint.en else "")
            )
    return "\n".join(out).lstrip("\n") + "\n"


def as_json(sheets: Sequence[Sheet]) -> str:
    """For programs: one list of sheets."""
    data = [
        {
            "sheet": s.name,
            "field": s.field,
            "title": s.title.en,
            "needed": s.needed,
            "purpose": list(s.purpose),
            "columns": [
                {
                    "header": c.header.zh,
                    "field": c.field,
                    "english": c.header.en,
                    "key": c.key,
                    "required": c.required,
                    "privacy": c.privacy,
                    "holds": list(kind_words(c)),
                    "note": list(c.hint),
                    "also": list(c.also),
                }
                for c in s.columns
            ],
        }
        for s in sheets
    ]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write_workbook(path: Path, sheets: Sequence[Sheet], lang: Lang) -> Path:
    """As a workbook: one table, a line a column. Raises PenError."""
    from ownerbook.reports.many_rows import write_rows
    from ownerbook.reports.palette import BODY, BODY_CENTER, BODY_WRAP, HEADER, NAVY, SUBTITLE, TITLE
    from ownerbook.reports.pen import Pen
    from ownerbook.reports.templates import MADE_ON
    from ownerbook.reports.widths import row_height

    title = Text("数据字典", "Data dictionary")
    heads = ("表|Sheet", "列|Header", "字段|Field", "要求|Required", "隐私级别|Privacy", "内容|Holds", "说明|Note", "认得的别名|Also")
    widths = [11.0, 16.0, 18.0, 9.0, 11.0, 40.0, 34.0, 30.0]
    with Pen(path, as_of=MADE_ON, title=title.say(lang), kind="dictionary", lang=lang) as pen:
        page = pen.page(title.say(lang), colour=NAVY)
        page.columns(widths)
        page.text(1, 1, title.say(lang), TITLE)
        page.height(1, 30)
        about = Text("登记簿的每张表和每一列；由声明生成", "every sheet and column of the register, made from its declarations")
        page.text(2, 1, about.say(lang), SUBTITLE)
        page.row(3, [h.split("|")[lang == "en"] for h in heads], HEADER)
        page.height(3, 26)
        rows = [
            (
                s.name if lang == "zh" else f"{s.name} {s.title.en}",
                c.header.zh if lang == "zh" else f"{c.header.zh} {c.header.en}",
                c.field,
                mark(c).say(lang),
                PRIVACY[c.privacy].say(lang),
                kind_words(c).say(lang),
                c.hint.say(lang),
                "、".join(c.also),
            )
            for s in sheets
            for c in s.columns
        ]
        looks = [BODY_WRAP, BODY_WRAP.but(bold=True), BODY, BODY_CENTER, BODY_CENTER, BODY_WRAP, BODY_WRAP, BODY_WRAP]
        last = write_rows(page, 4, rows, [{"": look} for look in looks]) - 1
        for n, row in enumerate(rows, 4):
            page.height(n, max(20.0, row_height([(row[i], widths[i]) for i in (0, 1, 5, 6, 7)])))
        page.filter(3, 1, last, len(heads))
        page.freeze(3, 2)
        page.print_setup(repeat=(3, 3), last_column=len(heads), last_row=last)
    return path
