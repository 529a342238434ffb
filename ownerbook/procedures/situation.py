"""How a house stands: who owns it, who lives there, which files it has and what is open about them. Looked up, never judged."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ownerbook.deadlines.columns import Whole, complete
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import row_named
from ownerbook.schema.cells import Bools

IN_USE = ("待整理", "在库", "借出", "遗失")


class Situation:
    """A register, asked by house. Rows are positions in its tables."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.book = Whole(register)

    def canonical(self, written: str) -> str:
        """A house as policy writes it; '' for what is no house number."""
        return self.register.policy.house_format.canonical(written.strip()) or ""

    def house(self, written: str) -> int:
        """The row of 房屋, -1 for none."""
        return row_named(self.register, "houses", written)

    def found(self, sheet: str, name: str, row: int) -> str:
        """A cell as it stands, '' for none."""
        return self.register.tables[sheet].found(name, row).strip() if row >= 0 and sheet in self.register.tables else ""

    def key(self, sheet: str, row: int) -> str:
        """The key of a row."""
        return self.found(sheet, BY_FIELD[sheet].key.field, row)

    def owners(self, house: int) -> list[int]:
        """Current owners."""
        return self._owners.get(house, [])

    def unsure(self, house: int) -> list[int]:
        """Rows of 业主 of a house of which neither 业主状态 nor 迁出日期 says whether they own it still."""
        return self._unsure.get(house, [])

    def members(self, house: int) -> list[int]:
        """People of 家庭成员 who live there."""
        return self._members.get(house, [])

    def files(self, house: int) -> list[int]:
        """Files in use, the newest last."""
        return self._files.get(house, [])

    def loan(self, file: int) -> int:
        """The open loan of a file, -1 for none."""
        if not complete(self.book, "loans", "loan_no", "file_no", "lent_on", "returned_on", "condition"):
            return -1
        return int(self._out[file])

    def rectifications(self, file: int) -> list[int]:
        """Audits of a file whose rectification is open."""
        if not complete(self.book, "audits", "audit_no", "file_no", "result"):
            return []
        a = self.book.audits
        open_: Bools = a.result.is_("不合格") & (a.ref("file_no").row == file)
        if self.book.has("audits.verified_on"):
            open_ = open_ & a.verified_on.blank
        return [int(r) for r in np.flatnonzero(open_)]

    def was_here(self, sheet: str, key: str, house: int) -> bool:
        """Whether a row of 业主 or 家庭成员 is of a house, whatever its status."""
        row = row_named(self.register, sheet, key) if key and sheet in self.register.tables else -1
        return row >= 0 and int(self.register.reference(sheet, "house_no").row[row]) == house

    def papers(self, file: int) -> list[int]:
        """Papers of a file, in the order of 材料."""
        if "documents" not in self.register.tables or file < 0:
            return []
        return [int(r) for r in np.flatnonzero(self.register.reference("documents", "file_no").row == file)]

    def held_back(self, file: int) -> bool:
        """Whether a file is on hold."""
        return bool(self.found("files", "hold_until", file))

    @cached_property
    def _out(self) -> np.ndarray:
        from ownerbook.deadlines.standing import files_out

        return files_out(self.book)

    @cached_property
    def _owners(self) -> dict[int, list[int]]:
        return self._by_house("owners", "现业主")

    @cached_property
    def _unsure(self) -> dict[int, list[int]]:
        out: dict[int, list[int]] = {}
        if "owners" not in self.register.tables or "houses" not in self.register.tables:
            return out
        at = self.register.reference("owners", "house_no").row
        mask = ~self.register.column("owners", "status").ok & (at >= 0)
        for row in np.flatnonzero(mask).tolist():
            if not self.found("owners", "owned_to", row):
                out.setdefault(int(at[row]), []).append(row)
        return out

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        return self._by_house("household", "在住")

    @cached_property
    def _files(self) -> dict[int, list[int]]:
        return self._by_house("files", *IN_USE)

    def _by_house(self, sheet: str, *statuses: str) -> dict[int, list[int]]:
        out: dict[int, list[int]] = {}
        if sheet not in self.register.tables or "houses" not in self.register.tables:
            return out
        at = self.register.reference(sheet, "house_no").row
        mask = self.register.column(sheet, "status").is_(*statuses) & (at >= 0)
        for row in np.flatnonzero(mask).tolist():
            out.setdefault(int(at[row]), []).append(row)
        return out
