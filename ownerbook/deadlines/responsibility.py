"""Who may do which step of the procedure on a day, and which steps nobody may do (register.md 人员; procedure §2.1, 5.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ownerbook.deadlines.columns import Columns
from ownerbook.deadlines.duty import Duties
from ownerbook.register.declare import AUDIT, CLERK, DISPOSAL_APPROVAL, LOAN_REVIEW
from ownerbook.schema.words import Text

SOON = 31
"""Days within which somebody who leaves leaves soon."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the procedure. right: that it asks; sheets: where it is written; two: it takes two people."""

    name: Text
    right: str
    sheets: tuple[str, ...]
    two: bool = False


STEPS: tuple[Step, ...] = (
    Step(Text("登记、收件、建档", "register, receive, open files"), CLERK, ("owners", "household", "files", "documents")),
    Step(Text("更新登记事项", "enter changes"), CLERK, ("changes",)),
    Step(Text("审核变更", "agree to changes"), AUDIT, ("changes",)),
    Step(Text("审批借阅", "decide on loans"), LOAN_REVIEW, ("loans",)),
    Step(Text("借出、归还", "lend and take back"), CLERK, ("loans",)),
    Step(Text("审核档案、复核整改", "audit files, verify rectifications"), AUDIT, ("audits",)),
    Step(Text("鉴定", "appraise"), AUDIT, ("disposals",)),
    Step(Text("批准处置", "approve disposals"), DISPOSAL_APPROVAL, ("disposals",)),
    Step(Text("监销（两人，须签保密协议）", "witness destruction (two, with the agreement signed)"), "", ("disposals",), two=True),
)
"""The steps that the register names a person for."""


@dataclass(frozen=True, slots=True)
class Manned:
    """A step and who may do it on the day: rows of 人员. staying: of these, who does not leave soon."""

    step: Step
    people: tuple[int, ...]
    staying: tuple[int, ...]

    @property
    def lacking(self) -> Text | None:
        """What is wrong, None where nothing is."""
        need = 2 if self.step.two else 1
        if len(self.people) < need:
            return Text("没有人能办" if not self.people else "只有一人", "nobody may do it" if not self.people else "one person only")
        if len(self.staying) < need:
            return Text("能办的人即将离职", "who may do it leaves soon")
        return None


def manned(book: Columns, today: int) -> list[Manned]:
    """Each step with the people who may do it on a day."""
    duties = Duties(book, today)
    signed = frozenset(duties.employed)
    if book.has("staff.nda_on") and duties.there:
        signed &= frozenset(np.flatnonzero(book.persons.agreement <= today).tolist())
    leaves = book.persons.left if duties.there else np.zeros(0, np.int32)
    out = []
    for step in STEPS:
        people = duties.holders(step.right) if step.right else tuple(sorted(signed))
        out.append(Manned(step, people, tuple(p for p in people if leaves[p] > today + SOON)))
    return out
