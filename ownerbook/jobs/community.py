"""One community of a group, checked where its workbooks lie: what leaves it is counts, places without content, and keyed hashes."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from ownerbook.schema.cells import Longs
from ownerbook.schema.words import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """What a worker is asked. key: of the hashes, made anew for each run and never written down."""

    path: str
    today: date
    key: bytes
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(slots=True)
class People:
    """The current owners, by keyed hash: 8 bytes each, 0 for none. person: of the document number, else of the name."""

    phone: Longs
    document: Longs
    name: Longs
    person: Longs
    owner_no: list[str]


@dataclass(slots=True)
class Community:
    """What one community came to. trouble: why it could not be checked. figures: what is held and what is late, by key."""

    path: str
    name: str = ""
    trouble: Text | None = None
    workbooks: int = 0
    unreadable: list[str] = field(default_factory=list)
    severities: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    people: People | None = None
    phone_limit: int = 3


def look_at(asked: Asked) -> Community:
    """Check one community. Never raises: what goes wrong is its trouble."""
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.settings import SettingsError

    out = Community(asked.path, Path(asked.path).name)
    try:
        _look(asked, out)
    except Unusable as error:
        out.trouble = error.message
    except SettingsError as error:
        first = error.mistakes[0]
        out.trouble = Text(f"ownerbook.toml 第 {first.line} 行：{first.message.zh}", f"ownerbook.toml line {first.line}: {first.message.en}")
    except OSError as error:
        why = error.strerror or type(error).__name__
        out.trouble = Text(f"读不了：{why}", f"cannot be read: {why}")
    except MemoryError:
        out.trouble = Text("内存不够", "not enough memory")
    except Exception as error:  # a fault of ours in one community must not stop the others; it is told, with its kind
        if os.environ.get("OWNERBOOK_DEBUG"):
            raise
        out.trouble = Text(f"程序出错（{type(error).__name__}）", f"a fault of the program ({type(error).__name__})")
    return out


def _look(asked: Asked, out: Community) -> None:
    from ownerbook.jobs.check import check, password_from
    from ownerbook.jobs.workspace import open_workspace

    path = Path(asked.path)
    space = open_workspace([path], path)
    out.name = str(space.settings["workspace.name"]) or path.name
    ignore = [*asked.ignore, *space.settings["check.ignore"]]
    found = check(space, asked.today, select=asked.select, ignore=ignore, password=password_from(space, None), remember=False)
    out.workbooks = len(found.workbooks)
    out.unreadable = sorted({f.place.workbook or "" for f in found.findings if f.code == "A11"})
    standing = [f for f in found.findings if f.state != "waived"]
    out.severities = dict(Counter(f.severity for f in standing))
    out.codes = dict(Counter(f.code for f in standing))
    register = found.register
    out.figures = {s: len(register.tables[s]) for s in ("houses", "owners", "files", "documents") if s in register.tables}
    if {"loans", "files", "staff"} <= set(register.tables):
        from ownerbook.deadlines.agenda import NONE
        from ownerbook.reports.tell_agenda import read_agenda

        day = asked.today.toordinal() - date(1970, 1, 1).toordinal()
        items, _ = read_agenda(register, 0)
        late = Counter(i.kind for i in items if i.day != NONE and i.day < day)
        out.figures |= {f"late:{kind}": n for kind, n in late.items()}
        out.figures["late"] = sum(late.values())
    out.phone_limit = register.policy.shared_phone_limit
    if "owners" in register.tables:
        out.people = _people(register, asked.key)


def _people(register: object, key: bytes) -> People:
    from ownerbook.register.register import Register

    assert isinstance(register, Register)
    table = register.tables["owners"]
    rows = np.flatnonzero(register.column("owners", "status").is_("现业主"))
    hashes = {f: _hashes(register, f, rows, key) for f in ("phone", "id_no", "name")}
    person = np.where(hashes["id_no"] != 0, hashes["id_no"], hashes["name"])
    return People(hashes["phone"], hashes["id_no"], hashes["name"], person, [table.found("owner_no", int(r)) for r in rows])


def _hashes(register: object, field_name: str, rows: Longs, key: bytes) -> Longs:
    """Keyed hashes of a column's canonical texts; 0 where a cell holds nothing that can be used."""
    from ownerbook.register.register import Register

    assert isinstance(register, Register)
    column = register.column("owners", field_name)
    ids = np.where(column.ok, column.ids, -1)[rows]
    distinct, inverse = np.unique(ids, return_inverse=True)
    told = np.zeros(len(distinct), np.int64)
    for i, number in enumerate(distinct.tolist()):
        if number >= 0:
            text = column.names[number].upper().encode("utf-8", "surrogatepass")
            digest = hashlib.blake2b(text, digest_size=8, key=key, person=field_name.encode()).digest()
            told[i] = int.from_bytes(digest, "little", signed=True) or 1
    return told[inverse]
