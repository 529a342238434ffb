"""The blank workbooks: made from the declarations, checked in, and a register from the first row on."""

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from ownerbook.register.policy import PARAMETERS
from ownerbook.register.sheets import SHEETS
from ownerbook.reports.templates import books, write_templates
from ownerbook.schema.cells import Pool, Styles
from ownerbook.schema.kinds import Choice, Day
from ownerbook.workbook.assembly import assemble
from ownerbook.workbook.reading import read_book

CHECKED_IN = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return {p.name: p for p in write_templates(tmp_path_factory.mktemp("templates"))}


def test_the_templates_checked_in_are_those_that_are_generated(made):
    for name, path in made.items():
        old, new = ZipFile(CHECKED_IN / name), ZipFile(path)
        same = old.namelist() == new.namelist() and all(old.read(n) == new.read(n) for n in new.namelist())
        assert same, f"templates/{name} is stale: run make templates"


def test_every_sheet_stands_in_one_workbook_with_its_headers_in_row_one(made):
    found = {}
    for path in made.values():
        book = openpyxl.load_workbook(path)
        for sheet in SHEETS:
            if sheet.name in book.sheetnames:
                found[sheet.name] = [c.value for c in book[sheet.name][1]]
    assert found == {s.name: [c.header.zh for c in s.columns] for s in SHEETS}


def test_identifier_columns_are_text_and_listed_values_have_drop_downs(made):
    for name, sheets in books().items():
        book = openpyxl.load_workbook(made[name])
        for sheet in sheets:
            page = book[sheet.name]
            checks = {str(v.sqref).partition("2")[0]: v.type for v in page.data_validations.dataValidation}
            for n, column in enumerate(sheet.columns, 1):
                letter = openpyxl.utils.get_column_letter(n)
                if column.kind.text_format:
                    form = next(d.number_format for d in page.column_dimensions.values() if d.min <= n <= d.max)
                    assert form == "@", column.header.zh
                if isinstance(column.kind, Choice):
                    assert checks[letter] == "list", column.header.zh
                if isinstance(column.kind, Day):
                    assert checks[letter] in ("date", "custom"), column.header.zh
            assert page.freeze_panes == "B2"
            assert page.print_title_rows == "$1:$1"
            assert page.page_setup.paperSize in (9, "9")


def test_a_template_is_read_as_a_register_and_holds_the_policy_with_its_defaults(made):
    pool, styles = Pool(), Styles()
    read = [(name, read_book(path, pool=pool, styles=styles)) for name, path in made.items()]
    assert all("ownerbook.kind" not in book.properties for _, book in read)
    register = assemble(read, pool, styles)
    assert set(register.tables) == {s.field for s in SHEETS}
    assert [tab for _, tab in register.left_alone] == ["填写说明"] * len(read)
    assert [f.kind for f in register.facts] == []
    policy = register.tables["policy"]
    assert {policy.found("name", r): policy.found("value", r) for r in range(len(policy))} == {p.name: p.default for p in PARAMETERS}
    assert all(len(t) == 0 for f, t in register.tables.items() if f != "policy")


def test_every_column_is_explained_to_staff(made):
    told = set()
    for path in made.values():
        told |= {(c.value or "") for c in openpyxl.load_workbook(path)["填写说明"]["A"]}
    assert {c.header.zh for s in SHEETS for c in s.columns} <= told
