"""The masks by name, as placeholders of messages and columns of reports ask for them.

Names keep the surname, mobiles 138****8000, land lines and document numbers their last four digits (short ones three), houses
their building and unit (domain notes on privacy, 5(2)). Free text is hidden but for its first character, since names in it
cannot be told from other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PERSON = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}"
    r"|(?<![0-9A-Za-z-])[A-Za-z][A-Za-z'.]+(?:[ -][A-Za-z][A-Za-z'.]*)*(?![0-9A-Za-z-])"  # words in letters alone; numbers of staff have digits
)
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z*])(?:(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"  # a mobile, also in groups
    r"|0[0-9]{2,3}[ -][0-9]{7,8}"  # a land line
    r"|(?=[A-Za-z*]*(?:[0-9][A-Za-z*]*){6})[0-9A-Za-z*]{7,})(?![0-9A-Za-z])"  # whatever has six digits and seven places
)


def name(text: str) -> str:
    """A person's name: the surname and a star; a company's: its first two characters."""
    from ownerbook.identifiers import company_name, person_name

    return company_name.mask(text) if company_name.looks_like_company(text) else person_name.mask(text)


def staff(text: str) -> str:
    """Staff by number and name: the numbers stay, names keep the surname (G003 王*)."""
    return _PERSON.sub(lambda m: name(m[0]), text)


def phone(text: str) -> str:
    """A phone: mobile 138****8000, land line its last four digits."""
    from ownerbook.identifiers import phone as scheme

    return scheme.mask(text)


def document(text: str) -> str:
    """A document number: its last four places, of up to eight its last three."""
    from ownerbook.identifiers import number_text

    return number_text.mask(text)


def house(text: str) -> str:
    """A house: its building and unit, the room starred."""
    from ownerbook.identifiers import house_no

    return house_no.mask(text)


def email(text: str) -> str:
    """An electronic address: its first character and what follows the last @."""
    before, at, after = text.rpartition("@")
    return f"{before[:1]}***@{after}" if at and before else hidden(text)


def hidden(text: str) -> str:
    """Free text that may hold anything personal."""
    return text[:1] + "***" if text else text


def auto(text: str) -> str:
    """Whatever in a text looks like a phone or a document number is masked; dates and house numbers stay."""
    return _NUMBER.sub(lambda m: phone(m[0]) if _is_phone(m[0]) else document(m[0]), text)


def _is_phone(text: str) -> bool:
    digits = re.sub("[ +-]", "", text)
    return digits.isdigit() and (text[0] == "0" or (len(digits) in (11, 13) and digits[-11] == "1"))


BY_NAME: dict[str, Callable[[str], str]] = {
    "name": name,
    "staff": staff,
    "phone": phone,
    "document": document,
    "house": house,
    "email": email,
    "hidden": hidden,
    "auto": auto,
}
