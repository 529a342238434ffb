"""Who of the current owners stays and who leaves, by a form: as the page marks them, or as the form names them again or does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownerbook.procedures.registration import LEAVES, STAYS, Line

if TYPE_CHECKING:
    from ownerbook.procedures.taking import Taking

_WORDS = {STAYS: STAYS, "保留": STAYS, "不变": STAYS, LEAVES: LEAVES, "迁出": LEAVES, "离开": LEAVES, "退出": LEAVES}


@dataclass
class Parting:
    """staying: row of 业主 → the line of the form that says so, in the order of the form; leaving: rows; coming: lines of new owners."""

    staying: dict[int, Line] = field(default_factory=dict)
    leaving: list[int] = field(default_factory=list)
    coming: list[Line] = field(default_factory=list)

    @property
    def main(self) -> Line:
        """Whose line comes first: the new owner who registers, else the first of those who stay."""
        return self.coming[0] if self.coming else next(iter(self.staying.values()))


def parting(t: Taking, owners: list[int]) -> Parting:
    """Reads it from the form; what is contradictory or not said is told as standing against the act.

    The form names everybody who owns the house from then on. Where the page lists the current owners each must be marked or named
    again; on a form that lists nobody, who is not named again leaves.
    """
    out = Parting()
    marked: dict[int, str] = {}
    by_key = {t.at.key("owners", r): r for r in owners}
    lines: dict[int, Line] = {}
    for one in t.form.current:
        key, going = one.text("owner_no"), one.text("going")
        row = by_key.get(key, -1)
        if row < 0:  # a form that was carried out is read again as long as something of it waits
            if going and not (_WORDS.get(going) == LEAVES and t.at.was_here("owners", key, t.row)):
                t.against(f"{one.place}：{key or '（没有编号）'} 不是 {t.house} 的现业主", f"{one.place}: {key} is no current owner of {t.house}")
            continue
        if going and going not in _WORDS:
            t.against(f"{one.place}：去留「{going}」应为 {STAYS} 或 {LEAVES}", f"{one.place}: {going} is neither {STAYS} nor {LEAVES}")
        marked[row], lines[row] = _WORDS.get(going, ""), one
    for one in t.form.owners:
        row = t.known(one, owners)
        if row < 0:  # a form that was carried out is read again as long as something of it waits
            out.coming.append(one)
        elif marked.get(row) == LEAVES:
            key = t.at.key("owners", row)
            t.against(f"{one.place}：{key} 既选了{LEAVES}，又写为业主", f"{one.place}: {key} leaves and is named as an owner too")
        else:
            out.staying[row] = one
    unsaid = []
    for row in owners:
        if row in out.staying or marked.get(row) == STAYS:
            out.staying.setdefault(row, lines.get(row, Line({})))
        elif marked.get(row) == LEAVES or not t.form.current:
            out.leaving.append(row)
        else:
            unsaid.append(t.at.key("owners", row))
    if unsaid:
        who = "、".join(unsaid)
        t.against(f"现业主 {who} 没有选去留（{STAYS} 或 {LEAVES}）", f"whether the current owners {who} stay or leave is not said")
    elif not out.staying and not out.coming:
        t.against("没有写过户后的业主", "nobody is named who owns the house from now on")
    return out
