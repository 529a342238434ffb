"""`ownerbook export`: a list leaves the house for a declared purpose, and the journal says what left, to whom, why, as which file."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ownerbook.jobs.reading import read_register
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.schema.words import Lang, Text


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, its number in the ledger, how many rows of each sheet it holds, and what else is to be said."""

    path: Path
    number: int
    rows: dict[str, int]
    notes: list[Text]


def export(
    space: Workspace,
    today: date,
    at: datetime,
    *,
    purpose: str,
    to: str,
    reason: str,
    by: str,
    output: Path | None = None,
    lang: Lang = "zh",
    password: str | None = None,
) -> Exported:
    """Make the workbook of a purpose. The journal is written before the file appears; without it nothing leaves. Raises Unusable."""
    from ownerbook.identifiers import masks
    from ownerbook.reports.export_book import write_export
    from ownerbook.reports.purposes import PURPOSES, named
    from ownerbook.storage.atomic import write_atomically
    from ownerbook.storage.journal import Journal, JournalDamaged

    chosen = named(purpose)
    if chosen is None:
        zh, en = "、".join(p.name.zh for p in PURPOSES), ", ".join(p.name.en for p in PURPOSES)
        raise Unusable(Text(f"没有「{purpose}」这种用途，可以是 {zh}", f"there is no purpose {purpose}; there are {en}"))
    if not to.strip() or not reason.strip():
        raise Unusable(Text("须写明交给谁（--to）和为什么（--reason）", "say to whom it goes (--to) and why (--reason)"))
    read = read_register(space, today, password=password)
    journal = Journal(space.root)
    try:
        last = journal.last()
        number = len(journal.entries("export")) + 1 if last else 1
    except (OSError, JournalDamaged) as error:
        raise _unwritten() from error
    no = f"{today:%Y%m%d}-{number:03d}"
    mark = Text(
        f"仅供 {to.strip()} 用于{chosen.name.zh}，不得转发；用后销毁。编号 {no}", f"For {to.strip()}, {chosen.name.en} only; do not pass on. No. {no}"
    )
    name = space.settings["workspace.name"] or space.root.name
    target = output or space.root / space.settings["reports.folder"] / f"导出_{chosen.name.zh}_{no}.xlsx"
    if target.exists():
        raise Unusable(Text(f"{target} 已经存在，不覆盖；请换一个文件名", f"{target} exists and is not overwritten; name another file"))
    with tempfile.TemporaryDirectory(prefix="ownerbook-") as folder:
        draft = Path(folder, "export.xlsx")
        rows = write_export(draft, read.register, chosen, mark, today, workspace=name, lang=lang)
        data = draft.read_bytes()
    print_ = hashlib.sha256(data).hexdigest()
    told = {"purpose": chosen.name.zh, "to": masks.auto(to.strip()), "reason": masks.auto(reason.strip()), "by": by, "no": no, "file": target.name,
            "sha256": print_,
            "rows": rows, "columns": {s: list(f) for s, f in chosen.sheets.items()}, "in_full": sorted(chosen.full)}  # fmt: skip
    try:
        entry = journal.append("export", told, at=at)
    except (OSError, JournalDamaged) as error:
        raise _unwritten() from error
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(target, data, private=True)
    return Exported(target, entry.number, rows, read.notes)


def _unwritten() -> Unusable:
    zh = "导出记不进日志，所以没有导出；请检查 .ownerbook 文件夹能否写入，或运行 ownerbook verify"
    return Unusable(Text(zh, "it cannot be journalled, so nothing was exported; see whether .ownerbook can be written, or run ownerbook verify"))
