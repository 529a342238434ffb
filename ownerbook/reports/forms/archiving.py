"""归档清单: files to appraise, appraisals to approve, approvals to carry out; and 处置批准单: disposals of every kind that wait for approval.

Both are filled in and read back (`jobs.filled_lists`). Destructions and transfers are carried out by lists of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ownerbook.deadlines.columns import positions
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.retention_status import open_disposals
from ownerbook.register.declare import AUDIT, DISPOSAL_APPROVAL
from ownerbook.register.register import Register
from ownerbook.reports.forms.audit_sheet import place_key
from ownerbook.reports.forms.listed import HEAD, HEADER_ROW, NO, TEXT, Column, Files, Signing, why_not, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, CENTER, DAY, Value, form_pen
from ownerbook.reports.naming import a_day
from ownerbook.reports.palette import BLUE, FILL_IN, NAVY
from ownerbook.reports.pen import Page, Pen
from ownerbook.schema.words import Text

ARCHIVING, APPROVAL = "archiving", "disposal-approval"
SHEET, APPROVE, EXECUTE = "归档清单", "待批准", "待执行"
OPINIONS = ("归档", "暂不归档")
_PERSON, _DAY = ASK.but(align="center", form="@"), DAY.but(fill=FILL_IN)
_NUMBER, _FILE, _TITLE = Column("处置单号", 11, TEXT), Column("档号", 19, TEXT), Column("题名", 22)
_PLACE = Column("存放位置", 14, TEXT)


def write_archiving(path: Path, register: Register, workspace: str, *, building: str = "", how: Manner = CHINESE) -> tuple[int, int, int]:
    """The list for 归档. Gives how many files are to be appraised, how many wait for approval, how many for execution. Raises PenError."""
    files = Files(register, how)
    due = [f for f in map(int, positions(files.status.closable & ~files.status.blocked)) if files.within(f, building)]
    due.sort(key=lambda f: place_key(files.name, f))
    waiting, ready = _open(files, building, ("归档",))
    with form_pen(path, ARCHIVING, "档案归档清单", as_of=register.today, workspace=workspace, how=how) as pen:
        _appraisals(pen, files, due, workspace)
        _approvals(pen, files, waiting, workspace)
        _executions(pen, files, ready, workspace)
    return len(due), len(waiting), len(ready)


def write_approval(path: Path, register: Register, workspace: str, *, building: str = "", how: Manner = CHINESE) -> int:
    """Disposals of every kind that wait for approval. Gives how many. Raises PenError."""
    files = Files(register, how)
    waiting, _ = _open(files, building, ("归档", "销毁", "移交"))
    with form_pen(path, APPROVAL, "处置批准单", as_of=register.today, workspace=workspace, how=how) as pen:
        _approvals(pen, files, waiting, workspace)
    return len(waiting)


def staff_with(files: Files, right: str) -> list[str]:
    """The 工号 of who holds a right today, for a drop-down list."""
    return [n for p in Duties(files.book, files.today).holders(right) if (n := files.name.key("staff", p))]


def people(page: Page, files: Files, right: str, column: int, last: int) -> None:
    """A drop-down list of staff over a column of a list; a name may be written all the same."""
    if last > HEADER_ROW and (numbers := staff_with(files, right)):
        page.choices(HEADER_ROW + 1, column, last, column, numbers, strict=False)


def _open(files: Files, building: str, kinds: Sequence[str]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Disposals of these kinds under way as (row of 处置, row of 档案): not approved yet, and approved."""
    found, d = open_disposals(files.book), files.book.disposals if files.book.has("disposals") else None
    waiting: list[tuple[int, int]] = []
    ready: list[tuple[int, int]] = []
    if d is not None:
        at, mine = d.ref("file_no").row, d.kind.is_(*kinds)
        for row, approved in zip(map(int, found.rows), found.approved, strict=True):
            if mine[row] and files.within(int(at[row]), building):
                (ready if approved else waiting).append((row, int(at[row])))
    return waiting, ready


def _about(files: Files, workspace: str, n: int) -> str:
    return f"{workspace}    {files.name.register.today.isoformat()}    " + files.how.brief(Text(f"{n} 份", f"{n} files"))


def _appraisals(pen: Pen, files: Files, due: Sequence[int], workspace: str) -> None:
    name, s = files.name, files.status
    asks = ("鉴定意见", "处置依据", "处置原因", "鉴定人", "鉴定日期")
    looks = (ASK.but(align="center"), ASK, ASK, _PERSON, _DAY)
    columns = (
        NO,
        *HEAD,
        _PLACE,
        Column("业主迁出", 11.5, DAY),
        *(Column(h, w, look) for h, w, look in zip(asks, (9, 16, 12, 9, 11.5), looks, strict=True)),
    )
    rows: list[tuple[Value, ...]] = []
    for n, f in enumerate(due, 1):
        left = a_day(int(s.left[f]))
        day = None if isinstance(left, Text) else left
        basis = f"产权周期结束，保管期限 {name.found('files', 'retention', f)}，自迁出日期起算"
        rows.append((n, *files.head(f), name.found("files", "location", f), day, None, basis, "业主迁出", None, None))
    hint = Text(
        "产权周期已结束、没有未结事项的档案。要归档的写鉴定意见、鉴定人（工号）和日期，依据和原因可改；归档后保留原位，直到保管期限届满。",
        "Files whose owners have left and that nothing blocks. Give the opinion, who appraised and when; "
        "they keep their place until their retention is over.",
    )
    sign = Signing(
        Text("以上档案经整理、鉴定，意见如上。批准人不得是鉴定人。", "Arranged and appraised as above. The approver is not the appraiser."),
        ("鉴定人", "鉴定日期"),
    )
    page = pen.page(SHEET, colour=NAVY)
    write_list(page, "档案归档清单", _about(files, workspace, len(due)), hint, columns, rows, sign, asks, files.how)
    if due:
        page.choices(HEADER_ROW + 1, 11, HEADER_ROW + len(due), 11, OPINIONS)
        people(page, files, AUDIT, 14, HEADER_ROW + len(due))


def _approvals(pen: Pen, files: Files, waiting: Sequence[tuple[int, int]], workspace: str) -> None:
    name = files.name
    columns = (
        NO,
        _NUMBER,
        Column("处置方式", 9, CENTER),
        _FILE,
        _TITLE,
        _PLACE,
        Column("处置依据", 20),
        Column("处置原因", 16),
        Column("鉴定人", 10),
        Column("鉴定日期", 11.5, DAY),
        Column("现在受阻", 12),
        Column("批准人", 10, _PERSON),
        Column("批准日期", 11.5, _DAY),
    )
    rows: list[tuple[Value, ...]] = []
    for n, (r, f) in enumerate(waiting, 1):
        texts = tuple(name.found("disposals", c, r) for c in ("basis", "reason", "appraised_by"))
        day = name.day("disposals", "appraised_on", r)
        head = (name.key("disposals", r), name.found("disposals", "kind", r), name.key("files", f), name.found("files", "title", f))
        appraised = None if isinstance(day, Text) else day
        rows.append((n, *head, name.found("files", "location", f), *texts, appraised, why_not(files, f) or None, None, None))
    hint = Text(
        "批准的写批准人（工号）和批准日期；不批准的留空。受阻的，事项了结以后再批准。",
        "Give who approves and when; leave blank what is not approved. What is blocked waits until the matter is settled.",
    )
    sign = Signing(
        Text("批准人须有「处置批准」权限，不得是鉴定人。", "The approver holds 处置批准 and is not the appraiser."), ("批准人", "批准日期")
    )
    page = pen.page(APPROVE, colour=BLUE)
    write_list(page, "待批准的处置", _about(files, workspace, len(waiting)), hint, columns, rows, sign, ("批准人", "批准日期"), files.how)
    people(page, files, DISPOSAL_APPROVAL, 12, HEADER_ROW + len(waiting))


def _executions(pen: Pen, files: Files, ready: Sequence[tuple[int, int]], workspace: str) -> None:
    name = files.name
    columns = (
        NO,
        _NUMBER,
        _FILE,
        _TITLE,
        _PLACE,
        Column("鉴定人", 10),
        Column("批准人", 10),
        Column("批准日期", 11.5, DAY),
        Column("现在受阻", 16),
        Column("执行日期", 12, _DAY),
    )
    rows: list[tuple[Value, ...]] = []
    for n, (r, f) in enumerate(ready, 1):
        day = name.day("disposals", "approved_on", r)
        texts = tuple(name.found("disposals", c, r) for c in ("appraised_by", "approved_by"))
        head = (name.key("disposals", r), name.key("files", f), name.found("files", "title", f), name.found("files", "location", f))
        rows.append((n, *head, *texts, None if isinstance(day, Text) else day, why_not(files, f) or None, None))
    hint = Text(
        "已批准、尚未办理的归档；办好的写执行日期，档案状态随之改为已归档。", "Approved and not carried out; give the day on which it was done."
    )
    sign = Signing(
        Text("以上档案已核对，按执行日期归档，仍放原位。", "Checked, and archived on the day given; they keep their places."), ("档案员", "执行日期")
    )
    page = pen.page(EXECUTE, colour=BLUE)
    write_list(page, "待执行的归档", _about(files, workspace, len(ready)), hint, columns, rows, sign, ("执行日期",), files.how)
