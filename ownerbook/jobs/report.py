"""`ownerbook report`: the audit workbook of a month, made from the register and the journal, and made again from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.schema.words import Lang, Text

Profile = Literal["internal", "mail"]


def make(
    space: Workspace,
    month: str,
    *,
    now: datetime,
    lang: Lang | None = None,
    profile: Profile = "internal",
    password: str | None = None,
    encrypt: str | None = None,
    runs: Sequence[Any] | None = None,
    output: Path | None = None,
    again: bool = False,
) -> Path:
    """Make the audit workbook of a month (2026-10); gives where it lies.

    lang: as the settings say. profile: internal, or mail (names, numbers, houses and files hidden). password: of the workbooks, as the settings
    say. encrypt: a password for the workbook made. runs: of the ledger (`storage.ledger.Run`), None where they are not known. again: only
    from what the journal keeps of that month. A closed month that has a record is always made from it. Raises Unusable, PenError, OSError.
    """
    raise Unusable(Text("月报还在编写", "the monthly workbook is being written"))
