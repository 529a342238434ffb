"""Small workbooks for the amending tests, written part by part, and looks at what came out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ownerbook.workbook.amend import Amended, Edit, Refused, amend

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHARED = Path(__file__).parents[3] / "shared"
ID_OLD, ID_NEW = "440106198502290016", "440106198503010018"

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyProtection="1"><protection locked="0"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def shared_paths(folder: str) -> list[Path]:
    """The workbooks of a folder of `../shared`, none where it is absent."""
    path = SHARED / folder
    return sorted(p for p in path.iterdir() if p.suffix in (".xlsx", ".xlsm")) if path.is_dir() else []


def shared_path(name: str) -> Path:
    """One file of `../shared/xlsx`, or the test is skipped."""
    path = SHARED / "xlsx" / name
    if not path.exists():
        pytest.skip(f"../shared/xlsx/{name} is not there")
    return path


def sheet(rows: str, before: str = "", after: str = "", root: str = f'xmlns="{MAIN}" xmlns:r="{REL}"') -> str:
    """A worksheet part."""
    return f"<worksheet {root}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def book(
    sheets: dict[str, str | bytes] | str | bytes,
    *,
    shared: str | None = None,
    styles: str | None = STYLES,
    names: str = "",
    calc: str = "",
    properties: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    rels: dict[str, str] | None = None,
    kind: str = "sheet.main",
) -> bytes:
    """A workbook of these sheets; `rels` gives the relationships of a part, `parts` further parts."""
    named = sheets if isinstance(sheets, dict) else {"表": sheets}
    entries = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(named, 1))
    links = "".join(f'<Relationship Id="rId{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(named) + 1))
    typed = [(f"worksheets/sheet{i}", "worksheet") for i in range(1, len(named) + 1)]
    typed += [(n, n) for n, text in (("sharedStrings", shared), ("styles", styles)) if text is not None]
    kinds = "".join(f'<Override PartName="/xl/{n}.xml" ContentType="{KIND}.{k}+xml"/>' for n, k in typed)
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.{kind}+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{properties}<sheets>{entries}</sheets>'
        f"{f'<definedNames>{names}</definedNames>' if names else ''}{calc}</workbook>",
    }
    for name, text, target in (("sharedStrings", shared, "sharedStrings.xml"), ("styles", styles, "styles.xml")):
        if text is not None:
            links += f'<Relationship Id="{name}" Type="{REL}/{name}" Target="{target}"/>'
            made[f"xl/{target}"] = text
    made["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
    made |= {f"xl/worksheets/sheet{i}.xml": text for i, text in enumerate(named.values(), 1)}
    for part, body in (rels or {}).items():
        folder, _, base = part.rpartition("/")
        made[f"{folder}/_rels/{base}.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'
    return zipped({**made, **(parts or {})})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def rel(kind: str, target: str, number: int = 1) -> str:
    """One relationship."""
    return f'<Relationship Id="rId{number}" Type="{REL}/{kind}" Target="{target}"/>'


def sst(*texts: str) -> str:
    """Shared strings; what begins with `<` is taken as it is."""
    return f'<sst xmlns="{MAIN}">' + "".join(f"<si>{t if t.startswith('<') else f'<t>{t}</t>'}</si>" for t in texts) + "</sst>"


def part(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    """A part as text."""
    return raw_part(data, name).decode()


def raw_part(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A part as bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def amended(data: bytes, *edits: Edit, **more: Any) -> Amended:
    """Amend, and look that the members not touched are the same."""
    result = amend(data, edits, **more)
    proof = result.receipt.proof
    if proof is not None:
        with zipfile.ZipFile(io.BytesIO(data)) as a, zipfile.ZipFile(io.BytesIO(result.data)) as b:
            assert a.namelist() == b.namelist()
            assert all(a.read(n) == b.read(n) for n in a.namelist() if n not in proof.parts_touched)
    return result


def refused(data: bytes, *edits: Edit, **more: Any) -> list[str]:
    """The reasons against it."""
    with pytest.raises(Refused) as caught:
        amend(data, edits, **more)
    return [r.reason for r in caught.value.refusals]


def by_openpyxl(data: bytes, name: str = "表", *, results: bool = False) -> Any:
    """The sheet as openpyxl reads it."""
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data), data_only=results)[name]


def by_calamine(data: bytes, name: str = "表") -> list[list[Any]]:
    """The sheet from A1 on as calamine reads it."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python(skip_empty_area=False)
