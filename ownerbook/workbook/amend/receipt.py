"""What was done, for people and for the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ownerbook.schema.words import Lang, Text
from ownerbook.workbook.amend.edits import cell_name
from ownerbook.workbook.amend.planned import CellChange
from ownerbook.workbook.amend.proof import Proof


@dataclass(frozen=True, slots=True)
class Receipt:
    """`before` and `after` are the SHA-256 of the file's bytes; equal when nothing was to be done (then there is no proof)."""

    before: str
    after: str
    changes: tuple[CellChange, ...]
    dropped: tuple[tuple[str, int, int], ...]  # formula cells that the spreadsheet calculates on opening
    scrubbed: int  # shared strings blanked because nothing shows them any more
    notes: tuple[Text, ...]
    proof: Proof | None
    kept: str = ""  # where the previous version is kept
    encrypted: bool = False

    @property
    def changed(self) -> bool:
        """Whether the bytes differ."""
        return self.before != self.after

    def lines(self, lang: Lang = "zh", mask: Callable[[str], str] = str) -> list[str]:
        """The receipt as text, a line a fact. mask: how values of cells are shown."""
        zh = lang == "zh"
        out = [f"{c.sheet}!{cell_name(c.row, c.column)}: {_shown(c.old, zh, mask)} → {_shown(c.new, zh, mask)}" for c in self.changes]
        if self.dropped:
            shown = ", ".join(f"{s}!{cell_name(r, c)}" for s, r, c in self.dropped[:8]) + (" …" if len(self.dropped) > 8 else "")
            out.append(f"打开时重新计算（{len(self.dropped)} 格）：{shown}" if zh else f"calculated on opening ({len(self.dropped)} cells): {shown}")
        if self.scrubbed:
            out.append(f"共享字符串中清除的旧内容：{self.scrubbed}" if zh else f"old texts blanked in the shared strings: {self.scrubbed}")
        out += [note.say(lang) for note in self.notes]
        if self.proof:
            p = self.proof
            touched = ", ".join(p.parts_touched)
            out.append(f"未动部件 {p.parts_untouched} 个，逐字节相同" if zh else f"{p.parts_untouched} parts untouched, identical to the byte")
            out.append(f"改动的部件：{touched}" if zh else f"parts changed: {touched}")
            extent = ("全部单元格" if p.whole else "涉及的行") if zh else ("all cells" if p.whole else "the touched rows")
            judged = _judged(p.calamine) if zh else p.calamine
            out.append(f"另一读取程序（calamine）核对{extent}：{judged}" if zh else f"read again by calamine, {extent}: {judged}")
        if self.encrypted:
            out.append("已用原密码重新加密" if zh else "encrypted again with the same password")
        if self.kept:
            out.append(f"旧版本保存在：{self.kept}" if zh else f"the previous version is kept at: {self.kept}")
        return out


def _shown(value: object, zh: bool, mask: Callable[[str], str]) -> str:
    """A value as people read it; a text in quotes, so that its blanks are seen and a number among texts is told apart."""
    if value is None or value == "":
        return "（空）" if zh else "(empty)"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return repr(mask(value)) if isinstance(value, str) else mask(str(value))


def _judged(said: str) -> str:
    """What the second reader said, in Chinese."""
    head, _, names = said.partition(": ")
    if head == "not asked":
        return f"它不能读这个工作簿（{names}），没有参与"
    return "只有这些修改" + (f"；它不能读的工作表：{names}" if names else "")
