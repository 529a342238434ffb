"""What each kind of cell means, and what is remarked of it (judging.md §3)."""

import datetime

import numpy as np
import pytest

from ownerbook.register.readers.days import iso
from ownerbook.register.register import Register
from ownerbook.register.understood import BLANK, GOOD, REJECTED, SEALED
from ownerbook.rules.pictures import draw
from ownerbook.schema.cells import Flag

RID = "132101199001011232"  # a county code withdrawn before numbering began


def read(sheet, header, cell, **beside):
    """One cell of a sheet beside others: its state, its value as a person would say it, and its remarks (reason, suggestion)."""
    headers = [header, *beside]
    register = draw(f"{sheet}: {' | '.join(headers)}\n{' | '.join([cell, *beside.values()])}").register()
    ((name, table),) = register.tables.items()
    column = register.column(name, table.sheet.by_header[header].field)
    remarks = [(r.reason, r.suggestions[0]) for r in column.remarks]
    return int(column.state[0]), value_of(column), remarks


def value_of(column):
    if column.state[0] != GOOD:
        return None
    if 0 in column.words:
        return column.words[0]
    if column.days is not None:
        return iso(column.days[0])
    if column.numbers is not None:
        return float(column.numbers[0])
    if column.choice is not None:
        return column.options[column.choice[0]]
    return column.text(0)


def good(value, *remarks):
    return GOOD, value, list(remarks)


def bad(reason, suggestion=None):
    return REJECTED, None, [(reason, suggestion)]


NOTHING = (BLANK, None, [])
WANTING = (BLANK, None, [("required", None)])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2024-03-05", good("2024-03-05")),
        ("n:45356", good("2024-03-05", ("date-serial", "2024-03-05"))),
        ("n:45356.75", good("2024-03-05", ("date-serial", "2024-03-05"))),
        ("n:20240305", good("2024-03-05", ("date-text", "2024-03-05"))),
        ("t:2024-03-05", good("2024-03-05", ("date-text", "2024-03-05"))),
        ("t:2024/3/5 10:30", good("2024-03-05", ("date-text", "2024-03-05"))),
        ("2024年3月5日", good("2024-03-05", ("date-text", "2024-03-05"))),
        ("t:２０２４-03-05", good("2024-03-05", ("date-text", "2024-03-05"))),
        ("t:2025-02-30", bad("date-impossible")),
        ("2025年2月", bad("date-no-day")),
        ("n:202502", bad("date-no-day")),
        ("25-1-31", bad("date-two-digit", "2025-01-31")),  # the other reading, 2031-01-25, lies ahead
        ("01/02/2025", bad("date-ambiguous")),
        ("2027-01-01", bad("date-future")),
        ("t:2027-01-01", bad("date-future")),
        ("待定", bad("unreadable")),
        ("n:12", bad("unreadable")),
        ("b:TRUE", bad("unreadable")),
        ("e:#N/A", bad("error-value")),
        ("t:#REF!", bad("error-value")),
        ("c:", bad("no-cache")),
        ("无", NOTHING),
    ],
)
def test_a_date_is_read_in_every_form(cell, expected):
    assert read("房屋", "签约日期", cell) == expected


@pytest.mark.parametrize("cell", ["长期", "t:2036-05-01", "2036-05-01"])
def test_the_end_of_validity_may_lie_ahead_or_never_come(cell):
    state, value, remarks = read("业主", "证件有效期至", cell)
    assert state == GOOD
    assert value in ("长期", "2036-05-01")
    assert [r for r, _ in remarks] == (["date-text"] if cell.startswith("t:") else [])


def test_another_word_for_no_end_is_a_synonym():
    assert read("业主", "证件有效期至", "长期有效") == good("长期", ("synonym", "长期"))


def test_a_csv_holds_its_dates_as_text():
    picture = draw("房屋: 房号 | 签约日期 | 交房日期 | 入住日期\n1-1-101 | t:2024-03-05 | t:2024/3/5 | t:2024.3.5")
    table = picture.tables["houses"]
    (source,) = table.sources
    table.sources[0] = type(source)("房屋.csv", "房屋", 1, source.columns, text_only=True)
    register = picture.register()
    told = {f: [r.reason for r in register.column("houses", f).remarks] for f in ("contract_on", "handover_on", "movein_on")}
    assert told == {"contract_on": [], "handover_on": [], "movein_on": ["date-text"]}


def test_a_workbook_that_counts_from_1904_has_its_own_serials():
    picture = draw("房屋: 房号 | 签约日期\n1-1-101 | n:43894")
    (source,) = picture.tables["houses"].sources
    picture.tables["houses"].sources[0] = type(source)("旧.xlsx", "房屋", 1, source.columns, date1904=True)
    days = picture.register().column("houses", "contract_on").days
    assert iso(days[0]) == "2024-03-05"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("3-2-1501", good("3-2-1501")),
        ("3栋2单元1501室", good("3-2-1501", ("house-spelling", "3-2-1501"))),
        ("03-02-1501", good("3-2-1501", ("house-spelling", "3-2-1501"))),
        ("３－２－１５０１", good("3-2-1501", ("full-width", "3-2-1501"))),
        ("3-2-\u200b1501", good("3-2-1501", ("invisible", "3-2-1501"))),
        ("S-012", good("S-012")),
        ("1203", bad("house-unreadable")),
        ("n:1203", bad("house-unreadable")),
        ("d:2001-02-12", bad("house-became-date", "1-2-12")),
        ("m:2026-03-01", bad("house-became-date", "3-1")),
        ("n:1000000000000", bad("house-became-number", "1E-12")),
        ("f:3-2-1501", bad("injection", "3-2-1501")),
        ("=A1", bad("injection")),
    ],
)
def test_a_house_is_read_in_every_spelling(cell, expected):
    assert read("房屋", "房号", cell) == expected


def test_a_reference_may_be_looked_up_by_a_formula():
    assert read("业主", "房号", "f:3-2-1501") == good("3-2-1501")


def test_spellings_of_one_shop_are_one_house():
    register = draw("房屋: 房号\nS-012\n\n业主: 业主编号 | 房号\nY1 | S-12\nY2 | S012").register()
    assert register.reference("owners", "house_no").row.tolist() == [0, 0]
    assert register.column("owners", "house_no").text(0) == "S-012"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Y00001", good("Y00001")),
        (" Y00001 ", good("Y00001")),
        ("n:1001", good("1001", ("number-cell", "1001"))),
        ("Ｙ1", good("Y1", ("full-width", "Y1"))),
        ("'Y1", good("Y1", ("apostrophe", "Y1"))),
        ("1001.0", good("1001", ("float-tail", "1001"))),
        ("Y⏎1", good("Y1", ("invisible", "Y1"))),
        ("n:1e15", bad("digits-lost")),
        ("d:2026-03-01", bad("became-date")),
        ("b:TRUE", bad("unreadable")),
        ("f:Y1", bad("injection", "Y1")),
        ("+1-2", bad("injection")),
        ("-Y1", bad("injection")),
    ],
)
def test_a_number_that_names_our_own_thing_is_text(cell, expected):
    assert read("业主", "业主编号", cell) == expected


def test_a_part_of_a_place_may_be_a_number():
    assert read("位置", "层", "n:2") == good("2")


@pytest.mark.parametrize(
    ("id_type", "cell", "expected"),
    [
        ("居民身份证", RID, good(RID)),
        ("居民身份证", "132101 19900101 1232", good(RID)),
        ("居民身份证", "13210119900101007x", good("13210119900101007X", ("look-alike", "13210119900101007X"))),
        ("居民身份证", "13210119900101007\u0425", good("13210119900101007X", ("look-alike", "13210119900101007X"))),
        ("居民身份证", "13210119900101008x", bad("document-check-digit")),
        ("居民身份证", "１３2101199001011231", bad("document-check-digit")),
        ("居民身份证", "132101900101123", good(RID, ("document-legacy-15", RID))),
        ("居民身份证", "n:132101900101123", good(RID, ("document-legacy-15", RID))),
        ("居民身份证", "n:132101199001011200", bad("digits-lost")),
        ("居民身份证", "132101199001011000", bad("digits-lost")),
        ("居民身份证", "1.32101E+17", bad("digits-lost")),
        ("居民身份证", "1321011990010112", bad("document-length")),
        ("居民身份证", "132101********1232", bad("document-masked")),
        ("居民身份证", "H12345678", good("H12345678")),  # of another document: told at 证件类型 (C08)
        ("港澳居民来往内地通行证", "h12345678", good("H12345678")),
        ("港澳居民来往内地通行证", "H1234567", bad("document-shape")),
        ("台湾居民来往大陆通行证", "1234567801(B)", good("1234567801B")),
        ("台湾居民来往大陆通行证", "n:12345678", good("12345678", ("number-cell", "12345678"))),
        ("军官证", "军字第1234567号", good("军1234567")),
        ("统一社会信用代码", "91132101123456788A", good("91132101123456788A")),
        ("统一社会信用代码", "91132101123456788B", bad("document-credit-check")),
        ("统一社会信用代码", "9113210112345678", bad("document-credit-form")),
        ("某证", "12345", good("12345")),
        ("", "1321***1232", bad("document-masked")),
        ("居民身份证", "d:2026-03-01", bad("became-date")),
        ("居民身份证", "无", WANTING),
    ],
)
def test_a_document_number_is_judged_by_its_type(id_type, cell, expected):
    assert read("业主", "证件号码", cell, 证件类型=id_type) == expected


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        ("自然人", "13800001234", good("13800001234")),
        ("自然人", "138-0000-1234", good("13800001234")),
        ("自然人", "+86 13800001234", good("13800001234")),
        ("自然人", "+852-91234567", good("+85291234567")),
        ("自然人", "n:13800001234", good("13800001234", ("number-cell", "13800001234"))),
        ("自然人", "n:75582345678", good("075582345678", ("lost-zero", "0755-82345678"))),
        ("自然人", "１３８００００１２３４", good("13800001234", ("full-width", "13800001234"))),
        ("自然人", "１３８０００", bad("phone-length")),
        ("自然人", "１５４００００１２３４", good("15400001234", ("phone-segment", None))),
        ("自然人", "12300001234", bad("phone-segment-impossible")),
        ("自然人", "1.38E+10", bad("scientific")),
        ("自然人", "13800001234/13900001234", bad("phone-several")),
        ("自然人", "13800001234⏎13900001234", bad("phone-several")),
        ("自然人", "13800001234 李四", good("13800001234", ("phone-text", "13800001234"))),
        ("自然人", "138****1234", bad("phone-masked")),
        ("自然人", "82345678", good("82345678", ("phone-no-area", None))),
        ("自然人", "400-000-1234", bad("phone-service")),
        ("法人", "400-000-1234", good("4000001234")),
        ("", "95500", good("95500")),
        ("自然人", "+cmd", bad("injection")),
        ("自然人", "=1", bad("injection")),
        ("自然人", "d:2026-03-01", bad("became-date")),
        ("自然人", "-", WANTING),
    ],
)
def test_a_phone_is_read_in_every_form(kind, cell, expected):
    assert read("业主", "联系电话", cell, 业主类型=kind) == expected


def test_the_area_code_of_the_policy_is_proposed():
    register = draw("制度: 参数 | 值\n区号 | 0755\n\n业主: 业主编号 | 联系电话\nY1 | 82345678").register()
    (remark,) = register.column("owners", "phone").remarks
    assert (remark.reason, remark.suggestions) == ("phone-no-area", ("0755-82345678",))


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        ("自然人", "张三", good("张三")),
        ("自然人", "张　伟", good("张伟", ("name-inner-space", "张伟"))),
        ("自然人", "张 伟", good("张伟", ("name-inner-space", "张伟"))),
        ("自然人", "张\u200b三丰", good("张三丰", ("invisible", "张三丰"))),
        ("自然人", "张⏎三丰", good("张三丰", ("invisible", "张三丰"))),
        ("自然人", "买买提•艾力", good("买买提·艾力", ("name-dot", "买买提·艾力"))),
        ("自然人", "张三（已故）", good("张三", ("name-remark", "张三"))),
        ("法人", "张三（已故）", good("张三")),
        ("自然人", "张三、李四", bad("name-several")),
        ("自然人", "张三⏎李四", bad("name-several")),
        ("自然人", "无", bad("name-placeholder")),
        ("自然人", "测试", bad("name-placeholder")),
        ("法人", "XX公司", bad("name-placeholder")),
        ("自然人", "张?明", bad("name-lost-character")),
        ("自然人", "张\U00031350明", good("张\U00031350明")),  # newer than this Python's tables
        ("自然人", "张\ue123明", bad("name-lost-character")),
        ("自然人", "张*", bad("name-masked")),
        ("法人", "某某（北京）商贸有限公司", good("某某(北京)商贸有限公司")),
        ("自然人", "n:5", bad("unreadable")),
        ("自然人", "—", WANTING),
    ],
)
def test_a_name_is_a_person_or_a_company(kind, cell, expected):
    assert read("业主", "姓名", cell, 业主类型=kind) == expected


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("业主类型", "自然人", good("自然人")),
        ("业主类型", "公司", good("法人", ("synonym", "法人"))),
        ("业主类型", "自 然人", good("自然人", ("synonym", "自然人"))),
        ("业主类型", "自然\u200b人", good("自然人", ("invisible", "自然人"))),
        ("业主类型", "个人户", bad("unlisted")),
        ("业主类型", "n:3", bad("unlisted")),
        ("业主类型", "d:2026-01-01", bad("unlisted")),
        ("主联系人", "√", good("是", ("synonym-yes-no", "是"))),
        ("主联系人", "b:FALSE", good("否", ("synonym-yes-no", "否"))),
        ("主联系人", "n:1", good("是", ("synonym-yes-no", "是"))),
        ("主联系人", "无", NOTHING),
    ],
)
def test_a_listed_value_has_known_synonyms(header, cell, expected):
    assert read("业主", header, cell) == expected


def test_policy_lists_the_terms_of_retention():
    register = draw("制度: 参数 | 值\n保管期限.可选 | 永久、25年\n\n档案: 档号 | 保管期限\nYG-1-1-101-01 | 25年\nYG-1-1-102-01 | 30年").register()
    column = register.column("files", "retention")
    assert column.is_("25年").tolist() == [True, False]
    assert [(r.reason, r.rows.tolist()) for r in column.remarks] == [("unlisted", [1])]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("89.5", good(89.5)),
        ("t:89.5㎡", good(89.5)),
        ("t:1,089.50", good(1089.5)),
        ("t:８９.５", good(89.5, ("full-width", "89.5"))),
        ("n:89.99999999999999", good(90.0)),
        ("0", bad("bounds")),
        ("t:-3", bad("bounds")),
        ("待核实", bad("unreadable")),
        ("b:TRUE", bad("unreadable")),
        ("d:2026-01-01", bad("unreadable")),
        ("f:89.5", good(89.5)),
    ],
)
def test_an_area_is_a_positive_number(cell, expected):
    assert read("房屋", "建筑面积", cell) == expected


@pytest.mark.parametrize(("cell", "expected"), [("3", good(3.0)), ("n:1.5", bad("bounds")), ("0", bad("bounds")), ("t:3", good(3.0))])
def test_pages_are_counted_whole(cell, expected):
    assert read("材料", "页数", cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("50%", good(0.5)),
        ("t:50%", good(0.5)),
        ("t:1/2", good(0.5)),
        ("n:0.5", good(0.5)),
        ("n:50", good(0.5)),
        ("n:1", good(1.0)),
        ("n:100", good(1.0)),
        ("二分之一", good(0.5)),
        ("共同共有", good("共同共有")),
        ("n:120", bad("bounds")),
        ("n:0", bad("bounds")),
        ("t:3/2", bad("bounds")),
        ("一半", bad("unreadable")),
    ],
)
def test_a_share_is_percent_or_fraction(cell, expected):
    assert read("业主", "产权份额", cell) == expected


@pytest.mark.parametrize(
    ("cell", "tolerance"),
    [("33.3%", 0.0005), ("t:33.3%", 0.0005), ("t:1/3", 0.0), ("50%", 0.0), ("n:0.33", 0.005), ("n:33.33", 0.00005), ("n:1", 0.0)],
)
def test_half_a_unit_of_the_last_written_decimal_is_tolerated(cell, tolerance):
    from ownerbook.register.readers.measures import tolerance as of

    table = draw(f"业主: 业主编号 | 产权份额\nY1 | {cell}").tables["owners"]
    assert of(table, 0) == pytest.approx(tolerance)


@pytest.mark.parametrize(
    ("sheet", "header", "cell", "expected"),
    [
        ("业主", "通讯地址", "某路１号⏎二楼", good("某路１号\n二楼")),
        ("业主", "备注", "+1 把钥匙", good("+1 把钥匙")),
        ("业主", "备注", "-已搬走", good("-已搬走")),
        ("业主", "备注", "@物业", bad("injection")),
        ("业主", "备注", "=1+1", bad("injection")),
        ("业主", "备注", "n:5", good("5")),
        ("业主", "备注", "d:2026-01-05", good("2026-01-05")),
        ("业主", "通讯地址", "-某路", bad("injection")),
        ("业主", "通讯地址", "x:某路", good("某路", ("external", "某路"))),
        ("业主", "通讯地址", "p:图", bad("picture")),
        ("房屋", "户型", "三室⏎两厅", good("三室两厅", ("invisible", "三室两厅"))),
        ("房屋", "室号", "n:1501", good("1501")),
        ("借阅", "借阅事由", "办理\u00a0手续", good("办理 手续", ("invisible", "办理 手续"))),
        ("制度", "说明", "一⏎二", good("一\n二")),
        ("制度", "值", "永久⏎30年", good("永久、30年", ("invisible", "永久、30年"))),
        ("人员", "权限", "档案经办⏎审核", good("档案经办、审核", ("invisible", "档案经办、审核"))),
        ("人员", "权限", "档案管理", bad("unlisted")),
        ("培训", "参加人", "G001⏎G002", good("G001、G002", ("invisible", "G001、G002"))),
        ("业主", "登记人", "G003 王芳", good("G003 王芳")),
        ("业主", "登记人", "n:3", good("3")),
        ("业主", "登记人", "d:2026-01-05", bad("became-date")),
        ("业主", "电子邮箱", "zhang@example。com", good("zhang@example。com", ("email", "zhang@example.com"))),
        ("业主", "电子邮箱", "ｚhang@example.com", good("zhang@example.com", ("full-width", "zhang@example.com"))),
        ("满意度", "月份", "2026-10", good("2026-10")),
        ("满意度", "月份", "d:2026-10-01", good("2026-10")),
        ("满意度", "月份", "n:2026.1", bad("unreadable")),
        ("材料", "电子件", "扫描/一.pdf", good("扫描/一.pdf")),
        ("房屋", "不动产权证号", "京(2020)朝不动产权第0012345号", good("京（2020）朝不动产权第0012345号")),
        ("房屋", "不动产权证号", "京（2020）朝不动产证明第0012345号", good("京（2020）朝不动产证明第0012345号", ("title", None))),
        ("档案", "档号", "YG-3-2-1501-1", good("YG-3-2-1501-1", ("file-format", "YG-3-2-1501-01"))),
    ],
)
def test_texts_of_every_kind(sheet, header, cell, expected):
    assert read(sheet, header, cell) == expected


@pytest.mark.parametrize(
    ("status", "header", "expected"),
    [
        ("原业主", "联系电话", SEALED),
        ("原业主", "通讯地址", SEALED),
        ("原业主", "证件号码", SEALED),
        ("原业主", "电子邮箱", SEALED),
        ("现业主", "联系电话", REJECTED),
        ("原业主", "姓名", GOOD),
    ],
)
def test_a_seal_stands_for_a_value_of_a_former_owner_only(status, header, expected):
    state, _, remarks = read("业主", header, "已封存", 业主状态=status, 证件类型="居民身份证")
    assert state == expected
    assert bool(remarks) == (expected == REJECTED)


def test_a_required_blank_is_remarked_and_one_that_no_workbook_holds_is_not():
    register = draw("业主: 业主编号 | 姓名\nY1 |").register()
    assert [r.reason for r in register.column("owners", "name").remarks] == ["required"]
    assert register.column("owners", "kind").remarks == []


def test_a_reference_to_what_a_damaged_key_should_read_leads_to_its_row():
    register = draw("房屋: 房号\nd:2001-02-12\n1-1-101\n\n业主: 业主编号 | 房号\nY1 | 1-2-12\nY2 | 9-9-909").register()
    reference = register.reference("owners", "house_no")
    assert reference.row.tolist() == [0, -1]
    assert reference.missing.tolist() == [False, True]


def test_a_healthy_column_is_read_whole():
    rows = "\n".join(f"Y{i} | 1380000{i:04d} | 2024-03-{i % 28 + 1:02d}" for i in range(2000))
    register: Register = draw(f"业主: 业主编号 | 联系电话 | 登记日期\n{rows}").register()
    for field in ("owner_no", "phone", "registered_on"):
        column = register.column("owners", field)
        assert np.all(column.state == GOOD)
        assert not [r for r in column.remarks if r.reason != "phone-placeholder"]
    assert register.today == datetime.date(2026, 10, 31)


def test_a_merged_cell_is_told_once_and_counts_for_all_its_rows():
    picture = draw("业主: 业主编号 | 业主类型\nY1 | 个人\nY2 | 个人\nY3 | 个人户\nY4 | 个人户")
    picture.tables["owners"].cells["kind"].flag[[1, 3]] = Flag.MERGED
    column = picture.register().column("owners", "kind")
    assert column.is_("自然人").tolist() == [True, True, False, False]
    assert column.state.tolist() == [GOOD, GOOD, REJECTED, REJECTED]
    assert sorted((r.reason, r.rows.tolist()) for r in column.remarks) == [("synonym", [0]), ("unlisted", [2])]


def test_a_picture_without_a_result_is_told_as_a_picture():
    picture = draw("业主: 业主编号 | 证件号码\nY1 | c:")
    picture.tables["owners"].cells["id_no"].flag[0] |= Flag.PICTURE
    assert [r.reason for r in picture.register().column("owners", "id_no").remarks] == ["picture"]
