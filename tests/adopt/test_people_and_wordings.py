"""Cells of several people taken apart, wordings taken apart, shapes told: the parts that looking rests on."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import ledgers  # noqa: E402

from ownerbook.adopt.grid import Cell  # noqa: E402
from ownerbook.adopt.houses import around, compose, with_unit  # noqa: E402
from ownerbook.adopt.people import document_type, split  # noqa: E402
from ownerbook.adopt.shapes import shape_of_text  # noqa: E402
from ownerbook.adopt.wordings import hints, look_up  # noqa: E402
from ownerbook.schema.cells import Kind  # noqa: E402


def people(**texts):
    found = split({a: Cell(2, n, Kind.TEXT, 0.0, t, 0, 0, n) for n, (a, t) in enumerate(texts.items(), 1)})
    return [{a: p.text for a, p in s.parts.items()} | ({"relation": s.relation} if s.relation else {}) for s in found.people], [
        x.text for x in found.left
    ]


A, B, C = "13900000001", "13800000002", "13700000003"
ID1, ID2 = ledgers.resident(1), ledgers.resident(2)


@pytest.mark.parametrize(
    ("cells", "expected", "left"),
    [
        ({"name": "钱一", "phone": A}, [{"name": "钱一", "phone": A}], []),
        ({"name": "钱一 孙二", "id_no": f"{ID1} {ID2}", "phone": f"{A} {B}"}, [{"name": "钱一", "id_no": ID1, "phone": A}, {"name": "孙二", "id_no": ID2, "phone": B}], []),
        ({"name": "钱一", "phone": f"{A}/{B}/{C}"}, [{"name": "钱一", "phone": A, "phone2": B}], [C]),
        ({"name": "钱一、孙二", "phone": A}, [{"name": "钱一", "phone": A}, {"name": "孙二"}], []),
        ({"name": "钱一、孙二", "phone": f"孙二：{B}；钱一：{A}"}, [{"name": "钱一", "phone": A}, {"name": "孙二", "phone": B}], []),
        ({"name": "钱一", "phone": f"{A}；租客{B}"}, [{"name": "钱一", "phone": A}, {"phone": B, "relation": "租户"}], []),
        ({"phone": f"李小姐{A}"}, [{"name": "李小姐", "phone": A}], []),
        ({"name": "钱一、孙二", "id_no": f"钱一：{ID1}；孙二：{ID2}"}, [{"name": "钱一", "id_no": ID1}, {"name": "孙二", "id_no": ID2}], []),
        ({"name": "钱一 孙二", "share": "50% 50%"}, [{"name": "钱一", "share": "50%"}, {"name": "孙二", "share": "50%"}], []),
        ({"name": "钱一、孙二", "share": "共同共有"}, [{"name": "钱一", "share": "共同共有"}, {"name": "孙二", "share": "共同共有"}], []),
        ({"name": "幸福物业服务有限公司", "phone": "010-62000000"}, [{"name": "幸福物业服务有限公司", "phone": "010-62000000"}], []),
        ({"name": "张 三"}, [{"name": "张 三"}], []),
        ({"name": "Smith, John", "phone": A}, [{"name": "Smith, John", "phone": A}], []),
        ({"name": "钱一", "phone": "1390000"}, [{"name": "钱一", "phone": "1390000"}], []),
    ],
)  # fmt: skip
def test_cells_of_people_are_taken_apart_and_nothing_is_invented(cells, expected, left):
    assert people(**cells) == (expected, left)


def test_the_name_of_somebody_else_beside_a_number_is_kept_for_the_rest_of_the_row():
    found = split({"name": Cell(2, 1, Kind.TEXT, 0, "钱一", 0, 0, 1), "phone": Cell(2, 2, Kind.TEXT, 0, f"{A}、李三：{B}", 0, 0, 2)})
    assert [p.parts["name"].text for p in found.others] == ["李三"] and found.people[0].parts["phone"].text == A


def test_the_type_of_document_is_what_the_number_can_only_be_else_what_the_header_says():
    assert document_type(ID1, "身份证号") == document_type("11011019600101", "身份证号码") == "居民身份证"
    assert document_type("E12345678", "身份证号") == "护照" and document_type("看不清", "证件号码") == ""


@pytest.mark.parametrize(
    ("wording", "group", "field", "role", "number"),
    [
        ("联系电话（必填）", "", "person.phone", "", 1), ("业主联系电话", "", "person.phone", "owner", 1), ("姓名", "租户", "person.name", "租户", 1),
        ("电话", "业主信息", "person.phone", "owner", 1), ("业主2姓名", "", "person.name", "owner", 2), ("紧急联系人电话", "", "person.phone", "own.contact", 1),
        ("是否已领钥匙资料", "", "own.check", "", 1), ("建筑面积\n(㎡)", "", "houses.floor_area", "", 1), ("首次交房日期", "", "houses.handover_on", "", 1),
        ("业主、租户联系电话", "", "person.phone", "owner", 1), ("每月停车位费用", "", "own.fee", "", 1), ("＊房号", "", "houses.house_no", "", 1),
    ],
)  # fmt: skip
def test_a_wording_is_read_by_its_parts(wording, group, field, role, number):
    best = look_up(wording, group)[0]
    assert (best.field, best.role, best.number) == (field, role, number)


@pytest.mark.parametrize("wording", ["物业公司名称", "商品名称", "设备编号", "项目地址", "运行状态"])
def test_a_vague_ending_alone_says_nothing_sure(wording):
    assert all(m.weight < 0.85 or m.role.startswith("own.") or m.field.startswith("own.") for m in look_up(wording))


def test_codes_in_a_header_are_read():
    assert hints("房屋状态（0为空置 1为出租 2为自住）") == {"0": "空置", "1": "出租", "2": "自住"} and hints("面积（㎡）") == {}


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (A, "mobile"), ("010-62000000", "landline"), (f"{A} {B}", "phones"), (f"钱一{A}", "people"), (ID1, "id"), (f"{ID1} {ID2}", "ids"), ("2024.3.5", "date"), ("2024年3月", "month"),
        ("3-2-1501", "house"), ("3栋2单元1501室", "house"), ("2栋3楼5号", "house"), ("1501", "number"), ("A01", "room"), ("3栋", "part"), ("89.50", "decimal"), ("89㎡", "area"), ("钱一", "name"),
        ("钱一、孙二", "names"), ("欧阳一", "name"), ("住宅", "state"), ("男", "sex"), ("京A12345", "plate"), ("50%", "share"), ("—", "blank"), ("三室两厅", "layout"), ("幸福物业有限公司", "company"),
        ("示例路12号3栋", "place"), ("E12345678", "document"), ("√", "yes-no"),
    ],
)  # fmt: skip
def test_the_shape_of_a_cell_is_told(text, shape):
    assert shape_of_text(text) == shape


def test_a_house_number_is_composed_only_where_its_building_is_known():
    assert compose("1501", "3栋", "2单元") == "3-2-1501" and compose("1501室", "3", "") == "3-1501" and compose("3-2-1501", "3", "2") is None
    assert compose("1501", "", "2") is None and compose("2-1501", "3", "2") == "3-2-1501"
    assert (around("5号楼2单元").building, around("5号楼2单元").unit) == ("5", "2") and around("汇总").building == ""
    assert with_unit("2-301", "3") == "3-2-301" and with_unit("301", "3") is None
