"""R07: 楼栋, 单元 or 室号 disagrees with 房号."""

from collections.abc import Iterator

import numpy as np

from ownerbook.identifiers.dashed import MOST_DIGITS
from ownerbook.identifiers.house_no import LONGEST_PLAIN, HouseNo, part
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.cells import Ints
from ownerbook.schema.distinct import distinct
from ownerbook.schema.words import Text

CARD = Card(
    code="R07",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="confirm",
    title=Text("楼栋、单元、室号与房号不一致", "Building, unit or room disagrees with the house number"),
    message=Text("「{header}」{found} 与房号 {house} 不一致", "{header} {found} disagrees with house {house}"),
    why=Text("同一套房写成两处，按楼栋统计或查找就会漏掉它。", "A house that stands in two places is missed when searched or counted by building."),
    fix=Text("对照合同，改正「{header}」或房号。", "Correct {header} or the house number from the contract."),
    needs="houses.house_no houses.building houses.unit houses.room policy",
    wrong="""
        房屋: 房号 | 楼栋 | 单元 | 室号
        3-2-1501 | «77» | 2 | 1501
        3-2-1502 | 3 | «1单元» | 1502
        3-2-1503 | 3栋 | 2 | «1504室»
        3-1504 | 3 | «2» | 1504
        A-1-101 | «B» | 1 | 101
    """,
    right=(
        """
        房屋: 房号 | 楼栋 | 单元 | 室号
        3-2-1501 | 3号楼 | 02 | 1501室
        3-2-1502 | 3# | 2单元 | n:1502
        3-2-1503 | 三栋 | | 01503
        3-1504 | 3幢 | | 1504
        S-012 | 商业街 | 9 | 012
        P-B1-088 | | B1 | 88
        e:#REF! | 3 | 2 | 1505
        1203 | 3 | 2 | 1203
        3-2-1506 | 3 | 2 | e:#N/A
        3-2-1507 | 3 | 2 | 1507
        3-2-1507 | 3 | 2 | 1508
        A-1-101 | a座 | 1 | 101
        5栋1单元601 | 5 | 1 | 601
        """,
        """
        房屋: 房号 | 楼栋 | 单元 | 室号
        3-1501 | 3 | 2 | 1501
        3-15-02 | 3 | | 1502

        制度: 参数 | 值
        房号格式 | 栋-室、栋-层-室
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """Each part by itself. Of a doubled number it is not known which row is wrong: R08 tells that, and nothing is told here."""
    h, form = v.houses, v.policy.house_format
    judged = h.house_no.ok & ~h.keys.is_doubled(h.house_no.ids)
    plain = form.read_plain(*h.house_no.matrix(np.arange(len(h), dtype=np.int32), LONGEST_PLAIN))
    numbers: dict[int, HouseNo | None] = {}
    written = {p for f in form.forms for p in f.parts}
    for place, field in enumerate(("building", "unit", "room")):
        if field not in written:
            continue  # the policy's numbers never say it, so nothing can disagree
        copy = getattr(h, field)
        usable = rows(judged & copy.ok)
        usable = usable[~(plain.good[usable] & (plain.values[place][usable] == _numbers(v, copy.ids[usable])))]
        wrong: dict[int, str | None] = {}
        for r, house, text in zip(usable.tolist(), h.house_no.ids[usable].tolist(), copy.ids[usable].tolist(), strict=True):
            if house not in numbers:
                numbers[house] = form.parse(v.text_of(house))
            parts = numbers[house]
            if parts is not None and parts.prefix is None and not _agrees(parts, field, v.text_of(text)):
                wrong[r] = getattr(parts, field)
        yield Hit("houses", np.array(sorted(wrong), np.int32), field, lambda r: {"house": h.house_no.text(r)}, wrong.get)


def _numbers(v: View, ids: Ints) -> Ints:
    """The whole number that each part says as it is compared, -1 for another text."""
    found, inverse = distinct(ids)
    said = [part(v.text_of(n)) for n in found.tolist()]
    values = [int(s) if s.isascii() and s.isdigit() and len(s) <= MOST_DIGITS else -1 for s in said]
    return np.array(values, np.int32)[inverse] if values else ids


def _agrees(parts: HouseNo, field: str, text: str) -> bool:
    said = part(text)
    value = getattr(parts, field)
    if field == "room" and parts.floor is not None and said == part(f"{parts.floor}{parts.room.zfill(2)}"):
        return True  # where the number names the floor apart, staff write floor and room as one
    return value is not None and said == part(value)
