"""What was done, for people and for the journal."""

from __future__ import annotations

from dataclasses import dataclass

from ownerbook.workbook.amend.edits import cell_name
from ownerbook.workbook.amend.planning import CellChange
from ownerbook.workbook.amend.proof import Proof


@dataclass(frozen=True, slots=True)
class Receipt:
    """`before` and `after` are the SHA-256 of the file's bytes; equal when nothing was to be done (then there is no proof)."""

    before: str
    after: str
    changes: tuple[CellChange, ...]
    dropped: tuple[tuple[str, int, int], ...]  # formula cells that the spreadsheet calculates on opening
    scrubbed: int  # shared strings blanked because nothing shows them any more
    notes: tuple[str, ...]
    proof: Proof | None
    kept: str = ""  # where the previous version is kept
    encrypted: bool = False

    @property
    def changed(self) -> bool:
        """Whether the bytes differ."""
        return self.before != self.after

    def lines(self) -> list[str]:
        """The receipt as text, a line a fact."""
        out = [f"{c.sheet}!{cell_name(c.row, c.column)}: {c.old!r} → {c.new!r}" for c in self.changes]
        if self.dropped:
            shown = ", ".join(f"{s}!{cell_name(r, c)}" for s, r, c in self.dropped[:8]) + (" …" if len(self.dropped) > 8 else "")
            out.append(f"打开时重新计算 / calculated on opening ({len(self.dropped)}): {shown}")
        if self.scrubbed:
            out.append(f"共享字符串中清除的旧号码 / old identifiers blanked in the shared strings: {self.scrubbed}")
        out += list(self.notes)
        if self.proof:
            p = self.proof
            out.append(f"未动部件逐字节相同 / parts untouched, identical to the byte: {p.parts_untouched}")
            out.append(f"改动的部件 / parts changed: {', '.join(p.parts_touched)}")
            out.append(f"calamine: {p.calamine}; {'全部单元格 / all cells' if p.whole else '涉及的行 / the touched rows'}")
        if self.kept:
            out.append(f"旧版本保存在 / the previous version is kept at: {self.kept}")
        return out
