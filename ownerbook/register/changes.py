"""变更: how registered facts were updated."""

from __future__ import annotations

from ownerbook.register.declare import AUDIT, CLERK, col, day, note, ref, staff
from ownerbook.register.loans import DECISIONS
from ownerbook.schema.kinds import Choice, Name, Number, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

CHANGES = Sheet(
    "变更",
    "changes",
    Text("变更", "Changes"),
    (
        col("change_no", "变更单号", "Change no.", Number(), key=True, also=("变更编号",)),
        col("sheet", "对象表", "Sheet", Choice(("房屋", "业主", "家庭成员", "档案")), must=True, width=10),
        col("record", "对象编号", "Record", Number(), must=True, hint=("该表中的编号（变更前）", "its key there, before the change")),
        col("field", "变更字段", "Field", Words(), must=True, hint=("该表的表头", "a header of that sheet")),
        col("old", "原值", "Old value", Words(lines=True, free=True), privacy="sensitive", width=18),
        col(
            "new",
            "新值",
            "New value",
            Words(lines=True, free=True),
            must=True,
            privacy="sensitive",
            width=18,
            hint=("清空时写（清空）", "write （清空） to clear"),
        ),
        ref("evidence", "证明材料", "Evidence", "documents", hint=("姓名、证件号码等变更必填", "required for the fields that policy lists")),
        col("applicant", "申请人", "Applicant", Name(loose=True), must=True, privacy="personal"),
        day("applied_on", "申请日期", "Applied", must=True),
        staff("reviewer", "审核人", "Reviewer", right=AUDIT, days=("done_on", "applied_on")),
        col("decision", "审核结果", "Decision", DECISIONS, must=True, width=9),
        staff("handled_by", "经办人", "Handled by", right=CLERK, days=("done_on", "applied_on")),
        day("done_on", "更新日期", "Updated"),
        note(),
    ),
    Text("登记内容的每一次更新一行：原值、新值、依据。", "One row an update: old, new, and the paper it rests on."),
    needed=True,
    book="档案管理台账.xlsx",
)
