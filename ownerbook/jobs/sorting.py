"""What a file in the inbox is: by its properties, its stamp, its ids, the layouts that staff confirmed, or the kept version that is nearest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.jobs import answers as problem_answers
from ownerbook.jobs import batch_forms, change_forms, copied_answers, house_forms, plan_answers, registration_forms
from ownerbook.jobs.copying import entry_of, entry_of_file
from ownerbook.jobs.filled import READ_BACK
from ownerbook.jobs.incoming import Incoming
from ownerbook.jobs.planned_acts import HANDED
from ownerbook.jobs.workspace import Workspace
from ownerbook.reconcile.change import Origin
from ownerbook.register.register import Register
from ownerbook.reports.answer_lines import counted
from ownerbook.reports.forms import change_form
from ownerbook.schema.cells import Pool, Styles
from ownerbook.schema.words import Text
from ownerbook.storage import answer_store
from ownerbook.storage.secret import secret_of
from ownerbook.storage.versions import Versions
from ownerbook.workbook.book import Book, Unreadable
from ownerbook.workbook.filled_form import FilledForm, FormTab, form_of, tabs_of
from ownerbook.workbook.nearness import Nearness, Print
from ownerbook.workbook.reading import read_book
from ownerbook.workbook.stamp import stamp_of

if TYPE_CHECKING:
    from ownerbook.jobs.reading import Read
    from ownerbook.schema.finding import Finding
    from ownerbook.storage.journal import Entry

LEAST_SHARE = 0.5  # equal rows, of the smaller: below this a file is no copy of a version
LEAST_CELLS = 0.8  # equal values, where whole rows differ (a column was added, every row touched)
COMPLETE_FROM = 0.8  # rows as against the base's: with fewer a file is an extract, and a missing row says nothing
NEWEST_VERSIONS = 12  # of the workbook that is nearest as it is now
MOST_VERSIONS = 400


@dataclass(frozen=True, slots=True)
class _Base:
    """A version that a file may have been made from. name: of the workbook in the register; day: when it was that, '' for now."""

    name: str
    fingerprint: str
    path: Path
    nearness: Nearness
    day: str = ""


class Sorter:
    """Says what files are. read: the register as it is now."""

    def __init__(self, space: Workspace, read: Read) -> None:
        self.space, self.read = space, read
        self._prints: dict[str, Print | None] = {}
        self._given: str | None = None

    def sort(self, path: Path, password: str | None = None, *, called: str = "") -> Incoming:
        """One file. called: its own name where it is read from where it is kept. Raises Unreadable, OSError."""
        pool, styles, self._given = Pool(), Styles(), password
        book = read_book(path, pool=pool, styles=styles, password=password, called=called)
        if called:
            book.path = path.with_name(called)
        kind = book.properties.get("ownerbook.kind", "")
        stamp = stamp_of(book)
        if stamp is None and registration_forms.is_registration(book, pool):
            origin = Origin("filled", book.path.name, fingerprint=book.fingerprint)
            found_there, against, read = registration_forms.registrations(book, pool, origin)
            return Incoming("registration", book.path, origin, registrations=found_there, complaints=against, notes=read)
        if stamp is None and batch_forms.is_handover(book, pool, styles):
            return self._handover(book, pool, styles)
        if stamp is None and (found := self._form(form_of(book, pool), kind, book, pool)) is not None:
            return found
        if stamp is None and kind:
            return Incoming("ours", path, Origin("list", path.name, fingerprint=book.fingerprint))
        return self._rows(book, pool, styles, stamp)

    def handed_over(self, path: Path, password: str | None = None, *, clerk: str = "", called: str = "") -> Incoming:
        """A developer's list that somebody names as one, in whatever columns. clerk: who registers, where the list does not say. Raises
        Unreadable, OSError."""
        pool, styles = Pool(), Styles()
        book = read_book(path, pool=pool, styles=styles, password=password, called=called)
        if called:
            book.path = path.with_name(called)
        return self._handover(book, pool, styles, clerk)

    def _handover(self, book: Book, pool: Pool, styles: Styles, clerk: str = "") -> Incoming:
        origin = Origin("filled", book.path.name, place=HANDED, who=clerk, fingerprint=book.fingerprint)
        name = str(self.space.settings["workspace.name"] or "")
        given = batch_forms.handover_list(book, pool, styles, origin, self.read.register.policy, workspace=name, clerk=clerk)
        return Incoming("handover", book.path, origin, handover=given, complaints=list(given.refused))

    def _form(self, form: FilledForm, kind: str, book: Book, pool: Pool) -> Incoming | None:
        origin = Origin("form", form.path.name, fingerprint=form.fingerprint)
        register = self.read.register
        if plan_answers.is_plan(form):
            choices = plan_answers.choices_of(form)
            return Incoming("plan", form.path, origin, plan=choices, complaints=list(choices.complaints))
        if kind == change_form.KIND or (not kind and _looks_asked(form)):
            asked, against = change_forms.asked(register, form, secret=self._secret)
            return Incoming("form", form.path, origin, asked=asked, complaints=against)
        if house_forms.is_house_change(form):
            origin = replace(origin, came="filled")
            houses, against = house_forms.house_changes(form, origin)
            return Incoming("house-change", form.path, origin, houses=houses, complaints=against)
        if problem_answers.is_problem_list(form):
            return self._answers(form, tabs_of(book, pool, copied_answers.FIRSTS))
        if kind in READ_BACK:
            return Incoming("filled", form.path, replace(origin, came="filled"), form=form)
        return None

    def _answers(self, form: FilledForm, copies: Sequence[FormTab]) -> Incoming:
        """A problem workbook with answers, and with cells that were corrected in its annotated copies."""
        known = answer_store.known(self.space.root).answers
        taken = problem_answers.answers(self.read.register, self._findings, form, copies, secret=self._secret, known=known, judged=self._judged)
        origin = Origin("answers", form.path.name, fingerprint=form.fingerprint)
        notes = [counted(Counter(line.outcome for line in taken.lines))] if taken.lines else []
        return Incoming(
            "answers", form.path, origin, asked=taken.asked, answers=taken.others, lines=taken.lines, notes=notes, complaints=taken.complaints
        )

    @cached_property
    def _secret(self) -> bytes:
        return secret_of(self.space.root, make=False)

    @cached_property
    def _findings(self) -> list[Finding]:
        """The problems of the register now, as a check of the workspace finds them, waived ones marked."""
        from ownerbook.jobs.check import waive

        found = self._judged(self.read.register)
        waive(self.read.register, found, self.read.register.today)
        return found

    def _judged(self, register: Register) -> list[Finding]:
        from ownerbook.rules.book import chosen
        from ownerbook.rules.judge import judge

        return judge(register, chosen((), self.space.settings["check.ignore"]), self.read.disk)

    def _rows(self, book: Book, pool: Pool, styles: Styles, stamp: str | None) -> Incoming:
        """A file with rows: a working copy, a copy without a stamp, another system's list, or nothing of ours."""
        from ownerbook.adopt.assembling import Reader
        from ownerbook.jobs.adopt import remembered
        from ownerbook.workbook.assembly import assemble

        path = book.path
        print_ = Print.of(book, pool)
        assembly = assemble([(path.name, book)], pool, styles, Reader(remembered(self.space.root), pool, styles))
        notes: list[Text] = []
        entry = self._entry(book, stamp, notes)
        who = str(entry.data.get("to", "")) if entry else ""
        if not assembly.tables:
            zh = "里面没有登记簿的表；是自己的台账请先用 ownerbook adopt 认列"
            why = Text(zh, "it holds no sheet of the register; adopt it first where it is a ledger of your own")
            return Incoming("unknown", path, Origin("list", path.name, who=who, fingerprint=book.fingerprint), notes=notes, complaints=[why])
        base = (
            self._stamped_base(entry, print_, notes) if entry else self._remembered(book.fingerprint, print_, notes) or self._nearest(print_, notes)
        )
        origin = Origin("copy" if base else "list", path.name, who=who, fingerprint=book.fingerprint)
        theirs = Register(assembly.tables, self.read.register.today, facts=assembly.facts, policy=self.read.register.policy)
        if base is None:
            zh = "没有找到它的底本，只与登记簿逐格比较；少的行和空格不当作改动"
            notes.append(
                Text(zh, "no version that it was made from was found; it is compared with the register, missing rows and blanks say nothing")
            )
            return Incoming("list", path, origin, register=theirs, notes=notes)
        near = base.nearness
        complete = near.theirs >= COMPLETE_FROM * near.ours
        if not complete:
            zh, en = f"只有 {near.theirs} 行，底本有 {near.ours} 行，按摘录看待，少的行不当作删除", f"an extract: {near.theirs} of {near.ours} rows"
            notes.append(Text(zh, f"{en}; a missing row says nothing"))
        was = self._register_of(base)
        return Incoming("copy", path, origin, register=theirs, base_register=was, base={base.name: base.fingerprint}, complete=complete, notes=notes)

    def _entry(self, book: Book, stamp: str | None, notes: list[Text]) -> Entry | None:
        """The journal's entry of a working copy."""
        if stamp is None:
            return entry_of_file(self.space.root, book.fingerprint)
        entry = entry_of(self.space.root, stamp)
        if entry is None:
            notes.append(Text("它的标记不是本工作区发出的，按没有标记看待", "its stamp was not given out here; it counts as unstamped"))
        return entry

    def _stamped_base(self, entry: Entry, print_: Print, notes: list[Text]) -> _Base | None:
        fingerprint, name = str(entry.data["fingerprint"]), str(entry.data["workbook"])
        day = entry.at.date().isoformat()
        notes.append(
            Text(f"底本是 {day} 发给{entry.data.get('to', '')}的 {name}", f"its base is {name} as given out on {day} to {entry.data.get('to', '')}")
        )
        path = Versions(self.space.root).path(fingerprint)
        if path is None or (was := self._print(fingerprint, path)) is None:
            notes.append(Text("底本的存档不见了，改按内容找最接近的版本", "the kept base is missing; the nearest version is looked for instead"))
            return self._nearest(print_, notes)
        return _Base(name, fingerprint, path, was.near(print_))

    def _remembered(self, fingerprint: str, print_: Print, notes: list[Text]) -> _Base | None:
        """The base with which the very same file was compared before: the register may have taken so much of it that it is nearer now."""
        from ownerbook.storage.journal import Journal

        for entry in Journal(self.space.root).backwards("inbox"):
            if entry.data.get("fingerprint") == fingerprint:
                for name, base in dict(entry.data.get("base") or {}).items():
                    path = Versions(self.space.root).path(str(base)) or dict(self.space.files).get(str(name))
                    held = path is not None and (self.read.fingerprints.get(str(name)) == base or path.stem == base)
                    if path is not None and held and (was := self._print(str(base), path)) is not None:
                        day = entry.at.date().isoformat()
                        zh, en = f"底本与 {day} 收到时相同：{name}", f"its base is that of {day}, when it first came: {name}"
                        notes.append(Text(zh, en))
                        return _Base(str(name), str(base), path, was.near(print_), day)
        return None

    def _nearest(self, print_: Print, notes: list[Text]) -> _Base | None:
        """The version that a file without a stamp was most likely made from: the register now, or one that it was before."""
        paths = dict(self.space.files)
        found = [b for n, f in self.read.fingerprints.items() if (b := self._tried(print_, n, f, paths[n], "")) is not None]
        like = max(found, key=lambda b: b.nearness.common).name if found else ""
        before = [(f, n, day) for f, n, day in self._before if not like or n == like][:NEWEST_VERSIONS]
        for fingerprint, name, day in before:
            path = Versions(self.space.root).path(fingerprint)
            if path is not None and (base := self._tried(print_, name, fingerprint, path, day)) is not None:
                found.append(base)
        if not found:
            return None
        best = max(found, key=lambda b: (b.nearness.common, b.nearness.cells, not b.day, b.day))
        zh, en = (
            (f"{best.day} 的 {best.name}", f"{best.name} as it was on {best.day}")
            if best.day
            else (f"现在的 {best.name}", f"{best.name} as it is now")
        )
        which = Text(zh, en)
        share = f"{best.nearness.share:.0%}"
        notes.append(
            Text(
                f"没有标记，按内容最接近的是{which.zh}（{share} 的行相同），以它为底本",
                f"no stamp; nearest is {which.en} ({share} of the rows are equal), taken as its base",
            )
        )
        return best

    def _tried(self, print_: Print, name: str, fingerprint: str, path: Path, day: str) -> _Base | None:
        """A version, where it is near enough to be the base."""
        was = self._print(fingerprint, path)
        near = was.near(print_) if was is not None else None
        if near is None or not near.common or (near.share < LEAST_SHARE and near.cells < LEAST_CELLS):
            return None
        return _Base(name, fingerprint, path, near, day)

    @cached_property
    def _before(self) -> list[tuple[str, str, str]]:
        """What the register was before, by the journal, newest first: fingerprint, workbook, the last day on which it was that.

        Only these: incoming files are kept too, and a copy must not become its own base.
        """
        from ownerbook.storage.journal import Journal

        out: dict[str, tuple[str, str]] = {}
        for entry in Journal(self.space.root).backwards("copy", "seen", "typed", "applied"):
            if entry.kind == "copy":
                met = [(str(entry.data["workbook"]), str(entry.data["fingerprint"]))]
            elif entry.kind == "applied":
                met = [(str(name), str(print_)) for name, *prints in entry.data["files"] for print_ in reversed(prints)]
            else:
                met = [(str(name), str(print_)) for name, print_ in entry.data["workbooks"].items()]
            for name, print_ in met:
                if print_ not in self.read.fingerprints.values():
                    out.setdefault(print_, (name, entry.at.date().isoformat()))
            if len(out) >= MOST_VERSIONS:
                break
        return [(f, name, day) for f, (name, day) in out.items()]

    def _print(self, fingerprint: str, path: Path) -> Print | None:
        if fingerprint not in self._prints:
            pool = Pool()
            try:
                self._prints[fingerprint] = Print.of(read_book(path, pool=pool, styles=Styles(), password=self._password), pool)
            except (Unreadable, OSError):
                self._prints[fingerprint] = None
        return self._prints[fingerprint]

    @property
    def _password(self) -> str | None:
        """The one that was given, else the workspace's own."""
        return self._given if self._given is not None else self._own_password

    @cached_property
    def _own_password(self) -> str | None:
        from ownerbook.jobs.reading import password_from

        try:
            return password_from(self.space, None)
        except OSError:
            return None

    def _register_of(self, base: _Base) -> Register:
        """The base as a register, read as the file was."""
        from ownerbook.adopt.assembling import Reader
        from ownerbook.jobs.adopt import remembered
        from ownerbook.workbook.assembly import assemble

        pool, styles = Pool(), Styles()
        book = read_book(base.path, pool=pool, styles=styles, password=self._password, called=base.name)
        assembly = assemble([(base.name, book)], pool, styles, Reader(remembered(self.space.root), pool, styles))
        return Register(assembly.tables, self.read.register.today, facts=assembly.facts, policy=self.read.register.policy)


def _looks_asked(form: FilledForm) -> bool:
    """Whether a form without properties is a change form: its hidden columns are there."""
    heads = {"对象表", "变更字段", change_form.NEW}
    return any(heads <= row.cells.keys() for rows in form.sheets.values() for row in rows)
