"""Calendar months, see `ownerbook.calendar.months`."""

from __future__ import annotations

from ownerbook.calendar.months import add_days as add_days
from ownerbook.calendar.months import add_months as add_months
