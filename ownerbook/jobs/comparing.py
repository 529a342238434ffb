"""Two versions of a register compared by record and by meaning: two days of the journal, two folders, or two workbooks."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from ownerbook.jobs.noting import differences
from ownerbook.jobs.reading import Read, read_register
from ownerbook.jobs.states import read_state, state_at
from ownerbook.jobs.workspace import Unusable, home, open_workspace
from ownerbook.reconcile.recorded import Recorded
from ownerbook.schema.words import Text
from ownerbook.storage.journal import Journal

NOW = ("now", "现在")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d)?")


def is_version(word: str) -> bool:
    """Whether a word names a version of a register: a day, a moment, now, or a folder."""
    return word in NOW or _MOMENT.fullmatch(word) is not None or Path(word).is_dir()


def compare(old: str, new: str, cwd: Path, today: date, *, password: str | None = None) -> list[Recorded]:
    """What differs from one version to another; sorted rows and other spellings do not. Raises Unusable, JournalDamaged."""
    before = _read(old, cwd, today, password, None)
    after = _read(new, cwd, today, password, before)
    return differences(before.register, after.register)


def _read(word: str, cwd: Path, today: date, password: str | None, beside: Read | None) -> Read:
    path = cwd / word
    if word not in NOW and not _MOMENT.fullmatch(word):
        return read_register(open_workspace([path], cwd), today, password=password, beside=beside)
    if home(cwd) is None:
        zh = f"{word} 说的是哪个工作区？请在工作区里运行，或写两个文件夹、两个工作簿"
        raise Unusable(Text(zh, f"{word} of which workspace? Run it in one, or name two folders or two workbooks"))
    space = open_workspace([], cwd)
    if word in NOW:
        return read_register(space, today, password=password, beside=beside)
    zone = ZoneInfo(space.settings["workspace.zone"])
    try:
        moment = datetime.fromisoformat(word.replace(" ", "T")) if len(word) > 10 else datetime.combine(date.fromisoformat(word), time.max)
    except ValueError:
        raise Unusable(Text(f"没有 {word} 这一天", f"there is no {word}")) from None
    found = state_at(Journal(space.root), moment.replace(tzinfo=zone))
    if found is None:
        raise Unusable(
            Text(f"{word} 还没有记录；登记簿的版本由 reconcile 和 nightly 记下", f"nothing was noted by {word}; reconcile and nightly note versions")
        )
    return read_state(space, found[0], today, password=password, beside=beside)
