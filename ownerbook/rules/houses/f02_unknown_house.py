"""F02: a house number that 房屋 does not hold."""

from collections.abc import Iterator

import numpy as np

from ownerbook.identifiers.house_no import part
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.cells import Bools, Ints, Longs
from ownerbook.schema.distinct import distinct
from ownerbook.schema.words import Text

SHEETS = ("owners", "household", "files")

CARD = Card(
    code="F02",
    severity="error",
    stage=Stage.REFERENCE,
    repair="hand",
    title=Text("房号不在房屋表", "House number not on 房屋"),
    message=Text("房号 {found} 在「房屋」表里没有", "house {found} is not on 房屋"),
    why=Text("找不到房屋，这一行就不知属于哪一户。", "Without its house nobody can tell to whom the row belongs."),
    fix=Text("核对房号；确有此房的，先在「房屋」表登记。", "Check the number; if the house exists, enter it on 房屋 first."),
    needs="houses.house_no houses.building? houses.unit? houses.room? owners.house_no? household.house_no? files.house_no? policy",
    wrong=(
        """
        房屋: 房号
        1-1-101

        业主: 业主编号 | 房号
        Y1 | 1-1-101
        Y2 | «9-9-909»

        家庭成员: 成员编号 | 房号
        M1 | «98-9-101»
        M2 | 1-1-101

        档案: 档号 | 房号
        YG-1-1-101-01 | 1-1-101
        YG-1-1-102-01 | «1-1-102»
        """,
        """
        房屋: 房号
        1-1-101

        业主: 业主编号 | 房号
        Y1 | «9-9-909»
        """,
    ),
    right=(
        """
        房屋: 房号 | 楼栋 | 单元 | 室号
        1-1-101 | 1 | 1 | 101
        2-1-101 | 2 | 1 | 101
        2-1-101 | 2 | 1 | 102
        e:#REF! | 3栋 | 1 | 0101
        d:2001-02-12 | | |
        S-012 | | |
        44-1-101 | 4 | 1 | 101

        业主: 业主编号 | 房号
        Y1 | 1栋1单元101室
        Y2 | e:#REF!
        Y3 | 1203
        Y4 |
        Y5 | 2-1-101
        Y6 | 2-1-102
        Y7 | 3-1-101
        Y8 | 1-2-12
        Y9 | Ｓ－０１２
        Y10 | 4-1-101
        """,
        """
        业主: 业主编号 | 房号
        Y1 | 9-9-909
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """A spelling that resolves is F09 and never F02. A house whose own number is wrong is told at 房屋, not at each row that names it."""
    for sheet in SHEETS:
        if v.has(f"{sheet}.house_no"):
            view = v.sheet(sheet)
            missing = rows(view.ref("house_no").missing)
            if len(missing):
                numbers, inverse = np.unique(view.house_no.ids[missing], return_inverse=True)
                missing = missing[~_said_by_parts(v, numbers)[inverse]]
            yield Hit(sheet, missing, "house_no")


def _said_by_parts(v: View, numbers: Ints) -> Bools:
    """Which house numbers 楼栋, 单元 and 室号 of some house say, though its 房号 does not: R07, R08 or its damage tells that."""
    h = v.houses
    if not (v.has("houses.building") and v.has("houses.room")):
        return np.zeros(len(numbers), bool)
    mine = rows((h.building.ok | h.room.ok) & (h.building.filled & h.room.filled))
    codes: dict[str, int] = {}
    said = [_coded(v, c.ids[mine], codes) for c in (h.building, h.unit, h.room)]
    triples = np.unique((said[0] * len(codes) + said[1]) * len(codes) + said[2])
    form = v.policy.house_format
    out = np.zeros(len(numbers), bool)
    for i, n in enumerate(numbers.tolist()):
        p = form.parse(v.text_of(n))
        if p is None or p.building is None:
            continue
        for unit in (p.unit or "", ""):
            building, unit_, room = (codes.get(s, -1) for s in (p.building, unit, p.room))
            if min(building, unit_, room) >= 0:
                wanted = (building * len(codes) + unit_) * len(codes) + room
                at = int(np.searchsorted(triples, wanted))
                out[i] |= at < len(triples) and triples[at] == wanted
    return out


def _coded(v: View, ids: Ints, codes: dict[str, int]) -> Longs:
    """A number for each part as it is compared, the same for the same text in all three columns."""
    found, inverse = distinct(ids)
    return np.array([codes.setdefault(part(v.text_of(n) if n >= 0 else ""), len(codes)) for n in found.tolist()], np.int64)[inverse]
