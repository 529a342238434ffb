"""A register made ready for searching: a card for each house, and every value by which it may be asked for.

Values that were so formerly (an old phone, an old name, the old number of a house) come from 变更 and from the journal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

import numpy as np

from ownerbook.identifiers import house_no, masks
from ownerbook.reconcile.recorded import Past
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_NAME
from ownerbook.search.asking import TAIL, check_value
from ownerbook.search.columns import Cards, days, said, texts
from ownerbook.search.index import Gathered
from ownerbook.search.pinyin import spellings

_SECTION = {"name": "names", "phone": "phones", "phone2": "phones", "id_no": "ids", "house_no": "houses"}
_NOT_DIGITS = re.compile("[^0-9]+")
Mask = Callable[[str], str]


class Gathering:
    """Collects a register. masked: whether cards show names and numbers masked. secret: the key of check values."""

    def __init__(self, register: Register, secret: bytes, *, masked: bool) -> None:
        self.register, self.secret = register, secret
        self.name: Mask = cache(masks.name) if masked else str
        self.phone: Mask = cache(masks.phone) if masked else str
        self.document: Mask = masks.document if masked else str
        self.found = Gathered(house_format=register.policy.house_format.spec)
        self.cards = Cards(register)
        self._tags: dict[tuple[str, str], str] = {}  # of records by sheet and key, for what was so formerly

    def all(self, past: Iterable[Past]) -> Gathered:
        """Everything."""
        self._houses()
        people = self._people()
        self._household()
        self._files(people)
        self._former(past)
        order = self.cards.sorted()
        new = {old: n for n, old in enumerate(order)}
        found = self.found
        found.cards = [self.cards.list[old] for old in order]
        for section, lines in found.lines.items():
            found.lines[section] = [(value, f"{new[int(card)]}.{what}") for value, (card, _, what) in ((v, t.partition(".")) for v, t in lines)]
        return found

    def _has(self, *sheets: str) -> bool:
        return all(s in self.register.tables and len(self.register.tables[s]) for s in sheets)

    def _houses(self) -> None:
        if not self._has("houses"):
            return
        uses, states = said(self.register, "houses", "use"), said(self.register, "houses", "status")
        keys = texts(self.register, "houses", "house_no")
        for row, number in enumerate(self.cards.of("houses")):
            card = self.cards.list[number]
            card.use, card.status = card.use or uses[row], card.status or states[row]
            self._tags.setdefault(("houses", keys[row]), f"{number}.h")

    def _people(self) -> dict[str, int]:
        """The owners; gives the card of each 业主编号."""
        out: dict[str, int] = {}
        if not self._has("owners"):
            return out
        register = self.register
        columns = [texts(register, "owners", f) for f in ("owner_no", "name", "phone", "phone2", "id_no")]
        listed = [said(register, "owners", f) for f in ("kind", "status", "id_type")]
        numbers = self.cards.of("owners")
        for number, key, name, phone, phone2, id_no, kind, status, id_type in zip(numbers, *columns, *listed, strict=True):
            card = self.cards.list[number]
            tag = f"{number}.o{len(card.people)}"
            person = {"key": key, "name": self.name(name), "kind": kind, "status": status, "phone": self.phone(phone) if phone else "",
                      "phone2": self.phone(phone2) if phone2 else "", "id_type": id_type, "id_no": self.document(id_no) if id_no else ""}  # fmt: skip
            card.people.append(person)
            out.setdefault(key, number)
            self._tags.setdefault(("owners", key), tag)
            self.found.add("keys", key.upper(), tag)
            self._person(tag, name, (phone, phone2), id_no)
        return out

    def _person(self, tag: str, name: str, phones: Iterable[str], id_no: str = "") -> None:
        self._named(name, tag)
        for phone in phones:
            self._phoned(phone, tag)
        self._identified(id_no, tag)

    def _named(self, name: str, tag: str) -> None:
        add = self.found.add
        add("names", name.casefold(), tag)
        for spelling in spellings(name):
            add("pinyin", spelling, tag)

    def _phoned(self, phone: str, tag: str) -> None:
        self.found.add("phones", _NOT_DIGITS.sub("", phone), tag)

    def _identified(self, number: str, tag: str) -> None:
        plain = "".join(c for c in number.upper() if c.isascii() and c.isalnum())
        if len(plain) >= 4:
            self.found.add("ids", plain[-TAIL:], tag)
            self.found.add("whole_ids", check_value(self.secret, plain), tag)

    def _household(self) -> None:
        if not self._has("household"):
            return
        register = self.register
        columns = [texts(register, "household", f) for f in ("member_no", "name", "phone", "id_no")]
        listed = [said(register, "household", f) for f in ("relation", "status")]
        numbers = self.cards.of("household")
        for number, key, name, phone, id_no, relation, status in zip(numbers, *columns, *listed, strict=True):
            card = self.cards.list[number]
            tag = f"{number}.m{len(card.members)}"
            member = {"key": key, "name": self.name(name), "relation": relation, "status": status, "phone": self.phone(phone) if phone else ""}
            card.members.append(member)
            self._tags.setdefault(("household", key), tag)
            self.found.add("keys", key.upper(), tag)
            self._person(tag, name, (phone,), id_no)

    def _files(self, people: dict[str, int]) -> None:
        if not self._has("files"):
            return
        register = self.register
        columns = [texts(register, "files", f) for f in ("file_no", "location", "owner_no")]
        states = said(register, "files", "status")
        where = _described(register)
        houses = self.cards.of("files", blank=-1)
        tags: list[tuple[int, str]] = []
        for number, file_no, location, owner_no, status in zip(houses, *columns, states, strict=True):
            if number < 0:
                number = people[owner_no] if owner_no in people else self.cards.new("")
            card = self.cards.list[number]
            tag = f"{number}.f{len(card.files)}"
            tags.append((number, tag))
            card.files.append(
                {"file_no": file_no, "status": status, "location": location, "place": where.get(location.upper(), ""), "owner_no": owner_no}
            )
            self.found.add("keys", file_no.upper(), tag)
            self.found.add("places", location.upper(), tag)
        self._loans(tags)

    def _loans(self, tags: list[tuple[int, str]]) -> None:
        """Who has what is out."""
        if not self._has("loans"):
            return
        from ownerbook.deadlines import loans
        from ownerbook.deadlines.columns import Whole
        from ownerbook.deadlines.standing import files_out

        register = self.register
        book = Whole(register)
        out = files_out(book)
        when = loans.due(book, register.calendar)
        due = days(when.day)
        lent = days(book.loans.lent_on.days)
        columns = {f: texts(register, "loans", f) for f in ("loan_no", "borrower", "phone")}
        kinds = said(register, "loans", "borrower_kind")
        for file in np.flatnonzero(out >= 0).tolist():
            row = int(out[file])
            number, tag = tags[file]
            name, phone = columns["borrower"][row], columns["phone"][row]
            at = int(tag.partition(".f")[2])
            self.cards.list[number].loans[at] = {
                "loan_no": columns["loan_no"][row], "borrower": self.name(name), "borrower_kind": kinds[row],
                "phone": self.phone(phone) if phone else "", "lent_on": lent[row], "due_on": due[row],
                "provisional": "1" if when.provisional[row] else "",
            }  # fmt: skip
            mine = f"{number}.l{at}"
            self.found.add("keys", columns["loan_no"][row].upper(), mine)
            self._named(name, mine)
            self._phoned(phone, mine)

    def _former(self, past: Iterable[Past]) -> None:
        for p in past:
            c = p.change
            if c.kind == "cell" and c.column in _SECTION and isinstance(c.old, str | int | float) and c.old:
                key = str(c.new) if (c.sheet, c.column) == ("houses", "house_no") else c.record
                self._was(c.sheet, c.column, key, f"{c.old:.0f}" if isinstance(c.old, float) else str(c.old))
        if not self._has("changes"):
            return
        register = self.register
        columns = [texts(register, "changes", f) for f in ("sheet", "record", "field", "old", "new")]
        done = register.column("changes", "decision").is_("同意") & register.column("changes", "done_on").ok
        for row in np.flatnonzero(done).tolist():
            name, record, header, old, new = (c[row] for c in columns)
            sheet = BY_NAME.get(name)
            column = sheet.by_header.get(header) if sheet else None
            if sheet and column and column.field in _SECTION and old:
                self._was(sheet.field, column.field, new if (sheet.field, column.field) == ("houses", "house_no") else record, old)

    def _was(self, sheet: str, field: str, key: str, old: str) -> None:
        tag = self._tags.get((sheet, key.strip()))
        if tag is None and sheet == "houses":
            tag = self._tags.get((sheet, house_no.canonical(key, self.register.policy.house_format) or ""))
        if tag is None or (field == "house_no" and sheet != "houses"):
            return
        number, _, what = tag.partition(".")
        former = f"{number}.{what.upper()}"
        if field == "name":
            self._named(old, former)
        elif field == "id_no":
            self._identified(old, former)
        elif field == "house_no":
            self.found.add("houses", house_no.key(house_no.canonical(old, self.register.policy.house_format) or old.upper()), former)
        else:
            self._phoned(old, former)


def gather(register: Register, past: Iterable[Past], secret: bytes, *, masked: bool = True) -> Gathered:
    """A register as an index is made of it. past: the changes in the journal. masked: whether what is told is masked."""
    work = Gathering(register, secret, masked=masked)
    out = work.all(past)
    for number, card in enumerate(out.cards):
        if card.house:
            out.add("houses", house_no.key(card.house), f"{number}.h")
    return out


def _described(register: Register) -> dict[str, str]:
    """Places in words, by 位置编号 in capitals."""
    if "locations" not in register.tables:
        return {}
    parts = [texts(register, "locations", f) for f in ("location_no", "room", "cabinet", "shelf", "box")]
    told = {no.upper(): [p for p in rest if p] for no, *rest in zip(*parts, strict=True)}
    return {no: " ".join(rest) for no, rest in told.items() if "-".join(rest).upper() != no}  # the number says it itself
