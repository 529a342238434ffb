"""The unusual workbooks of `../shared`: amended without damage, or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from amend_builders import amended, shared_paths

from ownerbook.workbook.amend import AppendRow, Edit, Refused, SetCell
from ownerbook.workbook.amend.book_part import BookPart
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.difference import difference
from ownerbook.workbook.package import Package, PackageError

PATHS = shared_paths("xlsx") + shared_paths("workbooks")
# what is refused there, and rightly; a file not named here must be amended
REFUSED = {
    "notzip": {"package", "format", "password", "encryption", "no-sheet"},
    "signed": {"signed"},
    "pivot": {"pivot", "pivot-below"},
    "protected": {"locked", "pivot-below"},
    "query": {"query"},
    "dv-ce66bb": {"merged"},
    "table": {"totals"},
}


def first_sheet(data: bytes) -> str:
    """The first worksheet, or any name where there is none."""
    try:
        return next((s.name for s in BookPart(Package(data)).sheets if s.kind == "worksheet"), "无")
    except (PackageError, Stop):
        return "无"


@pytest.mark.skipif(not PATHS, reason="../shared is not there")
@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.name)
@pytest.mark.parametrize("kind", ["absent", "row"])
def test_a_hard_workbook_is_amended_or_refused_for_a_reason(path: Path, kind: str) -> None:
    data = path.read_bytes()
    name = first_sheet(data)
    edit: Edit = SetCell(name, "ZZ3", "改 <&>", None) if kind == "absent" else AppendRow(name, {"A": "新", "B": 1.5, "C": "007"}, frozenset("C"))
    try:
        result = amended(data, edit)
    except Refused as refused:
        allowed = set().union(*(reasons for begin, reasons in REFUSED.items() if path.name.startswith(begin)))
        assert {r.reason for r in refused.refusals} <= allowed, refused
        return
    found = difference(data, result.data)
    assert {(d.sheet, d.row, d.column) for d in found.cells if not d.only_style} == {
        (c.sheet, c.row, c.column) for c in result.receipt.changes
    } | set(result.receipt.dropped)
