"""Change forms: printed from the register, filled in by a clerk in an office program, read back as cells that are asked."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "workbook")]
from office import saved  # noqa: E402
from registers import DAY, sheets, workspace  # noqa: E402

from ownerbook.jobs.change_forms import asked  # noqa: E402
from ownerbook.jobs.forms import Wanted, write_form  # noqa: E402
from ownerbook.jobs.reading import Read, read_register  # noqa: E402
from ownerbook.jobs.workspace import Workspace, open_workspace  # noqa: E402
from ownerbook.reconcile.change import NOTHING  # noqa: E402
from ownerbook.storage.secret import secret_of  # noqa: E402
from ownerbook.workbook.filled_form import read_form  # noqa: E402


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return open_workspace([], workspace(tmp_path / "小区"))


def read(space: Workspace) -> Read:
    return read_register(open_workspace([], space.root), DAY)


def form(space: Workspace, folder: Path, **wanted: object) -> Path:
    path, _ = write_form("change", space, read(space), Wanted(**wanted), folder / "登记表.xlsx")  # type: ignore[arg-type]
    return path


def line(path: Path, tab: str, item: str) -> int:
    """The row of an item on a form."""
    page = openpyxl.load_workbook(path)[tab]
    return next(r for r in range(1, page.max_row + 1) if page.cell(r, 2).value == item)


def filled(path: Path, tab: str, values: dict[str, str], who: str = "赵甲") -> dict[str, dict[str, str | float]]:
    """The cells to type into an owner's form."""
    return {tab: {"C6": who, "C7": "2026-10-08", "I7": "CL0010", **{f"H{line(path, tab, item)}": v for item, v in values.items()}}}


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_form_filled_in_by_an_office_program_asks_for_its_cells(space: Workspace, tmp_path: Path, kind: str) -> None:
    path = form(space, tmp_path, owner="Y001")
    typed = {"联系电话": "13900009999", "备注": "换号", "证件有效期至": "2030-01-02", "房屋·房屋状态": "出租", "产权份额": "50%"}
    back = saved(path, filled(path, "变更 Y001", typed), kind, tmp_path)
    found = read(space).register
    cells, against = asked(found, read_form(back), secret=secret_of(space.root))
    assert against == []
    said = {(c.sheet, c.record, c.field): c.theirs.value for c in cells}
    assert said == {
        ("owners", "Y001", "phone"): "13900009999",
        ("owners", "Y001", "id_until"): date(2030, 1, 2),
        ("owners", "Y001", "note"): "换号",
        ("owners", "Y001", "share"): 0.5,
        ("houses", "1-1-101", "status"): "出租",
    }
    phone = next(c for c in cells if c.field == "phone")
    assert phone.base is not None
    assert phone.base.text == "13900000001"  # the true old value, though the paper shows it masked
    assert not phone.stale
    assert (phone.origin.who, phone.origin.day, phone.evidence) == ("赵甲", date(2026, 10, 8), "CL0010")


def test_the_paper_shows_no_number_in_full_and_unmasked_it_does(space: Workspace, tmp_path: Path) -> None:
    def texts(path: Path) -> set[str]:
        return {str(c.value) for row in openpyxl.load_workbook(path).active.iter_rows() for c in row if c.value is not None}

    masked = texts(form(space, tmp_path, owner="Y001"))
    assert "139****0001" in masked
    assert not {t for t in masked if "13900000001" in t or "E12340001" in t or "赵乙" in t}
    assert {"13900000001", "E12340001"} <= texts(form(space, tmp_path, owner="Y001", masked=False))


def test_a_cell_that_changed_after_printing_is_stale(space: Workspace, tmp_path: Path) -> None:
    path = form(space, tmp_path, owner="Y001")
    back = saved(path, filled(path, "变更 Y001", {"联系电话": "13900009999"}), "xlsx", tmp_path)
    tables = sheets()
    tables["业主"][0]["联系电话"] = "13900008888"
    workspace(space.root, tables)
    (cell,), _ = asked(read(space).register, read_form(back), secret=secret_of(space.root))
    assert cell.stale
    assert cell.base is not None
    assert cell.base.value is None


def test_another_spelling_of_the_same_value_is_no_change_since(space: Workspace, tmp_path: Path) -> None:
    path = form(space, tmp_path, owner="Y001")
    back = saved(path, filled(path, "变更 Y001", {"联系电话": "13900009999"}), "xlsx", tmp_path)
    tables = sheets()
    tables["业主"][0]["联系电话"] = "１３９００００ 0001"
    workspace(space.root, tables)
    (cell,), _ = asked(read(space).register, read_form(back), secret=secret_of(space.root))
    assert not cell.stale


def test_clearing_is_asked_by_its_word_and_never_of_a_required_cell(space: Workspace, tmp_path: Path) -> None:
    path = form(space, tmp_path, owner="Y001")
    back = saved(path, filled(path, "变更 Y001", {"告知日期": "（清空）", "姓名": "（清空）"}), "xlsx", tmp_path)
    cells, against = asked(read(space).register, read_form(back), secret=secret_of(space.root))
    assert [(c.field, c.theirs) for c in cells] == [("consent_on", NOTHING)]
    assert len(against) == 1
    assert "姓名是必填项" in against[0].zh


def test_an_owner_who_is_gone_is_told(space: Workspace, tmp_path: Path) -> None:
    path = form(space, tmp_path, owner="Y002")
    back = saved(path, filled(path, "变更 Y002", {"联系电话": "13900009999"}), "xlsx", tmp_path)
    tables = sheets()
    del tables["业主"][1]
    workspace(space.root, tables)
    cells, against = asked(read(space).register, read_form(back), secret=secret_of(space.root))
    assert cells == []
    assert "没有 Y002" in against[0].zh


def test_the_batch_sheet_takes_a_change_a_line(space: Workspace, tmp_path: Path) -> None:
    path = form(space, tmp_path)
    lines: dict[str, str | float] = {}
    for row, values in enumerate(
        (
            ("业主", "Y001", "", "", "联系电话", "13900000001", "13900007777"),
            ("业主", "", "1-1-201", "", "备用电话", "", "13900006666"),
            ("房屋", "", "1栋1单元301", "", "房屋状态", "", "空置"),
            ("业主", "Y009", "", "", "联系电话", "", "13900005555"),
            ("业主", "Y003", "", "", "楼栋", "", "3"),
            ("业主", "Y003", "", "", "联系电话", "13900001111", "13900004444"),
            ("业主", "Y003", "", "", "备注", "", ""),
        ),
        5,
    ):
        lines |= {f"{c}{row}": v for c, v in zip("BCDEFGH", values, strict=True) if v}
        lines |= {f"J{row}": "赵甲", f"K{row}": "2026-10-08"}
    back = saved(path, {"批量变更": lines}, "ods", tmp_path)
    cells, against = asked(read(space).register, read_form(back), secret=secret_of(space.root))
    assert [(c.sheet, c.record, c.field, c.theirs.value, c.stale) for c in cells] == [
        ("owners", "Y001", "phone", "13900007777", False),
        ("owners", "Y002", "phone2", "13900006666", False),
        ("houses", "1-1-301", "status", "空置", False),
        ("owners", "Y003", "phone", "13900004444", True),
    ]
    assert cells[0].base is not None
    assert cells[1].base is None
    assert [w for text in against for w in ("没有 Y009", "没有「楼栋」列", "没有写新值") if w in text.zh] == [
        "没有写新值",
        "没有 Y009",
        "没有「楼栋」列",
    ]


def test_without_the_workspaces_secret_what_the_paper_shows_is_compared(space: Workspace, tmp_path: Path) -> None:
    path = form(space, tmp_path, owner="Y001")
    back = saved(path, filled(path, "变更 Y001", {"联系电话": "13900009999"}), "xlsx", tmp_path)
    (cell,), _ = asked(read(space).register, read_form(back), secret=b"")
    assert not cell.stale
