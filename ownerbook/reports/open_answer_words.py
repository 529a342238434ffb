"""How a problem workbook shows answers that hold on, and how what it showed is told from what staff wrote anew."""

from __future__ import annotations

from datetime import date

from ownerbook.reconcile.open_answers import OpenAnswer
from ownerbook.schema.words import Lang, Text


def note_shown(answer: OpenAnswer, *, masked: bool) -> str:
    """The note as the list shows it."""
    from ownerbook.identifiers import masks

    return masks.auto(answer.note) if masked else answer.note


def who_shown(answer: OpenAnswer, *, masked: bool) -> str:
    """Who answered; a name keeps its surname."""
    from ownerbook.identifiers import masks

    return masks.staff(answer.who) if masked else answer.who


def note_said(text: str, known: OpenAnswer) -> str:
    """What a note that came back says: the one that is known, where the list's own was left as it was."""
    shown = {note_shown(known, masked=m).strip() for m in (True, False)}
    return known.note if text.strip() in shown else text


def state_words(answer: OpenAnswer, today: date, lang: Lang, *, masked: bool) -> str:
    """待核实 5 天 G003 王*; 答已更正 仍未改好."""
    who = who_shown(answer, masked=masked)
    days = answer.age(today)
    if answer.answer == "待核实":
        words = Text(f"待核实\n{days}天", f"to verify\n{days} days").say(lang)
    else:
        words = Text("仍未改好", "still wrong").say(lang)
    return f"{words}\n{who}" if who else words


def contradiction(answer: OpenAnswer, lang: Lang, *, masked: bool) -> str:
    """The line under a problem whose cell was said to be mended."""
    who = who_shown(answer, masked=masked)
    day = answer.day.isoformat()
    by, of = (f"（{who}）", f" ({who})") if who else ("", "")
    return Text(f"▲ {day} 答「已更正」{by}，登记簿里仍是上面这样", f"▲ answered corrected on {day}{of}, the register still is as above").say(lang)
