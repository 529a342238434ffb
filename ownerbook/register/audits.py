"""审核: regular checks of files against the cabinet, and their rectification."""

from __future__ import annotations

from ownerbook.register.declare import AUDIT, col, day, file, note, staff
from ownerbook.schema.kinds import Choice, Number, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

AUDITS = Sheet(
    "审核",
    "audits",
    Text("审核", "Audits"),
    (
        col("audit_no", "审核单号", "Audit no.", Number(), key=True, also=("审核编号",)),
        file(),
        day("audited_on", "审核日期", "Audited", must=True, also=("审核时间",)),
        staff("auditor", "审核人", "Auditor", right=AUDIT, days=("audited_on",), must=True),
        col(
            "kind", "审核类型", "Kind", Choice(("定期", "抽查", "专项"), {"定期审核": "定期", "抽样": "抽查", "专项审核": "专项"}), must=True, width=9
        ),
        col("result", "审核结果", "Result", Choice(("合格", "不合格"), {"通过": "合格", "未通过": "不合格", "不通过": "不合格"}), must=True, width=9),
        col("finding", "问题描述", "Finding", Words(lines=True), width=26, hint=("不合格时必填", "required when 不合格")),
        day("rectify_by", "整改期限", "Rectify by", future=True, hint=("不合格时必填", "required when 不合格")),
        staff("rectify_by_staff", "整改责任人", "Rectified by", days=("rectified_on", "audited_on")),
        day("rectified_on", "整改完成日期", "Rectified"),
        staff("verified_by", "复核人", "Verified by", right=AUDIT, days=("verified_on",), hint=("不得是整改责任人", "not who rectified")),
        day("verified_on", "复核日期", "Verified"),
        note(),
    ),
    Text("每次对一份档案的审核一行，不合格的连同整改与复核。", "One row an audit of a file, with rectification and verification."),
    needed=True,
    book="档案管理台账.xlsx",
)
