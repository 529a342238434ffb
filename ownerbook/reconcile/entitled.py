"""Who may agree to a change on a day, and who may enter it (register.md 人员, judging.md §5)."""

from __future__ import annotations

from datetime import date

import numpy as np

from ownerbook.identifiers import masks
from ownerbook.register.persons import FINE
from ownerbook.register.readers.days import EPOCH
from ownerbook.register.register import Register
from ownerbook.register.understood import NO_DAY
from ownerbook.schema.words import Text


def against(register: Register, who: str, right: str, day: date) -> Text | None:
    """What stands against a person's act that needs a right, None for nothing.

    who: 工号, name or both. Without 人员 nobody can be judged, and nothing stands against anyone.
    """
    if not who.strip():
        return Text(f"没有写由谁{right}", f"nobody is named who holds the right {right}")
    if "staff" not in register.tables:
        return None
    persons, when = register.persons, day.toordinal() - EPOCH
    found, trouble = persons.resolve([who], np.array([when], np.int32))
    p, who = int(found[0]), masks.staff(who)
    if int(trouble[0]) != FINE or p < 0:
        return Text(f"「人员」表里找不到 {who}，或不止一人，请写工号", f"{who} is not on 人员, or more than one is; write the number")
    joined, left = int(persons.joined[p]), int(persons.left[p])
    if (joined != int(NO_DAY) and when < joined) or when > left:
        return Text(f"{who} 在 {day.isoformat()} 不在职", f"{who} was not employed on {day.isoformat()}")
    if not any(a <= when <= b for a, b in persons.spans(right)[p]):
        return Text(f"{who} 在 {day.isoformat()} 没有「{right}」权限", f"{who} did not hold the right {right} on {day.isoformat()}")
    signed = int(persons.agreement[p])
    if signed == int(NO_DAY) or when < signed:
        return Text(f"{who} 没有签保密协议，或签订日期在后", f"{who} had not signed the confidentiality agreement")
    return None
