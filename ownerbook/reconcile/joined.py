"""Changes of several incoming files as one list: the same asked twice is one, different ones asked of one cell are a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ownerbook.reconcile.change import Change
from ownerbook.schema.words import Text

APART = Text("几份来件对这一格要求不同，请选一项，其余选保留", "several files ask different things of this cell; choose one and keep for the others")
TWO_ROWS = Text("几份来件都有这个编号的新行，内容不同", "several files bring a new row of this key, and they differ")


def joined(changes: Sequence[Change]) -> list[Change]:
    """In the order given; which file comes first bears on nothing but whose name stands there."""
    first: dict[str, Change] = {}
    rivals: dict[tuple[str, str, str, str], set[str]] = {}
    for c in changes:
        if c.id in first:
            known = first[c.id]
            if c.origin.name not in known.origin.name.split("、"):
                name = "、".join(dict.fromkeys((*known.origin.name.split("、"), c.origin.name)))
                evidence = known.evidence or c.evidence
                first[c.id] = replace(known, origin=replace(known.origin, name=name), evidence=evidence)
            continue
        first[c.id] = c
        if c.kind in ("cell", "key", "new") and c.record:
            rivals.setdefault(_cell(c), set()).add(c.id)
    out = []
    for c in first.values():
        if c.kind in ("cell", "key", "new") and c.record and len(rivals[_cell(c)]) > 1:
            c = replace(c, verdict="question", why=TWO_ROWS if c.kind == "new" else APART)
        out.append(c)
    return out


def _cell(c: Change) -> tuple[str, str, str, str]:
    return c.sheet, c.record, c.field, "new" if c.kind == "new" else "cell"
