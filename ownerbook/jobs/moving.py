"""Files moved to other places: asked on the command line, filled in on a list, or proposed by building and capacity; and the list to walk with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path

import numpy as np

from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.procedures.moving import Move, move
from ownerbook.procedures.registration import Act
from ownerbook.reconcile.change import Change, Origin
from ownerbook.register.proposal import NewValue, Proposal
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.register.whose import row_named
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.move_list import SHEET, Step
from ownerbook.reports.forms.on_the_box import Cabinet
from ownerbook.schema.words import Text
from ownerbook.workbook.filled_form import FilledForm

PLAN = "移架方案"
COMMAND = Origin("act", "ownerbook cabinet")


def moved_to(register: Register, words: Sequence[str], to: str, *, building: str = "", everything: bool = False) -> Act:
    """The files that words name, to one place (or along a shelf or a cabinet). Raises Unusable."""
    from ownerbook.jobs.cabinet_choice import choose

    cabinet = Cabinet(register)
    chosen = choose(cabinet, words, building=building, everything=everything)
    if not cabinet.places.under(to):
        raise Unusable(Text(f"「位置」里没有 {to}；请核对，或先登记这个位置", f"位置 does not hold {to}; check it, or register it first"))
    return move(register, [Move(cabinet.key(f), to) for f in chosen.files], COMMAND)


def balanced(register: Register, *, together: bool = False, unplaced: bool = False) -> Act:
    """What would put the cabinet right, see `procedures.rebalancing`."""
    from ownerbook.procedures.rebalancing import rebalance

    found = rebalance(register, together=together, unplaced=unplaced)
    act = move(register, found.moves, COMMAND)
    zh = f"超出容量 {found.over} 份；建议移 {len(act.changes)} 份"
    act.notes = [Text(zh, f"{found.over} files beyond the room there is; {len(act.changes)} to be moved"), *found.notes, *act.notes]
    return act


def from_list(register: Register, form: FilledForm) -> Proposal:
    """What a filled 移架清单 asks. Lines without 移到位置 ask nothing."""
    wanted = [
        Move(r.text("档号"), r.text("移到位置"), r.text("现位置"), f"{r.tab} 第 {r.number} 行")
        for r in form.sheets.get(SHEET, ())
        if r.text("档号") and r.text("移到位置")
    ]
    act = move(register, wanted, Origin("filled", form.path.name, fingerprint=form.fingerprint))
    values = [NewValue(c.sheet, c.row, c.field, str(c.theirs.value), c.ours.text if c.ours else "") for c in act.changes if c.theirs]
    return Proposal(values=values, against=act.against, notes=act.notes)


def steps(register: Register, changes: Sequence[Change]) -> list[Step]:
    """Changes of 存放位置 as steps of a walk, in the order of where the files stand."""
    cabinet, key = Cabinet(register), BY_FIELD["files"].key.field
    mine = {c.row: c for c in changes if c.sheet == "files" and c.field == "location" and c.theirs}
    out = []
    lent = np.asarray(register.column("files", "status").is_("借出"))
    for file in cabinet.in_order(list(mine)):
        c = mine[file]
        assert c.theirs is not None
        was = c.ours.text if c.ours else ""
        out.append(Step(register.tables["files"].found(key, file), cabinet.house(file), was, c.theirs.text, bool(lent[file])))
    return out


def write_walk(space: Workspace, register: Register, walk: Sequence[Step], workspace: str, how: Manner = CHINESE) -> Path:
    """The list to walk with. Gives its path: one that lies there is never written over. Raises PenError."""
    from ownerbook.reports.forms.move_list import write_pick_list

    folder, day = space.root / str(space.settings["reports.folder"]), register.today.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    names = (f"移架取放单_{day}{f'({n})' if n > 1 else ''}.xlsx" for n in count(1))
    path = next(folder / n for n in names if not (folder / n).exists())
    write_pick_list(path, walk, register, workspace, how)
    return path


def walked(space: Workspace, register: Register, since: date) -> list[Step]:
    """Moves that were written since a day, by whatever way, as the journal has them: each file from where it stood then to where it is now.

    Raises Unusable where the journal cannot be read.
    """
    from ownerbook.jobs.history import changes
    from ownerbook.storage.journal import Journal, JournalDamaged

    first: dict[str, str] = {}
    try:
        for past in changes(Journal(space.root)):
            c = past.change
            if past.at.date() >= since and (c.sheet, c.column, c.kind) == ("files", "location", "cell"):
                first.setdefault(c.record, str(c.old or ""))
    except (JournalDamaged, OSError, KeyError, ValueError, TypeError) as error:
        zh = "日志读不了，列不出移过的档案；请运行 ownerbook verify"
        raise Unusable(Text(zh, "the journal cannot be read, so the moves cannot be listed; run ownerbook verify")) from error
    cabinet = Cabinet(register)
    lent = np.asarray(register.column("files", "status").is_("借出")) if "files" in register.tables else np.zeros(0, bool)
    rows = {row: was for number, was in first.items() if (row := row_named(register, "files", number)) >= 0}
    out = [Step(cabinet.key(f), cabinet.house(f), rows[f], cabinet.place_of(f), bool(lent[f])) for f in rows]
    order = {number: n for n, number in enumerate(cabinet.places.number)}
    return sorted((s for s in out if s.was != s.to), key=lambda s: (order.get(s.was, len(order)), s.file_no))


def write_list(
    path: Path, register: Register, words: Sequence[str], workspace: str, how: Manner = CHINESE, *, building: str = "", everything: bool = False
) -> Text:
    """The list to fill in, of what words name; without any a blank one. Gives what it holds. Raises Unusable, PenError."""
    from ownerbook.jobs.cabinet_choice import choose
    from ownerbook.reports.forms.move_list import write_move_list

    files = choose(Cabinet(register), words, building=building, everything=everything).files if words or building or everything else []
    path.parent.mkdir(parents=True, exist_ok=True)
    n = write_move_list(path, register, files, workspace, how)
    return Text(f"{n} 份；填好放进收件箱" if n else "空白的；填好放进收件箱", f"{n} files" if n else "blank")
