"""What a form says of the house itself: days of the first sale, the title number, its status; and the row of a house that a list founds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ownerbook.procedures.registration import said
from ownerbook.reconcile.change import NOTHING, Change
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.procedures.taking import Taking

_OF_FIRST_SALE = ("contract_on", "handover_on", "movein_on", "title_no")
_FOLLOWS = Text("随登记而变", "follows from the registration")
_ASKED = Text("使用情况变了，房屋状态是否跟着改", "how the house is used has changed; does its status follow")


def found_house(t: Taking) -> list[Change]:
    """The row on 房屋 that a developer's list founds."""
    if t.row >= 0:
        return []
    values = dict(t.form.of_house)
    parts = t.register.policy.house_format.parse(t.house)
    if parts is not None:
        for name in ("building", "unit", "room"):
            if getattr(parts, name) and not parts.prefix:
                values.setdefault(name, said(getattr(parts, name)))
    values |= {"house_no": said(t.house)}
    values.setdefault("use", said("住宅"))
    values.setdefault("status", said(sold_status(t)))
    if "floor_area" not in values:
        header = BY_FIELD["houses"].by_field["floor_area"].header
        t.note(f"{t.house}：没有写{header.zh}，请补登", f"{t.house}: {header.en} is not said")
    return [t.write.new("houses", values, Text("名单上的房屋", "a house of the list"))]


def sold_status(t: Taking) -> str:
    """What a sold house is where the form does not say it: not handed over yet, or empty."""
    given = t.form.of_house.get("status", NOTHING).text
    if given:
        return given
    handed = t.form.of_house.get("handover_on", NOTHING).value
    if not isinstance(handed, date):
        handed = t.held_day("houses", "handover_on", t.row)
    return "空置" if isinstance(handed, date) and handed <= t.day else "未交房"


def of_house(t: Taking, *, first: bool, evidence: str = "") -> list[Change]:
    """Cells of 房屋. first: days of the first sale are filled where they are blank; they do not change on resale (register.md)."""
    if t.row < 0:
        return []
    out: list[Change | None] = []
    given = t.form.of_house
    for name in _OF_FIRST_SALE:
        s = given.get(name, NOTHING)
        if not s.text:
            continue
        held = t.at.found("houses", name, t.row)
        header = BY_FIELD["houses"].by_field[name].header
        if (first or name == "title_no") and (not held or name == "title_no"):
            out.append(t.write.cell("houses", t.row, name, s.value if s.value is not None else s.text, _FOLLOWS, evidence=evidence))
        elif held != s.text and first:
            zh = f"{header.zh}：登记簿是 {held}，表上是 {s.text}，没有改；请用信息变更登记表"
            t.tell_open("未采用", "Not taken", zh, f"{header.en} is {held} in the register; not changed")
    now = t.at.found("houses", "status", t.row)
    wanted = given.get("status", NOTHING).text
    if not wanted and first and now in ("未售", "未交房"):
        wanted = sold_status(t)
    if wanted:
        out.append(t.write.cell("houses", t.row, "status", wanted, _FOLLOWS, evidence=evidence))
    found = [c for c in out if c is not None]
    for c in found:
        header = BY_FIELD["houses"].by_field[c.field].header
        was, is_ = (s.text if s else "" for s in (c.ours, c.theirs))
        t.tell("房屋", "House", f"{header.zh}：{was or '（空）'} → {is_}", f"{header.en}: {was or '(blank)'} → {is_}")
    if not any(c.field == "status" for c in found) and now:
        t.tell("房屋", "House", f"房屋状态 {now}，没有改", f"status {now}, not changed")
    return found


def status_asked(t: Taking, wanted: str) -> None:
    """Asks, outside the act, whether the status of the house follows; nothing where the form says it or it is that already."""
    if t.row < 0 or t.form.of_house.get("status", NOTHING).text:
        return
    now = t.at.found("houses", "status", t.row)
    change = t.write.cell("houses", t.row, "status", wanted, _ASKED, verdict="question", alone=True) if now and now != wanted else None
    if change is not None:
        t.act.changes.append(change)
        t.tell_open("房屋", "House", f"房屋状态现为 {now}，是否改为 {wanted}：另有一项询问", f"status {now}; whether it becomes {wanted} is asked")
