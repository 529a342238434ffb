"""L07: the same problem found in the same file three times."""

from collections.abc import Iterator

from ownerbook.deadlines import audits
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="L07",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("问题重复出现", "Problem keeps coming back"),
    message=Text("同一问题在该档案已出现 {count} 次（另见 {others}）", "the same problem was found {count} times in this file (also {others})"),
    why=Text("改了又犯，说明根子没找到。", "What comes back was never put right at its root."),
    fix=Text("查明根因，安排培训或改进流程。", "Find the cause; train or change the procedure."),
    needs=audits.REPEATED_NEEDS,
    wrong="""
        档案: 档号
        YG-1-1-101-01

        审核: 审核单号 | 档号 | 审核结果 | 问题描述
        S1 | YG-1-1-101-01 | 不合格 | «页数不符»
        S2 | YG-1-1-101-01 | 不合格 | 页数不符。
        S3 | YG-1-1-101-01 | 合格 |
        S4 | YG-1-1-101-01 | 不合格 | 页数 不符
    """,
    right="""
        档案: 档号
        YG-1-1-101-01
        YG-1-1-102-01

        审核: 审核单号 | 档号 | 审核结果 | 问题描述
        S1 | YG-1-1-101-01 | 不合格 | 页数不符
        S2 | YG-1-1-101-01 | 不合格 | 页数不符
        S3 | YG-1-1-102-01 | 不合格 | 页数不符
        S4 | YG-1-1-101-01 | 不合格 | 缺合同
        S5 | YG-1-1-101-01 | 合格 | 页数不符
        S1 | YG-1-1-101-01 | 不合格 | 页数不符
    """,
)


def find(v: View) -> Iterator[Hit]:
    """One problem at the first row of the group; blanks and stops do not make a text another."""
    a, groups = v.audits, audits.repeated_findings(v)

    def told(row: int) -> dict[str, object]:
        others = [a.key_text(int(r)) for r in groups[row][1:6]]
        return {"count": len(groups[row]), "others": "、".join(others)}

    yield Hit("audits", sorted(groups), "finding", told)
