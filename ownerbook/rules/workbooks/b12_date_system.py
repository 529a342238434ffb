"""B12: workbook counts dates from 1904."""

from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="B12",
    severity="warning",
    stage=Stage.FILE,
    repair="auto",
    title=Text("工作簿用 1904 日期系统", "Workbook counts dates from 1904"),
    message=Text("工作簿用的是 1904 日期系统，日期已按它换算", "the workbook counts its dates from 1904; they were read accordingly"),
    why=Text("复制到别的工作簿时，日期会差 1462 天。", "Copied into another workbook, dates shift by 1,462 days."),
    fix=Text("在 Excel 选项中取消「使用 1904 日期系统」，并核对日期。", "Switch the 1904 date system off in Excel's options, and check the dates."),
    facts=("date1904",),
)
