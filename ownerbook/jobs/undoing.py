"""The inverse of what the journal says was done, as a plan of its own."""

from __future__ import annotations

from ownerbook.jobs.history import find
from ownerbook.jobs.reading import Read
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.reconcile.change import Origin, Plan
from ownerbook.reconcile.undo import inverse
from ownerbook.schema.words import Text


def plan_of(space: Workspace, read: Read, number: str) -> Plan:
    """The plan that puts back a change, or everything of an entry. Raises Unusable where the journal has none of that number.

    变更 rows that were written with it stay: the undoing is a change of its own, and writes its own rows.
    """
    found = find(space.root, number)
    past = [p for p in found if p.change.sheet != "changes" and p.change.came != "seal"]
    if found and not past and found[0].change.came == "seal":
        zh = "封存不能这样撤销；须由有「处置批准」权限的人写明理由：ownerbook seal --open 编号 --key 钥匙 --back"
        raise Unusable(Text(zh, "a sealing is not undone this way; who has the right uses ownerbook seal --open NO --key KEY --back"))
    origin = Origin("undo", f"日志 {number}", who=past[0].by if past else "")
    changes = [c for c in inverse(read.register, [p.change for p in past], origin) if c.kind != "cell" or c.ours != c.theirs]
    return Plan(dict(read.fingerprints), changes, [origin])
