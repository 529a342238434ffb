"""Words in both languages, and sentences that mask what is personal."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple

Lang = Literal["zh", "en"]
Privacy = Literal["public", "internal", "personal", "sensitive"]


class Text(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: Lang = "zh") -> str:
        """The words in one language."""
        return self.zh if lang == "zh" else self.en


class Personal(NamedTuple):
    """A value in a message that is masked on its way out; `mask` is a name of `identifiers.masks.BY_NAME`."""

    text: str
    mask: str


def _mask(spec: str) -> Callable[[str], str]:
    """The mask that a placeholder such as {value:phone} asks for (domain: name surname + *, number last four)."""
    from ownerbook.identifiers import masks

    return masks.BY_NAME[spec]


class _Sentences(string.Formatter):
    """Placeholders may name a mask: {name:name}, {number:document}, {phone:phone}, {value:auto}."""

    def __init__(self, masked: bool, lang: Lang) -> None:
        self.masked, self.lang = masked, lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Text):
            value = value.say(self.lang)
        if isinstance(value, Personal):
            value, format_spec = value.text, format_spec or value.mask
        if not format_spec:
            return str(value)
        return _mask(format_spec)(str(value)) if self.masked else str(value)


def sentence(template: Text, values: Mapping[str, object], *, lang: Lang, masked: bool) -> str:
    """Fill a template. Names, document numbers and phones come out masked unless `masked` is false."""
    form, text = _Sentences(masked, lang), template.say(lang)
    pieces = _pieces(text)
    if pieces is None:
        return form.vformat(text, (), values)
    return "".join([literal if name is None else literal + form.format_field(values[name], spec) for literal, name, spec in pieces])


@lru_cache(4096)
def _pieces(template: str) -> tuple[tuple[str, str | None, str], ...] | None:
    """A template taken apart once: literal text, and the name and mask that follow it; None where it asks for more than names and masks."""
    out = []
    for literal, name, spec, conversion in string.Formatter().parse(template):
        if name is not None and not name.isidentifier() or conversion or "{" in (spec or ""):
            return None
        out.append((literal, name, spec or ""))
    return tuple(out)
