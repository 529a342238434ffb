"""A sheet as a pandas frame: made at the public door only, for notebooks; everything inside works on columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ownerbook.register.understood import GOOD, NO_DAY, SEALED, Understood
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from ownerbook.register.register import Register

Headers = Literal["zh", "en", "field"]
PLACE = "位置"
_FAR = 2**30  # 长期 and its like are no days


def frame_of(register: Register, name: str, headers: Headers = "zh") -> pd.DataFrame:
    """A sheet by its tab's name or field name.

    One row a row of the register, in its order; the index names the place (借阅登记.xlsx 借阅!12). Dates are datetime64, measures and
    shares numbers, listed values categories, all else texts in canonical form. What is blank or cannot be read as its kind is missing.
    Raises KeyError for a name that is no sheet's; a sheet that no workbook holds gives no rows.
    """
    import pandas as pd

    sheet = sheet_named(name)
    table = register.tables.get(sheet.field)
    if table is None:
        return pd.DataFrame({_called(sheet, c.field, headers): pd.Series(dtype="object") for c in sheet.columns})
    columns: dict[str, Any] = {}
    for column in sheet.columns:
        columns[_called(sheet, column.field, headers)] = _values(register.column(sheet.field, column.field), table, column.field)
    return pd.DataFrame(columns, index=pd.Index(places(table), name=PLACE))


def sheet_named(name: str) -> Sheet:
    """A sheet by its tab's name or field name. Raises KeyError naming those that there are."""
    from ownerbook.register.sheets import BY_FIELD, BY_NAME, SHEETS

    sheet = BY_NAME.get(name) or BY_FIELD.get(name)
    if sheet is None:
        raise KeyError(f"{name}: {'、'.join(s.name for s in SHEETS)}")
    return sheet


def places(table: Table) -> list[str]:
    """Where each row stands, as Excel names it."""
    heads = [f"{s.workbook} {s.tab}!" for s in table.sources]
    return [f"{heads[s]}{r}" for s, r in zip(table.source.tolist(), table.rows.tolist(), strict=True)]


def _called(sheet: Sheet, field: str, headers: Headers) -> str:
    column = sheet.by_field[field]
    return field if headers == "field" else column.header.say(headers)


def _values(column: Understood, table: Table, field: str) -> Any:
    import pandas as pd

    good = column.state == GOOD
    if column.days is not None:
        known = good & (column.days != NO_DAY) & (np.abs(column.days.astype(np.int64)) < _FAR)
        days = np.where(known, column.days, np.iinfo(np.int64).min).astype("datetime64[D]").astype("datetime64[s]")
        days[~known] = np.datetime64("NaT")
        return days
    if column.choice is not None:
        return pd.Categorical.from_codes(np.where(good, column.choice, -1), categories=list(column.options))
    if column.numbers is not None:
        return np.where(good, column.numbers, np.nan)
    shown = good | (column.state == SEALED)
    if column.ids is not None:
        return [column.text(r) if g and column.ids[r] >= 0 else table.found(field, r) if g else None for r, g in enumerate(shown.tolist())]
    return [table.found(field, r) if g else None for r, g in enumerate(shown.tolist())]
