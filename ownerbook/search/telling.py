"""What was found, as lines of text for one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ownerbook.schema.words import Text
from ownerbook.search.asking import Hit, Way
from ownerbook.search.card import Card

WAYS: dict[Way, Text] = {
    "house": Text("房号", "house"),
    "key": Text("编号", "number"),
    "place": Text("位置", "place"),
    "name": Text("姓名", "name"),
    "pinyin": Text("拼音", "pinyin"),
    "phone": Text("电话", "phone"),
    "id": Text("证件号", "document number"),
}
_PEOPLE = 6  # owners told of a house beside those found
_FILES = 4


def lines(cards: Sequence[Card], hits: Sequence[Hit], today: date, lang: str) -> Iterator[str]:
    """Each house: who, which file, where it stands or who has it. An arrow marks what was found."""
    for card, hit in zip(cards, hits, strict=True):
        yield from _card(card, hit, today, lang == "zh")
        yield ""


def _card(card: Card, hit: Hit, today: date, zh: bool) -> Iterator[str]:
    ways = ("、" if zh else ", ").join(WAYS[w].zh if zh else WAYS[w].en for w in WAYS if w in hit.ways)
    what = " ".join(t for t in (card.use, card.status) if t)
    former = any(t[:1].isupper() for t in hit.tags)
    was = ("，从前的" if zh else ", formerly") if former else ""
    yield f"{card.house or ('（没有房号）' if zh else '(no house)')}  {what}  [{ways}{was}]".replace("    ", "  ")
    told = [(f"o{n}", p) for n, p in enumerate(card.people)]
    found = [x for x in told if _marked(x[0], hit)]
    others = [x for x in told if not _marked(x[0], hit)]
    others.sort(key=lambda x: x[1]["status"] != "现业主")
    for tag, p in [*found, *others[: max(_PEOPLE - len(found), 2)]]:
        number = f"{p['id_type']} {p['id_no']}" if p["id_no"] else ""
        yield _line(_marked(tag, hit), "业主" if zh else "owner", p["name"], p["status"], p["phone"], p["phone2"], number, p["key"])
    if (left := len(others) - max(_PEOPLE - len(found), 2)) > 0:
        yield f"    …… 另有 {left} 位" if zh else f"    … and {left} more"
    for n, m in enumerate(card.members):
        if _marked(f"m{n}", hit):
            yield _line(True, "家庭" if zh else "household", m["name"], m["relation"], m["status"], m["phone"], m["key"])
    files = [(n, f) for n, f in enumerate(card.files) if _marked(f"f{n}", hit) or _marked(f"l{n}", hit)]
    files += [x for x in enumerate(card.files) if x not in files][: max(_FILES - len(files), 0)]
    for n, f in files:
        marked = _marked(f"f{n}", hit) or _marked(f"l{n}", hit)
        where = f"{f['location']}（{f['place']}）" if f["place"] and zh else f"{f['location']} ({f['place']})" if f["place"] else f["location"]
        yield _line(marked, "档案" if zh else "file", f["file_no"], f["status"], *(() if n in card.loans else (where,)))
        if n in card.loans:
            yield "        " + _loan(card.loans[n], today, zh) + (f"  {'还回' if zh else 'belongs at'} {where}" if where else "")
    if len(card.files) > len(files):
        yield f"    …… 另有 {len(card.files) - len(files)} 份档案" if zh else f"    … and {len(card.files) - len(files)} more files"
    if not card.files:
        yield "    没有档案" if zh else "    no file"


def _marked(tag: str, hit: Hit) -> bool:
    return tag in hit.tags or tag.upper() in hit.tags


def _line(found: bool, what: str, *words: str) -> str:
    return f"  {'→' if found else ' '} {what}  " + "  ".join(w for w in words if w)


def _loan(loan: dict[str, str], today: date, zh: bool) -> str:
    """Who has a file, since when, until when."""
    kind = f"（{loan['borrower_kind']}）" if zh else f" ({loan['borrower_kind']})"
    out = f"在 {loan['borrower']}{kind} 处" if zh else f"with {loan['borrower']}{kind}"
    words = [out, loan["phone"], f"{loan['lent_on']} {'借出' if zh else 'lent'}" if loan["lent_on"] else ""]
    if loan["due_on"]:
        late = (today - date.fromisoformat(loan["due_on"])).days
        due = f"应还 {loan['due_on']}" if zh else f"due {loan['due_on']}"
        due += ("（暂定）" if zh else " (provisional)") if loan["provisional"] else ""
        if late > 0 and not loan["provisional"]:
            due += f" 逾期 {late} 天" if zh else f", {late} days overdue"
        words.append(due)
    return "  ".join(w for w in (*words, loan["loan_no"]) if w)
