"""Plans on their way: kept whole beside the register, for what goes out to people is masked and comes back as choices only."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from ownerbook.reconcile.change import Change, Origin, Plan, Said
from ownerbook.reconcile.recorded import packed, unpacked
from ownerbook.reconcile.story import Story, StoryLine, StoryTable
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import private_folder, write_atomically

VERSION: Final = 1
State = Literal["open", "applied", "superseded"]
_ID = re.compile(r"[0-9a-f]{16}")


class PlanDamaged(Exception):
    """A kept plan cannot be read."""

    def __init__(self, name: str) -> None:
        self.message = Text(f"方案 {name} 的存档读不了，请重新对账", f"the kept plan {name} cannot be read; reconcile again")
        super().__init__(self.message.zh)


@dataclass(slots=True)
class Kept:
    """A plan as kept. files: incoming files by their name → SHA-256, kept among the versions. settled: changes that somebody has decided on,
    by id → what. replaced_by: the plan that took its place. stands_on: what the register must be now, which is what the plan was made from
    until a part of it was written. workbook: where it was written for people, and the fingerprint that it had then."""

    plan: Plan
    state: State = "open"
    made_on: str = ""
    files: dict[str, str] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    replaced_by: str = ""
    stands_on: dict[str, str] = field(default_factory=dict)
    workbook: tuple[str, str] = ("", "")


def folder(root: Path) -> Path:
    """Where plans lie."""
    return root / ".ownerbook" / "plans"


def save(root: Path, kept: Kept) -> None:
    """Keep a plan. Raises OSError."""
    private_folder(root / ".ownerbook")
    body = {
        "version": VERSION,
        "state": kept.state,
        "made_on": kept.made_on,
        "files": kept.files,
        "settled": kept.settled,
        "replaced_by": kept.replaced_by,
        "stands_on": kept.stands_on,
        "workbook": list(kept.workbook),
        "plan": _plan_data(kept.plan),
    }
    raw = json.dumps(body, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    write_atomically(private_folder(folder(root)) / f"{kept.plan.id}.json", raw, private=True)


def load(root: Path, plan_id: str) -> Kept | None:
    """A kept plan, None where there is none of that id. Raises PlanDamaged."""
    path = folder(root) / f"{plan_id}.json"
    if not _ID.fullmatch(plan_id) or not path.is_file():
        return None
    try:
        body = json.loads(path.read_bytes())
        kept = Kept(_plan(body["plan"]), body["state"], body["made_on"], dict(body["files"]), dict(body["settled"]), body["replaced_by"])
        kept.stands_on = dict(body["stands_on"])
        kept.workbook = (str(body["workbook"][0]), str(body["workbook"][1]))
        if body["version"] != VERSION or (kept.plan.id != plan_id and not body.get("redacted")):  # by law: its texts are not those that named it
            raise ValueError(plan_id)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        raise PlanDamaged(plan_id) from None
    return kept


def open_plans(root: Path) -> tuple[list[Kept], list[str]]:
    """Plans of which something is still to be decided, the oldest first; and the ids of those that cannot be read."""
    try:
        names = sorted(p.stem for p in folder(root).iterdir() if p.suffix == ".json" and _ID.fullmatch(p.stem))
    except FileNotFoundError:
        return [], []
    found, damaged = [], []
    for name in names:
        try:
            kept = load(root, name)
        except PlanDamaged:
            damaged.append(name)
            continue
        if kept is not None and kept.state == "open":
            found.append(kept)
    return sorted(found, key=lambda k: k.made_on), damaged


def readable(root: Path, plan_id: str) -> bool:
    """Whether a plan is kept and can be read."""
    try:
        return load(root, plan_id) is not None
    except PlanDamaged:
        return False


def lay_aside(root: Path, plan_id: str) -> None:
    """Give a plan that cannot be read another name, so that it stands in nobody's way. Raises OSError."""
    path = folder(root) / f"{plan_id}.json"
    path.replace(path.with_suffix(".damaged"))


def _plan_data(plan: Plan) -> dict[str, Any]:
    return {
        "made_from": plan.made_from,
        "sources": [_origin_data(o) for o in plan.sources],
        "already": plan.already,
        "notes": [[n.zh, n.en] for n in plan.notes],
        "changes": [_change_data(c) for c in plan.changes],
        "stories": {
            name: {"title": list(s.title), "lines": [[list(n.label), list(n.full), list(n.masked), n.tone] for n in s.lines]}
            | ({"table": [s.table.heads, s.table.full, s.table.masked]} if s.table is not None else {})
            for name, s in plan.stories.items()
        },
    }


def _plan(data: Mapping[str, Any]) -> Plan:
    return Plan(
        dict(data["made_from"]),
        [_change(c) for c in data["changes"]],
        [_origin(o) for o in data["sources"]],
        int(data["already"]),
        [Text(*n) for n in data["notes"]],
        {name: _story(s) for name, s in data.get("stories", {}).items()},  # plans kept before acts were told as one have none
    )


def _story(data: Mapping[str, Any]) -> Story:
    lines = tuple(StoryLine(Text(*a), Text(*b), Text(*c), tone) for a, b, c, tone in data["lines"])
    if "table" not in data:
        return Story(Text(*data["title"]), lines)
    heads, full, masked = data["table"]
    return Story(Text(*data["title"]), lines, StoryTable(tuple(heads), tuple(map(tuple, full)), tuple(map(tuple, masked))))


def _change_data(c: Change) -> dict[str, Any]:
    out: dict[str, Any] = {k: getattr(c, k) for k in ("kind", "sheet", "record", "field", "verdict", "house", "row", "evidence", "bundle")}
    out |= {k: _said_data(getattr(c, k)) for k in ("base", "ours", "theirs")}
    out |= {"values": {k: _said_data(v) for k, v in c.values.items()}, "candidates": list(c.candidates)}
    return out | {"origin": _origin_data(c.origin), "why": [c.why.zh, c.why.en]}


def _change(d: Mapping[str, Any]) -> Change:
    values = {k: said for k, v in d["values"].items() if (said := _said(v)) is not None}
    plain = {k: d[k] for k in ("kind", "sheet", "record", "field", "verdict", "house", "row", "evidence")}
    plain["bundle"] = d.get("bundle", "")  # plans kept before there were bundles
    sides: dict[str, Any] = {k: _said(d[k]) for k in ("base", "ours", "theirs")}
    return Change(**plain, **sides, origin=_origin(d["origin"]), why=Text(*d["why"]), values=values, candidates=tuple(d["candidates"]))


def _said_data(said: Said | None) -> Any:
    return None if said is None else {"text": said.text, "value": packed(said.value)}


def _said(data: Any) -> Said | None:
    return None if data is None else Said(str(data["text"]), unpacked(data["value"]))


def _origin_data(o: Origin) -> dict[str, Any]:
    return asdict(o) | {"day": o.day.isoformat() if o.day else None}


def _origin(d: Mapping[str, Any]) -> Origin:
    return Origin(**{**d, "day": date.fromisoformat(d["day"]) if d["day"] else None})
