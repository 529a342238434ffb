"""权限责任表 and the hand-over list of an archivist, as forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.jobs.forms import needs, title_of
from ownerbook.jobs.workspace import Unusable
from ownerbook.register.persons import FINE
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.jobs.forms import Wanted
    from ownerbook.jobs.reading import Read
    from ownerbook.jobs.workspace import Workspace


def write_matrix(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """Who may do what on the day. Raises Unusable, PenError."""
    from ownerbook.reports.forms.duties_matrix import write_duties

    needs(read.register, "staff")
    steps, lacking = write_duties(path, read.register, title_of(space), how=wanted.how)
    return Text(f"{steps} 个环节，{lacking} 个缺人", f"{steps} steps, {lacking} lack a person")


def write_handover(path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """What somebody (--person) hands over; without one, what all have open. Raises Unusable, PenError."""
    from ownerbook.reports.forms.archivist_handover import write_archivist_handover

    register = read.register
    needs(register, "staff", "files")
    person = -1
    if wanted.person:
        found, trouble = register.persons.resolve([wanted.person], np.array([register.today.toordinal() - EPOCH], np.int32))
        if int(trouble[0]) != FINE or int(found[0]) < 0:
            zh = "「人员」表里找不到 --person 写的人，或不止一人，请写工号"
            raise Unusable(Text(zh, "--person is not on 人员, or more than one is; write the number"))
        person = int(found[0])
    open_, files = write_archivist_handover(path, register, title_of(space), person=person, how=wanted.how)
    return Text(f"未了事项 {open_} 项，在管档案 {files} 份", f"{open_} open matters, {files} files")
