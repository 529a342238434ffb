"""业主登记回执: what an owner takes home after a registration or a change of ownership. People on it are shown in part, for it may be read by
anybody on the way; papers that came, papers that are owed and until when, who received them, where to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ownerbook.reports.forms.manner import Manner
from ownerbook.reports.forms.paper import CELL, CENTER, DAY, TEXT, Paper, chinese_day, form_pen
from ownerbook.schema.words import Text

KIND, TITLE = "registration-receipt", "业主登记回执"
MASKED = Manner(masked=True)


@dataclass(frozen=True, slots=True)
class Received:
    """A paper that came, as 材料 holds it. pages: as written."""

    doc_no: str
    kind: str
    form: str
    pages: str
    received_on: date | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One registration. owners: masked names with their 业主编号; matter: 业主登记 or 产权变更（买卖）; due: until when what is owed must come;
    clerk: who received; asks: where to ask, '' where the settings do not say."""

    house: str
    matter: str
    owners: tuple[str, ...]
    file_no: str
    registered_on: date | None
    received: tuple[Received, ...]
    owed: tuple[str, ...]
    due: date | None
    clerk: str
    asks: str = ""


def write_receipts(path: Path, found: Sequence[Receipt], workspace: str, *, as_of: date, how: Manner = MASKED) -> int:
    """A page for each; of none a page that says so. Gives how many. Raises PenError."""
    with form_pen(path, KIND, TITLE, as_of=as_of, workspace=workspace, how=how) as pen:
        for r in found:
            _page(Paper(pen.page(f"回执 {r.house}"), how=how), r, workspace, as_of)
        if not found:
            _none(Paper(pen.page("回执"), how=how), workspace, as_of)
    return len(found)


def _none(paper: Paper, workspace: str, as_of: date) -> None:
    paper.meta(workspace, as_of.isoformat())
    paper.title(TITLE)
    paper.fields(("房号", paper.how.word("没有"), 2, 4), ("事项", "", 2, 4))
    paper.fields(("业主", "", 2, 4), ("档号", "", 2, 4))
    paper.fields(("登记日期", as_of.isoformat(), 2, 4), ("收件人", "", 2, 4))
    paper.finish()


def _page(paper: Paper, r: Receipt, workspace: str, as_of: date) -> None:
    paper.meta(workspace, as_of.isoformat())
    paper.title(TITLE, "请妥为保存；查阅、补交材料时带来")
    paper.fields(("房号", r.house, 2, 4), ("事项", r.matter, 2, 4))
    paper.fields(("业主", "、".join(r.owners), 2, 10))
    paper.fields(("档号", r.file_no, 2, 4), ("登记日期", r.registered_on.isoformat() if r.registered_on else "", 2, 4))
    paper.gap(8)
    paper.text(f"已收到下列 {len(r.received)} 件材料：" if r.received else "没有随表交来材料。")
    if r.received:
        spans = ((1, 1), (2, 5), (6, 7), (8, 8), (9, 10), (11, 12))
        rows = [(n, p.kind, p.form, p.pages, p.received_on, p.doc_no) for n, p in enumerate(r.received, 1)]
        looks = (CENTER, CELL, CENTER, CENTER, DAY, CENTER.but(form="@"))
        paper.table(("序号", "材料类型", "形式", "页数", "收件日期", "材料编号"), spans, rows, looks, height=24)
    paper.gap(8)
    if r.owed:
        until = f"请于 {chinese_day(r.due)}（含）前补交" if r.due else "请尽快补交"
        paper.text(f"还缺下列 {len(r.owed)} 件，{until}；复印件当场与原件核对后退还原件：")
        paper.table(("序号", "材料"), ((1, 1), (2, 12)), list(enumerate(r.owed, 1)), (CENTER, CELL), height=24)
    else:
        paper.text("材料已齐，档案已建。")
    paper.gap(8)
    paper.fields(("收件人", r.clerk, 2, 4), ("查询", r.asks or "物业服务中心", 2, 4))
    paper.gap(6)
    paper.text(
        Text(
            "姓名、电话、地址等有变化，请填信息变更登记表。个人信息只用于物业服务与档案管理，您可以查阅、复制、更正（个人信息保护法第45、46条）。",
            "",
        ),
        TEXT.but(size=9.5),
    )
    paper.signatures("收件人签名", "业主签收", "日期", height=40)
    paper.finish()
