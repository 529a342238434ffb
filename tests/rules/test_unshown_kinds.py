"""Every kind of mistake has a rule, or a reason why the register cannot show it; never both."""

import json
from pathlib import Path

import pytest

from ownerbook.rules.book import cards
from ownerbook.rules.unshown import UNSHOWN

KINDS = Path(__file__).parents[3] / "shared" / "faults.json"


def test_no_kind_is_both_shown_and_unshown():
    assert not {c.code[:3] for c in cards()} & set(UNSHOWN)


def test_every_kind_is_shown_or_its_absence_explained():
    if not KINDS.exists():
        pytest.skip("the list of kinds is not beside this checkout")
    kinds = {k["code"] for k in json.loads(KINDS.read_text("utf-8"))}
    assert kinds - {c.code[:3] for c in cards()} - set(UNSHOWN) == set()
