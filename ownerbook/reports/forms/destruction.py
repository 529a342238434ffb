"""销毁清册: approved destructions, the scans to delete with them, and what is held back. The software destroys nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ownerbook.deadlines.columns import positions
from ownerbook.deadlines.disposal_lists import planned
from ownerbook.deadlines.scans import Disk
from ownerbook.register.register import Register
from ownerbook.reports.forms.listed import HEAD, NO, TEXT, Column, Files, Signing, why_not, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, CENTER, DAY, Value, form_pen
from ownerbook.reports.palette import ERROR, WARNING
from ownerbook.reports.pen import Pen
from ownerbook.schema.words import Text

KIND = "destruction"


def write_destruction(
    path: Path, register: Register, disk: Disk | None, workspace: str, *, executed: bool = False, building: str = "", how: Manner = CHINESE
) -> tuple[int, int]:
    """The destruction register: approved destructions to be carried out (executed: those carried out). Gives how many, and how many are held back.

    A second sheet lists the scans to delete by hand, a third what may not be destroyed yet and why. Raises PenError.
    """
    files = Files(register, how)
    plan, name = planned(files.book, "销毁", files.today, executed=executed), files.name
    mine = [x for x in zip(map(int, plan.rows), map(int, plan.files), plan.ready, strict=True) if files.within(x[1], building)]
    good = [(r, f) for r, f, ready in mine if ready or executed]
    held = [(r, f) for r, f, ready in mine if not ready and not executed]
    columns = (
        NO,
        *HEAD,
        Column("存放位置", 14, TEXT),
        Column("销毁依据", 20),
        Column("销毁原因", 20),
        Column("鉴定人", 10),
        Column("批准人", 10),
        Column("批准日期", 11.5, DAY),
        Column("已销毁", 8, ASK),
    )
    with form_pen(path, KIND, "档案销毁清册", as_of=register.today, workspace=workspace, how=how) as pen:
        rows = []
        for n, (r, f) in enumerate(good, 1):
            approved = name.day("disposals", "approved_on", r)
            texts = tuple(name.found("disposals", c, r) for c in ("basis", "reason", "appraised_by", "approved_by"))
            day = approved if isinstance(approved, date) else None
            rows.append((n, *files.head(f), name.found("files", "location", f), *texts, day, None))
        papers, pages = sum(int(files.held.papers[f]) for _, f in good), sum(int(files.held.pages[f]) for _, f in good)
        sentence = Text(
            f"本清册共 {len(good)} 份 {papers} 件 {pages} 页。监销人二人以上到场，逐份核对后监督销毁，销毁完毕在「已销毁」栏注明并签字；"
            "本清册永久保存。销毁后在「处置」登记执行日期与监销人，档案状态改为「已销毁」，存根行保留，位置腾空。",
            f"{len(good)} files, {papers} papers, {pages} pages. Two witnesses or more compare each file, watch its destruction, mark it and sign. "
            "This register is kept for good. The row of the file stays as a stub, its place is freed.",
        )
        about = f"{workspace}    {register.today.isoformat()}    " + how.brief(Text(f"{len(good)} 份", f"{len(good)} files"))
        hint = Text("只列已批准、期限已满、没有未结事项的档案", "only what is approved, kept long enough, and not blocked")
        sign = Signing(sentence, ("鉴定人", "批准人", "监销人一", "监销人二", "销毁日期"))
        write_list(pen.page("销毁清册", colour=ERROR), "档案销毁清册", about, hint, columns, rows, sign, ("已销毁",), how)
        _scans(pen, files, [f for _, f in good], disk, about)
        if held:
            _held_back(pen, files, held, about)
    return len(good), len(held)


def _scans(pen: Pen, files: Files, chosen: Sequence[int], disk: Disk | None, about: str) -> None:
    columns = (
        NO,
        Column("档号", 19, TEXT),
        Column("材料编号", 16, TEXT),
        Column("材料类型", 18),
        Column("电子件", 44),
        Column("在工作区", 10, CENTER),
        Column("已删除", 10, ASK),
    )
    wanted, d, name = set(chosen), files.book.documents if files.book.has("documents") else None, files.name
    rows: list[tuple[Value, ...]] = []
    if d is not None:
        at = d.ref("file_no").row
        for r in map(int, positions(d.scan.ok)):
            if int(at[r]) in wanted:
                there = "" if disk is None else files.how.brief(Text("在", "there") if disk.exists(d.scan.text(r)) else Text("没有", "no"))
                texts = (name.key("files", int(at[r])), name.key("documents", r), name.found("documents", "doc_type", r), d.scan.text(r))
                rows.append((len(rows) + 1, *texts, there, None))
    sentence = Text(
        "随档案一并销毁的电子件，由指定的人逐个删除（备份中的一并处理）并签字；软件不删除任何文件。",
        "These scans are deleted one by one by the person named, in backups too, and signed for; the software deletes no file.",
    )
    sign, page = Signing(sentence, ("删除人", "监督人", "日期")), pen.page("待删电子件", colour=WARNING)
    write_list(page, "待删除的电子件", about, Text("", ""), columns, rows, sign, ("已删除",), files.how)


def _held_back(pen: Pen, files: Files, held: Sequence[tuple[int, int]], about: str) -> None:
    columns = (
        NO,
        Column("处置单号", 14, TEXT),
        Column("档号", 19, TEXT),
        Column("题名", 24),
        Column("期满日期", 11.5, DAY),
        Column("暂不能销毁的原因", 44),
    )
    rows = []
    for n, (r, f) in enumerate(held, 1):
        why = [why_not(files, f)] if files.status.blocked[f] else []
        if not files.status.over[f]:
            why.append(files.how.brief(Text("保管期限未满", "retention not over")))
        if not files.book.disposals.approved_on.ok[r]:
            why.append(files.how.brief(Text("没有批准", "not approved")))
        rows.append(
            (n, files.name.key("disposals", r), files.name.key("files", f), files.name.found("files", "title", f), files.ends(f), "、".join(why))
        )
    sign = Signing(Text("以上各份本次不销毁。", "These are not destroyed this time."), ("档案员", "日期"))
    about = about.rpartition("    ")[0]
    write_list(pen.page("暂不销毁", colour=WARNING), "暂不能销毁的档案", about, Text("", ""), columns, rows, sign, (), files.how)
