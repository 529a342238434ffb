"""What may become of one differing cell: applied by itself, with a paper, or asked. The same decision for copies, forms and lists."""

from __future__ import annotations

from dataclasses import dataclass

from ownerbook.reconcile.change import Verdict
from ownerbook.register.policy import Policy
from ownerbook.schema.kinds import Fingerprint, Reference, Rights, StaffMember
from ownerbook.schema.sheet import Column
from ownerbook.schema.words import Text

CHANGED = ("houses", "owners", "household", "files")
"""Sheets whose updates are kept in 变更 (register.md)."""
ASKED = frozenset({"staff", "policy", "waivers", "calendar", "changes", "disposals"})
"""Sheets that say who may do what and what holds: nothing there applies by itself."""

KEY = Text("这是编号，改动须由人确认", "this is the key; a person must confirm")
REFERENCE = Text("这一格指向另一张表，改动须由人确认", "this cell refers to another sheet; a person must confirm")
ACT = Text("这一格写的是谁经手，改动须由人确认", "this cell says who acted; a person must confirm")
RULES = Text("这张表写的是制度和权限，改动须由人确认", "this sheet holds policy and rights; a person must confirm")
CONFLICT = Text("两边都改了，改得不一样", "both sides changed it, differently")
UNKNOWN = Text("登记簿里是另一个值，不知来件改自哪个值", "the register holds another value, and what was changed is not known")
CLEARED = Text("来件把这一格清空了", "the incoming side has cleared this cell")
EVIDENCE = Text("制度规定改这一项须有证明材料", "policy asks for a paper for this field")
FORMULA = Text("登记簿里这一格是公式", "the register's cell holds a formula")
DAMAGED = Text("新值读不懂或不合规定", "the new value cannot be read or breaks its form")
SAFE = Text("只有来件改了这一格", "only the incoming side changed this cell")
FILLED = Text("登记簿里是空的", "the register's cell is blank")


@dataclass(frozen=True, slots=True)
class Standing:
    """How the three sides of a cell stand that differs between theirs and ours.

    known: what it was changed from is known; moved: ours is no longer that; blank_ours, blank_theirs: nothing is there;
    readable: theirs is a value that rules may use; formula: ours is the result of one.
    """

    known: bool
    moved: bool
    blank_ours: bool
    blank_theirs: bool
    readable: bool = True
    formula: bool = False


def needs_evidence(sheet: str, column: Column, policy: Policy) -> bool:
    """Whether policy asks for a paper before this field is changed."""
    return sheet in CHANGED and column.header.zh in policy.evidence_fields


def judge(standing: Standing, sheet: str, column: Column, policy: Policy) -> tuple[Verdict, Text]:
    """What may become of the cell, and why. The gravest reason speaks."""
    s = standing
    if column.key:
        return "question", KEY
    if s.known and s.moved:
        return "question", CONFLICT
    if not s.known and not s.blank_ours:
        return "question", UNKNOWN
    if s.blank_theirs:
        return "question", CLEARED
    if s.formula:
        return "question", FORMULA
    if isinstance(column.kind, Reference):
        return "question", REFERENCE
    if isinstance(column.kind, StaffMember | Rights | Fingerprint):
        return "question", ACT
    if sheet in ASKED:
        return "question", RULES
    if not s.readable:
        return "question", DAMAGED
    if needs_evidence(sheet, column, policy):
        return "evidence", EVIDENCE
    return "safe", SAFE if s.known else FILLED
