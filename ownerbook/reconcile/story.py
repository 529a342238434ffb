"""What an act comes to, told to people before they agree: one title, and a line a matter. Each line exists in full and masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ownerbook.schema.words import Personal, Text

Tone = Literal["", "open", "done"]
"""`open` is something that somebody must still do or answer, `done` something that is closed."""


_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One matter. label: what it is about; full, masked: what is said of it."""

    label: Text
    full: Text
    masked: Text
    tone: Tone = ""

    def say(self, lang: Literal["zh", "en"], *, masked: bool) -> str:
        """What is said, in one language."""
        return (self.masked if masked else self.full).say(lang)


@dataclass(frozen=True, slots=True)
class StoryTable:
    """Many acts of one kind, a row each. heads in Chinese; full, masked: the rows, a text a head."""

    heads: tuple[str, ...]
    full: tuple[tuple[str, ...], ...]
    masked: tuple[tuple[str, ...], ...]

    def rows(self, *, masked: bool) -> tuple[tuple[str, ...], ...]:
        """The rows as they are to be shown."""
        return self.masked if masked else self.full


@dataclass(frozen=True, slots=True)
class Story:
    """An act in words. title: such as 3-2-1501 过户（买卖）; lines in the order in which people read them. table: of acts that are chosen once
    for many houses, instead of the cells that they write."""

    title: Text
    lines: tuple[StoryLine, ...] = ()
    table: StoryTable | None = None


def line(label: Text, words: Text, values: Mapping[str, object] | None = None, *, tone: Tone = "") -> StoryLine:
    """A line of a template: {name} stands for a value, and what is Personal is masked where reports mask. Other braces stay as they are, for
    the words may hold what staff typed."""
    full, masked = (Text(*(_filled(text, values or {}, masked=m) for text in words)) for m in (False, True))
    return StoryLine(label, full, masked, tone)


def _filled(text: str, values: Mapping[str, object], *, masked: bool) -> str:
    def value(match: re.Match[str]) -> str:
        found = values.get(match[1], match[0])
        if not isinstance(found, Personal):
            return str(found)
        if not masked:
            return found.text
        from ownerbook.identifiers import masks

        return masks.BY_NAME[found.mask](found.text)

    return _PLACE.sub(value, text) if values else text


def joined_lines(label: Text, parts: Iterable[StoryLine], *, tone: Tone = "") -> StoryLine:
    """Several matters of one label as one line."""
    mine = list(parts)

    def all_of(texts: Iterable[Text]) -> Text:
        both = list(texts)
        return Text("；".join(t.zh for t in both), "; ".join(t.en for t in both))

    return StoryLine(label, all_of(p.full for p in mine), all_of(p.masked for p in mine), tone)
