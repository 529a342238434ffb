"""One form of house numbers, as the policy 房号格式 names it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NAMES = {"栋": "building", "单元": "unit", "层": "floor", "室": "room"}
_TOKEN = re.compile("|".join(_NAMES))


class UnreadableFormat(ValueError):
    """A policy value that names no form of numbers."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its parts in order, and what is written before each part and at the end.

    `Form("栋-单元-室")` writes 3-2-1501. A name that comes again is a plain sign: 栋栋单元单元室室 writes 3栋2单元1501室.
    层室 side by side are one number, as 1501 is floor 15. Raises UnreadableFormat.
    """

    spec: str

    def __post_init__(self) -> None:
        parts = self.parts
        if "room" not in parts or len(parts) < 2:
            raise UnreadableFormat(f"房号格式「{self.spec}」须含 室 和另一部分")
        if any(not sign for sign in self.signs[1 : len(parts)]):
            raise UnreadableFormat(f"房号格式「{self.spec}」的各部分之间须有分隔符")
        if any(c.isalnum() and c.isascii() for c in self.spec):
            raise UnreadableFormat(f"房号格式「{self.spec}」的分隔符不能是字母或数字")

    @property
    def parts(self) -> tuple[str, ...]:
        """The field names of the parts, of building, unit, floor and room."""
        return _layout(self.spec)[0]

    @property
    def signs(self) -> tuple[str, ...]:
        """What stands before each part, and last what stands at the end; one more than there are parts."""
        return _layout(self.spec)[1]

    def write(self, values: dict[str, str | None]) -> str:
        """The number of these parts; a part that is None is left out together with the sign before it."""
        parts, signs = _layout(self.spec)
        out = ""
        left_out = ""
        for part, sign in zip(parts, signs, strict=False):
            value = values.get(part)
            if value is None:
                left_out = left_out or sign
                continue
            # a sign in words (3号楼2单元1501) belongs to the part before it, so it goes when that part does
            out += (left_out if left_out and any(c.isalpha() for c in sign) else sign if out or part == parts[0] else "") + value
            left_out = ""
        return out + signs[-1]


@lru_cache(maxsize=64)
def _layout(spec: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    spec = spec.strip().replace("层室", "室")
    parts: list[str] = []
    signs: list[str] = []
    at = 0
    for match in _TOKEN.finditer(spec):
        part = _NAMES[match[0]]
        if part in parts:
            continue
        parts.append(part)
        signs.append(spec[at : match.start()].strip())
        at = match.end()
    return tuple(parts), (*signs, spec[at:].strip())


def parse_forms(spec: str) -> tuple[Form, ...]:
    """The forms of a policy value, separated by 、. Raises UnreadableFormat."""
    forms = [form.strip() for form in re.split("[、，,;；]", spec) if form.strip()]
    if not forms:
        raise UnreadableFormat("房号格式为空")
    return tuple(Form(form) for form in forms)
