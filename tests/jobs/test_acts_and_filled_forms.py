"""From the desk to the register: loans written by command, filled forms read back, and nothing else changed."""

import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from deadline_registers import DAY  # noqa: E402
from deadline_registers import space as due_space  # noqa: E402
from deadline_registers import tables as due_tables  # noqa: E402
from registers import workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.check import check  # noqa: E402
from ownerbook.jobs.workspace import open_workspace  # noqa: E402

# openpyxl cannot read data bars of Excel 2010, which these workbooks have
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
AT = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
ON = ["--on", "2026-10-31"]


@pytest.fixture
def space(tmp_path):
    return due_space(tmp_path / "小区")


def sheet(space, name) -> list[dict]:
    rows = list(openpyxl.load_workbook(space / "登记簿.xlsx")[name].iter_rows(values_only=True))
    return [dict(zip(rows[0], r, strict=True)) for r in rows[1:] if r[0]]


def codes(space, day=DAY, select=()) -> list[str]:
    return sorted(f.code for f in check(open_workspace([space], Path.cwd()), day, select=select).findings)


def lend(space, *more) -> int:
    words = ["YG-1-1-301-01", "--borrower", "赵丁", "--phone", "13900000003", "--purpose", "办证", "--reviewer", "G002", "--clerk", "G001"]
    return main(["lend", *words, "--in", str(space), *ON, *more])


def test_nothing_is_written_unless_asked_for(space, capsys):
    before = (space / "登记簿.xlsx").read_bytes()
    assert lend(space) == 0
    assert "登记簿没有改动" in capsys.readouterr().out
    assert (space / "登记簿.xlsx").read_bytes() == before


def test_a_loan_is_lent_renewed_and_returned_and_the_check_is_content(space, capsys):
    rules = ["K", "R17", "R40", "R43"]
    before = codes(space, select=rules)
    assert lend(space, "--write") == 0
    assert codes(space, select=rules) == before
    assert main(["renew", "JY003", "--in", str(space), "--on", "2026-10-31", "--write"]) == 0
    assert codes(space, select=rules) == [*before, "K12"]  # due on 31 December, which the next schedule may move
    loan = sheet(space, "借阅")[-1]
    assert (loan["借阅单号"], loan["应还日期"], loan["续借次数"], loan["联系电话"]) == ("JY003", datetime(2026, 12, 31), 1, "13900000003")
    assert main(["return", "JY003", "--receiver", "钱一", "--in", str(space), *ON, "--write"]) == 0
    loan = sheet(space, "借阅")[-1]
    assert (loan["归还日期"], loan["接收人"], loan["归还状态"]) == (datetime(2026, 10, 31), "G001", "完好")
    assert sheet(space, "档案")[2]["档案状态"] == "在库" and codes(space, select=rules) == before
    assert len(list((space / ".ownerbook" / "versions").iterdir())) == 4


def test_a_return_of_a_file_that_stands_in_two_workbooks_is_refused_whole(space, capsys):
    shutil.copy(space / "登记簿.xlsx", space / "旧的.xlsx")
    old = openpyxl.load_workbook(space / "旧的.xlsx")
    for name in set(old.sheetnames) - {"档案"}:
        del old[name]
    old.save(space / "旧的.xlsx")
    before = (space / "登记簿.xlsx").read_bytes()
    assert main(["return", "JY001", "--receiver", "钱一", "--in", str(space), *ON, "--write"]) == 1
    assert "有几行 YG-1-1-101-01" in capsys.readouterr().err
    assert (space / "登记簿.xlsx").read_bytes() == before


def test_a_return_of_a_file_that_is_not_entered_says_that_no_status_was_set(tmp_path, capsys):
    tables = due_tables()
    tables["档案"] = [f for f in tables["档案"] if f["档号"] != "YG-1-1-101-01"]
    root = workspace(tmp_path / "小区", tables)
    assert main(["return", "JY001", "--receiver", "钱一", "--in", str(root), *ON, "--write"]) == 0
    assert "档案状态没有改" in "".join(capsys.readouterr())


def test_what_is_forbidden_is_said_and_not_written(space, capsys):
    before = (space / "登记簿.xlsx").read_bytes()
    words = ["YG-1-1-101-01", "--borrower", "赵乙", "--phone", "13900000001", "--purpose", "办证", "--reviewer", "G002", "--clerk", "G001"]
    assert main(["lend", *words, "--in", str(space), *ON, "--write"]) == 1
    told = capsys.readouterr().err
    assert "已由 JY001 借出" in told and "借阅人停借" in told
    assert (space / "登记簿.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["renew", "JY999"], "没有 JY999"),
        (["return", "JY001"], "--receiver"),
        (["return", "JY001", "--receiver", "无名"], "没有 无名"),
        (["lend", "YG-1-1-301-01", "--borrower", "赵丁"], "--phone"),
        (["lend", "YG-1-1-301-01", "--borrower", "赵丁", "--phone", "139", "--purpose", "x"], "写法不对"),
    ],
)
def test_what_cannot_be_understood_is_one_line(space, capsys, argv, words):
    assert main([*argv, "--in", str(space), *ON]) == 2
    told = capsys.readouterr().err
    assert words in told and len(told.splitlines()) == 1


def audit_sheet(space, tmp_path) -> Path:
    path = tmp_path / "审核清单.xlsx"
    assert main(["form", "审核清单", str(space), "--as-of", "2026-10-31", "--count", "8", "--auditor", "G002", "-o", str(path)]) == 0
    return path


def at(page, header, row):
    """The cell of a row under a header, in whichever language the form is."""
    return page.cell(row, [str(c.value).split("\n")[0] for c in page[4]].index(header) + 1)


def fill(path: Path) -> None:
    """As a clerk would: most are in order, one is not, one is not filled in, one lacks what must be said; two papers differ."""
    book = openpyxl.load_workbook(path)
    page = book["在库核对"]
    for row in range(5, 9):
        at(page, "在位", row).value, at(page, "结果", row).value = "√", "合格"
    for header, value in {"结果": "不合格", "问题描述": "页数不符", "整改期限": datetime(2026, 11, 20), "整改责任人": "G001 钱一"}.items():
        at(page, header, 9).value = value
    at(page, "结果", 8).value, at(page, "结果", 10).value = "不合格", None
    papers = book["材料核对"]
    at(papers, "核对", 5).value, at(papers, "实际页数", 5).value, at(papers, "核对", 6).value = "缺页", 1, "缺件"
    at(book["借出核对"], "结果", 5).value = "合格"
    book.save(path)


def test_a_filled_tick_sheet_becomes_rows_of_the_register(space, tmp_path, capsys):
    path = audit_sheet(space, tmp_path)
    fill(path)
    numbers = {r: openpyxl.load_workbook(path)["在库核对"].cell(r, 3).value for r in range(5, 11)}
    plan = tmp_path / "方案.xlsx"
    assert main(["filled", str(path), "--in", str(space), *ON, "--write", "--plan", str(plan)]) == 1  # one line was not taken
    told = capsys.readouterr()
    assert f"在库核对 第 8 行 {numbers[8]}：不合格没有写问题描述" in told.err and "2 行没有填结果" in told.out
    audits = sheet(space, "审核")
    assert [(a["档号"], a["审核结果"], a["审核人"], a["审核类型"]) for a in audits] == [
        *((numbers[r], "合格", "G002", "抽查") for r in (5, 6, 7)),
        (numbers[9], "不合格", "G002", "抽查"),
    ]
    assert (audits[3]["整改期限"], audits[3]["问题描述"], audits[3]["整改责任人"]) == (datetime(2026, 11, 20), "页数不符", "G001 钱一")
    papers = [m for m in sheet(space, "材料") if m["档号"] == numbers[5]][:2]
    assert [(m["材料状态"], m["页数"]) for m in papers] == [("缺页", 1), ("待补", 2)]
    assert all(f["上次审核日期"] == datetime(2026, 10, 31) for f in sheet(space, "档案") if f["档号"] in (numbers[5], numbers[9]))
    assert not [c for c in codes(space) if c in ("R18", "R20", "R21", "R22", "R23", "L03", "L06")]
    book = openpyxl.load_workbook(plan)
    assert book.sheetnames == ["修改", "审核-新增", "没有采用"] and book["审核-新增"].max_row == 5
    made = {p.name: p.value for p in book.custom_doc_props.props}
    assert made["ownerbook.kind"] == "plan" and any(v.startswith("审核清单.xlsx ") for v in made.values())


@pytest.mark.parametrize(
    ("cells", "taken"),
    [
        ({"K5": "销毁", "L5": "制度第5条", "M5": "期满"}, ("处置", {"处置方式": "销毁", "鉴定人": "G002", "批准人": None, "执行日期": None})),
        ({"K5": "移交", "L5": "合同", "M5": "期满", "P5": "城建档案馆"}, ("处置", {"处置方式": "移交", "接收单位": "城建档案馆"})),
        (
            {"K5": "续存", "N5": "30年"},
            ("变更", {"对象表": "档案", "变更字段": "保管期限", "原值": "10年", "新值": "30年", "审核结果": "待审", "申请人": "孙二"}),
        ),
        ({"K5": "销毁", "L5": "制度第5条"}, None),
        ({"K5": "移交", "L5": "合同", "M5": "期满"}, None),
        ({"K5": "续存", "N5": "10年"}, None),
        ({"K5": "暂缓", "M5": "诉讼", "O5": "下个月"}, None),
        ({"K5": "扔掉"}, None),
    ],
)
def test_a_filled_appraisal_list_becomes_disposals_and_changes(space, tmp_path, capsys, cells, taken):
    path = tmp_path / "鉴定清单.xlsx"
    assert main(["form", "鉴定清单", str(space), "--as-of", "2026-10-31", "-o", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["鉴定清单"][cell] = value
    book.save(path)
    before = (space / "登记簿.xlsx").read_bytes()
    status = main(["filled", str(path), "--in", str(space), *ON, "--by", "孙二", "--write"])
    if taken is None:
        assert status == 1 and (space / "登记簿.xlsx").read_bytes() == before
        return
    name, expected = taken
    row = sheet(space, name)[-1]
    assert status == 0 and {k: row[k] for k in expected} == expected


def test_a_hold_is_set_with_its_reason(space, tmp_path):
    path = tmp_path / "鉴定清单.xlsx"
    main(["form", "鉴定清单", str(space), "--as-of", "2026-10-31", "-o", str(path)])
    book = openpyxl.load_workbook(path)
    book["鉴定清单"]["K5"], book["鉴定清单"]["M5"], book["鉴定清单"]["O5"] = "暂缓", "诉讼未结", datetime(2027, 3, 31)
    book.save(path)
    assert main(["filled", str(path), "--in", str(space), *ON, "--by", "G002", "--write"]) == 0
    file = sheet(space, "档案")[3]
    assert (file["暂缓处置至"], file["暂缓原因"]) == (datetime(2027, 3, 31), "诉讼未结")


def test_another_workbook_is_no_form(space, capsys):
    assert main(["filled", str(space / "登记簿.xlsx"), "--in", str(space), *ON]) == 2
    assert "不是 ownerbook 开出的" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_saved_by_libreoffice_is_read_back_all_the_same(space, tmp_path, capsys):
    path = audit_sheet(space, tmp_path)
    fill(path)
    home = (tmp_path / "profile").as_uri()
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation={home}", "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    if done.returncode or not (tmp_path / "out" / path.name).exists():
        pytest.skip("LibreOffice cannot run here")
    capsys.readouterr()
    assert main(["filled", str(path), "--in", str(space), *ON]) == 1
    first = capsys.readouterr()
    assert main(["filled", str(tmp_path / "out" / path.name), "--in", str(space), *ON]) == 1
    assert capsys.readouterr() == first


def proposed(space):
    from ownerbook.jobs.loan_acts import renew
    from ownerbook.jobs.reading import read_register

    opened = open_workspace([space], Path.cwd())
    read = read_register(opened, date(2026, 9, 1))
    return opened, read, renew(read.register, "JY001", date(2026, 9, 1))


def test_a_workbook_that_has_changed_since_it_was_read_is_left_alone(space):
    from ownerbook.jobs.proposing import write

    opened, read, proposal = proposed(space)
    book = openpyxl.load_workbook(space / "登记簿.xlsx")
    book["借阅"]["S2"] = "有人刚写的"
    book.save(space / "登记簿.xlsx")
    before = (space / "登记簿.xlsx").read_bytes()
    written = write(opened, read, proposal, at=AT)
    assert written.refused and not written.done and (space / "登记簿.xlsx").read_bytes() == before


def test_where_one_workbook_cannot_be_written_none_is(tmp_path):
    from ownerbook.jobs.loan_acts import give_back
    from ownerbook.jobs.proposing import write
    from ownerbook.jobs.reading import read_register

    tables = due_tables()
    loans = tables.pop("借阅")
    space = workspace(tmp_path / "小区", tables)
    heads = list(dict.fromkeys(h for row in loans for h in row))
    text = "\n".join([",".join(heads), *(",".join(str(row.get(h, "")) for h in heads) for row in loans)])
    (space / "借阅.csv").write_text(text + "\n", "utf-8-sig")
    before = (space / "登记簿.xlsx").read_bytes()
    opened = open_workspace([space], Path.cwd())
    read = read_register(opened, DAY)
    from ownerbook.jobs.workspace import Unusable

    proposal = give_back(read.register, "JY001", DAY, receiver="G001", condition="完好", note="")
    with pytest.raises(Unusable):  # the .csv has no column 归还日期
        write(opened, read, proposal, at=AT)
    proposal.values = [v for v in proposal.values if v.sheet == "files" or v.field in heads]
    from ownerbook.register.proposal import NewValue

    proposal.values.append(NewValue("loans", 0, "purpose", "改"))
    written = write(opened, read, proposal, at=AT)
    assert written.refused and not written.done and (space / "登记簿.xlsx").read_bytes() == before


def test_a_destruction_before_its_time_is_held_back(tmp_path):
    tables = due_tables()
    approved = next(d for d in tables["处置"] if d["处置单号"] == "CZ20")
    tables["处置"].append(approved | {"处置单号": "CZ30", "档号": tables["档案"][7]["档号"]})
    space, path = workspace(tmp_path / "小区", tables), tmp_path / "销毁清册.xlsx"
    assert main(["form", "销毁清册", str(space), "--as-of", "2026-10-31", "-o", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    listed = {name: [str(c.value) for row in book[name].iter_rows() for c in row if c.value] for name in ("销毁清册", "暂不销毁")}
    assert "CZ30" in listed["暂不销毁"] and "保管期限未满" in listed["暂不销毁"]
    assert approved["档号"] in listed["销毁清册"] and tables["档案"][7]["档号"] not in listed["销毁清册"]


def with_witnesses(tmp_path):
    tables = due_tables()
    for n, name in ((4, "周四"), (5, "吴五")):
        tables["人员"].append({"工号": f"G00{n}", "姓名": name, "岗位": "保安", "入职日期": date(2020, 1, 2), "保密协议签订日期": date(2020, 1, 2)})
    return workspace(tmp_path / "小区", tables)


def ticked(space, tmp_path, kind, page, column):
    path = tmp_path / f"{kind}.xlsx"
    assert main(["form", kind, str(space), "--as-of", "2026-10-31", "-o", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    heads = [c.value for c in book[page][4]]
    book[page].cell(5, heads.index(column) + 1).value = "√"
    book.save(path)
    return path


def test_a_signed_destruction_register_ends_the_files_and_keeps_their_stubs(tmp_path, capsys):
    space = with_witnesses(tmp_path)
    path = ticked(space, tmp_path, "销毁清册", "销毁清册", "已销毁")
    count = len(sheet(space, "档案"))
    assert main(["filled", str(path), "--in", str(space), *ON, "--witness", "G004", "--witness", "吴五", "--write"]) == 0
    row = next(d for d in sheet(space, "处置") if d["处置单号"] == "CZ20")
    assert (row["执行日期"], row["监销人一"], row["监销人二"]) == (datetime(2026, 10, 31), "G004", "G005")
    file = sheet(space, "档案")[4]
    assert (file["档案状态"], file["存放位置"]) == ("已销毁", None) and len(sheet(space, "档案")) == count
    assert not {"M03", "M04", "M05", "R17", "I05"} & set(codes(space, select=["M", "R17", "I05"]))


@pytest.mark.parametrize("witnesses", [[], ["G004"], ["G004", "G004"], ["G002", "G004"], ["G003", "G004"]])
def test_a_destruction_needs_two_witnesses_who_took_no_part(tmp_path, witnesses):
    space = with_witnesses(tmp_path)
    path = ticked(space, tmp_path, "销毁清册", "销毁清册", "已销毁")
    before = (space / "登记簿.xlsx").read_bytes()
    words = [w for name in witnesses for w in ("--witness", name)]
    assert main(["filled", str(path), "--in", str(space), *ON, *words, "--write"]) == 1
    assert (space / "登记簿.xlsx").read_bytes() == before


def test_a_counted_transfer_frees_the_place(space, tmp_path):
    path = ticked(space, tmp_path, "移交清单", "移交清单", "清点")
    assert main(["filled", str(path), "--in", str(space), *ON, "--write"]) == 0
    assert next(d for d in sheet(space, "处置") if d["处置单号"] == "CZ21")["执行日期"] == datetime(2026, 10, 31)
    file = sheet(space, "档案")[5]
    assert (file["档案状态"], file["存放位置"]) == ("已移交", None)


@pytest.mark.parametrize("written", ["1-1-301", "3号楼", "YG-1-1-301"])
def test_an_unknown_file_number_is_answered_with_those_that_may_be_meant(space, capsys, written):
    assert main(["lend", written, "--in", str(space), *ON, "--borrower", "赵丁", "--phone", "13900000003", "--purpose", "核对"]) == 2
    assert ("是不是 YG-1-1-301-01" if written != "3号楼" else "请核对编号") in capsys.readouterr().err


def test_a_mark_that_is_no_tick_is_not_passed_over(tmp_path, capsys):
    space = with_witnesses(tmp_path)
    path = ticked(space, tmp_path, "销毁清册", "销毁清册", "已销毁")
    book = openpyxl.load_workbook(path)
    at(book["销毁清册"], "已销毁", 5).value = "大概"
    book.save(path)
    assert main(["filled", str(path), "--in", str(space), *ON, "--witness", "G004", "--witness", "G005"]) == 1
    assert "「大概」认不出" in capsys.readouterr().err


def test_what_a_change_changes_is_shown_as_openly_as_the_column_itself(space, tmp_path, capsys):
    path = tmp_path / "鉴定清单.xlsx"
    assert main(["form", "appraisal", str(space), "--as-of", "2026-10-31", "-o", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    at(book["鉴定清单"], "鉴定意见", 5).value, at(book["鉴定清单"], "新保管期限", 5).value = "续存", "30年"
    book.save(path)
    assert main(["filled", str(path), "--in", str(space), *ON, "--by", "G002"]) == 0
    assert "新值=30年  原值=10年  申请人=孙*" in capsys.readouterr().out


def test_the_whole_hand_over_is_entered_approved_and_carried_out(space, tmp_path, capsys):
    """Read back twice: first the ticked files get a disposal each, once approved they are handed over; what is lent stays."""
    path = tmp_path / "移交清单.xlsx"
    assert main(["form", "transfer", str(space), "--everything", "--receiver", "新物业", "--as-of", "2026-10-31", "-o", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    page = book["移交清单"]
    for row in range(5, page.max_row + 1):
        if isinstance(page.cell(row, 1).value, int):
            at(page, "清点", row).value = "√"
    book.save(path)
    capsys.readouterr()
    assert main(["filled", str(path), "--in", str(space), *ON, "--by", "G002", "--write"]) == 1
    err = capsys.readouterr().err
    assert "YG-1-1-101-01：借出未还，现在不能移交" in err and "YG-1-1-701-01：暂缓处置" in err
    new = [d for d in sheet(space, "处置") if d["接收单位"] == "新物业"]
    assert [d["档号"] for d in new] == ["YG-1-1-301-01", "YG-1-1-401-01", "YG-1-1-801-01"]
    assert "YG-1-1-501-01：处置 CZ20（销毁）还在办理" in err and {d["处置原因"] for d in new} == {"更换物业服务企业"}
    assert main(["filled", str(path), "--in", str(space), *ON, "--by", "G002", "--write"]) == 1
    assert "还没有批准" in capsys.readouterr().err and len([d for d in sheet(space, "处置") if d["接收单位"] == "新物业"]) == 3
