"""档案: one row a file in the cabinet (一户一档); a change of owner opens a new file."""

from __future__ import annotations

from ownerbook.register.declare import CLERK, col, day, house, note, ref, staff
from ownerbook.schema.kinds import Choice, FileNumber, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

FILES = Sheet(
    "档案",
    "files",
    Text("档案", "Files"),
    (
        col(
            "file_no",
            "档号",
            "File no.",
            FileNumber(),
            key=True,
            also=("档案号", "档案编号"),
            width=20,
            hint=("项目-房号-流水，如 YG-3-2-1501-01；不改、不重用", "never changed, never used again"),
        ),
        house(),
        ref("owner_no", "业主编号", "Owner no.", "owners", must=True, hint=("须为该房的业主", "an owner of that house")),
        col("title", "题名", "Title", Words(), must=True, also=("档案名称", "案卷题名"), privacy="personal", width=24),
        day("created_on", "建档日期", "Opened", must=True, also=("建档时间",)),
        staff("created_by", "建档人", "Opened by", right=CLERK, days=("created_on",), must=True),
        ref(
            "location",
            "存放位置",
            "Place",
            "locations",
            also=("位置", "存放地点"),
            width=16,
            hint=("「位置」表的编号；已移交、已销毁才可留空", "a place of 位置; empty only when 已移交 or 已销毁"),
        ),
        col(
            "confidentiality",
            "密级",
            "Confidentiality",
            Choice(("内部", "敏感"), {"普通": "内部", "一般": "内部", "保密": "敏感"}),
            must=True,
            width=8,
        ),
        col(
            "retention",
            "保管期限",
            "Retention",
            Choice((), {"长久": "永久", "30": "30年", "10": "10年", "三十年": "30年", "十年": "10年"}, policy="保管期限.可选"),
            must=True,
            also=("保存期限",),
            width=10,
        ),
        col(
            "status",
            "档案状态",
            "Status",
            Choice(
                ("待整理", "在库", "借出", "遗失", "已归档", "已移交", "已销毁"),
                {
                    "在架": "在库",
                    "在馆": "在库",
                    "已借出": "借出",
                    "外借": "借出",
                    "丢失": "遗失",
                    "归档": "已归档",
                    "移交": "已移交",
                    "销毁": "已销毁",
                },
            ),
            must=True,
            also=("案卷状态",),
            width=10,
        ),
        day("audited_on", "上次审核日期", "Last audited", also=("上次审核",), hint=("与「审核」表最近一次一致", "as the latest on 审核")),
        day("hold_until", "暂缓处置至", "Hold until", future=True, words=("未定",), hint=("日期或 未定", "a date or 未定")),
        col(
            "hold_reason",
            "暂缓原因",
            "Reason of hold",
            Words(lines=True),
            privacy="personal",
            width=18,
            hint=("填了暂缓处置至时必填", "required with a hold"),
        ),
        note(),
    ),
    Text("每份纸质档案一行，一户一档；过户另立新档。", "One row a paper file; a change of owner opens a new file."),
    needed=True,
    book="业主档案登记簿.xlsx",
)
