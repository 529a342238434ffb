"""H01: a file of a current owner lacks a paper that policy asks for."""

from collections.abc import Callable, Iterator

import numpy as np

from ownerbook.deadlines import papers
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Text

_REST = """

        房屋: 房号 | 房屋用途
        1-1-101 | 住宅
        1-1-102 | 商铺

        业主: 业主编号 | 房号 | 业主类型 | 证件号码 | 业主状态 | 登记日期
        Y1 | 1-1-101 | 自然人 | | 现业主 | 2026-01-05
        Y2 | 1-1-102 | 法人 | | 现业主 | 2026-01-05
        Y3 | 1-1-101 | 自然人 | | 原业主 | 2016-01-05
        Y4 | 1-1-102 | 自然人 | | 现业主 | 2026-10-16

        制度: 参数 | 值
        必备材料.住宅 | 业主登记表、购房合同
        必备材料.商铺 | 身份证件复印件
        登记建档期限 | 15天
"""

CARD = Card(
    code="H01",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("缺必备材料", "Required paper missing"),
    message=Text("档案 {record} 缺必备材料「{paper}」", "file {record} lacks the required paper {paper}"),
    why=Text("制度列出的必备材料不齐，档案就不能作证。", "A file that lacks a paper on policy's list proves nothing."),
    fix=Text(
        "向业主补收「{paper}」并在「材料」表登记，或确认制度的必备材料清单。", "Collect the paper and enter it on 材料, or review policy's list."
    ),
    needs=papers.NEEDS + " today",
    elsewhere=True,
    wrong="""
        档案: 档号 | 房号 | 业主编号 | 档案状态
        «YG-1-1-101-01» | 1-1-101 | Y1 | 在库
        «YG-1-1-102-01» | 1-1-102 | Y2 | 待整理

        材料: 材料编号 | 档号 | 材料类型 | 材料状态
        C1 | YG-1-1-101-01 | 业主登记表 | 齐全
        C2 | YG-1-1-101-01 | 购房合同 | 待补
"""
    + _REST,
    right=(
        """
        档案: 档号 | 房号 | 业主编号 | 档案状态
        YG-1-1-101-02 | 1-1-101 | Y1 | 在库
        YG-1-1-102-01 | 1-1-102 | Y2 | 借出
        YG-1-1-101-01 | 1-1-101 | Y3 | 已归档
        YG-1-1-102-02 | 1-1-102 | Y4 | 在库
        YG-1-1-101-03 | 1-1-101 | Y1 | 在库
        YG-1-1-101-03 | 1-1-101 | Y1 | 在库
        YG-1-1-101-04 | 1-1-101 | Y1 | 在库
        YG-1-1-101-05 | 1-1-101 | Y1 | 遗失
        YG-1-1-101-06 | 1-1-101 | Y1 | 在库

        材料: 材料编号 | 档号 | 材料类型 | 材料状态
        C1 | YG-1-1-101-02 | 业主登记表 | 齐全
        C2 | YG-1-1-101-02 | 购房合同 | 缺页
        C3 | YG-1-1-102-01 | 营业执照 | 齐全
        C4 | YG-1-1-101-04 | 业主登记表 | 齐全
        C5 | YG-1-1-101-04 | 协议书 | 齐全
        C6 | YG-1-1-101-06 | 购房合同 | 齐全
        C7 | YG-9-9-909-01 | 业主登记表 | 齐全
"""
        + _REST,
        """
        房屋: 房号 | 房屋用途
        1-1-101 | 住宅
        1-1-102 | 住宅
        1-1-103 | 住宅

        业主: 业主编号 | 房号 | 业主类型 | 证件类型 | 证件号码 | 业主状态 | 登记日期
        Y1 | 1-1-101 | 自然人 | 统一社会信用代码 | | 现业主 | 2026-01-05
        Y2 | 1-1-102 | 法人 | 居民身份证 | | 现业主 | 2026-01-05
        Y3 | 1-1-103 | 自然人 | 居民身份证 | | 现业主 | 2026-01-05

        制度: 参数 | 值
        必备材料.住宅 | 身份证件复印件

        档案: 档号 | 房号 | 业主编号 | 档案状态
        YG-1-1-101-01 | 1-1-101 | Y1 | 在库
        YG-1-1-102-01 | 1-1-102 | Y2 | 在库
        YG-1-1-103-01 | 1-1-103 | Y1 | 在库

        材料: 材料编号 | 档号 | 材料类型 | 材料状态
        C1 | YG-1-1-101-01 | 营业执照 | 齐全
        C2 | YG-1-1-102-01 | 身份证件复印件 | 齐全
        C3 | YG-1-1-103-01 | 购房合同 | 齐全
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """One problem for each missing paper, at the file's key."""
    lacking = papers.missing_papers(v, v.today)
    for i, name in enumerate(lacking.names):
        yield Hit("files", lacking.file[np.flatnonzero(lacking.paper == i)], "file_no", _named(name))


def _named(paper: str) -> Callable[[int], dict[str, object]]:
    return lambda row: {"paper": paper}
