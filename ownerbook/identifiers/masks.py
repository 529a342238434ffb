"""The masks by name, as placeholders of messages and columns of reports ask for them.

Names keep the surname, mobiles 138****8000, land lines and document numbers their last four digits (short ones three), houses
their building and unit (domain notes on privacy, 5(2)). Free text is hidden but for its first character, since names in it
cannot be told from other words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ue000-\uf8ff"
_PERSON = re.compile(rf"[{_HAN}·]{{2,}}|(?<![0-9A-Za-z])[A-Za-z][A-Za-z.'-]+(?: [A-Za-z][A-Za-z.'-]*)*(?![0-9A-Za-z])")
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:\+?86[ -]?)?1[3-9][0-9][ .-]?[0-9]{4}[ .-]?[0-9]{4}"  # a mobile, also in groups
    r"|\(?0[0-9]{2,3}\)?[ -]?[2-9][0-9]{2,3}[ -]?[0-9]{4}"  # a land line
    r"|\+[1-9][0-9 ()-]{6,}[0-9]"  # abroad
    r"|[0-9]{6}[ -][0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9Xx]"  # a resident ID in groups
    r"|(?=[A-Za-z*]*(?:[0-9][A-Za-z*]*){6})[0-9A-Za-z*]{7,})(?![0-9A-Za-z])"  # whatever has six digits and seven places
)
_HIDDEN = re.compile(r"1[0-9]{2}\*{4}[0-9]{4}", re.ASCII)
_SHOWN_INVISIBLE = re.compile(r"⟨U\+[0-9A-F]{4,6}⟩|.", re.DOTALL)
_AMOUNT_OR_DATE = re.compile(r"[-+]?[0-9.:/ -]{0,19}")


def name(text: str) -> str:
    """A person's name: the surname and a star; a company's: its first two characters."""
    from ownerbook.identifiers import company_name, person_name

    return company_name.mask(text) if company_name.looks_like_company(text) else person_name.mask(text)


def staff(text: str) -> str:
    """Staff by number and name: the numbers stay, names keep the surname (G003 王*), Latin ones their first letter."""
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
    return f"{before[:1]}***@{auto(after)}" if at and before else hidden(text)


def hidden(text: str) -> str:
    """Free text that may hold anything personal."""
    return text[:1] + "***" if text else text


def cell(text: str) -> str:
    """A cell of which nobody knows what its column holds: amounts, dates and house numbers stay, any other text shows its first character.

    What looks like a phone or a document number is masked as that.
    """
    masked = auto(text)
    plain = _AMOUNT_OR_DATE.fullmatch(text) or (masked != text and not _PERSON.search(text))
    return masked if plain else hidden(text)


def auto(text: str) -> str:
    """Whatever in a text looks like a phone or a document number is masked; dates and house numbers stay.

    Full-width digits and invisible characters hide no number from this.
    """
    return _NUMBER.sub(_hide, _plain(text))


def _hide(match: re.Match[str]) -> str:
    number = match[0]
    if _HIDDEN.fullmatch(number):
        return number
    return phone(number) if _is_phone(number) else document(number)


def _plain(text: str) -> str:
    if text.isascii():
        return text
    from ownerbook.identifiers.damage import fold

    if not any(c == "⟨" or (not c.isascii() and c.isdecimal()) or unicodedata.category(c) == "Cf" for c in text):
        return text
    seen = (m[0] for m in _SHOWN_INVISIBLE.finditer(text) if len(m[0]) == 1 and unicodedata.category(m[0]) != "Cf")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else fold(c) if c.isalpha() else c for c in seen)


def _is_phone(text: str) -> bool:
    digits = re.sub("[ +.()-]", "", text)
    return digits.isdigit() and (text[0] in "0+(" or (len(digits) in (11, 13) and digits[-11] == "1"))


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
