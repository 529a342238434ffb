"""Chinese numerals as people write them in house numbers, dates and terms."""

from __future__ import annotations

import re

_DIGITS = {c: i for i, cs in enumerate(["〇零○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"]) for c in cs}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_RUN = re.compile(f"[{''.join(_DIGITS)}{''.join(_UNITS)}]+")


def number(text: str) -> str | None:
    """The digits of one numeral: 三〇一 is 301, 十二 is 12, 一百零三 is 103; None when it is none.

    A numeral without 十, 百 or 千 is read place by place, so its zeros stay.
    """
    if not text or not all(c in _DIGITS or c in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return "".join(str(_DIGITS[c]) for c in text)
    total, last, unit = 0, None, 10_000
    for c in text:
        if c in _DIGITS:
            if last not in (None, 0):
                return None
            last = _DIGITS[c]
        else:
            if _UNITS[c] >= unit or last == 0:
                return None
            unit = _UNITS[c]
            total += (1 if last is None else last) * unit
            last = None
    return str(total + (last or 0))


def with_digits(text: str) -> str:
    """The text with every numeral in it as digits; what is no numeral stays."""
    if text.isascii():
        return text
    return _RUN.sub(lambda m: number(m[0]) or m[0], text)
