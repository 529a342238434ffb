"""R14: a cell names a record that its sheet does not hold."""

from collections.abc import Callable, Iterator

from ownerbook.register.sheets import BY_FIELD, SHEETS
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.kinds import Reference
from ownerbook.schema.words import Text

REFERENCES = tuple(
    (s.field, c.field, c.kind.sheet)
    for s in SHEETS
    for c in s.columns
    if isinstance(c.kind, Reference) and c.kind.sheet not in ("houses", "locations")
)
"""Sheet, column, and the sheet referred to; 房号 has F02 and 存放位置 has I05."""

CARD = Card(
    code="R14",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("引用的编号不存在", "Record referred to does not exist"),
    message=Text("「{header}」{found} 在「{target}」表里没有", "{header} {found} is not on {target}"),
    why=Text("找不到所指的记录,这一行就失去依据。", "Without the record that it names the row rests on nothing."),
    fix=Text("核对编号;确有其事的,先在「{target}」表登记。", "Check the number; if it is right, enter it on {target} first."),
    needs=" ".join(dict.fromkeys(f"{n}?" for s, c, t in REFERENCES for n in (f"{s}.{c}", f"{t}.{BY_FIELD[t].key.field}"))),
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
        审核: 审核单号 | 档号
        S1 | YG-9-9-909-01
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """Judged where both sheets are there; the key of a row counts even where it is damaged or doubled."""
    for sheet, column, target in REFERENCES:
        if v.has(f"{sheet}.{column}") and v.has(f"{target}.{BY_FIELD[target].key.field}"):
            yield Hit(sheet, rows(v.sheet(sheet).ref(column).missing), column, _naming(target))


def _naming(target: str) -> Callable[[int], dict[str, object]]:
    return lambda r: {"target": BY_FIELD[target].title}
