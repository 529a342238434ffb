"""All sheets of the register, in the order in which staff meet them."""

from __future__ import annotations

from ownerbook.register.audits import AUDITS
from ownerbook.register.changes import CHANGES
from ownerbook.register.disposals import DISPOSALS
from ownerbook.register.documents import DOCUMENTS
from ownerbook.register.duties import INCIDENTS, REQUESTS, SATISFACTION
from ownerbook.register.files import FILES
from ownerbook.register.household import HOUSEHOLD
from ownerbook.register.houses import HOUSES
from ownerbook.register.loans import LOANS
from ownerbook.register.owners import OWNERS
from ownerbook.register.rulebook import CALENDAR, POLICY, WAIVERS
from ownerbook.register.staff import STAFF, TRAINING
from ownerbook.register.store import LOCATIONS, ROOM_CHECKS
from ownerbook.schema.sheet import Sheet

SHEETS: tuple[Sheet, ...] = (
    HOUSES, OWNERS, HOUSEHOLD, FILES, DOCUMENTS, LOCATIONS,
    LOANS, CHANGES, AUDITS, DISPOSALS, STAFF, TRAINING, POLICY,
    CALENDAR, WAIVERS, INCIDENTS, REQUESTS, ROOM_CHECKS, SATISFACTION,
)  # fmt: skip
BY_FIELD: dict[str, Sheet] = {s.field: s for s in SHEETS}
BY_NAME: dict[str, Sheet] = {s.name: s for s in SHEETS}
