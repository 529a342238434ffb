"""Registration and tenancy pages as people fill them in, for tests: the place of an answer is found by its printed label."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from ownerbook.cli.main import main

DAY = date(2026, 10, 31)


class Page:
    """One page of a form that somebody is filling in."""

    def __init__(self, path: Path, tab: str = "") -> None:
        self.path, self.book = path, openpyxl.load_workbook(path)
        self.tab = self.book[tab] if tab else self.book.worksheets[0]

    def put(self, label: str, value: Any, nth: int = 1) -> Page:
        """Write beside a label; nth: of several such labels."""
        found = [c for row in self.tab.iter_rows() for c in row if str(c.value or "").split("\n")[0] == label]
        cell = found[nth - 1]
        merged = next((m for m in self.tab.merged_cells.ranges if cell.coordinate in m), None)
        self.tab.cell(cell.row, (merged.max_col if merged else cell.column) + 1).value = value
        return self

    def line(self, title: str, number: int, **values: Any) -> Page:
        """Write into a line of the table under a title."""
        top = self._title(title)
        heads = {str(c.value).split("\n")[0]: c.column for c in self.tab[top + 1] if c.value}
        for head, value in values.items():
            self.tab.cell(top + 1 + number, heads[head]).value = value
        return self

    def came(self, kind: str, form: str = "原件", pages: int = 2, checker: str = "G001") -> Page:
        """A paper came with the form."""
        top = self._title("随表交来的材料")
        heads = {str(c.value).split("\n")[0]: c.column for c in self.tab[top + 1] if c.value}
        row = next(r for r in range(top + 2, top + 14) if self.tab.cell(r, heads["材料类型"]).value in (kind, None))
        given = {"材料类型": kind, "形式": form, "页数": pages, "份数": 1} | ({"核对人": checker} if form == "复印件" else {})
        for head, value in given.items():
            self.tab.cell(row, heads[head]).value = value
        return self

    def person(self, name: str, number: str, phone: str = "13900001234", kind: str = "护照") -> Page:
        """The first owner."""
        current = any(str(c.value or "").startswith("现业主") for row in self.tab.iter_rows(max_col=1) for c in row)
        self.put("姓名或名称", name).put("证件类型", kind).put("证件号码", number, 2 if current else 1).put("联系电话", phone)
        return self.put("隐私告知书", "已签").put("告知日期", DAY).put("真实性声明", "已签")

    def office(self, clerk: str = "G001", since: date | None = DAY, day: date = DAY, appraiser: str = "") -> Page:
        """Who registers, when."""
        self.put("登记日期", day).put("登记人", clerk)
        if since:
            self.put("取得日期", since)
        return self.put("鉴定人（过户时旧档归档）", appraiser) if appraiser else self

    def saved(self, path: Path | None = None) -> Path:
        """Save it, by default where it was."""
        path = path or self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        return path

    def _title(self, title: str) -> int:
        return next(c.row for row in self.tab.iter_rows(max_col=1) for c in row if str(c.value or "").startswith(title))


def registration(root: Path, house: str, name: str = "登记.xlsx") -> Page:
    """The form for a house that nobody owns yet."""
    return _made(root, name, "register", "--house", house)


def change(root: Path, house: str, reason: str = "买卖", name: str = "过户.xlsx") -> Page:
    """The form for a change of ownership."""
    return _made(root, name, "transfer", house, "--reason", reason)


def tenancy(root: Path, house: str, name: str = "租户.xlsx") -> Page:
    """The page for tenants."""
    return _made(root, name, "tenant", house)


def _made(root: Path, name: str, *argv: str) -> Page:
    path = root.parent / name
    assert main([*argv, "--in", str(root), "--as-of", DAY.isoformat(), "--out", str(path)]) == 0
    return Page(path)


def taken(root: Path, *paths: Path, yes: bool = True, command: str = "register") -> int:
    """Hand forms to the command; G001 carries out, G002 agrees."""
    more = ["--yes", "--by", "G001", "--agreed", "G002"] if yes else []
    return main([command, *map(str, paths), "--in", str(root), "--as-of", DAY.isoformat(), *more])


def rows(root: Path, sheet: str) -> list[dict[str, Any]]:
    """A sheet of the register as it stands."""
    tab = openpyxl.load_workbook(root / "登记簿.xlsx")[sheet]
    heads = [c.value for c in tab[1]]
    return [dict(zip(heads, r, strict=True)) for r in tab.iter_rows(min_row=2, values_only=True) if any(v is not None for v in r)]


def row(root: Path, sheet: str, key: str) -> dict[str, Any]:
    """The row with a key."""
    return next(r for r in rows(root, sheet) if key in (next(iter(r.values())),))
