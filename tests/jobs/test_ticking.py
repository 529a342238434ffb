"""The tick as the harsh world meets it: loops at once, kills, shares that go, jobs that always fail, machines that were off."""

import gc
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import registers  # noqa: E402

from ownerbook.jobs import ticking  # noqa: E402
from ownerbook.jobs.night import Step, StepResult  # noqa: E402
from ownerbook.jobs.nightly import STEPS  # noqa: E402
from ownerbook.jobs.running import Station  # noqa: E402
from ownerbook.jobs.scheduling import install  # noqa: E402
from ownerbook.jobs.standing import stand  # noqa: E402
from ownerbook.nights.periods import MONTHLY, NIGHTLY, Timing  # noqa: E402
from ownerbook.schema.words import Text  # noqa: E402
from ownerbook.storage.journal import Journal  # noqa: E402

ZONE = timezone(timedelta(hours=8))
INSTALLED = datetime(2026, 8, 15, 12, tzinfo=ZONE)


@pytest.fixture
def space(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "本机"))
    root = registers.workspace(tmp_path / "小区")
    install(root, INSTALLED, "cron")
    return root


@pytest.fixture
def months(monkeypatch):
    """The monthly report and the mail as rooms that are there, with what they were asked for."""
    import types

    asked = []
    report = types.ModuleType("ownerbook.jobs.report")
    mailing = types.ModuleType("ownerbook.jobs.mailing")

    def make(space, month, **_):
        asked.append(month)
        path = space.root / "检查结果" / f"审核报告_{month}.xlsx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        return path

    report.make = make
    mailing.queue_month = lambda space, month, workbook, now: [month]
    mailing.send_due = lambda space, now: None
    mailing.notify = lambda root, head, text, now: asked.append(head.zh)
    monkeypatch.setitem(sys.modules, "ownerbook.jobs.report", report)
    monkeypatch.setitem(sys.modules, "ownerbook.jobs.mailing", mailing)
    return asked


def tick(root, moment, **more):
    return ticking.tick(root, now=lambda zone: moment, **more)


def made(done):
    return [(m.job, m.period, m.state) for m in done.made]


def runs(root):
    with Station.at(root).existing_ledger() as ledger:
        return {(r.job, r.period): r for r in ledger.runs()}


def day(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_nothing_is_made_before_the_first_night_falls_due(space):
    assert tick(space, INSTALLED).made == [] and tick(space, day("2026-08-16T01:59")).made == []


def test_after_three_months_switched_off_one_night_and_three_months_are_made(space, months):
    done = tick(space, day("2026-11-15T08:30"))
    assert made(done) == [(NIGHTLY, "2026-11-15", "ok"), (MONTHLY, "2026-08", "ok"), (MONTHLY, "2026-09", "ok"), (MONTHLY, "2026-10", "ok")]
    assert months == ["2026-08", "2026-09", "2026-10"]
    missed = [p for (j, p), r in runs(space).items() if r.state == "missed"]
    assert len(missed) == 91 and missed[0] == "2026-08-16"
    assert tick(space, day("2026-11-15T08:31")).made == []


def test_the_clock_moved_over_a_year_end_makes_each_night_and_month_once(space, months, monkeypatch):
    monkeypatch.setattr("ownerbook.jobs.nightly.STEPS", STEPS[:1])
    moment, seen = day("2026-12-28T23:30"), []
    while moment < day("2027-02-02T12:00"):
        seen += made(tick(space, moment))
        moment += timedelta(hours=9)
    nights = [p for j, p, _ in seen if j == NIGHTLY]
    assert len(nights) == len(set(nights)) and nights[-1] == "2027-02-02" and "2027-01-01" in nights
    assert [p for j, p, _ in seen if j == MONTHLY] == ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]
    assert {s for _, _, s in seen} == {"ok"}


def failing(monkeypatch, n=10**9):
    """A step that fails the first n times."""
    calls = []

    def bad(_night):
        calls.append(1)
        if len(calls) <= n:
            raise OSError(28, "No space left on device")
        return StepResult("ok", Text("", ""))

    monkeypatch.setattr("ownerbook.jobs.nightly.STEPS", (STEPS[0], Step("bad", Text("坏", "bad"), bad)))
    return calls


def test_a_job_that_always_fails_is_tried_five_times_with_waits_then_alerted_once(space, months, monkeypatch):
    calls = failing(monkeypatch)
    moment, at = day("2026-08-16T02:00"), []
    while moment < day("2026-08-16T09:00"):
        at += [moment] * len(tick(space, moment).made)
        moment += timedelta(minutes=1)
    waits = [int((b - a).total_seconds() // 60) for a, b in zip(at, at[1:], strict=False)]
    assert waits[:4] == [1, 5, 30, 120] and set(waits[4:]) == {60} and len(calls) == len(at)
    assert months == ["试验：2026-08-16 夜间检查没有完成"]
    row = runs(space)[NIGHTLY, "2026-08-16"]
    assert row.state == "given_up" and "No space left" in row.error


def test_the_next_night_is_tried_afresh_after_one_that_was_given_up(space, months, monkeypatch):
    failing(monkeypatch, n=5)
    for minutes in (0, 1, 6, 36, 156):
        tick(space, day("2026-08-16T02:00") + timedelta(minutes=minutes))
    assert runs(space)[NIGHTLY, "2026-08-16"].state == "given_up"
    assert made(tick(space, day("2026-08-17T02:00"))) == [(NIGHTLY, "2026-08-17", "ok")]


def test_a_share_that_is_gone_fails_the_night_and_is_made_up_for_when_it_is_back(space, months):
    away = space.with_name("不在")
    space.rename(away)
    done = tick(space, day("2026-08-16T02:00"))
    assert made(done) == [(NIGHTLY, "2026-08-16", "failed")] and "共享文件夹没有连上" in done.made[0].error.zh
    assert not space.exists()
    away.rename(space)
    assert made(tick(space, day("2026-08-16T02:01"))) == [(NIGHTLY, "2026-08-16", "ok")]


def test_wrong_settings_are_told_and_no_night_is_lost(space, months):
    from ownerbook.settings import SettingsError

    text = (space / "ownerbook.toml").read_text("utf-8")
    (space / "ownerbook.toml").write_text("[nights]\ntime = 2\n", "utf-8")
    with pytest.raises(SettingsError):
        tick(space, day("2026-08-16T02:00"))
    (space / "ownerbook.toml").write_text(text, "utf-8")
    assert made(tick(space, day("2026-08-16T09:00"))) == [(NIGHTLY, "2026-08-16", "ok")]


def test_another_machine_finds_in_the_journal_what_was_made(space, months, tmp_path, monkeypatch):
    tick(space, day("2026-09-02T03:00"))
    assert months == ["2026-08"]
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "另一台"))
    assert tick(space, day("2026-09-02T03:00")).made == [] and months == ["2026-08"]
    assert made(tick(space, day("2026-09-03T03:00"))) == [(NIGHTLY, "2026-09-03", "ok")]
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "本机"))
    assert tick(space, day("2026-09-03T03:00")).made == []


def test_two_machines_do_not_run_at_once(space, months):
    lease = space / ".ownerbook" / "night.lease"
    lease.write_text(json.dumps({"token": "x", "host": "PC-2", "pid": 1}), "utf-8")
    done = tick(space, day("2026-08-16T02:00"))
    assert done.made == [] and "PC-2" in done.notes[0].zh
    os.utime(lease, (time.time() - 3600,) * 2)
    assert made(tick(space, day("2026-08-16T02:00"))) == [(NIGHTLY, "2026-08-16", "ok")]


def test_only_the_machine_of_the_settings_runs(space, months):
    with (space / "ownerbook.toml").open("a", encoding="utf-8") as f:
        f.write('[nights]\nhost = "别的电脑"\n')
    done = tick(space, day("2026-08-16T02:00"))
    assert done.made == [] and "别的电脑" in done.notes[0].zh


def test_the_ledger_is_rebuilt_from_the_journal_and_nothing_is_made_twice(space, months):
    tick(space, day("2026-09-02T03:00"))
    Station.at(space).ledger_file.write_bytes(b"rubbish" * 999)
    done = tick(space, day("2026-09-02T04:00"))
    assert done.made == [] and "重建" in done.notes[0].zh and months == ["2026-08"]
    with Station.at(space).existing_ledger() as ledger:
        rules = Station.at(space).rules(ledger)
        standing = stand(ledger, rules, day("2026-09-02T04:00"))
    assert standing.jobs[NIGHTLY].last_ok.period == "2026-09-02" and standing.light == "green" and standing.mended == "damaged"


def test_a_copied_workspace_has_a_ledger_of_its_own(space, months, tmp_path):
    shutil.copytree(space, tmp_path / "副本")
    assert made(tick(space, day("2026-08-16T03:00"))) == [(NIGHTLY, "2026-08-16", "ok")]
    assert made(tick(tmp_path / "副本", day("2026-08-16T03:00"))) == [(NIGHTLY, "2026-08-16", "ok")]


def test_a_month_whose_report_is_not_there_fails_with_that_word(space, monkeypatch):
    monkeypatch.setattr("ownerbook.jobs.monthly.REPORT", "ownerbook.jobs.nothing_here")
    done = tick(space, day("2026-09-02T03:00"))
    assert made(done)[1] == (MONTHLY, "2026-08", "failed") and "月度报告" in done.made[1].error.zh


def test_by_hand_a_period_is_made_once_and_again_only_on_request(space, months):
    def hand(**more):
        return ticking.by_hand(space, NIGHTLY, None, now=lambda zone: day("2026-08-20T20:00"), **more)

    first = hand()
    assert (first.period, first.state) == ("2026-08-20", "ok")
    with pytest.raises(ticking.NotHere) as busy:
        hand()
    assert busy.value.done and "2026-08-20 20:00" in busy.value.message.zh
    assert hand(again=True).state == "ok"
    assert tick(space, day("2026-08-20T20:05")).made == []


def test_a_month_that_is_not_over_is_not_made_by_hand(space, months):
    def hand(month, moment):
        return ticking.by_hand(space, MONTHLY, month, now=lambda zone: day(moment))

    with pytest.raises(ticking.NotHere, match="还没有过完"):
        hand("2026-08", "2026-08-31T23:59")
    assert hand(None, "2026-09-01T00:01").period == "2026-08"
    assert made(tick(space, day("2026-09-01T02:00"))) == [(NIGHTLY, "2026-09-01", "ok")]


def short(monkeypatch, step):
    """A lease that is over in a moment, and one step."""
    rules = Station.rules
    monkeypatch.setattr(Station, "rules", lambda *a: replace(rules(*a), lease=timedelta(seconds=1)))
    monkeypatch.setattr("ownerbook.jobs.nightly.STEPS", (Step("long", Text("久", "long"), step),))


def leases(station):
    db = sqlite3.connect(station.ledger_file)
    try:
        return db.execute("SELECT lease FROM run WHERE state = 'running'").fetchall()
    finally:
        db.close()


def test_long_work_keeps_its_lease(space, monkeypatch):
    seen = set()

    def long(_night):
        until = time.monotonic() + 30
        while len(seen) < 3 and time.monotonic() < until:
            seen.update(leases(Station.at(space)))
        return StepResult("ok", Text("", ""))

    short(monkeypatch, long)
    done = ticking.tick(space)  # by the real clock
    assert [m.state for m in done.made if m.job == NIGHTLY] == ["ok"] and len(seen) == 3


def test_work_that_was_taken_over_stops_and_says_nothing(space, monkeypatch):
    def slow(_night):
        with Station.at(space).existing_ledger() as other:
            taken = other.claim_due(datetime.now(ZONE) + timedelta(seconds=5), Timing(), "other:1:x", timedelta(hours=1))
            assert taken.attempt == 2
        until = time.monotonic() + 30
        while not any(t.name == "heart" and t.lost.is_set() for t in threading.enumerate() if hasattr(t, "lost")) and time.monotonic() < until:
            os.sched_yield()
        return StepResult("ok", Text("", ""))

    short(monkeypatch, slow)
    done = ticking.tick(space)
    assert [m.state for m in done.made] == ["lost"]
    assert Journal(space).entries("night") == []
    assert {r.state for r in runs(space).values() if r.job == NIGHTLY and r.state != "missed"} == {"running"}


def test_a_loop_asked_to_stop_gives_the_night_back(space, months):
    asked = iter([False, False, False])
    done = tick(space, day("2026-08-16T02:00"), stop=lambda: next(asked, True))
    assert made(done) == [(NIGHTLY, "2026-08-16", "stopped")]
    assert made(tick(space, day("2026-08-16T02:00"))) == [(NIGHTLY, "2026-08-16", "ok")]
    assert runs(space)[NIGHTLY, "2026-08-16"].attempt == 1


def test_log_status_page_journal_and_ledger_hold_nothing_personal(tmp_path, months, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "本机"))
    tables = registers.sheets()
    tables["业主"][0]["联系电话"] = "1390000999"
    root = registers.workspace(tmp_path / "小区", tables)
    shutil.copy(root / "登记簿.xlsx", root / "赵乙1-1-101.xlsx")
    (root / "~$赵乙1-1-101.xlsx").write_bytes(b"\x06" + "赵乙丙".encode("gb18030"))
    (root / "坏 赵乙 13900000001.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 50)
    os.utime(root / "坏 赵乙 13900000001.xlsx", (1, 1))
    install(root, INSTALLED, "cron")

    def bad(_night):
        raise ValueError("赵乙 1-1-101 13900000001 110105194912310021")

    monkeypatch.setattr("ownerbook.jobs.nightly.STEPS", (*STEPS, Step("bad", Text("坏", "bad"), bad)))
    tick(root, day("2026-08-16T02:00"))
    station = Station.at(root)
    told = [(root / "检查结果" / "状态.html").read_text("utf-8"), (station.state / "logs" / f"{station.key}.log").read_text("utf-8")]
    told += [json.dumps(dict(e.data), ensure_ascii=False) for e in Journal(root).entries("night")]
    told.append(station.ledger_file.read_bytes().decode("utf-8", "replace"))
    for text in told:
        assert "ValueError" in text
        for secret in ("赵乙", "1-1-101", "1390000", "110105", str(tmp_path)):
            assert secret not in text
    assert "<script" not in told[0] and "http" not in told[0]


# real processes from here on

WORKER = """
import os, signal, sys
from pathlib import Path
from ownerbook.jobs import nightly, ticking
from ownerbook.jobs.night import Step
root, stage = Path(sys.argv[1]), sys.argv[2]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
def killing(step):
    return Step(step.key, step.title, die, step.after) if step.key == stage else step
nightly.STEPS = tuple(map(killing, nightly.STEPS))
if stage == "journal":
    from ownerbook.storage.journal import Journal
    Journal.append = die
if stage == "finish":
    from ownerbook.storage.ledger import Ledger
    Ledger.succeed = die
if stage == "page":
    import ownerbook.jobs.status_file as page
    page.write_status = die
for m in ticking.tick(root).made:
    print(m.job, m.period, m.state, flush=True)
"""


def worker(root, moment, stage="", **environment):
    words = [sys.executable, "-c", WORKER, str(root), stage]
    return subprocess.Popen(
        words, env=os.environ | {"OWNERBOOK_NOW": moment} | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
@pytest.mark.parametrize("stage", [s.key for s in STEPS] + ["journal", "finish", "page"])
def test_killed_at_any_step_the_night_is_taken_over_after_the_lease(space, stage):
    dead = worker(space, "2026-08-16T02:00+08:00", stage)
    dead.communicate(timeout=120)
    assert dead.returncode == -signal.SIGKILL
    early, later = (worker(space, f"2026-08-16T02:{m}+08:00").communicate(timeout=120)[0] for m in ("10", "16"))
    row = runs(space)[NIGHTLY, "2026-08-16"]
    assert early == "" and row.state == "ok"
    entries = [e for e in Journal(space).entries("night") if e.data["state"] == "ok"]
    if stage in ("finish", "page"):  # the work was done and the journal said so: it is not made again
        assert later == "" and len(entries) == 1
    else:
        assert later == "nightly 2026-08-16 ok\n" and row.attempt == 2 and len(entries) == 1
    scratch = Station.at(space).scratch
    assert stage in ("finish", "page") or list(scratch.iterdir()) == []


def test_six_ticks_at_once_make_each_period_once_and_all_end_well(space):
    loops = [worker(space, "2026-08-16T02:00+08:00") for _ in range(6)]
    said = [p.communicate(timeout=240) for p in loops]
    assert [p.returncode for p in loops] == [0] * 6, said
    assert "".join(out for out, _ in said) == "nightly 2026-08-16 ok\n"
    assert len(Journal(space).entries("night")) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, "stop file"])
def test_serve_makes_what_is_due_and_ends_well_when_asked(space, how):
    words = [sys.executable, "-m", "ownerbook", "serve", str(space)]
    environment = os.environ | {"OWNERBOOK_NOW": "2026-08-16T02:00+08:00"}
    loop = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    line = "…"
    while line and "2026-08-16" not in line:
        line = loop.stderr.readline()
    if how == "stop file":
        subprocess.run([*words, "--stop"], env=environment, check=True, capture_output=True)
    else:
        loop.send_signal(how)
    _, err = loop.communicate(timeout=60)
    assert loop.returncode == 0 and "Traceback" not in err
    assert len(Journal(space).entries("night")) == 1 and (space / "检查结果" / "状态.html").exists()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte; only root can make one."""
    disk = tmp_path / "小盘"
    disk.mkdir()
    if os.name == "nt" or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("a disk of its own cannot be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk):
    with (disk / "填满").open("wb", buffering=0) as f, pytest.raises(OSError, match="space"):
        while True:
            f.write(bytes(4096))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library's zip, given up half written
def test_on_a_full_share_the_night_fails_in_words_and_is_made_when_there_is_room(small_disk, tmp_path, monkeypatch, months):
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "本机"))
    root = registers.workspace(small_disk / "小区")
    install(root, INSTALLED, "cron")
    before = (root / "登记簿.xlsx").read_bytes()
    fill(small_disk)
    done = tick(root, day("2026-08-16T02:00"))
    assert made(done) == [(NIGHTLY, "2026-08-16", "failed")] and "No space left" in done.made[0].error.zh
    gc.collect()
    (small_disk / "填满").unlink()
    assert made(tick(root, day("2026-08-16T02:01"))) == [(NIGHTLY, "2026-08-16", "ok")]
    assert (root / "登记簿.xlsx").read_bytes() == before
    assert sorted(p.name for p in (root / "检查结果").iterdir()) == ["今日待办_2026-08-16.xlsx", "状态.html", "问题清单_2026-08-16.xlsx"]


def test_on_a_full_local_disk_the_tick_says_so_and_the_night_is_made_when_there_is_room(small_disk, tmp_path, monkeypatch, months):
    from ownerbook.storage.ledger_file import LedgerTrouble

    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(small_disk / "本机"))
    root = registers.workspace(tmp_path / "小区")
    install(root, INSTALLED, "cron")
    fill(small_disk)
    with pytest.raises(LedgerTrouble, match="full"):
        tick(root, day("2026-08-16T02:00"))
    (small_disk / "填满").unlink()
    assert made(tick(root, day("2026-08-16T02:01"))) == [(NIGHTLY, "2026-08-16", "ok")]
