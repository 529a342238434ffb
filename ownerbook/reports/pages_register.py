"""The data dictionary and the policy's parameters as pages of the manual."""

from __future__ import annotations

from ownerbook.register.policy import PARAMETERS
from ownerbook.register.sheets import SHEETS
from ownerbook.reports.kind_words import kind_words
from ownerbook.schema.sheet import Column, Sheet
from ownerbook.schema.words import Text

GENERATED = "<!-- 由声明生成，请勿手改：make docs / generated from the declarations: make docs -->"
_PRIVACY: dict[str, Text] = {
    "public": Text("公开", "public"),
    "internal": Text("内部", "internal"),
    "personal": Text("个人信息", "personal"),
    "sensitive": Text("敏感", "sensitive"),
}


def cell(text: str) -> str:
    """Text as it may stand in a cell of a Markdown table."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("\n", " ").strip()


def table(heads: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table; cells are to be escaped already."""
    return ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads), *("| " + " | ".join(row) + " |" for row in rows)]


def sheets_page() -> str:
    """docs/sheets.md: every sheet and column, Chinese first."""
    out = [
        GENERATED,
        "# 数据字典 / Data dictionary",
        "",
        "登记簿的每张表和每一列。`*` 是主键,`!` 是必填；没有标记的可以留空，但规则另有要求的除外。",
        "列的次序不限，可以有自己的列；表头认得的别名会照常读取并提示改回。",
        "",
        "Every sheet and column of the register. `*` is the key, `!` must be filled. Columns may stand in any order beside columns of your own;",
        "known other wordings of a header are read, and told.",
        "",
        *table(
            ["表", "Sheet", "", "模板 / template", "用途"],
            [
                [f"[{s.name}](#{s.name})", s.title.en, "必需 / needed" if s.needed else "可选 / optional", cell(s.book), cell(s.purpose.zh)]
                for s in SHEETS
            ],
        ),
    ]
    for sheet in SHEETS:
        out += _sheet(sheet)
    return "\n".join(out) + "\n"


def _sheet(sheet: Sheet) -> list[str]:
    zh = [
        [f"{c.header.zh}{_mark(c)}", f"`{c.field}`", cell(kind_words(c).zh), cell(c.hint.zh), _PRIVACY[c.privacy].zh, cell("、".join(c.also))]
        for c in sheet.columns
    ]
    en = [[c.header.zh, c.header.en, cell(kind_words(c).en), cell(c.hint.en), _PRIVACY[c.privacy].en] for c in sheet.columns]
    return [
        "",
        f"## {sheet.name}",
        "",
        f"`{sheet.field}` · {sheet.title.en}",
        "",
        sheet.purpose.zh,
        "",
        *table(["列", "字段", "内容", "说明", "隐私级别", "认得的别名"], zh),
        "",
        "<details><summary>English</summary>",
        "",
        sheet.purpose.en,
        "",
        *table(["header", "meaning", "holds", "note", "privacy"], en),
        "",
        "</details>",
    ]


def _mark(column: Column) -> str:
    return " `*`" if column.key else " `!`" if column.required else ""


def parameters_page() -> str:
    """docs/parameters.md: what 制度 may set."""
    rows = [[p.name, cell(p.default) or "(空)", cell(p.explanation.zh), cell(p.explanation.en)] for p in PARAMETERS]
    return "\n".join(
        [
            GENERATED,
            "# 制度参数 / Policy parameters",
            "",
            "在「制度」表里修改：一行一个参数。没有写的参数按默认值；读不懂的值会报告，并按默认值处理；不认识的参数是一条警告。",
            "",
            "Set on the sheet 制度, one row a parameter. What is absent has its default; what cannot be read is told, and the default used.",
            "",
            *table(["参数", "默认值 / default", "说明", "note"], rows),
            "",
        ]
    )
