"""The masks by name, as placeholders of messages and columns of reports ask for them."""

from __future__ import annotations

from collections.abc import Callable


def name(text: str) -> str:
    """A person's or company's name: the first character, then stars."""
    from ownerbook.identifiers import person_name

    return person_name.mask(text)


def phone(text: str) -> str:
    """A phone: mobile 138****8000, land line its last four digits."""
    from ownerbook.identifiers import phone as scheme

    return scheme.mask(text)


def document(text: str) -> str:
    """A document number: its last four characters, of short ones the last three."""
    from ownerbook.identifiers import document as scheme

    return scheme.mask("", text)


def house(text: str) -> str:
    """A house: its building and unit, the room starred."""
    from ownerbook.identifiers import house_no

    return house_no.mask(text)


def hidden(text: str) -> str:
    """Free text that may hold anything personal."""
    return text[:1] + "***" if text else text


def auto(text: str) -> str:
    """Whatever in a free text looks like a document number or a phone: runs of five digits or more keep their last four."""
    import re

    return re.sub(r"[0-9A-Za-z*]*[0-9][0-9A-Za-z*.\-]{5,}", lambda m: "*" * max(4, len(m[0]) - 4) + m[0][-4:], text)


BY_NAME: dict[str, Callable[[str], str]] = {
    "name": name,
    "phone": phone,
    "document": document,
    "house": house,
    "hidden": hidden,
    "auto": auto,
}
