"""From looking to checking: the mapping workbook, its confirmation, reading through it, later versions of the ledger, conversion."""

import contextlib
import io
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import ledgers  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.jobs.adopt import MAPPING, confirm, look_at, propose, remembered  # noqa: E402
from ownerbook.jobs.check import check  # noqa: E402
from ownerbook.jobs.convert import convert  # noqa: E402
from ownerbook.jobs.workspace import Unusable, open_workspace  # noqa: E402
from ownerbook.schema.cells import Flag  # noqa: E402

DAY = date(2026, 10, 31)
AT = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)


@pytest.fixture
def space(tmp_path):
    folder = tmp_path / "小区"
    folder.mkdir()
    (folder / "ownerbook.toml").write_text('[workspace]\nname = "试验"\n', "utf-8")
    return folder


def adopt(space: Path, *names: str, change=None) -> Path:
    """Look, write the mapping, let a clerk change it, confirm."""
    path = propose(look_at([Path(n) for n in names], space), space / "收件箱" / MAPPING, as_of=DAY)
    if change is not None:
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
    confirm(path, space, as_of=DAY)
    return path


def cell_of(sheet, wording: str, header: str):
    """The cell of a column's row in the mapping, under a header of it."""
    top = next(r for r in range(1, 9) if sheet.cell(r, 1).value == "工作簿")
    at = {sheet.cell(top, c).value: c for c in range(1, sheet.max_column + 1)}
    row = next(r for r in range(top + 1, sheet.max_row + 1) if sheet.cell(r, at["表头原文"]).value == wording)
    return sheet.cell(row, at[header])


def run(space, **options):
    return check(open_workspace([space], Path.cwd()), DAY, **options)


def told(result, *codes):
    return {(f.code, f.place.sheet, f.place.cell) for f in result.findings if f.code in codes}


def test_the_mapping_is_masked_and_has_drop_downs(space):
    ledgers.classic(space / "台账.xlsx")
    path = adopt(space, "台账.xlsx")
    book = openpyxl.load_workbook(path)
    texts = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None}
    for n in range(1, 18):
        assert not any(ledgers.name(n) in t or ledgers.phone(n) in t or ledgers.resident(n) in t for t in texts)
    sheet = book["列对照"]
    assert any("I" in str(v.sqref) for v in sheet.data_validations.dataValidation)
    assert cell_of(sheet, "收楼日期", "确认为").value == "房屋·交房日期"
    assert book["layout-data"].sheet_state == "hidden"


def test_an_adopted_ledger_is_checked_where_it_is_and_places_name_its_cells(space):
    ledgers.classic(space / "台账.xlsx")
    adopt(space, "台账.xlsx")
    result = run(space)
    owners, houses = result.register.tables["owners"], result.register.tables["houses"]
    assert len(houses) == 12 and len(owners) == 15
    assert [int(r) for r in owners.rows].count(7) == 2  # two owners of row 7
    row = next(i for i in range(len(owners)) if int(owners.rows[i]) == 7 and owners.found("name", i) == ledgers.name(9))
    assert str(owners.place(row, "phone")) == "台账.xlsx Sheet1!E7" and owners.found("phone", row) == ledgers.phone(9)
    assert "phone" in owners.sources[int(owners.source[row])].parts
    assert told(result, "R61") == {("R61", "Sheet1", "A3")} and not told(result, "A01a", "A02", "R01")
    assert told(result, "G02", "R03") == {("R03", "Sheet1", "G8")}


def test_a_wrong_cell_is_told_once_at_its_place(space):
    rows = [["房号", "业主", "电话", "面积"], ["1-1-101", "钱一", "1390000", 90], ["1-1-102", "孙二、李三", "13900000002、1390000000", 80]]
    ledgers.write(space / "a.xlsx", rows)
    adopt(space, "a.xlsx")
    assert told(run(space), "E01") == {("E01", "Sheet1", "C2"), ("E01", "Sheet1", "C3")}


def test_a_house_over_three_co_owners_is_filled_down_and_the_fact_noted(space):
    ledgers.merged_family(space / "a.xlsx")
    adopt(space, "a.xlsx")
    result = run(space)
    owners = result.register.tables["owners"]
    assert [owners.found("house_no", i) for i in range(3)] == ["5-1-101"] * 3
    assert len(owners.flagged("house_no", Flag.MERGED)) == 8 and len(result.register.tables["houses"]) == 4
    (seen,) = [f for f in result.findings if f.code == "R63"]
    assert "8 处合并单元格" in seen.say() and not told(result, "D08", "R08")


def test_a_correction_in_the_mapping_is_obeyed(space):
    ledgers.phones_under_owner(space / "a.xlsx")

    def change(book):
        cell_of(book["列对照"], "面积", "确认为").value = "房屋·套内面积"
        cell_of(book["列对照"], "交房时间", "确认为").value = "不采用"

    adopt(space, "a.xlsx", change=change)
    houses = run(space).register.tables["houses"]
    assert houses.has("inner_area") and not houses.has("floor_area") and not houses.has("handover_on")
    assert houses.found("house_no", 0) == "3-2-101" and houses.place(0, "house_no").cell == "C2"


def test_what_codes_mean_is_taken_from_the_mapping(space):
    rows = [["房号", "业主", "电话", "房屋状态"], *([f"1-1-{n}01", ledgers.name(n), ledgers.phone(n), str(2000 + n % 2)] for n in range(1, 6))]
    ledgers.write(space / "a.xlsx", rows)

    def change(book):
        cell_of(book["列对照"], "房屋状态", "确认为").value = "房屋·房屋状态"
        sheet = book["取值对照"]
        for r in range(1, sheet.max_row + 1):
            if sheet.cell(r, 5).value in ("2000", "2001"):
                sheet.cell(r, 7).value = {"2000": "空置", "2001": "自住"}[sheet.cell(r, 5).value]

    adopt(space, "a.xlsx", change=change)
    houses = run(space).register.tables["houses"]
    assert [houses.found("status", i) for i in range(3)] == ["自住", "空置", "自住"]


def test_mistakes_in_the_mapping_are_told_with_their_places(space):
    ledgers.classic(space / "a.xlsx")

    def change(book):
        cell_of(book["列对照"], "备注", "确认为").value = "业主·姓名"
        cell_of(book["列对照"], "收楼日期", "确认为").value = "业主·生日"

    with pytest.raises(Unusable, match="没有「业主·生日」这一项") as caught:
        adopt(space, "a.xlsx", change=change)
    assert "列对照!I" in str(caught.value)
    assert remembered(space) == []


def test_two_columns_for_one_thing_are_refused(space):
    ledgers.classic(space / "a.xlsx")
    with pytest.raises(Unusable, match="C 列和 I 列都确认为「业主·姓名」"):
        adopt(space, "a.xlsx", change=lambda b: setattr(cell_of(b["列对照"], "备注", "确认为"), "value", "业主·姓名"))


def later(space, order, renamed=None, added=()):
    """A later version of the same ledger: columns in another order, renamed, with new ones."""
    head = ["序号", "房号", "业主", "身份证号码", "联系电话", "建筑面积"]
    rows = [["2027年业主台账"], [(renamed or {}).get(h, h) for h in (head[i] for i in order)] + list(added)]
    for n in range(1, 9):
        row = [n, f"1-1-{n}01", ledgers.name(n), ledgers.resident(n), ledgers.phone(n), 80.5 + n]
        rows.append([row[i] for i in order] + ["甲"] * len(added))
    return ledgers.write(space / "台账.xlsx", rows)


def test_a_later_version_with_moved_renamed_and_added_columns_is_recognised_and_the_drift_told(space):
    later(space, range(6))
    adopt(space, "台账.xlsx")
    assert not told(run(space), "R62")
    later(space, [0, 1, 4, 2, 3, 5], {"联系电话": "手机号码", "建筑面积": "产权面积"}, ("管家",))
    result = run(space)
    (drift,) = [f for f in result.findings if f.code == "R62"]
    said = drift.say()
    assert "「联系电话」改名为「手机号码」" in said and "「建筑面积」改名为「产权面积」" in said and "新增「管家」" in said
    owners = result.register.tables["owners"]
    assert owners.found("phone", 0) == ledgers.phone(1) and owners.place(0, "phone").cell == "C3"
    assert result.register.tables["houses"].found("floor_area", 0) == "81.5"


def test_a_column_that_is_gone_is_told(space):
    later(space, range(6))
    adopt(space, "台账.xlsx")
    later(space, [0, 1, 2, 4, 5])
    assert "「身份证号码」不见了" in next(f for f in run(space).findings if f.code == "R62").say()


def test_another_ledger_is_not_taken_for_the_remembered_one(space):
    later(space, range(6))
    adopt(space, "台账.xlsx")
    ledgers.write(space / "费用.xlsx", [["房号", "应收", "实收", "日期"], ["1-1-101", 5, 5, "2026-01-01"]])
    result = run(space)
    assert result.left_alone == [("费用.xlsx", "Sheet1")]


def test_a_tab_that_is_a_whole_sheet_of_ours_stays_ours(space):
    sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
    import registers

    registers.write(space, registers.sheets())
    ledgers.classic(space / "台账.xlsx")
    adopt(space, "台账.xlsx")
    result = run(space)
    assert {s.tab for s in result.register.tables["houses"].sources} == {"房屋", "Sheet1"}
    assert not [f for f in result.findings if f.place.workbook == "登记簿.xlsx" and f.code in ("R61", "R62", "R63")]


def test_conversion_writes_a_register_its_sources_and_proposals_only_when_accepted(space, tmp_path):
    ledgers.classic(space / "台账.xlsx")
    done = convert(look_at([Path("台账.xlsx")], space), [], tmp_path / "一", as_of=DAY)
    assert not any(r.get("业主编号") for r in done.converted.tables["业主"]) and "档案" not in done.converted.tables
    again = convert(look_at([Path("台账.xlsx")], space), [], tmp_path / "二", as_of=DAY, accept_numbers=True)
    first = [p.value for p in done.proposed.numbers]
    assert first == [p.value for p in again.proposed.numbers] and len(set(first)) == len(first) == 15
    book = openpyxl.load_workbook(again.register)
    assert book["业主"].cell(2, 1).value == "Y-1-2-101-1" and book["档案"].cell(2, 1).value == "YG-1-2-101-01"
    trace = openpyxl.load_workbook(again.trace)
    assert trace.sheetnames == ["来源", "未归入", "建议编号"]
    assert "已写入登记簿" in trace["建议编号"].cell(1, 1).value
    result = check(open_workspace([tmp_path / "二"], Path.cwd()), DAY, ignore=["A01"])
    assert len(result.register.tables["houses"]) == 12 and not told(result, "A06", "R08")


def test_conversion_never_overwrites(space, tmp_path):
    ledgers.classic(space / "台账.xlsx")
    convert(look_at([Path("台账.xlsx")], space), [], tmp_path / "一", as_of=DAY)
    with pytest.raises(Unusable):
        convert(look_at([Path("台账.xlsx")], space), [], tmp_path / "一", as_of=DAY)


def test_the_command_looks_confirms_converts_and_checks(space, tmp_path, monkeypatch):
    monkeypatch.chdir(space)
    ledgers.two_rows(space / "租住.xlsx")
    before = (space / "租住.xlsx").read_bytes()

    def out(*words):
        with contextlib.redirect_stdout(io.StringIO()) as shown, contextlib.redirect_stderr(io.StringIO()):
            status = main([*words])
        return status, shown.getvalue()

    status, text = out("adopt", "租住.xlsx", "--as-of", "2026-10-31")
    assert status == 0 and "表头第 2–3 行" in text and (space / MAPPING).exists()
    assert out("adopt", "--confirm", MAPPING)[0] == 0
    assert list((space / ".ownerbook" / "layouts").glob("*.json"))
    status, text = out("check", "--as-of", "2026-10-31")
    assert "R61" in text and "业主编号" in text
    assert out("adopt", "租住.xlsx", "--convert", str(tmp_path / "新"))[0] == 0
    assert out("adopt", "没有.xlsx")[0] == 2 and out("adopt")[0] == 2
    assert (space / "租住.xlsx").read_bytes() == before


def test_a_confirmation_that_uses_no_sheet_says_so_and_promises_nothing(space, monkeypatch, capsys):
    monkeypatch.chdir(space)
    ledgers.write(space / "抄表.xlsx", [["38"]])
    assert main(["adopt", "抄表.xlsx"]) == 0
    capsys.readouterr()
    assert main(["adopt", "--confirm", MAPPING]) == 0
    told = capsys.readouterr().out
    assert "一张表也没有采用" in told and "直接读这些台账" not in told


def test_a_text_file_in_gb18030_and_a_web_page_named_xls_are_adopted_alike(space):
    rows = [["房号", "业主姓名", "联系电话"], *([f"1-1-{n}01", ledgers.name(n), ledgers.phone(n)] for n in range(1, 6))]
    (space / "甲.csv").write_bytes("\r\n".join(",".join(r) for r in rows).encode("gb18030"))
    (space / "乙.csv").write_bytes(b"\xef\xbb\xbf" + "\n".join(",".join(r) for r in rows).encode())
    page = "<html><table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in rows) + "</table></html>"
    (space / "丙.xls").write_text(page, "utf-8")
    ledgers.write(space / "丁.xlsx", rows).rename(space / "丁.xls")
    adopt(space, "甲.csv", "乙.csv", "丙.xls", "丁.xls")
    result = run(space)
    owners = result.register.tables["owners"]
    assert len(owners) == 20 and {s.workbook for s in owners.sources} == {"甲.csv", "乙.csv", "丙.xls", "丁.xls"}
    assert [owners.found("phone", i) for i in range(20)] == [ledgers.phone(n) for _ in range(4) for n in range(1, 6)]


def test_a_damaged_layout_counts_as_none(space):
    later(space, range(6))
    adopt(space, "台账.xlsx")
    (next((space / ".ownerbook" / "layouts").glob("*.json"))).write_text("{", "utf-8")
    assert remembered(space) == [] and not told(run(space), "R61", "R62", "R63")


def test_looking_again_starts_from_what_was_confirmed_and_proposes_for_new_columns(space):
    later(space, range(6))
    adopt(space, "台账.xlsx", change=lambda b: setattr(cell_of(b["列对照"], "建筑面积", "确认为"), "value", "房屋·套内面积"))
    later(space, [0, 1, 2, 4, 5, 3], added=("管家",))
    again = look_at([Path("台账.xlsx")], space, known=remembered(space))
    columns = {c.wording: c.field for c in again.books[0].looked[0].layout.columns}
    assert columns["建筑面积"] == "houses.inner_area" and columns["身份证号码"] == "owners.id_no"
    assert any("新增「管家」" in t.zh for t in again.books[0].seen[0])


def test_two_ledgers_of_one_name_are_told_apart(space):
    for folder in ("甲", "乙"):
        (space / folder).mkdir()
        ledgers.two_rows(space / folder / "台账.xlsx")
    assert [b.name for b in look_at([Path("甲/台账.xlsx"), Path("乙/台账.xlsx")], space).books] == ["甲/台账.xlsx", "乙/台账.xlsx"]


def test_a_picture_in_a_cell_is_named_as_such_and_left_over(space, tmp_path):
    rows = [["房号", "业主姓名", "身份证号"], *([f"1-1-{n}01", ledgers.name(n), ledgers.resident(n)] for n in range(1, 5))]
    ledgers.write(space / "a.xlsx", rows, formulas={"C3": ('=DISPIMG("ID_1",1)', '=DISPIMG("ID_1",1)')})
    looked = look_at([Path("a.xlsx")], space)
    assert any("单元格内嵌图片（WPS） 1 格：C3" in t.zh for t in looked.books[0].seen[0])
    done = convert(looked, [], tmp_path / "新", as_of=DAY)
    assert [(r.cell, r.reason) for r in done.converted.rest if r.cell == "C3"] == [("C3", "单元格内嵌图片（WPS）")]
    assert "证件号码" not in done.converted.tables["业主"][1]


def test_the_relation_that_staff_give_a_column_is_that_of_its_people(space):
    rows = [["房号", "业主", "业主电话", "同住人"], *([f"1-1-{n}01", ledgers.name(n), ledgers.phone(n), ledgers.name(n + 8)] for n in range(1, 6))]
    ledgers.write(space / "a.xlsx", rows)
    adopt(space, "a.xlsx", change=lambda b: setattr(cell_of(b["列对照"], "同住人", "关系"), "value", "父母"))
    household = run(space).register.tables["household"]
    assert [household.found("relation", i) for i in range(5)] == ["父母"] * 5
    assert household.place(0, "relation").cell == "D2"


def test_writing_back_goes_into_the_original_column_and_never_into_a_shared_cell(space):
    from ownerbook.jobs.proposing import write
    from ownerbook.jobs.reading import read_register
    from ownerbook.register.proposal import NewValue, Proposal

    ledgers.classic(space / "台账.xlsx")
    adopt(space, "台账.xlsx")
    workspace = open_workspace([space], Path.cwd())
    read = read_register(workspace, DAY)
    owners = read.register.tables["owners"]
    alone, shared = (next(i for i in range(len(owners)) if int(owners.rows[i]) == r) for r in (4, 7))
    write(workspace, read, Proposal(values=[NewValue("owners", alone, "phone", "13900009999")]), at=AT)
    assert openpyxl.load_workbook(space / "台账.xlsx").active["E4"].value == "13900009999"
    read = read_register(workspace, DAY)
    with pytest.raises(Unusable, match="E7"):
        write(workspace, read, Proposal(values=[NewValue("owners", shared, "phone", "13900009999")]), at=AT)


@pytest.mark.parametrize("name", ledgers.LEDGERS)
def test_every_place_names_the_cell_that_holds_the_value(space, name):
    path = ledgers.LEDGERS[name][0](space / "台账.xlsx")
    adopt(space, "台账.xlsx")
    result = run(space)
    _, tabs = ledgers.looked(path)
    grids = {t.grid.tab.name: t.grid for t in tabs}
    seen = 0
    for table in result.register.tables.values():
        for i in range(len(table)):
            source = table.sources[int(table.source[i])]
            for field in table.cells:
                text = table.found(field, i)
                if not text:
                    continue
                place = table.place(i, field)
                assert place.row is not None and place.column is not None, (field, text)
                cell = grids[place.sheet].merged(place.row, place.column)
                assert cell is not None
                if field not in source.parts:
                    assert cell.text.strip() == text.strip()
                seen += 1
    assert seen > 20


def test_a_tab_of_ours_is_named_and_left_out_of_the_mapping(space):
    from ownerbook.reports.register_book import SheetRows, write_register

    write_register(space / "登记簿.xlsx", [SheetRows("房屋", [{"房号": "1-1-101", "建筑面积": 90.0}])], as_of=DAY)
    book = look_at([Path("登记簿.xlsx")], space).books[0]
    (house,) = [t for t in book.looked if t.grid.tab.name == "房屋"]
    assert not house.layout.use and "登记簿自己的表" in house.layout.why
    (converting,) = [t for t in look_at([Path("登记簿.xlsx")], space, converting=True).books[0].looked if t.grid.tab.name == "房屋"]
    assert converting.layout.use


def test_staff_by_their_numbers_are_staff(tmp_path):
    rows = [["档案编号", "借阅人", "借阅日期", "归还日期", "经手人", "审批人"], *([f"YG-1-1-{n}01-01", ledgers.name(n), date(2026, 5, n), None, "G002", "G004"] for n in range(1, 7))]
    _, tabs = ledgers.looked(ledgers.write(tmp_path / "a.xlsx", rows, tab="借阅"))
    assert [c.field for c in tabs[0].layout.columns][-2:] == ["loans.handled_by", "loans.reviewer"]


def test_absent_sheets_are_notices_beside_adopted_ledgers(space):
    ledgers.classic(space / "台账.xlsx")
    adopt(space, "台账.xlsx")
    assert {f.severity for f in run(space).findings if f.code == "A01"} == {"notice"}


def edited(space, change, writer=ledgers.classic):
    """An adopted ledger that staff have changed since: what R62 says of it, and the register."""
    writer(space / "台账.xlsx")
    adopt(space, "台账.xlsx")
    book = openpyxl.load_workbook(space / "台账.xlsx")
    change(book.active)
    book.save(space / "台账.xlsx")
    result = run(space)
    return " ".join(f.say() for f in result.findings if f.code == "R62"), result.register


def test_a_new_name_that_nobody_knows_is_followed_by_its_place_and_cells(space):
    said, register = edited(space, lambda s: s.cell(3, 5, "打这个"))
    assert "「联系电话」改名为「打这个」（按位置和内容判断" in said
    assert register.tables["owners"].place(0, "phone").cell == "E4"


def test_heads_that_no_longer_fit_their_cells_are_told(space):
    def swap(sheet):
        sheet["C3"], sheet["E3"] = sheet["E3"].value, sheet["C3"].value

    assert "「联系电话」下面的内容不像业主·联系电话" in edited(space, swap)[0]


def test_a_further_block_is_read_and_told(space):
    def more(sheet):
        for n, text in enumerate(("房号", "姓名", "电话")):
            sheet.cell(2, 9 + n, text)
        for r in range(3, 8):
            for n, text in enumerate((f"1-3-{r}01", ledgers.name(r), ledgers.phone(r + 60))):
                sheet.cell(r, 9 + n, text)

    said, register = edited(space, more, ledgers.side_by_side)
    assert "多了并排的一块（I–K 列）" in said
    assert len(register.tables["owners"]) == 15 + 5


def test_a_header_of_two_rows_that_became_one_is_still_known(space):
    def flat(sheet):
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        for n, text in enumerate(("序号", "房号", "面积", "业主姓名", "业主电话", "业主身份证号", "租户姓名", "租户电话", "备注"), 1):
            sheet.cell(3, n, text)
            sheet.cell(2, n).value = None

    _, register = edited(space, flat, ledgers.two_rows)
    assert len(register.tables["owners"]) == 9 and len(register.tables["household"]) == 5


def test_a_ledger_whose_header_is_no_longer_known_is_told_and_not_passed_over(space):
    def ruin(sheet):
        for n in range(1, 10):
            sheet.cell(3, n, f"第{n}项")

    said, register = edited(space, ruin)
    assert "表头认不出了" in said and "owners" not in register.tables
