"""What the prints of the cabinet say in few words: from which house to which, how much a file holds, years, buildings. No name of a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.disposal_lists import Contents, contents
from ownerbook.deadlines.places import Places, places, walking
from ownerbook.register.register import Register
from ownerbook.reports.naming import Naming


class Cabinet:
    """A register as its cabinet is labelled. masked: whether names and titles are."""

    def __init__(self, register: Register, *, masked: bool = True) -> None:
        self.register, self.book, self.name = register, Whole(register), Naming(register, masked=masked)

    @cached_property
    def places(self) -> Places:
        """The places."""
        return places(self.book)

    @cached_property
    def here(self) -> list[list[int]]:
        """Per place the files that stand there, by their number."""
        return [sorted(rows, key=lambda f: walking(self.key(f))) for rows in self.places.of_files()]

    @cached_property
    def held(self) -> Contents:
        """Papers and pages of each file."""
        return contents(self.book)

    def key(self, file: int) -> str:
        """The 档号."""
        return self.name.key("files", file)

    def house(self, file: int) -> str:
        """The 房号."""
        return self.name.house("files", file)

    def title(self, file: int) -> str:
        """The 题名; masked only that it is the file of a house, for titles name people."""
        title = self.register.tables["files"].found("title", file) if not self.name.masked else ""
        return title or f"{self.house(file)} 业主档案"

    def place_of(self, file: int) -> str:
        """存放位置 as written."""
        return self.name.found("files", "location", file)

    def count(self, file: int) -> str:
        """6 件 / 34 页."""
        return f"{int(self.held.papers[file])} 件 / {int(self.held.pages[file])} 页"

    def houses(self, files: Sequence[int]) -> str:
        """The houses of files from the first to the last."""
        return span(sorted({self.house(f) for f in files} - {""}, key=walking))

    def numbers(self, files: Sequence[int]) -> str:
        """The 档号 of files from the first to the last."""
        return span(sorted({self.key(f) for f in files} - {""}, key=walking))

    def buildings(self, files: Sequence[int], most: int = 4) -> str:
        """The buildings of files, the first few by name."""
        found = sorted({self.name.building(self.house(f)) for f in files} - {""}, key=walking)
        return "、".join(found[:most]) + (f" 等 {len(found)} 处" if len(found) > most else "")

    def years(self, files: Sequence[int]) -> str:
        """The years in which files were opened."""
        found = sorted({d.year for f in files if isinstance(d := self.name.day("files", "created_on", f), date)})
        return "" if not found else str(found[0]) if found[0] == found[-1] else f"{found[0]}-{found[-1]}"

    def retentions(self, files: Sequence[int]) -> str:
        """The 保管期限 of files."""
        return "、".join(sorted({self.name.found("files", "retention", f) for f in files} - {""}))

    def sensitive(self, files: Sequence[int]) -> bool:
        """Whether any file is 敏感."""
        return any(self.name.found("files", "confidentiality", f) == "敏感" for f in files)

    def in_order(self, files: Sequence[int]) -> list[int]:
        """Files in walking order; those without a place last, those of one place by their number."""
        at = self.places.at
        return sorted(files, key=lambda f: (int(at[f]) < 0, int(at[f]), walking(self.key(f))))


def span(sorted_: Sequence[str]) -> str:
    """From the first to the last; one alone where it is one; '' for none."""
    return "" if not sorted_ else sorted_[0] if len(sorted_) == 1 else f"{sorted_[0]} 至 {sorted_[-1]}"
