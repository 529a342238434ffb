"""Plans on their way: kept whole beside the register, for what goes out to people is masked and comes back as choices only."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from ownerbook.reconcile.change import Change, Origin, Plan, Said
from ownerbook.reconcile.recorded import packed, unpacked
from ownerbook.reconcile.story import Story, StoryLine, StoryTable
from ownerbook.schema.words import Text
from ownerbook.storage.atomic import private_folder, write_atomically
from ownerbook.storage.journal import Journal

VERSION: Final = 1
ENTRY: Final = "planned"
_SEALED: Final = "sealed"  # the entry that tells what was rewritten by law
State = Literal["open", "applied", "superseded"]
ID_LENGTH: Final = 16
_ID = re.compile(r"[0-9a-f]{16}")


class PlanDamaged(Exception):
    """A kept plan cannot be read, or is not what the journal says was kept (`changed`): nothing of it is carried out."""

    def __init__(self, name: str, *, changed: bool = False) -> None:
        self.message = Text(f"方案 {name} 的存档读不了，请重新对账", f"the kept plan {name} cannot be read; reconcile again")
        if changed:
            zh = f"方案 {name} 的存档与日志不符（被改过，或不是这里做出的），没有照办；请重新对账，并核对是谁改的（ownerbook verify）"
            en = f"the kept plan {name} is not what the journal says (changed, or not made here) and is not obeyed; reconcile again, and see `verify`"
            self.message = Text(zh, en)
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
        raw = path.read_bytes()
    except OSError:
        raise PlanDamaged(plan_id) from None
    return read(plan_id, raw)


def read(plan_id: str, raw: bytes) -> Kept:
    """A plan out of the bytes that it is kept as. Raises PlanDamaged."""
    try:
        body = json.loads(raw)
        kept = Kept(_plan(body["plan"]), body["state"], body["made_on"], dict(body["files"]), dict(body["settled"]), body["replaced_by"])
        kept.stands_on = dict(body["stands_on"])
        kept.workbook = (str(body["workbook"][0]), str(body["workbook"][1]))
        if body["version"] != VERSION or (kept.plan.id != plan_id and not body.get("redacted")):  # by law: its texts are not those that named it
            raise ValueError(plan_id)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise PlanDamaged(plan_id) from None
    return kept


def open_plans(root: Path) -> tuple[list[Kept], list[str]]:
    """Plans of which something is still to be decided, the oldest first; and the ids of those that cannot be read."""
    try:
        names = sorted(p.stem for p in folder(root).iterdir() if p.suffix == ".json" and _ID.fullmatch(p.stem))
    except FileNotFoundError:
        return [], []
    found, damaged = {}, []
    for name in names:
        try:
            kept = load(root, name)
        except PlanDamaged:
            damaged.append(name)
            continue
        if kept is not None and kept.state == "open":
            found[name] = kept
    told_prints = told(root, found)
    changed = [name for name, kept in found.items() if not as_told(kept, told_prints.get(name))]
    return sorted((k for n, k in found.items() if n not in changed), key=lambda k: k.made_on), sorted([*damaged, *changed])


def fingerprint(kept: Kept) -> str:
    """SHA-256 of all of a plan that stays as it was made: what it proposes, made from what, in which words and files. The journal names it, so
    that a plan that somebody changed where it is kept is missed: what is written is the plan as kept, not what people saw."""
    raw = json.dumps({"plan": _plan_data(kept.plan), "files": kept.files}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


def told(root: Path, names: Iterable[str]) -> dict[str, str]:
    """What the journal says last of these plans: id → fingerprint, '' for one kept before fingerprints were told; none for a plan of which it
    says nothing. Raises JournalDamaged."""
    wanted, out = set(names), dict[str, str]()
    for entry in Journal(root).backwards(ENTRY, _SEALED) if wanted else ():
        if entry.kind == ENTRY:
            said = {str(entry.data.get("plan", "")): str(entry.data.get("print", ""))}
        else:
            said = {**dict.fromkeys(map(str, entry.data.get("plans", ())), ""), **dict(entry.data.get("plan_prints", {}))}
        out = {**{n: p for n, p in said.items() if n in wanted}, **out}
        if len(out) == len(wanted):
            break
    return out


def as_told(kept: Kept, said: str | None) -> bool:
    """Whether a plan is what the journal says of it (`told`)."""
    return said is not None and said in ("", fingerprint(kept))


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
