"""移交清单: what is handed to another body, also all of it when the company changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ownerbook.deadlines.columns import positions
from ownerbook.deadlines.disposal_lists import planned
from ownerbook.register.register import Register
from ownerbook.reports.forms.audit_sheet import place_key, shelf_key
from ownerbook.reports.forms.listed import HEAD, NO, TEXT, Column, Files, Signing, why_not, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, CENTER, NUMBER, Value, form_pen
from ownerbook.reports.palette import BLUE, NAVY
from ownerbook.reports.pen import Pen
from ownerbook.schema.words import Text

TRANSFER = "transfer"


def write_transfer(
    path: Path, register: Register, workspace: str, *, everything: bool = False, receiver: str = "", building: str = "", how: Manner = CHINESE
) -> int:
    """The transfer list: what 处置 says is to be handed over, or everything that is still ours (the company changes). Gives how many files."""
    files = Files(register, how)
    name, s = files.name, files.status
    if everything:
        chosen = [(-1, f) for f in map(int, positions(s.ours))]
    else:
        plan = planned(files.book, "移交", files.today)
        chosen = [(int(r), int(f)) for r, f in zip(plan.rows, plan.files, strict=True)]
        body = register.tables.get("disposals")
        chosen = [(r, f) for r, f in chosen if not receiver or (body is not None and body.found("receiver", r) == receiver)]
    chosen = [(r, f) for r, f in chosen if files.within(f, building)]
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
    sentence = Text(
        f"共 {len(chosen)} 份 {papers} 件 {pages} 页，其中借出 {lent} 份（随借阅登记一并移交）。双方逐份清点无误，签字生效，各执一份。{law}",
        f"{len(chosen)} files, {papers} papers, {pages} pages; {lent} of them on loan, handed over with the register of loans. "
        "Both sides counted every file, sign, and keep one copy each.",
    )
    more = {"ownerbook.everything": "yes" if everything else "no"}
    with form_pen(path, TRANSFER, "档案移交清单", as_of=register.today, workspace=workspace, properties=more, how=how) as pen:
        what = how.brief(Text("全部档案", "every file") if everything else Text("处置登记的移交", "transfers of 处置"))
        about = f"{workspace}    {register.today.isoformat()}    {what}    " + how.brief(Text(f"{len(chosen)} 份", f"{len(chosen)} files"))
        sign = Signing(sentence, ("移交单位/移交人", "接收单位/接收人", "监交人", "日期"))
        write_list(pen.page("移交清单", colour=NAVY), "档案移交清单", about, Text("", ""), columns, rows, sign, ("清点", "备注"), how)
        _by_building(pen, files, [f for _, f in chosen], about)
    return len(chosen)


def _by_building(pen: Pen, files: Files, chosen: Sequence[int], about: str) -> None:
    groups: dict[str, list[int]] = {}
    for f in chosen:
        groups.setdefault(files.name.building(files.name.house("files", f)) or files.how.word("不明"), []).append(f)
    columns = (
        Column("楼栋", 14, CENTER),
        Column("档案数", 10, NUMBER),
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
        rows.append((files.how.word("合计"), *sums(chosen)))
    page, sign = pen.page("分楼栋汇总", colour=BLUE), Signing(Text("", ""), ("移交人", "接收人", "日期"))
    write_list(page, "移交档案分楼栋汇总", about, Text("", ""), columns, rows, sign, (), files.how)
