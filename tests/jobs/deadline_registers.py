"""A register in which much is due, on disk: loans overdue, papers missing, retention over, disposals under way."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from registers import sheets, workspace

DAY = date(2026, 10, 31)


def tables() -> dict[str, list[dict[str, Any]]]:
    """Eight houses; 1 and 2 lent and overdue, 3 lacks two papers, 4 to 7 of former owners whose retention is over."""
    t = sheets(8)
    loan = {
        "借阅人身份": "业主",
        "借阅事由": "核对",
        "申请日期": date(2026, 8, 31),
        "审核人": "G002",
        "审核结果": "同意",
        "审核日期": date(2026, 8, 31),
        "借出日期": date(2026, 8, 31),
        "经办人": "G001",
        "应还日期": date(2026, 9, 30),
    }
    t["借阅"] += [
        loan | {"借阅单号": "JY001", "档号": "YG-1-1-101-01", "借阅人": "赵乙", "联系电话": "13900000001"},
        loan | {"借阅单号": "JY002", "档号": "YG-1-1-201-01", "借阅人": "钱外", "借阅人身份": "外部单位", "联系电话": "不详"},
    ]
    for n in (0, 1):
        t["档案"][n]["档案状态"] = "借出"
    t["材料"] = [m for m in t["材料"] if not (m["档号"] == "YG-1-1-301-01" and m["材料类型"] in ("购房发票", "隐私告知书"))]
    for n in (3, 4, 5, 6):
        t["业主"][n] |= {"业主状态": "原业主", "迁入日期": date(2005, 3, 1), "迁出日期": date(2016, 2, 29), "登记日期": date(2005, 3, 1)}
        t["档案"][n] |= {"保管期限": "10年", "档案状态": "已归档", "建档日期": date(2005, 3, 2)}
        t["处置"].append(
            {
                "处置单号": f"CZ0{n}",
                "档号": t["档案"][n]["档号"],
                "处置方式": "归档",
                "处置依据": "制度",
                "处置原因": "过户",
                "鉴定人": "G002",
                "鉴定日期": date(2016, 3, 1),
                "批准人": "G003",
                "批准日期": date(2016, 3, 2),
                "执行日期": date(2016, 3, 3),
            }
        )
    t["处置"].append(
        {
            "处置单号": "CZ20",
            "档号": t["档案"][4]["档号"],
            "处置方式": "销毁",
            "处置依据": "制度第5条",
            "处置原因": "期满",
            "鉴定人": "G002",
            "鉴定日期": date(2026, 9, 1),
            "批准人": "G003",
            "批准日期": date(2026, 9, 5),
        }
    )
    t["处置"].append(
        {
            "处置单号": "CZ21",
            "档号": t["档案"][5]["档号"],
            "处置方式": "移交",
            "处置依据": "合同",
            "处置原因": "期满",
            "鉴定人": "G002",
            "鉴定日期": date(2026, 9, 1),
            "批准人": "G003",
            "批准日期": date(2026, 9, 5),
            "接收单位": "城建档案馆",
        }
    )
    t["档案"][6]["暂缓处置至"], t["档案"][6]["暂缓原因"] = "未定", "诉讼"
    t["材料"][6 * 4 + 1]["电子件"] = "扫描件/a.pdf"
    t["人员"].append(
        {"工号": "G003", "姓名": "李三", "岗位": "经理", "权限": "处置批准", "入职日期": date(2010, 1, 4), "保密协议签订日期": date(2010, 1, 4)}
    )
    return t


def space(folder: Path) -> Path:
    """The register as a workspace."""
    return workspace(folder, tables())
