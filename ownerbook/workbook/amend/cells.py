"""One cell: what it holds, and how it reads with another value."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from ownerbook.workbook.amend.edits import ANY, Value
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.skeleton import Element, Skeleton
from ownerbook.workbook.amend.strings import SharedStrings, is_rich, item_text
from ownerbook.workbook.amend.xml_bytes import from_xstring, text_element, with_attribute, without_attribute
from ownerbook.workbook.serials import day_serial, iso_serial

_WHOLE_UP_TO = 10**15  # a workbook keeps 15 digits
_FIRST_SURE_DAY = 61  # 1900-03-01: below it programs disagree


@dataclass(slots=True)
class Held:
    """What a cell holds. `value` is text, a number, a bool, or None; `kind` says how it is stored."""

    kind: str = "blank"  # blank text number bool error iso
    value: str | float | bool | None = None
    style: int | None = None
    shared: int | None = None  # number of the shared string
    rich: bool = False
    formula: str | None = None
    formula_kind: str = ""
    rich_value: bool = False  # it has cell or value metadata


def shared_number(cell: bytes) -> int | None:
    """The number of the shared string that a cell shows."""
    root = Skeleton(cell).root
    v = root.child("v")
    return _index(v) if root.attributes.get("t") == "s" and v is not None else None


def _index(v: Element) -> int | None:
    text = v.text.strip()
    return int(text) if text.isdecimal() else None


def held(cell: bytes, strings: SharedStrings) -> Held:
    """Read a cell. Its shared string must have been fetched."""
    root = Skeleton(cell).root
    a = root.attributes
    out = Held()
    style = a.get("s", "")
    out.style = int(style) if style.isdecimal() else None
    out.rich_value = a.get("vm", "0") != "0" or a.get("cm", "0") != "0"
    f, v, inline = root.child("f"), root.child("v"), root.child("is")
    if f is not None:
        out.formula, out.formula_kind = f.text, f.attributes.get("t", "normal")
    kind = a.get("t", "n")
    text = v.text if v is not None else ""
    if kind == "inlineStr":
        if inline is not None:
            raw = cell[inline.start : inline.end]
            out.kind, out.value, out.rich = "text", item_text(raw), is_rich(raw)
    elif v is None or not text:
        pass
    elif kind == "s":
        out.shared = _index(v)
        known = strings.text(out.shared) if out.shared is not None else None
        out.kind, out.value = "text", known if known is not None else ""
        out.rich = out.shared is not None and strings.rich(out.shared)
    elif kind == "str":
        out.kind, out.value = "text", from_xstring(text)
    elif kind == "b":
        out.kind, out.value = "bool", text.strip() in ("1", "true")
    elif kind == "e":
        out.kind, out.value = "error", text
    elif kind == "d":
        out.kind, out.value = "iso", text.strip()
    else:
        try:
            out.kind, out.value = "number", float(text)
        except ValueError:
            out.kind, out.value = "text", text
    return out


def serial(day: dt.date, date1904: bool) -> float:
    """The number that stands for a day or a moment. Raises `Stop` where programs would not agree on it."""
    whole = day_serial(day.date() if isinstance(day, dt.datetime) else day, date1904)
    if whole < (1 if date1904 else _FIRST_SURE_DAY):
        raise Stop("date", day.isoformat())
    if not isinstance(day, dt.datetime):
        return float(whole)
    if day.tzinfo is not None:
        raise Stop("date", day.isoformat())
    seconds = day.hour * 3600 + day.minute * 60 + day.second + day.microsecond / 1e6
    return whole + seconds / 86400


def checked(value: object) -> Value:
    """A value as it may be asked for; an empty text is no value. Raises `Stop` for what cannot be written."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | dt.date):
        return value
    if isinstance(value, str):
        text_element(b"", value)
        return value
    if isinstance(value, int):
        if abs(value) >= _WHOLE_UP_TO and int(f"{value:.15g}".partition("e")[0].replace(".", "") or 0) != _significant(value):
            raise Stop("number", value)
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Stop("number", value)
        return value
    raise Stop("value", repr(value))


def _significant(value: int) -> int:
    text = str(value).rstrip("0")
    return int(text) if text.strip("-") else 0


def meets(expect: object, now: Held, date1904: bool) -> bool:
    """Whether a cell holds what is expected."""
    if expect is ANY:
        return True
    if expect is None or expect == "":
        return now.value is None or now.value == ""
    if isinstance(expect, bool):
        return now.kind == "bool" and now.value == expect
    if isinstance(expect, dt.date):
        return _is_day(expect, now, date1904)
    if isinstance(expect, int | float):
        return now.kind == "number" and isinstance(now.value, float) and math.isclose(now.value, expect, rel_tol=1e-14)
    if isinstance(expect, str):
        return now.kind in ("text", "error", "iso") and now.value == expect
    return False


def _is_day(day: dt.date, now: Held, date1904: bool) -> bool:
    try:
        wanted = serial(day, date1904)
    except Stop:
        return False
    if now.kind == "number" and isinstance(now.value, float):
        return abs(now.value - wanted) < 1e-7
    if now.kind == "iso" and isinstance(now.value, str):
        found = iso_serial(now.value, date1904)
        return found is not None and abs(found[0] - wanted) < 1e-7
    return False


def same(value: Value, now: Held, date1904: bool) -> bool:
    """Whether a cell already holds a value, so that nothing is to be done."""
    return meets(value, now, date1904) and not (isinstance(value, str) and now.kind != "text")


def contents(value: Value, prefix: bytes, date1904: bool, iso: bool, inline: bool = True, shared: int | None = None) -> tuple[bytes, bytes]:
    """The type of a cell and what stands between its tags.

    A text is `shared`, by the number of its string; else inline; else as the text of a formula, which all readers take in
    any encoding.
    """
    if value is None:
        return b"", b""
    if isinstance(value, bool):
        return b"b", b"<%sv>%d</%sv>" % (prefix, value, prefix)
    if isinstance(value, str):
        if shared is not None:
            return b"s", b"<%sv>%d</%sv>" % (prefix, shared, prefix)
        text = text_element(prefix, value)
        if not inline:
            return b"str", b"<%sv" % prefix + text[len(prefix) + 2 : -len(prefix) - 4] + b"</%sv>" % prefix
        return b"inlineStr", b"<%sis>%s</%sis>" % (prefix, text, prefix)
    if isinstance(value, dt.date) and iso:
        serial(value, date1904)
        return b"d", b"<%sv>%s</%sv>" % (prefix, value.isoformat().encode(), prefix)
    number: float | int = serial(value, date1904) if isinstance(value, dt.date) else value
    written = str(int(number)) if isinstance(number, int) or number.is_integer() and abs(number) < 1e15 else repr(number)
    return b"", b"<%sv>%s</%sv>" % (prefix, written.encode(), prefix)


def rewritten(cell: bytes, value: Value, style: int | None, date1904: bool, iso: bool, inline: bool = True, shared: int | None = None) -> bytes:
    """An existing cell with another value: its attributes but the type, and extensions, stay."""
    sk = Skeleton(cell)
    prefix = sk.root.prefix
    kind, inner = contents(value, prefix, date1904, iso, inline, shared)
    tag = sk.tag(sk.root)
    closed = tag.endswith(b"/>")
    if style is not None and sk.root.attributes.get("s", "0") != str(style):
        tag = with_attribute(tag, b"s", str(style).encode())
    tag = with_attribute(tag, b"t", kind) if kind else without_attribute(tag, b"t")
    rest = b"".join(sk.raw(c) for c in sk.root.children if c.name == "extLst")
    if not inner and not rest:
        return tag if closed else tag[:-1].rstrip() + b"/>"
    if closed:
        tag = tag[:-2].rstrip() + b">"
    return tag + inner + rest + b"</%sc>" % prefix


def without_result(cell: bytes) -> list[tuple[int, int, bytes]]:
    """What to cut from a formula cell so that it has no stored result: places within the cell."""
    sk = Skeleton(cell)
    out: list[tuple[int, int, bytes]] = []
    tag = sk.tag(sk.root)
    plain = without_attribute(tag, b"t") if sk.root.attributes.get("t") in ("str", "b", "e", "s", "d", "n") else tag
    for name in ("v", "is"):
        v = sk.root.child(name)
        if v is not None:
            out.append((v.start, v.end, b""))
    if out and plain != tag:
        out.insert(0, (0, len(tag), plain))
    return out
