"""鉴定清单: files whose retention is over, for decision. It is filled in and read back (`jobs.filled`)."""

from __future__ import annotations

from pathlib import Path

from ownerbook.register.register import Register
from ownerbook.reports.forms.listed import HEAD, HEADER_ROW, NO, TEXT, Column, Files, Signing, why_not, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, DAY, form_pen
from ownerbook.reports.palette import FILL_IN, NAVY, WARNING
from ownerbook.schema.words import Text

KIND = "appraisal"
SHEET = "鉴定清单"
DECISIONS = ("销毁", "移交", "续存", "暂缓")
ASKED = ("鉴定意见", "处置依据", "处置原因", "新保管期限", "暂缓至", "接收单位")


def write_appraisal(path: Path, register: Register, workspace: str, *, building: str = "", how: Manner = CHINESE) -> int:
    """The appraisal list: files whose retention is over and that nothing blocks, for decision; what is blocked on a sheet of its own.

    Gives how many files are on it. Raises PenError.
    """
    files = Files(register, how)
    s, name = files.status, files.name

    due = [f for f in map(int, s.by_day(s.unappraised & ~s.blocked)) if files.within(f, building)]
    blocked = [f for f in map(int, s.by_day(s.over & s.blocked)) if files.within(f, building)]
    where = (Column("存放位置", 15, TEXT), Column("期满日期", 11.5, DAY))
    asks = (
        Column("鉴定意见", 9, ASK.but(align="center")),
        Column("处置依据", 14, ASK),
        Column("处置原因", 14, ASK),
        Column("新保管期限", 10, ASK.but(align="center")),
        Column("暂缓至", 11.5, DAY.but(fill=FILL_IN)),
        Column("接收单位", 13, ASK),
    )
    properties = {"ownerbook.files": str(len(due))}
    with form_pen(path, KIND, "档案鉴定清单", as_of=register.today, workspace=workspace, properties=properties, how=how) as pen:
        page = pen.page(SHEET, colour=NAVY)
        until = how.brief(Text("截至", "as of"))
        about = f"{workspace}    {until} {register.today.isoformat()}    " + how.brief(Text(f"{len(due)} 份", f"{len(due)} files"))
        hint = Text(
            "逐份写鉴定意见：销毁、移交写依据与原因；续存写新保管期限（经变更修改）；暂缓写到期日与原因。档号一列不要改。",
            "One opinion a file: 销毁 destroy, 移交 hand over (with basis and reason), 续存 keep on (with the new term), 暂缓 hold (until, and why). "
            "Leave the column of file numbers as it is.",
        )
        rows = [(n, *files.head(f), name.found("files", "location", f), files.ends(f), *[None] * 6) for n, f in enumerate(due, 1)]
        sign = Signing(
            Text(
                "以上档案保管期限已满，经逐份鉴定，意见如上。批准人不得是鉴定人；销毁须两人监销。",
                "Kept long enough; each was appraised as above. The approver is not the appraiser; a destruction has two witnesses.",
            ),
            ("鉴定人", "鉴定日期", "批准人", "批准日期"),
        )
        last = write_list(page, "档案鉴定清单", about, hint, (NO, *HEAD, *where, *asks), rows, sign, ASKED, how)
        if due:
            page.choices(HEADER_ROW + 1, 11, last, 11, DECISIONS)
            page.choices(HEADER_ROW + 1, 14, last, 14, list(register.policy.retentions))
        why = (NO, *HEAD, *where, Column("不能处置的原因", 28))
        rows = [(n, *files.head(f), name.found("files", "location", f), files.ends(f), why_not(files, f)) for n, f in enumerate(blocked, 1)]
        sentence = Text(
            "以上档案期限已满而有未结事项，了结之后再鉴定。", "Something is still open about these files; they are appraised once it is closed."
        )
        page, about = pen.page("期满受阻", colour=WARNING), about.rpartition("    ")[0]
        write_list(page, "期满而不能处置的档案", about, Text("", ""), why, rows, Signing(sentence, ("档案员", "日期")), (), how)
    return len(due)
