"""What a form is asked for, and the rows that it is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.schema.words import Lang, Text

if TYPE_CHECKING:
    from ownerbook.register.register import Register
    from ownerbook.reports.forms.manner import Manner


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form is asked for. file, loan: numbers as the register writes them. month: 2026-10, '' for that of the day.

    audit: 抽查, 定期 or 专项; auditor: who audits; rate, count: how large the sample is instead of by policy; within: days ahead
    (定期). late: only what is past its term. everything: the whole hand-over. receiver: of one receiving body only. executed:
    what was carried out already. owner, house: whose change form; of
    registrations several houses, separated by 、; reason: of a change of ownership. lang: en prints the English words beside the Chinese. masked:
    whether people are shown in part only; None: as the form has it.
    """

    file: str = ""
    loan: str = ""
    month: str = ""
    audit: str = "抽查"
    auditor: str = ""
    rate: float | None = None
    count: int | None = None
    within: int = 30
    building: str = ""
    person: str = ""
    late: bool = False
    everything: bool = False
    receiver: str = ""
    executed: bool = False
    owner: str = ""
    house: str = ""
    reason: str = ""
    lang: Lang = "zh"
    masked: bool | None = None

    @property
    def how(self) -> Manner:
        """The manner asked for; in full where nothing is said."""
        from ownerbook.reports.forms.manner import Manner

        return Manner(self.lang, bool(self.masked))


def title_of(space: Workspace) -> str:
    """The community's name, as forms print it."""
    return str(space.settings["workspace.name"] or space.root.name)


def row_of(register: Register, sheet: str, key: str) -> int:
    """The row with a key. Raises Unusable where there is none or several."""
    from ownerbook.register.sheets import BY_FIELD

    name = BY_FIELD[sheet].name
    if sheet not in register.tables:
        raise Unusable(
            Text(
                f"没有「{name}」表；自己的台账请先用 ownerbook adopt 认列", f"there is no sheet {name}; adopt your own ledger first (ownerbook adopt)"
            )
        )
    column = register.column(sheet, BY_FIELD[sheet].key.field)
    number = register.names.known(key.strip())
    rows = np.flatnonzero((column.ids == number) & (number >= 0))
    if len(rows) != 1:
        if len(rows):
            places = "、".join(str(register.tables[sheet].place(int(r), BY_FIELD[sheet].key.field)) for r in rows[:3])
            raise Unusable(
                Text(f"「{name}」表里有 {len(rows)} 行 {key}（{places}），请先改正", f"{name} holds {key} {len(rows)} times ({places}); correct it")
            )
        near = _near(register, sheet, key.strip())
        zh = f"，是不是 {'、'.join(near)}" if near else "，请核对编号"
        raise Unusable(
            Text(f"「{name}」表里没有 {key}{zh}", f"{name} does not hold {key}; {'is it ' + ', '.join(near) if near else 'check the number'}")
        )
    return int(rows[0])


def _near(register: Register, sheet: str, key: str) -> list[str]:
    """Up to three keys that may be meant: written otherwise, or those of the files of a house that was named."""
    from ownerbook.identifiers import house_no
    from ownerbook.register.sheets import BY_FIELD

    column = register.column(sheet, BY_FIELD[sheet].key.field)
    texts = [column.text(int(r)) for r in np.flatnonzero(column.ok)]
    if sheet == "files" and (house := house_no.canonical(key, register.policy.house_format)):
        of = register.column("files", "house_no")
        mine = [column.text(r) for r in map(int, np.flatnonzero(column.ok & of.ok)) if of.text(r) == house]
        if mine:
            return mine[:3]
    plain = _plain(key)
    return [t for t in texts if _plain(t) == plain or (len(plain) > 2 and _plain(t).startswith(plain))][:3]


def _plain(text: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())


def needs(register: Register, *sheets: str) -> None:
    """Raises Unusable naming the first sheet that is not there."""
    from ownerbook.register.sheets import BY_FIELD

    for sheet in sheets:
        if sheet not in register.tables:
            raise Unusable(
                Text(
                    f"没有「{BY_FIELD[sheet].name}」表，开不出这张单；自己的台账请先用 ownerbook adopt 认列",
                    f"without the sheet {BY_FIELD[sheet].name} this form cannot be made; adopt your own ledger first (ownerbook adopt)",
                )
            )
