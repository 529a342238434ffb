"""Figures as tables: month by month (the charts' data), and what each means, of what, with where the workbook comes from."""

from __future__ import annotations

from collections.abc import Mapping

from ownerbook.deadlines.rates import RATES
from ownerbook.reports.many_rows import Value
from ownerbook.reports.monthly.content import Col, Known, MonthBook, Part
from ownerbook.reports.monthly.service import safe
from ownerbook.schema.words import Text

COUNTS: dict[str, tuple[Text, Text]] = {
    "opening": (Text("期初在管档案", "Files at the start"), Text("上月末由我方保管的档案", "files in our hands when the month before ended")),
    "opened": (Text("新建档案", "Opened"), Text("建档日期在本月", "opened this month")),
    "gone": (Text("移交与销毁", "Gone"), Text("本月执行移交或销毁", "handed over or destroyed this month")),
    "adjusted": (
        Text("补登调整", "Entered late"),
        Text(
            "上月记录的期末与本月按登记簿重算的期初之差", "what the register now says of the start, less what was recorded as the end of last month"
        ),
    ),
    "closing": (Text("期末在管档案", "Files at the end"), Text("期初 + 新建 − 移交与销毁 + 补登调整", "start + opened − gone + entered late")),
    "papers": (Text("在册材料", "Papers"), Text("「材料」中已收到的件数", "papers received, on 材料")),
    "papers_in": (Text("本月收件", "Papers in"), Text("收件日期在本月", "received this month")),
    "changes_asked": (Text("变更申请", "Changes applied for"), Text("申请日期在本月", "applied for this month")),
    "changes_done": (Text("变更办结", "Changes done"), Text("更新日期在本月", "carried out this month")),
    "changes_late": (Text("其中超期", "of them late"), Text("办结时已过变更办理期限", "carried out after their term")),
    "changes_open": (Text("变更未办", "Changes open"), Text("待审，或同意而未更新", "to be decided, or agreed and not carried out")),
    "lent": (Text("借出", "Lent"), Text("借出日期在本月", "lent this month")),
    "returned": (Text("归还", "Returned"), Text("归还日期在本月", "returned this month")),
    "renewed": (Text("续借中", "Renewed"), Text("本月在借过、续借过的", "out in this month and renewed")),
    "refused": (Text("不同意", "Refused"), Text("本月审核为不同意的申请", "applications refused this month")),
    "out": (Text("在借", "On loan"), Text("截止日在借", "out on the day of the data")),
    "overdue": (Text("逾期未还", "Overdue"), Text("截止日逾期未还", "overdue on the day of the data")),
    "audited": (Text("审核", "Audits"), Text("审核日期在本月", "audited this month")),
    "failed": (Text("不合格", "Failed"), Text("本月审核不合格", "failed this month")),
    "rectified": (Text("整改完成", "Rectified"), Text("整改完成日期在本月", "rectified this month")),
    "rectifying": (Text("未结整改", "Open rectifications"), Text("不合格而没有复核日期", "failed and not verified")),
    "archived": (Text("归档", "Archived"), Text("本月执行归档", "archived this month")),
    "destroyed": (Text("销毁", "Destroyed"), Text("本月执行销毁", "destroyed this month")),
    "handed_over": (Text("移交", "Handed over"), Text("本月执行移交", "handed over this month")),
    "error": (Text("错误", "Errors"), Text("截止日的错误，不含已豁免", "errors on the day of the data, waived ones left out")),
    "warning": (Text("警告", "Warnings"), Text("截止日的警告", "warnings on the day of the data")),
    "notice": (Text("提示", "Notices"), Text("截止日的提示", "notices on the day of the data")),
    "new": (Text("本月新出现", "New problems"), Text("上月末没有的问题", "problems that the end of last month did not have")),
    "fixed": (Text("本月解决", "Fixed problems"), Text("上月末有、现已没有的问题", "problems of the end of last month that are gone")),
    "waived": (Text("已豁免", "Waived"), Text("有批准的豁免，不计入其他各数", "excused by an approved waiver, counted nowhere else")),
    "verifying": (Text("待核实", "To be verified"), Text("截止日答为待核实而仍未解决的问题", "problems answered so and not yet solved on that day")),
    "sessions": (Text("培训场次", "Trainings"), Text("培训日期在本月", "held this month")),
    "trained": (Text("参训人数", "People trained"), Text("本月参加过培训的在册人员", "staff who attended one this month")),
    "requests_open": (Text("权利请求未答复", "Requests open"), Text("没有答复日期的权利请求", "requests without an answer")),
    "incidents": (Text("信息安全事件", "Incidents"), Text("发现日期在本月", "found this month")),
    "incidents_open": (Text("事件未结案", "Incidents open"), Text("没有结案日期的事件", "incidents that are not closed")),
    "complaints": (Text("投诉件数", "Complaints"), Text("「满意度」中本月的投诉件数", "complaints of the month, on 满意度")),
}
"""Counts that the workbook tells: words and definition."""
TREND = ("closing", "error", "warning", "notice", "new", "fixed", "out", "overdue", "audited", "rectifying", "changes_done", "changes_open")


def trend(book: MonthBook) -> Part:
    """Twelve months, the oldest first. A month that was not recorded is a row of blanks that says so: never 0."""
    columns = [Col("month", Text("月份", "Month"), "center", 11), *(Col(k, COUNTS[k][0], "count", 11) for k in TREND)]
    about = Text("封面走势图的数据；空白：那个月没有记录", "the data of the cover's chart; blank: the month was not recorded")
    out = Part("trend", Text("逐月数据", "Months"), about, columns)
    for name, known in recorded(book):
        values: list[Value] = [known.counts.get(k) if known else None for k in TREND]
        out.rows.append((name, *values))
        out.tints.append("" if known else "waived")
    return out


def trend_rates(book: MonthBook) -> Part:
    """Twelve months of rates."""
    columns = [Col("month", Text("月份", "Month"), "center", 11), *(Col(k, words, "rate", 9.5) for k, (words, *_) in RATES.items())]
    about = Text("空白：那个月没有记录，或无可计数", "blank: the month was not recorded, or nothing was counted")
    out = Part("trend_rates", Text("逐月指标", "Rates by month"), about, columns)
    for name, known in recorded(book):
        out.rows.append((name, *(known.value(k) if known else None for k in RATES)))
        out.tints.append("" if known else "waived")
    return out


def recorded(book: MonthBook) -> list[tuple[str, Known | None]]:
    """The twelve months that end with the workbook's own, each as it was recorded, None where it was not."""
    return [(m.name, here(book) if m.name == book.month.name else book.known.get(m.name)) for m in book.month.twelve()]


def here(book: MonthBook) -> Known:
    """The numbers of the workbook's own month."""
    return Known(book.counts, {k: (r.part, r.whole) for k, r in book.rates.items()})


def kinds(book: MonthBook) -> Part:
    """Problems by kind."""
    columns = [
        Col("kind", Text("类别", "Kind"), "text", 26),
        Col("error", Text("错误", "Errors"), "count", 10),
        Col("warning", Text("警告", "Warnings"), "count", 10),
        Col("notice", Text("提示", "Notices"), "count", 10),
    ]
    out = Part("kinds", Text("问题类别", "Kinds"), Text("", ""), columns)
    out.rows = [(book.say(words), e, w, n) for words, e, w, n in book.kinds]
    out.tints = [""] * len(out.rows)
    return out


def definitions(book: MonthBook) -> Part:
    """Every figure with its value, of what it is, and what it means."""
    columns = [
        Col("figure", Text("指标", "Figure"), "text", 20),
        Col("value", Text("本月", "This month"), "center", 12),
        Col("of", Text("分子 / 分母", "Of"), "center", 18),
        Col("before", Text("上月", "Last month"), "center", 12),
        Col("about", Text("怎样算", "How it is reckoned"), "wrap", 88),
    ]
    about = Text("分母为 0 或没有数据时写 —，不写 100%", "— where there is nothing to count, never 100 %")
    out = Part("definitions", Text("指标说明", "Definitions"), about, columns)
    last = book.last
    for key, rate in book.rates.items():
        of = f"{rate.part:,} / {rate.whole:,}" if rate.part is not None and rate.whole is not None else "—"
        before = last.value(key) if last else None
        out.rows.append((book.say(rate.words), percent(rate.value), of, percent(before), book.say(rate.about)))
    mean = "—" if book.mean_overdue is None else f"{book.mean_overdue:.1f}"
    out.rows.append(
        (
            book.say(Text("平均逾期天数", "Mean days overdue")),
            mean,
            "",
            "",
            book.say(Text("逾期未还的借阅逾期天数的平均", "of the loans that are overdue")),
        )
    )
    found = Text(
        "本工作簿写完后逐格扫描，发现身份证号或电话号码即不出报告", "the finished workbook is scanned; with any ID or phone in it there is no report"
    )
    out.rows.append((book.say(Text("脱敏违规数", "Breaches of masking")), "0", "", "", book.say(found)))
    for key, (words, meaning) in COUNTS.items():
        if key not in book.counts:  # of a month that was recorded before this was counted
            continue
        current, past = number(book.counts, key), number(last.counts, key) if last else "—"
        if key == "complaints":  # a sum about people: policy 统计最小单元
            current, past = safe(book.counts[key], book.small_cell), safe(last.counts.get(key), book.small_cell) if last else "—"
        out.rows.append((book.say(words), current, "", past, book.say(meaning)))
    out.tints = [""] * len(out.rows)
    return out


def percent(value: float | None) -> str:
    """A rate as text; — for none. What is not all is never rounded up to 100 %."""
    if value is None:
        return "—"
    text = f"{value:.1%}"
    return "99.9%" if text == "100.0%" and value < 1 else "0.1%" if text == "0.0%" and value > 0 else text


def number(counts: Mapping[str, int | None], key: str) -> str:
    """A count as text; — for none."""
    n = counts.get(key)
    return "—" if n is None else f"{n:,}"
