"""The stamp of a working copy: nothing else changes, and it is still there after other programs saved the file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from amend_builders import shared_paths
from conversions import converted

from ownerbook.schema.cells import Pool, Styles
from ownerbook.workbook.package import Package
from ownerbook.workbook.reading import read_book
from ownerbook.workbook.stamp import CannotStamp, stamp_of, stamped

ID = "0123456789abcdef"


def ledger(path: Path, *, names: bool = False, properties: bool = False) -> Path:
    """A small workbook as staff may have it."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("业主")
        page.write_row(0, 0, ["业主编号", "房号", "姓名"])
        page.write_row(1, 0, ["Y001", "1-1-101", "赵甲"])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=业主!$A$2:$A$2"})
        page.insert_chart("E2", chart)
        if names:
            book.define_name("名单", "=业主!$A$1:$C$2")
        if properties:
            book.set_custom_property("部门", "档案室", "text")
    return path


def carriers(path: Path) -> tuple[bool, bool]:
    """Whether the property and the name are there, looked up in the raw file."""
    if not zipfile.is_zipfile(path):
        raw = path.read_bytes()
        return "ownerbook.copy".encode("utf-16-le") in raw or b"ownerbook.copy" in raw, b"ownerbook_copy" in raw or "ownerbook_copy".encode(
            "utf-16-le"
        ) in raw
    with zipfile.ZipFile(path) as z:
        parts = {n: z.read(n) for n in z.namelist() if n.endswith((".xml", ".rels"))}
    return any(b"ownerbook.copy" in p for p in parts.values()), any(b"ownerbook_copy" in p for p in parts.values())


@pytest.mark.parametrize(("names", "properties"), [(False, False), (True, True)])
def test_a_stamp_changes_nothing_but_the_parts_that_carry_it(tmp_path: Path, names: bool, properties: bool) -> None:
    path = ledger(tmp_path / "登记簿.xlsx", names=names, properties=properties)
    before = Package.open(path)
    data = stamped(path.read_bytes(), ID)
    after = Package.open(data)
    mine = {"xl/workbook.xml", "docProps/custom.xml", *([] if properties else ["[Content_Types].xml", "_rels/.rels"])}
    assert {m.name for m in before.members} - {m.name for m in after.members} == set()
    for member in before.members:
        if member.name not in mine:
            found = after.find(member.name)
            assert found is not None
            assert before.packed(member) == after.packed(found), member.name
    assert openpyxl.load_workbook(io.BytesIO(data))["业主"]["C2"].value == "赵甲"


def test_a_copy_of_a_copy_carries_the_new_id_alone(tmp_path: Path) -> None:
    path = ledger(tmp_path / "登记簿.xlsx")
    assert stamp_of(path) is None
    path.write_bytes(stamped(stamped(path.read_bytes(), "old"), ID))
    assert stamp_of(path) == ID
    assert b"old" not in b"".join(zipfile.ZipFile(path).read(n) for n in ("docProps/custom.xml", "xl/workbook.xml"))


def test_either_carrier_alone_is_enough(tmp_path: Path) -> None:
    path = ledger(tmp_path / "登记簿.xlsx")
    path.write_bytes(stamped(path.read_bytes(), ID))
    with zipfile.ZipFile(path) as z:
        parts = {n: z.read(n) for n in z.namelist()}
    for lost in ("docProps/custom.xml", "xl/workbook.xml"):
        left = tmp_path / f"{lost.rpartition('/')[2]}.xlsx"
        with zipfile.ZipFile(left, "w") as z:
            for name, raw in parts.items():
                z.writestr(name, raw.replace(b"ownerbook.copy", b"gone").replace(b"ownerbook_copy", b"gone") if name == lost else raw)
        assert stamp_of(left) == ID


def test_both_carriers_survive_openpyxl(tmp_path: Path) -> None:
    path = ledger(tmp_path / "登记簿.xlsx")
    path.write_bytes(stamped(path.read_bytes(), ID))
    book = openpyxl.load_workbook(path)
    book["业主"]["C2"] = "钱乙"
    book.save(tmp_path / "保存.xlsx")
    assert carriers(tmp_path / "保存.xlsx") == (True, True)
    assert stamp_of(tmp_path / "保存.xlsx") == ID


def test_both_carriers_survive_libreoffice_in_every_format(tmp_path: Path) -> None:
    path = ledger(tmp_path / "登记簿.xlsx", names=True)
    path.write_bytes(stamped(path.read_bytes(), ID))
    for kind in ("xlsx", "ods", "xls"):
        saved = converted([path], kind, tmp_path)["登记簿"]
        assert stamp_of(saved) == ID, kind
        assert carriers(saved) == (True, True), kind


def test_an_ods_is_stamped_and_keeps_its_stamp(tmp_path: Path) -> None:
    path = converted([ledger(tmp_path / "登记簿.xlsx", names=True)], "ods", tmp_path)["登记簿"]
    stamped_one = tmp_path / "副.ods"
    stamped_one.write_bytes(stamped(stamped(path.read_bytes(), "old"), ID))
    assert stamp_of(stamped_one) == ID
    before, after = Package.open(path), Package.open(stamped_one)
    assert {m.name for m in before.members if before.read(m) != after.read(m.name)} == {"meta.xml", "content.xml"}
    for kind in ("xlsx", "ods", "xls"):
        saved = converted([stamped_one], kind, tmp_path / "again")["副"]
        assert stamp_of(saved) == ID, kind
        assert carriers(saved) == (True, True), kind


def test_what_cannot_be_stamped_is_said(tmp_path: Path) -> None:
    for data in (b"", b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)):
        with pytest.raises(CannotStamp):
            stamped(data, ID)
    with pytest.raises(ValueError, match="a b"):
        stamped(ledger(tmp_path / "登记簿.xlsx").read_bytes(), "a b")


@pytest.mark.parametrize("path", shared_paths("xlsx"), ids=lambda p: p.name)
def test_a_hard_workbook_is_stamped_and_no_other_part_changes_or_refused(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    try:
        done = stamped(data, ID)
    except CannotStamp:
        assert path.name.startswith(("notzip", "signed"))
        return
    (tmp_path / "一.xlsx").write_bytes(done)
    before, after = Package.open(data), Package.open(done)
    touched = {m.name.lower() for m in before.members if before.packed(m) != after.packed(after.find(m.name) or m)}
    assert touched <= {before.workbook_part.lower(), "docprops/custom.xml", "[content_types].xml", "_rels/.rels"}
    assert stamp_of(tmp_path / "一.xlsx") == ID


def test_custom_properties_are_read_from_xls(tmp_path: Path) -> None:
    path = converted([ledger(tmp_path / "登记簿.xlsx", properties=True)], "xls", tmp_path)["登记簿"]
    assert read_book(path, pool=Pool(), styles=Styles()).properties["部门"] == "档案室"
