"""H07: a scan that is registered and not there."""

from collections.abc import Iterator

from ownerbook.deadlines import scans
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="H07",
    severity="warning",
    stage=Stage.REFERENCE,
    repair="confirm",
    title=Text("电子件不存在", "Scan not found"),
    message=Text("电子件 {found} 在工作区里找不到", "the scan {found} is not in the workspace"),
    why=Text("登记了却打不开的电子件等于没有。", "A scan that cannot be opened is no scan."),
    fix=Text("找回文件、改正路径或重新扫描。", "Restore the file, correct the path or scan again."),
    needs=scans.NEEDS + " disk",
    wrong="""
        档案: 档号 | 档案状态
        YG-1-1-101-01 | 在库

        材料: 材料编号 | 档号 | 电子件
        C1 | YG-1-1-101-01 | «扫描/没有.pdf»
    """,
    right="""
        档案: 档号 | 档案状态
        YG-1-1-101-01 | 在库
        YG-1-1-102-01 | 已销毁

        材料: 材料编号 | 档号 | 电子件
        C1 | YG-1-1-101-01 | 扫描/有.pdf
        C2 | YG-1-1-101-01 |
        C3 | YG-1-1-102-01 | 扫描/没有.pdf
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The scans of a destroyed file must be gone (M07)."""
    if v.disk is not None:
        yield Hit("documents", scans.lost_scans(v, v.disk), "scan")
