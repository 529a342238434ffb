"""F11: one title certificate for several houses."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines.ownership import NEEDS, Ownership
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="F11",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("同一产权证号用于两套房", "One title certificate for several houses"),
    message=Text("不动产权证号 {found} 与 {houses} 相同", "title certificate {found} stands at {houses} too"),
    why=Text(
        "一本证书证明一套房；两套同号，必有一处登记有误。", "A certificate proves one house; where two have the same number, one entry is wrong."
    ),
    fix=Text("对照证书核对两套房的证号。", "Check both numbers against the certificates."),
    needs=f"{NEEDS} owners.name owners.id_no houses.house_no houses.title_no houses.use",
    wrong="""
        房屋: 房号 | 房屋用途 | 不动产权证号
        1-1-101 | 住宅 | 京（2020）朝不动产权第0012345号
        1-1-102 | 住宅 | «京(2020)朝不动产权第0012345号»
        1-1-103 | 住宅 | «京（2020）朝不动产权第0012345号»
        1-1-104 | 住宅 | «京（2020）朝不动产权第0012345号»
        1-1-105 | 车位 | 京（2020）朝不动产权第0012345号

        业主: 业主编号 | 房号 | 姓名 | 证件号码 | 业主状态
        Y1 | 1-1-101 | 张一 | G0000001 | 现业主
        Y2 | 1-1-102 | 李二 | G0000002 | 现业主
        Y3 | 1-1-104 | 李二 | | 现业主
    """,
    right="""
        房屋: 房号 | 房屋用途 | 不动产权证号
        1-1-101 | 住宅 | 京（2020）朝不动产权第0012345号
        P-001 | 车位 | 京（2020）朝不动产权第0012345号
        C-001 | 储藏室 | 京（2020）朝不动产权第0012345号
        1-1-102 | 住宅 | 京（2020）朝不动产权第0012345号
        1-1-103 | 住宅 | 办理中
        1-1-104 | 住宅 | 办理中
        1-1-105 | 住宅 | 京（2020）朝不动产权第0012346号
        1-1-106 | | 京（2020）朝不动产权第0012346号
        1-1-107 | 住宅 |
        1-1-108 | 住宅 |
        1-1-109 | 住宅 | 京（2021）朝不动产权第0012347号
        1-1-109 | 住宅 | 京（2021）朝不动产权第0012347号
        1-1-110 | 住宅 | 京（2021）朝不动产权第0012348号
        1-1-111 | 住宅 | 京（2021）朝不动产权第0012348号

        业主: 业主编号 | 房号 | 姓名 | 证件号码 | 业主状态 | 迁出日期
        Y1 | 1-1-101 | 张一 | G0000001 | 现业主 |
        Y2 | 1-1-102 | 王三 | G0000002 | 现业主 |
        Y3 | 1-1-102 | 张 一 | G0000001 | 现业主 |
        Y4 | 1-1-110 | 张一 | G0000001 | 现业主 | 2024-01-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Silent where the houses share a current owner, by name or by document, or one is 车位 or 储藏室 (judging.md §6)."""
    h, owned = v.houses, Ownership.of(v)
    house, title = h.house_no.ids, h.title_no.ids
    single = h.house_no.ok & ~h.keys.is_doubled(house) & ~owned.doubtful(house)
    mine = rows(single & h.title_no.ok & h.use.ok & ~h.use.is_("车位", "储藏室"))
    order = mine[np.argsort(title[mine], kind="stable")]
    starts = np.flatnonzero(np.diff(title[order], prepend=-2))
    size = np.diff(np.append(starts, len(order)))
    several = np.flatnonzero(size > 1)
    if not len(several):
        return
    persons = _persons(v, owned)
    told: dict[int, dict[str, object]] = {}
    for i in several:
        group = order[starts[i] : starts[i] + size[i]].tolist()
        if _is_number(h.title_no.text(group[0])):
            for row, other in _strangers(group, [persons.get(int(house[r]), set()) for r in group]):
                told[row] = {"houses": h.house_no.text(other)}
    yield Hit("houses", sorted(told), "title_no", told.__getitem__)


def _is_number(text: str) -> bool:
    """Whether it names a certificate at all (办理中 does not)."""
    from ownerbook.identifiers import title_certificate

    return bool(title_certificate.canonical(text))


def _persons(v: View, owned: Ownership) -> dict[int, set[tuple[str, int]]]:
    """The current owners of each house, by name and by document."""
    out: dict[int, set[tuple[str, int]]] = {}
    for r in rows(owned.current).tolist():
        mine = out.setdefault(int(owned.house[r]), set())
        for kind, column in (("name", v.owners.name), ("document", v.owners.id_no)):
            if column.ok[r] and column.ids[r] >= 0:
                mine.add((kind, int(column.ids[r])))
    return out


def _strangers(group: list[int], persons: list[set[tuple[str, int]]]) -> Iterator[tuple[int, int]]:
    """Rows that share no owner, not even through a third house, with one before them; and the first of those before.

    Houses are kept in circles that share owners: each person knows its circle, each circle its first row and its parent.
    """
    parent: list[int] = []
    circle_of: dict[tuple[str, int], int] = {}
    first: dict[int, int] = {}

    def top(c: int) -> int:
        while parent[c] != c:
            parent[c] = parent[parent[c]]
            c = parent[c]
        return c

    for row, mine in zip(group, persons, strict=True):
        known = sorted({top(circle_of[p]) for p in mine if p in circle_of})
        other = next((c for c in first if c not in known), None)
        if other is not None:
            yield row, first[other]
        c = known[0] if known else len(parent)
        if not known:
            parent.append(c)
            first[c] = row
        for k in known[1:]:
            parent[k] = c
            first.pop(k, None)
        for p in mine:
            circle_of[p] = c
