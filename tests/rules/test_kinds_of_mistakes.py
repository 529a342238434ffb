"""A rule that has a kind of mistake for its code has that kind's severity and way of repair."""

import json
from pathlib import Path

import pytest

from ownerbook.rules.book import cards

FAULTS = Path(__file__).resolve().parents[3] / "shared" / "faults.json"
SEVERITY = {"致命": "error", "错误": "error", "警告": "warning", "提示": "notice"}
REPAIR = {"自动": "auto", "确认": "confirm", "人工": "hand"}


@pytest.mark.skipif(not FAULTS.exists(), reason="the kinds of mistakes (../shared/faults.json) are not here")
def test_severity_and_repair_are_those_of_the_kind():
    kinds = {kind["code"]: (SEVERITY[kind["severity"]], REPAIR[kind["auto"]]) for kind in json.loads(FAULTS.read_text("utf-8"))}
    wrong = {c.code: (c.severity, c.repair) for c in cards() if c.code in kinds and kinds[c.code] != (c.severity, c.repair)}
    assert wrong == {}
