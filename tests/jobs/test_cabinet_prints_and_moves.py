"""The cabinet by command: what is printed of what, what never hangs in the store, how full it is, and a move from the question to the 变更 row."""

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.cabinet_choice import choose  # noqa: E402
from ownerbook.jobs.cabinet_prints import PRINTS, kind_of, print_file  # noqa: E402
from ownerbook.jobs.reading import read_register  # noqa: E402
from ownerbook.jobs.workspace import Unusable, open_workspace  # noqa: E402
from ownerbook.reports.forms.on_the_box import Cabinet, span  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
DAY, ON = date(2026, 10, 31), "2026-10-31"
A, B = "A01-01-01-01", "A01-01-01-02"


def tables():
    t = sheets(5)
    t["位置"] = [{"位置编号": n, "档案室": "A01", "柜号": "01", "层": s, "盒号": b, "容量": c} for n, s, b, c in ((A, "01", "01", 4), (B, "01", "02", 3), ("A01-01-02-01", "02", "01", 9))]  # fmt: skip
    for n, name in enumerate(("欧阳若兰", "司马长风", "上官婉", "诸葛青", "令狐山")):
        t["业主"][n]["姓名"] = name
        t["档案"][n]["题名"] = f"{name}业主档案"
    t["档案"][4]["存放位置"] = B
    t["档案"][1]["密级"] = "敏感"
    t["材料"] = [m for m in t["材料"] if not (m["档号"] == "YG-1-1-301-01" and m["材料类型"] == "购房发票")]
    t["材料"][0]["电子件"] = "扫描件/a.pdf"
    for m in t["材料"]:
        if m["档号"] == "YG-1-1-501-01":
            m["形式"] = "扫描件"
    return t


@pytest.fixture
def root(tmp_path):
    return workspace(tmp_path / "小区", tables())


def read(root):
    space = open_workspace([root], Path.cwd())
    return space, read_register(space, DAY).register


def cabinet(root, tmp_path, *words):
    path = tmp_path / "print.xlsx"
    assert main(["cabinet", *words, "--in", str(root), "--as-of", ON, "-o", str(path)]) == 0
    return openpyxl.load_workbook(path)


def words(book) -> str:
    return "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)


@pytest.mark.parametrize("kind", ["spines", "boxes", "shelves", "floor"])
def test_what_hangs_in_the_store_names_nobody(root, tmp_path, kind):
    text = words(cabinet(root, tmp_path, kind, "--everything"))
    assert "1-1-101" in text
    for name in ("欧阳", "司马", "上官", "诸葛", "令狐", "1390000", "E1234"):
        assert name not in text


def test_a_cover_is_masked_unless_it_is_asked_in_full(root, tmp_path):
    text = words(cabinet(root, tmp_path, "covers", "1-1-101"))
    assert "YG-1-1-101-01" in text and "若兰" not in text and "1-1-101 业主档案" in text and "6 件 / 12 页" in text
    text = words(cabinet(root, tmp_path, "covers", "1-1-101", "--unmask"))
    assert "欧阳若兰（Y001）" in text and "欧阳若兰业主档案" in text
    assert A not in text  # a file that moves keeps its cover


def test_each_file_has_its_cover_on_a_page_of_its_own(root, tmp_path):
    sheet = cabinet(root, tmp_path, "covers", A)["档案封面"]
    assert len(sheet.row_breaks.brk) == 3 and sheet.page_setup.paperSize == 9 and sheet.page_setup.orientation == "portrait"


def test_the_contents_number_the_pages_and_say_what_is_owed(root, tmp_path):
    book = cabinet(root, tmp_path, "contents", "YG-1-1-301-01")
    sheet = book["卷内目录"]
    lines = [[c.value for c in row] for row in sheet.iter_rows() if isinstance(row[0].value, int)]
    assert [x[0] for x in lines] == [1, 2, 3, 4, 5] and [x[6] for x in lines] == ["1-2", "3-4", "5-6", "7-8", "9-10"]
    assert [x[2] for x in lines][:2] == ["业主登记表", "身份证件复印件"]
    assert "本卷 5 件，共 10 页，其中原件 4 件，复印件 1 件。尚缺：购房发票。" in words(book)
    assert sheet.print_title_rows == "$1:$4"


def test_a_list_that_goes_on_says_of_which_file(tmp_path):
    t = tables()
    t["材料"] += [t["材料"][0] | {"材料编号": f"ZZ{n:03d}"} for n in range(60)]
    root = workspace(tmp_path / "多", t)
    text = words(cabinet(root, tmp_path, "contents", "1-1-101"))
    assert text.count("YG-1-1-101-01（续）") == 2


def test_labels_are_cut_from_pages_at_full_size(root, tmp_path):
    sheet = cabinet(root, tmp_path, "spines", "--everything")["卷脊标签"]
    assert sheet.page_setup.scale in (None, 100) and sheet.row_breaks.brk and not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "敏感" in {c.value for row in sheet.iter_rows() for c in row}
    wide = {round(d.width, 1) for d in sheet.column_dimensions.values() if d.width}
    wider = {round(d.width, 1) for d in cabinet(root, tmp_path, "spines", "--everything", "--wide", "50")["卷脊标签"].column_dimensions.values()}
    assert max(wide) < 16 < min(wider)


def test_the_floor_list_has_a_line_a_place_and_says_what_is_over(tmp_path):
    t = tables()
    t["位置"][0]["容量"] = 3
    t["档案"][3]["存放位置"] = None
    t["档案"][4]["存放位置"] = A
    root = workspace(tmp_path / "满", t)
    book = cabinet(root, tmp_path, "floor", "--everything")
    sheet = book["库房存放清单"]
    lines = {row[4].value: [c.value for c in row] for row in sheet.iter_rows(min_row=5) if row[4].value}
    assert lines[A][5:9] == [3, 4, 0, "超 1"] and lines[B][5:9] == [3, 0, 0, 3]
    assert "另有 1 份档案没有写存放位置" in words(book) and "盒 01    4/3" in words(book)


def test_files_are_named_by_number_house_owner_place_or_building(root):
    _, register = read(root)
    c = Cabinet(register)

    def files(*words, **more):
        return [c.key(f) for f in choose(c, words, **more).files]

    assert files("YG-1-1-201-01") == files("1栋1单元201") == files("Y002") == ["YG-1-1-201-01"]
    assert files("A01-01-01") == files(building="1栋") == files(everything=True) == [f"YG-1-1-{n}01-01" for n in range(1, 6)]
    assert files(B, "Y001") == ["YG-1-1-101-01", "YG-1-1-501-01"]
    assert [c.places.number[n] for n in choose(c, ["A01"]).places] == [A, B, "A01-01-02-01"]


@pytest.mark.parametrize("word", ["YG-9", "9-9-999", "B77"])
def test_what_is_not_there_is_said(root, word, capsys):
    assert main(["cabinet", "covers", word, "--in", str(root), "--as-of", ON]) == 2
    assert word in capsys.readouterr().err
    with pytest.raises(Unusable):
        choose(Cabinet(read(root)[1]), [])


def test_every_print_is_known_by_its_name_in_both_languages():
    assert [kind_of(p.zh) for p in PRINTS.values()] == [kind_of(k) for k in PRINTS] == list(PRINTS)
    assert span([]) == "" and span(["1"]) == "1"


def test_one_file_just_opened_has_cover_contents_and_spine(root, tmp_path):
    space, register = read(root)
    made = print_file(space, register, "YG-1-1-101-01", tmp_path / "单", DAY)
    assert [p.name for p in made] == [f"{n}_YG-1-1-101-01_{ON}.xlsx" for n in ("档案封面", "卷内目录", "卷脊标签")]
    assert all(p.is_file() for p in made)
    with pytest.raises(Unusable):
        print_file(space, register, "YG-9", tmp_path, DAY)


def test_load_is_told_by_box_shelf_and_cabinet(root, capsys):
    import json

    def lines(level):
        assert main(["cabinet", "load", "--level", level, "--in", str(root), "--as-of", ON, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)["lists"]["load"]

    assert [(x["place"], x["held"], x["free"], x["tone"]) for x in lines("box")][:2] == [(A, 4, 0, "today"), (B, 1, 2, None)]
    assert [(x["shelf"], x["capacity"], x["held"]) for x in lines("shelf")] == [("01", 7, 5), ("02", 9, 0)]
    assert [(x["places"], x["capacity"], x["held"], x["free"]) for x in lines("cabinet")] == [(3, 16, 5, 11)]


def test_files_on_paper_scanned_and_both_are_told_apart(root, capsys):
    import json

    assert main(["cabinet", "carriers", "--in", str(root), "--as-of", ON, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] | {"scanned": ""} == {"paper": 3, "scan": 1, "both": 1, "nothing": 0, "scanned": ""}
    assert told["counts"]["scanned"].startswith("7/29")
    assert [x["file_no"] for x in told["lists"]["both"]] == ["YG-1-1-101-01"] and [x["file_no"] for x in told["lists"]["scan"]] == ["YG-1-1-501-01"]


def held(root, sheet, header):
    tab = openpyxl.load_workbook(root / "登记簿.xlsx")[sheet]
    heads = [c.value for c in tab[1]]
    return [tab.cell(r, heads.index(header) + 1).value for r in range(2, 7)]


def test_a_move_is_a_plan_first_and_after_the_yes_a_row_of_change(root, capsys):
    before = (root / "登记簿.xlsx").read_bytes()
    assert main(["cabinet", "move", "1-1-101", "--to", B, "--in", str(root), "--as-of", ON]) == 0
    assert (root / "登记簿.xlsx").read_bytes() == before
    assert sorted(p.name for p in (root / "检查结果").iterdir()) == [f"移架取放单_{ON}.xlsx", f"移架方案_{ON}.xlsx"]
    assert main(["cabinet", "move", "1-1-101", "--to", B, "--in", str(root), "--as-of", ON, "--yes", "--by", "G002"]) == 0
    assert held(root, "档案", "存放位置") == [B, A, A, A, B]
    assert held(root, "变更", "变更字段")[0] == "存放位置" and held(root, "变更", "新值")[0] == B
    capsys.readouterr()


def test_a_move_that_was_refused_gives_no_list_to_walk_with(root, capsys):
    assert main(["cabinet", "move", "1-1-101", "--to", B, "--in", str(root), "--as-of", ON, "--yes", "--by", "G001"]) == 1
    assert not list(root.glob("检查结果/移架取放单*"))
    capsys.readouterr()


def test_a_dry_run_writes_nothing(root, capsys):
    assert main(["cabinet", "rebalance", "--together", "--in", str(root), "--as-of", ON, "--dry-run"]) == 1
    assert main(["cabinet", "move", "1-1-101", "--to", B, "--in", str(root), "--as-of", ON, "--dry-run"]) == 0
    assert not (root / "检查结果").exists() and not (root / ".ownerbook").exists()
    capsys.readouterr()


def test_the_walk_takes_out_along_the_old_places_and_puts_in_along_the_new(root, capsys):
    assert main(["cabinet", "move", "1-1-501", "1-1-201", "--to", "A01-01-02", "--in", str(root), "--as-of", ON]) == 0
    book = openpyxl.load_workbook(root / "检查结果" / f"移架取放单_{ON}.xlsx")
    out = [[c.value for c in row][1:5] for row in book["取出"].iter_rows(min_row=5) if isinstance(row[0].value, int)]
    assert out == [[A, "YG-1-1-201-01", "1-1-201", "A01-01-02-01"], [B, "YG-1-1-501-01", "1-1-501", "A01-01-02-01"]]
    put = [[c.value for c in row][1:5] for row in book["放入"].iter_rows(min_row=5) if isinstance(row[0].value, int)]
    assert [x[0] for x in put] == ["A01-01-02-01"] * 2
    capsys.readouterr()


def filled(root, changes, *words):
    assert main(["cabinet", "move-list", *words, "--in", str(root), "--as-of", ON, "-o", str(root / "收件箱" / "移架清单.xlsx")]) == 0
    path = root / "收件箱" / "移架清单.xlsx"
    book = openpyxl.load_workbook(path)
    for cell, value in changes.items():
        book["移架清单"][cell] = value
    book.save(path)


def test_a_filled_list_comes_back_through_the_inbox(root, capsys):
    filled(root, {"E5": "A01-01-02", "E6": B, "E8": "Z9"}, A)
    assert main(["reconcile", "--in", str(root), "--as-of", ON, "--format", "json"]) in (0, 1)
    text = capsys.readouterr().out
    assert "YG-1-1-101-01" in text and "A01-01-02-01" in text and "YG-1-1-201-01" in text and "没有 Z9" in text
    (plan,) = (root / "检查结果").glob("变更方案*.xlsx")
    assert "存放位置" in words(openpyxl.load_workbook(plan))


def test_a_blank_list_can_be_filled_in_by_hand(root, capsys):
    filled(root, {"B5": "YG-1-1-501-01", "E5": A, "B44": "YG-1-1-101-01", "E44": "A01-01-02-01"})
    assert main(["reconcile", "--in", str(root), "--as-of", ON, "--format", "json"]) in (0, 1)
    text = capsys.readouterr().out
    assert "放不下" not in text and "YG-1-1-501-01" in text


def test_moves_that_were_written_can_be_walked_later(root, capsys, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-10-31T09:00:00")
    walk = ["cabinet", "walk", "--in", str(root), "--as-of", ON]
    assert main(walk) == 1
    for to in (B, "A01-01-02-01"):
        assert main(["cabinet", "move", "1-1-101", "--to", to, "--in", str(root), "--as-of", ON, "--yes", "--by", "G002"]) == 0
    capsys.readouterr()
    assert main([*walk, "--since", "2026-11-01"]) == 1
    assert main(walk) == 0
    book = openpyxl.load_workbook(capsys.readouterr().out.strip())
    (line,) = [[c.value for c in row] for row in book["取出"].iter_rows(min_row=5) if isinstance(row[0].value, int)]
    assert line[1:5] == [A, "YG-1-1-101-01", "1-1-101", "A01-01-02-01"]


def test_a_form_is_of_a_file_a_house_or_a_building(root, tmp_path):
    for more in (["--file", "YG-1-1-101-01"], ["--house", "1栋1单元101"]):
        assert main(["form", "卷脊标签", str(root), "--as-of", ON, "-o", str(tmp_path / "f.xlsx"), *more]) == 0
        assert words(openpyxl.load_workbook(tmp_path / "f.xlsx")).count("YG-1-1-") == 1


def test_many_files_just_opened_come_in_three_workbooks_that_are_never_written_over(root, tmp_path):
    from ownerbook.jobs.cabinet_prints import print_files

    space, register = read(root)
    numbers = [f"YG-1-1-{n}01-01" for n in (5, 1, 2)]
    first = print_files(space, register, numbers, tmp_path / "单", DAY)
    assert [p.name for p in first] == [f"{n}_3份_{ON}.xlsx" for n in ("档案封面", "卷内目录", "卷脊标签")]
    again = print_files(space, register, numbers, tmp_path / "单", DAY)
    assert not set(first) & set(again) and all(p.is_file() for p in (*first, *again))
    text = words(openpyxl.load_workbook(first[0]))
    assert text.index("YG-1-1-101-01") < text.index("YG-1-1-201-01") < text.index("YG-1-1-501-01")


def test_a_list_of_moves_is_told_but_not_written_past_its_rows_of_change(root, capsys):
    filled(root, {"E5": B}, A)
    path = str(root / "收件箱" / "移架清单.xlsx")
    assert main(["filled", path, "--in", str(root), "--as-of", ON]) == 0
    assert B in capsys.readouterr().out
    assert main(["filled", path, "--in", str(root), "--as-of", ON, "--write"]) == 2
    assert "收件箱" in capsys.readouterr().err
