"""What of a person's numbers a finished package holds: every part, cell, note, property, chart cache, sheet and file name.

Looked for are resident IDs (18 places with a province and a day of birth, 15 likewise), mobiles and land lines. The check place is not asked
for: a mistyped ID is still one. Dates, fingerprints, amounts and file numbers are neither, because a number must stand alone: no letter, digit
or decimal point touches it. Places are told without the number.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date

from ownerbook.identifiers.counties import PROVINCES

_EDGE, _END = r"(?<![0-9A-Za-z.])", r"(?![0-9A-Za-z]|\.0*[1-9])"
_ID18 = re.compile(_EDGE + r"(\d{6})[ -]?((?:18|19|20)\d{6})[ -]?(\d{3}[0-9Xx])" + _END, re.ASCII)
_ID15 = re.compile(_EDGE + r"(\d{6})(\d{6})(\d{3})" + _END, re.ASCII)
_MOBILE = re.compile(_EDGE + r"(?:(?:\+|00)?86[ -]?)?(1[3-9]\d)([ -]?)(\d{4})\2(\d{4})" + _END, re.ASCII)
_LAND = re.compile(_EDGE + r"(?:\(0\d{2,3}\) ?|0\d{2,3}[ -])[2-8]\d{6,7}(?:-\d{1,5})?" + _END, re.ASCII)
_SCIENTIFIC = re.compile(r"<v>(\d(?:\.\d+)?[Ee]\+?1[0-7])</v>", re.ASCII)
_QUICK = re.compile(r"\d[\d -]{5,}\d", re.ASCII)
_RUN_BREAK = re.compile(r"</t>\s*(?:<phoneticPr[^>]*/>\s*)?</r>\s*<r>(?:\s*<rPr>.*?</rPr>)?\s*<t[^>]*>", re.DOTALL)
_A_RUN_BREAK = re.compile(r"</a:t>\s*</a:r>\s*<a:r>(?:\s*<a:rPr.*?(?:/>|</a:rPr>))?\s*<a:t>", re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+\d+)"')
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]+)"')
_REL = re.compile(r"<Relationship [^>]*?>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_NESTED = 3
MOST = 200
"""Places that are told at most; one would be enough to refuse the package."""


class NotScannable(Exception):
    """What is no package cannot be looked through: an encrypted file, or a damaged one."""


def personal_data(data: bytes, *, name: str = "") -> list[str]:
    """Where a package holds resident IDs or phone numbers; empty when it holds none. name: of the file, looked at too.

    Raises NotScannable.
    """
    out = [f"文件名：{kind}" for kind in _kinds(name)]
    out += _package(data, "", _NESTED)
    return [hide(place) for place in out[:MOST]]


def spans(text: str) -> list[tuple[int, int, str]]:
    """Where in a text personal numbers stand: begin, end, and what it is (resident-id, mobile, land-line)."""
    if len(text) < 7 or not _QUICK.search(text):
        return []
    out = [(m.start(), m.end(), "resident-id") for m in _ID18.finditer(text) if _is_id(m[1], m[2])]
    out += [(m.start(), m.end(), "resident-id") for m in _ID15.finditer(text) if _is_id(m[1], "19" + m[2])]
    out += [(m.start(), m.end(), "mobile") for m in _MOBILE.finditer(text)]
    out += [(m.start(), m.end(), "land-line") for m in _LAND.finditer(text)]
    return sorted(out)


def hide(text: str) -> str:
    """A text with its personal numbers starred but for the last two places."""
    plain = _plain(text)
    found = spans(plain)
    if not found:
        return text
    for begin, end, _ in reversed(found):
        plain = plain[:begin] + "*" * (end - begin - 2) + plain[end - 2 : end]
    return plain


def _is_id(region: str, birth: str) -> bool:
    if region[:2] not in PROVINCES:
        return False
    try:
        date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return False
    return True


def _plain(text: str) -> str:
    """Digits in full width and signs that cannot be seen hide nothing."""
    if text.isascii():
        return text
    if any(unicodedata.category(c) == "Cf" for c in text):
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else unicodedata.normalize("NFKC", c) if "！" <= c <= "～" or c in "　－" else c for c in text
    )


_KINDS = {"resident-id": "身份证号码", "mobile": "手机号码", "land-line": "固定电话"}


def _kinds(text: str) -> list[str]:
    return [_KINDS[kind] for _, _, kind in spans(_plain(text))]


def _package(data: bytes, inside: str, depth: int) -> list[str]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        bad = archive.testzip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise NotScannable(inside or type(error).__name__) from None
    if bad is not None:
        raise NotScannable(bad)
    out = []
    parts = {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    tabs = _tabs(parts)
    out += [f"{inside}注释：{kind}" for kind in _kinds(archive.comment.decode("utf-8", "replace"))]
    for part, content in parts.items():
        where = f"{inside}{part}"
        out += [f"{where} 的名称：{kind}" for kind in _kinds(part)]
        if content[:4] == b"PK\x03\x04":
            if not depth:
                raise NotScannable(where)
            out += _package(content, where + " › ", depth - 1)
        else:
            out += [f"{inside}{place}：{kind}" for place, kind in _part(part, content, tabs)]
        if len(out) >= MOST:
            break
    return out


def _tabs(parts: dict[str, bytes]) -> dict[str, str]:
    """Parts of sheets and the names of their tabs."""
    book = parts.get("xl/workbook.xml", b"").decode("utf-8", "replace")
    rels = parts.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    targets = {}
    for m in _REL.finditer(rels):
        found = dict(_ATTRIBUTE.findall(m[0]))
        targets[found.get("Id", "")] = "xl/" + found.get("Target", "").removeprefix("/xl/")
    return {targets[m[2]]: html.unescape(m[1]) for m in _SHEET.finditer(book) if m[2] in targets}


def _part(part: str, content: bytes, tabs: dict[str, str]) -> Iterator[tuple[str, str]]:
    text = _decoded(content)
    sheet = tabs.get(part)
    for m in _SCIENTIFIC.finditer(text):
        if kinds := _kinds(f"{float(m[1]):.0f}"):
            yield _place(part, sheet, text, m.start()), kinds[0]
    if "</r>" in text:
        text = _RUN_BREAK.sub("", text)
    if "</a:r>" in text:
        text = _A_RUN_BREAK.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    for begin, _, kind in spans(_plain(text)):
        yield _place(part, sheet, text, begin), _KINDS[kind]


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    if b"\0" in content[:2000]:
        return content.decode("latin-1") + "\n" + content.decode("utf-16-le", "replace")
    return content.decode("utf-8", "replace")


def _place(part: str, sheet: str | None, text: str, at: int) -> str:
    if part.endswith("sharedStrings.xml"):
        return f"{part} 第 {text.count('<si>', 0, at)} 条文字"
    if sheet is None:
        return part
    cells = _CELL.findall(text, max(0, at - 4000), at)
    return f"「{sheet}」{cells[-1]}" if cells else f"「{sheet}」"
