"""处置: periodic clean-up: archiving, destruction, transfer."""

from __future__ import annotations

from ownerbook.register.declare import AUDIT, DISPOSAL_APPROVAL, col, day, file, note, staff
from ownerbook.schema.kinds import Choice, Number, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

DISPOSALS = Sheet(
    "处置",
    "disposals",
    Text("处置", "Disposals"),
    (
        col("disposal_no", "处置单号", "Disposal no.", Number(), key=True, also=("处置编号",)),
        file(),
        col("kind", "处置方式", "Kind", Choice(("归档", "销毁", "移交")), must=True, width=9),
        col("basis", "处置依据", "Basis", Words(lines=True), must=True, width=20, hint=("依据的制度条款或决定", "the rule or decision it rests on")),
        col("reason", "处置原因", "Reason", Words(lines=True), must=True, width=20),
        staff("appraised_by", "鉴定人", "Appraised by", right=AUDIT, days=("appraised_on",), must=True),
        day("appraised_on", "鉴定日期", "Appraised", must=True),
        staff("approved_by", "批准人", "Approved by", right=DISPOSAL_APPROVAL, days=("approved_on",), hint=("不得是鉴定人", "not the appraiser")),
        day("approved_on", "批准日期", "Approved"),
        day("executed_on", "执行日期", "Executed"),
        staff("witness1", "监销人一", "Witness 1", days=("executed_on",), agreement=True),
        staff("witness2", "监销人二", "Witness 2", days=("executed_on",), agreement=True),
        col("receiver", "接收单位", "Receiver", Words(), width=18, hint=("移交时必填", "required for 移交")),
        note(),
    ),
    Text("每份档案的每次处置一行：鉴定、批准、执行。", "One row a disposal: appraisal, approval, execution."),
    needed=True,
    book="档案管理台账.xlsx",
)
