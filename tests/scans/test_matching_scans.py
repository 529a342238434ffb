"""A folder of scans against 材料: what names say, what is certain, what is asked, and what is told."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "jobs"))
import registers  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.reading import read_register  # noqa: E402
from ownerbook.jobs.scanning import counted, matched  # noqa: E402
from ownerbook.jobs.workspace import Unusable, open_workspace  # noqa: E402
from ownerbook.procedures.scans import Papers  # noqa: E402

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page>>endobj\n%%"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_CACHE_DIR", str(tmp_path / "cache"))
    root = registers.workspace(tmp_path / "小区", tables())
    (root / "扫描件").mkdir()
    return root


def tables(**cells):
    """The small register; cells: values by header for the first paper of 1-1-101."""
    out = registers.sheets()
    for n, paper in enumerate(out["材料"]):
        for header in ("电子件", "电子件指纹"):
            paper[header] = cells.get(header) if n == 0 else None
    return out


def put(root, name, body=None):
    path = root / "扫描件" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PDF + name.encode() + b"\n%%EOF\n" if body is None else body)
    old = path.stat().st_mtime - 60
    os.utime(path, (old, old))
    return path


def found(root):
    space = open_workspace([], root)
    register = read_register(space, registers.DAY).register
    out, memory = matched(space, register)
    return out, Papers(register), memory


def one(root, name, body=None):
    """The state of one file, and the kinds and houses of the papers that it is for."""
    put(root, name, body)
    out, p, _ = found(root)
    (f,) = [x for x in out.files if x.seen.path == f"扫描件/{name}"]
    return f.state, [(p.house_of[p.file[r]], p.kind[r]) for r in f.rows]


@pytest.mark.parametrize(
    "name",
    [
        "1-1-201 身份证.pdf",
        "1栋1单元201身份证复印件(2).pdf",
        "1号楼1单元201室身份证正反面.pdf",
        "１－１－２０１　身份证.pdf",
        "1_1_201_身份证件复印件.pdf",
        "1-1-201/身份证.pdf",
        "1栋/1单元/201/身份证.pdf",
        "YG-1-1-201-01_身份证.pdf",
        "yg-1-1-201-01 身份证 2026-05-12.pdf",
        "一栋一单元201身份证.pdf",
        "身份证 1-1-201.pdf",
    ],
)
def test_however_people_name_it_the_one_paper_of_a_house_is_found(root, name):
    assert one(root, name) == ("matched", [("1-1-201", "身份证件复印件")])


def test_a_paper_number_in_the_name_is_that_paper(root):
    _, p, _ = found(root)
    assert one(root, f"{p.key[7]}.pdf") == ("matched", [(p.house_of[p.file[7]], p.kind[7])])
    other = next(k for k in ("购房发票", "购房合同") if k != p.kind[8])
    assert one(root, f"{p.key[8]} {other}.pdf")[0] == "asked"


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("11201身份证.pdf", "asked"),  # digits without anything between them
        ("1-1-201.pdf", "asked"),  # no kind
        ("9-9-909 身份证.pdf", "unmatched"),
        ("身份证.pdf", "unmatched"),
        ("1-1-201 1-1-301 身份证.pdf", "unmatched"),
        ("1-1-201 装修申请.pdf", "unmatched"),
        ("2026-05-12 身份证.pdf", "unmatched"),
    ],
)
def test_what_is_not_certain_is_asked_or_told(root, name, state):
    assert one(root, name)[0] == state


def test_two_files_for_one_paper_are_asked_and_none_is_proposed(root):
    put(root, "1-1-201 身份证 正面.pdf")
    put(root, "1-1-201 身份证 反面.pdf")
    out, _, _ = found(root)
    assert out.count("asked") == 2 and {c.verdict for c in out.changes} == {"question"}


def test_a_file_that_cannot_be_opened_is_never_proposed(root):
    assert one(root, "1-1-201 身份证.pdf", b"%PDF-1.4\n1 0 obj")[0] == "spoilt"
    assert one(root, "1-1-201 合同.jpg", b"hello")[0] == "spoilt"
    assert found(root)[0].changes == []


def test_a_scan_that_changed_moved_or_is_gone_is_told(tmp_path, root):
    import hashlib

    body = PDF + b"x\n%%EOF\n"
    print_ = hashlib.sha256(body).hexdigest()
    registers.write(root, tables(电子件="扫描件/a.pdf", 电子件指纹=print_))
    out, _, _ = found(root)
    assert out.lost == [0]
    put(root, "a.pdf", body)
    out, _, _ = found(root)
    assert (out.lost, out.count("known"), out.changes) == ([], 1, [])
    put(root, "a.pdf", body + b"%%EOF\n")
    out, _, _ = found(root)
    assert out.count("changed") == 1 and out.changes == []
    (root / "扫描件" / "a.pdf").unlink()
    put(root, "neu/b.pdf", body)
    out, _, _ = found(root)
    assert out.count("moved") == 1 and out.lost == [] and [c.theirs.text for c in out.changes] == ["扫描件/neu/b.pdf"]


def test_a_registered_path_without_a_fingerprint_gets_one(root):
    registers.write(root, tables(电子件="扫描件/a.pdf"))
    put(root, "a.pdf")
    out, _, _ = found(root)
    (change,) = out.changes
    assert out.count("hashed") == 1 and change.field == "scan_sha256" and change.verdict == "safe" and len(change.theirs.text) == 64


def test_pages_that_differ_are_told_and_nothing_is_changed(root):
    registers.write(root, tables(电子件="扫描件/a.pdf"))
    put(root, "a.pdf", PDF.replace(b"[3 0 R]", b"[3 0 R 4 0 R 5 0 R]") + b"4 0 obj<</Type/Page>>endobj 5 0 obj<</Type/Page>>endobj %%EOF")
    out, p, _ = found(root)
    assert [(counted_, said) for _, counted_, said in out.pages] == [(3, int(p.table.found("pages", 0)))]
    assert {c.field for c in out.changes} == {"scan_sha256"}


def test_one_scan_under_two_papers_is_told(root):
    rows = tables(电子件="扫描件/a.pdf")
    rows["材料"][1]["电子件"] = "扫描件/a.pdf"
    registers.write(root, rows)
    put(root, "a.pdf")
    assert [rows for rows, _ in found(root)[0].twice] == [[0, 1]]


def test_links_are_not_followed(root, tmp_path):
    (tmp_path / "fremd").mkdir()
    (tmp_path / "fremd" / "1-1-201 身份证.pdf").write_bytes(PDF + b"%%EOF")
    (root / "扫描件" / "verweis").symlink_to(tmp_path / "fremd")
    (root / "扫描件" / "1-1-201 合同.pdf").symlink_to(tmp_path / "fremd" / "1-1-201 身份证.pdf")
    assert found(root)[0].files == []


def test_a_folder_of_scans_outside_the_workspace_is_refused(root):
    (root / "ownerbook.toml").write_text('[files]\nscans = "../"\n', "utf-8")
    with pytest.raises(Unusable):
        found(root)


def test_a_file_that_has_not_changed_is_not_read_again_and_one_that_has_is(root):
    path = put(root, "1-1-201 身份证.pdf")
    assert [found(root)[2].read, found(root)[2].read] == [1, 0]
    put(root, "1-1-201 身份证.pdf", path.read_bytes() + b"%%EOF\n")
    assert found(root)[2].read == 1


def test_after_the_yes_path_and_fingerprint_stand_in_the_register_and_the_check_agrees(root, capsys):
    put(root, "1-1-201  身份证.pdf")  # two spaces: a cell is read with one
    put(root, "1-1-301　合同.pdf")
    assert main(["scans", "--in", str(root), "--as-of", "2026-10-31", "--yes", "--by", "G002"]) == 0
    out, _, _ = found(root)
    assert out.count("known") == 2 and out.lost == [] and out.changes == []
    space = open_workspace([], root)
    assert counted(space, read_register(space, registers.DAY).register) == {"scans": 2, "scans_lost": 0, "scans_changed": 0}
    capsys.readouterr()
    assert main(["check", str(root), "--select", "H07,H08", "--as-of", "2026-10-31"]) == 0


def test_a_dry_run_writes_nothing_and_a_second_yes_has_nothing_to_do(root, capsys):
    put(root, "1-1-201 身份证.pdf")
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    assert main(["scans", "--in", str(root), "--as-of", "2026-10-31", "--dry-run"]) == 0
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before
    assert main(["scans", "--in", str(root), "--as-of", "2026-10-31", "--yes", "--by", "G002"]) == 0
    assert main(["scans", "--in", str(root), "--as-of", "2026-10-31", "--yes", "--by", "G002"]) == 1
    assert "没有要改的" in capsys.readouterr().out
