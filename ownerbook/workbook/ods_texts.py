"""The text of a cell: its paragraphs, with the blanks, tabs and line breaks that stand there as elements."""

from __future__ import annotations

import re

from ownerbook.schema.cells import Flag
from ownerbook.workbook.ods_names import TEXT, count
from ownerbook.workbook.ods_styles import OdsStyles
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xml_parts import Attributes

PARAGRAPHS = {TEXT + "p", TEXT + "h"}
LONGEST_TEXT = 1 << 20  # characters; a cell of Excel holds 32,767
MOST_BLANKS = 16 << 20  # that one file may ask for by their number alone
_UNSEEN = {TEXT + "note", TEXT + "ruby-text"}  # beside the text, not in it
_SPAN, _BLANKS, _TAB, _BREAK = (TEXT + n for n in ("span", "s", "tab", "line-break"))
# A blank that is meant stands there as it is, as LibreOffice writes it; a line break of the XML itself is only its layout.
_LAYOUT = re.compile(r"^[ \t]*[\r\n]\s*|\s*[\r\n][ \t]*$")


class CellText:
    """Gathers the paragraphs of one cell."""

    def __init__(self, styles: OdsStyles) -> None:
        self._styles = styles
        self._blanks = 0
        self.begin_cell()

    def begin_cell(self) -> None:
        """A cell begins."""
        self.paragraphs: list[str] = []
        self.flag = 0
        self.inside = 0  # how deep in a paragraph
        self._pieces: list[str] = []
        self._length = 0

    def begin_paragraph(self) -> None:
        """A paragraph of the cell begins."""
        self._pieces = []
        self.inside = 1

    def start(self, name: str, a: Attributes) -> bool:
        """An element inside a paragraph begins. False where it is no part of the text, with all that it holds."""
        if name == _SPAN:
            self.flag |= int(Flag.RICH)
            if self._styles.strikes(a.get(TEXT + "style-name", "")):
                self.flag |= int(Flag.STRIKE)
        elif name == _BLANKS:
            self._some_blanks(count(a.get(TEXT + "c")))
        elif name == _TAB:
            self.text("\t")
        elif name == _BREAK:
            self.text("\n")
        elif name in _UNSEEN or not name.startswith(TEXT):
            return False
        self.inside += 1
        return True

    def _some_blanks(self, times: int) -> None:
        self._blanks += times
        if self._blanks > MOST_BLANKS:
            raise Trouble("bomb", "text")
        self.text(" " * times)

    def text(self, data: str) -> None:
        """Characters of a paragraph. Raises `Trouble` (`bomb`) for a text beyond all measure."""
        self._length += len(data)
        if self._length > LONGEST_TEXT:
            raise Trouble("bomb", "text")
        self._pieces.append(data)

    def end(self) -> None:
        """An element inside a paragraph, or the paragraph itself, ends."""
        self.inside -= 1
        if not self.inside:
            text = "".join(self._pieces)
            self.paragraphs.append(_LAYOUT.sub("", text) if "\n" in text or "\r" in text else text)

    def whole(self) -> str:
        """The text of the cell, a line for each paragraph."""
        return "\n".join(self.paragraphs)
