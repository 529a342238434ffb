"""I06: a place that holds more files than it takes."""

from collections.abc import Iterator

import numpy as np

from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows
from ownerbook.schema.words import Text

CARD = Card(
    code="I06",
    severity="notice",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("存放超出容量", "Place over its capacity"),
    message=Text("{record} 登记了 {count} 份档案，容量是 {found}", "{record} holds {count} files, its capacity is {found}"),
    why=Text("装不下的盒子里，总有档案放在了别处。", "What does not fit in the box stands somewhere else."),
    fix=Text("分盒存放并改正存放位置，或核对容量。", "Move files to another box and correct their place, or check the capacity."),
    needs="files.file_no files.location files.status locations.location_no locations.capacity",
    wrong="""
        位置: 位置编号 | 容量
        A01-01-01-01 | «1»
        A01-01-01-02 | 1

        档案: 档号 | 存放位置 | 档案状态
        YG-1-1-101-01 | A01-01-01-01 | 在库
        YG-1-1-102-01 | A01-01-01-01 | 借出
    """,
    right="""
        位置: 位置编号 | 容量
        A01-01-01-01 | 1
        A01-01-01-02 | 0

        档案: 档号 | 存放位置 | 档案状态
        YG-1-1-101-01 | A01-01-01-01 | 在库
        YG-1-1-101-01 | A01-01-01-01 | 在库
        YG-1-1-102-01 | A01-01-01-01 | 已销毁
        YG-1-1-103-01 | A01-01-01-01 | 遗失
        YG-1-1-104-01 | A01-01-01-02 | 在库
    """,
)


def find(v: View) -> Iterator[Hit]:
    """Files that are gone take no room; one that is out keeps its place."""
    f, places = v.files, v.locations
    at = f.ref("location").row
    count = np.bincount(at[(at >= 0) & f.first & f.status.is_("待整理", "在库", "借出", "已归档")], minlength=len(places))
    over = places.capacity.ok & (count > np.nan_to_num(places.capacity.numbers, nan=np.inf))
    yield Hit("locations", rows(over), "capacity", lambda r: {"count": int(count[r])})
