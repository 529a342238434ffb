"""业主登记表 and 租户登记表 come back: what was filled in, as plain data. A page a registration; a page nobody wrote on says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ownerbook.identifiers import dates
from ownerbook.jobs.form_marks import Filled, Rows, filled_page, grid_of, has_marks
from ownerbook.procedures.registration import FIRST, REASONS, TENANCY, Line, Registration
from ownerbook.reconcile.change import Origin
from ownerbook.reports.forms import registration_form, tenancy_form
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.schema.cells import Pool
    from ownerbook.workbook.book import Book

KINDS = (registration_form.KIND, tenancy_form.KIND)
MOST_CELLS = 2000  # of a tab that may be a page of the form
_PRINTED = ("doc_type", "note")
_DAYS = (("day", "登记日期"), ("since", "取得日期"), ("lease_from", "租期起"), ("lease_to", "租期止"))


def is_registration(book: Book, pool: Pool) -> bool:
    """Whether a file is a registration form: by its property, or where a program dropped it by the hidden marks."""
    kind = book.properties.get("ownerbook.kind", "")
    return kind in KINDS or (not kind and any(has_marks(t, book, pool) for t in book.tabs if not t.hidden and len(t.cells.row) < MOST_CELLS))


def registrations(book: Book, pool: Pool, origin: Origin) -> tuple[list[Registration], list[Text], list[Text]]:
    """The registrations on a form, what is to be said of pages that are none, and how rows that were put in are read."""
    out: list[Registration] = []
    notes: list[Text] = []
    read: list[Text] = []
    for tab in book.tabs:
        if tab.hidden:
            continue
        grid = grid_of(tab, book, pool)
        page = filled_page(grid)
        if page is None:
            if grid:
                zh = f"{tab.name}：这一页的隐藏列不在了，认不出各格是什么，没有采用；请用原表填写"
                notes.append(Text(zh, f"{tab.name}: its hidden column is gone, so its cells cannot be told; use the form as printed"))
            continue
        read += [Text(f"{tab.name}：{t.zh}", f"{tab.name}: {t.en}") for t in page.notes]
        found = _registration(page, replace(origin, place=tab.name))
        if found is None:
            notes.append(Text(f"{tab.name}：没有填写业主，没有采用", f"{tab.name}: no owner is filled in"))
            continue
        out.append(found)
        reason = page.form.get("reason", ("", None))[0]
        if reason and reason not in (*REASONS, TENANCY):
            zh = f"{tab.name}：登记原因「{reason}」不在 {'、'.join(REASONS)} 之中，按{found.reason}看待"
            notes.append(Text(zh, f"{tab.name}: the reason {reason} is none of {', '.join(REASONS)}; taken as {found.reason}"))
    return out, notes, read


def _registration(page: Filled, origin: Origin) -> Registration | None:
    """What a page says, None where nobody filled it in."""
    owners, members, current = (_lines(page.rows, kind, origin.place) for kind in ("owner", "member", "current"))
    papers = tuple(p for p in _lines(page.rows, "paper", origin.place) if any(p.text(f) for f in p.values if f not in _PRINTED))
    marked = tuple(n for n in current if n.text("going"))
    if not (owners or members or marked or papers):
        return None
    reason, named = page.form.get("reason", ("", None))[0], owners or members
    tenancy = reason == TENANCY
    if not tenancy and not owners and not marked:
        return None
    day = _day(page, "day")
    return Registration(
        house=page.head["house_no"].text if "house_no" in page.head else "",
        origin=replace(origin, who=named[0].text("name") if named else "", day=day),
        reason=reason if reason in (*REASONS, TENANCY) else FIRST,
        case=page.form.get("case", ("", None))[0],
        of_house={f: s for f, s in page.head.items() if f != "house_no"},
        owners=owners,
        members=members,
        papers=papers,
        helper=next(iter(_lines(page.rows, "helper", origin.place)), Line({})),
        current=current,
        lease=(_day(page, "lease_from"), _day(page, "lease_to")),
        day=day,
        since=_day(page, "since"),
        clerk=page.form.get("clerk", ("", None))[0],
        appraiser=page.form.get("appraiser", ("", None))[0],
        unread=tuple(f"{label}「{page.form[name][0]}」" for name, label in _DAYS if page.form.get(name, ("", None))[0] and _day(page, name) is None),
    )


def _day(page: Filled, name: str) -> date | None:
    text, day = page.form.get(name, ("", None))
    return day or (dates.parse(text) if text else None)


def _lines(rows: Rows, kind: str, place: str) -> tuple[Line, ...]:
    """Lines of a kind that say something, in the order of the page."""
    found = [Line(values, f"{place} 第 {row} 行") for group, row, values in rows if group == kind]
    return tuple(n for n in found if not n.blank)
