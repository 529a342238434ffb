"""A filled registration form as plain data, and what becomes of it: the changes of one act, what is owed, what speaks against it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ownerbook.reconcile.change import NOTHING, Change, Origin, Said
from ownerbook.reconcile.story import Story
from ownerbook.schema.words import Text

FIRST = "首次登记"
TRANSFERS = ("买卖", "继承", "赠与", "离婚", "份额变更")
REASONS = (FIRST, *TRANSFERS)
TENANCY = "租户登记"
"""What the page for tenants says as its reason; it is chosen by the page, not by people."""
STAYS, LEAVES = "留下", "转出"
MOVED_IN, MOVED_OUT = "在住", "迁出"
CASES = ("个人", "单位", "代理人代办", "未成年人")


_WHO = ("name", "id_no", "owner_no", "member_no", "going")


@dataclass(frozen=True)
class Line:
    """One person or one paper of a form: field of its sheet → what was written. place: where it stands there, for people."""

    values: Mapping[str, Said]
    place: str = ""

    def text(self, name: str) -> str:
        """What was written, '' for nothing."""
        return self.values.get(name, NOTHING).text.strip()

    @property
    def blank(self) -> bool:
        """Whether nothing was written at all."""
        return not any(s.text.strip() for s in self.values.values())


@dataclass(frozen=True)
class Registration:
    """A form as it was filled in.

    house: 房号 as written. reason: of REASONS or TENANCY; case: of CASES, '' where it was not chosen. of_house: fields of 房屋. owners: all who
    own the house from now on, but for those of `current` who stay; the first is who registers. current: people whom the page lists as the
    register knows them, each with `going`: current owners (owner_no; STAYS or LEAVES) or tenants (member_no; MOVED_IN or MOVED_OUT). lease:
    first and last day as written. helper: guardian, agent or who acts for a company (name, relation, id_type, id_no,
    phone). day: 登记日期; since: 取得日期; clerk: 登记人; appraiser: who appraises the old file for 归档. new_house: of_house may found the
    row on 房屋 (a developer's batch). unread: days that cannot be read, with their label.
    act: names the act where it is one of many that are chosen together (`reconcile.change.whole`).
    """

    house: str
    origin: Origin
    reason: str = FIRST
    case: str = ""
    of_house: Mapping[str, Said] = field(default_factory=dict)
    owners: tuple[Line, ...] = ()
    members: tuple[Line, ...] = ()
    papers: tuple[Line, ...] = ()
    helper: Line = Line({})
    current: tuple[Line, ...] = ()
    lease: tuple[date | None, date | None] = (None, None)
    day: date | None = None
    since: date | None = None
    clerk: str = ""
    appraiser: str = ""
    new_house: bool = False
    unread: tuple[str, ...] = ()
    act: str = ""

    @property
    def bundle(self) -> str:
        """Names the act: the same form gives the same name, whatever the register holds by then."""
        if self.act:
            return self.act
        people = (*self.owners, *self.current) if self.reason != TENANCY else (*self.members, *self.current)
        who = "\x1f".join("".join(n.text(f) for f in _WHO) for n in people)
        raw = "\x1e".join((self.reason, self.house, self.origin.fingerprint, self.origin.place, who))
        return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass
class Act:
    """What becomes of a form.

    changes: of one bundle, and after them those that may be chosen one by one (people who live there). against: why nothing is
    proposed. notes: lines that could not be taken, and what else is to be known. owed: papers that policy asks for and that did not
    come. already: what the register holds already. stories: bundle → what the act comes to, for people.
    """

    house: str = ""
    changes: list[Change] = field(default_factory=list)
    against: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    owed: tuple[str, ...] = ()
    already: int = 0
    stories: dict[str, Story] = field(default_factory=dict)


def said(value: str | int | float | date | None) -> Said:
    """A value as a form or a command gives it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, date):
        return Said(value.isoformat()[:10], value)
    if isinstance(value, float):
        return Said(f"{value:.12g}", value)
    return Said(str(value), value)
