"""docs/settings.md: every option of ownerbook.toml, from the same list that reads it and that `init` writes it from."""

from __future__ import annotations

from ownerbook.reports.pages_register import GENERATED, cell, table
from ownerbook.settings import FILE, OPTIONS, Option, as_toml

_SECTIONS = {
    "workspace": ("工作区", "the workspace"),
    "check": ("检查", "the check"),
    "files": ("文件", "files"),
    "reports": ("报告", "reports"),
    "reconcile": ("对账", "reconciling"),
    "nights": ("夜间与月度", "nights and months"),
    "mail": ("邮件", "mail"),
    "alerts": ("报警", "alerts"),
}


def settings_page() -> str:
    """The page."""
    tables: dict[str, list[Option]] = {}
    for option in OPTIONS:
        tables.setdefault(option.table, []).append(option)
    out = [
        GENERATED,
        "# 设置 / Settings",
        "",
        f"都在工作区的 `{FILE}` 里，用记事本改，保存为 UTF-8；每一项可以不写，不写就是默认值。写错的全部一次说清，指出第几行、该怎么写。",
        "`ownerbook init` 写出的文件里每一项都有说明。登记簿本身的规定（借阅期限、审核周期等）在「制度」表里，见 [parameters.md](parameters.md)。",
        "",
        f"All of it lies in `{FILE}`. What is absent has its default; all mistakes are told at once, each with its line and the remedy. What the",
        "register itself lays down (terms, cycles) stands on the sheet 制度, see [parameters.md](parameters.md).",
    ]
    for name, options in tables.items():
        zh, en = _SECTIONS.get(name, (name, name))
        rows = [[f"`{o.name}`", f"`{as_toml(o.default)}`", *map(cell, (o.about.zh, o.wants.zh, o.about.en, o.wants.en))] for o in options]
        out += ["", f"## [{name}] {zh} / {en}", "", *table(["名称", "默认值 / default", "说明", "写法", "meaning", "form"], rows)]
    return "\n".join([*out, ""])
