"""Nights and months from the command line: statuses, JSON, and sentences."""

import json
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
import registers  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402


@pytest.fixture
def space(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "本机"))
    tables = registers.sheets()
    tables["业主"][0]["联系电话"] = "1390000999"
    return registers.workspace(tmp_path / "小区", tables)


@pytest.fixture
def at(monkeypatch, capsys):
    def call(moment, *words):
        monkeypatch.setenv("OWNERBOOK_NOW", moment)
        status = main([str(w) for w in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return call


def test_from_nothing_to_overdue_and_back(space, at):
    assert at("2026-08-15T12:00", "status", space)[0] == 1
    status, out, err = at("2026-08-15T12:00", "schedule", "install", space, "--as", "cron")
    assert status == 2 and out.startswith("*/15 * * * *") and "没有安装任何东西" in err
    assert at("2026-08-15T12:00", "status", space)[0] == 0
    assert at("2026-08-16T01:00", "tick", space) == (0, "", "")
    assert at("2026-08-16T06:00", "status", space)[0] == 1
    status, out, _ = at("2026-08-16T06:00", "tick", space)
    assert status == 0 and "错误 1" in out and "检查结果/问题清单_2026-08-16.xlsx" in out
    assert at("2026-08-16T06:01", "status", space)[0] == 0


def test_status_in_json_says_when_each_job_last_succeeded(space, at):
    at("2026-08-15T12:00", "schedule", "install", space, "--as", "cron")
    at("2026-08-16T03:00", "tick", space)
    status, out, _ = at("2026-08-16T04:00", "status", "--json", space)
    told = json.loads(out)
    assert status == 0 and told["state"] == "green" and told["overdue"] is False
    night = told["jobs"]["nightly"]
    assert night["last_ok"]["period"] == "2026-08-16" and night["last_ok"]["ended"] == "2026-08-16T03:00:00+08:00"
    assert night["next_due"] == "2026-08-17T02:00:00+08:00" and told["jobs"]["monthly"]["last_ok"] is None


def test_a_night_by_hand_is_made_once_and_its_findings_are_no_failure(space, at):
    status, out, _ = at("2026-08-16T20:00", "nightly", space)
    assert status == 0 and "夜间检查 2026-08-16：完成" in out
    status, out, _ = at("2026-08-16T21:00", "nightly", space)
    assert status == 0 and "已在 2026-08-16 20:00 完成" in out
    status, out, _ = at("2026-08-16T21:00", "nightly", space, "--again", "--json")
    assert status == 0 and json.loads(out)["state"] == "ok"
    assert len(json.loads(at("2026-08-16T21:00", "log", "--json", space)[1])) == 2


def test_a_night_that_another_program_is_at_is_told_with_status_2(space, at):
    (space / ".ownerbook").mkdir(exist_ok=True)
    (space / ".ownerbook" / "night.lease").write_text(json.dumps({"token": "x", "host": "PC-2", "pid": 1}), "utf-8")
    status, _, err = at("2026-08-16T20:00", "nightly", space)
    assert status == 2 and "PC-2" in err
    assert at("2026-08-16T20:00", "tick", space)[0] == 0


def test_a_month_that_cannot_be_made_is_status_2_and_stands_in_the_log_in_both_languages(space, at, monkeypatch):
    monkeypatch.setattr("ownerbook.jobs.monthly.REPORT", "ownerbook.jobs.nothing_here")
    assert at("2026-09-02T20:00", "monthly", "--month", "2026-08", space)[0] == 2
    assert "月度报告" in at("2026-09-02T20:00", "log", space)[1]
    assert "monthly report" in at("2026-09-02T20:00", "log", space, "--lang", "en")[1]
    assert "failed 1 times" in at("2026-09-02T20:00", "status", space, "--lang", "en")[1]


@pytest.mark.parametrize(
    "words",
    [
        ["nightly", "/没有"],
        ["monthly", "--month", "2026-13"],
        ["tick"],
        ["serve", "/没有"],
        ["status"],
        ["log"],
        ["schedule", "install"],
        ["schedule"],
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(words, at, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(tmp_path / "本机"))
    status, _, err = at("2026-09-02T20:00", *words)
    assert status == 2 and len(err.strip().splitlines()) == 1


def test_the_windows_task_is_written_as_utf_16_and_the_line_that_installs_it_told(space, at):
    if os.name == "nt":
        pytest.skip("would install it")
    status, out, _ = at("2026-08-15T12:00", "schedule", "install", space, "--as", "windows")
    path, line = out.strip().splitlines()
    assert status == 2 and Path(path).read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff") and line.startswith("schtasks /create")
    assert "StartWhenAvailable" in Path(path).read_text("utf-16")


def test_show_and_remove_without_systemd_tell_what_to_do(space, at):
    for what in ("show", "remove"):
        status, out, _ = at("2026-08-15T12:00", "schedule", what, space, "--as", "cron")
        assert status == 0 and "*/15 * * * *" in out


def test_the_units_for_systemd_are_written_and_removed(space, tmp_path, monkeypatch):
    from datetime import UTC, datetime

    from ownerbook.jobs import scheduling

    done = scheduling.install(space, datetime(2026, 8, 15, tzinfo=UTC), "systemd", into=tmp_path / "units")
    service, timer = done.files
    assert str(space) in service.read_text("utf-8") and "Persistent=true" in timer.read_text("utf-8")
    assert scheduling.remove(space, "systemd", into=tmp_path / "units").files == [service, timer] and not service.exists()
