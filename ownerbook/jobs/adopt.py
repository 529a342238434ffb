"""Adopt staff's own ledgers: look, write the mapping, take it back confirmed, convert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ownerbook.adopt.drift import locate
from ownerbook.adopt.layout import BookLayout
from ownerbook.adopt.looking import look
from ownerbook.adopt.mapping_answer import Answer, MappingWrong, read_answer
from ownerbook.adopt.mapping_book import OURS, LookedBook, write_mapping
from ownerbook.adopt.observing import observe
from ownerbook.adopt.relations import told
from ownerbook.jobs.workspace import SUFFIXES, Unusable
from ownerbook.schema.cells import Pool, Styles
from ownerbook.schema.words import Text
from ownerbook.storage import layouts
from ownerbook.workbook.book import Unreadable
from ownerbook.workbook.headers import recognise
from ownerbook.workbook.reading import REASONS, read_book

MAPPING = "台账对照表.xlsx"


@dataclass(slots=True)
class Adoption:
    """Ledgers, looked at. unreadable: name and why. pool and styles: of their texts and looks."""

    books: list[LookedBook]
    pool: Pool
    styles: Styles
    unreadable: list[tuple[str, Text]] = field(default_factory=list)


def look_at(
    arguments: Sequence[Path], cwd: Path, *, known: Sequence[BookLayout] = (), password: str | None = None, converting: bool = False
) -> Adoption:
    """Look at workbooks, or at all of a folder. Raises Unusable.

    converting: also tabs that are a sheet of the register already; else these are left as they are, and named.
    known: layouts confirmed before; a ledger that one of them fits starts from it, and what has changed since is said.
    """
    out = Adoption([], Pool(), Styles())
    files = _files(arguments, cwd)
    names = [p.name for p in files]
    for path in files:
        name = path.name if names.count(path.name) == 1 else f"{path.parent.name}/{path.name}"
        try:
            book = read_book(path, pool=out.pool, styles=out.styles, password=password)
        except Unreadable as e:
            out.unreadable.append((name, Text(*REASONS[e.reason])))
            continue
        if "ownerbook.kind" in book.properties:
            out.unreadable.append((name, Text("是 ownerbook 写出的文件，不是台账", "was written by ownerbook; no ledger")))
            continue
        ours = set() if converting else {t.name for t in book.tabs if (header := recognise(t, out.pool)) is not None and not header.missing}
        _, looked = look(book, out.pool, out.styles)
        seen: list[list[Text]] = []
        for n, tab in enumerate(looked):
            if tab.layout.tab in ours:
                tab.layout.use, tab.layout.why = False, OURS
                seen.append([])
                continue
            located = locate(tab.grid, known, propose=True) if known and tab.grid.rows else None
            if located is not None:
                looked[n] = tab = located.looked
            changes = [Text(c.say("zh"), c.say("en")) for c in located.changes] if located else []
            seen.append([*changes, *observe(tab.grid, tab.heading, tab.roles, book)])
        out.books.append(LookedBook(name, BookLayout(name, [x.layout for x in looked]), looked, seen, book.fingerprint))
    together = iter(told([x.layout for b in out.books for x in b.looked]))
    for looked_book in out.books:
        looked_book.seen = [[*next(together), *seen] for seen in looked_book.seen]
    return out


def _files(arguments: Sequence[Path], cwd: Path) -> list[Path]:
    out: list[Path] = []
    for given in arguments:
        path = cwd / given
        if not path.exists():
            raise Unusable(Text(f"找不到 {given}，请检查路径", f"{given} does not exist; check the path"))
        if path.is_dir():
            out += sorted(p for p in path.iterdir() if p.suffix.lower() in (*SUFFIXES, ".html", ".htm") and not p.name.startswith(("~$", ".")))
        else:
            out.append(path)
    if not out:
        raise Unusable(Text("没有找到任何工作簿", "no workbook was found"))
    return list(dict.fromkeys(out))


def propose(adoption: Adoption, path: Path, *, as_of: date) -> Path:
    """Write the mapping workbook that staff correct. Raises PenError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_mapping(path, adoption.books, as_of=as_of)


def confirm(mapping: Path, root: Path, *, as_of: date) -> Answer:
    """Take a corrected mapping and remember it in the workspace. Raises Unusable."""
    pool, styles = Pool(), Styles()
    try:
        book = read_book(mapping, pool=pool, styles=styles)
        answer = read_answer(book, pool, styles)
    except Unreadable as e:
        raise Unusable(Text(f"{mapping.name}：{REASONS[e.reason][0]}", f"{mapping.name}: {REASONS[e.reason][1]}")) from None
    except MappingWrong as e:
        lines = Text("\n".join(m.zh for m in e.mistakes), "\n".join(m.en for m in e.mistakes))
        raise Unusable(Text(f"对照表没有采用，请改正后再来：\n{lines.zh}", f"the mapping was not taken; correct it first:\n{lines.en}")) from None
    for layout in answer.books:
        if any(t.use for t in layout.tabs):
            layout.confirmed_on = as_of.isoformat()
            layouts.save(root, layout.name, layout.as_data())
    return answer


def remembered(root: Path) -> list[BookLayout]:
    """The layouts confirmed in a workspace; one that cannot be read counts as none."""
    out = []
    for data in layouts.load(root):
        try:
            out.append(BookLayout.from_data(data))
        except ValueError:
            continue
    return out
