"""Whether the whole register is before us: nobody is registered, and no number given, on a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.jobs.noting import Noted
    from ownerbook.register.register import Fact

WITHOUT_NONE = ("houses", "owners", "files")
"""Sheets without which no act can be told from another."""


def lacking(noted: Noted) -> Text | None:
    """What of the register cannot be seen, and what to do; None where it is all there.

    An act gives the next free numbers and looks for current owners and files: where a workbook cannot be opened or is gone, a house in it
    would look free and a number unused. A damaged one counts where the register was ever read with it: an old ruin beside it stops nobody.
    """
    sheet = next((BY_FIELD[f] for f in WITHOUT_NONE if f not in noted.read.register.tables), None)
    unread = [f for f in noted.read.register.facts if f.kind == "unreadable"]
    for fact in unread:
        if sheet is not None or fact.workbook in noted.absent or fact.workbook in noted.read.books.locked:
            return _unread(fact)
    if noted.absent:
        name = noted.absent[0]
        zh = f"{name} 不见了，登记簿不全，先不办理。请放回原处，或用 ownerbook restore 取回"
        return Text(zh, f"{name} is gone, so the register is not whole and nothing is taken. Put it back, or get it with ownerbook restore")
    if sheet is not None:
        zh = f"登记簿里没有「{sheet.name}」表，登记簿不全，先不办理。请放回这张表；空白的表用 ownerbook init 到另一个文件夹取"
        en = f"the register has no sheet {sheet.title.en}, so it is not whole and nothing is taken. Put the sheet back"
        return Text(zh, f"{en}; ownerbook init makes a blank one in another folder")
    return None


def _unread(fact: Fact) -> Text:
    why, remedy = fact.values["reason"], fact.values["remedy"]
    assert isinstance(why, Text) and isinstance(remedy, Text)
    zh = f"{fact.workbook} 读不了（{why.zh}），登记簿不全，先不办理。{remedy.zh.rstrip('。')}；与登记簿无关的文件请移出工作区"
    en = f"{fact.workbook} cannot be read ({why.en}), so the register is not whole and nothing is taken. {remedy.en.rstrip('.')}"
    return Text(zh, f"{en}; a file that is no part of the register belongs outside the workspace")
