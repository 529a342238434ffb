"""The ledger: a claim is had by one, a lease is kept by beating, what failed is tried again, and a damaged file is rebuilt."""

import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta, timezone

import pytest

from ownerbook.nights.periods import MONTHLY, NIGHTLY, Timing
from ownerbook.storage.ledger import BACK_OFF, Busy, Claim, Done, Ledger
from ownerbook.storage.ledger_file import LedgerTrouble

ZONE = timezone(timedelta(hours=8))
SINCE = datetime(2026, 7, 31, 12, tzinfo=ZONE)
NOW = datetime(2026, 8, 1, 3, tzinfo=ZONE)
TIMING, LEASE = Timing(), timedelta(minutes=15)


def opened(folder, seed=list, workspace="w"):
    return Ledger.open(folder / "台账" / "w.sqlite3", workspace, SINCE, seed)


def states(ledger):
    return {(r.job, r.period): r.state for r in ledger.runs()}


def test_a_claim_is_had_once_and_work_of_one_workspace_goes_one_after_another(tmp_path):
    with opened(tmp_path) as one, opened(tmp_path) as two:
        first = one.claim_due(NOW, TIMING, "a:1:x", LEASE)
        assert (first.job, first.period, first.attempt) == (NIGHTLY, "2026-08-01", 1)
        assert two.claim_due(NOW, TIMING, "b:2:y", LEASE) is None
        assert one.succeed(first, NOW, {"figures": {"error": 3}})
        second = two.claim_due(NOW, TIMING, "b:2:y", LEASE)
        assert (second.job, second.period) == (MONTHLY, "2026-07")
        assert two.succeed(second, NOW, {})
        assert one.claim_due(NOW, TIMING, "a:1:x", LEASE) is None
        assert states(one) == {(NIGHTLY, "2026-08-01"): "ok", (MONTHLY, "2026-07"): "ok"}
        assert one.run(NIGHTLY, "2026-08-01").detail["figures"] == {"error": 3}


def test_a_claim_whose_lease_ended_is_taken_over_and_its_old_holder_can_no_longer_end_it(tmp_path):
    with opened(tmp_path) as ledger:
        dead = ledger.claim_due(NOW, TIMING, "a:1:x", LEASE)
        later = NOW + LEASE
        taken = ledger.claim_due(later, TIMING, "b:2:y", LEASE)
        assert (taken.attempt, taken.taken_over) == (2, "a:1:x")
        assert not ledger.beat(dead, later, LEASE) and not ledger.succeed(dead, later, {})
        assert states(ledger)[NIGHTLY, "2026-08-01"] == "running"
        assert ledger.succeed(taken, later, {})
        assert [(a.attempt, a.state) for a in ledger.attempts()] == [(1, "died"), (2, "ok")]


def test_long_work_keeps_its_lease_by_beating(tmp_path):
    with opened(tmp_path) as ledger:
        claim = ledger.claim_due(NOW, TIMING, "a:1:x", LEASE)
        for minutes in range(10, 100, 10):
            moment = NOW + timedelta(minutes=minutes)
            assert ledger.beat(claim, moment, LEASE)
            assert ledger.claim_due(moment + timedelta(minutes=9), TIMING, "b:2:y", LEASE) is None


def test_what_fails_is_tried_again_after_ever_longer_waits_and_then_given_up(tmp_path):
    with opened(tmp_path) as ledger:
        moment, waits = NOW, []
        for attempt in range(1, 6):
            claim = ledger.claim_due(moment, TIMING, "a:1:x", LEASE)
            assert claim.attempt == attempt
            row = ledger.fail(claim, moment, "不行", {}, most=5)
            assert row.state == ("given_up" if attempt == 5 else "failed")
            held = ledger.claim(MONTHLY, "2026-07", moment, "a:1:x", LEASE)  # keep the month out of the way
            if isinstance(held, Claim):
                ledger.succeed(held, moment, {})
            assert ledger.claim_due(row.not_before - timedelta(seconds=1), TIMING, "a:1:x", LEASE) is None
            waits.append(row.not_before - moment)
            moment = row.not_before
        assert tuple(waits[:4]) == BACK_OFF and waits[4] == timedelta(hours=1)
        assert ledger.alert_once(NIGHTLY, "2026-08-01") and not ledger.alert_once(NIGHTLY, "2026-08-01")
        quiet = ledger.claim_due(moment, TIMING, "a:1:x", LEASE)
        assert quiet.attempt == 6
        assert ledger.succeed(quiet, moment, {}) and not ledger.run(NIGHTLY, "2026-08-01").alerted


def test_a_loop_that_is_asked_to_stop_gives_its_claim_back_uncounted(tmp_path):
    with opened(tmp_path) as ledger:
        claim = ledger.claim_due(NOW, TIMING, "a:1:x", LEASE)
        assert ledger.release(claim, NOW)
        again = ledger.claim_due(NOW, TIMING, "b:2:y", LEASE)
        assert (again.period, again.attempt) == ("2026-08-01", 1)


def test_missed_nights_are_written_down(tmp_path):
    with opened(tmp_path) as ledger:
        ledger.claim_due(NOW + timedelta(days=3), TIMING, "a:1:x", LEASE)
        assert [r.period for r in ledger.runs(NIGHTLY) if r.state == "missed"] == ["2026-08-01", "2026-08-02", "2026-08-03"]
        assert [r.period for r in ledger.runs(NIGHTLY, first="2026-08-02", last="2026-08-03")] == ["2026-08-02", "2026-08-03"]


def test_a_hand_takes_what_nobody_is_at_and_learns_who_is_at_the_rest(tmp_path):
    with opened(tmp_path) as ledger:
        mine = ledger.claim(NIGHTLY, "2026-07-31", NOW, "hand:9:z", LEASE)
        assert isinstance(mine, Claim)
        busy = ledger.claim(NIGHTLY, "2026-07-31", NOW, "hand:8:z", LEASE)
        assert isinstance(busy, Busy) and not busy.done and busy.who == "hand:9:z"
        ledger.succeed(mine, NOW, {})
        done = ledger.claim(NIGHTLY, "2026-07-31", NOW, "hand:8:z", LEASE)
        assert isinstance(done, Busy) and done.done
        assert isinstance(ledger.claim(NIGHTLY, "2026-07-31", NOW, "hand:8:z", LEASE, again=True), Claim)


def test_what_another_machine_made_is_taken_from_the_journal(tmp_path):
    with opened(tmp_path) as ledger:
        made = [Done(NIGHTLY, "2026-08-01", NOW, {"figures": {"error": 1}}), Done(MONTHLY, "2026-07", NOW)]
        assert ledger.absorb(made, NOW) == 2 and ledger.absorb(made, NOW) == 0
        assert ledger.claim_due(NOW, TIMING, "a:1:x", LEASE) is None
        assert ledger.run(NIGHTLY, "2026-08-01").detail["figures"] == {"error": 1}


def test_the_journal_does_not_end_what_is_under_way_here(tmp_path):
    with opened(tmp_path) as ledger:
        claim = ledger.claim_due(NOW, TIMING, "a:1:x", LEASE)
        assert ledger.absorb([Done(NIGHTLY, "2026-08-01", NOW)], NOW) == 0
        assert ledger.succeed(claim, NOW, {})


@pytest.mark.parametrize("harm", ["cut", "noise", "no table", "empty tables"])
def test_a_damaged_ledger_is_set_aside_and_rebuilt_from_the_journal(tmp_path, harm):
    with opened(tmp_path) as ledger:
        ledger.succeed(ledger.claim_due(NOW, TIMING, "a:1:x", LEASE), NOW, {})
        path = ledger.path
    whole = path.read_bytes()
    if harm == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif harm == "noise":
        path.write_bytes(b"\x00\x17" * 4000)
    else:
        db = sqlite3.connect(path)
        db.execute("DROP TABLE attempt")
        if harm == "empty tables":
            db.execute("CREATE TABLE attempt(x)")
        db.commit()
        db.close()
    with opened(tmp_path, lambda: [Done(NIGHTLY, "2026-08-01", NOW)]) as ledger:
        assert ledger.mended == "damaged"
        assert states(ledger) == {(NIGHTLY, "2026-08-01"): "ok"}
        assert ledger.claim_due(NOW, TIMING, "a:1:x", LEASE).job == MONTHLY
    assert (path.parent / "w.damaged-1.sqlite3").exists()
    with opened(tmp_path) as ledger:
        assert ledger.mended == "" and ledger.recall("mended") == "damaged"


def test_the_ledger_of_another_workspace_at_the_same_path_is_left_aside(tmp_path):
    with opened(tmp_path) as ledger:
        ledger.succeed(ledger.claim_due(NOW, TIMING, "a:1:x", LEASE), NOW, {})
    with opened(tmp_path, workspace="other") as ledger:
        assert ledger.mended == "other" and states(ledger) == {}


def test_a_ledger_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    blocked = tmp_path / "台账"
    blocked.mkdir()
    (blocked / "w.sqlite3").mkdir()
    with pytest.raises(LedgerTrouble, match="运行台账"):
        opened(tmp_path)


CLAIMER = """
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from ownerbook.nights.periods import Timing
from ownerbook.storage.ledger import Ledger
since = datetime(2026, 3, 31, 12, tzinfo=timezone(timedelta(hours=8)))
now = since + timedelta(days=120)
with Ledger.open(Path(sys.argv[1]), "w", since, lambda: []) as ledger:
    idle = 0
    while idle < 3:
        claim = ledger.claim_due(now, Timing(), sys.argv[2], timedelta(minutes=5))
        if claim is None:
            idle += not ledger.due(now, Timing(), timedelta(minutes=5)).run
            continue
        print(claim.job, claim.period, flush=True)
        assert ledger.succeed(claim, now, {})
"""


def test_six_processes_make_each_period_once(tmp_path):
    path = tmp_path / "w.sqlite3"
    loops = [subprocess.Popen([sys.executable, "-c", CLAIMER, path, f"p:{n}:x"], stdout=subprocess.PIPE, text=True) for n in range(6)]
    said = [p.communicate(timeout=120)[0].split("\n") for p in loops]
    assert [p.returncode for p in loops] == [0] * 6
    made = sorted(line for lines in said for line in lines if line)
    assert made == ["monthly 2026-03", "monthly 2026-04", "monthly 2026-05", "monthly 2026-06", "nightly 2026-07-29"]
