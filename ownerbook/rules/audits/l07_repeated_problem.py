"""L07: the same problem found in the same file three times."""

import re
from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

CARD = Card(
    code="L07",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("问题重复出现", "Problem keeps coming back"),
    message=Text("同一问题在该档案已出现 {count} 次(另见 {others})", "the same problem was found {count} times in this file (also {others})"),
    why=Text("改了又犯,说明根子没找到。", "What comes back was never put right at its root."),
    fix=Text("查明根因,安排培训或改进流程。", "Find the cause; train or change the procedure."),
    needs="audits.audit_no audits.file_no audits.result audits.finding files.file_no",
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
_NOISE = re.compile(r"[\s,.;:!、，。；：！]+")
_OFTEN = 3


def find(v: View) -> Iterator[Hit]:
    """One problem at the first row of the group; blanks and stops do not make a text another."""
    a = v.audits
    at, text = a.ref("file_no").row, a.finding
    mine = np.flatnonzero((at >= 0) & a.first & a.result.is_("不合格") & text.ok)
    distinct, inverse = np.unique(text.ids[mine], return_inverse=True)
    plain = [_NOISE.sub("", v.text_of(int(i))) for i in distinct]
    _, same = np.unique(np.array(plain, object), return_inverse=True) if plain else (None, np.zeros(0, np.int64))
    key = at[mine].astype(np.int64) << 32 | same[inverse.reshape(-1)]
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    size = np.diff(np.append(starts, len(order)))
    groups = {int(mine[order[s]]): mine[order[s : s + n]] for s, n in zip(starts[size >= _OFTEN], size[size >= _OFTEN], strict=True)}

    def told(row: int) -> dict[str, object]:
        others = [a.key_text(int(r)) for r in groups[row][1:6]]
        return {"count": len(groups[row]), "others": "、".join(others)}

    yield Hit("audits", sorted(groups), "finding", told)
