"""A04: merged cells among the data."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="A04",
    severity="error",
    stage=Stage.FILE,
    repair="confirm",
    title=Text("数据区有合并单元格", "Merged cells among the data"),
    message=Text("这里合并了 {rows} 行的单元格", "cells of {rows} rows are merged here"),
    why=Text("合并后只有第一格有值，排序、筛选和追加都会错位。", "Only the first cell holds the value; sorting and filtering go wrong."),
    fix=Text("取消合并，把值填到每一行。", "Unmerge, and fill the value into every row."),
    facts=("merged",),
)
