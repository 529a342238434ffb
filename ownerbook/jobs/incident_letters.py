"""事件通知书: an incident told to the authority and to each owner affected, with what article 57 of the PIPL wants told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.jobs.workspace import Unusable
from ownerbook.register.register import Register
from ownerbook.reports.forms.paper import Paper, chinese_day, form_pen
from ownerbook.reports.naming import Naming
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.jobs.forms import Wanted
    from ownerbook.jobs.reading import Read
    from ownerbook.jobs.workspace import Workspace

KIND = "incident-letter"
_OWN = re.compile(r"[；;]\s*个人可：")
_CLASSES = re.compile(r"涉及(.+?)：", re.S)


def affected(register: Register, incident: int) -> tuple[list[int], list[int], list[str]]:
    """Files and current or former owners (rows) that 涉及档案 names, and the words of it that are no file."""
    text = register.tables["incidents"].found("files", incident)
    column, owner = register.column("files", "file_no"), register.reference("files", "owner_no").row
    rows = {column.text(int(r)): int(r) for r in np.flatnonzero(column.ok)}
    files, other = [], []
    for word in (w.strip() for w in re.split(r"[、，,;；\s]+", text)):
        if word in rows:
            files.append(rows[word])
        elif word:
            other.append(word)
    houses = register.column("owners", "house_no")
    came = register.column("owners", "owned_from")
    owners: list[int] = []
    for file in files:
        first = int(owner[file])
        if first < 0:
            continue
        same = houses.ok & (houses.ids == houses.ids[first]) & came.ok & (came.days == came.days[first])
        owners += [r for r in (np.flatnonzero(same).tolist() or [first]) if r not in owners]
    return files, owners, other


def write_letters(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """A page for the authority, and one for each owner affected. Raises Unusable, PenError."""
    from ownerbook.jobs.forms import needs, row_of, title_of

    register = read.register
    needs(register, "incidents", "files", "owners")
    if not wanted.file:
        raise Unusable(Text("请用 --file 指明事件编号", "name the incident with --file"))
    row = row_of(register, "incidents", wanted.file)
    name, title = Naming(register), title_of(space)
    files, owners, other = affected(register, row)
    told = _told(name, row, "您可以采取的措施")
    people = Naming(register, masked=wanted.how.masked)
    with form_pen(path, KIND, "事件通知书", as_of=register.today, workspace=title, how=wanted.how) as pen:
        paper = Paper(pen.page("致主管部门"))
        paper.meta(title, f"事件编号：{wanted.file}")
        paper.title("个人信息安全事件报告", "个人信息保护法第五十七条")
        count = f"档案 {len(files)} 份，业主 {len(owners)} 人" + (f"；另有：{'、'.join(other)}" if other else "")
        first = [("事件类型", name.found("incidents", "kind", row)), ("发现日期", _day(register, row)), ("涉及数量", count)]
        for label, value in (*first, *_told(name, row, "个人可采取的措施")):
            paper.fields((label, value, 3, 9), height=34)
        paper.gap(10)
        paper.text("以上情况属实，补救仍在继续的，进展另报。")
        paper.signatures("单位盖章", "负责人", "日期")
        paper.finish()
        for n, owner in enumerate(owners, 1):
            house, who = name.house("owners", owner), people.found("owners", "name", owner)
            paper = Paper(pen.page(f"{n}_{house}"[:31].replace("/", "-")))
            paper.meta(title, f"事件编号：{wanted.file}")
            paper.title("个人信息安全事件通知书")
            paper.text(f"{who}（{house}）：")
            kind = name.found("incidents", "kind", row)
            paper.text(f"　　{_day(register, row)}，我们发现一起个人信息{kind}事件，可能涉及您的资料。依照个人信息保护法第五十七条，通知如下：")
            paper.gap(6)
            for label, value in told:
                paper.fields((label, value, 3, 9), height=40)
            paper.gap(10)
            paper.text("　　为此给您带来的不便，谨致歉意。您可以随时向上述联系人查询进展，也可以要求查阅、更正或者删除您的个人信息。")
            paper.gap(20)
            paper.text(f"　　　　　　　　　　　　　　　　　　　　　　{title}（盖章）")
            paper.text(f"　　　　　　　　　　　　　　　　　　　　　　{chinese_day(register.today)}")
            paper.finish()
    zh = f"主管部门一页，业主 {len(owners)} 页" + (f"；{'、'.join(other)} 不是档号，没有开到人" if other else "")
    return Text(zh, f"one page for the authority, {len(owners)} for owners" + (f"; {len(other)} words are no file number" if other else ""))


def _told(name: Naming, row: int, can: str) -> list[tuple[str, str]]:
    harm, measures = name.found("incidents", "harm", row), name.found("incidents", "measures", row)
    classes = _CLASSES.match(harm)
    ours, *own = _OWN.split(measures, maxsplit=1)
    person = int(name.register.acting("incidents", "staff").person[row]) if "staff" in name.register.tables else -1
    staff = name.found("staff", "name", person) or name.found("incidents", "staff", row)
    return [
        ("信息种类", classes[1] if classes else "（请补写）"),
        ("原因", name.found("incidents", "cause", row)),
        ("可能危害", harm[classes.end() :] if classes else harm),
        ("补救措施", ours),
        (can, own[0] if own else "（请补写）"),
        ("联系人", f"{staff}　电话：________________"),
    ]


def _day(register: Register, row: int) -> str:
    return register.tables["incidents"].found("found_on", row)
