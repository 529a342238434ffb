"""What is printed once an act is written: the receipt for the owner, and for a new file its cover, list of contents and spine label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.procedures import papers
from ownerbook.procedures.situation import Situation
from ownerbook.reports.file_names import part
from ownerbook.reports.forms.registration_receipt import TITLE, Receipt, Received, write_receipts
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.jobs.applying import Applied
    from ownerbook.jobs.forms import Wanted
    from ownerbook.jobs.reading import Read
    from ownerbook.jobs.workspace import Workspace
    from ownerbook.reconcile.change import Change
    from ownerbook.register.register import Register

FOLDER = "登记"
MOST_PRINTED = 400
MOST_APART = 12  # acts: of a developer's batch the receipts come in one workbook, and covers, contents and labels in one each


@dataclass
class _Act:
    """What was written of one act about owners."""

    title: str
    owners: list[Change] = field(default_factory=list)
    files: list[Change] = field(default_factory=list)
    papers: list[Change] = field(default_factory=list)
    house: str = ""


def hand_out(space: Workspace, done: Sequence[Applied], read: Read, today: date) -> tuple[list[Path], list[Text]]:
    """Write the prints of what was carried out into the folder of reports. read: the register after it was written.

    Gives the files and what could not be printed; what is already written to the register stays written. A batch too large for a page a house
    is no fault: it is a note of the last of `done`. Raises nothing but faults of ours.
    """
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.reports.pen import PenError

    acts = [a for one in done for a in _acts(one)]
    if not acts:
        return [], []
    if len(acts) > MOST_PRINTED:  # nobody hands out a page a house then; one list is signed
        zh = f"已登记 {len(acts)} 户；回执不逐户印，签收用 ownerbook form 交房登记清单"
        en = f"{len(acts)} houses are registered; sign the list of ownerbook form handover-receipt instead of a page a house"
        done[-1].notes.append(Text(zh, en))
        return [], []
    folder = space.root / space.settings["reports.folder"] / FOLDER
    situation = Situation(read.register)
    found = [r for a in acts if (r := _receipt(read.register, situation, a)) is not None]
    out: list[Path] = []
    notes: list[Text] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if len(found) <= MOST_APART:
            for r in found:
                out.append(_free(folder / f"{TITLE}_{part(r.house)}_{today.isoformat()}.xlsx"))
                write_receipts(out[-1], [r], _name(space), as_of=today)
        elif found:
            out.append(_free(folder / f"{TITLE}_{len(found)}户_{today.isoformat()}.xlsx"))
            write_receipts(out[-1], found, _name(space), as_of=today)
        if len(acts) <= MOST_APART:
            out += [p for a in acts for f in a.files for p in _box(space, read.register, f.record, folder, today)]
        elif new := [f.record for a in acts for f in a.files]:
            from ownerbook.jobs.cabinet_prints import print_files

            out += print_files(space, read.register, new, folder, today)
    except (OSError, PenError, Unusable) as error:
        why = error.message.zh if isinstance(error, Unusable) else getattr(error, "strerror", None) or str(error)
        zh = f"登记已写入，回执和标签没有印成：{why}"
        notes.append(Text(zh, f"the registration is written; its receipt and labels could not be printed: {why}"))
    return out, notes


def write_again(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """The receipt of houses as the register stands, with all papers of their file; without a house of all that were registered on the day.

    Raises Unusable, PenError.
    """
    from ownerbook.jobs.forms import needs
    from ownerbook.jobs.registration_pages import houses_of
    from ownerbook.jobs.workspace import Unusable

    needs(read.register, "houses", "owners")
    register, situation = read.register, Situation(read.register)
    found = []
    for row in houses_of(register, [wanted.house]) if wanted.house else _of_today(register):
        house = situation.canonical(situation.key("houses", row))
        receipt = _receipt(register, situation, _Act("业主登记", house=house), every=True, masked=wanted.how.masked)
        if receipt is None:
            raise Unusable(Text(f"{house} 没有现业主", f"{house} has no current owner"))
        found.append(receipt)
    n = write_receipts(path, found, _name(space), as_of=register.today, how=wanted.how)
    return Text(f"{n} 户", f"receipts: {n}")


def _of_today(register: Register) -> list[int]:
    """Rows of 房屋 whose current owners were registered on the day."""
    import numpy as np

    from ownerbook.calendar.months import EPOCH

    on = register.column("owners", "registered_on")
    mine = on.ok & (on.days == register.today.toordinal() - EPOCH) & register.column("owners", "status").is_("现业主")
    rows = register.reference("owners", "house_no").row[np.flatnonzero(mine)]
    return list(dict.fromkeys(int(r) for r in rows if r >= 0))


def _acts(done: Applied) -> list[_Act]:
    """Acts of a plan that were written and bring owners, or change who owns."""
    stories = done.plan.plan.stories
    out: dict[str, _Act] = {}
    for c, _ in done.taken:
        if not c.bundle or c.sheet not in ("owners", "files", "documents"):
            continue
        story = stories.get(c.bundle)
        act = out.setdefault(c.bundle, _Act(story.title.zh.partition(" ")[2] if story else ""))
        act.house = act.house or c.house
        if c.sheet == "owners" and (c.kind == "new" or c.field in ("share", "status")):
            act.owners.append(c)
        elif c.kind == "new" and c.sheet != "owners":
            (act.files if c.sheet == "files" else act.papers).append(c)
    return [a for a in out.values() if a.owners]


def _receipt(register: Register, situation: Situation, act: _Act, *, every: bool = False, masked: bool = True) -> Receipt | None:
    """What the owner is told, from the register as it is now. every: of all papers of the file, not only of those that came with the act."""
    from ownerbook.reports.naming import Naming, a_day

    row = situation.house(act.house)
    owners = situation.owners(row)
    if row < 0 or not owners:
        return None
    name = Naming(register, masked=masked)
    files = situation.files(row)
    file = files[-1] if files else -1
    mine = _papers_of(register, file)
    use = situation.found("houses", "use", row) or "住宅"
    new = {c.record for c in act.owners if c.kind == "new"}
    newest = next((r for r in owners if situation.key("owners", r) in new), owners[-1])
    company = situation.found("owners", "kind", newest) == "法人"
    minor = papers.under_age(situation.found("owners", "id_no", newest), register.today)
    held = [situation.found("documents", "doc_type", r) for r in mine if situation.found("documents", "status", r) != "待补"]
    agent = situation.found("owners", "note", newest).startswith("代理人")
    wanted = papers.required(register.policy, use, company=company, minor=minor, agent=agent)
    owed = papers.owed(wanted, held, company=company)
    day = name.day("owners", "registered_on", newest)
    registered = day if isinstance(day, date) else None
    came = {c.record for c in act.papers}
    received = []
    for r in (r for r in mine if every or situation.key("documents", r) in came):
        on = register.column("documents", "received_on")
        got = a_day(int(on.days[r])) if on.ok[r] else None
        kind, form, pages = (situation.found("documents", f, r) for f in ("doc_type", "form", "pages"))
        received.append(Received(situation.key("documents", r), kind, form, pages, got if isinstance(got, date) else None))
    return Receipt(
        house=act.house,
        matter=act.title or "业主登记",
        owners=tuple(f"{name.found('owners', 'name', r)}（{situation.key('owners', r)}）" for r in owners),
        file_no=situation.key("files", file),
        registered_on=registered,
        received=tuple(received),
        owed=owed,
        due=papers.due(register, registered) if owed and registered else None,
        clerk=name.staff(_staff_row(register, newest)).text or name.found("owners", "registered_by", newest),
    )


def _staff_row(register: Register, owner: int) -> int:
    """The row of 人员 of who registered an owner, -1 where that is not one person."""
    if "staff" not in register.tables:
        return -1
    written = register.tables["owners"].found("registered_by", owner).strip().partition(" ")[0]
    from ownerbook.register.whose import row_named

    return row_named(register, "staff", written) if written else -1


def _papers_of(register: Register, file: int) -> list[int]:
    import numpy as np

    if file < 0 or "documents" not in register.tables:
        return []
    return [int(r) for r in np.flatnonzero(register.reference("documents", "file_no").row == file)]


def _box(space: Workspace, register: Register, file_no: str, folder: Path, today: date) -> list[Path]:
    """Cover, list of contents and spine label of a new file."""
    from ownerbook.jobs.cabinet_prints import print_file

    return print_file(space, register, file_no, folder, today)


def _name(space: Workspace) -> str:
    return str(space.settings["workspace.name"] or space.root.name)


def _free(path: Path) -> Path:
    """A name that is not taken: a print that lies there may be in use."""
    for n in range(1, 1000):
        tried = path if n == 1 else path.with_name(f"{path.stem}({n}){path.suffix}")
        if not tried.exists():
            return tried
    return path
