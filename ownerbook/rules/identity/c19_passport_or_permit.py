"""C19: a number that may be a passport's or a permit's, and no kind of document is given."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from ownerbook.identifiers import document
from ownerbook.register.understood import Understood
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Personal, Text

CARD = Card(
    code="C19",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("号码分不清是哪种证件", "Number of an unclear kind of document"),
    message=Text("没有证件类型，号码 {number} 分不清是护照还是通行证", "without a kind the number {number} may be a passport's or a permit's"),
    why=Text(
        "MA 加 7 位数字既可能是澳门护照，也可能是非中国籍居民的通行证。",
        "MA and seven digits may be a Macao passport or the permit of a resident who is no Chinese.",
    ),
    fix=Text("对照证件补填证件类型。", "Fill in the kind from the document."),
    needs="owners.id_type? owners.id_no? household.id_type? household.id_no?",
    wrong="""
        家庭成员: 成员编号 | 证件类型 | 证件号码
        M1 | «» | MA1234567

        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | «» | MA1234567
    """,
    right="""
        家庭成员: 成员编号 | 证件类型 | 证件号码
        M1 | 护照 | MA1234567
        M2 | 港澳居民来往内地通行证 | MA1234567
        M3 | | 132101199001011232
        M4 | | E12345678
        M5 | 某证 | MA1234567
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Told at the blank 证件类型."""
    for name in ("household", "owners"):
        if not (v.has(f"{name}.id_type") and v.has(f"{name}.id_no")):
            continue
        sheet = v.sheet(name)
        numbers = sheet.id_no
        open_ = rows(sheet.id_type.blank & numbers.ok)
        both = {document.PASSPORT, document.HK_MACAO_PERMIT}
        unclear = open_[np.array([both <= document.shapes(numbers.text(int(r))) for r in open_], bool)]
        yield Hit(name, unclear, "id_type", partial(_number, numbers))


def _number(numbers: Understood, row: int) -> dict[str, object]:
    return {"number": Personal(numbers.text(row), "document")}
