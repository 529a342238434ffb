"""The scan of finished packages: what is planted anywhere is found, and what only looks like a number is not."""

import io
import zipfile

import pytest

from ownerbook.reports.package_scan import NotScannable, hide, personal_data, spans

PHONE, RESIDENT = "13800001234", "110105194912310021"  # made up; the ID has no right check place


def package(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        for name, text in parts.items():
            z.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        PHONE,
        "电话：13800001234，找张*",
        "138-0000-1234",
        "138 0000 1234",
        "+86 13800001234",
        "8613800001234",
        "１３８００００１２３４",
        "138\u200b0000\u200b1234",
        RESIDENT,
        "11010519491231002X",
        "110105 19491231 002X",
        "110105491231002",
        "0571-87654321",
        "(0571)87654321-801",
        "13800001234.0",
    ],
)
def test_numbers_are_found_in_any_writing(text):
    from ownerbook.reports.package_scan import _plain

    assert spans(_plain(text)), text
    assert not spans(hide(text)), "and hidden so that they are found no more"


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-31",
        "20261031",
        "2026-11-01 02:05",
        "YG-3-2-1501-01",
        "SH2026-0649",
        "P-B1-088",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "0.13800001234",
        "138****1234",
        "46326.0868055556",
        "{00000000-1234-5678-9ABC-138000012345}",
        "京（2020）朝不动产权第0012345号",
        "A01-03-02-15",
        "12800001234",
        "138000012345",
        "990105194912310021",
        "110105194913310021",
        "1,380,000,123",
        "2026-1031-0205",
    ],
)
def test_dates_fingerprints_and_file_numbers_are_no_numbers_of_people(text):
    assert not spans(text), text
    assert hide(text) == text


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl__sharedStrings", f"<sst><si><t>{PHONE}</t></si></sst>"),
        ("xl__sharedStrings", "<sst><si><r><t>138</t></r><r><rPr><b/></rPr><t>00001234</t></r></si></sst>"),
        ("xl__worksheets__sheet1", f'<c r="B7"><v>{PHONE}</v></c>'),
        ("xl__worksheets__sheet1", '<c r="B7"><v>1.3800001234E10</v></c>'),
        ("xl__worksheets__sheet1", f'<c r="B7" t="str"><f>"{PHONE}"</f><v></v></c>'),
        ("xl__comments1", f"<comment><text><t>{RESIDENT}</t></text></comment>"),
        ("docProps__custom", f"<property><vt:lpwstr>{PHONE}</vt:lpwstr></property>"),
        ("docProps__core", f"<dc:title>{RESIDENT}</dc:title>"),
        ("xl__charts__chart1", f"<c:pt><c:v>{PHONE}</c:v></c:pt>"),
        ("xl__drawings__drawing1", f'<xdr:cNvPr descr="拨 {PHONE}"/>'),
        ("xl__drawings__drawing2", "<a:r><a:t>1380000</a:t></a:r><a:r><a:t>1234</a:t></a:r>"),
        ("xl__workbook", f'<sheet name="{PHONE}" r:id="rId1"/>'),
        ("xl__tables__table1", f'<tableColumn name="{PHONE}"/>'),
        ("customXml__item1", "<x>&#49;3800001234</x>"),
        (f"xl__media__{PHONE}", "<x/>"),
    ],
)
def test_whatever_part_holds_a_number_is_told(part, text):
    found = personal_data(package(**{part: text}))
    assert found, part
    assert not any(PHONE in place or RESIDENT in place for place in found), "places never tell the number"


def test_the_cell_is_named():
    book = '<sheets><sheet name="借阅" sheetId="1" r:id="rId1"/></sheets>'
    rels = '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
    data = package(xl__workbook=book, xl__worksheets__sheet1=f'<row><c r="A1"><v>1</v></c><c r="F12" t="inlineStr"><is><t>{PHONE}</t></is></c></row>')
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        parts = {n: z.read(n) for n in z.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, content in (parts | {"xl/_rels/workbook.xml.rels": rels.encode()}).items():
            z.writestr(name, content)
    assert personal_data(out.getvalue()) == ["「借阅」F12：手机号码"]


def test_a_package_inside_a_package_and_the_file_name_are_looked_at():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("xl/embeddings/book.xlsx", package(xl__sharedStrings=f"<t>{PHONE}</t>"))
    assert personal_data(out.getvalue())
    assert personal_data(package(), name=f"{PHONE}.xlsx")


def test_what_cannot_be_opened_is_refused():
    with pytest.raises(NotScannable):
        personal_data(b"\xd0\xcf\x11\xe0 encrypted")
    with pytest.raises(NotScannable):
        personal_data(package(a="<x/>")[:-30])
