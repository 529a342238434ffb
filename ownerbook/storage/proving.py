"""Whether the journal, its personal parts and the kept versions are what they were: any byte changed, entry removed or file gone is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ownerbook.schema.words import Text
from ownerbook.storage import answer_store, plans
from ownerbook.storage import sealed as sealed_records
from ownerbook.storage.atomic import print_of
from ownerbook.storage.journal import FOLDER, NOTHING_BEFORE, Entry, Journal, JournalDamaged
from ownerbook.storage.redacted import ENTRY, SUFFIX
from ownerbook.storage.versions import Versions


@dataclass(slots=True)
class Examined:
    """entries and versions: how many were looked at. head: the fingerprint of the newest entry. troubles: what is not as it was. by_law: what
    was rewritten or deleted because the law asks for it, and which entry says so."""

    entries: int = 0
    versions: int = 0
    head: str = ""
    newest: datetime | None = None
    troubles: list[Text] = field(default_factory=list)
    by_law: list[Text] = field(default_factory=list)


def examine(root: Path, *, sealed: Mapping[int, str] | None = None) -> Examined:
    """Look at everything. sealed: fingerprints of entries as noted elsewhere (a report, a mail), by number; their first part will do."""
    out = Examined()
    journal = Journal(root)
    entries: dict[int, Entry] = {}
    before = NOTHING_BEFORE
    numbers = journal.numbers()
    for number in range(1, max([*numbers, _head(journal)[0], *(sealed or {})], default=0) + 1):
        name = f"journal/{number:06d}.json"
        try:
            entry = journal.read(number)
        except JournalDamaged as e:
            out.troubles.append(e.message)
            before = ""
            continue
        entries[number] = entry
        if entry.number != number or (before and entry.before != before):
            former = f"journal/{number - 1:06d}.json"
            zh = f"{former} 与 {name} 接不上：其中一条被改过、删掉或换过"
            out.troubles.append(Text(zh, f"{name} does not follow {former}: one of them was changed, removed or exchanged"))
        before = entry.fingerprint
        noted = (sealed or {}).get(number, "")
        if not entry.fingerprint.startswith(noted):
            zh = f"{name} 与别处留存的指纹 {noted[:12]} 不符：历史被改写过"
            out.troubles.append(Text(zh, f"{name} has not the fingerprint {noted[:12]} that was noted elsewhere: the history was rewritten"))
    out.entries = len(entries)
    if entries:
        last = entries[max(entries)]
        out.head, out.newest = last.fingerprint, last.at
        out.troubles += _pointed(journal, entries)
        if _head(journal)[0] == 0 and len(entries) > 1:  # with the first entry alone the program may have stopped between the two
            zh = "head.json 不见了或读不了，不能确认日志的末尾有没有被截去；请从备份恢复，或与别处留存的封存码核对（verify --head）"
            en = "head.json is gone or cannot be read, so entries may have been cut off the end; restore it, or compare with a seal (verify --head)"
            out.troubles.append(Text(zh, en))
    elif journal.head_file.exists():
        zh, en = "日志全部不见了，但 head.json 还在", "the whole journal is gone, but head.json is still there"
        out.troubles.append(Text(zh, en))
    out.by_law, troubles = _by_law(root, entries)
    out.troubles += troubles
    out.troubles += _details(journal, entries)
    out.troubles += _answers(root, entries)
    out.troubles += _plans(root)
    out.troubles += sealed_records.examined(root, entries.values())
    versions, troubles = _versions(root, entries)
    out.versions = versions
    out.troubles += troubles
    return out


def _head(journal: Journal) -> tuple[int, str]:
    try:
        body = json.loads(journal.head_file.read_bytes())
        return int(body["number"]), str(body["fingerprint"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""


def _pointed(journal: Journal, entries: Mapping[int, Entry]) -> Iterator[Text]:
    """head.json names the newest entry, or the one before it where the program stopped between the two."""
    number, print_ = _head(journal)
    if number in entries and entries[number].fingerprint != print_:
        zh = f"head.json 与 journal/{number:06d}.json 不符：其中一个被改过"
        yield Text(zh, f"head.json does not agree with journal/{number:06d}.json: one of them was changed")


def _by_law(root: Path, entries: Mapping[int, Entry]) -> tuple[list[Text], list[Text]]:
    """What each entry of kind `sealed` rewrote and deleted; and what of it came back, or is not there though it should be."""
    told, troubles = [], []
    gone = {kind: {str(o) for e in entries.values() if e.kind == ENTRY for o in e.data.get(kind, ())} for kind in ("versions", "details")}
    for entry in entries.values():
        if entry.kind != ENTRY:
            continue
        for kind, zh_kind, en_kind in (("versions", "旧版本", "kept versions"), ("details", "日志内容", "personal parts")):
            named = entry.data.get(kind, {})
            if not named:
                continue
            pairs = {str(o): str(n) for o, n in named.items()} if isinstance(named, Mapping) else dict.fromkeys(map(str, named), "")
            deleted = sum(not new for new in pairs.values())
            zh = f"{zh_kind} {len(pairs) - deleted} 个改写、{deleted} 个删除：依法封存，见日志第 {entry.number} 条"
            told.append(Text(zh, f"{len(pairs) - deleted} {en_kind} rewritten, {deleted} deleted by law, journal entry {entry.number}"))
            place = root / FOLDER / kind
            for old, new in pairs.items():
                if any(p.suffix != SUFFIX for p in place.glob(f"{old}.*")):
                    zh = f"{kind}/{old[:12]}… 已按日志第 {entry.number} 条封存，却还在或又回来了；请运行 ownerbook seal --finish"
                    en = f"{kind}/{old[:12]}… was sealed by journal entry {entry.number} and is still or again there; run ownerbook seal --finish"
                    troubles.append(Text(zh, en))
                if new and new not in gone[kind] and not any(p.suffix != SUFFIX for p in place.glob(f"{new}.*")):
                    zh = f"{kind}/{new[:12]}…（日志第 {entry.number} 条封存后的内容）不见了，请从备份恢复"
                    en = f"{kind}/{new[:12]}…, what journal entry {entry.number} left of it, is gone; restore it from a backup"
                    troubles.append(Text(zh, en))
                rest = place / f"{new}.json"
                if kind == "details" and new and rest.is_file() and print_of(rest) != new:
                    zh = f"{kind}/{new[:12]}… 的内容被改过，请从备份恢复"
                    troubles.append(Text(zh, f"{kind}/{new[:12]}… was changed; restore it from a backup"))
    return told, troubles


def _answers(root: Path, entries: Mapping[int, Entry]) -> Iterator[Text]:
    """answers.json names the newest answers as far as it has looked; another would hide what staff answered."""
    upto, number = answer_store.pointer(root)
    newest = max((n for n, e in entries.items() if e.kind == answer_store.ENTRY and n <= upto), default=0)
    if upto and number != newest:
        zh = f"answers.json 指的不是日志里最新的答复（第 {newest} 条），请删掉它，程序会重新找"
        yield Text(zh, f"answers.json does not name the newest answers in the journal (entry {newest}); delete it, and it is made anew")


def _plans(root: Path) -> Iterator[Text]:
    """Plans as kept, against what the journal says of each when it was made."""
    names = [p.stem for p in sorted(plans.folder(root).glob("*.json")) if len(p.stem) == plans.ID_LENGTH]
    try:
        said = plans.told(root, names)
    except JournalDamaged:
        return  # told already: of the plans nothing is certain
    for name in names:
        try:
            kept = plans.load(root, name)
        except plans.PlanDamaged as error:
            yield error.message
            continue
        if kept is not None and not plans.as_told(kept, said.get(name)):
            yield plans.PlanDamaged(name, changed=True).message


def _details(journal: Journal, entries: Mapping[int, Entry]) -> Iterator[Text]:
    deleted = {str(d) for e in entries.values() if e.kind == ENTRY for d in e.data.get("details", ())}
    for entry in entries.values():
        if not entry.detail:
            continue
        name = f"details/{entry.detail}.json"
        try:
            raw = (journal.details / f"{entry.detail}.json").read_bytes()
        except OSError:
            if entry.detail not in deleted:
                zh = f"{name}（日志第 {entry.number} 条的内容）不见了，请从备份恢复"
                yield Text(zh, f"{name}, the content of journal entry {entry.number}, is gone; restore it from a backup")
            continue
        if hashlib.sha256(raw).hexdigest() != entry.detail:
            zh = f"{name}（日志第 {entry.number} 条的内容）被改过，请从备份恢复"
            yield Text(zh, f"{name}, the content of journal entry {entry.number}, was changed; restore it from a backup")


def named_versions(entry: Entry) -> Iterator[tuple[str, str]]:
    """The versions of which an entry speaks: name of the workbook and fingerprint."""
    books = entry.data.get("workbooks")
    if isinstance(books, Mapping):
        yield from ((str(n), str(s)) for n, s in books.items())
    if entry.kind == "copy":
        yield str(entry.data.get("workbook", "")), str(entry.data.get("fingerprint", ""))
    if entry.kind == "planned":
        yield from (("来件", str(s)) for s in entry.data.get("files", ()))
    if entry.kind in ("applied", "applying"):
        for name, old, new in entry.data.get("files", ()):
            if old:
                yield str(name), str(old)
            yield str(name), str(new)


def _versions(root: Path, entries: Mapping[int, Entry]) -> tuple[int, list[Text]]:
    versions = Versions(root)
    there, troubles = set(), []
    for print_, path in versions.all():
        there.add(print_)
        if print_of(path) != print_:
            zh = f"versions/{path.name[:12]}… 的内容被改过，请从备份恢复"
            troubles.append(Text(zh, f"versions/{path.name[:12]}… was changed; restore it from a backup"))
    gone = {str(v) for e in entries.values() if e.kind in ("aged", ENTRY) for v in e.data.get("versions", ())}
    missing: dict[str, tuple[str, int]] = {}
    for entry in entries.values():
        for name, print_ in named_versions(entry):
            if print_ not in there and print_ not in gone:
                missing.setdefault(print_, (name, entry.number))
    for print_, (name, number) in missing.items():
        zh = f"{name} 的版本 {print_[:12]}…（日志第 {number} 条）不见了，请从备份恢复"
        troubles.append(Text(zh, f"version {print_[:12]}… of {name} (journal entry {number}) is gone; restore it from a backup"))
    return len(there), troubles
