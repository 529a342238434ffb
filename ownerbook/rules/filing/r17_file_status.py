"""R17: 档案状态 against what happened to the file."""

from collections.abc import Callable, Iterator

import numpy as np

from ownerbook.deadlines import standing
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.cells import Bools
from ownerbook.schema.words import Text

_BY = {"已归档": "归档", "已移交": "移交", "已销毁": "销毁"}

CARD = Card(
    code="R17",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("档案状态与借阅、处置不一致", "File status disagrees with loans and disposals"),
    message=Text("档案状态是 {found}，而{what}", "the status is {found}, but {what}"),
    why=Text(
        "档案状态说的是档案现在何处，须与借阅、处置的记录一致。", "The status says where the file is now, and must agree with loans and disposals."
    ),
    fix=Text("核对借阅和处置的记录，改正状态或补登记录。", "Check the records; correct the status or enter what is missing."),
    needs=standing.NEEDS + " files.status",
    wrong="""
        档案: 档号 | 档案状态
        YG-1-1-101-01 | «在库»
        YG-1-1-102-01 | «借出»
        YG-1-1-103-01 | «在库»
        YG-1-1-104-01 | «在库»
        YG-1-1-105-01 | «已归档»
        YG-1-1-106-01 | «借出»
        YG-1-1-107-01 | «已归档»

        借阅: 借阅单号 | 档号 | 借出日期 | 归还日期 | 归还状态
        J1 | YG-1-1-101-01 | 2026-10-26 | |
        J2 | YG-1-1-102-01 | 2026-01-05 | 2026-01-20 | 完好
        J3 | YG-1-1-103-01 | 2026-01-05 | | 遗失
        J4 | YG-1-1-106-01 | 2026-10-26 | |

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-104-01 | 归档 | 2026-01-05
        Z2 | YG-1-1-105-01 | 归档 |
        Z3 | YG-1-1-106-01 | 移交 | 2026-10-28
        Z4 | YG-1-1-107-01 | 归档 | 2020-01-05
        Z5 | YG-1-1-107-01 | 销毁 | 2026-01-05
    """,
    right=(
        """
        档案: 档号 | 档案状态
        YG-1-1-101-01 | 借出
        YG-1-1-102-01 | 在库
        YG-1-1-103-01 | 遗失
        YG-1-1-104-01 | 已归档
        YG-1-1-105-01 | 借出
        YG-1-1-106-01 | 已销毁
        YG-1-1-107-01 | 借出
        YG-1-1-108-01 | 不明
        YG-1-1-109-01 | 待整理
        YG-1-1-110-01 | 遗失
        YG-1-1-111-01 | 在库
        YG-1-1-112-01 | 在库

        借阅: 借阅单号 | 档号 | 借出日期 | 归还日期 | 归还状态
        J1 | YG-1-1-101-01 | 2026-10-26 | |
        J2 | YG-1-1-102-01 | 2026-01-05 | | 遗失
        J3 | YG-1-1-102-01 | 2026-02-05 | 2026-02-06 | 完好
        J4 | YG-1-1-103-01 | 2026-01-05 | | 遗失
        J5 | YG-1-1-105-01 | 2026-10-26 | |
        J6 | YG-1-1-999-01 | 2026-10-26 | |
        J7 | YG-1-1-108-01 | 2026-10-26 | |
        J8 | YG-1-1-111-01 | 2026-10-26 | t:月底 |
        J9 | YG-1-1-112-01 | 2026-10-28 | 2026-10-28 |
        J10 | YG-1-1-112-01 | | |

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-104-01 | 归档 | 2026-01-05
        Z2 | YG-1-1-105-01 | 归档 | 2026-01-05
        Z3 | YG-1-1-106-01 | 销毁 | 2026-01-05
        Z4 | YG-1-1-112-01 | 销毁 |
    """,
        """
        档案: 档号 | 档案状态
        YG-1-1-101-01 | 已销毁
        YG-1-1-102-01 | 已归档

        借阅: 借阅单号 | 档号 | 借出日期 | 归还日期 | 归还状态
        J1 | YG-1-1-999-01 | 2026-01-05 | 2026-01-06 | 完好

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-101-01 | 归档 | 2015-01-05
        Z2 | YG-1-1-999-01 | 销毁 | 2026-01-05
        Z3 | YG-1-1-102-01 | 归档 | 2015-01-05
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """A disposal whose 档号 names nothing may be the one that a file's status speaks of, and so may a loan."""
    f, loans, disposals = v.files, v.loans, v.disposals
    lent, last, out = standing.last_loans(v), standing.last_executed(v), standing.files_out(v)
    judged = f.status.ok & lent.sure & last.sure & f.file_no.ok & ~f.keys.is_doubled(f.file_no.ids)
    done = {status: judged & last.is_(disposals.kind.is_(kind)) for status, kind in _BY.items()}
    held = judged & ~done["已移交"] & ~done["已销毁"]
    borrowed = held & (out >= 0)
    found_since = done["已归档"] & (last.day(disposals.executed_on.days) >= lent.day(loans.lent_on.days))
    lost = held & ~borrowed & lent.is_(loans.condition.is_("遗失")) & ~found_since
    in_place = held & ~borrowed & ~lost

    def executed(row: int) -> Text:
        number, kind = disposals.key_text(int(last.row[row])), disposals.found("kind", int(last.row[row]))
        return Text(f"处置 {number} 已执行{kind}", f"disposal {number} ({kind}) has been executed")

    def lending(row: int) -> Text:
        number = loans.key_text(int(out[row]))
        return Text(f"借阅 {number} 尚未归还", f"loan {number} has not come back")

    def losing(row: int) -> Text:
        number = loans.key_text(int(lent.row[row]))
        return Text(f"借阅 {number} 记为遗失", f"loan {number} was lost")

    for status in ("已移交", "已销毁"):
        yield _hit(done[status] & ~f.status.is_(status), executed)
    yield _hit(borrowed & ~f.status.is_("借出"), lending)
    yield _hit(lost & ~f.status.is_("遗失"), losing)
    yield _hit(in_place & done["已归档"] & ~f.status.is_("已归档", "已移交", "已销毁", "遗失", "借出"), executed)
    stray = (loans.ref("file_no").row < 0) & loans.lent_on.filled & ~loans.returned_on.ok
    yield _hit(_more(in_place & f.status.is_("借出"), stray), lambda row: Text("没有未还的借阅", "no loan of it is out"))
    for status, kind in _BY.items():
        stray = (disposals.ref("file_no").row < 0) & disposals.executed_on.filled & disposals.kind.is_(kind)
        idle = _more(in_place & f.status.is_(status) & ~done[status], stray)
        yield _hit(idle & done["已归档"], executed)
        yield _hit(idle & ~done["已归档"], _never(kind))


def _never(kind: str) -> Callable[[int], Text]:
    return lambda row: Text(f"没有已执行的{kind}", f"no 处置 ({kind}) of it has been executed")


def _hit(mask: Bools, what: Callable[[int], Text]) -> Hit:
    return Hit("files", rows(mask), "status", lambda row: {"what": what(row)})


def _more(mask: Bools, stray: Bools) -> Bools:
    """The files, unless as many records elsewhere have lost theirs."""
    return mask if mask.sum() > stray.sum() else np.zeros_like(mask)
