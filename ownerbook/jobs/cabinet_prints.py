"""Prints of the cabinet as workbooks, as plain calls: covers, lists of contents, spine and shelf labels, floor list."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ownerbook.jobs.cabinet_choice import Chosen, choose, file_row
from ownerbook.jobs.forms import Wanted, title_of
from ownerbook.jobs.reading import Read
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.register.register import Register
from ownerbook.reports.forms.manner import Manner
from ownerbook.reports.forms.on_the_box import Cabinet
from ownerbook.schema.words import Text


@dataclass(frozen=True, slots=True)
class Print:
    """A kind of print. write: (path, register, what, workspace, manner, millimetres) gives how many there are; places: whether it is of
    places rather than of files."""

    zh: str
    about: Text
    write: Callable[[Path, Register, Chosen, str, Manner, int], int]
    unit: Text
    places: bool = False


def _covers(path: Path, register: Register, of: Chosen, name: str, how: Manner, _: int) -> int:
    from ownerbook.reports.forms.file_cover import write_covers

    return write_covers(path, register, of.files, name, how)


def _contents(path: Path, register: Register, of: Chosen, name: str, how: Manner, _: int) -> int:
    from ownerbook.reports.forms.contents_list import write_contents

    write_contents(path, register, of.files, name, how)
    return len(of.files)


def _spines(path: Path, register: Register, of: Chosen, name: str, how: Manner, wide: int) -> int:
    from ownerbook.reports.forms.spine_label import write_spines

    return write_spines(path, register, of.files, [], name, wide=wide, how=how)


def _boxes(path: Path, register: Register, of: Chosen, name: str, how: Manner, wide: int) -> int:
    from ownerbook.reports.forms.spine_label import write_spines

    return write_spines(path, register, [], of.places, name, wide=wide, how=how)


def _shelves(path: Path, register: Register, of: Chosen, name: str, how: Manner, _: int) -> int:
    from ownerbook.reports.forms.shelf_label import write_shelf_labels

    return write_shelf_labels(path, register, of.places, name, how)


def _floor(path: Path, register: Register, of: Chosen, name: str, how: Manner, _: int) -> int:
    from ownerbook.reports.forms.floor_list import write_floor_list

    return write_floor_list(path, register, of.places, name, how)


PRINTS: dict[str, Print] = {
    "covers": Print("档案封面", Text("每份档案一页封面", "the cover of each file"), _covers, Text("份", "files")),
    "contents": Print("卷内目录", Text("每份档案的卷内目录和备考", "what each file holds, and what is owed"), _contents, Text("份", "files")),
    "spines": Print("卷脊标签", Text("每份档案一条，默认 30 毫米宽", "a label a file, 30 mm wide"), _spines, Text("条", "labels")),
    "boxes": Print("盒脊标签", Text("每个位置一条，默认 50 毫米宽", "a label a box, 50 mm wide"), _boxes, Text("条", "labels"), True),
    "shelves": Print("层标签", Text("每层一张", "a card a shelf"), _shelves, Text("张", "cards"), True),
    "floor": Print("库房存放清单", Text("每个位置一行，附柜面图", "a line a place; a plan of each cabinet"), _floor, Text("个位置", "places"), True),
}


FORMS = {"file-cover": "covers", "contents-list": "contents", "file-spines": "spines", "box-spines": "boxes", "floor-list": "floor"}
"""Forms of `ownerbook form` that are prints of the cabinet."""


def write_as_form(kind: str, path: Path, space: Workspace, read: Read, wanted: Wanted) -> Text:
    """A print, or the list of moves, as `ownerbook form` asks for it: of a file, a house, a building, else of everything. Raises Unusable."""
    words = [w for w in (wanted.file, wanted.house) if w]
    everything = not (words or wanted.building)
    if kind == "move-list":
        from ownerbook.jobs.moving import write_list

        return write_list(path, read.register, words, title_of(space), wanted.how, building=wanted.building)
    more: dict[str, Any] = {"building": wanted.building, "everything": everything}
    return write_print(FORMS[kind], read.register, words, path, title_of(space), wanted.how, **more)


def kind_of(word: str) -> str:
    """The kind of print that a word names, in either language. Raises Unusable."""
    for kind, one in PRINTS.items():
        if word in (kind, one.zh):
            return kind
    known = "、".join(f"{p.zh}({k})" for k, p in PRINTS.items())
    raise Unusable(Text(f"没有「{word}」这种单，可用的有 {known}", f"there is no print {word}; known are {', '.join(PRINTS)}"))


def write_print(
    kind: str, register: Register, words: Sequence[str], path: Path, workspace: str, how: Manner, *, building: str = "", everything: bool = False,
    wide: int = 0,
) -> Text:  # fmt: skip
    """Write one print of what words name. Gives what it holds, in few words. Raises Unusable, PenError."""
    cabinet = Cabinet(register)
    of = choose(cabinet, words, building=building, everything=everything)
    one = PRINTS[kind]
    path.parent.mkdir(parents=True, exist_ok=True)
    if one.places and not len(cabinet.places):
        raise Unusable(Text("「位置」表里还没有位置，请先登记位置", "there is no place on 位置 yet; register the places first"))
    if one.places and not of.places:
        raise Unusable(Text("这些档案没有登记在「位置」表里的存放位置", "these files stand at no place of 位置"))
    n = one.write(path, register, of, workspace, how, wide)
    return Text(f"{n} {one.unit.zh}", f"{n} {one.unit.en}")


def called(kind: str, words: Sequence[str], building: str, everything: bool, day: date) -> str:
    """The name of a print's workbook."""
    parts = ["全部"] if everything else [*words[:3], *([f"{building.removesuffix('栋')}栋"] if building else [])]
    of = re.sub(r"[^0-9A-Za-z一-鿿_-]", "-", "_".join(parts))[:60]
    return f"{PRINTS[kind].zh}{'_' + of if of else ''}_{day.isoformat()}.xlsx"


def print_file(space: Workspace, register: Register, file_no: str, folder: Path, today: date, *, masked: bool = True) -> list[Path]:
    """Cover, list of contents and spine label of one file, ready to print: for whoever has just opened it. Gives their paths.

    Raises Unusable where 档案 does not hold the number, PenError.
    """
    return print_files(space, register, [file_no], folder, today, masked=masked)


def print_files(
    space: Workspace, register: Register, file_nos: Sequence[str], folder: Path, today: date, *, masked: bool = True
) -> list[Path]:  # fmt: skip
    """The same of several files, in walking order, three workbooks in all: for a developer's batch. Those of a day are never written over.

    Raises Unusable where 档案 does not hold a number, PenError.
    """
    cabinet = Cabinet(register)
    of = Chosen(cabinet.in_order([file_row(register, number) for number in file_nos]), [])
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for kind in ("covers", "contents", "spines"):
        path = folder / called(kind, [file_nos[0] if len(file_nos) == 1 else f"{len(file_nos)}份"], "", False, today)
        tries = (path.with_name(f"{path.stem}({n}){path.suffix}") for n in range(2, 1000))
        if len(file_nos) != 1 and path.exists():
            path = next(p for p in tries if not p.exists())
        PRINTS[kind].write(path, register, of, title_of(space), Manner(masked=masked), 0)
        out.append(path)
    return out
