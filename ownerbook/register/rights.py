"""权限: the rights of a member of staff, each with its span."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ownerbook.register.declare import RIGHTS

_ONE = re.compile(r"\s*([\u4e00-\u9fff]+)\s*(?:[(（]\s*([^()（）]*?)\s*[)）])?\s*")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Right:
    """A right, from its first to its last day; None leaves that end to the employment."""

    name: str
    first: date | None = None
    last: date | None = None


def _day(text: str) -> date | None:
    m = _DAY.fullmatch(text.strip())
    if not m:
        raise ValueError(text)
    return date(int(m[1]), int(m[2]), int(m[3]))


def parse_rights(text: str) -> tuple[Right, ...] | None:
    """Rights separated by 、; `借阅审批(2024-03-01至2025-06-30)` carries its span, either end may be open. None: cannot be read."""
    out = []
    for piece in re.split(r"[、，,;；\n]", text):
        if not piece.strip():
            continue
        m = _ONE.fullmatch(piece)
        if not m or m[1] not in RIGHTS:
            return None
        first = last = None
        if m[2]:
            ends = re.split(r"\s*(?:至今|至|到|~|～|—)\s*", m[2], maxsplit=1)
            try:
                if len(ends) == 2:
                    first = _day(ends[0].removesuffix("起")) if ends[0] else None
                    last = _day(ends[1]) if ends[1] else None
                elif m[2].endswith("起"):
                    first = _day(m[2].removesuffix("起"))
                else:
                    return None
            except ValueError:
                return None
            if first and last and last < first:
                return None
        out.append(Right(m[1], first, last))
    return tuple(out)
