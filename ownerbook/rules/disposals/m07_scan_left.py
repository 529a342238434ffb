"""M07: a scan that outlived its file."""

from collections.abc import Iterator

from ownerbook.deadlines import standing
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows, taken
from ownerbook.schema.words import Text

CARD = Card(
    code="M07",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("销毁后电子件仍在", "Scan outlived its file"),
    message=Text("档案 {file} 已销毁，电子件 {found} 仍在", "file {file} was destroyed, its scan {found} is still there"),
    why=Text("纸质销毁而电子件留存，等于没有销毁。", "What was destroyed on paper and is left as a scan was not destroyed."),
    fix=Text("删除电子件及其副本，并记录备份的到期日。", "Delete the scan and its copies, and note when backups expire."),
    needs=standing.DISPOSAL_NEEDS + " documents.file_no documents.scan disk",
    wrong="""
        档案: 档号
        YG-1-1-101-01

        材料: 材料编号 | 档号 | 电子件
        C1 | YG-1-1-101-01 | «扫描/有.pdf»

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-101-01 | 归档 | 2010-01-01
        Z2 | YG-1-1-101-01 | 销毁 | 2026-01-01
    """,
    right="""
        档案: 档号
        YG-1-1-101-01
        YG-1-1-102-01
        YG-1-1-103-01

        材料: 材料编号 | 档号 | 电子件
        C1 | YG-1-1-101-01 | 扫描/没有.pdf
        C2 | YG-1-1-102-01 | 扫描/有.pdf
        C3 | YG-1-1-103-01 | 扫描/有.pdf

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-101-01 | 销毁 | 2026-01-01
        Z2 | YG-1-1-102-01 | 销毁 |
        Z3 | YG-1-1-103-01 | 移交 | 2026-01-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The scan stands at its paper."""
    disk, d = v.disk, v.documents
    if disk is None:
        return
    at = d.ref("file_no").row
    destroyed = standing.last_executed(v).is_(v.disposals.kind.is_("销毁"))
    left = [int(r) for r in rows(d.scan.ok & taken(destroyed, at)) if disk.exists(d.scan.text(int(r)))]
    yield Hit("documents", left, "scan", lambda r: {"file": v.files.key_text(int(at[r]))})
