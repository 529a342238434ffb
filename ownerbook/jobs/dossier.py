"""`ownerbook dossier`: a house named in any way, and all that is held about it. Shown in full only once the journal says to whom and why."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ownerbook.identifiers import masks
from ownerbook.jobs.finding import Reveal
from ownerbook.jobs.forms import title_of
from ownerbook.jobs.reading import Read, read_register
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.register.register import Register
from ownerbook.register.whose import row_named
from ownerbook.reports.file_names import part
from ownerbook.reports.listing import Report
from ownerbook.schema.words import Lang, Text
from ownerbook.storage.journal import Journal, JournalDamaged


@dataclass(slots=True)
class Told:
    """A dossier: the house, what is held, and what is to be said beside it."""

    house: str
    report: Report
    notes: list[Text]


def house_named(register: Register, word: str) -> int:
    """The row of 房屋 that a house in any spelling, a 档号 or a 业主编号 names. Raises Unusable."""
    if "houses" not in register.tables:
        raise Unusable(
            Text("没有「房屋」表；自己的台账请先用 ownerbook adopt 认列", "there is no sheet 房屋; adopt your own ledger first (ownerbook adopt)")
        )
    row = row_named(register, "houses", word)
    for sheet in ("files", "owners"):
        if row < 0 and sheet in register.tables and (there := row_named(register, sheet, word)) >= 0:
            row = int(register.reference(sheet, "house_no").row[there])
            if row < 0:
                raise Unusable(Text(f"{word} 的房号不在「房屋」表里，请先改正", f"the house of {word} is not on 房屋; correct it first"))
    if row < 0:
        zh = f"没有 {word} 这套房、这份档案或这位业主；可以用 ownerbook find 查找"
        raise Unusable(Text(zh, f"{word} is no house, file or owner of the register; try ownerbook find"))
    return row


def _named(space: Workspace, register: Register, word: str) -> int:
    """The house that a word names, by a number that it had formerly too, as the journal has it. Raises Unusable."""
    from ownerbook.jobs.history import changes

    try:
        return house_named(register, word)
    except Unusable:
        wanted = register.policy.house_format.canonical(word)
        with suppress(JournalDamaged, OSError, KeyError, ValueError, TypeError):
            for past in changes(Journal(space.root)) if wanted else ():
                c = past.change
                if (c.sheet, c.column, str(c.old)) == ("houses", "house_no", wanted) and c.new:
                    wanted = str(c.new)
            row = row_named(register, "houses", wanted or "")
            if row >= 0:
                return row
        raise


def dossier(space: Workspace, word: str, today: date, *, password: str | None = None, reveal: Reveal | None = None) -> Told:
    """All about one house. reveal: it will be shown in full, which is journalled first. Raises Unusable."""
    from ownerbook.jobs.history import asked
    from ownerbook.reports.tell_dossier import Dossier
    from ownerbook.rules.book import cards
    from ownerbook.storage import problem_state

    read: Read = read_register(space, today, password=password)
    register, notes = read.register, list(read.notes)
    made = Dossier(register, _named(space, register, word))
    house = made.name.house("houses", made.house)
    if reveal is not None:
        _note(space, reveal, house, made)
    past = []
    try:
        past = asked(Journal(space.root), house, houses=register.policy.house_format)
    except (JournalDamaged, OSError, KeyError, ValueError, TypeError):
        zh = "日志读不了，没有列出改动；请运行 ownerbook verify"
        notes.append(Text(zh, "the journal cannot be read, so no changes are listed; run ownerbook verify"))
    known = problem_state.load(space.root)
    report = made.report(known, past, {c.code: c.title for c in cards()}, workspace=title_of(space))
    if not (space.root / problem_state.FOLDER / problem_state.FILE).is_file():
        zh = "还没有检查过，问题一栏是空的；请运行 ownerbook check"
        report.notes.append(Text(zh, "never checked, so no problems are listed; run ownerbook check"))
    return Told(house, report, notes)


def write(space: Workspace, told: Told, output: Path | None, *, lang: Lang = "zh", masked: bool = True) -> Path:
    """The page as a workbook that only its owner can read. Gives its path. Raises PenError, OSError."""
    from ownerbook.reports.dossier_page import write_dossier
    from ownerbook.storage.atomic import write_atomically

    path = output or space.root / space.settings["reports.folder"] / f"房屋档案一览_{part(told.house)}_{told.report.as_of.isoformat()}.xlsx"
    with tempfile.TemporaryDirectory(prefix="ownerbook-") as folder:
        draft = Path(folder, "dossier.xlsx")
        write_dossier(draft, told.report, lang=lang, masked=masked)
        data = draft.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data, private=True)
    return path


def _note(space: Workspace, reveal: Reveal, house: str, made: object) -> None:
    """The access journal: whose data was shown to whom and why. Raises Unusable where it cannot be kept."""
    keys = sorted({key for sheet, key in getattr(made, "keys", ()) if sheet in ("owners", "files")})
    data = {"command": "dossier", "by": reveal.by, "reason": masks.auto(reveal.reason), "asked": house, "records": keys}
    try:
        Journal(space.root).append("access", data, at=reveal.at)
    except (OSError, JournalDamaged) as error:
        zh = "查阅记不进日志，所以不显示全部内容；请检查 .ownerbook 文件夹能否写入"
        raise Unusable(Text(zh, "the access cannot be journalled, so nothing is shown in full; see whether .ownerbook can be written")) from error
