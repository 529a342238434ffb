"""A folder of scans set against 材料: which belongs to which paper, which is asked, which is not matched, what was changed or is gone (pure).

Certain is only what leaves one paper: by its number, or by file or house and kind, where exactly one such paper has no scan yet and
exactly one file names it. Everything else is a question, or told with its reason.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ownerbook.procedures.scan_names import Known, Said, folded, said
from ownerbook.reconcile.change import NOTHING, Change, Origin
from ownerbook.reconcile.change import Said as Value
from ownerbook.reconcile.story import Story, line
from ownerbook.register.register import Register
from ownerbook.scans.look import Look
from ownerbook.schema.words import Text

State = Literal["known", "hashed", "changed", "moved", "matched", "asked", "unmatched", "spoilt"]
_MOST_ASKED: Final = 5
_TROUBLES: Final = {
    "empty": Text("文件是空的", "the file is empty"),
    "cut": Text("文件不完整，结尾缺失", "the file is cut off"),
    "locked": Text("有密码保护，打不开", "protected by a password"),
    "misnamed": Text("内容与扩展名不符", "is of another kind than its name says"),
    "unknown": Text("不是图片也不是 PDF", "neither an image nor a PDF"),
    "damaged": Text("文件已损坏", "the file is damaged"),
    "unreadable": Text("读不了", "cannot be read"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of the folder. path: relative to the workspace, with slashes; sha256: '' where it could not be read."""

    path: str
    sha256: str
    look: Look


@dataclass(slots=True)
class Outcome:
    """What became of a file. rows: papers it belongs to or may belong to (rows of 材料); why: for people."""

    seen: Seen
    state: State
    rows: list[int]
    why: Text


@dataclass(slots=True)
class Matching:
    """files: in order of their names. lost: rows of 材料 whose scan is not there. twice: texts about one scan under several papers.
    pages: (row, pages counted, pages registered) where they differ. changes: what is proposed."""

    files: list[Outcome] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    twice: list[tuple[list[int], str]] = field(default_factory=list)
    pages: list[tuple[int, int, int]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    stories: dict[str, Story] = field(default_factory=dict)

    def count(self, *states: State) -> int:
        """How many files are in these states."""
        return sum(f.state in states for f in self.files)


class Papers:
    """材料 as the matching asks for it."""

    def __init__(self, register: Register) -> None:
        from ownerbook.deadlines.columns import Whole

        self.register, book = register, Whole(register)
        self.table = register.tables["documents"]
        d, f = book.documents, book.files
        many = len(self.table)
        self.file = [int(r) for r in d.ref("file_no").row]
        types = d.doc_type
        self.kind = [types.options[int(n)] if n >= 0 else "" for n in types.choice]
        self.scan = [_path(self.table.found("scan", r)) if self.table.has("scan") else "" for r in range(many)]
        self.print = [self.table.found("scan_sha256", r).strip().lower() if self.table.has("scan_sha256") else "" for r in range(many)]
        self.key = [self.table.found("doc_no", r).strip() for r in range(many)]
        house = [int(r) for r in f.ref("house_no").row]
        form = register.policy.house_format
        houses = register.tables["houses"]
        self.house_of = [(form.canonical(houses.found("house_no", h)) or "") if h >= 0 else "" for h in house]
        self.file_no = [register.tables["files"].found("file_no", r).strip() for r in range(len(house))]
        gone = f.status.is_("已销毁")
        self.destroyed = {r for r in range(len(house)) if gone[r]}
        self.of_file, self.files_of = defaultdict[int, list[int]](list), defaultdict[str, list[int]](list)
        for r, n in enumerate(self.file):
            if n >= 0 and n not in self.destroyed:
                self.of_file[n].append(r)
        for n, name in enumerate(self.house_of):
            if name and n not in self.destroyed:
                self.files_of[name].append(n)
        every = {form.canonical(houses.found("house_no", r)) or "" for r in range(len(houses))} - {""}
        self.known = Known(
            {folded(k): k for k in self.key if k},
            {folded(k): k for k in self.file_no if k},
            every,
            form,
            [k for k in dict.fromkeys(self.kind) if k],
        )
        self.row_of = {k: r for r, k in reversed(list(enumerate(self.key))) if k}
        self.file_row = {k: r for r, k in reversed(list(enumerate(self.file_no))) if k}


def match(register: Register, seen: Sequence[Seen], *, lost: Iterable[int] = (), name: str = "") -> Matching:
    """Set the files of the folder against 材料. lost: rows whose scan lies nowhere in the workspace; name: of the folder, for the plan."""
    p, out = Papers(register), Matching(lost=list(lost))
    origin = Origin("act", name)
    by_path, by_print = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for r, path in enumerate(p.scan):
        if path and p.file[r] not in p.destroyed:
            by_path[path].append(r)
        if p.print[r]:
            by_print[p.print[r]].append(r)
    gone, refound = set(out.lost), set[int]()
    open_: list[tuple[Seen, Said]] = []
    for s in sorted(seen, key=lambda x: x.path):
        rows = by_path.get(_path(s.path), [])
        if rows:
            out.files.append(_known(p, s, rows, origin, out))
        elif s.look.trouble:
            out.files.append(Outcome(s, "spoilt", [], _TROUBLES[s.look.trouble]))
        elif moved := [r for r in by_print.get(s.sha256, []) if r in gone or not p.scan[r]]:
            out.files.append(Outcome(s, "moved", moved, Text("指纹与登记的相同，路径不同", "the registered fingerprint, under another path")))
            out.changes += [c for r in moved for c in _cells(p, r, s, origin, Text("指纹与登记的相同", "the registered fingerprint"))]
            refound.update(moved)
        elif held := by_print.get(s.sha256):
            told = "、".join(p.key[r] for r in held[:3])
            out.files.append(Outcome(s, "unmatched", held, Text(f"与 {told} 已登记的电子件内容相同", f"the same content as the scan of {told}")))
        else:
            open_.append((s, said(s.path, p.known)))
    out.lost = [r for r in out.lost if r not in refound]
    found = [(s, *_candidates(p, what)) for s, what in open_]
    asked = Counter(rows[0] for _, rows, sure, _ in found if sure)
    contents = Counter(s.sha256 for s, *_ in found)
    for s, rows, sure, why in found:
        if sure and asked[rows[0]] > 1:
            sure, why = False, Text("有几个文件都对得上这件材料：请合并成一个，或选一个", "several files fit this paper: join them, or choose one")
        if sure and contents[s.sha256] > 1:
            sure, why = False, Text("同样的内容有几个文件", "several files have this content")
        state: State = "matched" if sure else "asked" if rows else "unmatched"
        out.files.append(Outcome(s, state, rows, why))
        if sure:
            _compare_pages(p, rows[0], s, out)
        for r in rows[:_MOST_ASKED]:
            cells = _cells(p, r, s, origin, why, question=not sure)
            out.changes += cells
            if cells and not sure:  # path and fingerprint are one question
                out.stories[cells[0].bundle] = _story(p, r, s, why)
    out.files.sort(key=lambda f: f.seen.path)
    out.twice = [(rows, p.scan[rows[0]]) for rows in by_path.values() if len(rows) > 1]
    out.twice += [(rows, "") for rows in by_print.values() if len(rows) > 1 and len({p.scan[r] for r in rows}) > 1]
    return out


def _known(p: Papers, s: Seen, rows: list[int], origin: Origin, out: Matching) -> Outcome:
    """A file that 材料 names."""
    for r in rows:
        _compare_pages(p, r, s, out)
    if s.look.trouble:
        return Outcome(s, "spoilt", rows, _TROUBLES[s.look.trouble])
    other = [r for r in rows if p.print[r] and p.print[r] != s.sha256]
    if other:
        return Outcome(s, "changed", other, Text("内容与登记的指纹不符（H08）", "its content is not that of the fingerprint (H08)"))
    bare = [r for r in rows if not p.print[r]]
    if not bare or not s.sha256:
        return Outcome(s, "known", rows, Text("已登记，指纹相符", "registered, the fingerprint agrees"))
    why = Text("登记了电子件，没有指纹", "a registered scan without a fingerprint")
    out.changes += [c for r in bare for c in _cells(p, r, s, origin, why, path=False)]
    return Outcome(s, "hashed", bare, why)


def _candidates(p: Papers, what: Said) -> tuple[list[int], bool, Text]:
    """Papers that a name may mean, whether there is no doubt, and why."""
    if what.docs:
        rows = [p.row_of[k] for k in what.docs]
        if len(rows) > 1:
            return [], False, Text("文件名里有几个材料编号", "the name holds several paper numbers")
        if p.scan[rows[0]]:
            return [], False, _has(p, rows)
        other = [k for k in what.kinds if k != p.kind[rows[0]]]
        if other:
            return rows, False, Text(f"编号对得上，但文件名说是{other[0]}", f"the number fits, but the name says {other[0]}")
        return rows, True, Text(f"文件名里有材料编号 {what.docs[0]}", f"the name holds the paper number {what.docs[0]}")
    files = [p.file_row[k] for k in what.files]
    houses = what.houses or what.guesses
    if len(files) > 1 or (not files and len(what.houses) > 1):
        return [], False, Text(f"文件名里有几个档号或房号：{'、'.join(what.files or what.houses)}", "the name holds several files or houses")
    if not files and not houses:
        return [], False, Text("文件名里没有认得出的房号、档号或材料编号", "no house, file or paper of the register in the name")
    named = what.files[0] if files else "、".join(houses[:3])
    files = files or [f for h in houses for f in p.files_of.get(h, [])]
    held = [r for f in files for r in p.of_file.get(f, [])]
    if not held:
        return [], False, Text(f"{named} 没有档案或没有登记材料", f"{named} has no file, or no papers are entered")
    if not what.kinds:
        free = [r for r in held if not p.scan[r]]
        return (free, False, Text("没写是哪种材料", "the kind of paper is not said")) if free else ([], False, _has(p, held))
    rows = [r for r in held if p.kind[r] in what.kinds]
    if not rows:
        return [], False, Text(f"{named} 没有登记{'、'.join(what.kinds)}", f"{named} has no {', '.join(what.kinds)} entered")
    free = [r for r in rows if not p.scan[r]]
    if not free:
        return [], False, _has(p, rows)
    if len(free) == 1 and len(what.kinds) == 1 and (what.files or what.houses):
        return free, True, Text(f"{named} 的{what.kinds[0]}", f"{what.kinds[0]} of {named}")
    if not (what.files or what.houses):
        return free, False, Text(f"数字连写，可能是 {named}", f"digits without dashes, perhaps {named}")
    return free, False, Text(f"{named} 有 {len(free)} 件可能对得上", f"{len(free)} papers of {named} may be meant")


def _has(p: Papers, rows: list[int]) -> Text:
    told = "、".join(p.key[r] for r in rows[:3])
    return Text(f"{told} 已有电子件", f"{told} has a scan already")


def _cells(p: Papers, row: int, s: Seen, origin: Origin, why: Text, *, path: bool = True, question: bool = False) -> list[Change]:
    bundle = hashlib.sha256(f"scan\x1f{s.path}\x1f{p.key[row]}\x1f{s.sha256}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    house = p.house_of[p.file[row]] if p.file[row] >= 0 else ""
    out = []
    for name, value in (("scan", s.path), ("scan_sha256", s.sha256)):
        if (name == "scan" and not path) or not p.table.has(name) or not p.key[row]:
            continue
        held = p.table.found(name, row)
        ours = Value(held, p.table.held(name, row)) if held else NOTHING
        if held == value:
            continue
        verdict: Literal["question", "safe"] = "question" if question else "safe"
        out.append(
            Change("cell", "documents", p.key[row], name, ours, ours, Value(value, value), origin, verdict, why, house, row=row, bundle=bundle)
        )
    return out


def _story(p: Papers, row: int, s: Seen, why: Text) -> Story:
    """A question, told: is this file the scan of that paper."""
    paper = f"{p.key[row]} {p.kind[row]}（{p.file_no[p.file[row]] if p.file[row] >= 0 else '—'}）"
    pages = f"{s.look.kind}，{s.look.pages} 页" if s.look.pages else s.look.kind
    return Story(
        Text(f"扫描件：{s.path} 是不是 {p.key[row]}", f"scan: is {s.path} that of {p.key[row]}"),
        (
            line(Text("材料", "Paper"), Text(paper, paper)),
            line(Text("文件", "File"), Text(f"{s.path}（{pages}）", f"{s.path} ({s.look.kind}, {s.look.pages or '?'} pages)")),
            line(Text("为什么问", "Why asked"), why, tone="open"),
        ),
    )


def _compare_pages(p: Papers, row: int, s: Seen, out: Matching) -> None:
    said_ = p.table.found("pages", row).strip() if p.table.has("pages") else ""
    if s.look.pages and said_.isdigit() and int(said_) != s.look.pages and s.look.kind in ("PDF", "TIFF"):
        out.pages.append((row, s.look.pages, int(said_)))


def _path(text: str) -> str:
    """A path as two of them are compared."""
    plain = unicodedata.normalize("NFC", " ".join(text.replace("\\", "/").split()))
    return plain.removeprefix("./")
