"""Words about rules that the terminal and the manual share."""

from __future__ import annotations

import string
from functools import cache
from typing import ClassVar

from ownerbook.register.sheets import BY_FIELD
from ownerbook.rules.card import Card
from ownerbook.rules.judge import judge
from ownerbook.rules.pictures import draw
from ownerbook.schema.words import Lang, Text

CATEGORIES: dict[str, Text] = {
    "A": Text("工作簿与表头", "Workbooks and headers"),
    "B": Text("单元格损坏", "Damaged cells"),
    "C": Text("证件号码", "Document numbers"),
    "D": Text("姓名、共有与家庭", "Names, shares, household"),
    "E": Text("电话与邮箱", "Phones and mail"),
    "F": Text("房屋", "Houses"),
    "G": Text("日期", "Dates"),
    "H": Text("材料", "Papers"),
    "I": Text("档号与存放", "File numbers and places"),
    "J": Text("变更", "Changes"),
    "K": Text("借阅", "Loans"),
    "L": Text("审核与整改", "Audits and rectification"),
    "M": Text("保管与处置", "Retention and disposal"),
    "N": Text("个人信息", "Personal information"),
    "O": Text("人员与培训", "Staff and training"),
    "P": Text("报告", "Reports"),
    "R": Text("登记簿的约定", "What the register asks for"),
}
REPAIRS: dict[str, Text] = {
    "auto": Text("自动：有建议值时可以直接采纳", "automatic: where there is a suggestion, take it"),
    "confirm": Text("确认：有建议值时，核对后再采纳", "confirm: where there is a suggestion, take it after a look"),
    "hand": Text("人工：须查原件，不给建议值", "by hand: look at the paper; nothing is suggested"),
}
_SLOTS: dict[str, Text] = {
    "found": Text("单元格的内容", "what stands there"),
    "record": Text("编号", "the key"),
    "header": Text("列名", "the column"),
    "sheet": Text("表名", "the sheet"),
    "suggestion": Text("建议值", "the suggestion"),
    "workbook": Text("工作簿", "the workbook"),
    "tab": Text("工作表", "the tab"),
    "house": Text("房号", "the house"),
}


def category_title(letter: str) -> Text:
    """The title of a category."""
    return CATEGORIES.get(letter, Text(letter, letter))


def readable(template: Text, lang: Lang) -> str:
    """A template with … for its slots, those that every rule has by what stands in them."""
    out = []
    for literal, slot, _, _ in string.Formatter().parse(template.say(lang)):
        out.append(literal)
        if slot is not None:
            known = _SLOTS.get(slot)
            out.append(f"‹{known.say(lang)}›" if known else "‹…›")
    return "".join(out)


class _PictureDisk:
    """The scans that lie in the workspace of the pictures."""

    files: ClassVar[dict[str, str]] = {"扫描/有.pdf": "a" * 64, "扫描/变.pdf": "b" * 64}

    def exists(self, path: str) -> bool:
        """Whether the pictures' workspace holds it."""
        return path in self.files

    def sha256(self, path: str) -> str:
        """Its fingerprint."""
        return self.files.get(path, "")


@cache
def spoken(card: Card, lang: Lang) -> tuple[str, str]:
    """The message and the advice of a rule, as it says them of its first wrong picture; without one, its templates with slots."""
    wrong = [text for text in card.pictures[0] if text.strip()]
    if wrong:
        found = judge(draw(wrong[0]).register(), [card], _PictureDisk())
        if found:
            return found[0].say(lang, masked=False), found[0].advise(lang, masked=False)
    return readable(card.message, lang), readable(card.fix, lang)


def picture_cell(value: str, marked: bool) -> str:
    """A cell of a picture; 【】 marks the one that is reported."""
    if not marked:
        return value
    return f"【{value or '(空)'}】"


def sheet_names(fields: tuple[str, ...]) -> str:
    """The names of sheets that a rule looks at."""
    return "、".join(BY_FIELD[f].name for f in fields if f in BY_FIELD)
