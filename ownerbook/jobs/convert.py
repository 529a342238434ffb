"""Convert staff's own ledgers into a clean register in our own layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ownerbook.adopt.converting import Converted, convert_tabs, sure
from ownerbook.adopt.drift import locate
from ownerbook.adopt.layout import BookLayout
from ownerbook.adopt.looking import Looked
from ownerbook.adopt.numbering import Proposed, propose
from ownerbook.adopt.trace_book import write_trace
from ownerbook.jobs.adopt import Adoption
from ownerbook.jobs.workspace import Unusable
from ownerbook.reports.register_book import SheetRows, write_register
from ownerbook.schema.words import Text
from ownerbook.storage import layouts

REGISTER, TRACE = "业主档案登记簿.xlsx", "来源对照.xlsx"


@dataclass(slots=True)
class Conversion:
    """What a conversion wrote."""

    register: Path
    trace: Path
    converted: Converted
    proposed: Proposed
    accepted: bool
    unconfirmed: list[str] = field(default_factory=list)

    def say(self) -> list[Text]:
        """A few lines for who asked."""
        rows = {name: len(r) for name, r in self.converted.tables.items()}
        told = "、".join(f"{name} {n} 行" for name, n in rows.items()) or "没有可转换的行"
        told_en = ", ".join(f"{name} {n} rows" for name, n in rows.items()) or "nothing to convert"
        out = [
            Text(f"登记簿：{self.register}（{told}）", f"register: {self.register} ({told_en})"),
            Text(
                f"来源对照：{self.trace}（未归入 {len(self.converted.rest)} 格）", f"trace: {self.trace} ({len(self.converted.rest)} cells left over)"
            ),
        ]
        if self.proposed.numbers or self.proposed.rows:
            n = len(self.proposed.numbers) + sum(map(len, self.proposed.rows.values()))
            out.append(
                Text(f"建议的编号 {n} 个，已写入", f"{n} proposed numbers were written")
                if self.accepted
                else Text(
                    f"建议的编号 {n} 个，没有写入；同意的话加 --accept-numbers",
                    f"{n} numbers are proposed, none written; --accept-numbers writes them",
                )
            )
        for name in self.unconfirmed:
            out.append(
                Text(
                    f"{name}：还没有核对过对照表，把握为低的列没有采用",
                    f"{name}: its mapping was not confirmed; columns of low confidence were left alone",
                )
            )
        return out


def convert(
    adoption: Adoption, remembered: Sequence[BookLayout], folder: Path, *, as_of: date, accept_numbers: bool = False, root: Path | None = None
) -> Conversion:
    """Write the register and where it came from. Raises Unusable where the folder holds either already.

    root: of the workspace, which remembers the numbers that were proposed.
    """
    register, trace = folder / REGISTER, folder / TRACE
    for path in (register, trace):
        if path.exists():
            raise Unusable(Text(f"{path} 已经在了，请换一个文件夹", f"{path} is there already; name another folder"))
    tabs: list[tuple[str, Looked]] = []
    unconfirmed = []
    for book in adoption.books:
        asked = False
        for looked in book.looked:
            located = locate(looked.grid, remembered) if looked.grid.rows else None
            if located is not None:
                tabs.append((book.name, located.looked))
                continue
            known = any(b.name == book.name for b in remembered)
            if known:  # confirmed without this tab
                looked.layout.use = False
                looked.layout.why = looked.layout.why or "对照表里没有采用"
            asked |= looked.layout.use
            sure(looked.layout)
            tabs.append((book.name, looked))
        if asked:
            unconfirmed.append(book.name)
    converted = convert_tabs(tabs)
    proposed = propose(converted.tables, given=layouts.numbers(root) if root else None)
    if accept_numbers:
        for p in proposed.numbers:
            converted.tables[p.sheet][p.row][p.header] = p.value
        for sheet, rows in proposed.rows.items():
            converted.tables.setdefault(sheet, []).extend(rows)
    folder.mkdir(parents=True, exist_ok=True)
    sheets = [SheetRows(name, rows) for name, rows in converted.tables.items()]  # type: ignore[arg-type]
    if sheets:
        write_register(register, sheets, as_of=as_of)
    if root is not None and proposed.given:
        layouts.keep_numbers(root, proposed.given)
    write_trace(trace, converted, proposed, as_of=as_of, accepted=accept_numbers)
    return Conversion(register, trace, converted, proposed, accept_numbers, unconfirmed)
