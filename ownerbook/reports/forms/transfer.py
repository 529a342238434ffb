"""移交清单 and 归档清单: what is handed to another body, also all of it when the company changes, and what is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ownerbook.deadlines.columns import positions
from ownerbook.deadlines.disposal_lists import planned
from ownerbook.register.register import Register
from ownerbook.reports.forms.audit_sheet import place_key, shelf_key
from ownerbook.reports.forms.listed import HEAD, NO, TEXT, Column, Files, Signing, why_not, write_list
from ownerbook.reports.forms.paper import ASK, CENTER, DAY, NUMBER, Value, form_pen
from ownerbook.reports.naming import a_day
from ownerbook.reports.palette import BLUE, NAVY
from ownerbook.reports.pen import Pen

TRANSFER, ARCHIVING = "transfer", "archiving"


def write_transfer(path: Path, register: Register, workspace: str, *, everything: bool = False, receiver: str = "") -> int:
    """The transfer list: what 处置 says is to be handed over, or everything that is still ours (the company changes). Gives how many files."""
    files = Files(register)
    name, s = files.name, files.status
    if everything:
        chosen = [(-1, f) for f in map(int, positions(s.ours))]
    else:
        plan = planned(files.book, "移交", files.today)
        chosen = [(int(r), int(f)) for r, f in zip(plan.rows, plan.files, strict=True)]
        chosen = [(r, f) for r, f in chosen if not receiver or name.found("disposals", "receiver", r) == receiver]
    chosen.sort(key=lambda x: place_key(name, x[1]))
    columns = (
        NO,
        Column("存放位置", 15, TEXT),
        Column("房号", 11, TEXT),
        *HEAD,
        Column("密级", 6.5, CENTER),
        Column("状态", 9, CENTER),
        Column("不能移交的原因", 18),
        Column("接收单位", 16),
        Column("清点", 7, ASK),
        Column("备注", 12, ASK),
    )
    rows = []
    for n, (r, f) in enumerate(chosen, 1):
        to = name.found("disposals", "receiver", r) if r >= 0 else receiver
        where = (name.found("files", "location", f), name.house("files", f))
        marks = (name.found("files", "confidentiality", f), name.found("files", "status", f), why_not(files, f) or None, to)
        rows.append((n, *where, *files.head(f), *marks, None, None))
    papers, pages = (sum(int(x[f]) for _, f in chosen) for x in (files.held.papers, files.held.pages))
    lent = sum(bool(s.lent[f]) for _, f in chosen)
    law = "依据：物业管理条例第二十九、三十六、三十八条，民法典第九百四十九条；涉及个人信息的，按个人信息保护法告知业主。" if everything else ""
    sentence = f"共 {len(chosen)} 份 {papers} 件 {pages} 页，其中借出 {lent} 份（随借阅登记一并移交）。双方逐份清点无误，签字生效，各执一份。{law}"
    with form_pen(path, TRANSFER, "档案移交清单", as_of=register.today, workspace=workspace) as pen:
        about = f"{workspace}    {register.today.isoformat()}    {'全部档案' if everything else '处置登记的移交'}    {len(chosen)} 份"
        sign = Signing(sentence, ("移交单位/移交人", "接收单位/接收人", "监交人", "日期"))
        write_list(pen.page("移交清单", colour=NAVY), "档案移交清单", about, "", columns, rows, sign, ("清点", "备注"))
        _by_building(pen, files, [f for _, f in chosen], about)
    return len(chosen)


def _by_building(pen: Pen, files: Files, chosen: Sequence[int], about: str) -> None:
    groups: dict[str, list[int]] = {}
    for f in chosen:
        groups.setdefault(files.name.building(files.name.house("files", f)) or "不明", []).append(f)
    columns = (
        Column("楼栋", 14, CENTER),
        Column("份数", 10, NUMBER),
        Column("件数", 10, NUMBER),
        Column("页数", 10, NUMBER),
        Column("借出", 10, NUMBER),
        Column("敏感", 10, NUMBER),
    )
    secret = files.book.files.confidentiality.is_("敏感")

    def sums(mine: Sequence[int]) -> tuple[Value, ...]:
        held, s = files.held, files.status
        return (len(mine), *(int(sum(int(x[f]) for f in mine)) for x in (held.papers, held.pages, s.lent, secret)))

    ordered = sorted(groups.items(), key=lambda g: shelf_key(g[0]))
    rows = [(b, *sums(mine)) for b, mine in ordered]
    if len(rows) > 1:
        rows.append(("合计", *sums(chosen)))
    write_list(pen.page("分楼栋汇总", colour=BLUE), "移交档案分楼栋汇总", about, "", columns, rows, Signing("", ("移交人", "接收人", "日期")))


def write_archiving(path: Path, register: Register, workspace: str) -> int:
    """The list for 归档: files whose owners have left and that nothing blocks. Gives how many."""
    files = Files(register)
    s, name = files.status, files.name
    chosen = sorted(map(int, positions(s.closable & ~s.blocked)), key=lambda f: place_key(name, f))
    columns = (
        NO,
        *HEAD,
        Column("存放位置", 15, TEXT),
        Column("业主迁出", 11.5, DAY),
        Column("期满日期", 11.5, DAY),
        Column("整理情况", 12, ASK),
        Column("备注", 14, ASK),
    )
    rows = []
    for n, f in enumerate(chosen, 1):
        left = a_day(int(s.left[f]))
        day = left if isinstance(left, date) else None
        rows.append((n, *files.head(f), name.found("files", "location", f), day, files.ends(f), None, None))
    with form_pen(path, ARCHIVING, "档案归档清单", as_of=register.today, workspace=workspace) as pen:
        about = f"{workspace}    {register.today.isoformat()}    {len(chosen)} 份"
        hint = "产权周期已结束、没有未结事项的档案；归档后保留原位，直到保管期限届满"
        sign = Signing("以上档案经整理、鉴定，准予归档。批准人不得是鉴定人。", ("鉴定人", "批准人", "执行日期"))
        write_list(pen.page("归档清单", colour=NAVY), "档案归档清单", about, hint, columns, rows, sign, ("整理情况", "备注"))
    return len(chosen)
