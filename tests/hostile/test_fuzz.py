"""Spoilt workbooks and bombs: whatever comes in ends in a value or a refusal, in bounded time and memory, and inside the workspace.

OWNERBOOK_FUZZ=N tries N spoilt workbooks instead of some; OWNERBOOK_FUZZ_SEED begins elsewhere. The limits are those of the child
process; a case that hangs or eats memory ends the child and fails the test.
"""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "jobs"))
import registers  # noqa: E402

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits of memory are set by the resource module")

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TRY = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
sys.path.insert(0, sys.argv[1])
from mutating import attempt
path = Path(sys.argv[2])
print(attempt(path, path.read_bytes()))
"""


def fuzz(count, *folders):
    seed = os.environ.get("OWNERBOOK_FUZZ_SEED", "1")
    words = [sys.executable, "-W", "error", str(HERE / "mutating.py"), seed, str(count), *map(str, folders)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60 + count * 2, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


def test_spoilt_registers_end_in_a_value_or_a_refusal():
    fuzz(int(os.environ.get("OWNERBOOK_FUZZ", "60")), ROOT / "sheets" / "示例小区")


def test_spoilt_workbooks_of_others_end_in_a_value_or_a_refusal():
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: no workbooks of others to spoil")
    fuzz(int(os.environ.get("OWNERBOOK_FUZZ", "120")), SHARED / "xlsx", SHARED / "workbooks")


def tried(path, seconds=60):
    """What becomes of a file in a process of its own, of 3 GiB."""
    done = subprocess.run([sys.executable, "-c", TRY, str(HERE), str(path)], capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def parts(sheet, strings="<sst/>", more=()):
    """A workbook of these parts, as (name, text or bytes)."""
    main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return [
        ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
         f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/></Types>'),
        ("_rels/.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{main}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml", f'<workbook {NS} xmlns:r="{main}"><sheets><sheet name="业主" sheetId="1" r:id="r1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{main}/worksheet" Target="worksheets/sheet1.xml"/>'
         f'<Relationship Id="r2" Type="{main}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'),
        ("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", strings), *more,
    ]  # fmt: skip


def package(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, body in members:
            z.writestr(name, body)
    return path


def sheet(rows):
    return f"<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>"


PLAIN = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>业主编号</t></is></c></row>')
LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol" * 10}">' for n in range(10))


def test_the_plain_workbook_that_bombs_are_made_of_is_read(tmp_path):
    assert tried(package(tmp_path / "a.xlsx", parts(PLAIN, f"<sst {NS}/>"))).startswith("read")


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("entities", lambda: parts(PLAIN, f"<!DOCTYPE sst [{LOL}]><sst {NS}><si><t>&l9;</t></si></sst>")),
        ("entities in the sheet", lambda: parts(f"<!DOCTYPE x [{LOL}]>" + sheet('<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>'))),
        ("external entity", lambda: parts('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + sheet('<row r="1"><c r="A1" t="str"><v>&e;</v></c></row>'))),
        ("inflates to 1 GiB", lambda: parts(PLAIN, b" " * (1 << 30))),
        ("a thousand times a thousand", lambda: parts(PLAIN, f"<sst {NS}/>", [(f"xl/media/{n}.png", b"\0" * 1_000_000) for n in range(1000)])),
        ("a million columns", lambda: parts(sheet('<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row>"))),
        ("rows and columns past the end", lambda: parts(sheet('<row r="99999999999"><c r="ZZZZZ99999999999"><v>1</v></c></row>'))),
        ("elements without end", lambda: parts(sheet("<row>" * 200_000))),
        ("a text of 64 MiB", lambda: parts(PLAIN, f"<sst {NS}><si><t>{'王' * ((64 << 20) // 3)}</t></si></sst>"[: 64 << 20])),
        ("strings that are promised", lambda: parts(PLAIN, f'<sst {NS} count="4294967295" uniqueCount="2147483647"><si><t>a</t></si></sst>')),
        ("merges over the whole sheet", lambda: parts(PLAIN.replace("</worksheet>", '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'))),
        ("hidden columns over the whole sheet", lambda: parts(PLAIN.replace("<sheetData>", '<cols><col min="1" max="2147483647" hidden="1"/></cols><sheetData>'))),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)  # fmt: skip
def test_a_bomb_is_refused_or_read_in_bounded_time_and_memory(tmp_path, name, members):
    said = tried(package(tmp_path / "bomb.xlsx", members()))
    assert "root:" not in said and said.split()[0] in ("read", "unreadable")


def test_a_member_that_says_it_has_two_gigabytes_takes_no_memory(tmp_path):
    path = package(tmp_path / "a.xlsx", parts(PLAIN, f"<sst {NS}/>"))
    data = bytearray(path.read_bytes())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = (0x7FFFFFFF).to_bytes(4, "little")
        at += 4
    path.write_bytes(data)
    assert tried(path).startswith("unreadable")


def test_a_zip_inside_a_member_name_reaches_nothing_outside(tmp_path):
    inside = tmp_path / "workspace"
    inside.mkdir()
    for name in ("../../evil.xml", "/tmp/evil.xml", "..\\evil.xml", "C:\\evil.xml"):
        tried(package(inside / "a.xlsx", [*parts(PLAIN, f"<sst {NS}/>"), (name, b"evil")]))
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.xlsx", "workspace"]


def test_links_are_not_followed_and_names_of_scans_lead_nowhere_outside(tmp_path, capsys, monkeypatch):
    from ownerbook.cli.main import main

    outside = tmp_path / "外面"
    secret = registers.write(outside, registers.sheets(), "秘密.xlsx")
    (outside / "scan.pdf").write_bytes(b"secret scan")
    tables = registers.sheets()
    for n, name in enumerate(
        ("../外面/scan.pdf", str(outside / "scan.pdf"), "链接/scan.pdf", "a/../../外面/scan.pdf", "\\\\host\\share\\x.pdf", "nul\x01")
    ):
        tables["材料"][n] |= {"形式": "扫描件", "电子件": name, "电子件指纹": "0" * 64}
    space = registers.workspace(tmp_path / "小区", tables)
    (space / "链接").symlink_to(outside)
    (space / "链接.xlsx").symlink_to(secret)
    (space / "收件箱").mkdir()
    (space / "收件箱" / "来.xlsx").symlink_to(secret)
    monkeypatch.setenv("OWNERBOOK_CACHE_DIR", "")
    import json

    main(["check", str(space), "--format", "json", "--as-of", "2026-10-31"])
    told = json.loads(capsys.readouterr().out)
    assert told["workbooks"] == ["登记簿.xlsx"]
    assert not any(p["suggestion"] and len(p["suggestion"]) == 64 for p in told["problems"])  # no fingerprint of what lies outside
    before = secret.read_bytes()
    main(["reconcile", str(space)])
    out = capsys.readouterr()
    assert "程序出错" not in out.err and secret.read_bytes() == before and secret.exists()


def test_what_a_macro_workbook_holds_is_never_run(tmp_path):
    code = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    assert tried(package(tmp_path / "a.xlsm", [*parts(PLAIN, f"<sst {NS}/>"), ("xl/vbaProject.bin", code)])).split()[0] in ("read", "unreadable")
