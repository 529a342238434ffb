"""The one pen that writes workbooks.

It raises where the library below only warns or gives a negative number; it fixes what would make two runs differ; and it
never lets a text become a formula. Rows and columns count from 1, as Excel shows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Any

from ownerbook.reports.packing import packed
from ownerbook.reports.palette import FONT, FONT_SIZE, Look
from ownerbook.reports.sheet_page import MOST_LINKS as MOST_LINKS
from ownerbook.reports.sheet_page import Page as Page
from ownerbook.reports.sheet_page import PenError as PenError
from ownerbook.reports.sheet_page import loudly
from ownerbook.schema.words import Text

KIND_PROPERTY = "ownerbook.kind"
LISTS_SHEET = "下拉选项"
_MOST_MET = 2_000


class CannotWrite(PenError):
    """The file cannot be put in its place: it is open elsewhere, or the folder cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        zh = f"{path.name} 没有写成（{reason}），请检查磁盘空间、文件夹权限，或关闭已打开的同名文件；登记簿没有改动"
        en = f"{path.name} was not written ({reason}): check space and permissions, or close the file of that name; the register is as it was"
        self.message = Text(zh, en)


class Pen:
    """A workbook being written; use as a context manager. The file appears whole when the block ends without an error.

    as_of: the day that the file carries as its creation, so that the same input gives the same bytes.
    kind: problems, template …: our files carry it as a document property and are never read as a register; '' for none.
    """

    def __init__(
        self,
        path: Path,
        *,
        as_of: date,
        title: str,
        kind: str = "",
        subject: str = "",
        footer: str = "",
        lang: str = "zh",
        properties: Mapping[str, str] | None = None,
        date1904: bool = False,
    ) -> None:
        import xlsxwriter

        self.path, self.as_of, self.title, self.lang, self.kind = Path(path), as_of, title, lang, kind
        self.footer = footer or "ownerbook"
        self._draft = self.path.with_name(f".{self.path.name}.draft")
        self._formats: dict[Look, Any] = {}
        self._met: dict[int, tuple[Look, Any]] = {}  # by identity, which a look keeps that is held here: quicker than comparing
        self._conditions: dict[Look, Any] = {}
        self._lists: list[tuple[str, ...]] = []
        self._names: set[str] = set()
        options = {
            "default_format_properties": {"font_name": FONT, "font_size": FONT_SIZE, "font_scheme": "none"},  # not the theme's font
            "default_row_height": 22,
            "default_column_width": 64,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "date_1904": date1904,
        }
        self.book = xlsxwriter.Workbook(str(self._draft), options)
        self.book.set_calc_mode("auto")
        info = {"title": title, "subject": subject, "author": "ownerbook", "company": "", "comments": "", "created": datetime.combine(as_of, time())}
        loudly(lambda: self.book.set_properties(info), "properties")
        for name, value in (({KIND_PROPERTY: kind} if kind else {}) | dict(properties or {})).items():
            self._property(name, value)

    def steady_widths(self) -> None:
        """Widths of columns count digits of the workbook's own font, and an office without 微软雅黑 puts a wider one in its place. From here on
        they count those of a font that every office has, or has one just as wide; cells keep theirs."""
        self.book.formats[0].set_font_name("Arial")

    def _property(self, name: str, value: str) -> None:
        if loudly(lambda: self.book.set_custom_property(name, value[:255], "text"), name) != 0:
            raise PenError(f"the property {name} was refused")

    def page(self, name: str, *, colour: str = "", zoom: int = 100, gridlines: bool = False) -> Page:
        """A new sheet. A name that Excel would not take is made fit."""
        fit = sheet_name(name, self._names)
        self._names.add(fit.lower())
        sheet = loudly(lambda: self.book.add_worksheet(fit), fit)
        if colour:
            sheet.set_tab_color(colour)
        sheet.set_zoom(zoom)
        sheet.hide_gridlines(1 if gridlines else 2)
        return Page(self, sheet, fit)

    def format(self, look: Look) -> Any:
        """The library's format of a look, made once."""
        met = self._met.get(id(look))
        if met is not None:
            return met[1]
        known = self._formats.get(look)
        if known is None:
            known = self._formats[look] = self.book.add_format(look.properties())
        if len(self._met) < _MOST_MET:
            self._met[id(look)] = look, known
        return known

    def condition_format(self, look: Look) -> Any:
        """The format of a condition: colours alone."""
        known = self._conditions.get(look)
        if known is None:
            wanted = {"font_color": look.ink} | ({"bg_color": look.fill} if look.fill else {})
            known = self._conditions[look] = self.book.add_format(wanted)
        return known

    def list_source(self, values: Sequence[str]) -> str:
        """Where a long list will stand on the hidden sheet of lists."""
        key = tuple(values)
        if key not in self._lists:
            self._lists.append(key)
        from ownerbook.schema.finding import column_letters

        letters = column_letters(self._lists.index(key) + 1)
        return f"='{LISTS_SHEET}'!${letters}$1:${letters}${len(values)}"

    def __enter__(self) -> Pen:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            self.book.fileclosed = True  # nothing is stored; the library would store on deletion otherwise
            return
        self._close()

    def _close(self) -> None:
        if self._lists:
            page = self.page(LISTS_SHEET)
            for column, values in enumerate(self._lists, 1):
                for row, value in enumerate(values, 1):
                    page.text(row, column, value)
            page.sheet.hide()
        from xlsxwriter.exceptions import XlsxWriterException

        try:
            whole = packed(self.book, lambda: loudly(self.book.close, self.path.name))
            self._draft.unlink(missing_ok=True)
            with self._draft.open("xb") as file:  # anew: a link that lies there under this name is not written through
                file.write(whole)
            self._draft.replace(self.path)
        except (OSError, XlsxWriterException) as error:
            self.book.fileclosed = True
            self._draft.unlink(missing_ok=True)
            raise CannotWrite(self.path, str(error)) from error


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of []:*?/\\, not begun or ended by an apostrophe, not taken (names in lower case)."""
    name = "".join("-" if c in "[]:*?/\\" else c for c in wanted).strip("'")[:31] or "表"
    n, fit = 1, name
    while fit.lower() in taken:
        n += 1
        tail = f"({n})"
        fit = name[: 31 - len(tail)] + tail
    return fit
