"""The inverse of what the journal says was done, as a plan of its own."""

from __future__ import annotations

from ownerbook.jobs.history import find
from ownerbook.jobs.reading import Read
from ownerbook.jobs.workspace import Workspace
from ownerbook.reconcile.change import Origin, Plan
from ownerbook.reconcile.undo import inverse


def plan_of(space: Workspace, read: Read, number: str) -> Plan:
    """The plan that puts back a change, or everything of an entry. Raises Unusable where the journal has none of that number.

    变更 rows that were written with it stay: the undoing is a change of its own, and writes its own rows.
    """
    past = [p for p in find(space.root, number) if p.change.sheet != "changes"]
    origin = Origin("undo", f"日志 {number}", who=past[0].by if past else "")
    changes = [c for c in inverse(read.register, [p.change for p in past], origin) if c.kind != "cell" or c.ours != c.theirs]
    return Plan(dict(read.fingerprints), changes, [origin])
