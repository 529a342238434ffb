"""R26: archived before the ownership period has ended."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines import periods
from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.disposals import days
from ownerbook.rules.view import View, iso, take
from ownerbook.schema.words import Text

CARD = Card(
    code="R26",
    severity="error",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("产权周期未结束就归档", "Archived while the owner stays"),
    message=Text("档案 {file} 于 {day} 归档，而{what}", "file {file} is archived on {day}, but {what}"),
    why=Text(
        "归档是给已结束的产权周期的；业主还在，档案仍要用。", "Archiving closes a period that has ended; while the owner stays the file is in use."
    ),
    fix=Text("核对迁出日期和处置，改正错的一个。", "Check the 迁出日期 and the disposal, and correct whichever is wrong."),
    needs=days.NEEDS + " " + periods.OF_FILES,
    wrong="""
        今天 2026-10-31

        业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态
        Y1 | 1-1-101 | 2004-01-01 | | 现业主
        Y2 | 1-1-102 | 2004-01-01 | 2016-03-02 | 原业主
        Y3 | 1-1-102 | 2004-01-01 | 2016-03-05 | 原业主

        档案: 档号 | 业主编号
        YG-1-1-101-01 | Y1
        YG-1-1-102-01 | Y2
        YG-1-1-101-02 | Y1

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-101-01 | 归档 | «2016-03-01»
        Z2 | YG-1-1-102-01 | 归档 | «2016-03-04»
        Z3 | YG-1-1-101-02 | «归档» |
    """,
    right="""
        今天 2026-10-31

        业主: 业主编号 | 房号 | 迁入日期 | 迁出日期 | 业主状态
        Y1 | 1-1-101 | 2004-01-01 | | 现业主
        Y2 | 1-1-102 | 2004-01-01 | 2016-03-02 | 原业主
        Y3 | 1-1-103 | 2004-01-01 | | 原业主

        档案: 档号 | 业主编号
        YG-1-1-101-01 | Y1
        YG-1-1-102-01 | Y2
        YG-1-1-103-01 | Y3
        YG-1-1-104-01 | Y9

        处置: 处置单号 | 档号 | 处置方式 | 执行日期
        Z1 | YG-1-1-101-01 | 移交 | 2016-03-01
        Z2 | YG-1-1-102-01 | 归档 | 2016-03-02
        Z3 | YG-1-1-103-01 | 归档 | 2016-03-01
        Z4 | YG-1-1-104-01 | 归档 | 2016-03-01
        Z5 | YG-1-1-101-01 | 归档 | t:三月
    """,
)


def find(v: View) -> Iterator[Hit]:
    """The day of leaving itself is soon enough."""
    d = v.disposals
    day, file = days.judged_on(v), d.ref("file_no").row
    known = periods.ownership_periods(v)
    period = take(periods.periods_of_files(v, known), file)
    judged = d.kind.is_("归档") & d.first & (day != NO_DAY) & (period >= 0)
    judged[judged] &= known.known[period[judged]]
    end = np.full(len(d), NO_DAY, np.int32)
    end[judged] = known.ended[period[judged]]
    early = judged & ((end == NO_DAY) | (day < end))

    def values(row: int) -> dict[str, object]:
        what = Text("它的业主仍是现业主", "its owner is still 现业主")
        if end[row] != NO_DAY:
            what = Text(f"业主 {iso(end[row])} 才迁出", f"its owners left on {iso(end[row])}")
        return {"file": v.files.key_text(int(file[row])), "day": iso(day[row]), "what": what}

    yield from days.told(v, early, values)
