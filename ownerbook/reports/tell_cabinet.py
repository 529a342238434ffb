"""How full the cabinet is, place by place; and on what the files are held: paper, scan, both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from ownerbook.deadlines.carriers import KINDS, carriers
from ownerbook.reports.forms.on_the_box import Cabinet
from ownerbook.reports.listing import Field, Figure, Line, Listing, Report, Tone
from ownerbook.schema.words import Text

Level = Literal["box", "shelf", "cabinet"]
_WHERE = (Field("room", Text("档案室", "Room"), "center"), Field("cabinet", Text("柜号", "Cabinet"), "center"))
_SHELF = (Field("shelf", Text("层", "Shelf"), "center"),)
_BOX = (Field("box", Text("盒号", "Box"), "center"), Field("place", Text("位置编号", "Place no.")))
_COUNTS = (
    Field("places", Text("位置数", "Places"), "count"),
    Field("capacity", Text("容量", "Room for"), "count"),
    Field("held", Text("已放", "There"), "count"),
    Field("out", Text("其中借出", "On loan"), "count"),
    Field("free", Text("空位", "Free"), "count"),
    Field("over", Text("超出", "Over"), "count"),
    Field("load", Text("占用", "Load"), "center"),
)
_HOUSES = (Field("buildings", Text("楼栋", "Buildings"), "wrap"), Field("houses", Text("房号起止", "Houses")))
_WORDS = {
    "只有纸质": Text("只有纸质", "paper only"),
    "只有电子": Text("只有电子", "scan only"),
    "纸质和电子都有": Text("纸质和电子都有", "paper and scan"),
    "没有材料": Text("没有材料", "nothing"),
}
_CARRIED = (
    Field("file_no", Text("档号", "File no.")),
    Field("house_no", Text("房号", "House")),
    Field("place", Text("存放位置", "Place")),
    Field("papers", Text("件数", "Papers"), "count"),
    Field("on_paper", Text("纸质", "On paper"), "count"),
    Field("scanned", Text("有电子件", "Scanned"), "count"),
)
_STATUS = Field("status", Text("档案状态", "Status"), "center")
_KEYS = dict(zip(KINDS, ("paper", "scan", "both", "nothing"), strict=True))


def tell_load(cabinet: Cabinet, chosen: Sequence[int], *, level: Level = "box", workspace: str = "") -> Report:
    """The load of the places chosen (positions in `Cabinet.places`), a line a box, a shelf or a cabinet; over 容量 is late (red), full is soon."""
    p = cabinet.places
    if level == "box":
        groups, fields = [[n] for n in chosen], (*_WHERE, *_SHELF, *_BOX, *_COUNTS[1:], *_HOUSES)
    else:
        some = p.shelves(chosen) if level == "shelf" else p.cabinets(chosen)
        groups, fields = [g for _, g in some], (*_WHERE, *(_SHELF if level == "shelf" else ()), *_COUNTS, *_HOUSES)
    lines = [_line(cabinet, g, level) for g in groups]
    at = list(chosen)
    room = int(np.maximum(0, p.capacity[at]).sum()) if at else 0
    held, over, free = (int(column[at].sum()) if at else 0 for column in (p.held, p.over, p.free))
    unknown = sum(int(p.capacity[n]) < 0 for n in at)
    figures = [
        Figure("places", Text("位置", "places"), value=len(at)),
        Figure("capacity", Text("容量", "room for"), value=room),
        Figure("held", Text("已放", "there"), value=held),
        Figure("free", Text("空位", "free"), value=free),
        Figure("over", Text("超出容量", "over"), value=over, bad=True),
        Figure("load", Text("占用", "load"), value=f"{held / room:.0%}" if room else "—"),
    ]
    notes = []
    lost = cabinet.in_order(np.flatnonzero(p.standing & (p.at < 0)).tolist()) if len(at) == len(p) else []
    if lost:
        notes.append(Text(f"另有 {len(lost)} 份档案没有写存放位置，或位置不在「位置」表里", f"{len(lost)} files name no place of 位置"))
    if unknown:
        notes.append(Text(f"{unknown} 个位置的容量读不出，不计入空位", f"the room of {unknown} places cannot be read; they count as full"))
    titles = {"box": Text("位置占用", "Places"), "shelf": Text("各层占用", "Shelves"), "cabinet": Text("各柜占用", "Cabinets")}
    listing = Listing("load", titles[level], fields, lines)
    rows = [Line((cabinet.key(f), cabinet.house(f), cabinet.place_of(f), cabinet.name.found("files", "status", f)), "today") for f in lost]
    homeless = Listing("unplaced", Text("没有位置的档案", "Files without a place"), (*_CARRIED[:3], _STATUS), rows)
    policy = str(cabinet.register.policy.version or "")
    title = Text("库房占用", "Load of the cabinet")
    return Report("cabinet-load", title, cabinet.register.today, workspace, policy, figures, [listing, homeless], notes)


def _line(cabinet: Cabinet, some: Sequence[int], level: Level) -> Line:
    p, first = cabinet.places, some[0]
    at = list(some)
    capacity, held = int(np.maximum(0, p.capacity[at]).sum()), int(p.held[at].sum())
    out, free, over = int(p.out[at].sum()), int(p.free[at].sum()), int(p.over[at].sum())
    files = [f for n in some for f in cabinet.here[n]]
    where = [p.room[first], p.cabinet[first]]
    where += [p.shelf[first]] if level != "cabinet" else []
    where += [p.box[first], p.number[first]] if level == "box" else []
    known = any(p.capacity[n] >= 0 for n in some)
    counts: list[int | None] = [len(some)] if level != "box" else []
    counts += [capacity if known else None, held, out, free, over or None]
    tone: Tone = "late" if over else "today" if known and not free else ""
    load = f"{held / capacity:.0%}" if capacity else "—"
    buildings = cabinet.buildings(files)
    return Line((*where, *counts, load, buildings, cabinet.houses(files)), tone, buildings)


def tell_carriers(cabinet: Cabinet, files: Sequence[int], *, workspace: str = "") -> Report:
    """On what the files chosen (rows of 档案) are held: how many of each kind, and a list of each but of those on paper and scanned whole."""
    c, name = carriers(cabinet.book), cabinet.name
    figures, listings = [], []
    wanted = np.zeros(len(c.counted), bool)
    wanted[list(files)] = True
    for kind in KINDS:
        rows = cabinet.in_order([int(f) for f in np.flatnonzero(c.of(kind) & wanted)])
        lines = []
        for f in rows:
            tone: Tone = "late" if kind == "没有材料" else ""
            cells = (cabinet.key(f), cabinet.house(f), cabinet.place_of(f), int(c.papers[f]), int(c.on_paper[f]), int(c.scanned[f]))
            lines.append(Line(cells, tone, name.building(cabinet.house(f)), cabinet.house(f)))
        listings.append(Listing(_KEYS[kind], _WORDS[kind], _CARRIED, lines))
        figures.append(Figure(_KEYS[kind], _WORDS[kind], value=len(rows), bad=kind == "没有材料"))
    total = c.counted & wanted
    papers, scanned = int(c.papers[total].sum()), int(c.scanned[total].sum())
    share = f"{scanned / papers:.0%}" if papers else "—"
    figures.append(Figure("scanned", Text("材料电子化", "papers scanned"), value=f"{scanned}/{papers}（{share}）"))
    return Report("carriers", Text("纸质与电子", "Paper and scans"), cabinet.register.today, workspace, "", figures, listings)
