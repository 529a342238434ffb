"""File numbers (档号): project, house and serial, as the policy 档号格式 says.

A number never changes, so an old spelling of the house inside it (YG-01-02-0301-01) is as good as the canonical one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers import dashed, house_no
from ownerbook.identifiers.columns import Bytes, judge_column
from ownerbook.identifiers.damage import fold
from ownerbook.identifiers.dashed import Dashed
from ownerbook.identifiers.house_no import HouseFormat
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "format", "project", "house", "serial")
"""All but the first are I04; a verdict with a canonical form can be used all the same."""

_TOKEN = re.compile("项目|房号|流水")
_NAMES = {"项目": "project", "房号": "house", "流水": "serial"}
_LONGEST_SERIAL = 9
_SERIAL_MISSING = re.compile(r"[0-9A-Z]{1,3}-[0-9]{1,2} [1-9][0-9]{2,}")  # YG-3-2-1501: its last part is the room
_DASHES = re.compile(r"(?<!\s)\s*[—–‐‑‒―−－ー~～_-]+\s*")


class UnreadableFileFormat(ValueError):
    """A policy value that names no form of file numbers."""


@dataclass(frozen=True, slots=True)
class FileNo:
    """The parts of a file number. `house` is canonical, `house_text` as it stands in the number."""

    project: str
    house: str
    serial: int
    house_text: str


class FileFormat:
    """The policy value 档号格式, of 项目, 房号 and 流水 with their separators, for one project and its house numbers.

    Raises UnreadableFileFormat, which is a ValueError.
    """

    def __init__(self, spec: str = "项目-房号-流水", project: str = "YG", houses: HouseFormat = house_no.DEFAULT) -> None:
        self.spec, self.project, self.houses = spec.strip(), project.strip(), houses
        names = [_NAMES[name] for name in _TOKEN.findall(self.spec)]
        signs = _TOKEN.split(self.spec)
        if sorted(names) not in (["house", "serial"], ["house", "project", "serial"]):
            raise UnreadableFileFormat(f"档号格式「{spec}」须含 房号 和 流水 各一次")
        if any(not sign for sign in signs[1:-1]) or re.search(r"[0-9A-Za-z]", self.spec):
            raise UnreadableFileFormat(f"档号格式「{spec}」的各部分之间须有分隔符,分隔符不能是字母或数字")
        self._parts = {"project": re.escape(self.project), "house": "(?P<house>.+)", "serial": "(?P<serial>[0-9]{2,})"}
        self._pattern = self._compile(names, signs, self._parts)
        self._loose = self._compile(names, signs, {"project": "(?P<project>[^-]+?)", "house": "(?P<house>.+?)", "serial": "(?P<serial>[0-9]+)"})
        self._pieces = list(zip(signs, [*names, ""], strict=True))

    @staticmethod
    def _compile(names: list[str], signs: list[str], parts: dict[str, str]) -> re.Pattern[str]:
        return re.compile("".join(re.escape(sign) + parts.get(name, "") for sign, name in zip(signs, [*names, ""], strict=True)), re.ASCII)

    def parse(self, text: str) -> FileNo | None:
        """The parts of a number written as the policy says, None for any other text."""
        match = self._pattern.fullmatch(text)
        if match is None:
            return None
        written, serial = match["house"], match["serial"]
        if self.houses.is_plain(written):
            house: str | None = written
        else:
            house = self.houses.canonical(written) if _as_written(written) and not _SERIAL_MISSING.fullmatch(f"{written} {serial}") else None
        if house is None or len(serial) > _LONGEST_SERIAL:
            return None
        return FileNo(self.project if "项目" in self.spec else "", house, int(serial), written)

    @property
    def plain_head(self) -> str | None:
        """What stands before a house in the usual form, a dash and the serial; None where the numbers are otherwise built."""
        head, _, sign = self.write("\0", "00").partition("\0")
        return head if sign == "-00" and self.houses.is_plain("1-1-101") else None

    @property
    def plain_width(self) -> int:
        """Bytes of the longest number that `read_plain` knows."""
        return len((self.plain_head or "").encode()) + house_no.LONGEST_PLAIN + 1 + _LONGEST_SERIAL

    def read_plain(self, matrix: NDArray[np.uint8], lengths: NDArray[np.int64]) -> Dashed:
        """Of n texts, given as the first `plain_width` bytes of each, and their lengths: which are surely right, of a house in the usual
        form; its building, unit and room, and the serial."""
        head = (self.plain_head or "").encode()
        numbers = dashed.read(matrix[:, len(head) :], lengths - len(head), 4)
        if self.plain_head is None:
            return numbers._replace(good=np.zeros(len(lengths), bool))
        good = house_no.is_house(numbers) & (numbers.widths[3] >= 2) & (numbers.widths[3] <= _LONGEST_SERIAL)
        return numbers._replace(good=good & (matrix[:, : len(head)] == np.frombuffer(head, np.uint8)).all(axis=1))

    def repair(self, text: str) -> tuple[str, str | None]:
        """For a text that `parse` cannot read: the reason, and the number that it certainly means."""
        plain = _DASHES.sub("-", fold(text.strip()))
        match = self._loose.fullmatch(plain)
        if match is None:
            return "format", None
        if "项目" in self.spec and match["project"].upper() != self.project.upper():
            return "project", None
        house = self.houses.canonical(match["house"])
        if house is None:
            return "house", None
        if len(match["serial"]) > _LONGEST_SERIAL:
            return "serial", None
        house_text = match["house"].upper() if _as_written(match["house"]) else house
        right = self.write(house_text, match["serial"])
        only_serial = len(match["serial"]) < 2 and plain == text and right == text[: match.start("serial")] + right[-2:]
        return ("serial" if only_serial else "format"), right if self.parse(right) else None

    def write(self, house: str, serial: int | str) -> str:
        """The number of a house and a serial; a serial has two digits at least."""
        values = {"project": self.project, "house": house, "serial": str(serial).zfill(2), "": ""}
        return "".join(sign + values[name] for sign, name in self._pieces)


DEFAULT = FileFormat()


def parse(text: str, form: FileFormat = DEFAULT) -> FileNo | None:
    """The parts of a file number, None when it is not written as the policy says."""
    return form.parse(text)


def canonical(text: str, form: FileFormat = DEFAULT) -> str:
    """The form on which equality rests, '' when the text is no file number."""
    return check(text, form).canonical


def check(text: str, form: FileFormat = DEFAULT) -> Verdict:
    """Judge one number by its form alone."""
    trimmed = text.strip()
    if form.parse(trimmed):
        return Verdict(Status.VALID, "", trimmed)
    reason, right = form.repair(text)
    return Verdict(Status.SUSPECT if right else Status.INVALID, reason, right or "", right)


def check_column(texts: Sequence[str], form: FileFormat = DEFAULT) -> tuple[Bytes, Bytes, list[str]]:
    """Statuses, reason codes and canonical forms of n numbers."""
    return judge_column(texts, lambda text: check(text, form), REASONS)


def parse_column(texts: Sequence[str], form: FileFormat = DEFAULT) -> list[FileNo | None]:
    """The parts of n numbers, each distinct text read once."""
    known: dict[str, FileNo | None] = {}
    return [known[t] if t in known else known.setdefault(t, form.parse(t)) for t in texts]


def mask(text: str, form: FileFormat = DEFAULT) -> str:
    """The number with the room of its house hidden: YG-1-2-***-01."""
    found = form.parse(check(text, form).canonical)
    if found is None:
        return house_no.mask(text)
    return form.write(house_no.mask(found.house_text, form.houses), f"{found.serial:02d}")


def _as_written(house: str) -> bool:
    """True for a house as it may stand in a file number: capitals, digits and plain dashes."""
    return re.fullmatch(r"[0-9A-Z\u4e00-\u9fff]+(?:[-#.][0-9A-Z\u4e00-\u9fff]+)*", house) is not None
