"""补件登记单: the papers that files still owe, a row each, to be filled in as they come; and files to arrange. It is read back
(`jobs.filled_lists`).
"""

from __future__ import annotations

from pathlib import Path

from ownerbook.deadlines.columns import positions
from ownerbook.deadlines.paper_status import paper_status
from ownerbook.register.declare import CLERK
from ownerbook.register.register import Register
from ownerbook.reports.forms.archiving import people
from ownerbook.reports.forms.audit_sheet import shelf_key
from ownerbook.reports.forms.listed import HEADER_ROW, NO, TEXT, Column, Files, Signing, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, CELL, DAY, Value, form_pen
from ownerbook.reports.naming import a_day
from ownerbook.reports.palette import BLUE, FILL_IN, NAVY
from ownerbook.schema.words import Text

KIND = "late-papers"
SHEET, ARRANGE = "补件登记单", "待整理"
BLANK = 12
"""Rows for papers that nobody asked for."""
ASKED = ("材料名称", "形式", "页数", "份数", "收件日期", "收件人", "核对人", "备注")
_PERSON = ASK.but(align="center", form="@")
_COLUMNS = (
    NO,
    Column("档号", 19, TEXT),
    Column("房号", 11, TEXT),
    Column("业主", 9, CELL),
    Column("材料类型", 17, CELL),
    Column("应办日期", 11.5, DAY),
    Column("材料名称", 14, ASK),
    Column("形式", 8, ASK.but(align="center")),
    Column("页数", 6.5, ASK.but(align="center")),
    Column("份数", 6.5, ASK.but(align="center")),
    Column("收件日期", 12, DAY.but(fill=FILL_IN)),
    Column("收件人", 9, _PERSON),
    Column("核对人", 9, _PERSON),
    Column("备注", 12, ASK),
)


def write_late_papers(
    path: Path, register: Register, workspace: str, *, building: str = "", houses: frozenset[str] = frozenset(), late: bool = False,
    how: Manner = CHINESE,
) -> tuple[int, int]:  # fmt: skip
    """The list. houses: only these (canonical), all where there are none; late: only files past their term. Gives how many papers are owed
    and how many files wait to be arranged. Raises PenError.
    """
    files = Files(register, how)
    name, status, f = files.name, paper_status(files.book, files.today), files.book.files

    def wanted(file: int) -> bool:
        return files.within(file, building) and (not houses or name.house("files", file) in houses)

    chosen = [file for file in status.missing if wanted(file) and (not late or bool(status.late[file]))]
    chosen.sort(key=lambda file: (shelf_key(name.house("files", file)), name.key("files", file)))
    owner = f.ref("owner_no").row
    rows: list[tuple[Value, ...]] = []
    for file in chosen:
        day = a_day(int(status.due[file]))
        due = None if isinstance(day, Text) else day
        for paper in status.missing[file]:
            who = name.found("owners", "name", int(owner[file]))
            rows.append((len(rows) + 1, name.key("files", file), name.house("files", file), who, paper, due, *[None] * 8))
    owed = len(rows)
    rows += [(owed + n, *[None] * 13) for n in range(1, BLANK + 1)]
    arrange = [file for file in map(int, positions(f.status.is_("待整理"))) if wanted(file)]
    arrange.sort(key=lambda file: (shelf_key(name.house("files", file)), name.key("files", file)))
    with form_pen(path, KIND, SHEET, as_of=register.today, workspace=workspace, how=how) as pen:
        page = pen.page(SHEET, colour=NAVY)
        about = f"{workspace}    {register.today.isoformat()}    " + how.brief(Text(f"待补 {owed} 件", f"{owed} papers owed"))
        hint = Text(
            "收到的填形式、页数、份数、收件日期、收件人（工号），复印件写核对人；没收到的留空。另有材料的写在末几行：档号或房号、材料类型。"
            "填好放进「收件箱」，看过方案同意后写入。",
            "Fill in what came (a copy with who compared it), leave blank what did not. Further papers go on the last rows, with a file or a house.",
        )
        sign = Signing(Text("以上材料已收讫，复印件与原件核对无误。", "Received; copies were compared with the originals."), ("档案员", "日期"))
        write_list(page, SHEET, about, hint, _COLUMNS, rows, sign, ASKED, how)
        first, last = HEADER_ROW + 1, HEADER_ROW + len(rows)
        page.choices(first, 5, last, 5, files.book.documents.doc_type.options)
        page.choices(first, 8, last, 8, files.book.documents.form.options)
        for column in (12, 13):
            people(page, files, CLERK, column, last)
        columns = (*_COLUMNS[:4], Column("存放位置", 15, TEXT), Column("建档日期", 12, DAY), Column("还缺", 40), Column("已整理", 8, _PERSON))
        waiting: list[tuple[Value, ...]] = []
        for n, file in enumerate(arrange, 1):
            day = name.day("files", "created_on", file)
            head = (n, name.key("files", file), name.house("files", file), name.found("owners", "name", int(owner[file])))
            lacks = "、".join(status.missing.get(file, ()))
            waiting.append((*head, name.found("files", "location", file), None if isinstance(day, Text) else day, lacks or None, None))
        told = Text(
            "材料已齐、整理上架的打 √，改为在库；还缺材料的，补齐后自动改为在库。",
            "Tick what is complete, arranged and in its place; what still lacks papers follows by itself once they came.",
        )
        page, about = pen.page(ARRANGE, colour=BLUE), about.rpartition("    ")[0]
        sign = Signing(Text("以上档案已整理编目，放到存放位置。", "Arranged, listed and put in their places."), ("档案员", "日期"))
        write_list(page, "待整理的档案", about, told, columns, waiting, sign, ("已整理",), how)
        if waiting:
            page.choices(first, 8, HEADER_ROW + len(waiting), 8, ("√",))
    return owed, len(waiting)
