"""位置 and 库房检查: where files stand, and the safety of the store."""

from __future__ import annotations

from ownerbook.register.declare import col, day, note, staff
from ownerbook.schema.kinds import Choice, Measure, Number, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

LOCATIONS = Sheet(
    "位置",
    "locations",
    Text("位置", "Places"),
    (
        col("location_no", "位置编号", "Place no.", Number(), key=True, width=16, hint=("室-柜-层-盒，如 A01-03-02-15", "room-cabinet-shelf-box")),
        col("room", "档案室", "Room", Number(), must=True, also=("室",), width=9),
        col("cabinet", "柜号", "Cabinet", Number(), must=True, also=("柜",), width=9),
        col("shelf", "层", "Shelf", Number(), must=True, also=("层号",), width=7),
        col("box", "盒号", "Box", Number(), also=("盒",), width=7),
        col(
            "capacity",
            "容量",
            "Capacity",
            Measure(least=1, whole=True),
            must=True,
            also=("可放卷数",),
            width=9,
            hint=("可放档案份数", "how many files it takes"),
        ),
        note(),
    ),
    Text("档案存放的室、柜、层、盒及其容量。", "Rooms, cabinets, shelves and boxes with their capacity."),
    needed=True,
    book="业主档案登记簿.xlsx",
)

SOUND = Choice(("正常", "异常"), {"√": "正常", "良好": "正常", "完好": "正常", "×": "异常", "不正常": "异常"})

ROOM_CHECKS = Sheet(
    "库房检查",
    "room_checks",
    Text("库房检查", "Room checks"),
    (
        col("check_no", "检查编号", "Check no.", Number(), key=True),
        day("checked_on", "检查日期", "Checked", must=True),
        col("room", "档案室", "Room", Number(), must=True, width=9),
        staff("checked_by", "检查人", "Checked by", days=("checked_on",), must=True),
        col("temperature", "温度", "Temperature", Measure("℃", least=-40, most=60), width=8),
        col("humidity", "湿度", "Humidity", Measure("%", least=0, most=100), width=8),
        col("lock", "门锁", "Lock", SOUND, must=True, width=8),
        col("fire", "消防", "Fire", SOUND, must=True, width=8),
        col("damp", "防潮", "Damp", SOUND, must=True, width=8),
        col("pests", "虫霉", "Pests", SOUND, must=True, width=8),
        col("action", "处理措施", "Action", Words(lines=True), width=20, hint=("有异常时必填", "required when any is 异常")),
        day("done_on", "完成日期", "Done"),
        note(),
    ),
    Text("档案室的定期安全检查。", "Regular safety checks of the store."),
    book="档案管理台账.xlsx",
)
