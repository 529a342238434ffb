"""Terms, see `ownerbook.calendar.terms`."""

from __future__ import annotations

from ownerbook.calendar.terms import Term as Term
from ownerbook.calendar.terms import UnreadableTerm as UnreadableTerm
from ownerbook.calendar.terms import loan_due as loan_due
from ownerbook.calendar.terms import loan_due_days as loan_due_days
