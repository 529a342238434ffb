"""H08: a scan whose content is not the one that was fingerprinted."""

from collections.abc import Iterator

from ownerbook.deadlines import scans
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="H08",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("电子件已被改动", "Scan was changed"),
    message=Text("电子件 {scan} 的内容与登记的指纹不符", "the content of {scan} is not that of the registered fingerprint"),
    why=Text(
        "电子件一经登记就不应改变；变了，就不再是当时核对过的那一份。",
        "A registered scan must not change, or it is no longer the one that was compared.",
    ),
    fix=Text(
        "查明替换的原因；确应替换的，重新核对后更新指纹。", "Find out why it was replaced; if rightly, compare again and renew the fingerprint."
    ),
    needs=scans.NEEDS + " documents.scan_sha256 disk",
    wrong=f"""
        档案: 档号 | 档案状态
        YG-1-1-101-01 | 在库

        材料: 材料编号 | 档号 | 电子件 | 电子件指纹
        C1 | YG-1-1-101-01 | 扫描/变.pdf | «{"a" * 64}»
    """,
    right=f"""
        档案: 档号 | 档案状态
        YG-1-1-101-01 | 在库
        YG-1-1-102-01 | 已销毁

        材料: 材料编号 | 档号 | 电子件 | 电子件指纹
        C1 | YG-1-1-101-01 | 扫描/有.pdf | {"a" * 64}
        C2 | YG-1-1-101-01 | 扫描/变.pdf | {"B" * 64}
        C3 | YG-1-1-101-01 | 扫描/没有.pdf | {"c" * 64}
        C4 | YG-1-1-101-01 | 扫描/变.pdf |
        C5 | YG-1-1-102-01 | 扫描/变.pdf | {"a" * 64}
    """,
)


def find(v: View) -> Iterator[Hit]:
    """A scan that is not there is H07; one of a destroyed file is M07."""
    if v.disk is not None:
        yield Hit("documents", scans.changed_scans(v, v.disk), "scan_sha256", lambda r: {"scan": v.documents.scan.text(r)})
