"""Formulas of an OpenDocument spreadsheet (OpenFormula), told as the other readers tell theirs."""

from __future__ import annotations

import re
from urllib.parse import unquote

from ownerbook.schema.cells import Flag, Kind
from ownerbook.workbook.cell_texts import formula_flags, worth_keeping

_SPACE = re.compile(r"(?:of|oooc|msoxl):=?|=")
_TOKEN = re.compile(r"\"(?:[^\"]|\"\")*\"|\[((?:'(?:[^']|'')*'|[^\]'])*)\]|;")
_SOURCE = re.compile(r"'((?:[^']|'')*)'#(.*)", re.DOTALL)
_END = re.compile(r"(?:(\$?'(?:[^']|'')*'|[^.':]*)\.)?([^:]*)")
_TELLING = re.compile(r"DISPIMG\(|HYPERLINK\(", re.IGNORECASE)
_ERROR = re.compile(r"#(?:REF!|N/A|DIV/0!|NAME\?|VALUE!|NUM!|NULL!)|Err:\d{3}")


def is_error(text: str) -> bool:
    """Whether a formula's result is an error, by the words that programs write for it (`#REF!`, `Err:502`)."""
    return _ERROR.fullmatch(text) is not None


class Formulas:
    """The formulas of one file, and the files that they refer to."""

    def __init__(self) -> None:
        self.external: dict[str, int] = {}  # target: its number, as Excel numbers its links

    def look(self, said: str, cached: bool, kind: int) -> tuple[int, str]:
        """Flags of a formula (`Flag`), and its text where it is worth keeping: without the leading =, in Excel's spelling."""
        flags = int(Flag.FORMULA) if cached else int(Flag.FORMULA | Flag.NO_CACHE)
        if cached and kind != Kind.ERROR and "'#" not in said and not _TELLING.search(said):
            return flags, ""
        text = self.spelled(said)
        return flags | int(formula_flags(text)), text if worth_keeping(text, cached, kind == Kind.ERROR) else ""

    def spelled(self, said: str) -> str:
        """`of:=SUM([.A1:.B2];['file:///x.ods'#$S.A1])` → `SUM(A1:B2,[1]S!A1)`."""
        m = _SPACE.match(said)
        if m and m[0].startswith("msoxl"):
            return said[m.end() :]
        return _TOKEN.sub(self._token, said[m.end() if m else 0 :])

    def _token(self, m: re.Match[str]) -> str:
        if m[0] == ";":
            return ","
        return m[0] if m[1] is None else self._reference(m[1])

    def _reference(self, said: str) -> str:
        outside = _SOURCE.match(said)
        prefix = ""
        if outside:
            target = unquote(outside[1].replace("''", "'"))
            prefix = f"[{self.external.setdefault(target, len(self.external) + 1)}]"
            said = outside[2]
        ends = [(sheet, cell) for sheet, cell in _END.findall(said) if cell or sheet][:2]
        if not ends:
            return f"{prefix}#REF!"
        sheet = ends[0][0].removeprefix("$")
        if prefix and sheet.startswith("'"):
            sheet, prefix = sheet[1:], "'" + prefix
        where = f"{prefix}{sheet}!" if prefix or sheet else ""
        return where + ":".join(cell for _, cell in ends)
