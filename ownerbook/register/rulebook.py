"""制度, 日历, 豁免: the manager's own rules, corrections to the calendar, and known exceptions."""

from __future__ import annotations

from ownerbook.register.declare import col, day, staff
from ownerbook.schema.kinds import Choice, Day, Number, PolicyValue, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

POLICY = Sheet(
    "制度",
    "policy",
    Text("制度", "Policy"),
    (
        col("name", "参数", "Parameter", Number(), key=True, width=22),
        col("value", "值", "Value", PolicyValue(), must=True, also=("参数值", "取值"), width=40),
        col("note", "说明", "Explanation", Words(lines=True, free=True), width=44),
    ),
    Text(
        "借阅期限、审核周期等规定，由经理在此修改；没有写的参数按默认值。", "Terms and cycles, kept by the manager; what is not here has its default."
    ),
    book="档案管理台账.xlsx",
)

CALENDAR = Sheet(
    "日历",
    "calendar",
    Text("日历", "Calendar"),
    (
        col("day", "日期", "Day", Day(future=True), key=True, width=13),
        col("kind", "类型", "Kind", Choice(("工作日", "休息日"), {"上班": "工作日", "放假": "休息日", "节假日": "休息日"}), must=True, width=10),
        col("basis", "依据", "Basis", Words(lines=True), must=True, width=34, hint=("通知文号", "the notice's number")),
    ),
    Text("对工作日历的更正，优先于软件内置的日历。", "Corrections to the working-day calendar; they override every built-in one."),
    book="档案管理台账.xlsx",
)

WAIVERS = Sheet(
    "豁免",
    "waivers",
    Text("豁免", "Waivers"),
    (
        col("waiver_no", "豁免编号", "Waiver no.", Number(), key=True),
        col("rule", "规则", "Rule", Number(), must=True, width=9, hint=("规则代码，如 C15", "a rule's code, such as C15")),
        col("sheet", "对象表", "Sheet", Words(), must=True, width=10),
        col("record", "对象编号", "Record", Number(), hint=("留空则整张表", "blank: the whole sheet")),
        col("reason", "理由", "Reason", Words(lines=True), must=True, width=30),
        staff("approved_by", "批准人", "Approved by", must=True),
        day("until", "截止日期", "Until", must=True, future=True),
    ),
    Text("已知并经批准的例外，到期前不再作为问题计数。", "Known and approved exceptions, not counted as problems until they end."),
    book="档案管理台账.xlsx",
)
