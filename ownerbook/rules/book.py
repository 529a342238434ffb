"""The rule book: every card, found by walking the folders of this room."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import ownerbook.rules
from ownerbook.rules.card import Card


@cache
def cards() -> tuple[Card, ...]:
    """All cards, in order of code. A module of a rule holds CARD and, unless the card has reasons or facts, find."""
    out: list[Card] = []
    for folder in pkgutil.iter_modules(ownerbook.rules.__path__, "ownerbook.rules."):
        if not folder.ispkg:
            continue
        package = importlib.import_module(folder.name)
        for module in pkgutil.iter_modules(package.__path__, folder.name + "."):
            loaded = importlib.import_module(module.name)
            card = getattr(loaded, "CARD", None)
            if card is not None:
                out.append(replace(card, find=getattr(loaded, "find", None), accept=getattr(loaded, "accept", None)))
    out.sort(key=lambda c: c.code)
    doubled = {a.code for a, b in zip(out, out[1:], strict=False) if a.code == b.code}
    if doubled:
        raise ValueError(f"codes used twice: {', '.join(sorted(doubled))}")
    return tuple(out)


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Card, ...]:
    """The cards that a selection names: a code, the bare code of a kind (C08 selects C08a), or a category's letter.

    Raises ValueError naming a word that selects nothing.
    """
    all_cards = cards()
    for word in (*select, *ignore):
        if not any(selects(word, c.code) for c in all_cards):
            raise ValueError(word)
    return tuple(
        c for c in all_cards if (not select or any(selects(w, c.code) for w in select)) and not any(selects(w, c.code) for w in ignore)
    )


def selects(word: str, code: str) -> bool:
    """Whether a word of a selection names a code."""
    word = word.strip()
    if len(word) == 1:
        return code.startswith(word.upper())
    head, tail = word[:1].upper() + word[1:3], word[3:].lower()
    return code == head + tail or (not tail and len(word) == 3 and code.startswith(head))
