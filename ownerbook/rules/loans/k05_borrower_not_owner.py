"""K05: who borrowed as 业主 did not own the house on the day of application."""

from collections.abc import Iterator

import numpy as np

from ownerbook.register.understood import NO_DAY, Understood
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, iso, rows, take, taken
from ownerbook.schema.cells import Bools, Ints, Longs
from ownerbook.schema.words import Text

CARD = Card(
    code="K05",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("借阅人不是该房业主", "Borrower did not own the house"),
    message=Text("借阅人 {found} 在 {day} 不是 {house} 的业主", "borrower {found} was not an owner of {house} on {day}"),
    why=Text("业主档案只借给业主本人或其书面委托的人。", "An owner's file is lent only to the owner, or to whom they authorised in writing."),
    fix=Text("核对借阅人身份；受托人须附授权材料。", "Check who borrowed; somebody else needs the owner's authority."),
    needs="loans.file_no loans.borrower loans.borrower_kind loans.applied_on files.file_no files.house_no houses.house_no?"
    " owners.house_no owners.name owners.owned_from owners.owned_to",
    wrong="""
        业主: 业主编号 | 房号 | 姓名 | 迁入日期 | 迁出日期
        Y1 | 1-1-101 | 王芳 | 2018-03-01 | 2024-03-01
        Y2 | 1-1-101 | 李雷 | 2024-03-01 |
        Y3 | 1-1-102 | 韩梅 | 2018-03-01 |

        档案: 档号 | 房号
        A1 | 1-1-101

        借阅: 借阅单号 | 档号 | 借阅人 | 借阅人身份 | 申请日期
        J1 | A1 | «韩梅» | 业主 | 2024-03-01
        J2 | A1 | «王芳» | 业主 | 2024-03-02
        J3 | A1 | «李雷» | 业主 | 2024-02-29
    """,
    right="""
        房屋: 房号
        1-1-101
        1-1-102
        1-1-103
        1-1-104
        1-1-105

        业主: 业主编号 | 房号 | 姓名 | 迁入日期 | 迁出日期
        Y1 | 1-1-101 | 王芳 | 2018-03-01 | 2024-03-01
        Y2 | 1-1-101 | 李雷 | 2024-03-01 |
        Y3 | 1-1-102 | ？？ | 2018-03-01 |
        Y4 | 1-1-103 | 韩梅 | 2018年 |
        Y5 | 1-1-104 | 林涛 | 2018-03-01 | 不详
        Y6 | 不详 | 周文 | 2018-03-01 |
        Y7 | 9-9-909 | 林静 | 2018-03-01 |
        Y8 | 1-1-105 | 陈红(租客) | 2018-03-01 |

        档案: 档号 | 房号
        A1 | 1栋1单元101
        A2 | 1-1-102
        A3 | 1-1-103
        A4 | 1-1-104
        A5 | 1-1-105
        A6 | 1-1-101
        A6 | 1-1-102

        借阅: 借阅单号 | 档号 | 借阅人 | 借阅人身份 | 申请日期
        J1 | A1 | 王芳 | 业主 | 2024-03-01
        J2 | A1 | 李雷 | 业主 | 2024-03-01
        J3 | A1 | 韩梅 | 受托人 | 2024-03-01
        J4 | A2 | 韩梅 | 业主 | 2024-03-01
        J5 | A3 | 韩梅 | 业主 | 2024-03-01
        J6 | A4 | 林涛 | 业主 | 2024-03-01
        J7 | A5 | 周文 | 业主 | 2024-03-01
        J8 | A6 | 周文 | 业主 | 2024-03-01
        J9 | A7 | 周文 | 业主 | 2024-03-01
        JD | A5 | 陈红 | 业主 | 2024-03-01
        JC | A5 | 林静 | 业主 | 2024-03-01
        JA | A1 | 韩梅 | 业主 | 2024年
        JB | A1 | 待补 | 业主 | 2024-03-01
        JE | A1 | 王芳 | 业主 | 2024-03-01
        JE | A1 | 韩梅 | 业主 | 2024-03-01
        JF | A1 | 李雷(代) | 业主 | 2024-03-01
    """,
)


def find(v: View) -> Iterator[Hit]:
    """By normalised name among the owners of the file's house with 迁入 ≤ 申请 ≤ 迁出 (judging.md §5).

    Silent where a name is remarked upon, or an owner of that name has a house that cannot be read or found.
    """
    c, o = v.loans, v.owners
    at = c.ref("file_no").row
    house = np.where(taken(v.files.house_no.ok, at), take(v.files.house_no.ids, at), -1)
    mine = rows(c.first & c.borrower_kind.is_("业主") & c.borrower.ok & ~_remarked(c.borrower) & c.applied_on.ok & (house >= 0))
    if not len(mine):
        return
    unclear = o.house_no.ok & (~o.name.ok | _remarked(o.name))
    stray = o.name.ok & ~o.house_no.ok
    if v.has("houses.house_no"):
        stray |= o.name.ok & o.ref("house_no").missing
    mine = mine[~np.isin(house[mine], o.house_no.ids[unclear]) & ~np.isin(c.borrower.ids[mine], o.name.ids[stray])]
    owning = _owned(v, _pair(house[mine], c.borrower.ids[mine]), c.applied_on.days[mine])
    yield Hit("loans", mine[~owning], "borrower", lambda r: {"day": iso(c.applied_on.days[r]), "house": v.text_of(int(house[r]))})


def _remarked(name: Understood) -> Bools:
    out = np.zeros(len(name.state), bool)
    for remark in name.remarks:
        out[remark.rows] = True
    return out


def _pair(house: Ints, name: Ints) -> Longs:
    return house.astype(np.int64) << 32 | name


def _owned(v: View, wanted: Longs, day: Ints) -> Bools:
    """Whether an owner of that house and name owned it on that day; days that cannot be read leave it open."""
    o = v.owners
    known = rows(o.house_no.ok & o.name.ok)
    keys = _pair(o.house_no.ids[known], o.name.ids[known])
    order = np.argsort(keys, kind="stable")
    keys, known = keys[order], known[order]
    first = np.where(o.owned_from.ok, o.owned_from.days, NO_DAY)[known]
    last = np.where(o.owned_to.ok, o.owned_to.days, np.iinfo(np.int32).max)[known]
    start, end = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
    out = np.zeros(len(wanted), bool)
    for step in range(int((end - start).max(initial=0))):  # as often as one owner has rows of one house: once or twice
        n = np.flatnonzero(start + step < end)
        at = start[n] + step
        out[n] |= (first[at] <= day[n]) & (day[n] <= last[at])
    return out
