"""The working-day calendar, see `ownerbook.calendar.workdays`."""

from __future__ import annotations

from ownerbook.calendar.workdays import WorkCalendar as WorkCalendar
