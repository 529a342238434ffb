"""The blank forms checked in are those that are generated, and what is filled in stands where it belongs."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ownerbook.jobs.reading import read_register
from ownerbook.jobs.templating import templates, write
from ownerbook.jobs.workspace import Unusable, open_workspace
from ownerbook.reports.templates import write_forms

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 10, 31)


@pytest.fixture
def opened(tmp_path):
    shutil.copytree(ROOT / "sheets" / "干净小区", tmp_path / "小区")

    def open_():
        space = open_workspace([], tmp_path / "小区")
        return space, read_register(space, TODAY)

    return open_


def texts(path):
    return [str(c.value) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for c in row if c.value is not None]


def test_the_forms_checked_in_are_those_that_are_generated(tmp_path):
    for path in write_forms(tmp_path):
        kept = ROOT / "templates" / path.name
        with zipfile.ZipFile(path) as a, zipfile.ZipFile(kept) as b:
            assert {n: a.read(n) for n in a.namelist()} == {n: b.read(n) for n in b.namelist()}, f"{path.name} is stale: run make templates"


def test_every_template_can_be_written_blank(tmp_path, opened):
    for template in templates():
        path = write(template.key, tmp_path / "out", opened, TODAY)
        assert path.exists() and path.stem.startswith(template.key)


def test_the_registration_form_is_filled_in_for_a_house_and_for_an_owner(tmp_path, opened):
    _, read = opened()
    owners = read.register.frame("业主")
    first = owners[(owners["业主状态"] == "现业主")].iloc[0]
    by_house = texts(write("业主登记表", tmp_path, opened, TODAY, house=first["房号"]))
    by_owner = texts(write("业主登记表", tmp_path, opened, TODAY, owner=first["业主编号"]))
    for told in (by_house, by_owner):
        assert {first["姓名"], first["证件号码"], first["联系电话"], first["房号"]} <= set(told)


def test_what_is_not_there_is_said(tmp_path, opened):
    with pytest.raises(Unusable, match="没有「年报」"):
        write("年报", tmp_path, None, TODAY)
    with pytest.raises(Unusable, match="没有现业主"):
        write("业主登记表", tmp_path, opened, TODAY, house="99-9-9999")
    with pytest.raises(Unusable, match="空表"):
        write("借阅", tmp_path, opened, TODAY, house="1-1-101")
