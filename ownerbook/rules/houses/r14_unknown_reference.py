"""R14: a cell names a record that its sheet does not hold."""

from collections.abc import Callable, Iterator

import numpy as np

from ownerbook.identifiers.house_no import key as house_key
from ownerbook.register.sheets import BY_FIELD, SHEETS
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.cells import Bools, Ints
from ownerbook.schema.kinds import Reference
from ownerbook.schema.words import Text

REFERENCES = tuple(
    (s.field, c.field, c.kind.sheet)
    for s in SHEETS
    for c in s.columns
    if isinstance(c.kind, Reference) and c.kind.sheet not in ("houses", "locations")
)
"""Sheet, column, and the sheet referred to; 房号 has F02 and 存放位置 has I05."""

LINKS = {("files", "owners"): "house_no", ("loans", "documents"): "file_no"}
"""What two rows have in common besides the reference."""

CARD = Card(
    code="R14",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("引用的编号不存在", "Record referred to does not exist"),
    message=Text("「{header}」{found} 在「{target}」表里没有", "{header} {found} is not on {target}"),
    why=Text("找不到所指的记录，这一行就失去依据。", "Without the record that it names the row rests on nothing."),
    fix=Text("核对编号；确有其事的，先在「{target}」表登记。", "Check the number; if it is right, enter it on {target} first."),
    needs=" ".join(dict.fromkeys(f"{n}?" for s, c, t in REFERENCES for n in (f"{s}.{c}", f"{t}.{BY_FIELD[t].key.field}")))
    + " owners.house_no? files.house_no? policy",
    wrong="""
        业主: 业主编号
        Y1

        档案: 档号 | 业主编号
        YG-1-1-101-01 | Y1
        YG-1-1-102-01 | «Y2»

        材料: 材料编号 | 档号
        CL1 | YG-1-1-101-01
        CL2 | «YG-9-9-909-01»

        借阅: 借阅单号 | 档号 | 授权材料
        J1 | YG-1-1-101-01 | CL1
        J2 | «YG-1-1-103-01» | «CL9»

        变更: 变更单号 | 证明材料
        B1 | «CL3»

        权利请求: 请求编号 | 业主编号
        Q1 | «Y3»
    """,
    right=(
        """
        业主: 业主编号
        Y1
        Y2
        Y2
        n:7

        档案: 档号 | 业主编号
        YG-1-1-101-01 | Y1
        YG-1-1-101-02 | Y2
        YG-1-1-101-03 | Ｙ１
        YG-1-1-101-04 | n:7
        YG-1-1-101-05 | 7
        YG-1-1-101-06 | e:#N/A
        YG-1-1-101-07 |

        借阅: 借阅单号 | 档号 | 授权材料
        J1 | YG-1-1-101-01 |
        J2 | YG-1-1-101-02 | 无
        """,
        """
        业主: 业主编号 | 房号
        e:#N/A | 1-1-101
        Y2 | 1-1-102
        Y2 | 1-1-103

        档案: 档号 | 房号 | 业主编号
        e:#REF! | 1-1-101 | Y1
        YG-1-1-102-01 | 1-1-102 | Y2
        YG-1-1-102-01 | 1-1-103 | Y3
        YG-9-1-104-01 | 1-1-104 |

        材料: 材料编号 | 档号
        CL1 | YG-1-1-101-01
        | YG-1-1-102-01
        CL3 | YG-1-1-103-01
        CL4 | YG-1-1-104-01

        借阅: 借阅单号 | 档号 | 授权材料
        J1 | YG-1-1-102-01 | CL2
        """,
        """
        审核: 审核单号 | 档号
        S1 | YG-9-9-909-01
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """Judged where both sheets are there. Whose number is wrong in its own row is told there, not at each row that names it."""
    for sheet, column, target in REFERENCES:
        if v.has(f"{sheet}.{column}") and v.has(f"{target}.{BY_FIELD[target].key.field}"):
            missing = rows(v.sheet(sheet).ref(column).missing)
            if len(missing):
                missing = missing[~_wrong_there(v, sheet, column, target, missing)]
            yield Hit(sheet, missing, column, _naming(target))


def _naming(target: str) -> Callable[[int], dict[str, object]]:
    return lambda r: {"target": BY_FIELD[target].title}


def _wrong_there(v: View, sheet: str, column: str, target: str, missing: Ints) -> Bools:
    """Which references seem to mean a row whose own key is damaged or doubled, or a file whose number names another house."""
    other = v.sheet(target)
    key = getattr(other, BY_FIELD[target].key.field)
    unusable = ~key.ok | other.keys.is_doubled(key.ids)
    if target == "files" and v.has("files.house_no"):
        return _of_house(v, getattr(v.sheet(sheet), column).ids[missing], unusable)
    link = LINKS.get((sheet, target))
    if link is None or not (v.has(f"{sheet}.{link}") and v.has(f"{target}.{link}")):
        return np.zeros(len(missing), bool)
    mine, theirs = getattr(v.sheet(sheet), link).ids[missing], getattr(other, link).ids[unusable]
    return np.isin(mine, theirs[theirs >= 0])


def _of_house(v: View, numbers: Ints, unusable: Bools) -> Bools:
    f, form = v.files, v.policy.file_format
    houses = f.house_no.ids  # read first: only then is every spelling of a house known

    def house(number: int) -> int:
        parts = form.parse(v.text_of(number)) if number >= 0 else None
        return -1 if parts is None else v.id_of(house_key(parts.house))

    distinct, inverse = np.unique(numbers, return_inverse=True)
    named = np.array([house(int(n)) for n in distinct], np.int32)
    near = rows(np.isin(houses, named[named >= 0]))
    wrong = [int(houses[r]) for r in near if unusable[r] or house(int(f.file_no.ids[r])) != houses[r]]
    return np.isin(named, wrong)[inverse]
