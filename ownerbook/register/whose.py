"""To which house a row belongs: by its own 房号, or through the file or the owner that it names."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ownerbook.identifiers import house_no
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD, SHEETS

_THROUGH = (("file_no", "files"), ("owner_no", "owners"))


def row_named(register: Register, sheet: str, key: str) -> int:
    """The first row with a key, in any spelling of a house; -1 where there is none."""
    if sheet not in register.tables or not key.strip():
        return -1
    text = key.strip()
    if sheet == "houses":
        form = house_no.canonical(text, register.policy.house_format)
        if form is None:
            return -1
        column = register.column("houses", "house_no")
        number = int(column.names.same([form], house_no.keys([form]))[0])
    else:
        register.keys(sheet)  # its names must be known before one is looked up
        number = register.names.known(text)
    return int(register.keys(sheet).look_up(np.array([number], np.int32))[0]) if number >= 0 else -1


def house_of(register: Register, sheet: str, row: int) -> str:
    """The house of a row in its canonical form; '' where it leads to none."""
    fields = BY_FIELD[sheet].by_field
    if "house_no" in fields:
        return register.column(sheet, "house_no").text(row) or register.tables[sheet].found("house_no", row)
    if sheet == "changes":
        table = register.tables[sheet]
        return house_of_values(register, sheet, {f: table.found(f, row) for f in ("sheet", "record")})
    for field, other in _THROUGH:
        if field in fields and other in register.tables:
            there = int(register.reference(sheet, field).row[row])
            if there >= 0:
                return house_of(register, other, there)
    return ""


def house_of_values(register: Register, sheet: str, values: Mapping[str, object]) -> str:
    """The house of a row that is not in the register: field → value."""
    if values.get("house_no"):
        return str(values["house_no"])
    if sheet == "changes":
        about = next((s.field for s in SHEETS if s.name == values.get("sheet")), "")
        keys = {about: str(values.get("record") or "")} if about else {}
    else:
        keys = {other: str(values[field]) for field, other in _THROUGH if values.get(field)}
    for other, key in keys.items():
        row = row_named(register, other, key)
        if row >= 0:
            return house_of(register, other, row)
        if other == "houses":
            return key
    return ""
