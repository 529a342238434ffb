"""C08: the number has the form of another kind of document."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from ownerbook.identifiers import dates, document, resident_id
from ownerbook.register.understood import Understood
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View
from ownerbook.schema.words import Personal, Text

CARD = Card(
    code="C08",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("证件类型与号码形态不符", "Kind of document and form of number disagree"),
    message=Text(
        "证件类型是 {found}，号码 {number} 却是另一种证件的形态", "the kind is {found}, but the number {number} has the form of another document"
    ),
    why=Text("类型选错，号码就按错误的规则检查。", "With a wrong kind the number is checked by the wrong rules."),
    fix=Text("对照证件复印件改正证件类型。", "Correct the kind of document from the copy."),
    needs="owners.id_type? owners.id_no? household.id_type? household.id_no? today",
    wrong="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | «居民身份证» | H12345678
        Y2 | «统一社会信用代码» | 132101199001011232
        Y3 | «居民身份证» | 810000199001011230

        家庭成员: 成员编号 | 证件类型 | 证件号码
        M1 | «护照» | 132101199001011232
    """,
    right="""
        业主: 业主编号 | 证件类型 | 证件号码
        Y1 | 港澳居民来往内地通行证 | H12345678
        Y2 | 居民身份证 | 132101199001011231
        Y3 | 某证 | H12345678
        Y4 | | H12345678
        Y5 | 护照 | MA1234567
        Y6 | 港澳居民来往内地通行证 | MA1234567
        Y7 | 居民身份证 | 13210119900101

        家庭成员: 成员编号 | 证件类型 | 证件号码
        M1 | 居民身份证 | 132101900101123
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Told at 证件类型; the type is suggested where the form fits exactly one."""
    for name in ("owners", "household"):
        if not (v.has(f"{name}.id_type") and v.has(f"{name}.id_no")):
            continue
        sheet = v.sheet(name)
        types, numbers = sheet.id_type, sheet.id_no
        assert types.choice is not None
        rows = np.flatnonzero(types.ok & numbers.ok).astype(np.int32)
        today = dates.date_of(v.today)
        right = resident_id.plain_column(*numbers.matrix(rows, resident_id.LENGTH), today=today)
        rows = rows[~(right & (types.choice[rows] == document.TYPES.index(document.RESIDENT_ID)))]
        texts = [numbers.text(int(r)) for r in rows]
        _, reasons = document.check_column(types.choice[rows].astype(np.int64), texts, today=today)
        wrong = rows[reasons == document.REASONS.index("other-type")]
        yield Hit(name, wrong, "id_type", partial(_number, numbers), partial(_type, numbers))


def _number(numbers: Understood, row: int) -> dict[str, object]:
    return {"number": Personal(numbers.text(row), "document")}


def _type(numbers: Understood, row: int) -> str | None:
    return document.identify(numbers.text(row))
