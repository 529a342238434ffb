"""What a report says about the run that it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class WorkbookRead(NamedTuple):
    """A workbook that was read, or could not be. sha256: of its bytes; rows: read from it; trouble: why it could not be read."""

    name: str
    sha256: str = ""
    rows: int | None = None
    trouble: str = ""


class Fixed(NamedTuple):
    """A problem of the last run that is gone."""

    code: str
    sheet: str
    record: str = ""
    header: str = ""


@dataclass(frozen=True, slots=True)
class RunInfo:
    """The run. workspace: its title; last_run: the day of the run before, '' for none; policy: the version in force."""

    workspace: str = ""
    workbooks: Sequence[WorkbookRead] = ()
    last_run: str = ""
    policy: str = ""
    program: str = "ownerbook"
