"""More ledgers of offices: how many of their columns are recognised, and none wrongly with high confidence."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import ledgers  # noqa: E402
from messy import score  # noqa: E402
from offices import BATCHES  # noqa: E402
from test_messy import columns  # noqa: E402
from test_placing import converted, lost  # noqa: E402

from ownerbook.adopt.layout import HIGH  # noqa: E402

OFFICES = {name: office for batch in BATCHES.values() for name, office in batch.items()}
LEAST = 0.95


def test_nearly_every_column_is_named_and_none_wrongly_with_high_confidence(tmp_path):
    wrong, total = [], 0
    for name, office in OFFICES.items():
        _, tabs = ledgers.looked(office.write(tmp_path / f"{name}.xlsx"))
        found = columns(tabs[0])
        headed = [c for c in tabs[0].layout.columns if c.wording]
        total += len(found)
        wrong += [(name, headed[i].wording, got, wanted, headed[i].confidence) for i, got, wanted in score(found, office.truth)]
    assert len(wrong) <= (1 - LEAST) * total, wrong
    assert [w for w in wrong if w[2] != "-" and w[4] >= HIGH] == []


@pytest.mark.parametrize("name", OFFICES)
def test_ledgers_of_houses_people_and_files_are_used_and_no_cell_is_lost(tmp_path, name):
    tabs, out = converted(OFFICES[name].write(tmp_path / f"{name}.xlsx"))
    assert tabs[0].layout.use is OFFICES[name].use
    assert lost(tabs, out) == set()
