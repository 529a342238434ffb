"""For whom a workbook is: what of a row is shown to them, and how what is personal is masked.

internal: names, numbers and phones masked, houses and file numbers shown. mail: houses masked too, records and file numbers named by a code
that only the workspace can trace back (HMAC of its secret), free text left out.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from ownerbook.reports.listing import Cell
from ownerbook.reports.many_rows import Value
from ownerbook.reports.package_scan import hide
from ownerbook.schema.words import Lang, Personal, Text

FREE = frozenset({"finding", "note", "message", "reason", "purpose", "answer", "record_place"})
"""Columns of free text, and of places in the workbooks: not for mail."""
_TRACED = frozenset({"file_no", "record", "owner_no", "doc_no", "member_no"})
_HOUSES = frozenset({"house_no", "house"})


@dataclass(frozen=True, slots=True)
class Audience:
    """A profile in a language. secret: the workspace's, for codes that name records."""

    profile: str
    lang: Lang
    secret: bytes = b""

    @property
    def outside(self) -> bool:
        """Whether the workbook leaves the house."""
        return self.profile == "mail"

    def wants(self, key: str) -> bool:
        """Whether a column is shown."""
        return not (self.outside and key in FREE)

    def cell(self, key: str, cell: Cell) -> Value:
        """A cell as this audience sees it."""
        if isinstance(cell, Personal):
            from ownerbook.identifiers import masks

            return hide(masks.BY_NAME[cell.mask](cell.text)) if cell.text else ""
        if isinstance(cell, Text):
            return cell.say(self.lang)
        if not isinstance(cell, str) or not cell:
            return cell
        if self.outside and key in _TRACED:
            return self.code(cell)
        if self.outside and key in _HOUSES:
            from ownerbook.identifiers import masks

            cell = masks.house(cell)
        return hide(cell)

    def code(self, text: str) -> str:
        """The code of a record: eight hexadecimal digits of an HMAC."""
        return "#" + hmac.new(self.secret or b"ownerbook", text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:8].upper()
