"""On which day a disposal is judged, and at which cell (judging.md §4).

An executed disposal is judged on its 执行日期 and told there; one that is not executed on the day of the check, at 处置方式.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Hit
from ownerbook.rules.view import View, rows
from ownerbook.schema.cells import Bools, Ints

NEEDS = "disposals.disposal_no disposals.file_no disposals.kind disposals.executed_on files.file_no today"


def judged_on(v: View) -> Ints:
    """Per row of 处置 the day that counts; NO_DAY where 执行日期 cannot be read."""
    executed = v.disposals.executed_on
    return np.where(executed.ok, executed.days, np.where(executed.blank, v.today, NO_DAY)).astype(np.int32)


def told(v: View, mask: Bools, values: Callable[[int], Mapping[str, object]]) -> Iterator[Hit]:
    """The hits of these rows."""
    executed = v.disposals.executed_on.ok
    yield Hit("disposals", rows(mask & executed), "executed_on", values)
    yield Hit("disposals", rows(mask & ~executed), "kind", values)
