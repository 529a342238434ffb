"""房屋: one row a property unit."""

from __future__ import annotations

from ownerbook.register.declare import col, day, note
from ownerbook.schema.kinds import Choice, HouseNumber, Measure, TitleNumber, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

USES = Choice(
    ("住宅", "商铺", "车位", "储藏室", "办公"),
    {
        "住房": "住宅",
        "商品房": "住宅",
        "店铺": "商铺",
        "商业": "商铺",
        "车库": "车位",
        "停车位": "车位",
        "地下室": "储藏室",
        "储物间": "储藏室",
        "写字楼": "办公",
        "办公室": "办公",
    },
)
STATUS = Choice(
    ("未售", "未交房", "空置", "自住", "出租", "装修中"),
    {
        "待售": "未售",
        "未收楼": "未交房",
        "未交付": "未交房",
        "空关": "空置",
        "空房": "空置",
        "已入住": "自住",
        "业主自住": "自住",
        "租赁": "出租",
        "已出租": "出租",
        "装修": "装修中",
    },
)

HOUSES = Sheet(
    "房屋",
    "houses",
    Text("房屋", "Houses"),
    (
        col(
            "house_no",
            "房号",
            "House no.",
            HouseNumber(),
            key=True,
            also=("房屋编号", "房间号", "房间编号", "房屋号", "门牌号"),
            hint=("栋-单元-室，如 3-2-1501", "building-unit-room, such as 3-2-1501"),
        ),
        col("building", "楼栋", "Building", Words(), also=("楼号", "栋号", "楼栋号", "幢号"), width=8, hint=("与房号一致", "as in the house number")),
        col("unit", "单元", "Unit", Words(), also=("单元号",), width=8),
        col("room", "室号", "Room", Words(), also=("房间", "室"), width=8),
        col("layout", "户型", "Layout", Words(), also=("房屋户型", "房型"), width=12),
        col(
            "floor_area",
            "建筑面积",
            "Floor area",
            Measure("㎡", above=0),
            must=True,
            also=("建面", "房屋面积"),
            width=12,
            hint=("平方米，数字", "square metres, a number"),
        ),
        col(
            "inner_area",
            "套内面积",
            "Inner area",
            Measure("㎡", above=0),
            also=("套内建筑面积", "室内面积", "使用面积"),
            width=12,
            hint=("不大于建筑面积", "not more than the floor area"),
        ),
        col("use", "房屋用途", "Use", USES, must=True, also=("用途", "房屋类型", "物业类型"), width=10),
        day(
            "contract_on",
            "签约日期",
            "Contract signed",
            also=("合同日期", "购买日期", "签约时间"),
            hint=("首次出售的合同日期，转手后不改", "of the first sale; not changed on resale"),
        ),
        day(
            "handover_on",
            "交房日期",
            "Handed over",
            future=True,
            also=("交付日期", "收楼日期", "交房时间"),
            hint=("不早于签约日期", "not before the contract"),
        ),
        day("movein_on", "入住日期", "Moved in", also=("入住时间",), hint=("不早于交房日期", "not before the hand-over")),
        col("status", "房屋状态", "Status", STATUS, must=True, also=("入住状态", "使用状态"), width=10),
        col(
            "title_no",
            "不动产权证号",
            "Title no.",
            TitleNumber(),
            privacy="personal",
            also=("产权证号", "房产证号", "不动产证号"),
            width=34,
            hint=("如 京（2020）朝不动产权第0012345号", "such as 京（2020）朝不动产权第0012345号"),
        ),
        note(),
    ),
    Text(
        "每套房屋（含商铺、车位、储藏室、办公）一行，是其他各表「房号」的依据。", "One row a property unit; every house number elsewhere refers here."
    ),
    needed=True,
    book="业主档案登记簿.xlsx",
)
