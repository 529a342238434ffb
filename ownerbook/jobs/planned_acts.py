"""All acts of a round planned together, so that each number and each place is given once: registrations, developers' lists, houses renumbered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ownerbook.procedures.numbers import Numbers
from ownerbook.procedures.registration import Act
from ownerbook.reconcile.story import Story
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.jobs.incoming import Incoming
    from ownerbook.reconcile.merge import Merged
    from ownerbook.register.register import Register

KINDS = ("registration", "handover", "house-change")
"""Kinds of incoming files that ask for acts."""
HANDED = "交房清单"
"""Stands as the place of a developer's list, so that it is read as one whenever it is read again."""


def plan_acts(register: Register, came: Sequence[tuple[Incoming, Merged]]) -> dict[str, Story]:
    """What files of KINDS ask, put into what each file comes to; gives by bundle the story of each act.

    Files of earlier plans come first, so that each act keeps the numbers it was shown with; a house that a form registers is not taken
    from a list of the same round.
    """
    from ownerbook.procedures.registering import register_owners

    numbers = Numbers(register)
    mine = [pair for pair in came if pair[0].kind in KINDS]
    order = [*(p for p in mine if p[0].path.parent.name == "versions"), *(p for p in mine if p[0].path.parent.name != "versions")]
    stories: dict[str, Story] = {}
    forms = [(form, found) for one, found in order for form in one.registrations]
    acts = register_owners(register, [f for f, _ in forms], numbers)
    for (form, found), act in zip(forms, acts, strict=True):
        _into(found, act, stories, f"{form.origin.place} " if form.origin.place else "")
    houses = [(one, found) for one, found in order if one.houses]
    if houses:
        from ownerbook.procedures.houses import change_houses

        for (_, found), some in zip(houses, change_houses(register, [one.houses for one, _ in houses], numbers), strict=True):
            for act in some:
                _into(found, act, stories, f"{act.house} " if act.house else "")
    lists = [(one.handover, found) for one, found in order if one.handover is not None]
    if lists:
        from ownerbook.procedures.batch import hand_over

        taken = {a.house for a in acts if a.changes}
        for (given, found), act in zip(lists, hand_over(register, [g for g, _ in lists], numbers, taken=taken), strict=True):
            _into(found, act, stories, f"{given.origin.place} " if given.origin.place else "")
    return stories


def _into(found: Merged, act: Act, stories: dict[str, Story], where: str) -> None:
    found.changes += act.changes
    found.already += act.already
    stories |= act.stories
    found.notes += [Text(f"{where}没有采用：{t.zh}", f"{where}not taken: {t.en}") for t in _once(act, where, act.against)]
    found.notes += [Text(f"{where}{t.zh}", f"{where}{t.en}") for t in _once(act, where, act.notes)]


def _once(act: Act, where: str, told: Sequence[Text]) -> list[Text]:
    """What is told of a house that the place names already: the house is not named again at its beginning."""
    if not act.house or act.house not in where.split():
        return list(told)
    return [Text(t.zh.removeprefix(act.house).lstrip("： "), t.en.removeprefix(f"{act.house}: ")) for t in told]
