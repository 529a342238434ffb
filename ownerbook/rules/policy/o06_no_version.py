"""O06: a policy without a version."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import HEADER, Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="O06",
    severity="notice",
    stage=Stage.FORM,
    repair="hand",
    title=Text("制度版本缺失", "Policy without a version"),
    message=Text("「制度」没有写明制度版本", "制度 states no 制度版本"),
    why=Text("报告上要印制度版本，日后才知道当时按哪一版判的。", "Every report prints it, so that later readers know by which rules it was judged."),
    fix=Text("增加或填写参数 制度版本。", "Add or fill in the parameter 制度版本."),
    needs="policy policy.name policy.value",
    wrong=(
        """
        制度: 参数 | 值
        借阅期限 | 1个月
        制度版本 | «»
        """,
        """
        制度: «参数» | 值
        借阅期限 | 1个月
        """,
    ),
    right="""
        制度: 参数 | 值
        制度版本 | V2.1
    """,
)


def find(v: View) -> Iterator[Hit]:
    """At the blank cell, or where nothing names it at the header."""
    sheet = v.sheet("policy")
    if v.policy.version:
        return
    named = rows(sheet.name.ok & (sheet.name.ids == v.id_of("制度版本")) & sheet.first)
    if not len(named):
        yield Hit("policy", [HEADER], "name")
    yield Hit("policy", named[np.isin(sheet.value.cells.kind[named], (0, 1))], "value")
