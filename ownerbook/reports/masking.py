"""What a report shows of a cell or of a suggestion: as messages show it."""

from __future__ import annotations

from ownerbook.register.sheets import BY_FIELD
from ownerbook.rules.judge import mask_of
from ownerbook.schema.finding import Finding
from ownerbook.schema.sheet import Column


def shown(column: Column | None, text: str, *, masked: bool) -> str:
    """A cell's text, masked as its column asks."""
    if not masked or column is None or not text:
        return text
    from ownerbook.identifiers import masks

    mask = mask_of(column)
    return masks.BY_NAME[mask](text) if mask else text


def column_of(finding: Finding) -> Column | None:
    """The declared column at which a problem stands."""
    sheet = BY_FIELD.get(finding.table)
    return sheet.by_header.get(finding.header or "") if sheet else None


def shown_suggestion(finding: Finding, *, masked: bool) -> str:
    """The suggestion, as a workbook or a terminal may show it; '' where there is none."""
    text = finding.suggestion or ""
    column = column_of(finding)
    if column is not None and finding.place.row is not None and text == column.header.zh:
        return text  # a header is nobody's secret
    return shown(column, text, masked=masked)
