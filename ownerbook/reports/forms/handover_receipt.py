"""交房登记清单: the receipt for a batch of houses, a row each, for the developer and the office to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ownerbook.reports.forms.listed import NO, TEXT, Column, Signing, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import CENTER, NUMBER, Value, form_pen
from ownerbook.reports.palette import NAVY
from ownerbook.schema.words import Text

KIND, TITLE_ZH = "handover-receipt", "交房登记清单"
_COLUMNS = (
    NO, Column("房号", 12, TEXT), Column("业主", 18), Column("档号", 19, TEXT), Column("存放位置", 15, TEXT), Column("材料件数", 7, NUMBER),
    Column("还缺材料", 36), Column("登记日期", 11, CENTER), Column("备注", 12),
)  # fmt: skip
_SAID = Text(
    "以上房屋的业主登记、档案和材料已收，还缺的材料由开发商或业主补齐。本清单一式两份。",
    "The registrations, files and papers above were received; papers still owed are to follow. Two copies.",
)


@dataclass(frozen=True, slots=True)
class Registered:
    """One house. owners: names as they are shown; papers: how many came; owed: kinds of papers still to come; day: of registration."""

    house: str
    owners: tuple[str, ...]
    file: str
    place: str
    papers: int
    owed: tuple[str, ...]
    day: str


def write_handover_receipt(path: Path, found: Sequence[Registered], *, workspace: str, as_of: date, how: Manner = CHINESE) -> None:
    """Write the list. Raises PenError, CannotWrite."""
    rows: list[tuple[Value, ...]] = [
        (n, r.house, "、".join(r.owners), r.file, r.place or "待定", r.papers, "、".join(r.owed) or "齐全", r.day, "") for n, r in enumerate(found, 1)
    ]
    owed = sum(bool(r.owed) for r in found)
    about = f"{workspace}    {as_of.isoformat()}    共 {len(found)} 户，材料 {sum(r.papers for r in found)} 件，还缺材料 {owed} 户"
    with form_pen(path, KIND, TITLE_ZH, as_of=as_of, workspace=workspace, how=how) as pen:
        page = pen.page(TITLE_ZH, colour=NAVY)
        write_list(page, TITLE_ZH, about, Text("", ""), _COLUMNS, rows, Signing(_SAID, ("移交人（开发商）", "接收人（物业）", "日期")), how=how)
