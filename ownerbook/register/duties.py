"""事件, 权利请求, 满意度: duties under the Personal Information Protection Law, and what owners think."""

from __future__ import annotations

from ownerbook.register.declare import CLERK, col, day, note, ref, staff
from ownerbook.schema.kinds import Choice, Measure, Month, Number, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

INCIDENTS = Sheet(
    "事件",
    "incidents",
    Text("事件", "Incidents"),
    (
        col("incident_no", "事件编号", "Incident no.", Number(), key=True),
        day("found_on", "发现日期", "Found", must=True),
        col("kind", "类型", "Kind", Choice(("泄露", "篡改", "丢失", "未授权查阅"), {"泄漏": "泄露", "遗失": "丢失"}), must=True, width=12),
        col("files", "涉及档案", "Files", Words(lines=True), width=22),
        col("cause", "原因", "Cause", Words(lines=True), privacy="personal", must=True, width=22),
        col("harm", "可能危害", "Possible harm", Words(lines=True), privacy="personal", must=True, width=22),
        col("measures", "补救措施", "Measures", Words(lines=True), privacy="personal", must=True, width=22),
        day("notified_on", "通知日期", "Notified"),
        staff("staff", "责任人", "Responsible", days=("found_on",), must=True),
        day("closed_on", "结案日期", "Closed"),
    ),
    Text("个人信息安全事件的记录（个人信息保护法第五十七条）。", "Incidents with personal data (PIPL art. 57)."),
    book="档案管理台账.xlsx",
)

REQUESTS = Sheet(
    "权利请求",
    "requests",
    Text("权利请求", "Requests"),
    (
        col("request_no", "请求编号", "Request no.", Number(), key=True),
        ref("owner_no", "业主编号", "Owner no.", "owners", must=True),
        col("kind", "类型", "Kind", Choice(("查阅", "复制", "更正", "删除", "撤回同意")), must=True, width=10),
        day("asked_on", "提出日期", "Asked", must=True),
        day("answer_by", "答复期限", "Answer by", future=True),
        day("answered_on", "答复日期", "Answered"),
        col("answer", "答复", "Answer", Words(lines=True), privacy="personal", width=24),
        staff("handled_by", "经办人", "Handled by", right=CLERK, days=("answered_on", "asked_on")),
    ),
    Text("业主对其个人信息的查阅、复制、更正、删除等请求（第四十四至四十七条）。", "Owners' requests about their data (PIPL arts. 44–47)."),
    book="档案管理台账.xlsx",
)

SATISFACTION = Sheet(
    "满意度",
    "satisfaction",
    Text("满意度", "Satisfaction"),
    (
        col("month", "月份", "Month", Month(), key=True, width=10, hint=("如 2026-10", "such as 2026-10")),
        col("asked", "调查份数", "Asked", Measure(least=0, whole=True), must=True, width=10),
        col("answered", "回收份数", "Answered", Measure(least=0, whole=True), must=True, width=10),
        col("satisfied", "满意份数", "Satisfied", Measure(least=0, whole=True), must=True, width=10),
        col("complaints", "投诉件数", "Complaints", Measure(least=0, whole=True), width=10),
        note(),
    ),
    Text("每月一行，只记汇总数。", "One row a month, aggregates only."),
    book="档案管理台账.xlsx",
)
