"""Kinds of mistakes that the register's sheets cannot show, and why: so that nobody looks for their rule."""

from __future__ import annotations

from ownerbook.schema.words import Text

_STOCKTAKE = Text(
    "登记簿里没有盘点结果和盘点页数，盘点后在「审核」登记", "no stock-taking results or page counts stand in the register; audits record them"
)
_OUTPUT = Text("说的是报告和邮件，不是登记簿", "about reports and mail, not about the register")

UNSHOWN: dict[str, Text] = {
    "A03": Text("表头不在第一行不算问题，照常读取", "a header below titles is no problem; it is read"),
    "A08": Text("登记簿没有模板版本，列按表头认", "the register carries no template version; columns are known by their headers"),
    "A12": Text("旧格式照常读取，不算问题", "old formats are read, and are no problem"),
    "C09": Text("登记簿没有性别列", "no column holds the sex"),
    "C10": Text("登记簿没有出生日期列", "no column holds the day of birth"),
    "E09": Text("登记簿没有紧急联系人列", "no column holds an emergency contact"),
    "F07": Text("登记簿只有一处面积，没有另一份清册可比", "only one area is recorded; there is no other list to compare"),
    "G05": Text("登记簿没有合同编号列", "no column holds a contract number"),
    "G06": Text("登记簿没有发票号列", "no column holds an invoice number"),
    "G07": Text("登记簿没有发票抬头列", "no column holds the invoice's title"),
    "H02": _STOCKTAKE,
    "H03": _STOCKTAKE,
    "H04": _STOCKTAKE,
    "H06": Text("受托人只出现在借阅里，由 K05 判断", "agents appear only on loans, where K05 judges them"),
    "I07": Text("一份档案只有一个位置格；写成两行就是 I01", "a file has one place cell; two rows are I01"),
    "I08": Text("要与旧版比较才看得出，由改动历史判断", "only a comparison with an older version shows it"),
    "J01": Text("登记簿只有一个现值，来源冲突在合并时才出现", "the register holds one value; sources conflict only while merging"),
    "L02": Text("抽查比例不由检查判断", "the sampling rate is not judged by the check"),
    "L05": Text("「审核」表没有整改证据列", "no column of 审核 holds evidence"),
    "M09": Text("登记簿里没有移交清单和实物数", "no hand-over list or count stands in the register"),
    "M10": Text("清册是否被改动由存储的散列链判断", "whether a list was tampered with is shown by the chain of fingerprints, not by the sheet"),
    "N01": _OUTPUT,
    "N02": _OUTPUT,
    "N03": _OUTPUT,
    "N04": Text("说的是统计报表", "about statistics"),
    "N05": Text("说的是查阅日志", "about the access journal"),
    "N09": _OUTPUT,
    "N10": _OUTPUT,
    "N11": Text("说的是备份文件", "about backups"),
    "O04": Text("登记簿里没有管理档案月报", "the monthly record of the archive work is no sheet of the register"),
    "O05": Text("登记簿里没有管理档案月报", "the monthly record of the archive work is no sheet of the register"),
    "P01": _OUTPUT,
    "P02": _OUTPUT,
    "P03": _OUTPUT,
    "P04": _OUTPUT,
    "P05": _OUTPUT,
}
