"""The door through which staff's files are read: any file in, a book out, or a reason why not."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ownerbook.schema.cells import Pool, Styles
from ownerbook.schema.shelf import Shelf
from ownerbook.workbook.book import Book, Unreadable
from ownerbook.workbook.sniff import sniff, what_package
from ownerbook.workbook.trouble import Trouble

_MAY_BE_TEXT = (".csv", ".tsv", ".txt", ".xls", ".et", "")  # a text file of another name is a mistake or a letter, not a table
_BOMBS = ("too-many-members", "too-large", "doctype")

# Why a file cannot be read: a sentence with its remedy, zh and en.
REASONS: dict[str, tuple[str, str]] = {
    "encrypted": (
        "文件设有打开密码。请提供密码，或在 Excel 中取消打开密码后保存。",
        "The file has a password to open. Give the password, or remove it in Excel and save.",
    ),
    "wrong_password": (
        "打开密码不正确。请核对密码（区分大小写）。",
        "The password does not fit. Check it; upper and lower case differ.",
    ),
    "encryption_unknown": (
        "文件的加密方式无法解开。请在 Excel 中打开，取消打开密码后保存。",
        "The file is encrypted in a way that cannot be undone here. Open it in Excel, remove the password and save.",
    ),
    "not_spreadsheet": (
        "文件不是电子表格。请核对是否放错了文件，或在原来的软件中另存为 .xlsx。",
        "The file is not a spreadsheet. Check whether it is the right file, or save it as .xlsx in the program it came from.",
    ),
    "html": (
        "文件其实是网页，里面没有表格。请用 Excel 打开后另存为 .xlsx，或重新导出。",
        "The file is really a web page, and holds no table. Open it in Excel and save it as .xlsx, or export it again.",
    ),
    "encoding": (
        "文本文件的编码无法识别。请在 Excel 中另存为“CSV UTF-8”，或另存为 .xlsx。",
        "The encoding of the text file is not known. Save it in Excel as CSV UTF-8, or as .xlsx.",
    ),
    "damaged": (
        "文件不完整或已损坏，也可能正在保存。请稍后再试；仍然不行时，用 Excel 打开并修复后另存，或恢复备份。",
        "The file is incomplete or damaged, or is being saved just now. Try again later; failing that, repair it in Excel or take the backup.",
    ),
    "bomb": (
        "文件展开后异常巨大或含有不该有的内容，未予读取。请在 Excel 中把数据复制到新工作簿后保存。",
        "The file would unfold beyond all measure or holds what no workbook needs, and was not read. Copy the data into a new workbook in Excel.",
    ),
    "empty": (
        "文件是空的（没有内容）。请恢复备份，或重新导出。",
        "The file is empty. Take the backup, or export it again.",
    ),
    "cannot_open": (
        "文件打不开：没有权限，或被其他程序占用。请关闭占用的程序，或请管理员开通权限。",
        "The file cannot be opened: no permission, or another program holds it. Close that program, or ask for permission.",
    ),
    "parser_died": (
        "读取这个文件时程序超时或异常中止。请用 Excel 打开后另存为 .xlsx。",
        "Reading this file took too long or broke off. Open it in Excel and save it as .xlsx.",
    ),
    "no_worksheet": (
        "文件里没有工作表。请核对是否放错了文件。",
        "The file holds no worksheet. Check whether it is the right file.",
    ),
    "vanished": (
        "文件不见了：可能刚被移动、改名或正在保存。请稍后再试。",
        "The file is gone: moved or renamed, or being saved just now. Try again later.",
    ),
}


def read_book(path: Path, *, pool: Pool, styles: Styles, password: str | None = None, called: str = "", shelf: Shelf | None = None) -> Book:
    """Read a file, whatever it is. Texts go into `pool` and styles into `styles`, which may hold those of other files.

    called: the workbook's own name where the file is a copy under another one; the tab of a .csv is named for it.
    shelf: where tabs are kept as they were read; of a file with a password nothing is. Raises `Unreadable` with a key of `REASONS`.
    """
    try:
        data = _bytes(path)
        return _book(path, data, pool, styles, password, called or path.name, shelf)
    except Trouble as e:
        raise Unreadable(path, e.reason, e.detail) from e


def _bytes(path: Path) -> bytes:
    from ownerbook.workbook.whole_file import LARGEST_FILE

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Trouble("bomb", f"{path.stat().st_size >> 20} MiB")
        return path.read_bytes()
    except FileNotFoundError:
        raise Trouble("vanished") from None
    except OSError as e:
        raise Trouble("cannot_open", e.strerror or "") from e


def _book(path: Path, data: bytes, pool: Pool, styles: Styles, password: str | None, called: str, shelf: Shelf | None) -> Book:
    stem = Path(called).stem
    form, seems = sniff(data)
    fingerprint = hashlib.sha256(data).hexdigest()
    match form:
        case "zip":
            return _zipped(path, data, fingerprint, pool, styles, shelf=shelf, called=called)
        case "ole":
            return _contained(path, data, fingerprint, pool, styles, password)
        case "biff":
            return _xls(path, data, fingerprint, pool, styles)
        case "text" if path.suffix.lower() in _MAY_BE_TEXT:
            from ownerbook.workbook.csv_reading import read_csv

            tab, encoding = read_csv(data, stem, pool)
            return Book(path, "csv", fingerprint, [tab], encoding=encoding)
        case "html":
            from ownerbook.workbook.html_table import read_html

            return Book(path, "html", fingerprint, read_html(data, stem, pool))
        case "xml" if seems == "FODS":
            from ownerbook.workbook.ods_reading import read_flat

            return read_flat(data, path, fingerprint, pool, styles)
        case "empty":
            raise Trouble(form)
    raise Trouble("not_spreadsheet", seems or form)


def _zipped(
    path: Path, data: bytes, fingerprint: str, pool: Pool, styles: Styles, scan: bool = True, *, shelf: Shelf | None = None, called: str = ""
) -> Book:
    from ownerbook.workbook.package import Package, PackageError

    try:
        package = Package.open(data)
        kind = what_package(package)
        if kind == "xlsx":
            from ownerbook.workbook.xlsx_book import XlsxReader

            return XlsxReader(package, pool, styles, scan, shelf=shelf, called=called).book(path, fingerprint)
        if kind == "ods":
            from ownerbook.workbook.ods_reading import read_ods

            return read_ods(package, path, fingerprint, pool, styles)
        if kind == "xlsb":
            parts = {m.name: m.crc for m in package.members if not m.folder}
            from ownerbook.workbook.other_formats import read_in_child

            return Book(path, kind, fingerprint, read_in_child(data, pool, styles).tabs, parts=parts, values_only=True)
        raise Trouble("encrypted" if kind == "encrypted ods" else "not_spreadsheet", kind)
    except PackageError as e:
        raise Trouble("bomb" if e.reason in _BOMBS else "damaged", str(e)) from e


def _contained(path: Path, data: bytes, fingerprint: str, pool: Pool, styles: Styles, password: str | None) -> Book:
    from ownerbook.workbook.password import decrypt, holds

    kind = holds(data)
    if kind == "encrypted":
        book = _zipped(path, decrypt(data, password), fingerprint, pool, styles)
    elif kind == "xls":
        try:
            return _xls(path, data, fingerprint, pool, styles)
        except Trouble as e:
            if e.reason != "encrypted":
                raise
        book = _xls(path, decrypt(data, password), fingerprint, pool, styles)
    else:
        raise Trouble("not_spreadsheet", kind or "OLE2")
    book.protected_by_password = True
    return book


def _xls(path: Path, data: bytes, fingerprint: str, pool: Pool, styles: Styles) -> Book:
    from ownerbook.workbook.other_formats import read_xls

    found = read_xls(data, pool, styles)
    return Book(path, "xls", fingerprint, found.tabs, found.date1904, found.properties, found.external, found.macros, values_only=found.values_only)
