"""The checker held to the sample community: every planted mistake at its cell, and nothing else."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ownerbook.identifiers import resident_id
from ownerbook.identifiers.counties import WITHDRAWN_BEFORE_1984
from ownerbook.jobs.check import Checked, check
from ownerbook.jobs.workspace import open_workspace

SHEETS = Path(__file__).parents[2] / "sheets"
SAMPLE, CLEAN = "示例小区", "干净小区"
LIST = SHEETS / "示例小区.错误清单.csv"
AS_OF = date(2026, 10, 31)
GRAVITY = {"error": "错误", "warning": "警告", "notice": "提示"}

Problem = tuple[str, str, str, str, str]  # rule, gravity, workbook, tab, cell


def listed() -> list[list[str]]:
    with LIST.open(encoding="utf-8-sig", newline="") as f:
        return list(csv.reader(f))[1:]


def checked(name: str, folder: Path) -> Checked:
    """Check a copy: a run keeps its state beside the register."""
    shutil.copytree(SHEETS / name, folder / name)
    return check(open_workspace([folder / name], folder), AS_OF)


def told(result: Checked) -> Counter[Problem]:
    return Counter((f.code, GRAVITY[f.severity], f.place.workbook, f.place.sheet or "", f.place.cell or "") for f in result.findings)


def lines(problems: Counter[Problem]) -> str:
    by_place = sorted(problems.elements(), key=lambda p: (p[2:], p[0]))
    return "\n".join(f"  {code} {gravity} {book} {tab}!{cell}" for code, gravity, book, tab, cell in by_place)


def texts(folder: Path) -> str:
    """All that stands in the cells of a community's workbooks."""
    from python_calamine import CalamineError, CalamineWorkbook

    parts = []
    for path in sorted(folder.rglob("*.xlsx")):
        try:
            book = CalamineWorkbook.from_path(str(path))
        except CalamineError:
            continue  # the one that was cut short
        for name in book.sheet_names:
            parts += ["|".join(str(v) for v in row) for row in book.get_sheet_by_name(name).to_python()]
    parts += [path.read_text("gb18030") for path in sorted(folder.rglob("*.csv"))]
    return "\n".join(parts)


def test_every_planted_mistake_is_told_at_its_cell_and_nothing_else_is(tmp_path: Path) -> None:
    expected = Counter(tuple(row[:5]) for row in listed())
    found = told(checked(SAMPLE, tmp_path))
    missed, beyond = expected - found, found - expected
    assert not missed and not beyond, f"not told:\n{lines(missed)}\ntold beyond the list:\n{lines(beyond)}"


def test_the_waived_mistake_is_told_as_waived(tmp_path: Path) -> None:
    waived = [f for f in checked(SAMPLE, tmp_path).findings if f.state == "waived"]
    assert [f.code for f in waived] == ["C15"]
    assert [row[5] for row in listed() if row[4] == waived[0].place.cell and row[2] == waived[0].place.workbook and row[0] == "C15"] == [
        "证件已过期(已豁免)"
    ]


def test_the_clean_community_has_no_problem_at_all(tmp_path: Path) -> None:
    result = checked(CLEAN, tmp_path)
    assert not result.findings, lines(told(result))
    assert set(result.register.tables) >= {"houses", "owners", "files", "documents", "loans", "changes", "audits", "disposals", "staff", "locations"}


def test_the_same_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SHEETS / "make_sample.py"), "--into", str(tmp_path)], check=True, capture_output=True)
    kept = {p.relative_to(SHEETS) for name in (SAMPLE, CLEAN) for p in (SHEETS / name).rglob("*") if p.is_file()} | {Path(LIST.name)}
    made = {p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file()}
    assert made == kept
    assert [str(p) for p in sorted(kept) if (SHEETS / p).read_bytes() != (tmp_path / p).read_bytes()] == []


def test_the_mistakes_are_of_many_kinds_in_every_category_that_data_can_show() -> None:
    kinds = {row[0][:3] for row in listed() if not row[0].startswith("R")}
    assert len(kinds) >= 80
    assert {kind[0] for kind in kinds} == set("ABCDEFGHIJKLMNO")


def test_no_run_has_left_its_state_in_the_sheets() -> None:
    assert not list(SHEETS.rglob(".ownerbook")) and not list(SHEETS.rglob("检查结果"))


@pytest.mark.parametrize("name", [SAMPLE, CLEAN])
def test_nobody_in_the_communities_can_be_a_real_person(name: str) -> None:
    everything = texts(SHEETS / name)
    numbers = set(re.findall(r"(?<![0-9A-Z])[1-8][0-9]{16}[0-9X](?![0-9])", everything))
    valid = {n for n in numbers if resident_id.parse(n) is not None and n[:2] not in ("81", "82", "83")}
    assert len(valid) > 100
    assert {n[:6] for n in valid} <= {*WITHDRAWN_BEFORE_1984, "132199"}  # the last is on no list: a planted mistake
    phones = set(re.findall(r"(?<![0-9A-Z])1[3-9][0-9]{9}(?![0-9])", everything)) - {"13800138000", "13000000000"}
    assert len(phones) > 100
    assert [p for p in phones if p[3:7] != "0000"] == []
