"""保管期限: which files fall due when, blocked by what, under appraisal, approved, ready to be archived, as lists."""

from __future__ import annotations

from collections.abc import Iterable

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import FOREVER, Whole, positions
from ownerbook.deadlines.past_purpose import outlived
from ownerbook.deadlines.retention_status import RetentionStatus, open_disposals, retention_status
from ownerbook.register.register import Register
from ownerbook.register.understood import NO_DAY
from ownerbook.reports.listing import Cell, Field, Figure, Line, Listing, Report, Tone
from ownerbook.reports.naming import Naming, a_day
from ownerbook.schema.words import Text

_FILE = (
    Field("file_no", Text("档号", "File no.")),
    Field("house_no", Text("房号", "House")),
    Field("location", Text("存放位置", "Place")),
    Field("status", Text("档案状态", "Status"), "center"),
    Field("retention", Text("保管期限", "Retention"), "center"),
    Field("left_on", Text("业主迁出", "Owner left"), "day"),
    Field("ends_on", Text("期满日期", "Ends"), "day"),
)
_BLOCKED = Field("blocked", Text("不能处置的原因", "Blocked by"), "wrap")


def blocks(status: RetentionStatus, name: Naming, row: int) -> Text | None:
    """What stands against disposing of a file now."""
    out: list[Text] = []
    if status.lent[row]:
        out.append(Text("借出未还", "on loan"))
    if status.rectifying[row]:
        out.append(Text("整改未结", "open rectification"))
    if status.held[row]:
        until = name.found("files", "hold_until", row)
        out.append(Text(f"暂缓处置至 {until}", f"on hold until {until}"))
    if status.lost[row]:
        out.append(Text("遗失", "lost"))
    return Text("、".join(t.zh for t in out), ", ".join(t.en for t in out)) if out else None


def tell_retention(register: Register, *, workspace: str = "", within: int = 90) -> Report:
    """Where the files stand towards their end on the register's day. within: days ahead that count as soon."""
    today = register.today.toordinal() - EPOCH
    out = Report("retention", Text("保管期限与处置", "Retention and disposal"), register.today, workspace, str(register.policy.version or ""))
    if not {"files", "owners"} <= register.tables.keys():
        out.notes.append(Text("没有「档案」或「业主」表", "there is no sheet 档案 or 业主"))
        return out
    book, name = Whole(register), Naming(register)
    s = retention_status(book, today, within)
    free = s.over & s.unappraised
    out.listings = [
        _files(s, name, today, "due", Text("期满待鉴定", "Over, to be appraised"), s.by_day(free & ~s.blocked)),
        _files(s, name, today, "blocked", Text("期满但不能处置", "Over, but blocked"), s.by_day(s.over & s.blocked)),
        _files(s, name, today, "soon", Text("即将期满", "Ends soon"), s.by_day(s.soon)),
        _under_way(book, s, name, today),
        _files(s, name, today, "closable", Text("可以归档", "To be archived"), positions(s.closable & ~s.blocked)),
    ]
    out["closable"].note = Text("产权周期已结束而档案仍在用，归档后保留原位直到期满", "the ownership period has ended and the file is still in use")
    out["due"].note = Text("已过保管期限，没有鉴定：开列鉴定清单", "past its retention and not appraised: draw up the appraisal list")
    out["blocked"].note = Text("了结原因一栏的事项之后再处置", "settle what is named, then dispose of it")
    out.figures = [
        Figure("due", Text("期满待鉴定", "to appraise"), "due", bad=True),
        Figure("blocked", Text("期满受阻", "blocked"), "blocked"),
        Figure("soon", Text(f"{within} 天内期满", f"end within {within} days"), "soon"),
        Figure("under_way", Text("处置办理中", "under way"), "under_way"),
        Figure("closable", Text("可以归档", "to archive"), "closable"),
        Figure("for_good", Text("永久或未起算", "for good or running"), value=int((s.ours & (s.ends == FOREVER)).sum())),
    ]
    past = {one.row for one in outlived(book, today) if one.sheet == "owners"}
    if past:
        zh = f"{len(past)} 位原业主的资料已过目的，可以封存：ownerbook seal"
        out.notes.append(Text(zh, f"particulars of {len(past)} former owners have outlived their purpose: ownerbook seal"))
    unknown = int((s.ours & (s.ends == NO_DAY)).sum())
    if unknown:
        out.notes.append(Text(f"{unknown} 份档案的期满日期算不出来（业主或保管期限读不出）", f"the end of {unknown} files cannot be told"))
    return out


def _files(s: RetentionStatus, name: Naming, today: int, key: str, title: Text, rows: Iterable[int]) -> Listing:
    out = Listing(key, title, (*_FILE, Field("days", Text("已过天数", "Days past"), "count"), _BLOCKED))
    for r in map(int, rows):
        house, ends = name.house("files", r), int(s.ends[r])
        past = None if ends in (NO_DAY, FOREVER) or ends >= today else today - ends
        tone: Tone = "late" if key == "due" else "today" if ends == today else ""
        cells: tuple[Cell, ...] = (
            name.key("files", r),
            house,
            *(name.found("files", f, r) for f in ("location", "status", "retention")),
            a_day(int(s.left[r])),
            a_day(ends),
            past,
            blocks(s, name, r),
        )
        out.lines.append(Line(cells, tone, name.building(house), house, (), name.workbook("files", r)))
    return out


def _under_way(book: Whole, s: RetentionStatus, name: Naming, today: int) -> Listing:
    out = Listing(
        "under_way",
        Text("办理中的处置", "Disposals under way"),
        (
            Field("disposal_no", Text("处置单号", "Disposal no.")),
            Field("kind", Text("处置方式", "Kind"), "center"),
            Field("file_no", Text("档号", "File no.")),
            Field("house_no", Text("房号", "House")),
            Field("appraised_by", Text("鉴定人", "Appraised by")),
            Field("appraised_on", Text("鉴定日期", "Appraised"), "day"),
            Field("approved_by", Text("批准人", "Approved by")),
            Field("approved_on", Text("批准日期", "Approved"), "day"),
            Field("stage", Text("进度", "Stage"), "center"),
            _BLOCKED,
        ),
        note=Text("批准人不得是鉴定人；销毁须两人监销", "approved by another person; two witnesses for a destruction"),
    )
    open_ = open_disposals(book)
    if not len(open_.rows):
        return out
    d = book.disposals
    file, destroys = d.ref("file_no").row, d.kind.is_("销毁")
    for r, approved in zip(map(int, open_.rows), open_.approved, strict=True):
        at, house = int(file[r]), name.house("files", int(file[r]))
        against = blocks(s, name, at)
        if destroys[r] and s.ends[at] != NO_DAY and s.ends[at] >= today:
            why = Text("永久保管", "kept for good") if s.ends[at] == FOREVER else Text("保管期限未满", "retention has not ended")
            against = why if against is None else Text(f"{against.zh}、{why.zh}", f"{against.en}, {why.en}")
        cells = (
            name.key("disposals", r),
            name.found("disposals", "kind", r),
            name.found("disposals", "file_no", r),
            house,
            name.written_staff("disposals", "appraised_by", r),
            name.day("disposals", "appraised_on", r),
            name.written_staff("disposals", "approved_by", r),
            name.day("disposals", "approved_on", r),
            Text("待执行", "to carry out") if approved else Text("待批准", "to approve"),
            against,
        )
        people = tuple(t for t in (name.found("disposals", "appraised_by", r), name.found("disposals", "approved_by", r)) if t)
        out.lines.append(Line(cells, "late" if against else "", name.building(house), house, people, name.workbook("disposals", r)))
    return out
