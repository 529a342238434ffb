"""补件通知: one page for each owner whose file lacks papers, and the list of all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.notices import supplements
from ownerbook.deadlines.paper_status import paper_status
from ownerbook.register.register import Register
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.overdue_notice import addressed
from ownerbook.reports.forms.paper import ASK, CELL, CENTER, TEXT, Paper, chinese_day, form_pen
from ownerbook.reports.listing import Field, Line, Listing, Report
from ownerbook.reports.listing_book import write_listing
from ownerbook.reports.naming import Naming, a_day
from ownerbook.reports.palette import BLUE, NAVY
from ownerbook.schema.words import Text

KIND = "supplement"


@dataclass(frozen=True, slots=True)
class Request:
    """One owner. papers: (档号, what is missing) for each file; due: the last day in time of the earliest."""

    name: str
    phone: str
    house: str
    papers: tuple[tuple[str, tuple[str, ...]], ...]
    due: date | None
    late: bool
    reachable: bool
    building: str = ""
    workbook: str = ""
    company: bool = False

    def masked(self) -> Request:
        """The same without the name and the phone in full."""
        from ownerbook.identifiers import masks

        return replace(self, name=masks.name(self.name), phone=masks.phone(self.phone))

    @property
    def count(self) -> int:
        """How many papers are missing."""
        return sum(len(names) for _, names in self.papers)


def requests(register: Register, *, late: bool = False) -> list[Request]:
    """The owners to be asked. late: only those past their term."""
    book, name = Whole(register), Naming(register)
    status = paper_status(book, register.today.toordinal() - EPOCH)
    out = []
    for one in supplements(book, status, late=late):
        papers = tuple((name.key("files", f), status.missing[f]) for f in one.files)
        house = name.house("owners", one.owner)
        day = a_day(min(int(status.due[f]) for f in one.files))
        past = any(bool(status.late[f]) for f in one.files)
        phone = name.found("owners", "phone", one.owner)
        due = day if isinstance(day, date) else None
        workbook = name.workbook("owners", one.owner)
        company = bool(book.owners.kind.is_("法人")[one.owner])
        who = name.found("owners", "name", one.owner)
        out.append(Request(who, phone, house, papers, due, past, one.reachable, name.building(house), workbook, company))
    return out


def opening(r: Request) -> Text:
    """What the notice says first."""
    you = "贵单位" if r.company else "您"
    return Text(
        f"{you}在 {r.house} 的业主档案还缺下列 {r.count} 件材料。请携带原件到物业服务中心补交，复印件当场与原件核对后退还原件。",
        f"Your owner file of {r.house} lacks {r.count} papers. Please bring the originals; copies are compared and the originals given back.",
    )


def letter(r: Request, register: Register, workspace: str, how: Manner = CHINESE) -> str:
    """The notice as the text of a letter or a message."""
    r = r.masked() if how.masked else r
    lines = [how.word("业主档案补件通知"), "", addressed(r.name, company=r.company), "", how.say(opening(r)), ""]
    lines += [f"  {n}. {paper}（档号 {file}）" for n, (file, paper) in enumerate(((f, p) for f, names in r.papers for p in names), 1)]
    return "\n".join([*lines, "", workspace, chinese_day(register.today)])


def write_supplements(path: Path, register: Register, found: list[Request], workspace: str, how: Manner = CHINESE) -> None:
    """The notices as a workbook: the list, a page each. Raises PenError."""
    found = [r.masked() for r in found] if how.masked else found
    with form_pen(path, KIND, "补件通知", as_of=register.today, workspace=workspace, how=how) as pen:
        overview, letters = pen.page("补件名单", colour=NAVY), pen.page("补件通知", colour=BLUE)
        paper = Paper(letters, how=how)
        for i, r in enumerate(found):
            if i:
                paper.new_page()
            _page(paper, r, register, workspace)
        if not found:
            day = register.today.isoformat()
            paper.title("业主档案补件通知", how.brief(Text(f"截至 {day} 没有缺件", f"no paper is missing on {day}")))
        paper.finish(one_page=len(found) < 2)
        report = Report(KIND, Text("补件", "Papers"), register.today, workspace, str(register.policy.version or ""))
        write_listing(overview, _list(found), report, lang=how.lang, masked=False)


def _page(paper: Paper, r: Request, register: Register, workspace: str) -> None:
    paper.meta(workspace, paper.how.brief(Text("截至 ", "as of ")) + register.today.isoformat())
    paper.title("业主档案补件通知")
    paper.text(addressed(r.name, company=r.company))
    paper.gap(4)
    first = opening(r)
    paper.text(Text("        " + first.zh, "        " + first.en))
    paper.gap(6)
    rows = [(n, paper_name, file, "", "") for n, (file, paper_name) in enumerate(((f, p) for f, names in r.papers for p in names), 1)]
    spans = ((1, 1), (2, 5), (6, 8), (9, 10), (11, 12))
    paper.table(("序号", "材料", "档号", "收件日期", "收件人"), spans, rows, (CENTER, CELL, CENTER.but(form="@"), ASK, ASK), height=26)
    paper.gap(8)
    if r.due is not None:
        when = f"应于 {chinese_day(r.due)}（含）前补齐，现已过期。" if r.late else f"请于 {chinese_day(r.due)}（含）前补齐。"
        en = f"They were due by {r.due}." if r.late else f"They are due by {r.due}."
        paper.text(Text(f"        {when}材料不齐会影响权属核对与各项服务的办理。", f"        {en}"))
    paper.text(
        Text(
            "        个人信息只用于物业服务与档案管理，您可以查阅、复制、更正（个人信息保护法第45、46条）。",
            "        Personal data serve the service of the property and its files only; you may see, copy and correct them (PIPL 45, 46).",
        )
    )
    paper.gap(14)
    paper.text(f"{workspace}\n{chinese_day(register.today)}".strip(), TEXT.but(align="right"))
    paper.cut("回 执")
    paper.text(Text(f"补件通知（{r.house}，{r.name}）已收到。", "The request was received."))
    paper.gap(6)
    paper.fields(("预计补交日期", "", 2, 4), ("不能补交的材料及原因", "", 2, 4), height=40, ask=True)
    paper.gap(8)
    paper.signatures("签收人", "签收日期", "送达人")


def _list(found: list[Request]) -> Listing:
    fields = (
        Field("owner", Text("业主", "Owner")),
        Field("house", Text("房号", "House")),
        Field("phone", Text("联系电话", "Phone")),
        Field("file", Text("档号", "File no.")),
        Field("count", Text("缺件数", "Lacks"), "count"),
        Field("missing", Text("缺少的材料", "Missing papers"), "wrap"),
        Field("due", Text("应办日期", "Due"), "day"),
        Field("contact", Text("联系方式", "Contact"), "center"),
    )
    lines = []
    for r in found:
        names = "、".join(p for _, names in r.papers for p in names)
        files = "、".join(f for f, _ in r.papers)
        cells = (r.name, r.house, r.phone, files, r.count, names, r.due, None if r.reachable else Text("没有", "none"))
        lines.append(Line(cells, "late" if r.late else ""))
    return Listing("list", Text("补件名单", "Whom to ask"), fields, lines, ask=Text("送达情况", "Delivered"))
